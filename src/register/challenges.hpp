// What the register keeps of challenges: what a practice marked, as it saw it; what was done about
// it, as chained events; and the correcting record of each one that was upheld. All of it is only
// ever added to. No pseudonym is in it: a record is named as its provider names it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "activity/codes.hpp"
#include "activity/data_set.hpp"
#include "calendar/month.hpp"
#include "governance/challenge_event.hpp"
#include "money/pence.hpp"
#include "organisation/affiliation.hpp"
#include "organisation/codes.hpp"

namespace purse {

// A part of what is disputed: an attendance's unbundled imaging is on a line of its own.
struct ChallengedAmount {
    BudgetLine line = BudgetLine::day_case;
    TreatmentFunction treatment_function;  // empty where there is none, and of a whole line
    Pence amount;
    friend bool operator==(const ChallengedAmount&, const ChallengedAmount&) = default;
};

// The record as it stood when it was marked.
struct ChallengedRecord {
    DataSet set = DataSet::admitted_care;
    std::int64_t batch = 0;
    std::int64_t line = 0;  // of the batch's file
    std::string record_id;  // the provider's
    std::string what;       // HRG or treatment function
    Date began;
    Date ended;
    friend bool operator==(const ChallengedRecord&, const ChallengedRecord&) = default;
};

struct NewChallenge {
    PracticeCode practice;  // who marks it
    Account account;        // whose figures bear it: the practice, or one that merged into it
    Month month;            // of the activity
    ProviderCode provider;  // may be empty of a line
    ChallengeReason reason = ChallengeReason::not_my_patient;
    std::string note;
    std::optional<ChallengedRecord> record;  // none: a line of the month is challenged
    std::vector<ChallengedAmount> amounts;   // each above 0
    std::string rule;                        // of the likely error that was accepted, or ""
    std::string beside;                      // the record that it clashes with, or ""
    ProviderCode beside_provider;            // whose that one is

    [[nodiscard]] Pence disputed() const;
};
// Over every field.
std::string digest_of(const NewChallenge& challenge);

struct Challenge {
    std::int64_t number = 0;  // 1, 2, 3, ... without gaps
    NewChallenge what;
    std::vector<ChallengeEvent> events;  // oldest first; the first marks it
    [[nodiscard]] ChallengePosition position() const { return position_of(events); }
};

// The correcting record of an upheld challenge, a row a line: what the practice is credited with,
// in which month, by which challenge.
struct Correction {
    std::int64_t challenge = 0;
    std::int64_t event = 0;  // that upheld it
    Account account;         // credited
    BudgetLine line = BudgetLine::day_case;
    TreatmentFunction treatment_function;
    Month falls_on;
    Pence credit;          // above 0
    std::string borne_by;  // "provider", or the account that bears it instead
    friend bool operator==(const Correction&, const Correction&) = default;
};

// A credit over the amounts of what was disputed, in proportion and to the penny.
std::vector<Correction> corrections_of(const NewChallenge& what, const ChallengeEvent& upheld);

}  // namespace purse
