#include "organisation/organisation_file.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "organisation/organisation_layouts.hpp"
#include "organisation/published_table.hpp"

namespace purse {

namespace {

bool has_headings(const TextTable& table, const OrganisationLayout& layout) {
    return std::ranges::all_of(layout.headings,
                               [&](std::string_view heading) { return table.has(heading); });
}

bool is_status(std::string_view text) {
    return text.size() == 1 && std::string_view("ACDP").find(text[0]) != std::string_view::npos;
}

// A file of the Organisation Data Service begins with its first organisation: 27 cells, of which
// the first is a code and the eleventh an opening date.
bool begins_with_an_organisation(const TextTable& table) {
    if (table.headings.size() != ods_columns) return false;
    Date open;
    return parse_organisation_code(table.headings[0]).ok() &&
           read_date(table.headings[10], DateFormat::compact, open);
}

// The same table under the headings of the specification, its first row given back.
TextTable with_headings(TextTable table) {
    const bool practices = is_status(table.headings[12]);
    const auto headings = practices ? epraccur_headings() : trust_headings();
    TextTable::Row first{1, std::move(table.headings)};
    table.headings.assign(headings.begin(), headings.end());
    table.rows.insert(table.rows.begin(), std::move(first));
    return table;
}

std::string recognised_layouts() {
    std::string list;
    for (const OrganisationLayout& layout : organisation_layouts()) {
        list += fmt::format("\n  {}: {}", in_words(layout.kind), fmt::join(layout.headings, ", "));
    }
    return list;
}

Result<OrganisationFile> read_layout(PublishedTable published) {
    TextTable& table = published.table;
    if (begins_with_an_organisation(table)) table = with_headings(std::move(table));
    for (const OrganisationLayout& layout : organisation_layouts()) {
        if (!has_headings(table, layout)) continue;
        OrganisationFile file;
        file.kind = layout.kind;
        file.file = table.file;
        file.rows = table.rows.size() + published.unread.size();
        file.unread = std::move(published.unread);
        layout.read(table, file);
        std::ranges::sort(file.unread, {}, &UnreadRow::line);
        return file;
    }
    return bad_input(fmt::format(
        "{}, line 1: the columns are of no organisation file that Purse knows. A file must have "
        "all the columns of one of these (or be epraccur or etr as published, without a "
        "heading):{}",
        table.file, recognised_layouts()));
}

std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c >= 'a' && c <= 'z') plain.push_back(static_cast<char>(c - 'a' + 'A'));
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) plain.push_back(c);
    }
    return plain;
}

}  // namespace

std::string_view in_words(OrganisationKind kind) {
    switch (kind) {
        case OrganisationKind::practices:
            return "practices (epraccur)";
        case OrganisationKind::trusts:
            return "NHS trusts (etr)";
        case OrganisationKind::trust_mergers:
            return "mergers of trusts";
        case OrganisationKind::pcts:
            return "PCTs and their SHAs";
        case OrganisationKind::pct_to_ccg:
            return "PCT to CCG";
        case OrganisationKind::ccg_to_icb:
            return "CCG to ICB";
        case OrganisationKind::networks:
            return "primary care networks";
        case OrganisationKind::network_memberships:
            return "practices of primary care networks";
        case OrganisationKind::practice_map:
            return "practices with their network and CCG";
        case OrganisationKind::closures:
            return "closed and merged practices";
        case OrganisationKind::predecessors:
            return "practices and their predecessors";
        case OrganisationKind::purse_practices:
            return "practices (Purse)";
        case OrganisationKind::purse_providers:
            return "providers (Purse)";
    }
    CHECK(false);
}

std::size_t OrganisationFile::rows_passed_over() const {
    return std::accumulate(passed_over.begin(), passed_over.end(), std::size_t{0},
                           [](std::size_t sum, const PassedOver& p) { return sum + p.rows; });
}

Result<OrganisationFile> read_organisations(const std::filesystem::path& file) {
    auto table = read_published_table(file);
    if (!table) return table.problem();
    return read_layout(std::move(table).value());
}

Result<OrganisationFile> read_organisations_text(std::string text, std::string name) {
    auto table = read_published_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return read_layout(std::move(table).value());
}

ResolvedMergers resolved(const std::vector<NamedMerger>& mergers,
                         const std::vector<Practice>& practices) {
    std::multimap<std::string, PracticeCode> open_by_name;
    std::map<PracticeCode, const Practice*> by_code;
    for (const Practice& practice : practices) {
        by_code.emplace(practice.code, &practice);
        if (!practice.close) open_by_name.emplace(plain_name(practice.name), practice.code);
    }
    ResolvedMergers out;
    for (const NamedMerger& merger : mergers) {
        const auto [first, last] = open_by_name.equal_range(plain_name(merger.successor_name));
        const auto found = by_code.find(merger.practice);
        const auto refuse = [&](std::string_view why) {
            out.unresolved.push_back(fmt::format("{} merged with '{}': {}", merger.practice.text(),
                                                 merger.successor_name, why));
        };
        if (merger.successor_name.empty()) {
            refuse("the file does not say with whom");
        } else if (first == last) {
            refuse("no open practice has this name");
        } else if (std::next(first) != last) {
            refuse("several open practices have this name");
        } else if (found == by_code.end() || !found->second->close) {
            refuse("the practice's closing date is not known");
        } else {
            out.successions.push_back({merger.practice, first->second, *found->second->close + 1});
        }
    }
    return out;
}

}  // namespace purse
