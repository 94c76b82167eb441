#include "answers/challenge_tables.hpp"

namespace purse {

namespace {

std::vector<TableCell> return_cells(const std::string& of, const ReturnRow& row) {
    const auto number = [](const auto& value) {
        return value ? TableCell(std::int64_t{*value}) : TableCell();
    };
    return {of,
            row.code,
            row.name,
            row.marked,
            row.open,
            row.late,
            row.upheld,
            row.rejected,
            row.withdrawn,
            row.disputed,
            row.decided,
            row.recovered,
            number(row.median_days),
            number(row.longest_days)};
}

}  // namespace

ReportTable table_of(const std::vector<ChallengeStanding>& standings) {
    ReportTable table;
    table.headings = {"challenge", "practice", "provider", "month",    "data_set", "record",
                      "hrg",       "began",    "ended",    "reason",   "note",     "state",
                      "disputed",  "credit",   "falls_on", "must_act", "by"};
    for (const ChallengeStanding& standing : standings) {
        const NewChallenge& what = standing.challenge.what;
        const ChallengePosition& position = standing.position;
        const ChallengedRecord none;
        const ChallengedRecord& record = what.record ? *what.record : none;
        const bool is_record = what.record.has_value();
        const bool somebody = standing.turn.side != ChallengeSide::nobody;
        table.rows.push_back(
            {standing.challenge.number, what.practice.text(), what.provider.text(),
             to_text(what.month), is_record ? std::string(short_name(record.set)) : std::string(),
             record.record_id, record.what, is_record ? to_text(record.began) : std::string(),
             is_record ? to_text(record.ended) : std::string(), std::string(in_words(what.reason)),
             what.note, std::string(in_words(position.state)), position.disputed, position.credit,
             position.falls_on ? to_text(*position.falls_on) : std::string(),
             somebody ? std::string(in_words(standing.turn.side)) : std::string(),
             somebody ? to_text(standing.turn.by) : std::string()});
    }
    return table;
}

ReportTable table_of(const ReturnReport& report) {
    ReportTable table;
    table.headings = {"of",      "code",      "name",        "marked",      "open",
                      "late",    "upheld",    "rejected",    "withdrawn",   "disputed",
                      "decided", "recovered", "median_days", "longest_days"};
    const auto push = [&](const std::string& of, const std::vector<ReturnRow>& rows) {
        for (const ReturnRow& row : rows) table.rows.push_back(return_cells(of, row));
    };
    push("practice", report.practices);
    push("provider", report.providers);
    push("reason", report.reasons);
    push("total", {report.total});
    return table;
}

ReportTable table_of(const ProviderFile& file) {
    ReportTable table;
    table.headings = provider_file_headings();
    for (const ChallengeStanding& standing : file.challenges) {
        std::vector<TableCell> cells;
        for (std::string& cell : provider_file_row(standing)) cells.emplace_back(std::move(cell));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ReportTable table_of(const std::vector<RefusedAnswer>& refused) {
    ReportTable table;
    table.headings = {"line", "column", "value", "reason", "remedy"};
    for (const RefusedAnswer& one : refused) {
        table.rows.push_back(
            {static_cast<std::int64_t>(one.line), one.column, one.value, one.reason, one.remedy});
    }
    return table;
}

}  // namespace purse
