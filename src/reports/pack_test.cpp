#include "reports/pack.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const Month may(2017, 5);

DataStatus loaded(DataSet set, Month month) { return {set, month, DataState::frozen}; }

Statement statement_of(std::string code, std::int64_t spells, std::optional<std::int64_t> list) {
    Statement statement;
    statement.code = std::move(code);
    statement.month = may;
    statement.list_size = list;
    statement.data = {loaded(DataSet::admitted_care, may - 1),
                      loaded(DataSet::admitted_care, may),
                      {DataSet::outpatients, may - 1, DataState::none},
                      loaded(DataSet::outpatients, may)};
    StatementRow row;
    row.pack_line = 2;
    row.code = "non_elective";
    row.loaded = true;
    row.month = {spells / 2, spells, Pence(700)};
    row.year_to_date = {spells, 3 * spells, Pence(1500)};
    row.budget_to_date = Pence(1000);
    statement.rows = {row};
    statement.total = row;
    statement.total.code = "total";
    statement.total.pack_line = 0;
    statement.total.one_kind = false;
    return statement;
}

std::vector<PackRow> rows_of(const Statement& statement, const std::vector<Statement>& all,
                             const Statement* before,
                             const std::map<std::string, std::int64_t>& national = {}) {
    const std::vector<RowOfAll> rows = rows_of_all(all);
    return pack_rows(statement, statement, before, {rows, national});
}

TEST(Pack, tells_the_months_to_date_as_a_years_rate_for_a_thousand_patients) {
    const Statement one = statement_of("X90001", 30, 2000);
    const Statement other = statement_of("X90002", 50, 8000);
    const auto rows = rows_of(one, {one, other}, nullptr, {{"non_elective", 95'500}});
    // 30 spells in two months are 180 a year: of 2,000 patients 90 for 1,000. All: 480 of 10,000.
    EXPECT_DOUBLE_EQ(rows.at(0).rates.practice.value(), 90);
    EXPECT_DOUBLE_EQ(rows.at(0).rates.commissioner.value(), 48);
    EXPECT_DOUBLE_EQ(rows.at(0).rates.national.value(), 95.5);
    EXPECT_FALSE(rows.at(1).rates.practice) << "spells and items together are no activity";
}

TEST(Pack, counts_only_the_months_that_are_loaded) {
    Statement one = statement_of("X90001", 30, 2000);
    one.rows[0].pack_line = 3;
    EXPECT_DOUBLE_EQ(rows_of(one, {one}, nullptr).at(0).rates.practice.value(), 180);
    one.rows[0].pack_line = 7;
    EXPECT_FALSE(rows_of(one, {one}, nullptr).at(0).rates.practice) << "no records make it up";
}

TEST(Pack, has_no_rate_without_a_list_and_leaves_the_practice_out_of_everybodys) {
    const Statement one = statement_of("X90001", 30, std::nullopt);
    const Statement other = statement_of("X90002", 50, 8000);
    const auto rows = rows_of(one, {one, other}, nullptr);
    EXPECT_FALSE(rows.at(0).rates.practice);
    EXPECT_DOUBLE_EQ(rows.at(0).rates.commissioner.value(), 37.5);
    EXPECT_EQ(rows.at(0).all_practices.activity, 50);
}

TEST(Pack, has_a_months_budget_where_that_of_the_month_before_is_known) {
    const Statement one = statement_of("X90001", 30, 2000);
    Statement before = one;
    before.rows[0].budget_to_date = Pence(400);
    before.total.budget_to_date = std::nullopt;  // none to that month: all falls on this one
    const auto rows = rows_of(one, {one}, &before);
    EXPECT_EQ(rows.at(0).month_budget, Pence(600));
    EXPECT_EQ(rows.at(0).month_variance(), Pence(100));
    EXPECT_EQ(rows.at(1).month_budget, Pence(1000));
    EXPECT_FALSE(rows_of(one, {one}, nullptr).at(0).month_variance());
}

TEST(Pack, tells_the_mean_stay_beside_everybodys) {
    const Statement one = statement_of("X90001", 30, 2000);
    Pack pack;
    pack.statement = one;
    pack.rows = rows_of(one, {one}, nullptr);
    EXPECT_EQ(stay_sentence(pack),
              "Mean stay of a non-elective spell, year to date: 3.0 days; in the month 2.0; all "
              "practices 3.0. (Bed days divided by spells.)");
    pack.rows.at(0).row.year_to_date.activity = 0;
    EXPECT_EQ(stay_sentence(pack), "");
}

}  // namespace
}  // namespace purse
