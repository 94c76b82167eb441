#include "warehouse/payable_steps.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "base/digest.hpp"
#include "pricing/marginal_rate.hpp"
#include "warehouse/records_writer.hpp"
#include "warehouse/warehouse_test_support.hpp"

namespace purse {
namespace {

constexpr int first_of_april = 17257;  // 2017-04-01

using Change = std::function<void(PricingRules&)>;

// One price for every kind of stay and no market forces, so that sums can be done by hand.
PriceBook book_with(const Change& change, int year = 2017) {
    Tariff tariff;
    tariff.year = FinancialYear(year);
    AdmittedPrice heart;
    heart.combined = pounds(2000);
    heart.elective_trim_days = heart.non_elective_trim_days = 90;
    heart.non_elective = pounds(1000);
    tariff.admitted[Hrg("EB03D")] = heart;
    tariff.admitted[Hrg("BZ34C")] = heart;
    tariff.admitted[Hrg("VA14A")] = heart;
    tariff.market_forces[ProviderCode("RVR")].factor = Factor(1'000'000);
    tariff.market_forces[ProviderCode("RJ1")].factor = Factor(1'000'000);
    auto rules = read_pricing_rules(std::string(PURSE_SOURCE_DIR) + "/rules", FinancialYear(year));
    EXPECT_TRUE(rules.ok()) << rules.problem().says;
    change(*rules);
    auto book = PriceBook::compile(tariff, *rules);
    EXPECT_TRUE(book.ok()) << book.problem().says;
    return std::move(book).value();
}

using Values = std::map<std::string, std::string>;

// Days count from 1, the first of April 2017.
Values spell(const std::string& line, const std::string& patient, const std::string& method,
             int from, int to, const Values& changed = {}) {
    const auto day = [](int n) { return std::to_string(first_of_april + n - 1); };
    Values values = {{"record_id", line},
                     {"line", line},
                     {"costing_date", day(to)},
                     {"patient", patient},
                     {"practice", "A81001"},
                     {"provider", "RVR"},
                     {"commissioner", "5D9"},
                     {"age", "70"},
                     {"admission_date", day(from)},
                     {"discharge_date", day(to)},
                     {"admission_method", method},
                     {"patient_classification", "1"},
                     {"administrative_category", "01"},
                     {"discharge_method", "1"},
                     {"main_specialty", "100"},
                     {"treatment_function", "100"},
                     {"hrg", "EB03D"},
                     {"diagnoses", "I500"}};
    for (const auto& [name, value] : changed) values[name] = value;
    return values;
}

std::filesystem::path stored(const TestFolder& folder, const std::string& name,
                             const std::vector<Values>& spells) {
    BatchMaker maker(DataSet::admitted_care);
    for (const Values& values : spells) maker.add(values);
    RecordsWriter writer(DataSet::admitted_care, folder.path());
    writer.append(maker.batch());
    EXPECT_TRUE(writer.finish(folder.path() / name).ok());
    return folder.path() / name;
}

PricedMonthFiles files_in(const TestFolder& folder) {
    return {folder.path() / "charges.parquet", folder.path() / "cube.parquet"};
}

Result<std::vector<OutcomeTotal>> close(const TestFolder& folder,
                                        const std::vector<BatchToPrice>& batches,
                                        const PayableSettings& settings, int threads = 2) {
    return write_priced_month(batches, Affiliations({}, {}, {}, {}), files_in(folder),
                              test_limits(folder, threads), settings);
}

struct Paid {
    std::int64_t full = 0;
    std::int64_t payable = 0;
    std::string reason;
    friend bool operator==(const Paid&, const Paid&) = default;
};

std::map<std::int64_t, Paid> charges(const TestFolder& folder) {
    Database database(test_limits(folder));
    Rows rows = database.query("read the charges",
                               "select line, final_price_pence, payable_pence, payable_reason "
                               "from read_parquet(" +
                                   sql_path_to_read(files_in(folder).charges) + ")");
    std::map<std::int64_t, Paid> found;
    while (rows.next()) {
        found[rows.number(0)] = {rows.number(1), rows.number(2), std::string(rows.text(3))};
    }
    return found;
}

std::vector<CubeRow> cube(const TestFolder& folder) {
    auto rows = read_cube(files_in(folder).cube);
    EXPECT_TRUE(rows.ok());
    return *rows;
}

constexpr const char* readmission = "emergency_readmission";

const std::vector<Values>& story() {
    static const std::vector<Values> spells = {
        spell("1", "ann", "11", 1, 5),                                  // planned, home on day 5
        spell("2", "ann", "21", 35, 40),                                // back on day 35: 30 days
        spell("3", "bob", "11", 1, 5),                                  // planned
        spell("4", "bob", "21", 36, 40),                                // 31 days: too late
        spell("5", "cat", "21", 10, 12),                                // nothing planned before
        spell("6", "dan", "11", 1, 5, {{"commissioner", "5D8"}}),       // another commissioner's
        spell("7", "dan", "21", 10, 12),                                //
        spell("8", "eve", "11", 1, 5),                                  //
        spell("9", "eve", "21", 10, 12, {{"diagnoses", "I500;V031"}}),  // a transport accident
        spell("10", "fay", "11", 1, 5, {{"diagnoses", "C509"}}),        // planned for cancer
        spell("11", "fay", "21", 10, 12),                               //
        spell("12", "gus", "11", 1, 5, {{"provider", "RJ1"}}),          // planned elsewhere
        spell("13", "gus", "21", 10, 12),                               //
        spell("14", "hal", "11", 1, 5),                                 //
        spell("15", "hal", "21", 10, 12, {{"hrg", "VA14A"}}),           // multiple trauma
        spell("16", "ida", "21", 3, 5, {{"provider", "RJ1"}}),
    };
    return spells;
}

TEST(PayableSteps, DoNotPayReadmissionsWithinThirtyDaysOfAPlannedStay) {
    const TestFolder folder;
    const PriceBook book = book_with([](PricingRules& rules) { rules.readmissions_on = true; });
    const auto totals = close(
        folder, {{.records = stored(folder, "apc.parquet", story()), .number = 7, .book = &book}},
        {});
    ASSERT_TRUE(totals.ok()) << totals.problem().says;
    for (const auto& [line, paid] : charges(folder)) {
        const bool unpaid = line == 2 || line == 13;
        EXPECT_EQ(paid.payable, unpaid ? 0 : paid.full) << line;
        EXPECT_EQ(paid.reason, unpaid ? readmission : "") << line;
    }
    ASSERT_EQ(totals->size(), 1U);
    EXPECT_EQ(totals->front().full, pounds(7 * 2000 + 9 * 1000));
    EXPECT_EQ(totals->front().payable, pounds(7 * 2000 + 7 * 1000));
}

// RVR's emergencies under the rate: lines 2, 4, 5, 7, 9, 11 and 13 of £1,000 each (15 is left out
// by its HRG). By June a quarter of the baseline of £12,000 belongs to the year: £3,000. Paid:
// 3,000 + 70% of 4,000 = £5,800, £828.57 each, and the odd penny to the first.
TEST(PayableSteps, PayAShareAboveTheBaselineOfTheMonthsGoneBy) {
    const TestFolder folder;
    const PriceBook book = book_with([](PricingRules& rules) { rules.marginal_rate_on = true; });
    PayableSettings settings;
    settings.months = 3;
    settings.baselines[FinancialYear(2017)] = {{ProviderCode("RVR"), pounds(12'000)},
                                               {ProviderCode("RJ1"), std::nullopt}};
    const auto totals = close(
        folder, {{.records = stored(folder, "apc.parquet", story()), .number = 7, .book = &book}},
        settings);
    ASSERT_TRUE(totals.ok()) << totals.problem().says;
    const auto found = charges(folder);
    for (const std::int64_t line : {4, 5, 7, 9, 11, 13}) {
        EXPECT_EQ(found.at(line), (Paid{100'000, 82'857, "marginal_rate"})) << line;
    }
    EXPECT_EQ(found.at(2), (Paid{100'000, 82'858, "marginal_rate"}));
    EXPECT_EQ(found.at(15), (Paid{100'000, 100'000, ""}));
    EXPECT_EQ(found.at(16), (Paid{100'000, 100'000, ""}));
    EXPECT_EQ(totals->front().full - totals->front().payable, pounds(1'200));
}

// Without lines 2 and 13, £5,000 is left: 3,000 + 70% of 2,000 = £4,400, £880 each.
TEST(PayableSteps, ApplyTheMarginalRateToWhatReadmissionsLeave) {
    const TestFolder folder;
    const PriceBook book = book_with([](PricingRules& rules) {
        rules.readmissions_on = rules.marginal_rate_on = true;
        rules.readmission_payable_share = Factor(0);
    });
    PayableSettings settings;
    settings.months = 3;
    settings.baselines[FinancialYear(2017)] = {{ProviderCode("RVR"), pounds(12'000)},
                                               {ProviderCode("RJ1"), std::nullopt}};
    ASSERT_TRUE(
        close(folder,
              {{.records = stored(folder, "apc.parquet", story()), .number = 7, .book = &book}},
              settings)
            .ok());
    const auto found = charges(folder);
    EXPECT_EQ(found.at(2), (Paid{100'000, 0, readmission}));
    EXPECT_EQ(found.at(4), (Paid{100'000, 88'000, "marginal_rate"}));
    EXPECT_EQ(found.at(1), (Paid{200'000, 200'000, ""}));
}

TEST(PayableSteps, AProviderWithoutABaselineIsNamedWithTheFile) {
    const TestFolder folder;
    const PriceBook book = book_with([](PricingRules& rules) { rules.marginal_rate_on = true; });
    PayableSettings settings;
    settings.baselines[FinancialYear(2017)] = {{ProviderCode("RJ1"), pounds(1)}};
    settings.baselines_file = "local/emergency_baselines.csv";
    const auto none = close(
        folder, {{.records = stored(folder, "apc.parquet", story()), .number = 7, .book = &book}},
        settings);
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.problem().says.find("no baseline for RVR."), std::string::npos)
        << none.problem().says;
    EXPECT_NE(none.problem().says.find("local/emergency_baselines.csv"), std::string::npos);
}

TEST(PayableSteps, FindThePlannedStayInTheMonthsBefore) {
    const TestFolder folder;
    const PriceBook book = book_with([](PricingRules& rules) { rules.readmissions_on = true; });
    const PriceBook before = book_with([](PricingRules&) {}, 2016);
    const auto march = stored(folder, "march.parquet",
                              {spell("1", "ann", "11", -20, -10), spell("2", "bob", "21", -5, -2)});
    const auto april = stored(folder, "april.parquet", {spell("1", "ann", "21", 5, 9)});
    PayableSettings settings;
    settings.earlier = {{.records = march, .number = 1, .book = &before}};
    const auto totals = close(folder, {{.records = april, .number = 2, .book = &book}}, settings);
    ASSERT_TRUE(totals.ok()) << totals.problem().says;
    const auto found = charges(folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.at(1), (Paid{100'000, 0, readmission}));
}

TEST(PayableSteps, ABaselineIsCountedInTwelfths) {
    EXPECT_EQ(baseline_to_date(pounds(12), 3), pounds(3));
    EXPECT_EQ(baseline_to_date(Pence(1), 6), Pence(1));
    EXPECT_EQ(baseline_to_date(Pence(1), 5), Pence(0));
    EXPECT_EQ(baseline_to_date(Pence(999'999'999'999'999), 12), Pence(999'999'999'999'999));
}

PayableSettings baselines_of_both(Pence baseline) {
    PayableSettings settings;
    settings.baselines[FinancialYear(2017)] = {{ProviderCode("RVR"), baseline},
                                               {ProviderCode("RJ1"), baseline}};
    return settings;
}

TEST(PayableSteps, OffChangeNothingAndOnAddUpToThePennyForEachProvider) {
    const RecordBatch spells = many_spells(1, 20'000);
    for (const bool on : {false, true}) {
        const TestFolder folder;
        const PriceBook book = book_with(
            [on](PricingRules& rules) { rules.readmissions_on = rules.marginal_rate_on = on; });
        RecordsWriter writer(DataSet::admitted_care, folder.path());
        writer.append(spells);
        ASSERT_TRUE(writer.finish(folder.path() / "apc.parquet").ok());
        const auto totals =
            close(folder, {{.records = folder.path() / "apc.parquet", .number = 3, .book = &book}},
                  baselines_of_both(pounds(500'000)));
        ASSERT_TRUE(totals.ok()) << totals.problem().says;
        Pence full;
        Pence payable;
        std::map<ProviderCode, Pence> by_practice;  // the practices' rows of each provider
        for (const CubeRow& row : cube(folder)) {
            EXPECT_LE(row.payable, row.full);
            full += row.full;
            payable += row.payable;
            by_practice[row.provider] += row.payable;
        }
        std::int64_t charged = 0;
        for (const auto& [line, paid] : charges(folder)) {
            EXPECT_TRUE(paid.payable >= 0 && paid.payable <= paid.full) << line;
            EXPECT_EQ(paid.reason.empty(), paid.payable == paid.full) << line;
            charged += paid.payable;
        }
        EXPECT_EQ(Pence(charged), payable);
        EXPECT_EQ(payable < full, on);
        if (!on) continue;
        // What each provider is paid, from the full prices of its records alone.
        Database database(test_limits(folder));
        Rows rows = database.query(
            "add up by provider",
            "select provider, sum(final_price_pence) filter (admission_type <> "
            "'non_elective_emergency')::bigint, sum(final_price_pence) filter (admission_type = "
            "'non_elective_emergency' and payable_reason not like "
            "'emergency_readmission%')::bigint "
            "from read_parquet(" +
                sql_path_to_read(files_in(folder).charges) + ") group by all");
        while (rows.next()) {
            const Pence emergencies =
                marginal_payment(Pence(rows.number(2)), pounds(500'000), book.rules().marginal_rate,
                                 Rounding::half_up);
            EXPECT_LT(emergencies, Pence(rows.number(2)));
            EXPECT_EQ(by_practice[ProviderCode(rows.text(0))], Pence(rows.number(1)) + emergencies);
        }
    }
}

TEST(PayableSteps, GiveTheSameBytesWithAnyNumberOfThreads) {
    const PriceBook book = book_with(
        [](PricingRules& rules) { rules.readmissions_on = rules.marginal_rate_on = true; });
    std::string expected;
    for (const int threads : {1, 4}) {
        const TestFolder folder;
        RecordsWriter writer(DataSet::admitted_care, folder.path());
        writer.append(many_spells(1, 150'000));
        ASSERT_TRUE(writer.finish(folder.path() / "apc.parquet").ok());
        ASSERT_TRUE(close(folder,
                          {{.records = folder.path() / "apc.parquet", .number = 3, .book = &book}},
                          baselines_of_both(pounds(500'000)), threads)
                        .ok());
        const std::string digests =
            *digest_of_file(files_in(folder).charges) + *digest_of_file(files_in(folder).cube);
        if (expected.empty()) expected = digests;
        EXPECT_EQ(digests, expected) << threads << " threads";
    }
}

}  // namespace
}  // namespace purse
