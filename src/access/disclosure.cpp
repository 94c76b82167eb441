#include "access/disclosure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "access/toml_file.hpp"

namespace purse {

namespace {

constexpr std::int64_t without_end = std::numeric_limits<std::int64_t>::max();

// The counts between which nothing that is shown changes.
struct Window {
    std::int64_t from = 0;
    std::int64_t to = without_end;
    [[nodiscard]] bool holds(std::int64_t count) const { return from <= count && count <= to; }
};

// A figure that may be shown: a cell, or a total, of a month or of the year to date.
struct Figure {
    std::int64_t count = 0;
    std::optional<Pence> money;
    bool is_published = false;
    bool is_small = false;   // hidden for its own count
    bool is_hidden = false;  // for that, or to protect another
    bool counts = true;      // false: its money alone is shown
    Pence step;              // its money is rounded to this where hidden cells are in it
    std::int64_t hidden_cells = 0;
    std::int64_t other_cells = 0;  // that count something and are not hidden
};

bool is_small(std::int64_t count, const DisclosurePolicy& policy) {
    return policy.smallest_hidden <= count && count <= policy.largest_hidden;
}

std::int64_t rounded(std::int64_t count, const DisclosurePolicy& policy) {
    if (count == 0) return 0;
    return (count + policy.round_to / 2) / policy.round_to * policy.round_to;
}

Pence size_of(Pence money) { return money < Pence(0) ? -money : money; }

// To the nearest, halves up.
std::int64_t steps_in(Pence money, Pence step) {
    const std::int64_t shifted = money.count() + step.count() / 2;
    return shifted / step.count() - (shifted % step.count() < 0 ? 1 : 0);
}

// 10, 20, 50, 100, ...
Pence next_step(Pence step) {
    std::int64_t first = step.count();
    while (first % 10 == 0) first /= 10;
    return Pence(first == 2 ? step.count() / 2 * 5 : step.count() * 2);
}

// The figures of a table, and the search for other tables that would look the same.
class Gate {
  public:
    Gate(const DisclosureTable& table, const DisclosurePolicy& policy)
        : table_(table),
          policy_(policy),
          rows_(table.rows + 1),
          columns_(table.columns + 1),
          figures_(2 * table.periods * rows_ * columns_) {
        CHECK(table.cells.size() == table.periods * table.rows * table.columns);
        add_up();
        for (Figure& figure : figures_) {
            figure.is_small =
                figure.is_published && figure.counts && is_small(figure.count, policy);
            figure.is_hidden = figure.is_small;
            figure.step = policy.round_money_to;
        }
        count_hidden_cells();
        hide_totals_of_hidden_cells();
    }

    // Every small figure gets its other values, at the price of totals.
    void protect() {
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t number = 0; number < figures_.size(); ++number) {
                while (figures_[number].is_small && !is_protected(number)) {
                    hide_what_binds(number);
                    changed = true;
                }
            }
        }
    }

    [[nodiscard]] ShownTable shown() const {
        ShownTable result;
        result.rows = table_.rows + (table_.has_column_totals ? 1 : 0);
        result.columns = table_.columns + (table_.has_row_totals ? 1 : 0);
        result.periods = table_.periods;
        const int parts = table_.has_year_to_date ? 2 : 1;
        for (int to_date = 0; to_date < parts; ++to_date) {
            auto& cells = to_date == 1 ? result.year_to_date : result.cells;
            for (std::size_t period = 0; period < table_.periods; ++period) {
                for (std::size_t row = 0; row < result.rows; ++row) {
                    for (std::size_t column = 0; column < result.columns; ++column) {
                        cells.push_back(shown(figures_[at(to_date == 1, period, row, column)]));
                    }
                }
            }
        }
        return result;
    }

  private:
    struct Place {
        std::size_t period = 0;
        std::size_t row = 0;
        std::size_t column = 0;
    };
    // A cell counts so many more; what would then be shown?
    struct Change {
        Place cell;
        std::int64_t by = 0;
    };

    [[nodiscard]] std::size_t at(bool to_date, std::size_t period, std::size_t row,
                                 std::size_t column) const {
        return (((to_date ? table_.periods : 0) + period) * rows_ + row) * columns_ + column;
    }
    [[nodiscard]] std::size_t cell_at(const Place& place) const {
        return at(false, place.period, place.row, place.column);
    }
    [[nodiscard]] bool is_published(bool to_date, std::size_t row, std::size_t column) const {
        if (to_date && !table_.has_year_to_date) return false;
        if (row == table_.rows && !table_.has_column_totals) return false;
        return column < table_.columns || table_.has_row_totals;
    }

    // Calls with every figure that the cell is in.
    template <class Use>
    void for_figures_of(const Place& cell, Use use) const {
        for (const std::size_t row : {cell.row, table_.rows}) {
            for (const std::size_t column : {cell.column, table_.columns}) {
                use(at(false, cell.period, row, column));
                for (std::size_t later = cell.period; later < table_.periods; ++later) {
                    use(at(true, later, row, column));
                }
            }
        }
    }
    template <class Use>
    void for_cells(Use use) const {
        for (std::size_t period = 0; period < table_.periods; ++period) {
            for (std::size_t row = 0; row < table_.rows; ++row) {
                for (std::size_t column = 0; column < table_.columns; ++column) {
                    use(Place{period, row, column});
                }
            }
        }
    }

    void add_up() {
        for (std::size_t row = 0; row < rows_; ++row) {
            for (std::size_t column = 0; column < columns_; ++column) {
                for (std::size_t period = 0; period < table_.periods; ++period) {
                    for (const bool to_date : {false, true}) {
                        Figure& figure = figures_[at(to_date, period, row, column)];
                        figure.is_published = is_published(to_date, row, column);
                        figure.counts = column < table_.columns || table_.row_totals_count;
                    }
                }
            }
        }
        for_cells([&](const Place& place) {
            const DisclosedCell& cell = table_.at(place.period, place.row, place.column);
            CHECK(cell.count >= 0);
            for_figures_of(place, [&](std::size_t number) {
                Figure& figure = figures_[number];
                figure.count += cell.count;
                if (cell.money) figure.money = figure.money.value_or(Pence()) + *cell.money;
            });
        });
    }

    void count_hidden_cells() {
        for_cells([&](const Place& place) {
            const Figure& cell = figures_[cell_at(place)];
            const bool hidden = cell.is_hidden;
            const bool other = !hidden && cell.count > 0;
            for_figures_of(place, [&](std::size_t number) {
                figures_[number].hidden_cells += hidden ? 1 : 0;
                figures_[number].other_cells += other ? 1 : 0;
            });
        });
    }

    // A total of hidden cells alone is hidden whatever it counts. Were it hidden only where it is
    // small, that would say that it is: and seven cells whose total is at most seven are ones.
    [[nodiscard]] bool is_of_hidden_cells(const Figure& figure) const {
        return figure.other_cells == 0 && figure.hidden_cells > 1 &&
               figure.hidden_cells <= policy_.largest_hidden;
    }
    void hide_totals_of_hidden_cells() {
        for (Figure& figure : figures_) {
            if (figure.is_published && figure.counts && is_of_hidden_cells(figure)) {
                figure.is_hidden = true;
            }
        }
    }

    [[nodiscard]] static bool shows_money(const Figure& figure) {
        return figure.money && !figure.is_hidden && figure.hidden_cells == 0;
    }

    // A total of hidden and other cells may show about how many pounds it is, though its count be
    // hidden for theirs. What rounds to nothing is hidden: it would be read as nothing.
    [[nodiscard]] static bool shows_rounded_money(const Figure& figure) {
        return figure.money && figure.is_published && !figure.is_small && figure.hidden_cells > 0 &&
               figure.other_cells > 0 && figure.step > Pence(0) &&
               steps_in(*figure.money, figure.step) != 0;
    }

    // By how much the change moves money: all of the cell's are taken to be of one price.
    [[nodiscard]] Pence moved_by(const Change& change) const {
        const Figure& cell = figures_[cell_at(change.cell)];
        if (!cell.money || cell.count == 0) return {};
        return Pence(cell.money->count() * change.by / cell.count);
    }

    [[nodiscard]] Window window_of(const Figure& figure) const {
        if (!figure.is_published) return {};
        if (!figure.counts && !shows_money(figure)) return {};
        if (is_of_hidden_cells(figure)) return {policy_.smallest_hidden, without_end};
        if (figure.is_small) return {policy_.smallest_hidden, policy_.largest_hidden};
        if (figure.is_hidden) return {policy_.largest_hidden + 1, without_end};
        if (figure.count == 0 || shows_money(figure)) return {figure.count, figure.count};
        const std::int64_t from = rounded(figure.count, policy_) - policy_.round_to / 2;
        return {std::max(from, policy_.largest_hidden + 1), from + policy_.round_to - 1};
    }

    // Whether the table so changed would look the same. Two changes at most.
    [[nodiscard]] bool looks_the_same(const Change& one, const Change* other) const {
        bool same = true;
        const auto check = [&](std::size_t number) {
            if (!same) return;
            const Figure& figure = figures_[number];
            std::int64_t by = 0;
            Pence money;
            for (const Change* change : {&one, other}) {
                if (change == nullptr || !is_in(change->cell, number)) continue;
                by += change->by;
                money += moved_by(*change);
            }
            same = window_of(figure).holds(figure.count + by);
            if (same && shows_rounded_money(figure)) {
                same = steps_in(*figure.money + money, figure.step) ==
                       steps_in(*figure.money, figure.step);
            }
        };
        for_figures_of(one.cell, check);
        if (other != nullptr) for_figures_of(other->cell, check);
        return same;
    }

    [[nodiscard]] Place place_of(std::size_t number) const {
        return {number / columns_ / rows_ % table_.periods, number / columns_ % rows_,
                number % columns_};
    }
    [[nodiscard]] bool is_to_date(std::size_t number) const {
        return number >= table_.periods * rows_ * columns_;
    }
    [[nodiscard]] bool is_in(const Place& cell, std::size_t number) const {
        const Place figure = place_of(number);
        const bool in_time =
            is_to_date(number) ? cell.period <= figure.period : cell.period == figure.period;
        return in_time && (figure.row == table_.rows || figure.row == cell.row) &&
               (figure.column == table_.columns || figure.column == cell.column);
    }

    // Calls with the cells that share a line with this one, until one will do.
    bool any_neighbour(const Place& cell, const std::function<bool(const Place&)>& will_do) const {
        for (std::size_t row = 0; row < table_.rows; ++row) {
            if (row != cell.row && will_do({cell.period, row, cell.column})) return true;
        }
        for (std::size_t column = 0; column < table_.columns; ++column) {
            if (column != cell.column && will_do({cell.period, cell.row, column})) return true;
        }
        for (std::size_t period = 0; period < table_.periods; ++period) {
            if (period != cell.period && will_do({period, cell.row, cell.column})) return true;
        }
        return false;
    }

    // Whether the small figure can count so many more, by a cell of its own and perhaps another.
    [[nodiscard]] bool can_change(std::size_t number, const Place& cell, std::int64_t by) const {
        const Change change{cell, by};
        if (looks_the_same(change, nullptr)) return true;
        return any_neighbour(cell, [&](const Place& other) {
            if (is_in(other, number)) return false;  // it would count the same again
            const Change back{other, -by};
            return looks_the_same(change, &back);
        });
    }

    [[nodiscard]] std::vector<Place> cells_in(std::size_t number) const {
        std::vector<Place> cells;
        for_cells([&](const Place& place) {
            if (is_in(place, number) && figures_[cell_at(place)].count > 0) cells.push_back(place);
        });
        return cells;
    }

    [[nodiscard]] bool is_protected(std::size_t number) const {
        const auto cells = cells_in(number);
        const std::int64_t count = figures_[number].count;
        std::int64_t values = 1;
        for (std::int64_t other = policy_.smallest_hidden; other <= count + policy_.largest_hidden;
             ++other) {
            if (other == count) continue;
            const bool can_be = std::ranges::any_of(
                cells, [&](const Place& cell) { return can_change(number, cell, other - count); });
            values += can_be ? 1 : 0;
        }
        return values >= policy_.fewest_values;
    }

    // How many more or fewer the cell can count before the total's pounds round otherwise.
    [[nodiscard]] std::int64_t room_in_money(const Figure& total, const Place& cell) const {
        const std::int64_t price = size_of(moved_by({cell, 1})).count();
        if (price == 0) return without_end;
        const std::int64_t from =
            steps_in(*total.money, total.step) * total.step.count() - total.step.count() / 2;
        const std::int64_t below = total.money->count() - from;
        return std::min(below, total.step.count() - below) / price;
    }

    // Of the totals that the figure's first cell is in, the one that leaves it least room: its
    // count is hidden, or its pounds are rounded more.
    void hide_what_binds(std::size_t number) {
        const auto cells = cells_in(number);
        CHECK(!cells.empty());
        Figure* binding = nullptr;
        bool by_money = false;
        std::int64_t least_room = without_end;
        const auto consider = [&](Figure& figure, std::int64_t room, bool is_money) {
            if (room >= least_room) return;
            least_room = room;
            binding = &figure;
            by_money = is_money;
        };
        for_figures_of(cells.front(), [&](std::size_t in) {
            Figure& figure = figures_[in];
            if (!figure.is_published) return;
            if (figure.counts && !figure.is_hidden) {
                const Window window = window_of(figure);
                consider(figure, std::min(figure.count - window.from, window.to - figure.count),
                         false);
            }
            if (shows_rounded_money(figure)) {
                consider(figure, room_in_money(figure, cells.front()), true);
            }
        });
        // With every total of the cell hidden nothing binds it: then it is protected.
        CHECK(binding != nullptr);
        if (by_money) {
            binding->step = next_step(binding->step);
        } else {
            binding->is_hidden = true;
        }
    }

    [[nodiscard]] ShownCell shown(const Figure& figure) const {
        ShownCell cell;
        if (!figure.is_hidden && figure.counts) cell.count = rounded(figure.count, policy_);
        if (shows_money(figure)) cell.money = figure.money;
        if (shows_rounded_money(figure)) {
            cell.money = Pence(steps_in(*figure.money, figure.step) * figure.step.count());
            cell.money_rounded_to = figure.step;
        }
        return cell;
    }

    const DisclosureTable& table_;
    const DisclosurePolicy& policy_;
    std::size_t rows_;     // the row of column totals included
    std::size_t columns_;  // and the column of row totals
    std::vector<Figure> figures_;
};

}  // namespace

Result<DisclosurePolicy> read_disclosure_policy(const std::filesystem::path& file) {
    const auto table = read_toml(file);
    if (!table) return table.problem();
    DisclosurePolicy policy;
    for (const auto& [key, out] : {std::pair{"smallest_hidden", &policy.smallest_hidden},
                                   std::pair{"largest_hidden", &policy.largest_hidden},
                                   std::pair{"round_to", &policy.round_to},
                                   std::pair{"fewest_values", &policy.fewest_values}}) {
        const toml::node* node = table->get(key);
        const auto value = node != nullptr ? node->value_exact<std::int64_t>() : std::nullopt;
        if (!value || *value < 1 || *value > 1000) {
            return toml_fault(file.string(), node,
                              fmt::format("'{}' must be a whole number from 1 to 1000", key));
        }
        *out = *value;
    }
    policy.mark = (*table)["mark"].value_or(policy.mark);
    const std::int64_t pounds = (*table)["round_pounds_to"].value_or(std::int64_t{0});
    if (pounds < 0 || pounds > 1'000'000) {
        return toml_fault(file.string(), table->get("round_pounds_to"),
                          "'round_pounds_to' must be a whole number of pounds up to a million");
    }
    policy.round_money_to = Pence(pounds * 100);
    if (policy.smallest_hidden != 1 ||
        policy.largest_hidden - policy.smallest_hidden + 1 < policy.fewest_values) {
        return toml_fault(file.string(), table->get("largest_hidden"),
                          "counts are hidden from 1 on, and at least 'fewest_values' of them");
    }
    return policy;
}

ShownTable through_the_gate(const DisclosureTable& table, const DisclosurePolicy& policy) {
    Gate gate(table, policy);
    gate.protect();
    return gate.shown();
}

std::string shown_count(std::int64_t count, const DisclosurePolicy& policy) {
    if (is_small(count, policy)) return policy.mark;
    return std::to_string(rounded(count, policy));
}

}  // namespace purse
