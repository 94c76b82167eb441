// A year's pace of change in exact fractions: where each practice of a block stands, what it gives
// up or may have, and how the released money is shared out. Others use pace_of_change.hpp.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <vector>

#include "budget/pace_of_change.hpp"

namespace purse {

// Whole numbers over one denominator of the block: pence × Σ opening × 10^12, up to 10^39 for the
// country; products of two of them are compared, so 128 bits are too few.
using ExactWhole = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    512, 512, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

// Beside the tolerance.
enum class PacePlace : std::uint8_t { over, under, within };

template <class Whole>
struct PacePosition {
    PacePlace place = PacePlace::within;
    Whole stand_still = 0, floor = 0, target = 0;
    Whole gap = 0;   // to the edge of the tolerance
    Whole move = 0;  // the policy's, up or down
    Whole base = 0, gain = 0, to_edge = 0, to_target = 0, loss = 0;
    Whole start = 0, rise = 0;  // the budget is start + rise × the block's theta
};

// A block's: theta is the part of its step that the released money reaches.
template <class Whole>
struct PaceSharing {
    Whole unit = 0;  // a penny, in the block's denominator
    std::vector<PacePosition<Whole>> positions;
    Whole envelope = 0, released = 0;
    Whole part = 0, whole = 1;  // theta = part ÷ whole
    PaceStep step = PaceStep::gains;
};

template <class Whole>
Whole sum_of(const PaceSharing<Whole>& block, Whole PacePosition<Whole>::* part) {
    Whole sum = 0;
    for (const PacePosition<Whole>& at : block.positions) sum += at.*part;
    return sum;
}

// Of one block and year: the budgets, and what they were worked out by.
template <class Whole>
struct WorkedPace {
    PaceSharing<Whole> block;
    std::vector<Pence> targets, budgets;
};

// Practices by code, all sound: check_pace. Refused: an envelope short of the floors, a
// fair share under a penny. Whole is ExactWhole, or wide where the block fits_in_wide.
template <class Whole>
Result<WorkedPace<Whole>> work_out_pace(const std::vector<PaceInput>& inputs, Pence envelope,
                                        const PaceRule& rule);
extern template Result<WorkedPace<ExactWhole>> work_out_pace<ExactWhole>(
    const std::vector<PaceInput>&, Pence, const PaceRule&);
extern template Result<WorkedPace<wide>> work_out_pace<wide>(const std::vector<PaceInput>&, Pence,
                                                             const PaceRule&);

// Whether no whole number of the rule leaves 128 bits. The largest are sums of moves, of at most
// the cap, and of floors, in the block's denominator.
bool fits_in_wide(const std::vector<PaceInput>& inputs, Pence envelope, const PaceRule& rule);

template <class Whole>
Whole larger(const Whole& a, const Whole& b) {
    return a < b ? b : a;
}
template <class Whole>
Whole smaller(const Whole& a, const Whole& b) {
    return b < a ? b : a;
}

// × a share in millionths; exact, for `amount` holds that factor.
template <class Whole>
Whole share_of(const Whole& amount, Factor share) {
    return amount / Factor::one * share.millionths();
}

}  // namespace purse
