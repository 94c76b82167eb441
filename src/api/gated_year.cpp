#include "api/gated_year.hpp"

#include <algorithm>
#include <ranges>
#include <set>

#include "activity/contract_line.hpp"

namespace purse {

namespace {

std::vector<const MonthOfSeries*> months_of_year(const std::vector<MonthOfSeries>& series) {
    CHECK(!series.empty());
    const FinancialYear year = series.back().month.financial_year();
    std::vector<const MonthOfSeries*> months;
    for (const MonthOfSeries& one : series) {
        if (one.month.financial_year() == year) months.push_back(&one);
    }
    return months;
}

template <class Key>
std::vector<Key> keys_of(const std::map<Key, std::size_t>& places) {
    const auto keys = std::views::keys(places);
    return {keys.begin(), keys.end()};
}

// A block contract's part is of no person's care, unless it goes by contacts that were counted: who
// knows the contract could work out few of them from one part, or from all the others.
std::set<BudgetLine> lines_with_few_contacts(const MonthOfSeries& month,
                                             const DisclosurePolicy& policy) {
    constexpr std::int64_t a_contact = 1000;
    std::set<BudgetLine> lines;
    for (const auto& [account, figures] : month.accounts) {
        for (const BlockShare& share : figures.contracts) {
            if (share.rule == BlockRule::activity &&
                share.weight < (policy.largest_hidden + 1) * a_contact) {
                lines.insert(share.line);
            }
        }
    }
    return lines;
}

DisclosedCell cell_of(const MonthOfSeries& month, const Account& account, BudgetLine line,
                      const std::set<BudgetLine>& few_contacts) {
    DisclosedCell cell{.count = 0, .money = Pence()};
    const auto found = month.accounts.find(account);
    if (found == month.accounts.end()) return cell;
    const auto figures = found->second.lines.find(line);
    if (figures == found->second.lines.end()) return cell;
    cell = {figures->second.month.activity, figures->second.month.cost};
    if (is_paid_by_contract(line) && !few_contacts.contains(line)) return cell;
    // What costs something without being counted (an attendance's imaging) was somebody's, too.
    if (cell.count == 0 && cell.money != Pence()) cell.count = 1;
    return cell;
}

}  // namespace

GatedYear::GatedYear(const std::vector<MonthOfSeries>& series, const DisclosurePolicy& policy)
    : policy_(policy) {
    const auto months = months_of_year(series);
    first_ = months.front()->month;
    closing_ = months.back()->closing;
    for (const MonthOfSeries* month : months) {
        std::ranges::copy(month->setting.data, std::back_inserter(data_));
        for (const auto& [account, figures] : month->accounts) {
            rows_.emplace(account, 0);
            for (const auto& [line, unused] : figures.lines) columns_.emplace(line, 0);
            for (const auto& [line, unused] : figures.outside) outside_.emplace(account, line);
        }
    }
    std::size_t at = 0;
    for (auto& [account, row] : rows_) row = at++;
    at = 0;
    for (auto& [line, column] : columns_) column = at++;
    DisclosureTable table;
    table.rows = rows_.size();
    table.columns = columns_.size();
    table.periods = months.size();
    table.has_year_to_date = true;
    table.row_totals_count = false;  // spells, attendances and items together
    for (const MonthOfSeries* month : months) {
        const auto few = lines_with_few_contacts(*month, policy);
        for (const auto& [account, row] : rows_) {
            for (const auto& [line, column] : columns_) {
                table.cells.push_back(cell_of(*month, account, line, few));
            }
        }
    }
    shown_ = through_the_gate(table, policy_);
}

bool GatedYear::has(Month month) const { return first_ <= month && month <= latest(); }

std::optional<GatedYear::Place> GatedYear::place_of(const Of& of, Month month) const {
    CHECK(has(month));
    Place place{static_cast<std::size_t>(month - first_), rows_.size(), columns_.size()};
    if (of.account) {
        const auto row = rows_.find(*of.account);
        if (row == rows_.end()) return std::nullopt;
        place.row = row->second;
    }
    if (of.line) {
        const auto column = columns_.find(*of.line);
        if (column == columns_.end()) return std::nullopt;
        place.column = column->second;
    }
    return place;
}

ShownCell GatedYear::in_month(const Of& of, Month month) const {
    const auto place = place_of(of, month);
    if (!place) return {0, Pence()};
    return shown_.at(place->period, place->row, place->column);
}

ShownCell GatedYear::to_date(const Of& of, Month month) const {
    const auto place = place_of(of, month);
    if (!place) return {0, Pence()};
    return shown_.to_date(place->period, place->row, place->column);
}

bool GatedYear::is_outside(const Account& account, BudgetLine line) const {
    return outside_.contains({account, line});
}

std::vector<BudgetLine> GatedYear::lines() const { return keys_of(columns_); }
std::vector<Account> GatedYear::accounts() const { return keys_of(rows_); }

std::vector<DataStatus> GatedYear::data_to(Month month) const {
    std::vector<DataStatus> data;
    std::ranges::copy_if(data_, std::back_inserter(data),
                         [&](const DataStatus& status) { return status.month <= month; });
    return data;
}

}  // namespace purse
