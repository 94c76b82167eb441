#include "governance/dialogue_clock.hpp"

#include <algorithm>
#include <cstdlib>

namespace purse {

namespace {

// From October the days belong to the calendar year in which the financial year starts less one.
Result<Date> day_in(DayOfYear day, FinancialYear year) {
    const int calendar_year = day.month >= 10 ? year.starts() - 1 : year.starts();
    const bool exists =
        std::chrono::year_month_day(std::chrono::year(calendar_year),
                                    std::chrono::month(static_cast<unsigned>(day.month)),
                                    std::chrono::day(static_cast<unsigned>(day.day)))
            .ok();
    if (!exists) {
        return bad_input("there is no day " + std::to_string(day.day) + " of month " +
                         std::to_string(day.month) + " in " + std::to_string(calendar_year) +
                         ": correct the dates of the dialogue");
    }
    return Date::of(calendar_year, day.month, day.day);
}

DialogueTurn to_act(DialogueSide side, std::string_view what, Date by, Date today) {
    return {.side = side, .what = what, .by = by, .days_left = by - today};
}

std::string in_days(int days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

}  // namespace

Result<DialogueDates> dates_of(const DialogueRules& rules, FinancialYear year) {
    const auto data = day_in(rules.data_by, year);
    const auto offer = day_in(rules.offer_by, year);
    const auto agreed = day_in(rules.agreed_by, year);
    const auto ruled = day_in(rules.ruled_by, year);
    for (const auto* day : {&data, &offer, &agreed, &ruled}) {
        if (!*day) return day->problem();
    }
    if (!(*data <= *offer && *offer <= *agreed && *agreed <= *ruled)) {
        return bad_input("the dates of the dialogue are not in order (data " + to_text(*data) +
                         ", offer " + to_text(*offer) + ", agreed " + to_text(*agreed) +
                         ", ruled " + to_text(*ruled) + "): correct them");
    }
    return DialogueDates{*data, *offer, *agreed, *ruled};
}

DialogueDates reopened_dates(const DialogueDates& dates, const DialogueRules& rules,
                             Date reopened) {
    const int later = std::max(0, reopened + rules.reopened_days - dates.data_by);
    return {dates.data_by + later, dates.offer_by + later, dates.agreed_by + later,
            dates.ruled_by + later};
}

DialogueTurn turn_of(DialogueState state, const DialogueDates& dates, Date today) {
    switch (state) {
        case DialogueState::nothing_shown:
            return to_act(DialogueSide::commissioner, "show the data", dates.data_by, today);
        case DialogueState::data_shown:
        case DialogueState::answered:
            return to_act(DialogueSide::commissioner, "make an offer", dates.offer_by, today);
        case DialogueState::commented:
            return to_act(DialogueSide::commissioner, "answer the comment", dates.offer_by, today);
        case DialogueState::offered:
            return to_act(DialogueSide::practice, "agree or disagree", dates.agreed_by, today);
        case DialogueState::queried:
            return to_act(DialogueSide::commissioner, "answer the question", dates.agreed_by,
                          today);
        case DialogueState::disagreed:
            return to_act(DialogueSide::commissioner, "revise the offer or refer it",
                          dates.agreed_by, today);
        case DialogueState::referred:
            return to_act(DialogueSide::arbiter, "rule", dates.ruled_by, today);
        case DialogueState::agreed:
        case DialogueState::ruled:
            break;
    }
    return {};
}

std::string in_words(const DialogueTurn& turn) {
    if (!turn.somebody_acts()) return "nobody has to act";
    const std::string left = turn.late()           ? in_days(-turn.days_left) + " late"
                             : turn.days_left == 0 ? std::string("today is the last day")
                                                   : in_days(turn.days_left) + " left";
    return std::string(in_words(turn.side)) + ": " + std::string(turn.what) + ", by " +
           in_words(turn.by) + " (" + left + ")";
}

}  // namespace purse
