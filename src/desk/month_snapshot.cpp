#include "desk/month_snapshot.hpp"

#include <fmt/format.h>

#include <charconv>

#include "tables/delimited.hpp"

namespace purse {

namespace {

// One table for all: what a row holds, its two keys, a text and two numbers.
std::string row(std::string_view what, std::string key, std::string second, std::string text,
                std::int64_t one = 0, std::int64_t two = 0) {
    return csv_line({std::string(what), std::move(key), std::move(second), std::move(text),
                     std::to_string(one), std::to_string(two)});
}

std::int64_t number(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Its second key holds three: the line, the first month and the change's number.
Outcome take_change(MonthSnapshot& snapshot, const std::vector<std::string>& cells) {
    BudgetChange change;
    change.account = Account(cells[1]);
    const std::string& second = cells[2];
    const std::size_t month = second.find(' ');
    const std::size_t count = second.rfind(' ');
    if (month == std::string::npos || count == month)
        return bad_input("a change without its month");
    const auto line = parse_budget_line(second.substr(0, month));
    const auto from = parse_month(second.substr(month + 1, count - month - 1));
    if (!line) return line.problem();
    if (!from) return from.problem();
    change.line = *line;
    change.from = *from;
    change.number = number(second.substr(count + 1));
    change.says = cells[3];
    change.budget = {Pence(number(cells[4])), Pence(number(cells[5]))};
    snapshot.changes.push_back(std::move(change));
    return Nothing{};
}

// Its second key holds three: the year, the line and the rule. Its weights come after it.
Outcome take_contract(MonthSnapshot& snapshot, const std::vector<std::string>& cells) {
    const std::string& second = cells[2];
    const std::size_t line = second.find(' ');
    if (line == std::string::npos) return bad_input("a contract without its line and rule");
    const auto of_year = parse_financial_year(second.substr(0, line));
    const std::size_t rule = second.find(' ', line + 1);
    if (rule == std::string::npos) return bad_input("a contract without its rule");
    const auto of_line = parse_budget_line(second.substr(line + 1, rule - line - 1));
    const auto by_rule = parse_block_rule(second.substr(rule + 1));
    if (!of_year) return of_year.problem();
    if (!of_line) return of_line.problem();
    if (!by_rule) return by_rule.problem();
    snapshot.contracts.push_back(
        {{ProviderCode(cells[1]), *of_line, *of_year, Pence(number(cells[4])), *by_rule, {}},
         {},
         cells[3]});
    return Nothing{};
}

Outcome take_row(MonthSnapshot& snapshot, const std::vector<std::string>& cells) {
    const std::string& what = cells[0];
    const std::string& key = cells[1];
    const std::string& second = cells[2];
    const std::string& text = cells[3];
    const Account account(key);
    if (what == "commissioner") {
        snapshot.commissioner = text;
    } else if (what == "name") {
        snapshot.names[account] = text;
    } else if (what == "rolls_to") {
        snapshot.rolls_to[account] = Account(second);
    } else if (what == "list") {
        snapshot.lists[account] = number(cells[4]);
    } else if (what == "reject") {
        snapshot.rejects[account][second] = number(cells[4]);
    } else if (what == "says") {
        snapshot.says[key] = text;
    } else if (what == "budget") {
        const auto line = parse_budget_line(second);
        if (!line) return line.problem();
        snapshot.budgets[account][*line] = {Pence(number(cells[4])), Pence(number(cells[5]))};
    } else if (what == "outside") {
        const auto line = parse_budget_line(second);
        if (!line) return line.problem();
        snapshot.outside[account][*line] =
            text == "blocked_back" ? NotInBudget::blocked_back : NotInBudget::out;
    } else if (what == "contract") {
        return take_contract(snapshot, cells);
    } else if (what == "contract_weight") {
        if (snapshot.contracts.empty()) return bad_input("a weight before its contract");
        snapshot.contracts.back().weights[account] = number(cells[4]);
    } else if (what == "change") {
        return take_change(snapshot, cells);
    } else if (what == "data") {
        const auto set = parse_data_set(key);
        const auto month = parse_month(second);
        if (!set) return set.problem();
        if (!month) return month.problem();
        snapshot.data.push_back({*set, *month, static_cast<DataState>(number(cells[4]))});
    } else if (what == "tariff") {
        const auto year = parse_financial_year(key);
        if (!year) return year.problem();
        snapshot.tariffs.push_back({*year, second, text});
    } else {
        return bad_input("unknown kind of row '" + what + "'");
    }
    return Nothing{};
}

}  // namespace

std::string as_csv(const MonthSnapshot& snapshot) {
    std::string out = csv_line({"what", "key", "second", "text", "one", "two"});
    out += row("commissioner", "", "", snapshot.commissioner);
    for (const auto& [account, name] : snapshot.names) out += row("name", account.text(), "", name);
    for (const auto& [account, successor] : snapshot.rolls_to) {
        out += row("rolls_to", account.text(), successor.text(), "");
    }
    for (const auto& [account, patients] : snapshot.lists) {
        out += row("list", account.text(), "", "", patients);
    }
    for (const auto& [account, lines] : snapshot.budgets) {
        for (const auto& [line, budget] : lines) {
            out += row("budget", account.text(), std::string(name_of(line).code), "",
                       budget.annual.count(), budget.to_date.count());
        }
    }
    for (const auto& [account, lines] : snapshot.outside) {
        for (const auto& [line, why] : lines) {
            out += row("outside", account.text(), std::string(name_of(line).code),
                       why == NotInBudget::blocked_back ? "blocked_back" : "out");
        }
    }
    for (const BudgetChange& change : snapshot.changes) {
        out += row(
            "change", change.account.text(),
            fmt::format("{} {} {}", name_of(change.line).code, to_text(change.from), change.number),
            change.says, change.budget.annual.count(), change.budget.to_date.count());
    }
    for (const auto& [account, reasons] : snapshot.rejects) {
        for (const auto& [reason, records] : reasons) {
            out += row("reject", account.text(), reason, "", records);
        }
    }
    for (const DataStatus& status : snapshot.data) {
        out += row("data", std::string(short_name(status.set)), to_text(status.month), "",
                   static_cast<std::int64_t>(status.state));
    }
    for (const TariffUsed& tariff : snapshot.tariffs) {
        out += row("tariff", to_text(tariff.year), tariff.version, tariff.label);
    }
    for (const auto& [reason, says] : snapshot.says) out += row("says", reason, "", says);
    for (const SharedContract& one : snapshot.contracts) {
        const BlockContract& contract = one.contract;
        out += row("contract", contract.provider.text(),
                   fmt::format("{} {} {}", to_text(contract.year), name_of(contract.line).code,
                               to_text(contract.rule)),
                   one.note, contract.annual.count());
        for (const auto& [account, weight] : one.weights) {
            out += row("contract_weight", account.text(), "", "", weight);
        }
    }
    return out;
}

Result<MonthSnapshot> parse_snapshot(std::string csv, const std::string& file) {
    const auto table = read_table_text(std::move(csv), file);
    if (!table) return table.problem();
    if (table->headings.size() != 6) return bad_input(file + " is not a month's snapshot");
    MonthSnapshot snapshot;
    for (const auto& row : table->rows) {
        if (const auto taken = take_row(snapshot, row.cells); !taken) {
            return bad_input(fmt::format("{}, line {}: {}", file, row.line, taken.problem().says));
        }
    }
    return snapshot;
}

}  // namespace purse
