#include "warehouse/priced_month.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "base/digest.hpp"
#include "warehouse/priced_file.hpp"
#include "warehouse/records_writer.hpp"
#include "warehouse/warehouse_test_support.hpp"

namespace purse {

namespace {

constexpr std::int64_t first_of_june = 17318;  // 2017-06-01

PriceBook small_book() {
    Tariff tariff;
    tariff.year = FinancialYear(2017);
    AdmittedPrice heart;
    heart.combined = pounds(2242);
    heart.elective_trim_days = 21;
    heart.non_elective = pounds(2119);
    heart.non_elective_trim_days = 21;
    heart.long_stay_per_day = pounds(229);
    heart.short_stay_applies = true;
    heart.short_stay_emergency = pounds(636);
    tariff.admitted[Hrg("EB03D")] = heart;
    AdmittedPrice cataract;
    cataract.combined = pounds(667);
    cataract.non_elective = pounds(884);
    tariff.admitted[Hrg("BZ34C")] = cataract;
    AttendancePrice surgery;
    surgery.first_single = pounds(163);
    surgery.follow_up_single = pounds(70);
    tariff.attendances[TreatmentFunction("100")] = surgery;
    tariff.emergency[Hrg("VB01Z")].type_1_and_2 = pounds(322);
    UnbundledPrice scan;
    scan.kind = UnbundledKind::imaging;
    scan.price = pounds(72);
    tariff.unbundled[Hrg("RD20A")] = scan;
    tariff.market_forces[ProviderCode("RVR")].factor = Factor(1'100'000);
    tariff.market_forces[ProviderCode("RJ1")].factor = Factor(1'200'000);
    auto rules = read_pricing_rules(std::string(PURSE_SOURCE_DIR) + "/rules", FinancialYear(2017));
    EXPECT_TRUE(rules.ok()) << rules.problem().says;
    auto book = PriceBook::compile(tariff, *rules);
    EXPECT_TRUE(book.ok()) << book.problem().says;
    return std::move(book).value();
}

Affiliations ours() {
    const Practice practice{.code = PracticeCode("A81001"), .name = "The Surgery", .status = 'A'};
    const Membership member{.practice = PracticeCode("A81001"), .parent = "5D9"};
    AffiliationRules rules;
    rules.ours = {CommissionerCode("5D9")};
    return {rules, {practice}, {member}, {}};
}

std::string day(int of_june) { return std::to_string(first_of_june + of_june - 1); }

std::map<std::string, std::string> spell(const std::string& id, const std::string& method, int from,
                                         int to) {
    return {{"record_id", id},
            {"line", id},
            {"costing_date", day(to)},
            {"practice", "A81001"},
            {"provider", "RVR"},
            {"age", "70"},
            {"admission_date", day(from)},
            {"discharge_date", day(to)},
            {"admission_method", method},
            {"patient_classification", "1"},
            {"administrative_category", "01"},
            {"main_specialty", "100"},
            {"treatment_function", "100"},
            {"hrg", "EB03D"}};
}

std::map<std::string, std::string> with(std::map<std::string, std::string> record,
                                        const std::map<std::string, std::string>& changed) {
    for (const auto& [name, value] : changed) record[name] = value;
    return record;
}

std::map<std::string, std::string> attendance(const std::string& id) {
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
            {"referral_source", "05"},
            {"age", "50"}};
}

std::filesystem::path stored(const TestFolder& folder, const std::string& name,
                             const RecordBatch& batch) {
    RecordsWriter writer(batch.set, folder.path());
    writer.append(batch);
    EXPECT_TRUE(writer.finish(folder.path() / name).ok());
    return folder.path() / name;
}

RecordBatch some_spells() {
    BatchMaker maker(DataSet::admitted_care);
    maker.add(spell("1", "21", 1, 26));                                 // 25 days: 3,338.50
    maker.add(spell("2", "21", 3, 4));                                  // short stay: 699.60
    maker.add(with(spell("3", "11", 1, 3), {{"practice", "B82001"}}));  // 2,466.20, not ours
    maker.add(with(spell("4", "11", 1, 3), {{"administrative_category", "02"}}));  // private
    maker.add(with(spell("5", "11", 1, 3), {{"provider", "RZZ"}}));                // no factor
    maker.add(with(spell("6", "11", 2, 2), {{"patient_classification", "2"}, {"hrg", "BZ34C"}}));
    return maker.batch();
}

RecordBatch some_attendances() {
    BatchMaker maker(DataSet::outpatients);
    maker.add(with(attendance("1"), {{"unbundled_hrgs", "RD20A;RD20A"}}));
    maker.add(with(attendance("2"), {{"first_attendance", "2"}, {"provider", "RJ1"}}));
    maker.add(with(attendance("3"), {{"attended", "3"}}));
    return maker.batch();
}

RecordBatch some_prescriptions() {
    BatchMaker maker(DataSet::prescribing);
    for (const char* cost : {"1234567", "3", "9000000000000"}) {
        maker.add({{"line", cost},
                   {"costing_date", day(30)},
                   {"practice", "A81001"},
                   {"bnf_code", "0101"},
                   {"items", "2"},
                   {"actual_cost", cost}});
    }
    return maker.batch();
}

struct Priced {
    std::vector<OutcomeTotal> totals;
    std::vector<CubeRow> cube;
    std::string checksums;
};

Priced priced(const TestFolder& folder, const std::vector<BatchToPrice>& batches, int threads = 2) {
    const PricedMonthFiles files{folder.path() / "charges.parquet", folder.path() / "cube.parquet"};
    auto totals = write_priced_month(batches, ours(), files, test_limits(folder, threads));
    EXPECT_TRUE(totals.ok()) << totals.problem().says;
    auto cube = read_cube(files.cube);
    EXPECT_TRUE(cube.ok());
    return {*totals, *cube, *digest_of_file(files.charges) + *digest_of_file(files.cube)};
}

const CubeRow* row_of(const std::vector<CubeRow>& cube, BudgetLine line, CostOutcome outcome,
                      const char* account) {
    for (const CubeRow& row : cube) {
        if (row.line == line && row.outcome == outcome && row.account == Account(account)) {
            return &row;
        }
    }
    return nullptr;
}

TEST(PricedMonth, SumsSpellsByAccountLineAndOutcome) {
    const TestFolder folder;
    const PriceBook book = small_book();
    const auto month = priced(folder, {{.set = DataSet::admitted_care,
                                        .records = stored(folder, "apc.parquet", some_spells()),
                                        .number = 7,
                                        .book = &book}});
    const CubeRow* emergency =
        row_of(month.cube, BudgetLine::non_elective, CostOutcome::priced, "A81001");
    ASSERT_NE(emergency, nullptr);
    EXPECT_EQ(emergency->records, 2);
    EXPECT_EQ(emergency->full, Pence(333850 + 69960));
    EXPECT_EQ(emergency->payable, emergency->full);
    EXPECT_EQ(emergency->bed_days, 26);
    EXPECT_EQ(emergency->batch, 7);
    EXPECT_EQ(emergency->month, Month(2017, 6));
    EXPECT_EQ(emergency->treatment_function, TreatmentFunction("100"));
    const CubeRow* day_case =
        row_of(month.cube, BudgetLine::day_case, CostOutcome::priced, "A81001");
    ASSERT_NE(day_case, nullptr);
    EXPECT_EQ(day_case->full, Pence(73370));
    const CubeRow* elsewhere =
        row_of(month.cube, BudgetLine::elective, CostOutcome::priced, "~UNKNOWN");
    ASSERT_NE(elsewhere, nullptr);
    EXPECT_EQ(elsewhere->full, Pence(246620));
    EXPECT_EQ(elsewhere->practice, PracticeCode("B82001"));
    const CubeRow* excluded =
        row_of(month.cube, BudgetLine::elective, CostOutcome::excluded, "A81001");
    ASSERT_NE(excluded, nullptr);
    EXPECT_EQ(excluded->reason, "private_patient");
    EXPECT_EQ(excluded->full, Pence(0));
    EXPECT_NE(row_of(month.cube, BudgetLine::elective, CostOutcome::refused, "A81001"), nullptr);
}

TEST(PricedMonth, PutsImagingOfOutpatientsOnALineOfItsOwn) {
    const TestFolder folder;
    const PriceBook book = small_book();
    const auto month = priced(folder, {{.set = DataSet::outpatients,
                                        .records = stored(folder, "op.parquet", some_attendances()),
                                        .number = 1,
                                        .book = &book}});
    const CubeRow* first =
        row_of(month.cube, BudgetLine::outpatient_first, CostOutcome::priced, "A81001");
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->full, Pence(17930));
    EXPECT_EQ(first->consultant_referrals, 1);
    const CubeRow* imaging =
        row_of(month.cube, BudgetLine::diagnostics, CostOutcome::priced, "A81001");
    ASSERT_NE(imaging, nullptr);
    EXPECT_EQ(imaging->records, 0);
    EXPECT_EQ(imaging->items, 2);
    EXPECT_EQ(imaging->full, Pence(2 * 7920));
    ASSERT_EQ(month.totals.size(), 2U);
    EXPECT_EQ(month.totals[1].full, Pence(17930 + 2 * 7920 + 8400));
}

TEST(PricedMonth, KeepsPrescribingCostsToTheThousandthOfAPenny) {
    const TestFolder folder;
    const auto month =
        priced(folder, {{.set = DataSet::prescribing,
                         .records = stored(folder, "rx.parquet", some_prescriptions()),
                         .number = 3}});
    ASSERT_EQ(month.cube.size(), 1U);
    EXPECT_EQ(month.cube[0].fine_cost, FinePence(9000001234570));
    EXPECT_EQ(month.cube[0].items, 6);
    EXPECT_EQ(month.cube[0].records, 3);
    EXPECT_EQ(month.cube[0].outcome, CostOutcome::as_given);
    EXPECT_EQ(month.cube[0].account, Account("A81001"));
}

TEST(PricedMonth, CountsABatchForItsOwnProvidersOnly) {
    const TestFolder folder;
    const PriceBook book = small_book();
    const auto month = priced(folder, {{.set = DataSet::outpatients,
                                        .records = stored(folder, "op.parquet", some_attendances()),
                                        .number = 1,
                                        .book = &book,
                                        .providers = {{ProviderCode("RJ1")}}}});
    ASSERT_EQ(month.cube.size(), 1U);
    EXPECT_EQ(month.cube[0].provider, ProviderCode("RJ1"));
    EXPECT_EQ(month.cube[0].full, Pence(8400));
}

// What pricing gives for the same records, row by row and without the warehouse.
std::int64_t priced_outside(const PriceBook& book, const RecordBatch& batch) {
    const auto column = [&batch](std::string_view name) -> const RecordColumn& {
        return batch.columns[column_index(DataSet::admitted_care, name)];
    };
    std::map<std::string, std::vector<std::uint64_t>> codes;
    const auto packed_column = [&](const std::string& name) {
        for (const std::string_view text : column(name).texts) codes[name].push_back(packed(text));
        return std::span<const std::uint64_t>(codes[name]);
    };
    std::map<std::string, std::vector<std::int32_t>> numbers;
    const auto number_column = [&](const std::string& name) {
        for (const std::int64_t n : column(name).numbers) {
            numbers[name].push_back(static_cast<std::int32_t>(n));
        }
        return std::span<const std::int32_t>(numbers[name]);
    };
    const std::vector<std::uint8_t> flags(batch.rows, 0);
    const auto texts = [&](const std::string& name) {
        return std::span<const std::string_view>(column(name).texts);
    };
    const SpellColumns in{.hrg = packed_column("hrg"),
                          .provider = packed_column("provider"),
                          .admission_method = packed_column("admission_method"),
                          .patient_classification = packed_column("patient_classification"),
                          .administrative_category = packed_column("administrative_category"),
                          .main_specialty = packed_column("main_specialty"),
                          .treatment_function = packed_column("treatment_function"),
                          .discharge_method = packed_column("discharge_method"),
                          .age = number_column("age"),
                          .admission_day = number_column("admission_date"),
                          .discharge_day = number_column("discharge_date"),
                          .critical_care_days = number_column("critical_care_days"),
                          .rehabilitation_days = number_column("rehabilitation_days"),
                          .palliative_days = number_column("palliative_days"),
                          .delayed_discharge_days = number_column("delayed_discharge_days"),
                          .excluded_by_provider = flags,
                          .best_practice_flags = texts("best_practice_flags"),
                          .specialised_flags = texts("specialised_flags"),
                          .diagnoses = texts("diagnoses"),
                          .procedures = texts("procedures"),
                          .unbundled_hrgs = texts("unbundled_hrgs"),
                          .episode_rules = texts("episode_rules")};
    ChargeColumns out;
    book.price_spells(in, out);
    std::int64_t sum = 0;
    for (const std::int64_t price : out.final_price_pence) sum += price;
    return sum;
}

TEST(PricedMonth, CubeAddsUpToTheChargesAndToPricingOutside) {
    const TestFolder folder;
    const PriceBook book = small_book();
    const RecordBatch batch = many_spells(1, 20000);
    const std::filesystem::path records = stored(folder, "apc.parquet", batch);
    const auto month = priced(
        folder, {{.set = DataSet::admitted_care, .records = records, .number = 1, .book = &book}});
    std::int64_t cube = 0;
    std::int64_t counted = 0;
    for (const CubeRow& row : month.cube) {
        cube += row.full.count();
        counted += row.records;
    }
    Database database(test_limits(folder));
    const std::int64_t charges =
        database.number("add up", "select sum(final_price_pence) from read_parquet(" +
                                      sql_path_to_read(folder.path() / "charges.parquet") + ")");
    EXPECT_GT(cube, 0);
    EXPECT_EQ(cube, charges);
    EXPECT_EQ(cube, priced_outside(book, batch));
    EXPECT_EQ(counted, 20000);
}

TEST(PricedMonth, WritesTheSameBytesWithAnyNumberOfThreads) {
    const PriceBook book = small_book();
    const RecordBatch spells = many_spells(1, 150000);
    std::string expected;
    for (const int threads : {1, 2, 4}) {
        const TestFolder folder;
        const auto month = priced(folder,
                                  {{.set = DataSet::admitted_care,
                                    .records = stored(folder, "apc.parquet", spells),
                                    .number = 1,
                                    .book = &book},
                                   {.set = DataSet::outpatients,
                                    .records = stored(folder, "op.parquet", some_attendances()),
                                    .number = 2,
                                    .book = &book},
                                   {.set = DataSet::prescribing,
                                    .records = stored(folder, "rx.parquet", some_prescriptions()),
                                    .number = 3}},
                                  threads);
        if (expected.empty()) expected = month.checksums;
        EXPECT_EQ(month.checksums, expected) << threads << " threads";
    }
}

TEST(PricedMonth, OfNoRecordsHasAnEmptyCube) {
    const TestFolder folder;
    const PriceBook book = small_book();
    const auto month = priced(
        folder, {{.set = DataSet::emergency,
                  .records = stored(folder, "ae.parquet", RecordBatch::empty(DataSet::emergency)),
                  .number = 1,
                  .book = &book}});
    EXPECT_TRUE(month.cube.empty());
    EXPECT_TRUE(month.totals.empty());
}

TEST(PricedMonth, AMissingBatchIsAProblemThatNamesIt) {
    const TestFolder folder;
    const auto none = write_priced_month(
        {{.set = DataSet::prescribing, .records = folder.path() / "gone.parquet", .number = 1}},
        ours(), {folder.path() / "charges.parquet", folder.path() / "cube.parquet"},
        test_limits(folder));
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.problem().says.find("gone.parquet"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "cube.parquet"));
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(PricedFile, GivesOneRowARecordInTheOrderOfLines) {
    const TestFolder folder;
    const PriceBook book = small_book();
    BatchMaker maker(DataSet::admitted_care);
    maker.add(with(spell("4", "11", 1, 3), {{"administrative_category", "02"}}));
    maker.add(spell("1", "21", 1, 26));
    const auto records = stored(folder, "apc.parquet", maker.batch());
    const auto rows = price_file(DataSet::admitted_care, records, book, folder.path() / "out.csv",
                                 test_limits(folder));
    ASSERT_TRUE(rows.ok()) << rows.problem().says;
    EXPECT_EQ(*rows, 2);
    EXPECT_EQ(text_of(folder.path() / "out.csv"),
              "record_id,admission_type,qualifying_days,tariff_applied,initial_tariff_pence,"
              "excess_bed_days,per_diem_pence,excess_bed_days_pence,topup_pence,"
              "market_forces_factor,unbundled_pence,final_price_pence,outcome,excluded_reason,"
              "note\n"
              "1,non_elective_emergency,25,non_elective,211900,4,22900,91600,0,1.100000,0,333850,"
              "priced,,\n"
              "4,elective,2,none,0,0,0,0,0,1.100000,0,0,excluded,private_patient,\n");
}

TEST(PricedFile, WritesParquetWhenTheNameSaysSo) {
    const TestFolder folder;
    const PriceBook book = small_book();
    const auto records = stored(folder, "op.parquet", some_attendances());
    ASSERT_TRUE(price_file(DataSet::outpatients, records, book, folder.path() / "out.parquet",
                           test_limits(folder))
                    .ok());
    Database database(test_limits(folder));
    EXPECT_EQ(database.number("add up", "select sum(final_price_pence) from " +
                                            sql_text((folder.path() / "out.parquet").string())),
              17930 + 2 * 7920 + 8400);
}

}  // namespace

}  // namespace purse
