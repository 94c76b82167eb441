// How far a member's own record is to be believed, and how far its group's (Buhlmann and Straub
// 1970, "Glaubwuerdigkeit fuer Schadensaetze").
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

// One member's periods: what came, and what was expected of the member by its size alone. A period
// in which nothing was expected does not count. `memory` weighs periods, the newest most.
struct MemberRecord {
    std::vector<double> came;
    std::vector<double> expected;
};

struct MemberCredibility {
    double own = 0;          // came over expected, by the member's own record
    double credibility = 0;  // 0 to 1
    double believed = 0;     // credibility x own + (1 - credibility) x group
    double variance = 0;     // of the believed about the truth
};

struct Credibility {
    double group = 0;    // came over expected, of all
    double within = 0;   // variance of a period about its member, for one unit expected
    double between = 0;  // variance of members about the group
    std::vector<MemberCredibility> members;
};

// `weights` is one for each period, in the order of the records; 1 for all is the textbook's.
// Estimates as Buhlmann and Gisler (2005, section 4.8). Refuses records of unequal length, and
// fewer than two members or two periods.
Result<Credibility> credibility_of(std::span<const MemberRecord> records,
                                   std::span<const double> weights);

}  // namespace purse
