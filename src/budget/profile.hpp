// How a year's budget falls on its months: twelve weights, April first. The months always add up to
// the year to the penny.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "activity/budget_line.hpp"
#include "calendar/month.hpp"
#include "explain/working.hpp"
#include "money/pence.hpp"

namespace purse {

struct Profile {
    std::array<std::int64_t, 12> weights{};  // not below zero, not all zero
    std::string says;                        // "by calendar days", "as given in budgets.csv line 7"
    std::int64_t per_unit = 1;  // weights a day or a percent: what the working divides them by
    friend bool operator==(const Profile&, const Profile&) = default;
};

enum class ProfileKind : unsigned char { calendar_days, working_days };
std::string_view in_words(ProfileKind kind);

// A month's weight is its number of days, or of working days.
Profile profile_of_year(ProfileKind kind, FinancialYear year);

// Which line falls by calendar days and which by working days, each with its source. Read from
// rules/budget_lines.toml; every budget line must be there.
struct ProfileRule {
    ProfileKind kind = ProfileKind::calendar_days;
    std::string source;
};
using ProfileRules = std::map<BudgetLine, ProfileRule>;
Result<ProfileRules> read_profile_rules(const std::filesystem::path& file);
Result<ProfileRules> read_profile_rules_text(std::string_view text, std::string_view name);

// What a line's budget falls by when no profile was given with it. CHECKs that the rules have it.
Profile default_profile(const ProfileRules& rules, BudgetLine line, FinancialYear year);

// April's budget first.
std::array<Pence, 12> monthly_budgets(Pence annual, const Profile& profile);
// The months from April up to and with this one.
Pence budget_to_date(Pence annual, const Profile& profile, Month month);
// The same, worked out step by step; `source` says where the annual amount comes from.
Working budget_to_date_working(Pence annual, const Profile& profile, Month month,
                               const Source& source);

}  // namespace purse
