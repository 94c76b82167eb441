#include "budget/waterfall_sums.hpp"

#include <fmt/format.h>

#include "budget/waterfall_sentences.hpp"

namespace purse {

namespace {

// Where the sum in the arithmetic is not the step to the penny, for lines are rounded one by one.
std::string with_rounding(std::string arithmetic, Pence told, Pence step) {
    if (told == step) return arithmetic;
    return fmt::format("{}, and {} of rounding, line by line", arithmetic, in_pounds(step - told));
}

std::string uplift_sum(const WaterfallScope& scope, Factor Uplift::* which, Pence DerivedLine::* of,
                       int sign, Pence step) {
    std::string text;
    Pence told;
    for (const DerivedLine& derived : scope.derivation.lines) {
        if (!scope.is_own(derived)) continue;
        const auto uplift = scope.derivation.scheme.uplifts.find(derived.line);
        if (uplift == scope.derivation.scheme.uplifts.end()) continue;
        const Factor factor = uplift->second.*which;
        if (factor == Factor(0)) continue;
        const Pence base = sign < 0 ? -(derived.*of) : derived.*of;
        told += scaled(base, factor, Rounding::half_up);
        text += fmt::format("{}{} {} × {}", text.empty() ? "" : " + ", name_of(derived.line).name,
                            in_pounds(base), exact_percent(factor));
    }
    if (text.empty()) return "none";
    return with_rounding(std::move(text), told, step);
}

// The line's part of a sum of its block.
std::string part_of_block(const WaterfallScope& scope, Pence whole, Pence part,
                          std::string_view where) {
    const BlockResult& block = scope.block_of_line();
    const Pence told = ratio_of(whole, scope.all.paced, block.envelope);
    const std::string sum =
        fmt::format("{} × {} ÷ {} ({}, by the line's part of the block's money)", in_pounds(whole),
                    in_pounds(scope.all.paced), in_pounds(block.envelope), where);
    if (told == part) return sum;
    return fmt::format("{}, and {} of rounding so that lines and practices add up", sum,
                       in_pounds(part - told));
}

Pence stand_still_in(const BlockResult& block, const WaterfallScope& scope) {
    return paced_practice(block, scope.practice.practice).stand_still;
}

}  // namespace

std::string price_sum(const WaterfallScope& scope) {
    return fmt::format("{} − {}", in_pounds(scope.own.repriced), in_pounds(scope.own.baseline));
}

std::string list_sum(const WaterfallScope& scope) {
    const Patients then = scope.practice.list_then;
    const Patients now = scope.practice.list_now;
    const Pence before = scope.own.protected_saving;
    const Pence told(
        divided(wide{before.count()} * now.thousandths(), then.thousandths(), Rounding::half_up));
    return with_rounding(fmt::format("{0} × {1} ÷ {2} − {0}", in_pounds(before),
                                     patients_in_words(now), patients_in_words(then)),
                         told - before, scope.own.on_new_list - before);
}

std::string growth_sum(const WaterfallScope& scope) {
    return uplift_sum(scope, &Uplift::growth, &DerivedLine::on_new_list, 1,
                      scope.own.with_growth - scope.own.on_new_list);
}

std::string efficiency_sum(const WaterfallScope& scope) {
    return uplift_sum(scope, &Uplift::efficiency, &DerivedLine::with_growth, -1,
                      scope.own.with_efficiency - scope.own.with_growth);
}

std::string entries_sum(const WaterfallScope& scope, EntryKind kind, bool recurrent) {
    std::string text;
    for (const BudgetAdjustment& entry : scope.inputs.adjustments) {
        if (entry.practice != scope.practice.practice || entry.recurrent != recurrent ||
            entry.kind != kind || !scope.covers(entry.line)) {
            continue;
        }
        text +=
            fmt::format("{}{} ({}, {}, {}: {})", text.empty() ? "" : " + ", in_pounds(entry.amount),
                        name_of(entry.line).name, to_text(entry.date), entry.author, entry.reason);
    }
    return text.empty() ? "none" : text;
}

std::string fitting_sum(const WaterfallScope& scope) {
    if (!scope.line) return "line by line: each line's working is below";
    const WaterfallLevels& own = scope.own;
    const WaterfallLevels& all = scope.all;
    const Pence told = ratio_of(own.opening, all.paced, all.opening);
    std::string sum = fmt::format("{} × {} ÷ {} − {}", in_pounds(own.opening), in_pounds(all.paced),
                                  in_pounds(all.opening), in_pounds(own.opening));
    if (told != own.stand_still) {
        sum += fmt::format(", and {} of rounding so that everybody's add up",
                           in_pounds(own.stand_still - told));
    }
    return sum;
}

std::string pooling_sum(const WaterfallScope& scope) {
    if (!scope.line) return "block by block: see \"Towards the fair share\" below";
    const BlockResult& block = scope.block_of_line();
    if (!block.paced) return "none";
    return part_of_block(scope,
                         stand_still_in(block, scope) - scope.figures_of(block).shares_by_line,
                         scope.own.pooled - scope.own.stand_still,
                         "your share of the block less your shares of its lines");
}

std::string move_sum(const WaterfallScope& scope) {
    if (!scope.line) return "block by block: see \"Towards the fair share\" below";
    const BlockResult& block = scope.block_of_line();
    if (block.method == BudgetMethod::historic) return "none";
    if (block.method == BudgetMethod::fair_share) {
        return fmt::format("{} − {} (the fair share less your share of last year's money)",
                           in_pounds(scope.own.paced), in_pounds(scope.own.stand_still));
    }
    return part_of_block(scope, scope.figures_of(block).budget - stand_still_in(block, scope),
                         scope.own.paced - scope.own.pooled,
                         "the move of the block, worked out below");
}

std::string hand_back_sum(const WaterfallScope& scope, Factor share, Pence handed_back) {
    const Pence told = scaled(-scope.own.gross, share, Rounding::half_up);
    return with_rounding(fmt::format("{} × {}", in_pounds(-scope.own.gross), exact_percent(share)),
                         told, -handed_back);
}

}  // namespace purse
