#include "warehouse/activity_cells.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "warehouse/charge_changes.hpp"
#include "warehouse/costs_by_line.hpp"
#include "warehouse/patient_records.hpp"
#include "warehouse/records_writer.hpp"
#include "warehouse/warehouse_test_support.hpp"

namespace purse {

namespace {

constexpr std::int64_t first_of_june = 17318;  // 2017-06-01
const Month june(2017, 6);

PriceBook book_with_factor(std::int64_t millionths) {
    Tariff tariff;
    tariff.year = FinancialYear(2017);
    AdmittedPrice heart;
    heart.combined = pounds(2242);
    heart.elective_trim_days = 21;
    heart.non_elective = pounds(2119);
    heart.non_elective_trim_days = 21;
    heart.long_stay_per_day = pounds(229);
    tariff.admitted[Hrg("EB03D")] = heart;
    AttendancePrice surgery;
    surgery.first_single = pounds(163);
    tariff.attendances[TreatmentFunction("100")] = surgery;
    UnbundledPrice scan;
    scan.kind = UnbundledKind::imaging;
    scan.price = pounds(72);
    tariff.unbundled[Hrg("RD20A")] = scan;
    tariff.market_forces[ProviderCode("RVR")].factor = Factor(millionths);
    auto rules = read_pricing_rules(std::string(PURSE_SOURCE_DIR) + "/rules", FinancialYear(2017));
    EXPECT_TRUE(rules.ok()) << rules.problem().says;
    auto book = PriceBook::compile(tariff, *rules);
    EXPECT_TRUE(book.ok()) << book.problem().says;
    return std::move(book).value();
}

Affiliations ours() {
    AffiliationRules rules;
    rules.ours = {CommissionerCode("5D9")};
    return {rules,
            {{.code = PracticeCode("A81001"), .name = "The Surgery", .status = 'A'}},
            {{.practice = PracticeCode("A81001"), .parent = "5D9"}},
            {}};
}

std::string day(int of_june) { return std::to_string(first_of_june + of_june - 1); }

using Record = std::map<std::string, std::string>;

Record spell(const std::string& id, const std::string& patient, int from, int to) {
    return {{"record_id", id},
            {"line", id},
            {"costing_date", day(to)},
            {"patient", patient},
            {"practice", "A81001"},
            {"provider", "RVR"},
            {"age", "70"},
            {"admission_date", day(from)},
            {"discharge_date", day(to)},
            {"admission_method", "21"},
            {"patient_classification", "1"},
            {"administrative_category", "01"},
            {"main_specialty", "100"},
            {"treatment_function", "100"},
            {"hrg", "EB03D"},
            {"diagnoses", "I500;J459"},
            {"referrer", "G1234567"}};
}

Record attendance(const std::string& id) {
    return {{"record_id", id},
            {"line", id},
            {"costing_date", day(9)},
            {"practice", "A81001"},
            {"provider", "RVR"},
            {"main_specialty", "100"},
            {"treatment_function", "100"},
            {"first_attendance", "1"},
            {"attended", "5"},
            {"multi_professional", "1"},
            {"administrative_category", "01"},
            {"age", "50"},
            {"unbundled_hrgs", "RD20A;RD20A"}};
}

Record items(const std::string& line, const std::string& code, const std::string& cost) {
    return {{"line", line},     {"costing_date", day(30)},     {"practice", "A81001"},
            {"bnf_code", code}, {"bnf_name", "Pills"},         {"items", "3"},
            {"quantity", "90"}, {"net_ingredient_cost", cost}, {"actual_cost", cost}};
}

// A month of one batch a data set, and its charges.
class MadeMonth {
  public:
    MadeMonth(const TestFolder& folder, const std::string& name, const PriceBook& book,
              const std::vector<Record>& spells, const std::vector<Record>& prescribed)
        : charges_(folder.path() / (name + "-charges.parquet")) {
        add(folder, name + "-apc", DataSet::admitted_care, spells, &book);
        add(folder, name + "-op", DataSet::outpatients, {attendance("1"), attendance("2")}, &book);
        add(folder, name + "-rx", DataSet::prescribing, prescribed, nullptr);
        const auto written = write_priced_month(
            batches_, ours(), {charges_, folder.path() / (name + "-cube")}, test_limits(folder));
        EXPECT_TRUE(written.ok()) << written.problem().says;
    }
    [[nodiscard]] const std::filesystem::path& charges() const { return charges_; }
    [[nodiscard]] const std::vector<BatchToPrice>& batches() const { return batches_; }

  private:
    void add(const TestFolder& folder, const std::string& name, DataSet set,
             const std::vector<Record>& records, const PriceBook* book) {
        BatchMaker maker(set);
        for (const Record& record : records) maker.add(record);
        RecordsWriter writer(set, folder.path());
        writer.append(maker.batch());
        const auto file = folder.path() / (name + ".parquet");
        EXPECT_TRUE(writer.finish(file).ok());
        BatchToPrice batch;
        batch.set = set;
        batch.records = file;
        batch.number = static_cast<std::int64_t>(batches_.size()) + 1;
        batch.book = book;
        batches_.push_back(std::move(batch));
    }

    std::filesystem::path charges_;
    std::vector<BatchToPrice> batches_;
};

const std::vector<Record> two_spells = {spell("1", "ann", 1, 9), spell("2", "ann", 12, 15)};
const std::vector<Record> two_items = {items("1", "0205051R0AAADAD", "1234567"),
                                       items("2", "0212000B0AAABAB", "765")};

TEST(ActivityCells, OfAClosedMonthAreThoseOfTheSameRecordsPricedAnew) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'100'000);
    const MadeMonth made(folder, "june", book, two_spells, two_items);
    const CellsWanted wanted{june, june, {}, CellDetail::none};
    const auto stored =
        cells_of_charges(made.charges(), made.batches(), wanted, test_limits(folder));
    const auto anew = cells_of_batches(made.batches(), ours(), wanted, test_limits(folder));
    ASSERT_TRUE(stored.ok() && anew.ok());
    ASSERT_EQ(stored->size(), anew->size());
    for (std::size_t i = 0; i < stored->size(); ++i) {
        EXPECT_EQ((*stored)[i].code, (*anew)[i].code);
        EXPECT_EQ((*stored)[i].count, (*anew)[i].count);
        EXPECT_EQ((*stored)[i].cost(), (*anew)[i].cost());
        EXPECT_EQ((*stored)[i].provider, (*anew)[i].provider);
    }
}

TEST(ActivityCells, ImagingStandsApartAndPricesComeInTheirParts) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'100'000);
    const MadeMonth made(folder, "june", book, two_spells, two_items);
    const auto cells =
        cells_of_charges(made.charges(), made.batches(), {june, june, {}, CellDetail::referrer},
                         test_limits(folder));
    ASSERT_TRUE(cells.ok());
    ASSERT_EQ(cells->size(), 5U);
    const auto of = [&](BudgetLine line) {
        return *std::ranges::find(*cells, line, &ActivityCell::line);
    };
    EXPECT_EQ(of(BudgetLine::non_elective).count, 2);
    EXPECT_EQ(of(BudgetLine::non_elective).of, "G1234567");
    EXPECT_EQ(of(BudgetLine::non_elective).tariff, 2 * 211'900'000);
    EXPECT_EQ(of(BudgetLine::non_elective).provider, 2 * 21'190'000);
    EXPECT_EQ(of(BudgetLine::outpatient_first).cost(), 2 * 17'930'000);
    EXPECT_EQ(of(BudgetLine::diagnostics).code, imaging_code);
    EXPECT_EQ(of(BudgetLine::diagnostics).count, 4);
    EXPECT_EQ(of(BudgetLine::diagnostics).cost(), 4 * 7'920'000);
    EXPECT_EQ(of(BudgetLine::prescribing).specialty, "0205");
    EXPECT_EQ(of(BudgetLine::prescribing).cost(), 1'234'567);
}

TEST(ActivityCells, OfOtherAccountsAndMonthsAreNone) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'100'000);
    const MadeMonth made(folder, "june", book, two_spells, two_items);
    for (const CellsWanted& wanted :
         {CellsWanted{june + 1, june + 2, {}, CellDetail::none},
          CellsWanted{june, june, {Account("A81002")}, CellDetail::none}}) {
        EXPECT_TRUE(
            cells_of_charges(made.charges(), made.batches(), wanted, test_limits(folder))->empty());
        EXPECT_TRUE(cells_of_batches(made.batches(), ours(), wanted, test_limits(folder))->empty());
    }
}

TEST(ChargeChanges, TellLateRecordsFromCorrectedOnes) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'000'000);
    const MadeMonth then(folder, "then", book, two_spells, two_items);
    // The first spell became 25 days, the second was taken away, a third came late.
    const MadeMonth now(folder, "now", book, {spell("1", "ann", 1, 26), spell("3", "bob", 2, 4)},
                        {items("1", "0205051R0AAADAD", "1234568")});
    const auto changes =
        charge_changes(then.charges(), now.charges(), june, june, {}, test_limits(folder));
    ASSERT_TRUE(changes.ok());
    ChargeChange hospital, prescribed;
    for (const ChargeChange& change : *changes) {
        ChargeChange& sum = change.line == BudgetLine::prescribing ? prescribed : hospital;
        sum.late += change.late;
        sum.corrected += change.corrected;
        sum.late_records += change.late_records;
        sum.corrected_records += change.corrected_records;
    }
    EXPECT_EQ(hospital.late, 211'900'000);
    EXPECT_EQ(hospital.late_records, 1);
    EXPECT_EQ(hospital.corrected, (4 * 22'900 - 211'900) * 1000);
    EXPECT_EQ(hospital.corrected_records, 2);
    EXPECT_EQ(prescribed.late, 0);
    EXPECT_EQ(prescribed.corrected, 1 - 765);
}

TEST(ChargeChanges, BetweenTheSameAreNothing) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'000'000);
    const MadeMonth made(folder, "june", book, two_spells, two_items);
    const auto changes =
        charge_changes(made.charges(), made.charges(), june, june, {}, test_limits(folder));
    ASSERT_TRUE(changes.ok());
    for (const ChargeChange& change : *changes) {
        EXPECT_EQ(change.late, 0);
        EXPECT_EQ(change.corrected, 0);
        EXPECT_EQ(change.late_records + change.corrected_records, 0);
    }
}

TEST(PatientRecords, AreOfThePracticeAlone) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'000'000);
    const MadeMonth made(folder, "june", book, {spell("1", "ann", 1, 26), spell("2", "bob", 2, 4)},
                         two_items);
    CellsWanted wanted{june, june, {Account("A81001")}, CellDetail::none};
    const auto spells = patient_spells(made.charges(), made.batches(), wanted, test_limits(folder));
    ASSERT_TRUE(spells.ok());
    ASSERT_EQ(spells->size(), 2U);
    const auto& ann = (*spells)[0].record_id == "1" ? (*spells)[0] : (*spells)[1];
    EXPECT_EQ(ann.excess_days, 4);
    EXPECT_EQ(ann.excess_cost, pounds(916));
    EXPECT_EQ(ann.diagnosis, "I500");
    EXPECT_TRUE(ann.emergency);
    EXPECT_EQ(ann.discharged - ann.admitted, 25);
    const auto uses = patient_uses(made.charges(), made.batches(), wanted, 1, test_limits(folder));
    ASSERT_TRUE(uses.ok());
    ASSERT_EQ(uses->size(), 1U);  // who cost most; attendances without a patient are passed over
    EXPECT_EQ(uses->front().cost, pounds(2119 + 916));
    EXPECT_EQ(uses->front().admissions, 1);
    wanted.accounts = {Account("A81002")};
    EXPECT_TRUE(
        patient_spells(made.charges(), made.batches(), wanted, test_limits(folder))->empty());
}

TEST(CostsByLine, FollowTheBookThatTheyArePricedBy) {
    const TestFolder folder;
    const PriceBook book = book_with_factor(1'000'000);
    const PriceBook dearer = book_with_factor(1'050'000);
    const MadeMonth made(folder, "june", book, two_spells, two_items);
    std::vector<BatchToPrice> other = made.batches();
    for (BatchToPrice& batch : other) batch.book = &dearer;
    const auto sum = [&](const std::vector<BatchToPrice>& batches,
                         const std::vector<PracticeCode>& practices) {
        const auto costs = costs_by_line(batches, ours(), practices, test_limits(folder));
        EXPECT_TRUE(costs.ok());
        Pence all;
        for (const CostByLine& cost : *costs) all += cost.cost;
        return all;
    };
    const Pence now = pounds(2 * 2119 + 2 * 163 + 4 * 72);
    EXPECT_EQ(sum(made.batches(), {}), now);
    EXPECT_EQ(sum(other, {}), Pence(now.count() / 100 * 105));
    EXPECT_EQ(sum(made.batches(), {PracticeCode("A81002")}), Pence(0));
}

}  // namespace

}  // namespace purse
