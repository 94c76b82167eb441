#include "api/kept_variances.hpp"

namespace purse {

Result<std::shared_ptr<const MonthVariances>> KeptVariances::of(const Site& site,
                                                                const MonthReports& reports) {
    return kept_.of({reports.setting.month, reports.closing.sequence},
                    [&] { return MonthVariances::gather(site, reports); });
}

}  // namespace purse
