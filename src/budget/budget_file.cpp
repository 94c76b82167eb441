#include "budget/budget_file.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "money/factor.hpp"
#include "organisation/published_table.hpp"

namespace purse {

namespace {

using Place = std::optional<std::size_t>;
constexpr std::array<std::string_view, 12> month_columns = {
    "april",   "may",      "june",     "july",    "august",   "september",
    "october", "november", "december", "january", "february", "march"};

template <class T>
T read_or_refuse(PublishedRow& row, Place place, Result<T> (*parse)(std::string_view)) {
    auto parsed = parse(row.text(place));
    if (parsed) return std::move(parsed).value();
    row.refuse(place, parsed.problem().says);
    return T();
}

Pence annual_amount(PublishedRow& row, Place place) {
    const Pence amount = read_or_refuse(row, place, parse_pounds);
    if (amount < Pence())
        row.refuse(place, "a budget below zero: give the amount that may be spent");
    return amount;
}

// A month's weight in millionths; "8.33%" is as good as "8.33".
std::int64_t weight(PublishedRow& row, Place place) {
    std::string_view text = row.text(place);
    if (text.ends_with('%')) text.remove_suffix(1);
    const auto parsed = parse_factor(text);
    constexpr std::int64_t most = 1'000'000'000 * Factor::one;
    if (parsed && parsed->millionths() >= 0 && parsed->millionths() <= most) {
        return parsed->millionths();
    }
    row.refuse(place, fmt::format("'{}' is not a month's weight: write a number from 0 to "
                                  "1,000,000,000 or a percentage",
                                  row.text(place)));
    return 0;
}

class BudgetReader {
  public:
    explicit BudgetReader(PublishedTable published) : table_(std::move(published.table)) {
        file_.file = table_.file;
        file_.rows = table_.rows.size() + published.unread.size();
        file_.unread = std::move(published.unread);
        for (std::size_t i = 0; i < months_.size(); ++i) {
            months_[i] = place_of(table_, {month_columns[i]});
        }
    }

    Result<BudgetFile> read() {
        if (const auto missing = missing_column(); !missing.empty()) return bad_input(missing);
        for (const TextTable::Row& cells : table_.rows) {
            PublishedRow row(table_, cells);
            const BudgetFileRow budget = budget_of(row);
            if (row.fault()) {
                file_.unread.push_back(*row.fault());
            } else {
                file_.budgets.push_back(budget);
            }
        }
        leave_out_duplicates();
        std::ranges::sort(file_.unread, {}, &UnreadRow::line);
        return std::move(file_);
    }

  private:
    [[nodiscard]] Place practice() const { return place_of(table_, {"practice"}); }
    [[nodiscard]] Place year() const { return place_of(table_, {"year"}); }
    [[nodiscard]] Place line() const { return place_of(table_, {"budget_line", "line"}); }
    [[nodiscard]] Place annual() const { return place_of(table_, {"annual_amount", "annual"}); }

    [[nodiscard]] std::string missing_column() const {
        const auto some = std::ranges::count_if(months_, [](Place place) { return bool(place); });
        if (some != 0 && some != 12) {
            return fmt::format(
                "{}, line 1: {} of the twelve months have a column: give all from "
                "april to march, or none",
                table_.file, some);
        }
        if (practice() && year() && line() && annual()) return {};
        return fmt::format(
            "{}, line 1: a budget file must have the columns practice, year, "
            "budget_line and annual_amount; its columns are: {}",
            table_.file, fmt::join(table_.headings, ", "));
    }

    BudgetFileRow budget_of(PublishedRow& row) {
        return {row.code<PracticeCode>(practice()),
                read_or_refuse(row, year(), parse_financial_year),
                read_or_refuse(row, line(), parse_budget_line),
                annual_amount(row, annual()),
                profile_of(row),
                row.line()};
    }

    std::optional<Profile> profile_of(PublishedRow& row) {
        const auto given =
            std::ranges::count_if(months_, [&](Place month) { return !row.text(month).empty(); });
        if (given == 0) return std::nullopt;
        if (given != 12) {
            row.refuse(months_[0], fmt::format("{} of the twelve months are given: give all, or "
                                               "none for the usual profile of the line",
                                               given));
            return std::nullopt;
        }
        Profile profile;
        profile.per_unit = Factor::one;
        profile.says = fmt::format("as given in {} line {}", table_.file, row.line());
        std::ranges::transform(months_, profile.weights.begin(),
                               [&](Place month) { return weight(row, month); });
        if (std::ranges::all_of(profile.weights, [](std::int64_t w) { return w == 0; })) {
            row.refuse(months_[0], "the twelve months are all zero: give at least one its share");
        }
        return profile;
    }

    void leave_out_duplicates() {
        std::map<std::tuple<PracticeCode, FinancialYear, BudgetLine>, std::vector<std::uint64_t>>
            at;
        const auto key = [](const BudgetFileRow& row) {
            return std::tuple(row.practice, row.year, row.line);
        };
        for (const BudgetFileRow& row : file_.budgets) at[key(row)].push_back(row.file_line);
        for (const BudgetFileRow& row : file_.budgets) {
            const auto& lines = at[key(row)];
            if (lines.size() > 1) refuse_duplicate(row, lines);
        }
        std::erase_if(file_.budgets,
                      [&](const BudgetFileRow& row) { return at[key(row)].size() > 1; });
    }

    void refuse_duplicate(const BudgetFileRow& row, const std::vector<std::uint64_t>& lines) {
        file_.unread.push_back(
            {row.file_line, table_.headings[*line()],
             fmt::format("the budget of {} for {} in {} stands on lines {}: keep one of them",
                         row.practice.text(), name_of(row.line).code, to_text(row.year),
                         fmt::join(lines, ", "))});
    }

    TextTable table_;
    BudgetFile file_;
    std::array<Place, 12> months_;
};

}  // namespace

Result<BudgetFile> read_budgets(const std::filesystem::path& file) {
    auto table = read_published_table(file);
    if (!table) return table.problem();
    return BudgetReader(std::move(table).value()).read();
}

Result<BudgetFile> read_budgets_text(std::string text, std::string name) {
    auto table = read_published_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return BudgetReader(std::move(table).value()).read();
}

}  // namespace purse
