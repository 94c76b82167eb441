// A draft of two practices and two lines for tests, adding up to the penny.
#pragma once

#include "register/drafts.hpp"

namespace purse::testing {

inline NewDraft draft_named(const std::string& name, std::int64_t more_pence = 0) {
    const auto line = [](const char* practice, BudgetLine which, std::int64_t gross) {
        return DraftAmount{PracticeCode(practice), which, Pence(gross), Pence(3'00), Pence(50),
                           Pence(gross - 3'50)};
    };
    NewDraft draft;
    draft.year = FinancialYear(2026);
    draft.name = name;
    draft.scheme = "pbc-2006";
    draft.made_at = "2026-02-01T09:00:00Z";
    draft.made_by = "Finance";
    draft.derivation = {"budgets/2026-27/" + name + ".csv", "derivation-of-" + name};
    draft.note = "after comments";
    draft.amounts = {line("X90002", BudgetLine::elective, 700'00 - more_pence),
                     line("X90001", BudgetLine::elective, 500'00 + more_pence),
                     line("X90001", BudgetLine::prescribing, 300'00)};
    draft.totals = {
        {BudgetLine::prescribing, Pence(330'00), Pence(3'00), Pence(50), Pence(10'00),
         Pence(20'00)},
        {BudgetLine::elective, Pence(1'200'00), Pence(6'00), Pence(1'00), Pence(0), Pence(0)}};
    return draft;
}

}  // namespace purse::testing
