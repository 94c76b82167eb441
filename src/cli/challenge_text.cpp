#include <fmt/format.h>

#include "cli/challenge_output.hpp"
#include "render/text_table.hpp"

namespace purse {

namespace {

constexpr std::size_t roots_shown = 5;

std::string about(const NewChallenge& what) {
    if (!what.record) {
        return fmt::format("line '{}'{}", name_of(what.amounts.front().line).name,
                           what.provider.empty() ? "" : " at " + what.provider.text());
    }
    const ChallengedRecord& record = *what.record;
    const std::string days = record.began == record.ended
                                 ? to_text(record.ended)
                                 : to_text(record.began) + " to " + to_text(record.ended);
    return fmt::format("record {} of {} ({}, {}, {})", record.record_id, what.provider.text(),
                       in_words(record.set), record.what, days);
}

std::string clock(const ChallengeTurn& turn) {
    return turn.side == ChallengeSide::nobody
               ? "–"
               : fmt::format("{} by {}{}", in_words(turn.side), to_text(turn.by),
                             turn.late() ? " (late)" : "");
}

std::string amount_of(const ChallengeEvent& event) {
    switch (event.step) {
        case ChallengeStep::mark:
            return "disputed " + in_pounds(event.amount);
        case ChallengeStep::provider_answer:
            return "the provider accepts " + in_pounds(event.amount);
        case ChallengeStep::uphold:
            return fmt::format("credit {} in {}, borne by {}", in_pounds(event.amount),
                               in_words(*event.falls_on), event.borne_by);
        default:
            return "";
    }
}

std::string in_history(const ChallengeEvent& event) {
    std::string out =
        fmt::format("{}  {}: {} ({})  event {}, hash {}\n", event.at, in_words(event.step),
                    event.author, in_words(event.role), event.number, event.hash.substr(0, 12));
    const std::string amount = amount_of(event);
    if (!amount.empty()) out += "    " + amount + "\n";
    if (!event.says.empty()) out += "    " + event.says + "\n";
    return out;
}

std::string days_of(const std::optional<int>& days) { return days ? std::to_string(*days) : "–"; }

std::string rate_of(const ReturnRow& row) {
    const auto rate = row.per_thousand();
    return rate ? fmt::format("{}.{}%", *rate / 10, *rate % 10) : "–";
}

void push_rows(std::vector<std::vector<std::string>>& cells, const std::vector<ReturnRow>& rows) {
    for (const ReturnRow& row : rows) {
        cells.push_back({row.code, row.name, std::to_string(row.marked), std::to_string(row.open),
                         std::to_string(row.late), std::to_string(row.upheld),
                         std::to_string(row.rejected), std::to_string(row.withdrawn),
                         in_pounds(row.disputed), in_pounds(row.decided), in_pounds(row.recovered),
                         rate_of(row), days_of(row.median_days), days_of(row.longest_days)});
    }
}

std::string return_table(const std::string& of, const std::vector<ReturnRow>& rows) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {of, "", "marked", "open", "late", "upheld", "rejected", "withdrawn", "disputed", "decided",
         "recovered", "return", "days", "longest"},
        {}};
    push_rows(cells, rows);
    return aligned(cells, {left, left, right, right, right, right, right, right, right, right,
                           right, right, right, right});
}

}  // namespace

std::string as_text(const ChallengeStanding& standing) {
    const NewChallenge& what = standing.challenge.what;
    std::string out = fmt::format(
        "Challenge {}: {} ({}), {}\n{}: {}, {}\n{}\n", standing.challenge.number,
        standing.practice_name, what.practice.text(), in_words(what.month), in_words(what.reason),
        about(what), in_pounds(standing.position.disputed), in_words(standing.position.state));
    if (!what.beside.empty()) {
        out += fmt::format("Beside: record {} of {}\n", what.beside, what.beside_provider.text());
    }
    if (what.amounts.size() > 1) {
        for (const ChallengedAmount& part : what.amounts) {
            out += fmt::format("    {}: {}\n", name_of(part.line).name, in_pounds(part.amount));
        }
    }
    out += in_words(standing.turn) + "\n";
    if (!what.note.empty()) out += "Note: " + what.note + "\n";
    out += "\n";
    for (const ChallengeEvent& event : standing.challenge.events) out += in_history(event);
    return out;
}

std::string as_text(const std::vector<ChallengeStanding>& standings) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {"no", "practice", "month", "about", "reason", "disputed", "stands at", "who must act"},
        {}};
    Pence open;
    for (const ChallengeStanding& standing : standings) {
        const NewChallenge& what = standing.challenge.what;
        if (is_open(standing.position.state)) open += standing.position.disputed;
        cells.push_back({std::to_string(standing.challenge.number), what.practice.text(),
                         to_text(what.month), about(what), std::string(in_words(what.reason)),
                         in_pounds(standing.position.disputed),
                         std::string(in_words(standing.position.state)), clock(standing.turn)});
    }
    return aligned(cells, {right, left, left, left, left, right, left, left}) +
           fmt::format("\n{} challenges; {} in open ones\n", standings.size(), in_pounds(open));
}

std::string as_text(const ChallengeEvent& event) {
    std::string out =
        fmt::format("challenge {}, event {}: {}, by {} ({})\n", event.challenge, event.number,
                    in_words(event.step), event.author, in_words(event.role));
    const std::string amount = amount_of(event);
    return amount.empty() ? out : out + amount + "\n";
}

std::string as_text(const ProviderAnswersTaken& taken) {
    std::string out;
    for (const ChallengeEvent& event : taken.taken) {
        out += fmt::format("challenge {}: {}\n", event.challenge, amount_of(event));
    }
    for (const RefusedAnswer& one : taken.refused) {
        out += fmt::format("line {}, column '{}': '{}' {}; {}\n", one.line, one.column, one.value,
                           one.reason, one.remedy);
    }
    return out + fmt::format("{} answers taken, {} said before, {} refused\n", taken.taken.size(),
                             taken.unchanged, taken.refused.size());
}

std::string as_text(const ReturnReport& report) {
    std::string out =
        fmt::format("Challenges{}, as known on {}\n\n",
                    report.practice ? " of " + report.practice->text() : std::string(" of all"),
                    in_words(report.today));
    if (!report.practice) out += return_table("practice", report.practices) + "\n";
    out += return_table("provider", report.providers) + "\n";
    out += return_table("reason", report.reasons) + "\n";
    out += return_table("", {report.total});
    return out +
           "\nDisputed: of open ones. Return: recovered of what was decided. Days: from the mark "
           "to "
           "the decision, the middle one of all.\n";
}

std::string as_text(const ChallengedMonth& month) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {"account", "line", "function", "disputed in month", "disputed to date",
         "corrected in month", "corrected to date"},
        {}};
    const auto push = [&](std::string account, std::string line, std::string function,
                          const ChallengeSums& sums) {
        cells.push_back({std::move(account), std::move(line), std::move(function),
                         in_pounds(sums.disputed_month), in_pounds(sums.disputed_to_date),
                         in_pounds(sums.corrected_month), in_pounds(sums.corrected_to_date)});
    };
    for (const ChallengeFigure& figure : month.figures) {
        push(figure.account.text(), std::string(name_of(figure.line).code),
             figure.treatment_function.text(), figure.sums);
    }
    cells.emplace_back();
    push("in all", "", "", month.total());
    return fmt::format("Challenges in the figures of {}, as known on {}\n\n", in_words(month.month),
                       in_words(month.as_at)) +
           aligned(cells, {left, left, left, right, right, right, right});
}

std::string as_text(const ChallengeFindings& findings) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {"at stake", "record", "of", "HRG", "day", "finding", "suggests"}, {}};
    for (const ChallengeFinding& finding : findings.records) {
        const LikelyError& error = finding.error;
        cells.push_back({in_pounds(error.at_stake),
                         fmt::format("{} {}", short_name(error.set), error.record_id),
                         error.provider.text(), error.what, to_text(error.began),
                         finding.title + ": " + finding.says,
                         std::string(in_words(finding.reason))});
    }
    std::string out = fmt::format(
        "Likely errors{}, year to {}: questions, not judgements\n\n",
        findings.practice ? " among the records of " + findings.practice->text() : std::string(),
        in_words(findings.month));
    out += aligned(cells, {right, left, left, left, left, left, left});
    out += fmt::format("\n{} findings, {} at stake; {} dismissed, {} challenged already\n",
                       findings.records.size(), in_pounds(findings.at_stake), findings.dismissed,
                       findings.challenged);
    std::size_t roots = 0;
    for (const CodingFinding& finding : findings.coding) {
        const bool of_a_root = !finding.shift.root.empty();
        if (of_a_root && findings.practice && finding.own_stake == Pence(0)) continue;
        if (of_a_root && ++roots > roots_shown) continue;
        out += fmt::format(
            "\n{}: {}.\n    {} stays more than before; about {} at stake{}\n", finding.title,
            finding.says, finding.shift.extra_cases, in_pounds(finding.shift.at_stake),
            findings.practice ? fmt::format(", {} of it here", in_pounds(finding.own_stake)) : "");
    }
    if (roots > roots_shown) {
        out += fmt::format("\n{} more HRG roots: --json tells them all.\n", roots - roots_shown);
    }
    if (findings.practice && !findings.records.empty()) {
        out += fmt::format(
            "\nTo dispute one: purse challenge mark {} --month {} --data-set SET --record RECORD "
            "--reason wrong-hrg ... (see --help)\nOne that is none: purse challenge dismiss {} "
            "KEY; "
            "--json gives the keys.\n",
            findings.practice->text(), to_text(findings.month), findings.practice->text());
    }
    return out;
}

}  // namespace purse
