#include "api/gated_pages.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/figure_pages.hpp"

namespace purse {

namespace {

namespace json = boost::json;

// The months of the year to date, oldest first: all of the opened month's own closing.
std::vector<const MonthOfSeries*> year_to_date(const OpenedMonth& month) {
    std::vector<const MonthOfSeries*> months;
    for (const MonthOfSeries& one : month.series()) {
        if (one.month.financial_year() == month.month().financial_year()) months.push_back(&one);
    }
    return months;
}

// `figures_in` tells a row's figures of one month.
template <class FiguresIn>
ShownTable shown(const OpenedMonth& month, std::size_t rows, const DisclosurePolicy& policy,
                 FiguresIn figures_in) {
    const auto months = year_to_date(month);
    DisclosureTable table;
    table.rows = rows;
    table.columns = 1;
    table.periods = months.size();
    table.has_row_totals = false;
    table.has_year_to_date = true;
    for (const MonthOfSeries* one : months) {
        for (std::size_t row = 0; row < rows; ++row) {
            const Figures figures = figures_in(*one, row);
            table.cells.push_back({figures.activity, figures.cost});
        }
    }
    return through_the_gate(table, policy);
}

json::value pence_of(const ShownCell& cell) {
    return cell.money ? json::value(cell.money->count()) : json::value(nullptr);
}

json::object figures_of(const ShownCell& cell, bool one_kind) {
    json::object figures{{"activity", nullptr}, {"bed_days", nullptr}, {"cost_pence", nullptr}};
    if (cell.count && one_kind) figures["activity"] = *cell.count;
    figures["cost_pence"] = pence_of(cell);
    return figures;
}

void put_variance(json::object& row, const ShownCell& to_date) {
    const json::value& budget = row.at("budget_to_date_pence");
    row["variance_pence"] = to_date.money && budget.is_int64()
                                ? json::value(to_date.money->count() - budget.as_int64())
                                : json::value(nullptr);
}

void put_row(json::object& row, const ShownTable& table, std::size_t at, bool one_kind) {
    const ShownCell& month = table.at(table.periods - 1, at, 0);
    const ShownCell& to_date = table.to_date(table.periods - 1, at, 0);
    row["month"] = figures_of(month, one_kind);
    row["year_to_date"] = figures_of(to_date, one_kind);
    row["last_year_to_date"] = nullptr;
    row["when_complete"] = nullptr;
    put_variance(row, to_date);
    row["series"] = json::array();
}

void put_summary_row(json::object& row, const ShownTable& table, std::size_t at) {
    const ShownCell& to_date = table.to_date(table.periods - 1, at, 0);
    row["month_cost_pence"] = pence_of(table.at(table.periods - 1, at, 0));
    row["year_to_date_cost_pence"] = pence_of(to_date);
    row["expected_when_complete_pence"] = nullptr;
    put_variance(row, to_date);
}

Figures line_figures(const AccountMonth& account, const std::string& code) {
    const auto line = parse_budget_line(code);
    if (!line) return {};
    const auto found = account.lines.find(*line);
    return found == account.lines.end() ? Figures{} : found->second.month;
}

Figures account_figures(const MonthOfSeries& month, const std::string& code) {
    const auto found = month.accounts.find(Account(code));
    return found == month.accounts.end() ? Figures{} : found->second.total().month;
}

std::string gate_sentence(const DisclosurePolicy& policy) {
    return fmt::format(
        "Your role does not see small numbers: counts from {} to {} and what they cost are left "
        "out, other counts are rounded to {}.",
        policy.smallest_hidden, policy.largest_hidden, policy.round_to);
}

// Budget lines only: a pack line is a sum over some of them, by which a hidden one could be found,
// and consultants' referrals are a part of another line.
json::array budget_lines_of(const json::array& rows) {
    json::array lines;
    for (const json::value& row : rows) {
        const std::string code(row.at("code").as_string());
        if (row.at("loaded").as_bool() && parse_budget_line(code)) lines.push_back(row);
    }
    return lines;
}

json::array gated_lines(
    const OpenedMonth& month, const json::array& rows, const DisclosurePolicy& policy,
    ShownTable& table, const std::function<Figures(const MonthOfSeries&, const std::string&)>& of) {
    json::array lines = budget_lines_of(rows);
    table = shown(month, lines.size(), policy, [&](const MonthOfSeries& one, std::size_t row) {
        return of(one, std::string(lines[row].at("code").as_string()));
    });
    for (std::size_t at = 0; at < lines.size(); ++at) {
        put_row(lines[at].as_object(), table, at, true);
    }
    return lines;
}

}  // namespace

Result<std::string> gated_statement_page(const OpenedMonth& month, const std::string& account,
                                         const DisclosurePolicy& policy) {
    const auto whole = statement_page(month, account, false);
    if (!whole) return whole.problem();
    json::object page = json::parse(*whole).as_object();
    ShownTable table;
    json::array lines = gated_lines(
        month, page.at("rows").as_array(), policy, table,
        [&](const MonthOfSeries& one, const std::string& code) {
            const auto found = one.accounts.find(Account(account));
            return found == one.accounts.end() ? Figures{} : line_figures(found->second, code);
        });
    put_row(page["total"].as_object(), table, lines.size(), false);
    // The sentence names the total.
    if (table.to_date(table.periods - 1, lines.size(), 0).is_hidden()) page["says"] = "";
    page["rows"] = std::move(lines);
    page["payable_year_to_date_pence"] = nullptr;
    page["completion_says"] = "";
    for (const char* part : {"set_aside", "rejects", "merged", "not_in_budget", "budget_changes"}) {
        page[part] = json::array();
    }
    page["gate_says"] = gate_sentence(policy);
    return json::serialize(page);
}

std::string gated_summary_page(const OpenedMonth& month, const DialogueStatus* year,
                               const std::string& allocation, const DisclosurePolicy& policy) {
    json::object page = json::parse(summary_page(month, year, allocation)).as_object();
    json::array& accounts = page["practices"].as_array();
    const ShownTable table =
        shown(month, accounts.size(), policy, [&](const MonthOfSeries& one, std::size_t row) {
            return account_figures(one, std::string(accounts[row].at("code").as_string()));
        });
    for (std::size_t at = 0; at < accounts.size(); ++at) {
        put_summary_row(accounts[at].as_object(), table, at);
    }
    // Of the parts and the whole, the whole alone: a hidden account is no difference of the two.
    put_summary_row(page["total"].as_object(), table, accounts.size());
    for (const char* part : {"practices_total", "unattributed_total"}) {
        json::object& row = page[part].as_object();
        for (const char* amount : {"month_cost_pence", "year_to_date_cost_pence", "variance_pence",
                                   "expected_when_complete_pence"}) {
            row[amount] = nullptr;
        }
    }
    ShownTable lines_table;
    json::array lines = gated_lines(month, page.at("lines").as_array(), policy, lines_table,
                                    [](const MonthOfSeries& one, const std::string& code) {
                                        Figures sum;
                                        for (const auto& [account, figures] : one.accounts) {
                                            sum += line_figures(figures, code);
                                        }
                                        return sum;
                                    });
    page["lines"] = std::move(lines);
    for (const char* part : {"set_aside", "not_in_budget"}) page[part] = json::array();
    page["gate_says"] = gate_sentence(policy);
    return json::serialize(page);
}

}  // namespace purse
