// Challenges as the people in them use them: a practice marks a record or a line of a closed month;
// the commissioner answers it or passes it to the provider; and where every one stands.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/challenge_rules.hpp"
#include "desk/site.hpp"
#include "register/challenges.hpp"

namespace purse {

// Who takes a step, in what role, when, and what they say.
struct ChallengeCommand {
    Role role = Role::practice_gp;
    std::string author;
    std::string says;
    std::string at;  // ISO 8601 in UTC: the site's now()
    // The last event that the actor has seen, if they say so: a later one is a conflict.
    std::optional<std::string> after;
};

// What a practice marks in a closed month's figures of its year to date: one record by its
// provider's identifier, or a line.
struct ChallengeMark {
    PracticeCode practice;
    Month month;  // whose closing shows it; of a line: the month of the activity
    ChallengeReason reason = ChallengeReason::not_my_patient;
    ProviderCode provider;  // needed where two providers use one identifier; of a line: optional
    // Of a record
    DataSet set = DataSet::admitted_care;
    std::string record_id;  // empty: a line is marked
    // Of a line
    BudgetLine line = BudgetLine::day_case;
    std::optional<Pence> amount;  // none: all that the line shows
    // Of a likely error that was accepted
    std::string rule;
    std::string beside;
    ProviderCode beside_provider;
};
// The note is what the command says.
Result<Challenge> mark_challenge(Site& site, const ChallengeMark& mark,
                                 const ChallengeCommand& command);

Result<ChallengeEvent> pass_challenge(Site& site, std::int64_t number,
                                      const ChallengeCommand& command);
// The credit: where none is given, what the provider accepted, or all that is disputed where the
// reason's rule says so. Who bears it: by the rule, where nobody is named.
struct Credit {
    std::optional<Pence> amount;
    std::optional<std::string> borne_by;
};
Result<ChallengeEvent> uphold_challenge(Site& site, std::int64_t number, const Credit& credit,
                                        const ChallengeCommand& command);
Result<ChallengeEvent> reject_challenge(Site& site, std::int64_t number,
                                        const ChallengeCommand& command);
Result<ChallengeEvent> withdraw_challenge(Site& site, std::int64_t number,
                                          const ChallengeCommand& command);

// Where one challenge stands.
struct ChallengeStanding {
    Challenge challenge;
    ChallengePosition position;
    ChallengeTurn turn;
    std::string practice_name;
    std::string provider_name;
};

struct ChallengeSearch {
    std::optional<PracticeCode> practice;
    std::optional<ProviderCode> provider;
    std::optional<ChallengeState> state;
    bool open_only = false;
};
// By number.
Result<std::vector<ChallengeStanding>> challenges_standing(const Site& site,
                                                           const ChallengeSearch& search,
                                                           Date today);
Result<ChallengeStanding> challenge_standing(const Site& site, std::int64_t number, Date today);

}  // namespace purse
