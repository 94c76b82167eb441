// How drafts of budgets were worked out, kept in memory: a draft never changes, and working one out
// again takes time.
#pragma once

#include <memory>
#include <string>

#include "api/kept_values.hpp"
#include "desk/budget_setting.hpp"

namespace purse {

class KeptDerivations {
  public:
    // Of the draft by its name; the year's newest when none is given.
    Result<std::shared_ptr<const DraftDerivation>> of(const Site& site, FinancialYear year,
                                                      const std::optional<std::string>& name);

  private:
    KeptValues<std::string, DraftDerivation> kept_{8};  // by the draft's digest
};

}  // namespace purse
