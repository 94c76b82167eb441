// Likely errors among a practice's records, found by the rules before anybody looks for them, so
// that a practice spends minutes: each is accepted (and so marked) or dismissed. And providers that
// code otherwise than before.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/coding_shift.hpp"
#include "desk/site.hpp"
#include "governance/challenge.hpp"
#include "warehouse/likely_errors.hpp"

namespace purse {

struct CheckRule {
    LikelyErrorCheck check;
    std::string title;
    std::string says;  // with {beside}, {provider}, {days}
    ChallengeReason reason = ChallengeReason::duplicate;
};
struct ChallengeChecks {
    std::vector<CheckRule> records;
    // Of providers; none: not made.
    struct Coding {
        std::string title;
        std::string says;
        ChallengeReason reason = ChallengeReason::wrong_hrg;
        CodingShiftRules rules;
    };
    std::optional<Coding> coding;
};
// checks.toml of the site's own challenge rules, else Purse's; the problem names line and key.
Result<ChallengeChecks> challenge_checks_of(const Site& site);
Result<ChallengeChecks> read_challenge_checks(const std::filesystem::path& file);

// A record that is a likely error.
struct ChallengeFinding {
    std::string key;    // "duplicate op RVR A12": the same for the same record and check
    std::string title;  // of the check
    std::string says;   // of this record
    ChallengeReason reason = ChallengeReason::duplicate;  // suggested
    LikelyError error;
};

// A provider's coding that changed; the practice's part of what is at stake.
struct CodingFinding {
    std::string key;
    std::string title;
    std::string says;
    ChallengeReason reason = ChallengeReason::wrong_hrg;
    CodingShift shift;
    Pence own_stake;  // of the practice, or all of it where no practice is asked for
};

struct ChallengeFindings {
    std::optional<PracticeCode> practice;  // none: of all
    Month month;
    std::vector<ChallengeFinding> records;  // those with most at stake first
    std::vector<CodingFinding> coding;
    std::int64_t dismissed = 0;   // left out: the practice found no error
    std::int64_t challenged = 0;  // left out: in a challenge that is open, upheld or rejected
    Pence at_stake;               // of the records, each once
};

// In the year to date of the closed month, as its closing priced it.
Result<ChallengeFindings> find_likely_errors(const Site& site, Month month,
                                             const std::optional<PracticeCode>& practice);

}  // namespace purse
