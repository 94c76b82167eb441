// Pace of change: how far a year moves each practice from its share of last year's money towards
// its fair share. Cash floors are hard; the money that falls from practices far above their share
// is given to those below, by one number for all (theta). Exact: fractions until the last step,
// then whole pence by largest remainder, ties by practice code. docs/budget-setting.md has the rule
// in words, with a worked example.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "money/factor.hpp"
#include "organisation/codes.hpp"

namespace purse {

// Shares of a practice's own figures: 0.10 is a tenth. 0 <= minimum_move <= cap, 0 < rate <= 1.
struct PaceRule {
    Factor tolerance{100'000};  // this near to its share a practice gets the uplift, and no move
    Factor minimum_move{
        10'000};           // of the stand-still budget a year, or to the edge if that is nearer
    Factor rate{250'000};  // of the gap to the edge of the tolerance, a year
    Factor cap{50'000};    // of the stand-still budget a year
    Factor floor{0};       // a budget falls to (1 + floor) of its opening and no lower: 0 is cash
    friend bool operator==(const PaceRule&, const PaceRule&) = default;
};

struct PaceInput {
    PracticeCode practice;
    Pence opening;                      // recurrent, on this year's list; above £0
    std::int64_t need = 0;              // weighted patients in millionths; above 0
    std::optional<Pence> guaranteed{};  // its own floor, where it has one
};

// Which step of the sharing the released money reached; the steps before it were funded in full.
enum class PaceStep : std::uint8_t {
    guarantees_reduced_others,  // practices' own floors cost more than was released
    gains,                      // the year's moves upwards
    gains_faster,               // moves on to the edge of the tolerance
    gains_inside,               // those inside the tolerance and below their share, too
    losses_slower,              // more was released than can be given within the cap
};
std::string_view to_text(PaceStep step);

struct PacedPractice {
    PracticeCode practice;
    Pence opening;
    Pence stand_still;  // the same share of the new envelope, rounded half up: for show
    Pence fair_share;   // the target: need's share of the envelope
    Pence floor;        // no budget below
    Pence base;         // before the released money is shared, rounded half up: for show
    Pence wanted_gain;  // the same
    Pence to_edge;      // gain that would reach the edge of the tolerance, within the cap: the same
    Pence to_share;     // gain that would reach the fair share, within the cap: the same
    Pence loss;         // given up before any of it is given back: the same
    Pence budget;
    std::int64_t distance_before = 0;  // stand-still over fair share, less one, in millionths
    std::int64_t distance_after = 0;
    std::int64_t gap = 0;  // to the edge of the tolerance, of the stand-still budget, in millionths
    std::int64_t move = 0;  // the policy's move of the year, signed, in millionths
    bool floor_applied = false;
    bool cap_applied = false;
    bool minimum_unfunded = false;  // below its share, and moved up by less than the minimum
    bool loss_slowed = false;
};

struct PacedBlock {
    std::vector<PacedPractice> practices;  // by code; their budgets add up to the envelope
    Pence envelope;
    Pence released;  // by those who move down, rounded half up; below £0 where guarantees cost more
    PaceStep step = PaceStep::gains;
    Factor theta{0};  // the part of the step that was funded, rounded half up
    // Over all practices, what the steps ask for, rounded half up: for showing theta's working.
    Pence wanted, to_edge, to_share, losses, above_floors;
};

// Refused, naming the practices: an opening or a need that is not above 0, a practice twice, an
// envelope short of the floors (and by how much), a fair share under a penny, a rule out of bounds.
Result<PacedBlock> paced(std::vector<PaceInput> inputs, Pence envelope, const PaceRule& rule);

inline constexpr int no_year_of_this_scheme = 40;

// Years until each practice (in the order of the block) is within the tolerance when every year's
// budgets open the next, the envelope grows by `growth` (cut to whole pence) and needs stay as they
// are: 0 for those within it now, no_year_of_this_scheme for those who are not by then.
Result<std::vector<int>> years_to_tolerance(const std::vector<PaceInput>& inputs,
                                            const PacedBlock& block, const PaceRule& rule,
                                            Factor growth);

}  // namespace purse
