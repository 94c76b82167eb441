// Reads rules/budget_lines.toml.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <sstream>

#include "budget/profile.hpp"

namespace purse {

namespace {

Result<ProfileKind> parse_kind(std::string_view text) {
    for (const ProfileKind kind : {ProfileKind::calendar_days, ProfileKind::working_days}) {
        if (text == (kind == ProfileKind::calendar_days ? "calendar_days" : "working_days")) {
            return kind;
        }
    }
    return bad_input(
        fmt::format("profile '{}' is not known: write calendar_days or working_days", text));
}

Result<ProfileRule> rule_of(const toml::node& node) {
    const toml::table* entry = node.as_table();
    if (entry == nullptr) return bad_input("must be a table with 'profile' and 'source'");
    const auto profile = (*entry)["profile"].value<std::string>();
    const auto source = (*entry)["source"].value<std::string>();
    if (!profile || !source || source->empty()) {
        return bad_input("'profile' or 'source' is missing");
    }
    const auto kind = parse_kind(*profile);
    if (!kind) return kind.problem();
    return ProfileRule{*kind, *source};
}

Result<ProfileRules> rules_of(const toml::table& file, std::string_view name) {
    ProfileRules rules;
    for (const auto& [key, node] : file) {
        const auto line = parse_budget_line(key.str());
        const auto rule = line ? rule_of(node) : Result<ProfileRule>(line.problem());
        if (!rule) {
            return bad_input(fmt::format("{} line {}, [{}]: {}", name, node.source().begin.line,
                                         key.str(), rule.problem().says));
        }
        rules.emplace(*line, *rule);
    }
    for (const BudgetLineName& line : budget_lines) {
        if (!rules.contains(line.line)) {
            return bad_input(fmt::format("{}: the budget line [{}] is missing", name, line.code));
        }
    }
    return rules;
}

}  // namespace

Result<ProfileRules> read_profile_rules_text(std::string_view text, std::string_view name) {
    try {
        return rules_of(toml::parse(text, name), name);
    } catch (const toml::parse_error& error) {
        return bad_input(
            fmt::format("{} line {}: {}", name, error.source().begin.line, error.description()));
    }
}

Result<ProfileRules> read_profile_rules(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return not_found(fmt::format("{} cannot be read: it says how budgets fall on the months",
                                     file.string()));
    }
    return read_profile_rules_text(text.str(), file.string());
}

}  // namespace purse
