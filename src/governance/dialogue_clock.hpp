// The clock of the dialogue: how many days are left, or how late it is, and who must act.
#pragma once

#include <string>

#include "calendar/month.hpp"
#include "governance/dialogue.hpp"

namespace purse {

// The scheme's dates for one year's budgets, in their order.
struct DialogueDates {
    Date data_by;
    Date offer_by;
    Date agreed_by;  // 1 May from 2009 on
    Date ruled_by;
    friend bool operator==(const DialogueDates&, const DialogueDates&) = default;
};

// The dates as they fall in every year; a scheme names them as day and month.
struct DayOfYear {
    int month = 1;
    int day = 1;
};
struct DialogueRules {
    DayOfYear data_by;
    DayOfYear offer_by;
    DayOfYear agreed_by;
    DayOfYear ruled_by;
    // A reopened dialogue shows its data within so many days; its other dates keep their distance.
    int reopened_days = 0;
};

// The dates of the year's budgets, from the autumn before to the end of the year: the days fall in
// order from October on, or the rules are refused.
Result<DialogueDates> dates_of(const DialogueRules& rules, FinancialYear year);
// Of a version that was reopened on that day: no earlier than the year's own dates.
DialogueDates reopened_dates(const DialogueDates& dates, const DialogueRules& rules, Date reopened);

struct DialogueTurn {
    DialogueSide side = DialogueSide::reader;  // reader: nobody has to act
    std::string_view what;                     // "make an offer"; empty when nobody has to
    Date by;
    int days_left = 0;  // below zero: late by so many days

    [[nodiscard]] bool somebody_acts() const { return side != DialogueSide::reader; }
    [[nodiscard]] bool late() const { return somebody_acts() && days_left < 0; }
};

DialogueTurn turn_of(DialogueState state, const DialogueDates& dates, Date today);
// "the practice: agree or disagree, by 1 May 2026 (12 days left)"
std::string in_words(const DialogueTurn& turn);

}  // namespace purse
