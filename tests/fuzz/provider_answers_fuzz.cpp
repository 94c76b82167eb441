// Any bytes are read as a provider's answers without a crash: refused whole, or every line with an
// answer taken or refused with what to do about it.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "base/check.hpp"
#include "desk/provider_answers_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = purse::read_provider_answers(text, "fuzz.csv");
    if (!read) {
        CHECK(!read.problem().says.empty());
        return 0;
    }
    std::set<std::int64_t> seen;
    for (const purse::ChallengeAnswer& answer : read->answers) {
        CHECK(answer.challenge > 0 && answer.line > 0 && !answer.says.empty());
        CHECK(!answer.accepted || *answer.accepted >= purse::Pence(0));
        CHECK(seen.insert(answer.challenge).second);
    }
    for (const purse::RefusedAnswer& one : read->refused) {
        CHECK(one.line > 0 && !one.column.empty() && !one.reason.empty() && !one.remedy.empty());
    }
    return 0;
}
