#include <fmt/format.h>

#include "access/toml_file.hpp"
#include "desk/challenge_findings.hpp"
#include "desk/challenge_rules.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view coding_check = "coding_shift";

// What every check says of itself.
struct Heading {
    std::string title;
    std::string says;
    ChallengeReason reason = ChallengeReason::duplicate;
};

Result<Heading> heading_of(const toml::table& table, const std::string& name) {
    Heading heading;
    for (const auto& [key, text] :
         {std::pair("title", &heading.title), std::pair("says", &heading.says)}) {
        *text = table[key].value_or(std::string());
        if (text->empty()) return toml_fault(name, &table, fmt::format("'{}' is missing", key));
    }
    if (table["source"].value_or(std::string()).empty()) {
        return toml_fault(name, &table, "'source' is missing: say where the check comes from");
    }
    const auto reason = parse_challenge_reason(table["reason"].value_or(std::string()));
    if (!reason) return toml_fault(name, &table, reason.problem().says);
    heading.reason = *reason;
    return heading;
}

Result<std::int64_t> number_in(const toml::table& table, std::string_view key, std::int64_t least,
                               std::int64_t most, const std::string& name) {
    const auto value = table[key].value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return *value;
    return toml_fault(name, &table,
                      fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
}

bool has_days(LikelyErrorKind kind) {
    return kind == LikelyErrorKind::after_death || kind == LikelyErrorKind::practice_closed ||
           kind == LikelyErrorKind::repeated_first;
}

Result<CheckRule> record_check(const toml::table& table, LikelyErrorKind kind,
                               const std::string& name) {
    const auto heading = heading_of(table, name);
    if (!heading) return heading.problem();
    CheckRule rule{{kind, 0}, heading->title, heading->says, heading->reason};
    if (!has_days(kind)) return rule;
    const auto days = number_in(table, "days", 0, 366, name);
    if (!days) return days.problem();
    rule.check.days = static_cast<int>(*days);
    return rule;
}

Result<ChallengeChecks::Coding> provider_check(const toml::table& table, const std::string& name) {
    const auto heading = heading_of(table, name);
    if (!heading) return heading.problem();
    const auto cases = number_in(table, "least_cases", 1, 100'000, name);
    if (!cases) return cases.problem();
    const auto errors = number_in(table, "standard_errors", 2, 20, name);
    if (!errors) return errors.problem();
    const auto change = number_in(table, "least_change_percent", 1, 100, name);
    if (!change) return change.problem();
    return ChallengeChecks::Coding{
        heading->title,
        heading->says,
        heading->reason,
        {*cases, static_cast<double>(*errors), static_cast<int>(*change)}};
}

}  // namespace

Result<ChallengeChecks> read_challenge_checks(const fs::path& file) {
    const auto toml = read_toml(file);
    if (!toml) return toml.problem();
    const std::string name = file.string();
    ChallengeChecks checks;
    std::size_t known = 0;
    for (const LikelyErrorKind kind : all_likely_error_kinds) {
        const toml::table* table = (*toml)[to_text(kind)].as_table();
        if (table == nullptr) continue;
        ++known;
        auto rule = record_check(*table, kind, name);
        if (!rule) return rule.problem();
        checks.records.push_back(std::move(*rule));
    }
    if (const toml::table* table = (*toml)[coding_check].as_table()) {
        ++known;
        auto coding = provider_check(*table, name);
        if (!coding) return coding.problem();
        checks.coding = std::move(*coding);
    }
    if (known == toml->size()) return checks;
    for (const auto& [key, node] : *toml) {
        bool is_known = key.str() == coding_check;
        for (const LikelyErrorKind kind : all_likely_error_kinds) {
            is_known |= key.str() == to_text(kind);
        }
        if (!is_known) return toml_fault(name, &node, fmt::format("'{}' is no check", key.str()));
    }
    return checks;
}

Result<ChallengeChecks> challenge_checks_of(const Site& site) {
    return read_challenge_checks(challenge_rules_folder(site) / "checks.toml");
}

}  // namespace purse
