#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "desk/price_lists.hpp"
#include "desk/statements.hpp"
#include "pricing/record_columns.hpp"
#include "warehouse/charge_records.hpp"
#include "warehouse/priced_month.hpp"
#include "warehouse/stored_records.hpp"

namespace purse {

namespace {

// A line's code, a pack line's ("pack_3"), or "total".
Result<std::vector<BudgetLine>> lines_named(const std::string& code) {
    std::vector<BudgetLine> lines;
    for (const BudgetLineName& line : budget_lines) {
        if (code == "total" || code == line.code ||
            code == fmt::format("pack_{}", line.pack_line)) {
            lines.push_back(line.line);
        }
    }
    if (lines.empty()) return parse_budget_line(code).problem();
    return lines;
}

struct WhyQuestion {
    Month month;
    Account account;
    std::vector<Account> parts;
    std::vector<BudgetLine> lines;
};

bool is_asked(const CubeRow& row, const WhyQuestion& question) {
    return (counts_as_activity(row) || row.full != Pence(0)) && row.month <= question.month &&
           row.month.financial_year() == question.month.financial_year() &&
           std::ranges::find(question.parts, row.account) != question.parts.end() &&
           std::ranges::find(question.lines, row.line) != question.lines.end();
}

// Hospital costs by month and provider; prescribing by month, rounded to pence there and only
// there.
std::vector<Step> steps_of(const std::vector<CubeRow>& cube, const WhyQuestion& question,
                           const std::string& cube_name) {
    struct Sum {
        std::int64_t records = 0;
        Pence price;
        std::map<Account, FinePence> fine;
    };
    std::map<std::pair<Month, std::string>, Sum> sums;
    for (const CubeRow& row : cube) {
        if (!is_asked(row, question)) continue;
        Sum& sum = sums[{row.month, row.provider.text()}];
        sum.records += row.set == DataSet::prescribing ? row.items : row.records;
        sum.price += row.full;
        if (row.set == DataSet::prescribing) sum.fine[row.account] += row.fine_cost;
    }
    std::vector<Step> steps;
    for (const auto& [key, sum] : sums) {
        Step step;
        Pence amount = sum.price;
        for (const auto& [account, cost] : sum.fine) {
            amount += rounded(cost, Rounding::half_up);
            step.arithmetic = in_pounds(cost) + " rounded once to the penny";
        }
        step.says = sum.fine.empty() ? fmt::format("{}, provider {}: {} records priced one by one",
                                                   in_words(key.first), key.second, sum.records)
                                     : fmt::format("{}, prescribing: {} items at actual cost",
                                                   in_words(key.first), sum.records);
        step.amount = amount;
        step.source = {cube_name, ""};
        steps.push_back(std::move(step));
    }
    return steps;
}

// Block contracts that the lines have a part of.
std::vector<Step> contract_steps(const AccountMonth& figures, const WhyQuestion& question,
                                 const std::string& closing) {
    std::vector<Step> steps;
    for (const BlockShare& share : figures.contracts) {
        if (std::ranges::find(question.lines, share.line) == question.lines.end()) continue;
        Step step;
        step.says =
            fmt::format("{} of {}: block, apportioned by {}{}", name_of(share.line).name,
                        share.provider.text(), in_words(share.rule),
                        share.practice == question.account ? std::string()
                                                           : " (" + share.practice.text() + ")");
        step.arithmetic = share.working.steps.back().arithmetic;
        step.amount = share.to_date;
        step.source = {closing, "block contract of " + in_pounds(share.contract) + " a year"};
        steps.push_back(std::move(step));
    }
    return steps;
}

WhyRecord record_of(const ChargeRecord& charge) {
    WhyRecord record;
    record.data_set = charge.data_set;
    record.batch = charge.batch;
    record.line = charge.line;
    record.record_id = charge.record_id;
    record.month = charge.month;
    record.provider = charge.provider;
    record.what = charge.paid_as;
    record.outcome = charge.outcome;
    record.price = charge.price;
    if (charge.data_set == short_name(DataSet::prescribing)) {
        record.fine_price = in_pounds(charge.fine_cost);
    }
    return record;
}

Working working_of(const PriceBook& book, DataSet set, const RecordBatch& batch, std::size_t at) {
    const RecordColumns columns(batch);
    switch (set) {
        case DataSet::admitted_care:
            return book.explain_spell(columns.spells(), at);
        case DataSet::outpatients:
            return book.explain_attendance(columns.attendances(), at);
        default:
            return book.explain_emergency(columns.emergency(), at);
    }
}

Result<std::optional<Working>> explain_in(const Site& site, const BatchInfo& batch,
                                          const std::string& record_id) {
    const NewBatch& load = batch.load;
    const auto records = read_records(site.folder() / load.records.path, load.set,
                                      RecordsWanted{{}, {record_id}}, site.database_limits());
    if (!records) return records.problem();
    if (records->rows == 0) return std::optional<Working>();
    const auto book = price_book_of(site, load.month.financial_year());
    if (!book) return book.problem();
    Working working = working_of(*book->book, load.set, *records, 0);
    working.title += fmt::format(" (batch {}, {} {})", batch.number.value, to_text(load.month),
                                 to_text(load.stage));
    return std::optional<Working>(std::move(working));
}

Result<std::vector<BatchInfo>> batches_asked(const Site& site, const RecordQuestion& question) {
    std::vector<BatchInfo> batches;
    if (question.batch) {
        auto batch = site.decisions().batch(*question.batch);
        if (!batch) return batch.problem();
        batches.push_back(std::move(*batch));
        return batches;
    }
    for (const DataSet set : {DataSet::admitted_care, DataSet::outpatients, DataSet::emergency}) {
        if (question.set && *question.set != set) continue;
        for (CurrentBatch& current :
             site.decisions().current_batches(set, Month(1990, 1), Month(2190, 1))) {
            batches.push_back(std::move(current.batch));
        }
    }
    return batches;
}

// A line in no budget has its own working, and no part in a sum of lines.
std::vector<BudgetLine> lines_that_count(const std::vector<BudgetLine>& lines,
                                         const AccountMonth& figures) {
    if (lines.size() == 1) return lines;
    std::vector<BudgetLine> counting;
    for (const BudgetLine line : lines) {
        if (!figures.outside.contains(line)) counting.push_back(line);
    }
    return counting;
}

Pence cost_of(const AccountMonth& figures, BudgetLine line) {
    if (const auto found = figures.lines.find(line); found != figures.lines.end()) {
        return found->second.year_to_date.cost;
    }
    const auto outside = figures.outside.find(line);
    return outside == figures.outside.end() ? Pence(0) : outside->second.figures.year_to_date.cost;
}

// As it was agreed, and every change since; nothing where there was none.
std::optional<Working> budget_working(const AccountMonth& figures,
                                      const std::vector<BudgetLine>& lines, Month month,
                                      const std::string& snapshot) {
    LineBudget now;
    for (const auto& [line, budget] : figures.budgets) {
        if (std::ranges::find(lines, line) != lines.end()) now += budget;
    }
    Working working;
    LineBudget agreed = now;
    for (const BudgetChange& change : figures.changes) {
        if (std::ranges::find(lines, change.line) == lines.end()) continue;
        agreed.annual -= change.budget.annual;
        agreed.to_date -= change.budget.to_date;
        Step step;
        step.says = fmt::format("{}, {}: {}", change.account.text(), name_of(change.line).name,
                                change.says);
        step.arithmetic =
            fmt::format("{} on the months from {} to March, so much of it to {}",
                        in_pounds(change.budget.annual), in_words(change.from), in_words(month));
        step.amount = change.budget.to_date;
        step.source = {fmt::format("change {} of the budgets", change.number), ""};
        working.steps.push_back(std::move(step));
    }
    if (working.steps.empty()) return std::nullopt;
    Step first;
    first.says = fmt::format("The budget as it was set: {} a year, of it to {}",
                             in_pounds(agreed.annual), in_words(month));
    first.amount = agreed.to_date;
    first.source = {snapshot, ""};
    working.steps.insert(working.steps.begin(), std::move(first));
    working.title = fmt::format("Budget to {}", in_words(month));
    working.result = now.to_date;
    return working;
}

Result<WhyQuestion> question_of(const MonthReports& reports, const std::string& code,
                                const std::string& line) {
    const auto lines = lines_named(line);
    if (!lines) return lines.problem();
    WhyQuestion question{reports.setting.month, Account(code), {}, *lines};
    question.parts.push_back(question.account);
    const auto found = reports.accounts.find(question.account);
    if (found == reports.accounts.end()) return question;
    question.lines = lines_that_count(*lines, found->second);
    for (const auto& [part, figures] : found->second.parts) {
        if (part != question.account) question.parts.push_back(part);
    }
    return question;
}

}  // namespace

Result<Why> why_without_records(const MonthReports& reports, const std::string& code,
                                const std::string& line) {
    const auto question = question_of(reports, code, line);
    if (!question) return question.problem();
    const auto statement = statement_of(reports, code);
    if (!statement) return statement.problem();
    const Month month = reports.setting.month;
    const std::string closing =
        fmt::format("closing {} of {}", reports.closing.sequence, to_text(month));
    Why why;
    why.working.title =
        fmt::format("{} ({}), {}: year to {}", statement->name, code, line, in_words(month));
    why.working.steps = steps_of(*reports.cube, *question, closing);
    const AccountMonth& figures = reports.accounts.at(question->account);
    std::ranges::move(contract_steps(figures, *question, closing),
                      std::back_inserter(why.working.steps));
    Pence shown;
    for (const BudgetLine each : question->lines) shown += cost_of(figures, each);
    for (const Step& step : why.working.steps) why.working.result += *step.amount;
    CHECK(why.working.result == shown);
    why.budget = budget_working(figures, question->lines, month, closing);
    return why;
}

Result<Why> why(const Site& site, Month month, const std::string& code, const std::string& line,
                std::size_t records) {
    const auto reports = open_month(site, month);
    if (!reports) return reports.problem();
    return why(site, *reports, code, line, records);
}

Result<Why> why(const Site& site, const MonthReports& reports, const std::string& code,
                const std::string& line, std::size_t records) {
    auto answer = why_without_records(reports, code, line);
    if (!answer) return answer.problem();
    Why why = std::move(*answer);
    const auto question = question_of(reports, code, line);
    if (!question) return question.problem();
    const auto charges =
        read_charges(site.folder() / reports.closing.closing.charges.path,
                     {question->parts, question->lines,
                      question->month.financial_year().first_month(), question->month, records},
                     site.database_limits());
    if (!charges) return charges.problem();
    why.records_in_all = charges->in_all;
    for (const ChargeRecord& charge : charges->records) why.records.push_back(record_of(charge));
    return why;
}

Result<Working> explain_record(const Site& site, const RecordQuestion& question) {
    const bool prescribed = question.set == DataSet::prescribing;
    const auto batches = batches_asked(site, question);
    if (!batches) return batches.problem();
    for (const BatchInfo& batch : *batches) {
        if (batch.load.set == DataSet::prescribing) continue;
        auto working = explain_in(site, batch, question.record_id);
        if (!working) return working.problem();
        if (*working) return **working;
    }
    return not_found(
        fmt::format("no loaded record has the identifier '{}'{}", question.record_id,
                    prescribed ? ": prescribing is paid as given and has no working" : ""));
}

}  // namespace purse
