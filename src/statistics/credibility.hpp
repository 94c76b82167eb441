// How far a member's own record is to be believed, and how far its group's (Buhlmann and Straub
// 1970, "Glaubwuerdigkeit fuer Schadensaetze"), where members may change: what is long ago tells
// less (evolutionary credibility: Jones and Gerber 1975; Buhlmann and Gisler 2005, chapter 9).
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

// One member's periods, the oldest first: what came, and what was expected of the member by its
// size alone. A period in which nothing was expected does not count.
struct MemberRecord {
    std::vector<double> came;
    std::vector<double> expected;
};

struct MemberCredibility {
    double own = 0;          // came over expected, by the member's own record, the newest most
    double credibility = 0;  // 0 to 1
    double believed = 0;     // credibility x own + (1 - credibility) x group
    double variance = 0;     // of the believed about the truth after the last period
};

struct Credibility {
    double group = 0;    // came over expected, of all
    double within = 0;   // variance of a period about its member, for one unit expected
    double between = 0;  // variance of members about the group, before anything was seen
    double moving = 0;   // variance of what a member changes by from a period to the next
    std::vector<MemberCredibility> members;
};

// The three variances are those that all records together speak for: a table of them is averaged
// over by how well they foretell each period from the ones before. Refuses records of unequal
// length, and fewer than two members or two periods.
Result<Credibility> credibility_of(std::span<const MemberRecord> records);

}  // namespace purse
