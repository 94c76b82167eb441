#include "api/kept_benchmarks.hpp"

namespace purse {

Result<std::shared_ptr<const Benchmarks>> KeptBenchmarks::of(const Site& site, Month month,
                                                             int closing) {
    const std::lock_guard lock(mutex_);
    if (const auto found = kept_.find({month, closing}); found != kept_.end()) {
        return found->second;
    }
    auto made = compare_practices(site, month);
    if (!made) return made.problem();
    if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
    auto shared = std::make_shared<const Benchmarks>(*std::move(made));
    kept_[{month, closing}] = shared;
    return shared;
}

}  // namespace purse
