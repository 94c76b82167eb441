// Budgets and the dialogue about them as the pages are told them: JSON texts, as api/openapi.yaml
// has them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "desk/budget_dialogue.hpp"
#include "register/drafts.hpp"

namespace purse {

// Of one practice, in a table of practices.
std::string budget_state_json(const DialogueStanding& standing);
std::string event_page(const DialogueEvent& event);
std::string steps_taken_page(const StepsTaken& steps);
// `i_may`: the steps that who asks may take now.
// With `explain` each amount has its working.
std::string dialogue_page(const DialogueHistory& history, const std::vector<DialogueStep>& i_may,
                          bool explain);
// The amounts that make the net budget on each practice's table: where they are given, with its
// working.
using AmountsOnTable = std::map<PracticeCode, std::vector<DraftAmount>>;
std::string budget_year_page(const DialogueStatus& status, const AmountsOnTable& amounts);

// A draft and how its lines add up to the allocation.
struct DraftSum {
    Draft draft;
    DraftTotal total;  // over all lines; its own line means nothing
    Pence net;         // of all practices
};
DraftSum sum_of(const Draft& draft, const std::vector<DraftAmount>& amounts,
                const std::vector<DraftTotal>& totals);
std::string draft_json(const DraftSum& sum);
std::string drafts_page(const std::vector<DraftSum>& drafts);

// What the ETag of a dialogue holds: the hash of its last event, or "none".
std::string last_event_of(const DialoguePosition& position);

}  // namespace purse
