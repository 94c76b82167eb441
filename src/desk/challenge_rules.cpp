#include "desk/challenge_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "access/toml_file.hpp"
#include "organisation/affiliation.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t most_days = 250;

Outcome has_source(const toml::table& table, const std::string& name) {
    if (table["source"].value_or(std::string_view()).empty()) {
        return toml_fault(name, &table, "'source' is missing: say where the figure comes from");
    }
    return Nothing{};
}

Result<int> days_in(const toml::table& file, std::string_view who, const std::string& name) {
    const toml::table* table = file["days"][who].as_table();
    if (table == nullptr) {
        return toml_fault(name, nullptr, fmt::format("the section [days.{}] is missing", who));
    }
    const auto days = (*table)["working_days"].value_exact<std::int64_t>();
    if (!days || *days < 1 || *days > most_days) {
        return toml_fault(name, table,
                          fmt::format("'working_days' must be from 1 to {}", most_days));
    }
    if (const auto said = has_source(*table, name); !said) return said.problem();
    return static_cast<int>(*days);
}

Result<ChallengeReasonRule> reason_in(const toml::table& file, ChallengeReason reason,
                                      const std::string& name) {
    const toml::table* table = file["reason"][to_text(reason)].as_table();
    if (table == nullptr) {
        return toml_fault(name, nullptr,
                          fmt::format("the section [reason.{}] is missing", to_text(reason)));
    }
    const auto credit = (*table)["credit"].value_or(std::string());
    ChallengeReasonRule rule;
    rule.borne_by = (*table)["borne_by"].value_or(std::string());
    rule.whole_credit = credit == "whole";
    if (!rule.whole_credit && credit != "said") {
        return toml_fault(name, table, "'credit' is \"whole\" or \"said\"");
    }
    if (!bears_cost(rule.borne_by)) {
        return toml_fault(name, table,
                          "'borne_by' is \"provider\" or an unattributed account such as "
                          "\"~UNREG\"");
    }
    if (const auto said = has_source(*table, name); !said) return said.problem();
    return rule;
}

}  // namespace

bool bears_cost(std::string_view name) {
    if (name == "provider") return true;
    return std::ranges::any_of(unattributed_accounts(),
                               [&](Account account) { return account.text() == name; });
}

fs::path challenge_rules_folder(const Site& site) {
    const fs::path own = site.rules_folder() / "challenges";
    return fs::exists(own) ? own : shipped_rules_folder() / "challenges";
}

Result<ChallengeRules> read_challenge_rules(const fs::path& file) {
    const auto toml = read_toml(file);
    if (!toml) return toml.problem();
    const std::string name = file.string();
    ChallengeRules rules;
    for (const auto& [who, days] :
         {std::pair("answer", &rules.days.answer), std::pair("provider", &rules.days.provider),
          std::pair("decide", &rules.days.decide)}) {
        const auto read = days_in(*toml, who, name);
        if (!read) return read.problem();
        *days = *read;
    }
    for (const ChallengeReason reason : challenge_reasons()) {
        const auto rule = reason_in(*toml, reason, name);
        if (!rule) return rule.problem();
        rules.reasons[reason] = *rule;
    }
    return rules;
}

Result<ChallengeRules> challenge_rules_of(const Site& site) {
    return read_challenge_rules(challenge_rules_folder(site) / "rules.toml");
}

}  // namespace purse
