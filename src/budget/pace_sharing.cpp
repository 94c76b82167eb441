#include "budget/pace_sharing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "budget/pace_inputs.hpp"
#include "money/shares.hpp"

namespace purse {

namespace {

// The same rule in 128 bits, for blocks that fit: fits_in_wide. Products of two have 256.
using WideProduct = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    320, 320, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

template <class Whole>
struct ProductOf;
template <>
struct ProductOf<ExactWhole> {
    using type = ExactWhole;
};
template <>
struct ProductOf<wide> {
    using type = WideProduct;
};

// What the opening budgets are worth in the new envelope, and how far from the tolerance's edge.
template <class Whole>
void stand(PacePosition<Whole>& at, const PaceInput& input, Pence envelope, Pence target,
           const PaceRule& rule, const Whole& all_openings) {
    const Whole scaled = Whole(input.opening.count()) * envelope.count() * Factor::one;
    at.stand_still = scaled * Factor::one;
    at.target = Whole(target.count()) * all_openings * Factor::one * Factor::one;
    const Whole edge = Whole(target.count()) * all_openings;
    const Whole above = scaled - edge * (Factor::one + rule.tolerance.millionths());
    const Whole below = edge * (Factor::one - rule.tolerance.millionths()) - scaled;
    if (above > 0) at.place = PacePlace::over;
    if (below > 0) at.place = PacePlace::under;
    if (at.place == PacePlace::within) return;
    const Whole gap = above > 0 ? above : below;
    at.gap = gap * Factor::one;
    at.move = smaller(smaller<Whole>(at.gap, larger<Whole>(scaled * rule.minimum_move.millionths(),
                                                           gap * rule.rate.millionths())),
                      Whole(scaled * rule.cap.millionths()));
}

// What the practice keeps without any of the released money, and what it may have of it.
template <class Whole>
void want(PacePosition<Whole>& at, const PaceRule& rule) {
    const Whole kept = larger(at.floor, at.stand_still);
    if (at.place == PacePlace::over) {
        at.base = larger<Whole>(at.floor, at.stand_still - at.move);
        at.loss = kept - at.base;
        return;
    }
    at.base = kept;
    if (at.stand_still >= at.target) return;
    const Whole most = at.stand_still + share_of(at.stand_still, rule.cap);
    const auto room_to = [&](const Whole& where) -> Whole {
        return larger(kept, smaller(where, most)) - kept;
    };
    if (at.place == PacePlace::under) {
        at.gain = larger<Whole>(kept, at.stand_still + at.move) - kept;
        at.to_edge = room_to(at.stand_still + at.gap);
    }
    at.to_target = room_to(at.target);
}

// Gives every practice from + theta × (to − from) of the step.
template <class Whole, class From, class To>
void give(PaceSharing<Whole>& block, PaceStep step, const Whole& part, const Whole& whole,
          From from, To to) {
    block.step = step;
    block.part = whole == 0 ? Whole(0) : part;
    block.whole = whole == 0 ? Whole(1) : whole;
    for (PacePosition<Whole>& at : block.positions) {
        at.start = from(at);
        at.rise = to(at) - at.start;
    }
}

template <class Whole>
void share(PaceSharing<Whole>& block) {
    using At = PacePosition<Whole>;
    const Whole& released = block.released = block.envelope - sum_of(block, &At::base);
    const Whole gains = sum_of(block, &At::gain);
    const Whole to_edge = sum_of(block, &At::to_edge);
    const Whole to_target = sum_of(block, &At::to_target);
    const auto base = [](const At& at) { return at.base; };
    const auto gained = [](const At& at) -> Whole { return at.base + at.gain; };
    const auto at_edge = [](const At& at) -> Whole { return at.base + at.to_edge; };
    const auto at_target = [](const At& at) -> Whole { return at.base + at.to_target; };
    const auto unmoved = [](const At& at) -> Whole { return at.base + at.to_target + at.loss; };
    if (released < 0) {
        const Whole above_floors = sum_of(block, &At::base) - sum_of(block, &At::floor);
        give<Whole>(block, PaceStep::guarantees_reduced_others, -released, above_floors, base,
                    [](const At& at) { return at.floor; });
    } else if (released <= gains) {
        give<Whole>(block, PaceStep::gains, released, gains, base, gained);
    } else if (released <= to_edge) {
        give<Whole>(block, PaceStep::gains_faster, released - gains, to_edge - gains, gained,
                    at_edge);
    } else if (released <= to_target) {
        give<Whole>(block, PaceStep::gains_inside, released - to_edge, to_target - to_edge, at_edge,
                    at_target);
    } else {
        give<Whole>(block, PaceStep::losses_slower, released - to_target, sum_of(block, &At::loss),
                    at_target, unmoved);
    }
}

// Down to whole pence, the odd pence to the largest remainders; the practices stand by code.
template <class Whole>
std::vector<Pence> in_whole_pence(const PaceSharing<Whole>& block, Pence envelope) {
    using Product = typename ProductOf<Whole>::type;
    const Product whole(block.whole), part(block.part);
    const Product penny = Product(block.unit) * whole;
    std::vector<Pence> budgets;
    std::vector<Product> left;
    Pence given;
    for (const PacePosition<Whole>& at : block.positions) {
        if (at.rise == 0) {
            budgets.emplace_back(static_cast<std::int64_t>(at.start / block.unit));
            left.push_back(Product(Whole(at.start % block.unit)) * whole);
        } else {
            Product count, rest;
            divide_qr(Product(Product(at.start) * whole + Product(at.rise) * part), penny, count,
                      rest);
            budgets.emplace_back(count.template convert_to<std::int64_t>());
            left.push_back(rest);
        }
        given += budgets.back();
    }
    const std::int64_t odd = (envelope - given).count();
    CHECK(odd >= 0 && odd <= static_cast<std::int64_t>(budgets.size()));
    std::vector<std::size_t> order(budgets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::nth_element(order, order.begin() + odd, [&](std::size_t a, std::size_t b) {
        const int compared = left[a].compare(left[b]);
        return compared != 0 ? compared > 0 : a < b;
    });
    for (std::int64_t i = 0; i < odd; ++i) budgets[order[static_cast<std::size_t>(i)]] += Pence(1);
    return budgets;
}

Pence floor_of(const PaceInput& input, const PaceRule& rule) {
    const Pence general =
        scaled(input.opening, Factor(Factor::one + rule.floor.millionths()), Rounding::ceiling);
    return input.guaranteed ? std::max(*input.guaranteed, general) : general;
}

std::vector<Pence> fair_shares(const std::vector<PaceInput>& inputs, Pence envelope) {
    std::vector<std::int64_t> needs;
    for (const PaceInput& input : inputs) needs.push_back(input.need);
    return shared_out(envelope, needs);
}

}  // namespace

template <class Whole>
Result<WorkedPace<Whole>> work_out_pace(const std::vector<PaceInput>& inputs, Pence envelope,
                                        const PaceRule& rule) {
    WorkedPace<Whole> worked;
    worked.targets = fair_shares(inputs, envelope);
    Whole all_openings = 0;
    for (const PaceInput& input : inputs) all_openings += input.opening.count();
    PaceSharing<Whole>& block = worked.block;
    block.unit = all_openings * Factor::one * Factor::one;
    block.envelope = block.unit * envelope.count();
    block.positions.resize(inputs.size());
    Pence all_floors;
    RefusedPractices too_small;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (worked.targets[i] == Pence(0)) too_small.add(inputs[i].practice);
        PacePosition<Whole>& at = block.positions[i];
        const Pence floor = floor_of(inputs[i], rule);
        all_floors += floor;
        at.floor = block.unit * floor.count();
        stand(at, inputs[i], envelope, worked.targets[i], rule, all_openings);
        want(at, rule);
    }
    if (too_small.any()) return too_small.because("the fair share is less than a penny");
    if (all_floors > envelope) {
        return bad_input(fmt::format("the envelope is {} short of the floors",
                                     in_pounds(all_floors - envelope)));
    }
    share(block);
    worked.budgets = in_whole_pence(block, envelope);
    return worked;
}

template Result<WorkedPace<ExactWhole>> work_out_pace<ExactWhole>(const std::vector<PaceInput>&,
                                                                  Pence, const PaceRule&);
template Result<WorkedPace<wide>> work_out_pace<wide>(const std::vector<PaceInput>&, Pence,
                                                      const PaceRule&);

bool fits_in_wide(const std::vector<PaceInput>& inputs, Pence envelope, const PaceRule& rule) {
    ExactWhole openings = 0, floors = 0;
    for (const PaceInput& input : inputs) {
        openings += input.opening.count();
        floors += floor_of(input, rule).count();
    }
    const ExactWhole largest = (floors + ExactWhole(envelope.count()) * 4) * openings *
                               Factor::one * Factor::one *
                               (1 + rule.cap.millionths() / Factor::one);
    return largest < (ExactWhole(1) << 126);
}

}  // namespace purse
