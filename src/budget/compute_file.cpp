#include "budget/compute_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

#include "tables/delimited.hpp"

namespace purse {

namespace {

constexpr std::size_t most_told = 20;
// £100,000 million in a cell: sums of all practices' rows stay far below what Pence holds.
constexpr std::int64_t most_pence = 10'000'000'000'000;

// Reads cells by heading and collects what is wrong with them.
class CellReader {
  public:
    explicit CellReader(const TextTable& table) : table_(table) {}

    // The places of the columns, or a problem that lists what is there.
    Outcome find(std::initializer_list<std::string_view> headings) {
        for (const std::string_view heading : headings) {
            const auto place = table_.column(heading);
            if (!place) return place.problem();
            places_.push_back(*place);
            headings_.emplace_back(heading);
        }
        return Nothing{};
    }

    void at(const TextTable::Row& row) { row_ = &row; }
    [[nodiscard]] const std::string& text(std::size_t column) const {
        return row_->cells[places_[column]];
    }
    [[nodiscard]] std::string place() const {
        return fmt::format("{} line {}", table_.file, row_->line);
    }
    void refuse(std::size_t column, std::string_view why) {
        if (++faults_ > most_told) return;
        says_ += fmt::format("{}{} line {}, column {}: '{}' {}", says_.empty() ? "" : "\n",
                             table_.file, row_->line, headings_[column], text(column), why);
    }

    std::int64_t whole(std::size_t column, std::string_view why) {
        const std::string& cell = text(column);
        std::int64_t count = 0;
        const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), count);
        if (fault == std::errc() && end == cell.data() + cell.size()) return count;
        refuse(column, why);
        return 0;
    }

    Pence pence(std::size_t column) {
        const std::int64_t count = whole(column, "is no whole number of pence");
        if (std::abs(count) <= most_pence) return Pence(count);
        refuse(column,
               "is more than £100,000,000,000.00: write pence, one practice and line a row");
        return Pence(0);
    }

    // What was wrong with the cells, in the file's order.
    [[nodiscard]] Outcome outcome() const {
        if (faults_ == 0) return Nothing{};
        const std::string more =
            faults_ > most_told ? fmt::format("\nand {} more", faults_ - most_told) : "";
        return bad_input(says_ + more);
    }

  private:
    const TextTable& table_;
    const TextTable::Row* row_ = nullptr;
    std::vector<std::size_t> places_;
    std::vector<std::string> headings_;
    std::string says_;
    std::size_t faults_ = 0;
};

BudgetLine line_in(CellReader& cells, std::size_t column) {
    const auto line = parse_budget_line(cells.text(column));
    if (line) return *line;
    cells.refuse(column, line.problem().says.substr(line.problem().says.find("' ") + 2));
    return BudgetLine::day_case;
}

// In millionths of a weighted patient; an empty cell is told apart from a weight of 0.
std::int64_t need_in(CellReader& cells, std::size_t column) {
    if (cells.text(column).empty()) {
        cells.refuse(column, "is no weight: a missing weight is never taken as 1");
        return 0;
    }
    const auto need = parse_factor(cells.text(column));
    constexpr std::int64_t most = 1'000'000'000 * Factor::one;
    if (need && *need > Factor(0) && need->millionths() <= most) return need->millionths();
    cells.refuse(column, "is no need weight: write a number above 0, at most 1,000,000,000");
    return 0;
}

LineHistory history_in(CellReader& cells) {
    LineHistory history;
    history.place = cells.place();
    const std::uint64_t practice = packed(cells.text(0));
    if (practice != 0 && practice != bad_code) {
        history.practice = PracticeCode::from_packed(practice);
    } else {
        cells.refuse(0, "is no practice code: up to eight letters and digits");
    }
    history.line = line_in(cells, 1);
    history.historic = cells.pence(2);
    if (history.historic < Pence(0)) cells.refuse(2, "is below 0");
    const auto list = parse_patients(cells.text(3));
    if (list && *list > Patients(0)) {
        history.list = *list;
    } else {
        cells.refuse(3, "is no list size: write the number of registered patients, above 0");
    }
    history.need = need_in(cells, 4);
    return history;
}

Result<std::vector<LineHistory>> histories_of(const TextTable& table) {
    CellReader cells(table);
    if (auto found = cells.find({"practice", "line", "historic_pence", "list_size", "weight"});
        !found) {
        return found.problem();
    }
    std::vector<LineHistory> histories;
    std::map<std::pair<PracticeCode, BudgetLine>, std::string> seen;
    for (const TextTable::Row& row : table.rows) {
        cells.at(row);
        histories.push_back(history_in(cells));
        const LineHistory& own = histories.back();
        if (own.practice == PracticeCode()) continue;  // told already
        const auto [first, fresh] = seen.try_emplace({own.practice, own.line}, own.place);
        if (!fresh) {
            cells.refuse(0, fmt::format("has the line '{}' a second time (first in {})",
                                        name_of(own.line).code, first->second));
        }
    }
    if (auto fine = cells.outcome(); !fine) return fine.problem();
    if (histories.empty()) return bad_input(table.file + " holds no practices");
    return histories;
}

Result<Envelopes> envelopes_of(const TextTable& table) {
    CellReader cells(table);
    if (auto found = cells.find({"line", "pence"}); !found) return found.problem();
    Envelopes envelopes;
    for (const TextTable::Row& row : table.rows) {
        cells.at(row);
        const BudgetLine line = line_in(cells, 0);
        const Pence pence = cells.pence(1);
        if (!envelopes.emplace(line, pence).second) cells.refuse(0, "is there twice");
    }
    if (auto fine = cells.outcome(); !fine) return fine.problem();
    if (envelopes.empty()) return bad_input(table.file + " holds no envelope");
    return envelopes;
}

std::string in_decimals(const std::optional<std::int64_t>& millionths) {
    if (!millionths) return {};
    const auto size = std::abs(*millionths);
    return fmt::format("{}{}.{:06}", *millionths < 0 ? "-" : "", size / Factor::one,
                       size % Factor::one);
}

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

}  // namespace

Result<std::vector<LineHistory>> read_histories(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return histories_of(*table);
}

Result<std::vector<LineHistory>> read_histories_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return histories_of(*table);
}

Result<Envelopes> read_envelopes(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return envelopes_of(*table);
}

Result<Envelopes> read_envelopes_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return envelopes_of(*table);
}

std::string as_csv(const YearBudgets& year) {
    std::string csv =
        csv_line({"practice", "line", "historic_pence", "target_pence", "distance_before",
                  "budget_pence", "distance_after", "years_to_tolerance", "floor_applied",
                  "cap_applied", "minimum_unfunded"});
    for (const PracticeLineBudget& row : year.budgets) {
        csv += csv_line({row.practice.text(), std::string(name_of(row.line).code),
                         std::to_string(row.historic.count()),
                         row.target ? std::to_string(row.target->count()) : "",
                         in_decimals(row.distance_before), std::to_string(row.budget.count()),
                         in_decimals(row.distance_after),
                         row.years_to_tolerance ? std::to_string(*row.years_to_tolerance) : "",
                         yes_or_no(row.floor_applied), yes_or_no(row.cap_applied),
                         yes_or_no(row.minimum_unfunded)});
    }
    return csv;
}

}  // namespace purse
