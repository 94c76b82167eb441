// Challenges to and from a provider: the file that goes out, with what it needs to find its records
// and nothing more of the patient; and the file that comes back with its answers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "desk/challenges.hpp"
#include "desk/provider_answers_file.hpp"

namespace purse {

// What waits for the provider, by number.
struct ProviderFile {
    ProviderCode provider;
    std::string name;
    std::vector<ChallengeStanding> challenges;
};
Result<ProviderFile> provider_file(const Site& site, ProviderCode provider, Date today);
// The same after everything that was marked at the provider is passed to it.
Result<ProviderFile> pass_to_provider(Site& site, ProviderCode provider,
                                      const ChallengeCommand& command);
// Its columns, and a challenge as cells under them; the last three are the provider's to fill in.
const std::vector<std::string>& provider_file_headings();
std::vector<std::string> provider_file_row(const ChallengeStanding& standing);

struct ProviderAnswersTaken {
    std::vector<ChallengeEvent> taken;
    std::size_t unchanged = 0;  // said the same before
    std::vector<RefusedAnswer> refused;
};
// Puts the good lines on record, all at once; the same file again changes nothing. A challenge of
// another provider is refused.
Result<ProviderAnswersTaken> take_provider_answers(Site& site, ProviderCode provider,
                                                   std::string text, const std::string& name,
                                                   const ChallengeCommand& command);

}  // namespace purse
