#include "api/kept_derivations.hpp"

namespace purse {

Result<std::shared_ptr<const DraftDerivation>> KeptDerivations::of(
    const Site& site, FinancialYear year, const std::optional<std::string>& name) {
    const auto drafts = site.decisions().drafts(year);
    const auto draft =
        name ? site.decisions().draft(year, *name)
        : drafts.empty()
            ? Result<Draft>(not_found("no budgets of " + to_text(year) + " are drafted yet"))
            : Result<Draft>(drafts.back());
    if (!draft) return draft.problem();
    return kept_.of(draft->digest, [&] { return derivation_of(site, year, draft->name); });
}

}  // namespace purse
