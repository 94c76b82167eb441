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

// The same rule in 128 bits, for blocks that fit: fits_wide. Products of two have 256.
using WideProduct = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    320, 320, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

template <class Whole>
struct ProductOf;
template <>
struct ProductOf<Exact> {
    using type = Exact;
};
template <>
struct ProductOf<wide> {
    using type = WideProduct;
};

constexpr std::int64_t one = Factor::one;

enum class Place : std::uint8_t { over, under, within };

template <class Whole>
struct Position {
    Place place = Place::within;
    Whole stand_still = 0, floor = 0, target = 0;
    Whole gap = 0;   // to the edge of the tolerance
    Whole move = 0;  // the policy's, up or down
    Whole base = 0, gain = 0, to_edge = 0, to_target = 0, loss = 0;
    Whole start = 0, rise = 0;  // the budget is start + rise × the block's theta
};

template <class Whole>
struct Block {
    Whole unit = 0;  // a penny, in the block's denominator
    std::vector<Position<Whole>> positions;
    Whole envelope = 0, released = 0;
    Whole part = 0, whole = 1;  // theta = part ÷ whole
    PaceStep step = PaceStep::gains;
};

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
    return amount / one * share.millionths();
}

// What the opening budgets are worth in the new envelope, and how far from the tolerance's edge.
template <class Whole>
void stand(Position<Whole>& at, const PaceInput& input, Pence envelope, Pence target,
           const PaceRule& rule, const Whole& all_openings) {
    const Whole scaled = Whole(input.opening.count()) * envelope.count() * one;
    at.stand_still = scaled * one;
    at.target = Whole(target.count()) * all_openings * one * one;
    const Whole edge = Whole(target.count()) * all_openings;
    const Whole above = scaled - edge * (one + rule.tolerance.millionths());
    const Whole below = edge * (one - rule.tolerance.millionths()) - scaled;
    if (above > 0) at.place = Place::over;
    if (below > 0) at.place = Place::under;
    if (at.place == Place::within) return;
    const Whole gap = above > 0 ? above : below;
    at.gap = gap * one;
    at.move = smaller(smaller<Whole>(at.gap, larger<Whole>(scaled * rule.minimum_move.millionths(),
                                                           gap * rule.rate.millionths())),
                      Whole(scaled * rule.cap.millionths()));
}

// What the practice keeps without any of the released money, and what it may have of it.
template <class Whole>
void want(Position<Whole>& at, const PaceRule& rule) {
    const Whole kept = larger(at.floor, at.stand_still);
    if (at.place == Place::over) {
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
    if (at.place == Place::under) {
        at.gain = larger<Whole>(kept, at.stand_still + at.move) - kept;
        at.to_edge = room_to(at.stand_still + at.gap);
    }
    at.to_target = room_to(at.target);
}

template <class Whole>
Whole sum_of(const Block<Whole>& block, Whole Position<Whole>::* part) {
    Whole sum = 0;
    for (const Position<Whole>& at : block.positions) sum += at.*part;
    return sum;
}

// Gives every practice from + theta × (to − from) of the step.
template <class Whole, class From, class To>
void give(Block<Whole>& block, PaceStep step, const Whole& part, const Whole& whole, From from,
          To to) {
    block.step = step;
    block.part = whole == 0 ? Whole(0) : part;
    block.whole = whole == 0 ? Whole(1) : whole;
    for (Position<Whole>& at : block.positions) {
        at.start = from(at);
        at.rise = to(at) - at.start;
    }
}

template <class Whole>
void share(Block<Whole>& block) {
    using At = Position<Whole>;
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
std::vector<Pence> in_whole_pence(const Block<Whole>& block, Pence envelope) {
    using Product = typename ProductOf<Whole>::type;
    const Product whole(block.whole), part(block.part);
    const Product penny = Product(block.unit) * whole;
    std::vector<Pence> budgets;
    std::vector<Product> left;
    Pence given;
    for (const Position<Whole>& at : block.positions) {
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

PacedPractice described(const PaceInput& input, const Position<Exact>& at,
                        const Block<Exact>& block, Pence target, Pence budget,
                        const PaceRule& rule) {
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
    const Exact least = smaller<Exact>(at.gap, share_of(at.stand_still, rule.minimum_move));
    paced.minimum_unfunded =
        at.place == Place::under &&
        at.start * block.whole + at.rise * block.part < (at.stand_still + least) * block.whole;
    paced.loss_slowed = block.step == PaceStep::losses_slower && block.part > 0 && at.loss > 0;
    return paced;
}

void put_sums(const Block<Exact>& block, PacedBlock& result) {
    const auto in_pence = [&](const Exact& amount) {
        return Pence(rounded_ratio(amount, block.unit));
    };
    result.released = in_pence(block.released);
    result.wanted = in_pence(sum_of(block, &Position<Exact>::gain));
    result.to_edge = in_pence(sum_of(block, &Position<Exact>::to_edge));
    result.to_share = in_pence(sum_of(block, &Position<Exact>::to_target));
    result.losses = in_pence(sum_of(block, &Position<Exact>::loss));
    result.above_floors =
        in_pence(sum_of(block, &Position<Exact>::base) - sum_of(block, &Position<Exact>::floor));
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

// Growth that is no forecast (an allocation of a year on a baseline of a quarter) would leave 64
// bits within forty years; beyond this nobody else comes within the tolerance.
constexpr Pence largest_forecast = pounds(10'000'000'000'000);

// Of one block and year: the budgets, and what they were worked out by.
template <class Whole>
struct WorkedOut {
    Block<Whole> block;
    std::vector<Pence> targets, budgets;
};

// Practices by code, all sound.
template <class Whole>
Result<WorkedOut<Whole>> work_out(const std::vector<PaceInput>& inputs, Pence envelope,
                                  const PaceRule& rule) {
    WorkedOut<Whole> worked;
    worked.targets = fair_shares(inputs, envelope);
    Whole all_openings = 0;
    for (const PaceInput& input : inputs) all_openings += input.opening.count();
    Block<Whole>& block = worked.block;
    block.unit = all_openings * one * one;
    block.envelope = block.unit * envelope.count();
    block.positions.resize(inputs.size());
    Pence all_floors;
    Refused too_small;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (worked.targets[i] == Pence(0)) too_small.add(inputs[i].practice);
        Position<Whole>& at = block.positions[i];
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

// Whether no whole number of the rule leaves 128 bits. The largest are sums of moves, of at most
// the cap, and of floors, in the block's denominator.
bool fits_wide(const std::vector<PaceInput>& inputs, Pence envelope, const PaceRule& rule) {
    Exact openings = 0, floors = 0;
    for (const PaceInput& input : inputs) {
        openings += input.opening.count();
        floors += floor_of(input, rule).count();
    }
    const Exact largest = (floors + Exact(envelope.count()) * 4) * openings * one * one *
                          (1 + rule.cap.millionths() / one);
    return largest < (Exact(1) << 126);
}

// A later year of the forecast, whose budgets alone are wanted.
Result<std::vector<Pence>> next_budgets(const std::vector<PaceInput>& inputs, Pence envelope,
                                        const PaceRule& rule, std::vector<Pence>& targets) {
    const auto take = [&targets](auto worked) -> Result<std::vector<Pence>> {
        if (!worked) return worked.problem();
        targets = std::move(worked->targets);
        return std::move(worked->budgets);
    };
    if (fits_wide(inputs, envelope, rule)) return take(work_out<wide>(inputs, envelope, rule));
    return take(work_out<Exact>(inputs, envelope, rule));
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
    const auto worked = work_out<Exact>(inputs, envelope, rule);
    if (!worked) return worked.problem();
    const auto& [block, targets, budgets] = *worked;

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
    std::vector<Pence> budgets, targets;
    for (std::size_t i = 0; i < next.size(); ++i) {
        const PacedPractice& practice = block.practices[i];
        if (std::abs(practice.distance_before) <= rule.tolerance.millionths()) years[i] = 0;
        budgets.push_back(practice.budget);
        targets.push_back(practice.fair_share);
    }
    Pence envelope = block.envelope;
    for (int year = 1; year < no_year_of_this_scheme; ++year) {
        bool all_within = true;
        for (std::size_t i = 0; i < next.size(); ++i) {
            if (!is_outside(budgets[i].count(), targets[i], rule.tolerance)) {
                years[i] = std::min(years[i], year);
            }
            all_within = all_within && years[i] < no_year_of_this_scheme;
            next[i].opening = budgets[i];
            next[i].guaranteed.reset();
        }
        if (all_within || envelope > largest_forecast) break;
        envelope = scaled(envelope, Factor(one + growth.millionths()), Rounding::down);
        if (auto fine = check_inputs(next, envelope, rule); !fine) return fine.problem();
        auto following = next_budgets(next, envelope, rule, targets);
        if (!following) return following.problem();
        budgets = std::move(*following);
    }
    return years;
}

}  // namespace purse
