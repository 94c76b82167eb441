// The dialogue about a year's budgets as the people in it use it: show the data, comment, answer,
// offer, agree or disagree, refer, rule, reopen; what has happened; where every practice stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/site.hpp"
#include "governance/dialogue_clock.hpp"
#include "governance/dialogue_event.hpp"

namespace purse {

// Who takes a step, in what role, when, and what they say.
struct DialogueCommand {
    FinancialYear year;
    DialogueRole role = DialogueRole::practice_gp;
    std::string author;
    std::string says;
    std::string at;  // ISO 8601 in UTC: Site::now()
    // The last event that the actor has seen, if they say so: a later one is a conflict.
    std::optional<std::string> after;
};

struct LeftOutPractice {
    PracticeCode practice;
    std::string why;
};
struct StepsTaken {
    std::vector<DialogueEvent> taken;
    std::vector<LeftOutPractice> left_out;  // where the step cannot be taken now
};

// Puts the practice's data (PracticeData) on record with what is said. All: every practice of the
// year whose dialogue is at its beginning.
Result<DialogueEvent> show_budget_data(Site& site, PracticeCode practice,
                                       const DialogueCommand& command);
Result<StepsTaken> show_budget_data_to_all(Site& site, const DialogueCommand& command);

// Offers the practice's amounts of the draft. All: every practice in the draft.
Result<DialogueEvent> offer_budget(Site& site, PracticeCode practice, const std::string& draft,
                                   const DialogueCommand& command);
Result<StepsTaken> offer_budget_to_all(Site& site, const std::string& draft,
                                       const DialogueCommand& command);

// Comment, answer, disagree, refer or reopen: what needs words only.
Result<DialogueEvent> speak_in_dialogue(Site& site, PracticeCode practice, DialogueStep step,
                                        const DialogueCommand& command);

// `offer`: the first characters of the offer's hash, eight at least. What was agreed is in force.
Result<DialogueEvent> agree_budget(Site& site, PracticeCode practice, const std::string& offer,
                                   const DialogueCommand& command);

// For the offer on the table, or for another draft by its name. What was ruled is in force.
Result<DialogueEvent> rule_on_budget(Site& site, PracticeCode practice,
                                     const std::optional<std::string>& draft,
                                     const DialogueCommand& command);

// Where one practice stands.
struct DialogueStanding {
    PracticeCode practice;
    std::string name;
    DialoguePosition position;
    std::string draft;         // the name of the draft on the table; empty before an offer
    std::optional<Pence> net;  // of what is offered, agreed or ruled
    std::string last_at;       // of the last event; empty before the first
    DialogueDates dates;
    DialogueTurn turn;
};

struct DialogueHistory {
    DialogueStanding standing;
    std::vector<DialogueEvent> events;
    std::vector<DraftAmount> amounts;  // on the table; empty before an offer
};
Result<DialogueHistory> dialogue_history(const Site& site, PracticeCode practice,
                                         FinancialYear year, Date today);

struct DialogueStatus {
    FinancialYear year;
    Date today;
    std::string scheme;  // whose dates they are
    DialogueDates dates;
    std::vector<DialogueStanding> practices;  // in the order of their codes
    std::vector<std::string> notes;           // offers of several drafts, and what it means

    [[nodiscard]] std::size_t at(DialogueState state) const;
    [[nodiscard]] std::size_t late() const;
    [[nodiscard]] std::size_t waiting_for(DialogueSide side) const;
};
Result<DialogueStatus> dialogue_status(const Site& site, FinancialYear year, Date today);

}  // namespace purse
