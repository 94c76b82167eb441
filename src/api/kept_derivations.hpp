// How drafts of budgets were worked out, kept in memory: a draft never changes, and working one out
// again takes time.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "desk/budget_setting.hpp"

namespace purse {

class KeptDerivations {
  public:
    static constexpr std::size_t most_kept = 8;

    // Of the draft by its name; the year's newest when none is given.
    Result<std::shared_ptr<const DraftDerivation>> of(const Site& site, FinancialYear year,
                                                      const std::optional<std::string>& name);

  private:
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const DraftDerivation>> kept_;  // by the draft's digest
};

}  // namespace purse
