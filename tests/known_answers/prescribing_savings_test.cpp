// Savings at others' prices on a month of four real practices' prescribing (data/prescribing), with
// the totals that exact fractions give in another program: for each medicine of several
// presentations, cost less quantity times the cheapest practice's price, rounded half up, where it
// is a pound or more.
#include <gtest/gtest.h>

#include "benchmarking/price_per_unit.hpp"
#include "money/factor.hpp"
#include "support/shared_data.hpp"
#include "tables/delimited.hpp"

namespace purse {
namespace {

std::vector<PrescribedMedicine> of_september() {
    const auto table =
        read_table(testing::shared_folder() / "data/prescribing/epd_201709_fixture.csv");
    EXPECT_TRUE(table.ok());
    std::vector<PrescribedMedicine> medicines;
    const auto at = [&](const TextTable::Row& row, std::string_view heading) {
        return row.cells[table->column(heading).value()];
    };
    for (const TextTable::Row& row : table->rows) {
        medicines.push_back({PracticeCode(at(row, "PRACTICE_CODE")), at(row, "BNF_CODE"),
                             at(row, "BNF_DESCRIPTION"), std::stoll(at(row, "ITEMS")),
                             parse_factor(at(row, "TOTAL_QUANTITY")).value().millionths() / 1000,
                             parse_fine_pounds(at(row, "ACTUAL_COST")).value()});
    }
    return medicines;
}

TEST(PrescribingSavings, of_september_2017_are_those_of_exact_fractions) {
    PURSE_NEEDS_SHARED("data/prescribing/epd_201709_fixture.csv");
    PricePerUnitRules rules;
    rules.fewest_practices = 4;  // all there are; the cheapest tenth of four is one
    const auto found = price_savings(of_september(), rules);
    ASSERT_EQ(found.size(), 4U);
    struct Case {
        const char* practice;
        std::int64_t pence;
        std::size_t medicines;
        std::int64_t largest;
        const char* group;
    };
    for (const Case& one : {Case{"B85010", 110459, 70, 8425, "0302000N0BF"},
                            Case{"B85054", 199174, 67, 28801, "0408010H0AB"},
                            Case{"L84018", 126529, 61, 12648, "0302000K0AM"},
                            Case{"L84073", 100960, 56, 13075, "0408010AEAC"}}) {
        const PracticeSavings& savings = found.at(PracticeCode(one.practice));
        EXPECT_EQ(savings.total, Pence(one.pence)) << one.practice;
        EXPECT_EQ(savings.savings.size(), one.medicines) << one.practice;
        EXPECT_EQ(savings.savings.front().saving, Pence(one.largest));
        EXPECT_EQ(savings.savings.front().group, one.group);
    }
}

}  // namespace
}  // namespace purse
