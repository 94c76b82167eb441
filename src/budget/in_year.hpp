// Budgets in the year: lists that grow or fall, practices that merge, split, open, close or go to
// another commissioner. Budgets follow the patients by one stated rule (docs/in-year.md), as moves
// of money between accounts, so that the sum is kept to the penny, line by line.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "budget/profile.hpp"
#include "budget/scheme.hpp"
#include "organisation/codes.hpp"
#include "population/patients.hpp"

namespace purse {

// The two accounts that are no practice.
inline constexpr PracticeCode growth_reserve_account{"~RESERVE"};
inline constexpr PracticeCode left_account{"~LEFT"};  // gone to other commissioners

enum class InYearFate : std::uint8_t { stays, merged, closed, left };

struct InYearLine {
    Pence remaining;          // of the months still to come, with all earlier moves
    Pence unfunded;           // of earlier growth: what the reserve could not pay for these months
    std::int64_t weight = 0;  // weighted patients in millionths; asked for when a practice opens
    friend bool operator==(const InYearLine&, const InYearLine&) = default;
};

struct InYearPractice {
    PracticeCode practice;
    InYearFate fate = InYearFate::stays;
    PracticeCode successor;            // of a merged practice: who answers for it on the day
    Patients list_before;              // that its budget stands on; none: it opens
    std::optional<Patients> list_now;  // none: no newer list is known, it is taken as it was
    std::map<BudgetLine, InYearLine> lines;
};

// Patients who went from one practice to another as a group: a split, a closed practice's list.
struct InYearMovement {
    PracticeCode from, to;
    Patients patients;
    friend bool operator==(const InYearMovement&, const InYearMovement&) = default;
};

struct InYearInputs {
    std::vector<InYearPractice> practices;  // each once, in any order
    std::vector<InYearMovement> movements;
    std::map<BudgetLine, Pence> reserves;  // of growth, what is left
    InYearRule rule;
};

enum class InYearKind : std::uint8_t {
    merger,       // all that remains, to the successor
    movement,     // patients who moved, with their part of the budget they came from
    list_growth,  // from the reserve
    list_fall,    // to the reserve
    opening,      // from the reserve, at the commissioner's rate a head
    closure,      // to the reserve, where nobody knows where the patients went
    departure,    // to another commissioner: out of the total
};
std::string_view to_text(InYearKind kind);
std::string_view in_words(InYearKind kind);
Result<InYearKind> parse_in_year_kind(std::string_view text);

// From one account to another: what one loses, the other gains.
struct InYearMove {
    InYearKind kind = InYearKind::list_growth;
    BudgetLine line = BudgetLine::day_case;
    PracticeCode from, to;
    Pence amount;           // not below zero; of the months still to come
    PracticeCode practice;  // whose growth this was, for `unfunded`
    Pence unfunded;         // change in what the practice is still owed for growth
    std::string reason;     // with the sum that a pocket calculator needs
    friend bool operator==(const InYearMove&, const InYearMove&) = default;
};

struct InYearShortfall {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    Pence claim;  // what its growth comes to
    Pence paid;   // what the reserve had for it
    friend bool operator==(const InYearShortfall&, const InYearShortfall&) = default;
};

struct InYearResult {
    std::vector<InYearMove> moves;
    std::map<PracticeCode, Patients> lists;  // that budgets stand on now, where they changed
    std::map<BudgetLine, Pence> reserves;    // after
    std::vector<InYearShortfall> shortfalls;
    friend bool operator==(const InYearResult&, const InYearResult&) = default;
};

// The order of practices and movements does not matter. Refused, with the reason: a successor or a
// practice of a movement that is not among the practices, more patients moved than a list has, a
// practice that opens without a weight, and a reserve that is too small under the rule `refuse`.
Result<InYearResult> adjusted_in_year(const InYearInputs& inputs);

// A year's profile from a month on: nothing before it.
Profile rest_of_year(const Profile& profile, Month from);
// Of an amount that falls on the months from `since` on: what is left for those from `from` on.
Pence still_to_come(Pence amount, const Profile& profile, Month since, Month from);

}  // namespace purse
