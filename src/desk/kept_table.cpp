#include "desk/kept_table.hpp"

#include <fmt/format.h>

#include <fstream>

#include "base/digest.hpp"
#include "warehouse/durable_file.hpp"

namespace purse {

namespace {

Outcome write(const std::filesystem::path& place, const std::string& csv) {
    std::filesystem::create_directories(place.parent_path());
    std::filesystem::path beside = place;
    beside += ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << csv;
    out.close();
    if (!out) return Problem{ProblemKind::unavailable, "cannot write " + beside.string()};
    put_in_place(beside, place);
    return Nothing{};
}

}  // namespace

Result<ImportReport> keep(Site& site, const KeptTable& table, ImportReport report) {
    if (table.before == table.after) {
        report.already_imported = true;
        report.says = fmt::format("these {} are kept already: nothing changed", table.holds);
        return report;
    }
    if (const auto done = write(table.place, table.after); !done) return done.problem();
    site.decisions().record_audit(
        {std::string(table.action), std::string(table.holds),
         fmt::format("from {}; kept as {}", std::filesystem::path(report.file).filename().string(),
                     digest_of(table.after))});
    return report;
}

Outcome all_read(const std::filesystem::path& place, const std::vector<UnreadRow>& unread) {
    if (unread.empty()) return Nothing{};
    const UnreadRow& row = unread.front();
    return bad_input(
        fmt::format("{}, line {}, column {}: {}", place.string(), row.line, row.column, row.says));
}

std::vector<std::string> in_words(const std::vector<UnreadRow>& unread) {
    std::vector<std::string> lines;
    for (const UnreadRow& row : unread) {
        lines.push_back(fmt::format("line {}{}{}: {}", row.line,
                                    row.column.empty() ? "" : ", column ", row.column, row.says));
    }
    return lines;
}

}  // namespace purse
