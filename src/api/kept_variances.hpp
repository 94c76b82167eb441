// The variances of closed months, kept in memory: a closing and what its budgets were set from do
// not change, and gathering them reads two years' records.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "desk/variance.hpp"

namespace purse {

class KeptVariances {
  public:
    static constexpr std::size_t most_kept = 3;

    Result<std::shared_ptr<const MonthVariances>> of(const Site& site, const MonthReports& reports);

  private:
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const MonthVariances>> kept_;  // by month and closing
};

}  // namespace purse
