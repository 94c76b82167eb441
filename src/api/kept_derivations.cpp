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
    const std::lock_guard lock(mutex_);
    if (const auto found = kept_.find(draft->digest); found != kept_.end()) return found->second;
    auto worked_out = derivation_of(site, year, draft->name);
    if (!worked_out) return worked_out.problem();
    if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
    auto shared = std::make_shared<const DraftDerivation>(*std::move(worked_out));
    kept_[draft->digest] = shared;
    return shared;
}

}  // namespace purse
