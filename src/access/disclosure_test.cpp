#include "access/disclosure.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace purse {
namespace {

const DisclosurePolicy policy;

DisclosureTable table_of(std::size_t rows, std::size_t columns,
                         const std::vector<std::int64_t>& counts, bool money = false) {
    DisclosureTable table;
    table.rows = rows;
    table.columns = columns;
    table.periods = counts.size() / rows / columns;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        DisclosedCell cell{.count = counts[i], .money = {}};
        // Every cell its own single price.
        const auto price = static_cast<std::int64_t>(10007 + 1301 * (i % (rows * columns)));
        if (money) cell.money = Pence(counts[i] * price);
        table.cells.push_back(cell);
    }
    return table;
}

std::string text_of(const ShownCell& cell) {
    const std::string count = cell.count ? std::to_string(*cell.count) : "*";
    return cell.money ? count + " " + std::to_string(cell.money->count()) : count;
}

std::string text_of(const ShownTable& shown) {
    std::string text;
    for (std::size_t i = 0; i < shown.cells.size(); ++i) {
        text += text_of(shown.cells[i]);
        text += (i + 1) % shown.columns == 0 ? "\n" : " | ";
    }
    return text;
}

TEST(DisclosureGate, hides_one_to_seven_and_rounds_all_others_to_five) {
    const std::pair<std::int64_t, const char*> cases[] = {
        {0, "0"},   {1, "*"},   {7, "*"},   {8, "10"},    {12, "10"},
        {13, "15"}, {17, "15"}, {18, "20"}, {100, "100"}, {1'000'003, "1000005"}};
    for (const auto& [count, shown] : cases) EXPECT_EQ(shown_count(count, policy), shown);
}

TEST(DisclosureGate, hides_a_total_that_is_small_and_keeps_zeros) {
    EXPECT_EQ(text_of(through_the_gate(table_of(1, 3, {0, 3, 0}), policy)),
              "0 | * | 0 | *\n0 | * | 0 | *\n");
}

TEST(DisclosureGate, shows_no_pounds_that_a_hidden_cell_is_in) {
    // 3 at 113.08 and 20, 30, 40: the pounds of the row and of the whole would give the 3 away.
    const auto shown = through_the_gate(table_of(2, 2, {20, 3, 30, 40}, true), policy);
    const auto money_at = [&](std::size_t row, std::size_t column) {
        return shown.at(0, row, column).money.has_value();
    };
    EXPECT_TRUE(money_at(0, 0));
    EXPECT_FALSE(money_at(0, 1));
    EXPECT_FALSE(money_at(0, 2));  // the row's total
    EXPECT_TRUE(money_at(1, 2));
    EXPECT_TRUE(money_at(2, 0));
    EXPECT_FALSE(money_at(2, 1));
    EXPECT_FALSE(money_at(2, 2));
    EXPECT_TRUE(shown.at(0, 2, 2).count.has_value());
}

TEST(DisclosureGate, hides_a_total_that_would_pin_a_small_count_between_two_roundings) {
    // The pounds tell the 14 exactly; 6 + 14 = 20 -> 20 may be 18 to 22: the 6 may be 4 to 7.
    const auto roomy = through_the_gate(table_of(1, 2, {6, 14}, true), policy);
    EXPECT_EQ(text_of(roomy).substr(0, 1), "*");
    EXPECT_TRUE(roomy.at(0, 0, 2).count.has_value());
    // 1 + 11 = 12 -> 10: the reader knows 11, so 1 is at most 1: the total must go.
    const auto pinned = through_the_gate(table_of(1, 2, {1, 11}, true), policy);
    EXPECT_FALSE(pinned.at(0, 0, 2).count.has_value());
    EXPECT_FALSE(pinned.at(0, 1, 2).count.has_value());
}

TEST(DisclosureGate, sees_the_year_to_date_less_the_month_before) {
    // April 11 (its pounds tell), May 1: the year to date 12 -> 10 would say that May is 1.
    auto table = table_of(1, 1, {11, 1}, true);
    table.has_row_totals = table.has_column_totals = false;
    table.has_year_to_date = true;
    const auto shown = through_the_gate(table, policy);
    EXPECT_TRUE(shown.at(0, 0, 0).count.has_value());
    EXPECT_TRUE(shown.at(1, 0, 0).is_hidden());
    EXPECT_TRUE(shown.to_date(0, 0, 0).money.has_value());
    EXPECT_TRUE(shown.to_date(1, 0, 0).is_hidden());
    EXPECT_FALSE(shown.to_date(1, 0, 0).money.has_value());
}

TEST(DisclosureGate, leaves_a_table_without_small_counts_as_it_is_but_for_rounding) {
    const auto shown = through_the_gate(table_of(2, 2, {10, 20, 30, 41}, true), policy);
    for (const ShownCell& cell : shown.cells) {
        EXPECT_FALSE(cell.is_hidden());
        EXPECT_TRUE(cell.money.has_value());
    }
    EXPECT_EQ(shown.at(0, 2, 2).count, 100);
}

TEST(DisclosureGate, does_not_say_that_seven_hidden_cells_are_seven_ones) {
    const auto ones = through_the_gate(table_of(1, 7, {1, 1, 1, 1, 1, 1, 1}), policy);
    const auto more = through_the_gate(table_of(1, 7, {1, 2, 3, 4, 5, 6, 7}), policy);
    EXPECT_EQ(text_of(ones), text_of(more));
}

TEST(DisclosureGate, shows_what_many_hidden_cells_are_together) {
    const auto shown = through_the_gate(table_of(1, 8, {1, 2, 3, 4, 5, 6, 7, 1}), policy);
    EXPECT_EQ(shown.at(0, 0, 8).count, 30);
}

// What a reader can know of a figure that is shown so, and was (or was not) hidden for being small.
struct Known {
    std::int64_t from;
    std::int64_t to;
};
// A total of two to seven hidden cells and nothing else is always hidden: that says nothing of it.
Known known_of(const ShownCell& cell, std::int64_t truth, bool of_hidden_cells = false) {
    if (cell.is_hidden() && of_hidden_cells) {
        return {1, std::numeric_limits<std::int32_t>::max()};
    }
    if (cell.is_hidden()) {
        return truth <= 7 ? Known{1, 7} : Known{8, std::numeric_limits<std::int32_t>::max()};
    }
    if (*cell.count == 0) return {0, 0};
    if (cell.money && cell.money_rounded_to == Pence()) return {truth, truth};
    return {std::max<std::int64_t>(8, *cell.count - 2), *cell.count + 2};
}

// A reader who tries every table that could lie behind what is shown.
class Attack {
  public:
    Attack(const DisclosureTable& table, const ShownTable& shown) : table_(table) {
        for (std::size_t to_date = 0; to_date < (table.has_year_to_date ? 2U : 1U); ++to_date) {
            for (std::size_t period = 0; period < table.periods; ++period) {
                for (std::size_t row = 0; row < shown.rows; ++row) {
                    for (std::size_t column = 0; column < shown.columns; ++column) {
                        const ShownCell& cell = to_date == 1 ? shown.to_date(period, row, column)
                                                             : shown.at(period, row, column);
                        add(to_date == 1, period, row, column, cell);
                    }
                }
            }
        }
        for (std::size_t i = 0; i < table.cells.size(); ++i) {
            const std::size_t period = i / (table.rows * table.columns);
            const std::size_t row = i / table.columns % table.rows;
            cells_.push_back(
                known_of(shown.at(period, row, i % table.columns), table.cells[i].count, true));
            // More than a small count and a total's room can move it.
            cells_.back().to = std::min(cells_.back().to, table.cells[i].count + 12);
        }
    }

    // The values that each small hidden figure can have.
    std::vector<std::set<std::int64_t>> values() {
        std::vector<std::int64_t> guess(cells_.size());
        found_.assign(figures_.size(), {});
        try_cell(0, guess);
        std::vector<std::set<std::int64_t>> small;
        for (std::size_t i = 0; i < figures_.size(); ++i) {
            if (figures_[i].is_small) small.push_back(found_[i]);
        }
        return small;
    }

  private:
    struct Figure {
        std::vector<std::size_t> cells;
        Known known;
        bool is_small;
        std::optional<Pence> about;  // rounded money
        Pence rounded_to;
    };

    // The reader knows every cell's price.
    [[nodiscard]] std::int64_t price_of(std::size_t i) const {
        const DisclosedCell& cell = table_.cells[i];
        return cell.money && cell.count > 0 ? cell.money->count() / cell.count : 0;
    }
    [[nodiscard]] bool rounds_so(const Figure& figure,
                                 const std::vector<std::int64_t>& guess) const {
        if (!figure.about) return true;
        std::int64_t money = 0;
        for (const std::size_t i : figure.cells) money += guess[i] * price_of(i);
        const std::int64_t from = figure.about->count() - figure.rounded_to.count() / 2;
        return from <= money && money < from + figure.rounded_to.count();
    }

    void add(bool to_date, std::size_t period, std::size_t row, std::size_t column,
             const ShownCell& cell) {
        Figure figure{};
        std::int64_t truth = 0;
        int small = 0;
        int large = 0;
        for (std::size_t i = 0; i < table_.cells.size(); ++i) {
            const std::size_t of = i / (table_.rows * table_.columns);
            if (to_date ? of > period : of != period) continue;
            if (row < table_.rows && i / table_.columns % table_.rows != row) continue;
            if (column < table_.columns && i % table_.columns != column) continue;
            figure.cells.push_back(i);
            const std::int64_t count = table_.cells[i].count;
            truth += count;
            small += 1 <= count && count <= 7 ? 1 : 0;
            large += count > 7 ? 1 : 0;
        }
        figure.known = known_of(cell, truth, large == 0 && small >= 2 && small <= 7);
        figure.is_small = 1 <= truth && truth <= 7;
        if (column == table_.columns && !table_.row_totals_count) {
            // Its count is not there for anybody, small or not.
            figure.is_small = false;
            const bool is_exact = cell.money && cell.money_rounded_to == Pence();
            figure.known =
                is_exact ? Known{truth, truth} : Known{0, std::numeric_limits<std::int32_t>::max()};
        }
        if (cell.money && cell.money_rounded_to != Pence()) figure.about = cell.money;
        figure.rounded_to = cell.money_rounded_to;
        figures_.push_back(figure);
    }

    void try_cell(std::size_t i, std::vector<std::int64_t>& guess) {
        if (i == cells_.size()) return take(guess);
        for (guess[i] = cells_[i].from; guess[i] <= cells_[i].to; ++guess[i])
            try_cell(i + 1, guess);
    }

    void take(const std::vector<std::int64_t>& guess) {
        std::vector<std::int64_t> sums;
        for (const Figure& figure : figures_) {
            std::int64_t sum = 0;
            for (const std::size_t i : figure.cells) sum += guess[i];
            if (sum < figure.known.from || sum > figure.known.to) return;
            if (!rounds_so(figure, guess)) return;
            sums.push_back(sum);
        }
        for (std::size_t i = 0; i < sums.size(); ++i) found_[i].insert(sums[i]);
    }

    const DisclosureTable& table_;
    std::vector<Figure> figures_;
    std::vector<Known> cells_;
    std::vector<std::set<std::int64_t>> found_;
};

DisclosureTable any_table(std::size_t most_cells, std::size_t longest) {
    const auto rows = *rc::gen::inRange<std::size_t>(1, longest + 1);
    const auto columns =
        *rc::gen::inRange<std::size_t>(1, std::min(longest, most_cells / rows) + 1);
    const auto periods = *rc::gen::inRange<std::size_t>(
        1, std::min<std::size_t>(12, most_cells / rows / columns) + 1);
    const auto counts = *rc::gen::container<std::vector<std::int64_t>>(
        rows * columns * periods,
        rc::gen::weightedOneOf<std::int64_t>({{2, rc::gen::just<std::int64_t>(0)},
                                              {5, rc::gen::inRange<std::int64_t>(1, 8)},
                                              {3, rc::gen::inRange<std::int64_t>(8, 20)},
                                              {1, rc::gen::inRange<std::int64_t>(20, 3000)}}));
    auto table = table_of(rows, columns, counts, *rc::gen::arbitrary<bool>());
    table.has_row_totals = *rc::gen::arbitrary<bool>();
    table.row_totals_count = *rc::gen::arbitrary<bool>();
    table.has_column_totals = *rc::gen::arbitrary<bool>();
    table.has_year_to_date = *rc::gen::arbitrary<bool>();
    return table;
}

RC_GTEST_PROP(DisclosureLaws, no_reader_who_tries_everything_learns_a_small_count, ()) {
    const auto table = any_table(5, 3);
    const auto shown = through_the_gate(table, policy);
    for (const auto& values : Attack(table, shown).values()) {
        RC_ASSERT(values.size() >= static_cast<std::size_t>(policy.fewest_values));
    }
}

// Sums may be rounded to less than a price, about one, or many: then they are rounded more.
RC_GTEST_PROP(DisclosureLaws, no_reader_learns_a_small_count_from_rounded_pounds, ()) {
    auto rounding = policy;
    rounding.round_money_to = *rc::gen::element(Pence(1000), Pence(20'000), Pence(100'000));
    const auto table = any_table(5, 3);
    const auto shown = through_the_gate(table, rounding);
    for (const auto& values : Attack(table, shown).values()) {
        RC_ASSERT(values.size() >= static_cast<std::size_t>(policy.fewest_values));
    }
}

TEST(DisclosureGate, rounds_the_pounds_that_a_hidden_cell_is_in) {
    auto rounding = policy;
    rounding.round_money_to = Pence(100'000);
    // 20 at 100.07 and 3 at 113.08: 2340.64 in all, to the nearest 1000.00.
    const auto shown = through_the_gate(table_of(1, 2, {20, 3}, true), rounding);
    EXPECT_EQ(shown.at(0, 0, 0).money, Pence(20 * 10007));
    EXPECT_FALSE(shown.at(0, 0, 1).money.has_value());
    EXPECT_EQ(shown.at(0, 0, 2).money, Pence(200'000));
    EXPECT_EQ(shown.at(0, 0, 2).money_rounded_to, Pence(100'000));
}

TEST(DisclosureGate, rounds_more_where_a_sum_would_tell_a_hidden_count) {
    auto rounding = policy;
    rounding.round_money_to = Pence(10'000);
    // Less than a price: the remainder 3 x 113.08 would be told to within one.
    const auto shown = through_the_gate(table_of(1, 2, {200, 3}, true), rounding);
    EXPECT_GT(shown.at(0, 0, 2).money_rounded_to, Pence(10'000));
    EXPECT_GT(shown.at(0, 0, 2).money_rounded_to, Pence(2 * 11308));
}

TEST(DisclosureGate, shows_the_money_of_totals_whose_counts_mean_nothing) {
    auto table = table_of(1, 2, {20, 30}, true);
    table.row_totals_count = false;
    const auto shown = through_the_gate(table, policy);
    EXPECT_FALSE(shown.at(0, 0, 2).count.has_value());
    EXPECT_EQ(shown.at(0, 0, 2).money, Pence(20 * 10007 + 30 * 11308));
}

RC_GTEST_PROP(DisclosureLaws, no_small_count_leaves_and_no_pounds_with_one_in_them, ()) {
    const auto table = any_table(400, 12);
    const auto shown = through_the_gate(table, policy);
    for (std::size_t period = 0; period < table.periods; ++period) {
        for (std::size_t row = 0; row < shown.rows; ++row) {
            for (std::size_t column = 0; column < shown.columns; ++column) {
                const ShownCell& cell = shown.at(period, row, column);
                std::int64_t truth = 0;
                bool holds_small = false;
                for (std::size_t r = 0; r < table.rows; ++r) {
                    for (std::size_t c = 0; c < table.columns; ++c) {
                        if (row < table.rows && r != row) continue;
                        if (column < table.columns && c != column) continue;
                        const std::int64_t count = table.at(period, r, c).count;
                        truth += count;
                        holds_small = holds_small || (1 <= count && count <= 7);
                    }
                }
                if (1 <= truth && truth <= 7) RC_ASSERT(cell.is_hidden());
                if (cell.count) RC_ASSERT(std::abs(*cell.count - truth) <= 2);
                if (holds_small) RC_ASSERT(!cell.money.has_value());
            }
        }
    }
}

// Interval arithmetic over a large table: bounds are narrowed by every sum until nothing moves.
RC_GTEST_PROP(DisclosureLaws, interval_arithmetic_pins_no_small_count, ()) {
    auto table = any_table(300, 10);
    table.has_row_totals = table.has_column_totals = table.row_totals_count = true;
    const auto shown = through_the_gate(table, policy);
    for (std::size_t period = 0; period < table.periods; ++period) {
        std::vector<Known> bounds;
        for (std::size_t i = 0; i < table.rows * table.columns; ++i) {
            const std::size_t row = i / table.columns;
            const std::size_t column = i % table.columns;
            bounds.push_back(
                known_of(shown.at(period, row, column), table.at(period, row, column).count));
        }
        const auto narrow = [&](const std::vector<std::size_t>& line, const ShownCell& total) {
            std::int64_t truth = 0;
            int small = 0;
            int large = 0;
            for (const std::size_t i : line) {
                const std::int64_t count = table.cells[period * bounds.size() + i].count;
                truth += count;
                small += 1 <= count && count <= 7 ? 1 : 0;
                large += count > 7 ? 1 : 0;
            }
            const Known known = known_of(total, truth, large == 0 && small >= 2 && small <= 7);
            for (const std::size_t i : line) {
                std::int64_t least = 0;
                std::int64_t most = 0;
                for (const std::size_t j : line) {
                    if (j == i) continue;
                    least += bounds[j].from;
                    most += bounds[j].to;
                }
                bounds[i].from = std::max(bounds[i].from, known.from - most);
                bounds[i].to = std::min(bounds[i].to, known.to - least);
            }
        };
        for (int round = 0; round < 10; ++round) {
            for (std::size_t row = 0; row < table.rows; ++row) {
                std::vector<std::size_t> line;
                for (std::size_t c = 0; c < table.columns; ++c)
                    line.push_back(row * table.columns + c);
                narrow(line, shown.at(period, row, table.columns));
            }
            for (std::size_t column = 0; column < table.columns; ++column) {
                std::vector<std::size_t> line;
                for (std::size_t r = 0; r < table.rows; ++r)
                    line.push_back(r * table.columns + column);
                narrow(line, shown.at(period, table.rows, column));
            }
        }
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            const std::int64_t truth = table.cells[period * bounds.size() + i].count;
            if (1 <= truth && truth <= 7) RC_ASSERT(bounds[i].to - bounds[i].from >= 2);
        }
    }
}

TEST(DisclosurePolicyFile, is_read_from_the_rules) {
    const auto read = read_disclosure_policy(PURSE_SOURCE_DIR "/rules/disclosure.toml");
    ASSERT_TRUE(read.ok()) << read.problem().says;
    EXPECT_EQ(read->largest_hidden, 7);
    EXPECT_EQ(read->round_to, 5);
    EXPECT_EQ(read->fewest_values, 3);
}

}  // namespace
}  // namespace purse
