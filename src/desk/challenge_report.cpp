#include "desk/challenge_report.hpp"

#include <algorithm>

#include "base/wide.hpp"

namespace purse {

namespace {

// A row in the making: days to answer are gathered until all are known.
struct Gathered {
    ReturnRow row;
    std::vector<int> days;
};
using GatheredRows = std::map<std::string, Gathered>;

void add(Gathered& into, const ChallengeStanding& standing) {
    const ChallengePosition& position = standing.position;
    ReturnRow& row = into.row;
    ++row.marked;
    if (is_open(position.state)) {
        ++row.open;
        row.late += standing.turn.late() ? 1 : 0;
        row.disputed += position.disputed;
    }
    if (position.state == ChallengeState::withdrawn) ++row.withdrawn;
    const bool upheld = position.state == ChallengeState::upheld;
    if (!upheld && position.state != ChallengeState::rejected) return;
    ++(upheld ? row.upheld : row.rejected);
    row.decided += position.disputed;
    row.recovered += position.credit;
    into.days.push_back(*position.ended - *position.marked);
}

ReturnRow finished(Gathered gathered) {
    std::vector<int>& days = gathered.days;
    if (days.empty()) return gathered.row;
    std::ranges::sort(days);
    // Of an even number the lower of the two in the middle: a day that somebody did wait.
    gathered.row.median_days = days[(days.size() - 1) / 2];
    gathered.row.longest_days = days.back();
    return gathered.row;
}

std::vector<ReturnRow> finished(GatheredRows rows) {
    std::vector<ReturnRow> all;
    for (auto& [code, gathered] : rows) all.push_back(finished(std::move(gathered)));
    return all;
}

Gathered& row_named(GatheredRows& rows, const std::string& code, const std::string& name) {
    Gathered& row = rows[code];
    row.row.code = code;
    row.row.name = name;
    return row;
}

bool is_asked(const ChallengeStanding& standing, const ReturnQuestion& question) {
    const Date marked = *standing.position.marked;
    return (!question.from || marked >= *question.from) && (!question.to || marked <= *question.to);
}

}  // namespace

std::optional<std::int64_t> ReturnRow::per_thousand() const {
    if (decided <= Pence(0)) return std::nullopt;
    return static_cast<std::int64_t>((wide{recovered.count()} * 1000 + decided.count() / 2) /
                                     decided.count());
}

Result<ReturnReport> rate_of_return(const Site& site, const ReturnQuestion& question, Date today) {
    const auto standings = challenges_standing(site, {.practice = question.practice}, today);
    if (!standings) return standings.problem();
    GatheredRows practices, providers, reasons;
    Gathered total;
    total.row.code = "total";
    total.row.name = "Total";
    for (const ChallengeStanding& standing : *standings) {
        if (!is_asked(standing, question)) continue;
        const NewChallenge& what = standing.challenge.what;
        add(row_named(practices, what.practice.text(), standing.practice_name), standing);
        const std::string provider = what.provider.text();
        add(row_named(providers, provider,
                      provider.empty() ? "no one provider" : standing.provider_name),
            standing);
        add(row_named(reasons, std::string(to_text(what.reason)),
                      std::string(in_words(what.reason))),
            standing);
        add(total, standing);
    }
    ReturnReport report;
    report.practice = question.practice;
    report.from = question.from;
    report.to = question.to;
    report.today = today;
    report.practices = finished(std::move(practices));
    report.providers = finished(std::move(providers));
    report.reasons = finished(std::move(reasons));
    report.total = finished(std::move(total));
    return report;
}

}  // namespace purse
