#include "api/kept_variances.hpp"

#include <fmt/format.h>

namespace purse {

Result<std::shared_ptr<const MonthVariances>> KeptVariances::of(const Site& site,
                                                                const MonthReports& reports) {
    const std::string key =
        fmt::format("{} {}", to_text(reports.setting.month), reports.closing.sequence);
    const std::lock_guard lock(mutex_);
    if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
    auto gathered = MonthVariances::gather(site, reports);
    if (!gathered) return gathered.problem();
    if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
    auto shared = std::make_shared<const MonthVariances>(*std::move(gathered));
    kept_[key] = shared;
    return shared;
}

}  // namespace purse
