#include "budget/pace_of_change.hpp"

#include <algorithm>

#include "budget/pace_inputs.hpp"
#include "budget/pace_sharing.hpp"

namespace purse {

namespace {

// numerator ÷ denominator, halves away from zero.
std::int64_t rounded_ratio(const ExactWhole& numerator, const ExactWhole& denominator) {
    const ExactWhole size = (abs(numerator) * 2 + denominator) / (denominator * 2);
    const auto count = size.convert_to<std::int64_t>();
    return numerator < 0 ? -count : count;
}

PacedPractice described(const PaceInput& input, const PacePosition<ExactWhole>& at,
                        const PaceSharing<ExactWhole>& block, Pence target, Pence budget,
                        const PaceRule& rule) {
    const auto in_pence = [&](const ExactWhole& amount) {
        return Pence(rounded_ratio(amount, block.unit));
    };
    const auto of_stand_still = [&](const ExactWhole& amount) {
        return rounded_ratio(amount * Factor::one, at.stand_still);
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
    paced.distance_before = rounded_ratio((at.stand_still - at.target) * Factor::one, at.target);
    paced.distance_after = rounded_ratio(ExactWhole((budget - target).count()) * Factor::one,
                                         ExactWhole(target.count()));
    paced.gap = of_stand_still(at.gap);
    paced.move = at.place == PacePlace::over ? -of_stand_still(at.move) : of_stand_still(at.move);
    paced.floor_applied =
        at.floor >
        (at.place == PacePlace::over ? ExactWhole(at.stand_still - at.move) : at.stand_still);
    paced.cap_applied = at.place != PacePlace::within && at.move < at.gap &&
                        at.move == share_of(at.stand_still, rule.cap);
    const ExactWhole least =
        smaller<ExactWhole>(at.gap, share_of(at.stand_still, rule.minimum_move));
    paced.minimum_unfunded =
        at.place == PacePlace::under &&
        at.start * block.whole + at.rise * block.part < (at.stand_still + least) * block.whole;
    paced.loss_slowed = block.step == PaceStep::losses_slower && block.part > 0 && at.loss > 0;
    return paced;
}

void put_sums(const PaceSharing<ExactWhole>& block, PacedBlock& result) {
    const auto in_pence = [&](const ExactWhole& amount) {
        return Pence(rounded_ratio(amount, block.unit));
    };
    result.released = in_pence(block.released);
    result.wanted = in_pence(sum_of(block, &PacePosition<ExactWhole>::gain));
    result.to_edge = in_pence(sum_of(block, &PacePosition<ExactWhole>::to_edge));
    result.to_share = in_pence(sum_of(block, &PacePosition<ExactWhole>::to_target));
    result.losses = in_pence(sum_of(block, &PacePosition<ExactWhole>::loss));
    result.above_floors = in_pence(sum_of(block, &PacePosition<ExactWhole>::base) -
                                   sum_of(block, &PacePosition<ExactWhole>::floor));
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
    if (auto fine = check_pace(inputs, envelope, rule); !fine) return fine.problem();
    const auto worked = work_out_pace<ExactWhole>(inputs, envelope, rule);
    if (!worked) return worked.problem();
    const auto& [block, targets, budgets] = *worked;

    PacedBlock result;
    result.envelope = envelope;
    result.step = block.step;
    result.theta = Factor(rounded_ratio(block.part * Factor::one, block.whole));
    put_sums(block, result);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        result.practices.push_back(
            described(inputs[i], block.positions[i], block, targets[i], budgets[i], rule));
    }
    return result;
}

}  // namespace purse
