#include "answers/variance_tables.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

Variance with_levels(std::int64_t first, std::int64_t step, std::int64_t count) {
    Variance sum;
    for (std::size_t level = 0; level < sum.levels.size(); ++level) {
        sum.levels[level] = Pence(first + step * static_cast<std::int64_t>(level * level));
    }
    sum.planned = 1000 * count;
    sum.expected_count = 1000 * count;
    sum.count = count + 3;
    return sum;
}

std::int64_t number_in(const TableCell& cell) {
    if (const auto* amount = std::get_if<Pence>(&cell)) return amount->count();
    return std::get<std::int64_t>(cell);
}

TEST(VarianceTable, EndsWithATotalThatItsRowsAddUpTo) {
    VarianceDrill drill{.by = VarianceBy::specialty,
                        .title = "",
                        .rows = {},
                        .details = {},
                        .of_no_detail = {},
                        .sum = {}};
    drill.rows = {{"100", "General surgery", with_levels(10'000, 7, 40)},
                  {"300", "General medicine", with_levels(25'000, -11, 60)}};
    for (const VarianceRow& row : drill.rows) drill.sum += row.sum;
    const ReportTable table = table_of(drill);
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(std::get<std::string>(table.rows.back()[1]), "Total");
    for (std::size_t column = 2; column < table.headings.size(); ++column) {
        SCOPED_TRACE(table.headings[column]);
        EXPECT_EQ(number_in(table.rows[0][column]) + number_in(table.rows[1][column]),
                  number_in(table.rows[2][column]));
    }
}

TEST(VarianceTable, OfProvidersAddsUpToTheVarianceWithWhatIsOfNone) {
    VarianceDrill drill{.by = VarianceBy::provider,
                        .title = "",
                        .rows = {},
                        .details = {},
                        .of_no_detail = Pence(-250),
                        .sum = {}};
    DetailRow infirmary;
    infirmary.code = "ZX1";
    infirmary.planned_cost = Pence(9'000);
    infirmary.cost = Pence(9'400);
    drill.details = {infirmary};
    const ReportTable table = table_of(drill);
    ASSERT_EQ(table.rows.size(), 2U);
    ASSERT_EQ(table.headings[6], "difference");
    EXPECT_EQ(number_in(table.rows[0][6]) + number_in(table.rows[1][6]), 150);
}

}  // namespace
}  // namespace purse
