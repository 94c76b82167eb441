// The practices that are the commissioner's on a day, with their lists: what a user looks up first
// after importing organisations and lists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "desk/site.hpp"
#include "population/patients.hpp"

namespace purse {

struct SitePractice {
    PracticeCode code;
    std::string name;
    NetworkCode network;  // empty: in none
    // The latest list on or before the day, and its own day; none when no such list is known.
    std::optional<Patients> patients;
    std::optional<Date> list_of;
};

// In the order of their codes.
std::vector<SitePractice> practices_on(const Site& site, Date day);

// Not found: no practice that was imported, whoever's it is, and no unattributed account.
Outcome is_known_practice(const Site& site, Account account);

}  // namespace purse
