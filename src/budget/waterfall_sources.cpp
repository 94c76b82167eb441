#include "budget/waterfall_sources.hpp"

#include <fmt/format.h>

namespace purse {

std::string derivation_rows(std::string_view kind, std::string_view items) {
    return fmt::format(" [rows: {} {}]", kind, items);
}

std::string from_scheme(const WaterfallScope& scope, std::string_view key) {
    const Scheme& scheme = scope.derivation.scheme;
    const auto found = scheme.sources.find(std::string(key));
    const std::string why = found == scheme.sources.end() ? "" : found->second;
    return fmt::format("scheme {} (version {}), {}: {}", scheme.name, scheme.digest.substr(0, 8),
                       key, why);
}

std::string uplift_source(const WaterfallScope& scope, std::string_view which) {
    const Scheme& scheme = scope.derivation.scheme;
    std::string text;
    for (const auto& [line, uplift] : scheme.uplifts) {
        const std::string key = fmt::format("uplifts.{}.{}", name_of(line).code, which);
        const bool asked =
            scope.line ? line == *scope.line : scope.inputs.allocation.contains(line);
        if (!asked || !scheme.sources.contains(key)) continue;
        text += (text.empty() ? "" : "; ") + from_scheme(scope, key);
    }
    return text.empty() ? fmt::format("scheme {}, uplifts: none", scheme.name) : text;
}

std::string money_source(const WaterfallScope& scope) {
    DerivedTotal sum;
    for (const DerivedTotal& total : scope.derivation.totals) {
        if (total.blocked_back != Pence(0) || !scope.covers(total.line)) continue;
        sum.allocation += total.allocation;
        sum.growth_reserve += total.growth_reserve;
        sum.unattributed += total.unattributed;
        sum.one_off += total.one_off;
        sum.envelope += total.envelope;
    }
    const Pence kept =
        sum.allocation - sum.growth_reserve - sum.unattributed - sum.one_off - sum.envelope;
    const std::string keeping =
        kept == Pence(0) ? "" : fmt::format(" − kept for good {}", in_pounds(kept));
    return fmt::format(
        "allocation {} − growth reserve {} − care that no practice answers for {} − entries of "
        "this year only {}{} = {}{}",
        in_pounds(sum.allocation), in_pounds(sum.growth_reserve), in_pounds(sum.unattributed),
        in_pounds(sum.one_off), keeping, in_pounds(sum.envelope),
        derivation_rows("allocation", "pence"));
}

std::string move_source(const WaterfallScope& scope) {
    const std::string& scheme = scope.derivation.scheme.name;
    const std::string weights = fmt::format("weights {}{}", scope.inputs.need_source,
                                            derivation_rows("need", "by component"));
    if (scope.method() == BudgetMethod::historic) {
        return fmt::format("scheme {}, method historic", scheme);
    }
    if (scope.method() == BudgetMethod::fair_share) {
        return fmt::format("scheme {}, method fair_share; {}", scheme, weights);
    }
    return fmt::format("{}; {}", from_scheme(scope, "pace.rate"), weights);
}

}  // namespace purse
