#include "budget/waterfall_notes.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "money/grouped.hpp"

namespace purse {

namespace {

std::string percent_of(std::int64_t millionths) { return percent(millionths, Factor::one); }

std::optional<int> years_of(const WaterfallScope& scope, const BlockResult& block) {
    for (const PracticeLineBudget& row : scope.derivation.year.budgets) {
        if (row.practice == scope.practice.practice &&
            scope.derivation.scheme.block_of(row.line)->name == block.name) {
            return row.years_to_tolerance;
        }
    }
    return std::nullopt;
}

std::string distance_note(const WaterfallScope& scope, const BlockResult& block,
                          const PacedPractice& at) {
    const bool within = at.gap == 0;
    std::string text = fmt::format(
        "{}: your share of last year's money is {} in this year's; your fair share by need is "
        "{}. You are {} {} it{}; after this year {}.",
        block.name, roughly(at.stand_still), roughly(at.fair_share),
        percent_of(std::abs(at.distance_before)), at.distance_before < 0 ? "below" : "above",
        within ? ", within the tolerance" : "", percent(at.distance_after, Factor::one, true));
    if (at.move != 0) {
        text += fmt::format(" The scheme's move of the year is {} of your share.",
                            percent(at.move, Factor::one, true));
    }
    if (at.floor_applied) text += " No practice's cash falls below its floor: yours stays at it.";
    if (at.cap_applied) text += " The move was held at the year's cap.";
    if (at.minimum_unfunded) {
        text += " The money released by others did not reach the least move upwards.";
    }
    if (const auto years = years_of(scope, block); years && *years > 0) {
        text += *years == no_year_of_this_scheme
                    ? " At this pace you would not come within the tolerance."
                    : fmt::format(" Years until you are within the tolerance: {}.", *years);
    }
    return text;
}

}  // namespace

std::vector<std::string> notes_of(const WaterfallScope& scope) {
    std::vector<std::string> notes;
    const PracticeCode practice = scope.practice.practice;
    for (const BlockResult& block : scope.derivation.year.blocks) {
        if (!block.paced || !scope.covers(block)) continue;
        notes.push_back(distance_note(scope, block, paced_practice(block, practice)));
    }
    for (const BaselineRemark& remark : scope.inputs.remarks) {
        if (remark.practice == practice && scope.covers(remark.line)) notes.push_back(remark.says);
    }
    return notes;
}

}  // namespace purse
