// Profiles from the calendar: the days of a month, or its working days.
#include <fmt/format.h>

#include "budget/profile.hpp"
#include "calendar/working_days.hpp"

namespace purse {

Profile profile_of_year(ProfileKind kind, FinancialYear year) {
    Profile profile;
    profile.says = fmt::format("by {}", in_words(kind));
    for (const Month month : year.months()) {
        profile.weights[static_cast<std::size_t>(month.place_in_year() - 1)] =
            kind == ProfileKind::calendar_days ? month.days() : working_days(month);
    }
    return profile;
}

Profile default_profile(const ProfileRules& rules, BudgetLine line, FinancialYear year) {
    const auto rule = rules.find(line);
    CHECK(rule != rules.end());
    return profile_of_year(rule->second.kind, year);
}

}  // namespace purse
