#include "api/gated_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/figure_pages.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::value pence_of(const ShownCell& cell) {
    return cell.money ? json::value(cell.money->count()) : json::value(nullptr);
}

void put_rounding(json::object& object, const char* name, const ShownCell& cell) {
    if (cell.money && cell.money_rounded_to != Pence()) {
        object[name] = cell.money_rounded_to.count();
    }
}

json::object figures_of(const ShownCell& cell, bool one_kind) {
    json::object figures{{"activity", nullptr}, {"bed_days", nullptr}, {"cost_pence", nullptr}};
    if (cell.count && one_kind) figures["activity"] = *cell.count;
    figures["cost_pence"] = pence_of(cell);
    put_rounding(figures, "cost_rounded_to_pence", cell);
    return figures;
}

// What is rounded differs from its budget by as much, rounded the same.
Pence difference(const ShownCell& to_date, Pence budget) {
    const Pence exact = *to_date.money - budget;
    const std::int64_t step = to_date.money_rounded_to.count();
    if (step == 0) return exact;
    const std::int64_t size = (std::abs(exact.count()) + step / 2) / step * step;
    return Pence(exact < Pence(0) ? -size : size);
}

void put_variance(json::object& row, const ShownCell& to_date) {
    const json::value& budget = row.at("budget_to_date_pence");
    row["variance_pence"] = nullptr;
    if (to_date.money && budget.is_int64()) {
        row["variance_pence"] = difference(to_date, Pence(budget.as_int64())).count();
    }
}

json::array data_of(const std::vector<DataStatus>& data) {
    json::array items;
    for (const DataStatus& status : data) {
        items.push_back(json::object{{"data_set", short_name(status.set)},
                                     {"month", to_text(status.month)},
                                     {"state", in_words(status.state)}});
    }
    return items;
}

// What an account or a line may show of itself in the month.
class GatedRows {
  public:
    explicit GatedRows(const GatedMonth& gated) : gated_(gated), at_(gated.month.month()) {}

    void put_row(json::object& row, const GatedYear::Of& of) const {
        const bool one_kind = of.line && source_of(*of.line);
        const ShownCell to_date = gated_.year.to_date(of, at_);
        row["month"] = figures_of(gated_.year.in_month(of, at_), one_kind);
        row["year_to_date"] = figures_of(to_date, one_kind);
        row["last_year_to_date"] = nullptr;
        row["when_complete"] = nullptr;
        put_variance(row, to_date);
        row["series"] = json::array();
    }

    void put_summary_row(json::object& row, const GatedYear::Of& of) const {
        const ShownCell to_date = gated_.year.to_date(of, at_);
        row["month_cost_pence"] = pence_of(gated_.year.in_month(of, at_));
        row["year_to_date_cost_pence"] = pence_of(to_date);
        row["expected_when_complete_pence"] = nullptr;
        put_rounding(row, "cost_rounded_to_pence", to_date);
        put_variance(row, to_date);
    }

    // Rejected records are in no other figure here: a single count.
    void put_rejected(json::object& row) const {
        if (!row.at("data").is_object()) return;
        json::value& rejected = row["data"].as_object()["rejected"];
        const std::string shown = shown_count(rejected.as_int64(), gated_.year.policy());
        rejected = shown == gated_.year.policy().mark ? json::value(nullptr)
                                                      : json::value(std::stoll(shown));
    }

    // Budget lines only: a pack line is a sum over some of them, by which a hidden one could be
    // found, and consultants' referrals are a part of another line.
    [[nodiscard]] json::array lines_of(const json::array& rows,
                                       const std::optional<Account>& account) const {
        json::array lines;
        for (const json::value& row : rows) {
            const auto line = parse_budget_line(std::string(row.at("code").as_string()));
            if (!line || !row.at("loaded").as_bool() || row.at("in_no_budget").as_bool()) continue;
            if (account && gated_.year.is_outside(*account, *line)) continue;
            lines.push_back(row);
            put_row(lines.back().as_object(), {account, *line});
        }
        return lines;
    }

    void put_heading(json::object& page) const {
        const DisclosurePolicy& policy = gated_.year.policy();
        std::string says = fmt::format(
            "Your role does not see small numbers: counts from {} to {} and what they cost are "
            "left "
            "out, other counts are rounded to {}, and sums with such costs in them to {} or more.",
            policy.smallest_hidden, policy.largest_hidden, policy.round_to,
            roughly(policy.round_money_to));
        if (gated_.year.latest() != at_) {
            says += fmt::format(" The figures are those of the closing of {}.",
                                in_words(gated_.year.latest()));
        }
        page["gate_says"] = says;
        page["data"] = data_of(gated_.year.data_to(at_));
    }

    // Month by month what the line cost, or line by line what everything did.
    [[nodiscard]] json::object working_of(const std::string& title, const GatedYear::Of& of) const {
        json::array steps;
        if (of.line) {
            for (Month month = gated_.year.year().first_month(); month <= at_; month = month + 1) {
                if (!gated_.year.has(month)) continue;
                steps.push_back(step_of(in_words(month), gated_.year.in_month(of, month)));
            }
        } else {
            for (const BudgetLine line : gated_.year.lines()) {
                if (of.account && gated_.year.is_outside(*of.account, line)) continue;
                steps.push_back(step_of(std::string(name_of(line).name),
                                        gated_.year.to_date({of.account, line}, at_)));
            }
        }
        const ShownCell result = gated_.year.to_date(of, at_);
        json::object working{{"title", fmt::format("{}: year to {}", title, in_words(at_))},
                             {"steps", std::move(steps)},
                             {"result_pence", pence_of(result)}};
        put_rounding(working, "result_rounded_to_pence", result);
        return working;
    }

  private:
    [[nodiscard]] json::object step_of(const std::string& what, const ShownCell& cell) const {
        const DisclosurePolicy& policy = gated_.year.policy();
        std::string says = what + ": ";
        if (!cell.count) {
            says += "too few to show";
        } else if (*cell.count == 0) {
            says += cell.money.value_or(Pence()) == Pence() ? "none" : "by block contract";
        } else {
            says += "about " + grouped(*cell.count);
        }
        if (cell.count && !cell.money) says += "; the cost would give a small number away";
        if (cell.money_rounded_to != Pence()) {
            says += fmt::format("; the cost to the nearest {}", roughly(cell.money_rounded_to));
        }
        return {{"says", says},
                {"arithmetic", ""},
                {"amount_pence", pence_of(cell)},
                {"source",
                 json::object{{"document", fmt::format("closing {} of {}", gated_.year.closing(),
                                                       to_text(gated_.year.latest()))},
                              {"place", fmt::format("counts rounded to {}", policy.round_to)}}}};
    }

    const GatedMonth& gated_;
    Month at_;
};

// Where the account's figures stand, as the latest closing has it.
Outcome check_is_there(const GatedMonth& gated, const std::string& account) {
    if (gated.latest.reports().accounts.contains(Account(account))) return Nothing{};
    const auto now = statement_of(gated.latest.reports(), account);
    return now ? Outcome(Nothing{}) : Outcome(now.problem());
}

// The page's own sentences about what may be shown.
void put_sentences(json::object& page, const GatedMonth& gated, Statement statement) {
    const ShownCell to_date =
        gated.year.to_date({Account(statement.code), std::nullopt}, statement.month);
    statement.data = gated.year.data_to(statement.month);
    page["data_says"] = data_sentence(statement);
    page["says"] = "";
    if (!to_date.money) return;
    const StatementRow& total = statement.total;
    if (to_date.money_rounded_to == Pence() || !total.budget_to_date || !total.loaded) {
        statement.total.year_to_date.cost = *to_date.money;
        page["says"] = first_sentence(statement);
        return;
    }
    const Pence more = difference(to_date, *total.budget_to_date);
    const std::string beside =
        more == Pence(0) ? "as budgeted, to the nearest " + roughly(to_date.money_rounded_to)
                         : fmt::format("about {} {}", roughly(more < Pence(0) ? -more : more),
                                       more < Pence(0) ? "under" : "over");
    page["says"] = fmt::format("To {} you have used about {} of {}: {}.", in_words(statement.month),
                               roughly(*to_date.money), roughly(*total.budget_to_date), beside);
}

json::object object_of(const std::string& page) { return json::parse(page).as_object(); }

}  // namespace

Result<std::string> gated_statement_page(const GatedMonth& gated, const std::string& account,
                                         bool explain) {
    if (const auto there = check_is_there(gated, account); !there) return there.problem();
    const auto statement = statement_of(gated.month.reports(), account);
    if (!statement) return statement.problem();
    const auto whole = statement_page(gated.month, account, false);
    if (!whole) return whole.problem();
    json::object page = object_of(*whole);
    const GatedRows rows(gated);
    const Account own(account);
    json::array lines = rows.lines_of(page.at("rows").as_array(), own);
    json::object& total = page["total"].as_object();
    rows.put_row(total, {own, std::nullopt});
    if (explain) {
        for (json::value& line : lines) {
            const auto which = parse_budget_line(std::string(line.at("code").as_string()));
            line.as_object()["working"] =
                rows.working_of(std::string(line.at("label").as_string()), {own, which.value()});
        }
        total["working"] = rows.working_of(statement->name, {own, std::nullopt});
    }
    page["rows"] = std::move(lines);
    page["payable_year_to_date_pence"] = nullptr;
    page["completion_says"] = "";
    for (const char* part :
         {"set_aside", "rejects", "merged", "not_in_budget", "budget_changes", "contracts_say"}) {
        page[part] = json::array();
    }
    rows.put_heading(page);
    put_sentences(page, gated, *statement);
    return json::serialize(page);
}

std::string gated_summary_page(const GatedMonth& gated, const DialogueStatus* year,
                               const std::string& allocation, bool explain) {
    json::object page = object_of(summary_page(gated.month, year, allocation, false));
    const GatedRows rows(gated);
    for (json::value& value : page["practices"].as_array()) {
        json::object& row = value.as_object();
        const Account account(std::string(row.at("code").as_string()));
        rows.put_summary_row(row, {account, std::nullopt});
        rows.put_rejected(row);
        if (explain) {
            row["working"] =
                rows.working_of(std::string(row.at("name").as_string()), {account, std::nullopt});
        }
    }
    // Of the parts and the whole, the whole alone: a hidden account is no difference of the two.
    json::object& total = page["total"].as_object();
    rows.put_summary_row(total, {});
    if (explain) total["working"] = rows.working_of("All together", {});
    for (const char* part : {"practices_total", "unattributed_total"}) {
        json::object& row = page[part].as_object();
        for (const char* amount : {"month_cost_pence", "year_to_date_cost_pence", "variance_pence",
                                   "expected_when_complete_pence"}) {
            row[amount] = nullptr;
        }
    }
    page["lines"] = rows.lines_of(page.at("lines").as_array(), std::nullopt);
    for (const char* part : {"set_aside", "not_in_budget", "contracts_say"})
        page[part] = json::array();
    rows.put_heading(page);
    Statement any;
    any.month = gated.month.month();
    any.data = gated.year.data_to(any.month);
    page["data_says"] = data_sentence(any);
    return json::serialize(page);
}

Result<std::string> gated_why_page(const GatedMonth& gated, const std::string& account,
                                   const std::string& line) {
    if (const auto there = check_is_there(gated, account); !there) return there.problem();
    const auto statement = statement_of(gated.month.reports(), account);
    if (!statement) return statement.problem();
    GatedYear::Of of{Account(account), std::nullopt};
    if (line != "total") {
        const auto which = parse_budget_line(line);
        if (!which) {
            return not_found(fmt::format(
                "'{}' is not shown to your role: ask for a budget line, such as non_elective, or "
                "for the total",
                line));
        }
        const bool is_loaded = std::ranges::any_of(statement->rows, [&](const StatementRow& row) {
            return row.code == line && row.loaded && !row.outside;
        });
        if (!is_loaded || gated.year.is_outside(*of.account, *which)) {
            return not_found(fmt::format("{} has no figures of {} in its budget", account,
                                         name_of(*which).name));
        }
        of.line = *which;
    }
    json::object page =
        GatedRows(gated).working_of(fmt::format("{} ({}), {}", statement->name, account, line), of);
    page["records"] = json::array();
    page["records_in_all"] = nullptr;
    page["records_hidden"] =
        "Your role does not see small numbers: no records are shown, and what is too few to show "
        "is left out.";
    return json::serialize(page);
}

namespace {

TableCell count_cell(const json::value& count, const std::string& mark) {
    return count.is_int64() ? TableCell(count.as_int64()) : TableCell(mark);
}

// A budget that is not there is none; an amount that is not there is hidden.
TableCell money_cell(const json::value& amount, const std::string& otherwise) {
    if (amount.is_int64()) return Pence(amount.as_int64());
    return otherwise.empty() ? TableCell() : TableCell(otherwise);
}

TableCell rounding_cell(const json::object& object, const char* name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr ? TableCell() : TableCell(Pence(found->as_int64()));
}

std::string text_in(const json::object& row, const char* key) {
    return std::string(row.at(key).as_string());
}

std::string variance_mark(const json::object& row, const std::string& mark) {
    return row.at("budget_to_date_pence").is_int64() ? mark : "";
}

std::vector<TableCell> statement_cells(const json::object& page, const json::object& row,
                                       const std::string& mark) {
    const bool is_total = text_in(row, "code") == "total";
    std::vector<TableCell> cells = {text_in(page, "code"), text_in(row, "code"),
                                    text_in(row, "label")};
    for (const char* part : {"month", "year_to_date"}) {
        const json::object& figures = row.at(part).as_object();
        cells.push_back(is_total ? TableCell() : count_cell(figures.at("activity"), mark));
        cells.push_back(money_cell(figures.at("cost_pence"), mark));
        cells.push_back(rounding_cell(figures, "cost_rounded_to_pence"));
    }
    cells.push_back(money_cell(row.at("annual_budget_pence"), ""));
    cells.push_back(money_cell(row.at("budget_to_date_pence"), ""));
    cells.push_back(money_cell(row.at("variance_pence"), variance_mark(row, mark)));
    return cells;
}

std::vector<TableCell> summary_cells(const json::object& row, const std::string& kind,
                                     const std::string& mark) {
    return {text_in(row, "code"),
            text_in(row, "name"),
            kind,
            money_cell(row.at("month_cost_pence"), mark),
            money_cell(row.at("year_to_date_cost_pence"), mark),
            rounding_cell(row, "cost_rounded_to_pence"),
            money_cell(row.at("annual_budget_pence"), ""),
            money_cell(row.at("budget_to_date_pence"), ""),
            money_cell(row.at("variance_pence"), variance_mark(row, mark))};
}

}  // namespace

ReportTable gated_statement_table(const std::string& text, const DisclosurePolicy& policy) {
    const json::object page = object_of(text);
    ReportTable table;
    table.headings = {"practice",
                      "line",
                      "label",
                      "month_activity",
                      "month_cost",
                      "month_cost_rounded_to",
                      "year_to_date_activity",
                      "year_to_date_cost",
                      "year_to_date_cost_rounded_to",
                      "annual_budget",
                      "budget_to_date",
                      "variance"};
    for (const json::value& row : page.at("rows").as_array()) {
        table.rows.push_back(statement_cells(page, row.as_object(), policy.mark));
    }
    table.rows.push_back(statement_cells(page, page.at("total").as_object(), policy.mark));
    return table;
}

ReportTable gated_summary_table(const std::string& text, const DisclosurePolicy& policy) {
    const json::object page = object_of(text);
    ReportTable table;
    table.headings = {"code",
                      "name",
                      "kind",
                      "month_cost",
                      "year_to_date_cost",
                      "year_to_date_cost_rounded_to",
                      "annual_budget",
                      "budget_to_date",
                      "variance"};
    for (const json::value& value : page.at("practices").as_array()) {
        const json::object& row = value.as_object();
        table.rows.push_back(summary_cells(
            row, row.at("is_practice").as_bool() ? "practice" : "unattributed", policy.mark));
    }
    table.rows.push_back(summary_cells(page.at("total").as_object(), "total", policy.mark));
    return table;
}

ReportTable gated_why_table(const std::string& text, const DisclosurePolicy& policy) {
    const json::object page = object_of(text);
    ReportTable table;
    table.headings = {"what", "cost"};
    for (const json::value& value : page.at("steps").as_array()) {
        const json::object& step = value.as_object();
        table.rows.push_back(
            {text_in(step, "says"), money_cell(step.at("amount_pence"), policy.mark)});
    }
    table.rows.push_back({"result", money_cell(page.at("result_pence"), policy.mark)});
    return table;
}

}  // namespace purse
