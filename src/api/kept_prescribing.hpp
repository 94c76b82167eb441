// Practices' prescribing of closed months compared, kept in memory: a closing never changes.
#pragma once

#include <memory>
#include <utility>

#include "api/kept_values.hpp"
#include "desk/prescribing.hpp"

namespace purse {

class KeptPrescribing {
  public:
    Result<std::shared_ptr<const PrescribingOfAll>> of(const Site& site,
                                                       const MonthReports& reports);

  private:
    KeptValues<std::pair<Month, int>, PrescribingOfAll> kept_{3};  // by month and closing
};

}  // namespace purse
