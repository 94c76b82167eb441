// Which scheme's dates a year's dialogues go by.
#pragma once

#include "desk/site.hpp"
#include "governance/dialogue_clock.hpp"

namespace purse {

// Where the year has no draft yet, or its scheme's file is not at hand.
inline constexpr std::string_view default_dialogue_scheme = "pbc-2009";

struct SiteDialogueRules {
    std::string scheme;  // whose dates they are
    DialogueRules rules;
};

// Of the scheme of the draft offered last, before any offer of the year's newest draft; else the
// default's.
Result<SiteDialogueRules> dialogue_rules_of(const Site& site, FinancialYear year);

}  // namespace purse
