#include "desk/verifying_challenges.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "register/challenges.hpp"

namespace purse {

namespace {

constexpr std::string_view restore = "restore the register from a backup";

std::string fault_of(const Challenge& challenge, const std::vector<Correction>& corrections) {
    if (challenge.events.empty()) return fmt::format("has no event: {}", restore);
    if (const auto whole = check_chain(challenge.events); !whole) return whole.problem().says;
    const ChallengeEvent& mark = challenge.events.front();
    if (mark.subject != digest_of(challenge.what) || mark.amount != challenge.what.disputed()) {
        return fmt::format("what is challenged is not as it was marked: {}", restore);
    }
    std::vector<Correction> expected;
    if (challenge.position().state == ChallengeState::upheld) {
        expected = corrections_of(challenge.what, challenge.events.back());
    }
    if (expected == corrections) return "";
    return fmt::format("its correcting record is not as it was upheld: {}", restore);
}

// Numbers of all challenges run on: a gap is an event that was taken away.
std::string fault_of_numbers(const std::vector<Challenge>& challenges) {
    std::vector<std::int64_t> numbers;
    for (const Challenge& challenge : challenges) {
        for (const ChallengeEvent& event : challenge.events) numbers.push_back(event.number);
    }
    std::ranges::sort(numbers);
    std::int64_t expected = 0;
    for (const std::int64_t number : numbers) {
        if (number != ++expected) return fmt::format("event {} is missing: {}", expected, restore);
    }
    expected = 0;
    for (const Challenge& challenge : challenges) {
        if (challenge.number != ++expected) {
            return fmt::format("challenge {} is missing: {}", expected, restore);
        }
    }
    return "";
}

}  // namespace

std::vector<Verification::Check> check_challenges(const Site& site) {
    std::vector<Verification::Check> checks;
    const auto challenges = site.decisions().challenges();
    if (challenges.empty()) return checks;
    const std::string gap = fault_of_numbers(challenges);
    checks.push_back(
        {.what = "challenges: every event is there", .good = gap.empty(), .says = gap});
    std::map<std::int64_t, std::vector<Correction>> corrections;
    for (Correction& one : site.decisions().corrections()) {
        corrections[one.challenge].push_back(std::move(one));
    }
    std::size_t good = 0;
    for (const Challenge& challenge : challenges) {
        const std::string fault = fault_of(challenge, corrections[challenge.number]);
        if (fault.empty()) {
            ++good;
            continue;
        }
        checks.push_back(
            {.what = fmt::format("challenge {}", challenge.number), .good = false, .says = fault});
    }
    checks.push_back({.what = fmt::format("{} challenges: chained, by the table, corrected as "
                                          "upheld",
                                          good),
                      .good = true,
                      .says = ""});
    return checks;
}

}  // namespace purse
