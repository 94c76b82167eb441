// The variances of closed months, kept in memory: a closing and what its budgets were set from do
// not change, and gathering them reads two years' records.
#pragma once

#include <memory>
#include <utility>

#include "api/kept_values.hpp"
#include "desk/variance.hpp"

namespace purse {

class KeptVariances {
  public:
    Result<std::shared_ptr<const MonthVariances>> of(const Site& site, const MonthReports& reports);

  private:
    KeptValues<std::pair<Month, int>, MonthVariances> kept_{3};  // by month and closing
};

}  // namespace purse
