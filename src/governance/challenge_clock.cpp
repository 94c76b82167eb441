#include "governance/challenge_clock.hpp"

#include "base/check.hpp"
#include "calendar/working_days.hpp"

namespace purse {

namespace {

// From the day after `from` to `to`, both days' order aside.
int working_days_between(Date from, Date to) {
    if (to < from) return -working_days_between(to, from);
    int days = 0;
    for (Date day = from + 1; day <= to; day = day + 1) days += is_working_day(day) ? 1 : 0;
    return days;
}

ChallengeTurn to_act(ChallengeSide side, std::string_view what, Date by, Date today) {
    return {.side = side, .what = what, .by = by, .days_left = working_days_between(today, by)};
}

std::string in_working_days(int days) {
    return std::to_string(days) + (days == 1 ? " working day" : " working days");
}

}  // namespace

Date working_days_after(Date from, int days) {
    CHECK(days >= 0);
    Date day = from;
    for (int left = days; left > 0;) {
        day = day + 1;
        if (is_working_day(day)) --left;
    }
    return day;
}

ChallengeTurn turn_of(ChallengeState state, Date since, const ChallengeDays& days, Date today) {
    switch (state) {
        case ChallengeState::marked:
            return to_act(ChallengeSide::commissioner, "answer it or pass it to the provider",
                          working_days_after(since, days.answer), today);
        case ChallengeState::with_provider:
            return to_act(ChallengeSide::provider, "answer",
                          working_days_after(since, days.provider), today);
        case ChallengeState::provider_answered:
            return to_act(ChallengeSide::commissioner, "decide",
                          working_days_after(since, days.decide), today);
        case ChallengeState::not_marked:
        case ChallengeState::upheld:
        case ChallengeState::rejected:
        case ChallengeState::withdrawn:
            break;
    }
    return {};
}

std::string in_words(const ChallengeTurn& turn) {
    if (turn.side == ChallengeSide::nobody) return "nobody has to act";
    const std::string left = turn.late()           ? in_working_days(-turn.days_left) + " late"
                             : turn.days_left == 0 ? std::string("the last day")
                                                   : in_working_days(turn.days_left) + " left";
    return std::string(in_words(turn.side)) + ": " + std::string(turn.what) + ", by " +
           in_words(turn.by) + " (" + left + ")";
}

}  // namespace purse
