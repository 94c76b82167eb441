// Worked rows of the tariff and the reference table of public tariff procedures
// (oracles/spell_pricing, low authority: where the published rules differ, they win).
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "support/demo_tariff.hpp"
#include "support/priced_rows.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

using testing::Buffers;
using testing::SpellRow;

std::int64_t price_of(const Tariff& tariff, const SpellRow& spell) {
    const auto book = PriceBook::compile(tariff, testing::demo_rules());
    EXPECT_TRUE(book.ok()) << book.problem().says;
    const std::vector<SpellRow> rows = {spell};
    Buffers buffers;
    ChargeColumns out;
    book->price_spells(columns_of(rows, buffers), out);
    return out.final_price_pence[0];
}

TEST(PricingKnownAnswers, HeartFailureTwentyFiveDays) {
    SpellRow spell;
    spell.discharged = spell.admitted + 25;
    EXPECT_EQ(price_of(testing::demo_tariff(), spell), 333'850);  // domain facts §4.2
}

TEST(PricingKnownAnswers, HeartFailureOneDay) {
    SpellRow spell;
    spell.discharged = spell.admitted + 1;
    EXPECT_EQ(price_of(testing::demo_tariff(), spell), 69'960);  // domain facts §4.2
}

TEST(PricingKnownAnswers, GuidanceExampleOfTheMarketForcesFactor) {
    Tariff tariff = testing::demo_tariff();
    tariff.admitted[Hrg("EB03D")].non_elective = pounds(168);
    tariff.market_forces[ProviderCode("RVR")].factor = Factor(1'046'100);
    // £168 × 1.0461 = £175.7448: £176 in the guidance, to the penny here.
    EXPECT_EQ(price_of(tariff, SpellRow{}), 17'574);
}

using Row = std::map<std::string, std::string>;

std::vector<Row> read_table(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::vector<std::string> names;
    for (std::istringstream cells(line); std::getline(cells, line, ',');) names.push_back(line);
    std::vector<Row> rows;
    while (std::getline(in, line)) {
        Row row;
        std::istringstream cells(line);
        for (const auto& name : names) {
            std::string cell;
            std::getline(cells, cell, ',');
            row[name] = cell;
        }
        rows.push_back(row);
    }
    return rows;
}

std::optional<Pence> pounds_in(const Row& row, const char* name) {
    const std::string& cell = row.at(name);
    if (cell.empty() || cell == "NA") return std::nullopt;
    return *parse_pounds(cell);
}

std::optional<int> days_in(const Row& row, const char* name) {
    const std::string& cell = row.at(name);
    if (cell.empty() || cell == "NA") return std::nullopt;
    return std::stoi(cell);
}

Tariff tariff_of(const Row& row) {
    Tariff tariff;
    tariff.sheets = {"reference table"};
    AdmittedPrice& price = tariff.admitted[Hrg("EB03D")];
    price.combined = pounds_in(row, "combined");
    price.day_case = pounds_in(row, "daycase");
    price.elective = pounds_in(row, "elective");
    price.elective_trim_days = days_in(row, "elective_trim");
    price.non_elective = pounds_in(row, "nonelective");
    price.non_elective_trim_days = days_in(row, "nonelective_trim");
    price.long_stay_per_day = pounds_in(row, "per_day");
    price.short_stay_applies = row.at("ssem_applies") == "Yes";
    price.short_stay_emergency = pounds_in(row, "ssem_price");
    if (price.combined) {
        price.day_case.reset();
        price.elective.reset();
    }
    tariff.market_forces[ProviderCode("RVR")] = {"", Factor(1'000'000), {}};
    return tariff;
}

TEST(PricingKnownAnswers, PublicProceduresAgree) {
    PURSE_NEEDS_SHARED("oracles/spell_pricing");
    const auto folder = testing::shared_folder() / "oracles/spell_pricing";
    std::map<std::string, std::int64_t> expected;
    for (const Row& row : read_table(folder / "pbr_expected.csv")) {
        expected[row.at("case_id")] = parse_pounds(row.at("price"))->count();
    }
    int checked = 0;
    for (const Row& row : read_table(folder / "pbr_input.csv")) {
        SpellRow spell;
        spell.method = row.at("admimeth");
        spell.classification = row.at("classpat");
        spell.age = std::stoi(row.at("age"));
        spell.discharged = spell.admitted + std::stoi(row.at("los"));
        const bool elective = spell.method.starts_with("1");
        const bool split = !pounds_in(row, "combined");
        // The procedures take zero days for a day case; the workbook says patient classification.
        if (elective && split) {
            spell.classification = spell.admitted == spell.discharged ? "2" : "1";
        }
        EXPECT_EQ(price_of(tariff_of(row), spell), expected.at(row.at("case_id")))
            << row.at("case_id");
        ++checked;
    }
    EXPECT_EQ(checked, 120);
}

}  // namespace
}  // namespace purse
