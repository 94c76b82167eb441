#include "api/workings.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

std::string closing_of(const MonthReports& reports) {
    return fmt::format("closing {} of {}", reports.closing.sequence,
                       to_text(reports.setting.month));
}

void add(Working& working, std::string says, Pence amount, const std::string& document) {
    working.result += amount;
    working.steps.push_back({std::move(says), "", amount, {document, ""}});
}

std::string named(const MonthReports& reports, const Account& account) {
    return fmt::format("{} ({})", reports.setting.name_of(account), account.text());
}

bool is_of_row(const BudgetLineName& line, const StatementRow& row) {
    return row.code == "total" || row.code == line.code ||
           row.code == fmt::format("pack_{}", line.pack_line);
}

}  // namespace

Working account_working(const MonthReports& reports, const SummaryRow& row) {
    Working working;
    working.title =
        fmt::format("{} ({}): year to {}", row.name, row.code, in_words(reports.setting.month));
    for (const auto& [line, figures] : reports.accounts.at(Account(row.code)).lines) {
        add(working, std::string(name_of(line).name), figures.year_to_date.cost,
            closing_of(reports));
    }
    CHECK(working.result == row.year_to_date.cost);
    return working;
}

Working accounts_working(const MonthReports& reports, const SummaryRow& sum,
                         const std::function<bool(const Account&)>& counts) {
    Working working;
    working.title = fmt::format("{}: year to {}", sum.name, in_words(reports.setting.month));
    for (const auto& [account, figures] : reports.accounts) {
        if (!counts(account)) continue;
        add(working, named(reports, account), figures.total().year_to_date.cost,
            closing_of(reports));
    }
    CHECK(working.result == sum.year_to_date.cost);
    return working;
}

Working line_working(const MonthReports& reports, const StatementRow& row) {
    Working working;
    working.title = fmt::format("{}: year to {}", row.label, in_words(reports.setting.month));
    for (const auto& [account, figures] : reports.accounts) {
        Pence cost;
        for (const auto& [line, of_line] : figures.lines) {
            if (is_of_row(name_of(line), row)) cost += of_line.year_to_date.cost;
        }
        if (cost != Pence(0)) add(working, named(reports, account), cost, closing_of(reports));
    }
    return working;
}

Working amount_working(const DraftAmount& amount) {
    Working working;
    working.title = fmt::format("{}: net budget", name_of(amount.line).name);
    add(working, "Gross budget", amount.gross, "the draft");
    add(working, "To the risk pool", -amount.risk_pool, "the draft");
    add(working, "To management", -amount.management, "the draft");
    CHECK(working.result == amount.net);
    return working;
}

Working net_working(const std::string& title, std::span<const DraftAmount> amounts) {
    Working working;
    working.title = title;
    for (const DraftAmount& amount : amounts) {
        add(working, std::string(name_of(amount.line).name), amount.net, "the draft");
    }
    return working;
}

}  // namespace purse
