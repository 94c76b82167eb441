#include "desk/statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/digest.hpp"
#include "desk/block_contracts.hpp"
#include "desk/forecast_rules.hpp"
#include "desk/month_snapshot.hpp"
#include "desk/site_history.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

Result<Closing> closing_of(const Site& site, Month month, std::optional<int> sequence) {
    if (!sequence) {
        const auto latest = site.decisions().latest_closing(month);
        if (latest) return *latest;
    } else {
        for (const Closing& closing : site.decisions().closings()) {
            if (closing.closing.month == month && closing.sequence == *sequence) return closing;
        }
    }
    return not_found(fmt::format("{} has not been closed{}: run 'purse close {}'", in_words(month),
                                 sequence ? fmt::format(" a {}. time", *sequence) : "",
                                 to_text(month)));
}

Result<MonthSnapshot> snapshot_of(const Site& site, const Closing& closing) {
    const fs::path file = site.folder() / closing.closing.folder / "snapshot.csv";
    std::ifstream in(file, std::ios::binary);
    std::string csv{std::istreambuf_iterator<char>(in), {}};
    if (!in || digest_of(csv) != closing.closing.other_inputs.substr(0, 64)) {
        return conflict(fmt::format(
            "{} is missing or not as it was stored: restore it from a backup", file.string()));
    }
    return parse_snapshot(std::move(csv), file.string());
}

template <class Key, class Value>
Value found_or(const std::map<Key, Value>& map, const Key& key, Value otherwise) {
    const auto found = map.find(key);
    return found == map.end() ? std::move(otherwise) : found->second;
}

}  // namespace

Result<std::vector<DataStatus>> data_of(const Site& site, const Closing& closing) {
    auto snapshot = snapshot_of(site, closing);
    if (!snapshot) return snapshot.problem();
    return std::move(snapshot->data);
}

namespace {

// A closing of before papers were kept has none: its months are shown as they are reported.
Result<std::vector<IncompleteCell>> incomplete_in(const Site& site, const MonthReports& reports) {
    if (!has_paper(reports.closing, "completion")) return std::vector<IncompleteCell>();
    auto csv = paper_of(site, reports.closing, "completion");
    if (!csv) return csv.problem();
    const auto stages = parse_stage_costs(*std::move(csv), "completion.csv");
    if (!stages) return stages.problem();
    const auto rules = read_completion_rules(site.rules_folder() / "forecast.toml");
    if (!rules) return rules.problem();
    StageOfBatch stage_of;
    for (const ClosingBatch& part : reports.closing.closing.batches) {
        if (stage_of.contains(part.batch.value)) continue;
        const auto batch = site.decisions().batch(part.batch);
        if (!batch) return batch.problem();
        stage_of[part.batch.value] = batch->load.stage;
    }
    return incomplete_cells(*reports.cube, stage_of, Completion(*stages, *rules));
}

std::set<std::pair<FinancialYear, BudgetLine>> contracted_lines(
    const std::vector<SharedContract>& contracts) {
    std::set<std::pair<FinancialYear, BudgetLine>> lines;
    for (const SharedContract& one : contracts) {
        lines.emplace(one.contract.year, one.contract.line);
    }
    return lines;
}

}  // namespace

Result<MonthReports> open_month(const Site& site, Month month, std::optional<int> sequence) {
    const auto closing = closing_of(site, month, sequence);
    if (!closing) return closing.problem();
    auto read = snapshot_of(site, *closing);
    if (!read) return read.problem();
    auto cube = read_cube(site.folder() / closing->closing.cube.path);
    if (!cube) return cube.problem();
    const auto snapshot = std::make_shared<const MonthSnapshot>(std::move(*read));
    MonthReports reports;
    reports.closing = *closing;
    reports.cube = std::make_shared<const std::vector<CubeRow>>(std::move(*cube));
    reports.roll_up = [snapshot](Account account) {
        return found_or(snapshot->rolls_to, account, account);
    };
    reports.outside = snapshot->outside;
    reports.accounts = account_months(*reports.cube, snapshot->budgets, month, reports.roll_up,
                                      snapshot->outside, snapshot->changes);
    auto incomplete = incomplete_in(site, reports);
    if (!incomplete) return incomplete.problem();
    reports.incomplete = std::move(*incomplete);
    add_expected(reports.accounts, reports.incomplete, month, reports.roll_up, reports.outside);
    reports.contracts = snapshot->contracts;
    add_contracts(reports.accounts, reports.contracts, month, reports.roll_up, reports.outside);
    // A practice of ours without figures still has its statement.
    for (const auto& [account, patients] : snapshot->lists) reports.accounts[account];
    for (const auto& [account, reasons] : snapshot->rejects) {
        for (const auto& [reason, records] : reasons) {
            reports.rejects[account].push_back({reason, records});
        }
    }
    reports.lists = snapshot->lists;
    reports.setting = {
        snapshot->commissioner,
        month,
        snapshot->data,
        snapshot->tariffs,
        closing->sequence,
        [snapshot](Account account) { return found_or(snapshot->names, account, account.text()); },
        [snapshot](const std::string& reason) { return found_or(snapshot->says, reason, reason); },
        contracted_lines(reports.contracts),
        {}};
    auto notes = contract_notes(site, reports.contracts, month);
    if (!notes) return notes.problem();
    reports.setting.contract_notes = std::move(*notes);
    return reports;
}

namespace {

Statement complete(const MonthReports& reports, Account account, const AccountMonth& figures) {
    Statement statement = make_statement(account, figures, reports.setting);
    statement.rejects = found_or(reports.rejects, account, {});
    if (const auto list = reports.lists.find(account); list != reports.lists.end()) {
        statement.list_size = list->second;
    }
    return statement;
}

}  // namespace

Result<Statement> statement_of(const MonthReports& reports, const std::string& code) {
    const Account account(code);
    const auto found = reports.accounts.find(account);
    if (found != reports.accounts.end()) return complete(reports, account, found->second);
    for (const auto& [holder, figures] : reports.accounts) {
        if (!figures.parts.contains(account)) continue;
        return not_found(fmt::format("{} merged into {}: its history stands in that statement",
                                     code, holder.text()));
    }
    return not_found(fmt::format("{} has neither figures nor a budget in {}", code,
                                 in_words(reports.setting.month)));
}

std::vector<Statement> all_statements(const MonthReports& reports) {
    std::vector<Statement> statements;
    for (const auto& [account, figures] : reports.accounts) {
        statements.push_back(complete(reports, account, figures));
    }
    return statements;
}

MoreByFunction expected_by_function(const MonthReports& reports) {
    const Month month = reports.setting.month;
    MoreByFunction all;
    for (const IncompleteCell& cell : reports.incomplete) {
        if (cell.month > month || cell.month.financial_year() != month.financial_year()) continue;
        const Account holder = reports.roll_up(cell.account);
        const auto kept_out = reports.outside.find(holder);
        if (kept_out != reports.outside.end() && kept_out->second.contains(cell.line)) continue;
        all[holder][cell.line][cell.treatment_function] += cell.expected();
    }
    return all;
}

Summary summary_of(const MonthReports& reports) {
    return make_summary(reports.accounts, reports.setting);
}

}  // namespace purse
