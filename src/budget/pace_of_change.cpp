#include "budget/pace_of_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>

#include "money/shares.hpp"

namespace purse {

namespace {

// Whole numbers over one denominator of the block: pence × Σ opening × 10^12, up to 10^39 for the
// country; products of two of them are compared, so 128 bits are too few.
using Exact = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    512, 512, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

constexpr std::int64_t one = Factor::one;

enum class Place : std::uint8_t { over, under, within };

struct Position {
    Place place = Place::within;
    Exact stand_still, floor, target;
    Exact gap;   // to the edge of the tolerance
    Exact move;  // the policy's, up or down
    Exact base, gain, to_edge, to_target, loss;
    Exact budget_times_whole;  // exact budget × the block's `whole`
};

struct Block {
    Exact unit;  // a penny, in the block's denominator
    std::vector<Position> positions;
    Exact envelope, released;
    Exact part, whole = 1;  // theta = part ÷ whole
    PaceStep step = PaceStep::gains;
};

Exact larger(const Exact& a, const Exact& b) { return a < b ? b : a; }
Exact smaller(const Exact& a, const Exact& b) { return a < b ? a : b; }

// × a share in millionths; exact where `amount` holds that factor.
Exact share_of(const Exact& amount, Factor share) { return amount * share.millionths() / one; }

// What the opening budgets are worth in the new envelope, and how far from the tolerance's edge.
void stand(Position& at, const PaceInput& input, Pence envelope, Pence target, const PaceRule& rule,
           const Exact& all_openings) {
    const Exact scaled = Exact(input.opening.count()) * envelope.count() * one;
    at.stand_still = scaled * one;
    at.target = Exact(target.count()) * all_openings * one * one;
    const Exact edge = Exact(target.count()) * all_openings;
    const Exact above = scaled - edge * (one + rule.tolerance.millionths());
    const Exact below = edge * (one - rule.tolerance.millionths()) - scaled;
    if (above > 0) at.place = Place::over;
    if (below > 0) at.place = Place::under;
    at.gap = (above > 0 ? above : below > 0 ? below : Exact(0)) * one;
    at.move = smaller(smaller(at.gap, larger(share_of(at.stand_still, rule.minimum_move),
                                             share_of(at.gap, rule.rate))),
                      share_of(at.stand_still, rule.cap));
}

// What the practice keeps without any of the released money, and what it may have of it.
void want(Position& at, const PaceRule& rule) {
    const Exact kept = larger(at.floor, at.stand_still);
    if (at.place == Place::over) {
        at.base = larger(at.floor, at.stand_still - at.move);
        at.loss = kept - at.base;
        return;
    }
    at.base = kept;
    const Exact most = at.stand_still + share_of(at.stand_still, rule.cap);
    const auto room_to = [&](const Exact& where) -> Exact {
        return larger(kept, smaller(where, most)) - kept;
    };
    if (at.place == Place::under) {
        at.gain = larger(kept, at.stand_still + at.move) - kept;
        at.to_edge = room_to(at.stand_still + at.gap);
    }
    if (at.stand_still < at.target) at.to_target = room_to(at.target);
}

Exact sum_of(const Block& block, Exact Position::* part) {
    Exact sum = 0;
    for (const Position& at : block.positions) sum += at.*part;
    return sum;
}

// Gives every practice from + theta × (to − from) of the step.
template <class From, class To>
void give(Block& block, PaceStep step, const Exact& part, const Exact& whole, From from, To to) {
    block.step = step;
    block.part = whole == 0 ? Exact(0) : part;
    block.whole = whole == 0 ? Exact(1) : whole;
    for (Position& at : block.positions) {
        const Exact start = from(at);
        at.budget_times_whole = start * block.whole + (to(at) - start) * block.part;
    }
}

void share(Block& block) {
    const Exact& released = block.released = block.envelope - sum_of(block, &Position::base);
    const Exact gains = sum_of(block, &Position::gain);
    const Exact to_edge = sum_of(block, &Position::to_edge);
    const Exact to_target = sum_of(block, &Position::to_target);
    const auto base = [](const Position& at) { return at.base; };
    const auto gained = [](const Position& at) -> Exact { return at.base + at.gain; };
    const auto at_edge = [](const Position& at) -> Exact { return at.base + at.to_edge; };
    const auto at_target = [](const Position& at) -> Exact { return at.base + at.to_target; };
    const auto unmoved = [](const Position& at) -> Exact {
        return at.base + at.to_target + at.loss;
    };
    if (released < 0) {
        const Exact above_floors = sum_of(block, &Position::base) - sum_of(block, &Position::floor);
        give(block, PaceStep::guarantees_reduced_others, -released, above_floors, base,
             [](const Position& at) { return at.floor; });
    } else if (released <= gains) {
        give(block, PaceStep::gains, released, gains, base, gained);
    } else if (released <= to_edge) {
        give(block, PaceStep::gains_faster, released - gains, to_edge - gains, gained, at_edge);
    } else if (released <= to_target) {
        give(block, PaceStep::gains_inside, released - to_edge, to_target - to_edge, at_edge,
             at_target);
    } else {
        give(block, PaceStep::losses_slower, released - to_target, sum_of(block, &Position::loss),
             at_target, unmoved);
    }
}

// Down to whole pence, the odd pence to the largest remainders; the practices stand by code.
std::vector<Pence> in_whole_pence(const Block& block, Pence envelope) {
    const Exact penny = block.unit * block.whole;
    std::vector<Pence> budgets;
    std::vector<Exact> left;
    Pence given;
    for (const Position& at : block.positions) {
        Exact whole, rest;
        divide_qr(at.budget_times_whole, penny, whole, rest);
        budgets.emplace_back(whole.convert_to<std::int64_t>());
        left.push_back(rest);
        given += budgets.back();
    }
    std::vector<std::size_t> order(budgets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return left[a] > left[b]; });
    const std::int64_t odd = (envelope - given).count();
    CHECK(odd >= 0 && odd <= static_cast<std::int64_t>(order.size()));
    for (std::int64_t i = 0; i < odd; ++i) budgets[order[static_cast<std::size_t>(i)]] += Pence(1);
    return budgets;
}

// numerator ÷ denominator, halves away from zero.
std::int64_t rounded_ratio(const Exact& numerator, const Exact& denominator) {
    const Exact size = (abs(numerator) * 2 + denominator) / (denominator * 2);
    const auto count = size.convert_to<std::int64_t>();
    return numerator < 0 ? -count : count;
}

bool is_outside(std::int64_t budget, Pence target, Factor tolerance) {
    const wide off = wide{budget - target.count()} * one;
    const wide most = wide{target.count()} * tolerance.millionths();
    return off > most || -off > most;
}

PacedPractice described(const PaceInput& input, const Position& at, const Block& block,
                        Pence target, Pence budget, const PaceRule& rule) {
    const auto in_pence = [&](const Exact& amount) {
        return Pence(rounded_ratio(amount, block.unit));
    };
    const auto of_stand_still = [&](const Exact& amount) {
        return rounded_ratio(amount * one, at.stand_still);
    };
    PacedPractice paced;
    paced.practice = input.practice;
    paced.opening = input.opening;
    paced.stand_still = in_pence(at.stand_still);
    paced.fair_share = target;
    paced.floor = in_pence(at.floor);
    paced.base = in_pence(at.base);
    paced.wanted_gain = in_pence(at.gain);
    paced.to_edge = in_pence(at.to_edge);
    paced.to_share = in_pence(at.to_target);
    paced.loss = in_pence(at.loss);
    paced.budget = budget;
    paced.distance_before = rounded_ratio((at.stand_still - at.target) * one, at.target);
    paced.distance_after =
        rounded_ratio(Exact((budget - target).count()) * one, Exact(target.count()));
    paced.gap = of_stand_still(at.gap);
    paced.move = at.place == Place::over ? -of_stand_still(at.move) : of_stand_still(at.move);
    paced.floor_applied =
        at.floor > (at.place == Place::over ? Exact(at.stand_still - at.move) : at.stand_still);
    paced.cap_applied = at.place != Place::within && at.move < at.gap &&
                        at.move == share_of(at.stand_still, rule.cap);
    const Exact least = smaller(at.gap, share_of(at.stand_still, rule.minimum_move));
    paced.minimum_unfunded =
        at.place == Place::under && at.budget_times_whole < (at.stand_still + least) * block.whole;
    paced.loss_slowed = block.step == PaceStep::losses_slower && block.part > 0 && at.loss > 0;
    return paced;
}

void put_sums(const Block& block, PacedBlock& result) {
    const auto in_pence = [&](const Exact& amount) {
        return Pence(rounded_ratio(amount, block.unit));
    };
    result.released = in_pence(block.released);
    result.wanted = in_pence(sum_of(block, &Position::gain));
    result.to_edge = in_pence(sum_of(block, &Position::to_edge));
    result.to_share = in_pence(sum_of(block, &Position::to_target));
    result.losses = in_pence(sum_of(block, &Position::loss));
    result.above_floors =
        in_pence(sum_of(block, &Position::base) - sum_of(block, &Position::floor));
}

bool is_sound(const PaceRule& rule) {
    return rule.tolerance >= Factor(0) && rule.tolerance < Factor(one) &&
           rule.minimum_move >= Factor(0) && rule.minimum_move <= rule.cap &&
           rule.rate > Factor(0) && rule.rate <= Factor(one) && rule.floor >= Factor(-one);
}

// The first ten of the practices that are refused, and how many more.
class Refused {
  public:
    void add(PracticeCode practice) {
        if (++count_ > 10) return;
        text_ += (text_.empty() ? "" : ", ") + practice.text();
    }
    [[nodiscard]] bool any() const { return count_ > 0; }
    [[nodiscard]] Problem because(std::string_view says) const {
        const std::string more = count_ > 10 ? fmt::format(" and {} more", count_ - 10) : "";
        return bad_input(fmt::format("{}{}: {}", text_, more, says));
    }

  private:
    std::string text_;
    int count_ = 0;
};

Outcome check_inputs(const std::vector<PaceInput>& inputs, Pence envelope, const PaceRule& rule) {
    if (!is_sound(rule)) {
        return bad_input(
            "the pace of change is out of bounds: 0 <= minimum_move <= cap, 0 < rate <= 1, "
            "0 <= tolerance < 1, floor >= -1");
    }
    if (inputs.empty()) return bad_input("there is no practice to share the envelope among");
    if (envelope <= Pence(0)) {
        return bad_input(
            fmt::format("the envelope is {}; it must be above £0.00", in_pounds(envelope)));
    }
    Refused openings, needs, twice;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i].opening <= Pence(0)) openings.add(inputs[i].practice);
        if (inputs[i].need <= 0) needs.add(inputs[i].practice);
        if (i > 0 && inputs[i].practice == inputs[i - 1].practice) twice.add(inputs[i].practice);
    }
    if (twice.any()) return twice.because("the practice is there twice");
    if (openings.any()) {
        return openings.because(
            "no opening budget above £0.00: give the practice its recurrent baseline");
    }
    if (needs.any()) {
        return needs.because("no need weight above 0: a missing weight is never taken as 1");
    }
    return Nothing{};
}

Pence floor_of(const PaceInput& input, const PaceRule& rule) {
    const Pence general =
        scaled(input.opening, Factor(one + rule.floor.millionths()), Rounding::ceiling);
    return input.guaranteed ? std::max(*input.guaranteed, general) : general;
}

std::vector<Pence> fair_shares(const std::vector<PaceInput>& inputs, Pence envelope) {
    std::vector<std::int64_t> needs;
    for (const PaceInput& input : inputs) needs.push_back(input.need);
    return shared_out(envelope, needs);
}

}  // namespace

std::string_view to_text(PaceStep step) {
    switch (step) {
        case PaceStep::guarantees_reduced_others:
            return "practices' own guarantees are paid for by the others, down to their floors";
        case PaceStep::gains:
            return "those below their share move up as the released money allows";
        case PaceStep::gains_faster:
            return "those below their share move up faster, towards the edge of the tolerance";
        case PaceStep::gains_inside:
            return "those inside the tolerance and below their share move up too";
        case PaceStep::losses_slower:
            return "those above their share move down more slowly";
    }
    check_failed("a pace step without words", __FILE__, __LINE__);
}

Result<PacedBlock> paced(std::vector<PaceInput> inputs, Pence envelope, const PaceRule& rule) {
    std::ranges::sort(inputs, {}, &PaceInput::practice);
    if (auto fine = check_inputs(inputs, envelope, rule); !fine) return fine.problem();
    const std::vector<Pence> targets = fair_shares(inputs, envelope);

    Exact all_openings = 0;
    for (const PaceInput& input : inputs) all_openings += input.opening.count();
    Block block;
    block.unit = all_openings * one * one;
    block.envelope = block.unit * envelope.count();
    Pence all_floors;
    Refused too_small;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (targets[i] == Pence(0)) too_small.add(inputs[i].practice);
        Position& at = block.positions.emplace_back();
        const Pence floor = floor_of(inputs[i], rule);
        all_floors += floor;
        at.floor = block.unit * floor.count();
        stand(at, inputs[i], envelope, targets[i], rule, all_openings);
        want(at, rule);
    }
    if (too_small.any()) return too_small.because("the fair share is less than a penny");
    if (all_floors > envelope) {
        return bad_input(fmt::format("the envelope is {} short of the floors",
                                     in_pounds(all_floors - envelope)));
    }
    share(block);
    const std::vector<Pence> budgets = in_whole_pence(block, envelope);

    PacedBlock result;
    result.envelope = envelope;
    result.step = block.step;
    result.theta = Factor(rounded_ratio(block.part * one, block.whole));
    put_sums(block, result);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        result.practices.push_back(
            described(inputs[i], block.positions[i], block, targets[i], budgets[i], rule));
    }
    return result;
}

Result<std::vector<int>> years_to_tolerance(const std::vector<PaceInput>& inputs,
                                            const PacedBlock& block, const PaceRule& rule,
                                            Factor growth) {
    std::vector<PaceInput> next = inputs;
    std::ranges::sort(next, {}, &PaceInput::practice);
    std::vector<int> years(next.size(), no_year_of_this_scheme);
    PacedBlock now = block;
    for (std::size_t i = 0; i < next.size(); ++i) {
        if (std::abs(now.practices[i].distance_before) <= rule.tolerance.millionths()) years[i] = 0;
    }
    for (int year = 1; year < no_year_of_this_scheme; ++year) {
        bool all_within = true;
        for (std::size_t i = 0; i < next.size(); ++i) {
            const PacedPractice& practice = now.practices[i];
            const bool outside =
                is_outside(practice.budget.count(), practice.fair_share, rule.tolerance);
            if (!outside) years[i] = std::min(years[i], year);
            all_within = all_within && years[i] < no_year_of_this_scheme;
            next[i].opening = practice.budget;
            next[i].guaranteed.reset();
        }
        if (all_within) break;
        const Pence envelope =
            scaled(now.envelope, Factor(one + growth.millionths()), Rounding::down);
        auto following = paced(next, envelope, rule);
        if (!following) return following.problem();
        now = std::move(*following);
    }
    return years;
}

}  // namespace purse
