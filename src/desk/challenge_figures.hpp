// What challenges make of a closed month: what is disputed and what was corrected, by account, line
// and treatment function. What is reported stays as it is; these stand beside it.
//
// One definition, everywhere:
// - Disputed is what open challenges put in question, in the month of the activity, as the closing
//   prices the records now: a record that a later extract took away is disputed no more.
// - Corrected is what upheld challenges change in the cost, in the month that their correcting
//   records fall on: the month after the last closed one at the time. A practice's credit is below
//   zero. Where an account of the commissioner's bears the cost instead, it has as much above zero;
//   where the provider does, the commissioner's total falls.
// - A credit brings the cost of a record down to what was upheld, and no lower: where a later
//   extract has put the record right, nothing is left to credit.
#pragma once

#include <string>
#include <vector>

#include "desk/statements.hpp"
#include "register/challenges.hpp"

namespace purse {

struct ChallengeSums {
    Pence disputed_month;
    Pence disputed_to_date;
    Pence corrected_month;
    Pence corrected_to_date;

    ChallengeSums& operator+=(const ChallengeSums& other);
    [[nodiscard]] bool is_nothing() const;
    friend bool operator==(const ChallengeSums&, const ChallengeSums&) = default;
};

struct ChallengeFigure {
    Account account;  // as statements show it: a merged practice's is its successor's
    BudgetLine line = BudgetLine::day_case;
    TreatmentFunction treatment_function;  // empty where there is none, and of whole lines
    ChallengeSums sums;
};

// A correcting record that is in the year to date.
struct CorrectionInForce {
    Correction correction;
    Account account;  // as statements show it
    Pence applied;    // of its credit, as much as the closing's data leave
    ChallengeReason reason = ChallengeReason::not_my_patient;
    std::string about;  // "record A12 of R1A", "line elective"
};

// Upheld, and falling on a later month than this one.
struct CorrectionToCome {
    std::int64_t challenge = 0;
    Account account;
    Month falls_on;
    Pence credit;
};

struct ChallengedMonth {
    Month month;
    Date as_at;                            // what was done by the end of this day
    std::vector<ChallengeFigure> figures;  // by account, line and treatment function
    std::vector<CorrectionInForce> corrections;
    std::vector<CorrectionToCome> to_come;

    [[nodiscard]] ChallengeSums of(Account account) const;
    [[nodiscard]] ChallengeSums of(Account account, BudgetLine line) const;
    [[nodiscard]] ChallengeSums total() const;
};

Result<ChallengedMonth> challenged_month(const Site& site, const MonthReports& reports, Date as_at);

// Onto the statement and the summary, where there is anything to show.
void add_challenges(Statement& statement, const ChallengedMonth& challenged);
void add_challenges(Summary& summary, const ChallengedMonth& challenged);

}  // namespace purse
