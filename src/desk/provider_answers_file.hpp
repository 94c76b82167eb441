// The file that a provider sends back, read: its answers to challenges, and the lines that cannot
// be used with what to do about each. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "money/pence.hpp"

namespace purse {

// One line of the file that comes back.
struct ChallengeAnswer {
    std::uint64_t line = 0;
    std::int64_t challenge = 0;
    std::optional<Pence> accepted;  // none: all that is disputed
    std::string says;
};
// A line that cannot be used.
struct RefusedAnswer {
    std::uint64_t line = 0;
    std::string column;
    std::string value;
    std::string reason;
    std::string remedy;
};
struct ProviderAnswers {
    std::vector<ChallengeAnswer> answers;
    std::vector<RefusedAnswer> refused;
};
// Pure: columns challenge, answer (accept, part or decline), accepted_pounds (of part) and words. A
// file without the first two is a problem; a bad line is refused and the others are read. Lines
// without an answer are passed over: not every challenge is answered at once.
Result<ProviderAnswers> read_provider_answers(std::string text, const std::string& name);

}  // namespace purse
