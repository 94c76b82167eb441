// Marking: what the closed month shows of the record or the line is what is disputed.
#include <fmt/format.h>

#include <algorithm>

#include "activity/record_batch.hpp"
#include "desk/challenges.hpp"
#include "desk/statements.hpp"
#include "warehouse/charged_records.hpp"
#include "warehouse/stored_records.hpp"

namespace purse {

namespace {

bool belongs_to(const MonthReports& reports, PracticeCode practice, Account account) {
    return reports.roll_up(account) == practice;
}

// The practice's record of that name in the year to date, or why there is none.
Result<ChargedRecord> record_marked(const Site& site, const MonthReports& reports,
                                    const ChallengeMark& mark) {
    const auto charged = charged_records(site.folder() / reports.closing.closing.charges.path,
                                         {{mark.set, mark.record_id}}, site.database_limits());
    if (!charged) return charged.problem();
    std::vector<ChargedRecord> fitting;
    for (const ChargedRecord& record : *charged) {
        const bool this_year = record.month.financial_year() == mark.month.financial_year();
        const bool of_provider = mark.provider.empty() || record.provider == mark.provider;
        if (this_year && of_provider && belongs_to(reports, mark.practice, record.account)) {
            fitting.push_back(record);
        }
    }
    if (fitting.empty()) {
        return not_found(fmt::format("{} has no record '{}' of {} in the year to {}",
                                     mark.practice.text(), mark.record_id, in_words(mark.set),
                                     in_words(mark.month)));
    }
    if (fitting.size() > 1) {
        return bad_input(
            fmt::format("two providers have a record '{}': say whose it is", mark.record_id));
    }
    return fitting.front();
}

std::string text_of(const RecordBatch& batch, std::string_view column) {
    return std::string(batch.columns[column_index(batch.set, column)].texts.at(0));
}
std::optional<Date> day_of(const RecordBatch& batch, std::string_view column) {
    const RecordColumn& days = batch.columns[column_index(batch.set, column)];
    if (days.present.at(0) == 0) return std::nullopt;
    return Date(static_cast<std::int32_t>(days.numbers.at(0)));
}

// What its provider needs to find it again: HRG or function, and its days.
Result<ChallengedRecord> as_stored(const Site& site, const ChargedRecord& charged) {
    const auto info = site.decisions().batch(BatchNumber{charged.batch});
    if (!info) return info.problem();
    const auto batch = read_records(site.folder() / info->load.records.path, charged.set,
                                    RecordsWanted{{charged.line}, {}}, site.database_limits());
    if (!batch) return batch.problem();
    if (batch->rows != 1) {
        return conflict(fmt::format("batch {} does not hold line {}: run 'purse verify'",
                                    charged.batch, charged.line));
    }
    ChallengedRecord record;
    record.set = charged.set;
    record.batch = charged.batch;
    record.line = charged.line;
    record.record_id = charged.record_id;
    record.what = text_of(*batch, "hrg");
    if (record.what.empty() && charged.set == DataSet::outpatients) {
        record.what = text_of(*batch, "treatment_function");
    }
    record.ended = day_of(*batch, "costing_date").value_or(charged.month.first_day());
    record.began = record.ended;
    if (charged.set == DataSet::admitted_care) {
        record.began = day_of(*batch, "admission_date").value_or(record.ended);
    }
    return record;
}

Result<NewChallenge> of_record(const Site& site, const MonthReports& reports,
                               const ChallengeMark& mark) {
    const auto charged = record_marked(site, reports, mark);
    if (!charged) return charged.problem();
    auto record = as_stored(site, *charged);
    if (!record) return record.problem();
    NewChallenge what;
    what.account = charged->account;
    what.month = charged->month;
    what.provider = charged->provider;
    what.record = std::move(*record);
    const Pence rest = charged->price - charged->imaging;
    if (rest > Pence(0)) {
        what.amounts.push_back({charged->budget_line, charged->treatment_function, rest});
    }
    if (charged->imaging > Pence(0)) {
        what.amounts.push_back(
            {BudgetLine::diagnostics, charged->treatment_function, charged->imaging});
    }
    if (what.amounts.empty()) {
        return bad_input(
            fmt::format("record '{}' costs nothing in the figures: there is nothing "
                        "to dispute",
                        mark.record_id));
    }
    return what;
}

// What the line shows of the month, of one provider or of all.
Pence cost_of_line(const MonthReports& reports, const ChallengeMark& mark) {
    if (mark.provider.empty()) {
        const auto account = reports.accounts.find(mark.practice);
        if (account == reports.accounts.end()) return Pence(0);
        const auto& lines = account->second.lines;
        const auto line = lines.find(mark.line);
        return line == lines.end() ? Pence(0) : line->second.month.cost;
    }
    Pence cost;
    for (const CubeRow& row : *reports.cube) {
        if (row.month == mark.month && row.line == mark.line && row.provider == mark.provider &&
            belongs_to(reports, mark.practice, row.account)) {
            cost += row.full;
        }
    }
    return cost;
}

Result<NewChallenge> of_line(const MonthReports& reports, const ChallengeMark& mark) {
    const Pence cost = cost_of_line(reports, mark);
    const std::string line(name_of(mark.line).name);
    if (cost <= Pence(0)) {
        return bad_input(fmt::format("'{}' of {} costs nothing in {}: there is nothing to dispute",
                                     line, mark.practice.text(), in_words(mark.month)));
    }
    const Pence disputed = mark.amount.value_or(cost);
    if (disputed <= Pence(0) || disputed > cost) {
        return bad_input(fmt::format("'{}' of {} in {} is {}: no more than that can be disputed",
                                     line, mark.practice.text(), in_words(mark.month),
                                     in_pounds(cost)));
    }
    NewChallenge what;
    what.account = mark.practice;
    what.month = mark.month;
    what.provider = mark.provider;
    what.amounts.push_back({mark.line, TreatmentFunction(), disputed});
    return what;
}

}  // namespace

Result<Challenge> mark_challenge(Site& site, const ChallengeMark& mark,
                                 const ChallengeCommand& command) {
    const auto rules = challenge_rules_of(site);
    if (!rules) return rules.problem();
    const auto reports = open_month(site, mark.month);
    if (!reports) return reports.problem();
    if (const auto known = statement_of(*reports, mark.practice.text()); !known) {
        return known.problem();
    }
    auto what = mark.record_id.empty() ? of_line(*reports, mark) : of_record(site, *reports, mark);
    if (!what) return what.problem();
    what->practice = mark.practice;
    what->reason = mark.reason;
    what->note = command.says;
    what->rule = mark.rule;
    what->beside = mark.beside;
    what->beside_provider = mark.beside_provider;
    ChallengeAct act;
    act.role = command.role;
    act.author = command.author;
    act.at = command.at;
    act.days = rules->days;
    return site.decisions().record_challenge(*what, act);
}

}  // namespace purse
