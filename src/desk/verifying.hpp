// Checking a site: every stored file against its checksum, every closing against its own control
// totals, every batch's rows adding up, every draft of budgets, every step of a dialogue and
// the audit trail.
#pragma once

#include <string>
#include <vector>

#include "desk/site.hpp"

namespace purse {

struct Verification {
    struct Check {
        std::string what;
        bool good = false;
        std::string says;
    };
    std::vector<Check> checks;
    std::vector<std::string> orphans;  // files that no batch or closing names: left by a killed run
    [[nodiscard]] bool good() const;
};

Verification verify(const Site& site);
// Removes what killed runs left behind; what the register names is spared.
std::vector<std::string> clean(const Site& site);

}  // namespace purse
