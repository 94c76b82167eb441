#include "api/kept_prescribing.hpp"

namespace purse {

Result<std::shared_ptr<const PrescribingOfAll>> KeptPrescribing::of(const Site& site,
                                                                    const MonthReports& reports) {
    return kept_.of({reports.setting.month, reports.closing.sequence},
                    [&] { return compare_prescribing(site, reports); });
}

}  // namespace purse
