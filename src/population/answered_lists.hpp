// Whose lists a practice answers for: its own, and those of practices that went into it since.
#pragma once

#include <map>
#include <vector>

#include "organisation/affiliation.hpp"
#include "population/list_size.hpp"

namespace purse {

// By practice that answers on `as_at`: the practices with lists that stood on `day` themselves.
std::map<PracticeCode, std::vector<PracticeCode>> answered_lists(const Affiliations& affiliations,
                                                                 const std::vector<ListSize>& sizes,
                                                                 Date day, Date as_at);

// The sum of the lists of these practices on the day; none when one of them has no known total.
std::optional<Patients> total_of_all(const Lists& lists, const std::vector<PracticeCode>& practices,
                                     Date day);

}  // namespace purse
