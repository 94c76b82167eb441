#include "reports/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "budget/indicative.hpp"
#include "statistics/confidence.hpp"

namespace purse {

namespace {

struct PackLine {
    int number;
    std::string_view label;
};

constexpr std::array<PackLine, 9> pack_lines = {{
    {1, "Elective inpatients and day cases"},
    {2, "Non-elective inpatients"},
    {3, "Outpatients"},
    {4, "Diagnostics"},
    {5, "Consultant-to-consultant referrals"},
    {6, "Prescribing"},
    {7, "Community and mental health"},
    {8, "Primary care"},
    {9, "A&E attendances"},
}};

// Which data sets have anything loaded this year to date, and in the same period last year.
class Loaded {
  public:
    explicit Loaded(const StatementSetting& setting) {
        for (const DataStatus& status : setting.data) {
            if (status.state == DataState::none) continue;
            const bool this_year = status.month.financial_year() == setting.month.financial_year();
            (this_year ? this_year_ : last_year_).insert(status.set);
        }
        for (const auto& [year, line] : setting.contracted) {
            if (year == setting.month.financial_year()) contracts_now_.insert(line);
            if (year == (setting.month - 12).financial_year()) contracts_before_.insert(line);
        }
    }
    [[nodiscard]] bool this_year(BudgetLine line) const {
        return has(this_year_, contracts_now_, line);
    }
    [[nodiscard]] bool last_year(BudgetLine line) const {
        return has(last_year_, contracts_before_, line);
    }

  private:
    static bool has(const std::set<DataSet>& sets, const std::set<BudgetLine>& contracts,
                    BudgetLine line) {
        const auto source = source_of(line);
        return source ? sets.contains(*source) : contracts.contains(line);
    }
    std::set<DataSet> this_year_;
    std::set<DataSet> last_year_;
    std::set<BudgetLine> contracts_now_;
    std::set<BudgetLine> contracts_before_;
};

void take_figures(StatementRow& row, const LineFigures& figures, bool last_year) {
    row.month = figures.month;
    row.year_to_date = figures.year_to_date;
    if (last_year) row.last_year = figures.last_year_to_date;
}

StatementRow row_of(const BudgetLineName& line, const AccountMonth& figures, const Loaded& loaded) {
    StatementRow row;
    row.pack_line = line.pack_line;
    row.code = line.code;
    row.label = line.name;
    row.outside = figures.outside.contains(line.line);
    row.loaded = loaded.this_year(line.line) && !row.outside;
    row.one_kind = !row.loaded || source_of(line.line);
    const auto found = figures.lines.find(line.line);
    take_figures(row, found == figures.lines.end() ? LineFigures{} : found->second,
                 loaded.last_year(line.line) && !row.outside);
    if (const auto more = figures.expected.find(line.line);
        more != figures.expected.end() && row.loaded) {
        row.more_in_month = more->second.month;
        row.more_to_date = more->second.year_to_date;
    }
    if (const auto budget = figures.budgets.find(line.line); budget != figures.budgets.end()) {
        row.annual_budget = budget->second.annual;
        row.budget_to_date = budget->second.to_date;
    }
    return row;
}

void add_into(std::optional<Pence>& sum, const std::optional<Pence>& more) {
    if (more) sum = sum.value_or(Pence(0)) + *more;
}

void add_into(std::optional<ExpectedMore>& sum, const std::optional<ExpectedMore>& more) {
    if (!more) return;
    if (!sum) sum.emplace();
    *sum += *more;
}

// Sums rows into one; last year only where every loaded part has it.
void add_into(StatementRow& sum, const StatementRow& part, bool first) {
    sum.loaded |= part.loaded;
    sum.one_kind &= part.one_kind;
    sum.outside = part.outside && (first || sum.outside);
    sum.month += part.month;
    sum.year_to_date += part.year_to_date;
    if (first) {
        sum.last_year = part.last_year;
    } else if (part.loaded) {
        if (sum.last_year && part.last_year) {
            *sum.last_year += *part.last_year;
        } else if (part.last_year) {
            sum.last_year = part.last_year;
        }
    }
    add_into(sum.annual_budget, part.annual_budget);
    add_into(sum.budget_to_date, part.budget_to_date);
    add_into(sum.more_in_month, part.more_in_month);
    add_into(sum.more_to_date, part.more_to_date);
}

StatementRow consultant_row(const PackLine& pack, const AccountMonth& figures,
                            const Loaded& loaded) {
    StatementRow row;
    row.pack_line = pack.number;
    row.code = "consultant_referrals";
    row.label = pack.label;
    row.loaded = loaded.this_year(BudgetLine::outpatient_first);
    row.of_total = false;
    take_figures(row, figures.consultant_referrals, loaded.last_year(BudgetLine::outpatient_first));
    return row;
}

// A pack line: one row, or a heading row that sums the budget lines below it.
void append_pack_line(std::vector<StatementRow>& rows, const PackLine& pack,
                      const AccountMonth& figures, const Loaded& loaded) {
    if (pack.number == 5) {
        rows.push_back(consultant_row(pack, figures, loaded));
        return;
    }
    StatementRow heading;
    heading.pack_line = pack.number;
    heading.code = fmt::format("pack_{}", pack.number);
    heading.label = pack.label;
    std::vector<StatementRow> parts;
    for (const BudgetLineName& line : budget_lines) {
        if (line.pack_line != pack.number) continue;
        StatementRow part = row_of(line, figures, loaded);
        add_into(heading, part, parts.empty());
        parts.push_back(std::move(part));
    }
    heading.heading = parts.size() > 1;
    if (parts.size() == 1) heading.code = parts.front().code;
    rows.push_back(heading);
    if (!heading.heading) return;
    for (StatementRow& part : parts) {
        part.of_total = false;
        rows.push_back(std::move(part));
    }
}

StatementRow total_of(const std::vector<StatementRow>& rows) {
    StatementRow total;
    total.code = "total";
    total.label = "Total";
    total.one_kind = false;
    bool first = true;
    for (const StatementRow& row : rows) {
        if (!row.of_total || (!row.loaded && !row.annual_budget)) continue;
        add_into(total, row, first);
        first = false;
    }
    return total;
}

std::vector<DataStatus> this_years(const StatementSetting& setting) {
    std::vector<DataStatus> data;
    for (const DataStatus& status : setting.data) {
        if (status.month.financial_year() == setting.month.financial_year()) data.push_back(status);
    }
    return data;
}

std::vector<OutsideRow> outside_rows(const AccountMonth& figures) {
    std::vector<OutsideRow> rows;
    for (const auto& [line, outside] : figures.outside) {
        rows.push_back({std::string(name_of(line).code), std::string(name_of(line).name),
                        std::string(in_words(outside.why)), outside.figures.month,
                        outside.figures.year_to_date});
    }
    return rows;
}

// A merged practice's changes bear its code.
std::vector<ChangeRow> change_rows(Account holder, const AccountMonth& figures) {
    std::vector<ChangeRow> rows;
    for (const BudgetChange& change : figures.changes) {
        std::string label(name_of(change.line).name);
        if (change.account != holder) label += " (" + change.account.text() + ")";
        rows.push_back({change.account.text(), std::string(name_of(change.line).code),
                        std::move(label), change.from, change.number, change.budget.annual,
                        change.budget.to_date, change.says});
    }
    std::ranges::stable_sort(rows, {}, &ChangeRow::number);
    return rows;
}

// Its parts, and lines that are budgeted and bear nothing since no contract is for them.
std::vector<std::string> contract_sentences(const AccountMonth& figures,
                                            const StatementSetting& setting) {
    std::vector<std::string> says;
    for (const BlockShare& share : figures.contracts) {
        says.push_back(block_sentence(share, setting.month));
    }
    for (const auto& [line, budget] : figures.budgets) {
        const bool none = !source_of(line) && !figures.outside.contains(line) &&
                          !setting.contracted.contains({setting.month.financial_year(), line});
        if (none && !setting.contracted.empty()) {
            says.push_back(fmt::format(
                "{} is budgeted and no contract is imported for it: its budget of {} to date has "
                "nothing beside it.",
                name_of(line).name, in_pounds(budget.to_date)));
        }
    }
    says.insert(says.end(), setting.contract_notes.begin(), setting.contract_notes.end());
    return says;
}

std::string_view outcome_text(CostOutcome outcome) { return to_text(outcome); }

}  // namespace

std::optional<DataSet> source_of(BudgetLine line) {
    switch (line) {
        case BudgetLine::day_case:
        case BudgetLine::elective:
        case BudgetLine::non_elective:
        case BudgetLine::maternity:
            return DataSet::admitted_care;
        case BudgetLine::outpatient_first:
        case BudgetLine::outpatient_follow_up:
        case BudgetLine::outpatient_procedure:
        case BudgetLine::diagnostics:
            return DataSet::outpatients;
        case BudgetLine::emergency_department:
            return DataSet::emergency;
        case BudgetLine::prescribing:
            return DataSet::prescribing;
        case BudgetLine::community:
        case BudgetLine::mental_health:
        case BudgetLine::primary_care:
            return std::nullopt;
    }
    return std::nullopt;
}

std::string_view in_words(DataState state) {
    constexpr std::array<std::string_view, 4> words = {"not loaded", "early", "flex", "frozen"};
    return words[static_cast<std::size_t>(state)];
}

std::optional<Pence> StatementRow::variance() const {
    if (!loaded || !budget_to_date) return std::nullopt;
    return year_to_date.cost - *budget_to_date;
}

Statement make_statement(Account account, const AccountMonth& figures,
                         const StatementSetting& setting) {
    Statement statement;
    statement.commissioner = setting.commissioner;
    statement.code = account.text();
    statement.name = setting.name_of(account);
    statement.is_practice = !is_unattributed(account);
    statement.month = setting.month;
    statement.tariffs = setting.tariffs;
    statement.closing = setting.closing;
    statement.data = this_years(setting);
    const Loaded loaded(setting);
    for (const PackLine& pack : pack_lines) {
        append_pack_line(statement.rows, pack, figures, loaded);
    }
    statement.total = total_of(statement.rows);
    if (figures.not_paid_year_to_date != Pence(0)) {
        statement.payable_year_to_date =
            statement.total.year_to_date.cost - figures.not_paid_year_to_date;
    }
    for (const auto& [key, records] : figures.set_aside) {
        statement.set_aside.push_back({std::string(outcome_text(key.outcome)), key.reason,
                                       setting.says(key.reason), records});
    }
    if (figures.parts.size() > 1) {
        for (const auto& [part, part_figures] : figures.parts) {
            statement.merged.push_back(
                {part.text(), setting.name_of(part), part_figures.year_to_date});
        }
    }
    statement.outside = outside_rows(figures);
    statement.changes = change_rows(account, figures);
    statement.contracts_say = contract_sentences(figures, setting);
    CHECK(statement.total.year_to_date.cost == figures.total().year_to_date.cost);
    CHECK(statement.total.month.cost == figures.total().month.cost);
    return statement;
}

namespace {

// A budget of six months beside records of one misleads: say so in the same breath.
std::string missing_months(const Statement& statement) {
    std::set<DataSet> used;
    std::set<DataSet> missing;
    for (const DataStatus& status : statement.data) {
        (status.state == DataState::none ? missing : used).insert(status.set);
    }
    std::string sets;
    for (const DataSet set : missing) {
        if (used.contains(set)) sets += (sets.empty() ? "" : ", ") + std::string(in_words(set));
    }
    return sets.empty() ? ""
                        : fmt::format(" Not the whole picture: months of {} are missing.", sets);
}

}  // namespace

std::string first_sentence(const Statement& statement) {
    const StatementRow& total = statement.total;
    const std::string month = in_words(statement.month);
    if (!total.loaded) return fmt::format("No records are loaded for the year to {}.", month);
    const std::string used = roughly(total.year_to_date.cost);
    if (!statement.is_practice) {
        return fmt::format("To {} this account has used about {}.", month, used);
    }
    const auto variance = total.variance();
    if (!variance) {
        return fmt::format("To {} you have used about {}. No budget has been imported yet.", month,
                           used);
    }
    const bool over = *variance > Pence(0);
    return fmt::format("To {} you have used about {} of {}: {} {}.{}", month, used,
                       roughly(*total.budget_to_date), roughly(over ? *variance : -*variance),
                       over ? "over" : "under", missing_months(statement));
}

std::string data_sentence(const Statement& statement) {
    std::map<Month, DataState> worst;
    for (const DataStatus& status : statement.data) {
        auto [at, fresh] = worst.try_emplace(status.month, status.state);
        if (!fresh) at->second = std::min(at->second, status.state);
    }
    std::string provisional;
    std::string frozen;
    std::optional<Month> frozen_to;
    for (const auto& [month, state] : worst) {
        if (state == DataState::frozen) {
            frozen += (frozen.empty() ? "" : ", ") + in_words(month);
            if (provisional.empty()) frozen_to = month;
            continue;
        }
        provisional += fmt::format("{}{} ({})", provisional.empty() ? "" : ", ", in_words(month),
                                   state == DataState::none ? "incomplete" : in_words(state));
    }
    if (provisional.empty()) return fmt::format("Frozen to {}.", in_words(statement.month));
    const bool only_at_the_start = frozen_to && worst.begin()->second == DataState::frozen &&
                                   frozen.ends_with(in_words(*frozen_to));
    const std::string fixed = frozen.empty()      ? "No month is frozen yet."
                              : only_at_the_start ? "Frozen to " + in_words(*frozen_to) + "."
                                                  : "Frozen: " + frozen + ".";
    return "Provisional: " + provisional + ". " + fixed;
}

namespace {

// No earlier month tells how any of it becomes complete.
bool nothing_is_known(const ExpectedMore& more) {
    return more.unknown != 0 && more.more == Pence() && more.standard_error() == Pence();
}

}  // namespace

std::optional<ExpectedRange> expected_to_date(const StatementRow& row) {
    if (!row.loaded || !row.more_to_date || nothing_is_known(*row.more_to_date))
        return std::nullopt;
    const Pence expected = row.year_to_date.cost + row.more_to_date->more;
    const double margin =
        Confidence::of_95().z() * static_cast<double>(row.more_to_date->standard_error().count());
    const Pence about(std::llround(margin));
    return ExpectedRange{expected, expected - about, expected + about};
}

std::string completion_sentence(const Statement& statement) {
    const StatementRow& total = statement.total;
    if (total.loaded && total.more_to_date && nothing_is_known(*total.more_to_date)) {
        return fmt::format(
            "Reported to {}: {}. No earlier months tell how these become complete: "
            "nothing is added for what may still come.",
            in_words(statement.month), in_pounds(total.year_to_date.cost));
    }
    const auto range = expected_to_date(total);
    if (!range) return {};
    const std::string unknown =
        statement.total.more_to_date->unknown == 0
            ? ""
            : " Of some of it no earlier months tell how it becomes complete: nothing is added for "
              "that.";
    return fmt::format(
        "Reported to {}: {}. Expected when complete: {} ({} to {}, 95 times in 100).{}",
        in_words(statement.month), in_pounds(statement.total.year_to_date.cost),
        in_pounds(range->expected), in_pounds(range->low), in_pounds(range->high), unknown);
}

bool is_frozen(BudgetLine line, Month month, const std::vector<DataStatus>& data) {
    const auto source = source_of(line);
    if (!source) return true;
    return std::ranges::any_of(data, [&](const DataStatus& status) {
        return status.set == *source && status.month == month && status.state == DataState::frozen;
    });
}

std::string changes_sentence(const Statement& statement) {
    if (statement.changes.empty() || !statement.total.annual_budget) return {};
    Pence changed;
    for (const ChangeRow& change : statement.changes) changed += change.annual;
    const Pence now = *statement.total.annual_budget;
    return fmt::format("Budget of the year: {} as it was set, changed by {}{}: {}.",
                       in_pounds(now - changed), changed > Pence(0) ? "+" : "", in_pounds(changed),
                       in_pounds(now));
}

std::string block_sentence(const BlockShare& share, Month month) {
    return fmt::format(
        "{}, {}: block, apportioned by {}: {} = {} a year; {} to {}, {} of it in the month.",
        name_of(share.line).name, share.provider.text(), in_words(share.rule),
        share.working.steps.at(1).arithmetic, in_pounds(share.annual), in_pounds(share.to_date),
        in_words(month), in_pounds(share.month));
}

std::string_view indicative_sentence() { return indicative_budget_sentence; }

}  // namespace purse
