#include "governance/challenge.hpp"

#include <algorithm>

#include "governance/names.hpp"

namespace purse {

namespace {

constexpr std::array<ValueName<ChallengeReason>, 6> challenge_reason_names = {{
    {ChallengeReason::not_my_patient, "not_my_patient", "not my patient"},
    {ChallengeReason::did_not_happen, "did_not_happen", "did not happen"},
    {ChallengeReason::wrong_hrg, "wrong_hrg", "wrong HRG"},
    {ChallengeReason::duplicate, "duplicate", "duplicate"},
    {ChallengeReason::wrong_date, "wrong_date", "wrong date"},
    {ChallengeReason::wrong_price, "wrong_price", "not our provider's price"},
}};

constexpr std::array<ValueName<ChallengeState>, 7> challenge_state_names = {{
    {ChallengeState::not_marked, "not_marked", "not marked"},
    {ChallengeState::marked, "marked", "waits for the commissioner"},
    {ChallengeState::with_provider, "with_provider", "waits for the provider"},
    {ChallengeState::provider_answered, "provider_answered", "provider has answered"},
    {ChallengeState::upheld, "upheld", "upheld"},
    {ChallengeState::rejected, "rejected", "rejected"},
    {ChallengeState::withdrawn, "withdrawn", "withdrawn"},
}};

constexpr std::array<StepName<ChallengeStep>, 6> challenge_step_names = {{
    {ChallengeStep::mark, "mark", "query_record", "mark it", false},
    {ChallengeStep::pass, "pass", "answer_query", "pass it to the provider", false},
    {ChallengeStep::provider_answer, "provider_answer", "answer_query",
     "put the provider's answer on record", true},
    {ChallengeStep::uphold, "uphold", "answer_query", "uphold it", false},
    {ChallengeStep::reject, "reject", "answer_query", "reject it", true},
    {ChallengeStep::withdraw, "withdraw", "query_record", "withdraw it", false},
}};

constexpr auto all_challenge_reasons = keys_of(challenge_reason_names);
constexpr auto all_challenge_states = keys_of(challenge_state_names);
constexpr auto all_challenge_steps = keys_of(challenge_step_names);

// The practice's people speak for it; those who hold the data and the money answer.
constexpr std::array answerers = {Role::commissioner_finance, Role::commissioner_information};

constexpr auto challenge_table = [] {
    using State = ChallengeState;
    using Step = ChallengeStep;
    return std::to_array<ChallengeTransition>({
        {State::not_marked, Step::mark, practice_roles, State::marked},

        {State::marked, Step::pass, answerers, State::with_provider},
        {State::marked, Step::uphold, answerers, State::upheld},
        {State::marked, Step::reject, answerers, State::rejected},
        {State::marked, Step::withdraw, practice_roles, State::withdrawn},

        {State::with_provider, Step::provider_answer, answerers, State::provider_answered},
        {State::with_provider, Step::uphold, answerers, State::upheld, true},
        {State::with_provider, Step::reject, answerers, State::rejected, true},
        {State::with_provider, Step::withdraw, practice_roles, State::withdrawn},

        {State::provider_answered, Step::pass, answerers, State::with_provider},
        {State::provider_answered, Step::uphold, answerers, State::upheld},
        {State::provider_answered, Step::reject, answerers, State::rejected},
        {State::provider_answered, Step::withdraw, practice_roles, State::withdrawn},
    });
}();

constexpr std::string_view overdue = " (once the provider's time is over)";

std::string what_may_be_done(ChallengeState state, Role role) {
    std::string may;
    for (const ChallengeTransition& row : challenge_table) {
        if (row.from != state || std::ranges::find(row.roles, role) == row.roles.end()) continue;
        may += (may.empty() ? "" : ", ") + std::string(in_words(row.step));
        if (row.when_overdue) may += overdue;
    }
    if (may.empty()) return "the " + std::string(in_words(role)) + " may do nothing with it now";
    return "the " + std::string(in_words(role)) + " may: " + may;
}

template <class Names>
auto parsed(const Names& names, std::string_view text, std::string_view what)
    -> Result<std::remove_cvref_t<decltype(names[0].key)>> {
    std::string code(text);
    std::ranges::replace(code, '-', '_');
    std::string known;
    for (const auto& name : names) {
        if (name.code == code) return name.key;
        known += (known.empty() ? "" : ", ") + std::string(name.code);
    }
    std::ranges::replace(known, '_', '-');
    return bad_input("'" + std::string(text) + "' is no " + std::string(what) + ": give one of " +
                     known);
}

}  // namespace

std::span<const ChallengeReason> challenge_reasons() { return all_challenge_reasons; }
std::span<const ChallengeState> challenge_states() { return all_challenge_states; }
std::span<const ChallengeStep> challenge_steps() { return all_challenge_steps; }
std::span<const ChallengeTransition> challenge_transitions() { return challenge_table; }

std::string_view to_text(ChallengeReason reason) {
    return named(challenge_reason_names, reason).code;
}
std::string_view to_text(ChallengeState state) { return named(challenge_state_names, state).code; }
std::string_view to_text(ChallengeStep step) { return named(challenge_step_names, step).code; }
std::string_view in_words(ChallengeReason reason) {
    return named(challenge_reason_names, reason).words;
}
std::string_view in_words(ChallengeState state) {
    return named(challenge_state_names, state).words;
}
std::string_view in_words(ChallengeStep step) { return named(challenge_step_names, step).words; }
std::string_view action_name(ChallengeStep step) {
    return named(challenge_step_names, step).action;
}

std::string_view in_words(ChallengeSide side) {
    constexpr std::array<std::string_view, 4> words = {"the practice", "the commissioner",
                                                       "the provider", "nobody"};
    return words.at(static_cast<std::size_t>(side));
}

Result<ChallengeReason> parse_challenge_reason(std::string_view text) {
    return parsed(challenge_reason_names, text, "reason of a challenge");
}
Result<ChallengeState> parse_challenge_state(std::string_view text) {
    return parsed(challenge_state_names, text, "state of a challenge");
}
Result<ChallengeStep> parse_challenge_step(std::string_view text) {
    return parsed(challenge_step_names, text, "step of a challenge");
}

ChallengeSide challenge_side_of(Role role) {
    if (is_of_a_practice(role)) return ChallengeSide::practice;
    const bool answers = std::ranges::find(answerers, role) != answerers.end();
    return answers ? ChallengeSide::commissioner : ChallengeSide::nobody;
}

bool needs_reasons(ChallengeStep step) { return named(challenge_step_names, step).needs_reasons; }

bool is_open(ChallengeState state) {
    return state == ChallengeState::marked || state == ChallengeState::with_provider ||
           state == ChallengeState::provider_answered;
}

Result<ChallengeTransition> transition_of(ChallengeState from, ChallengeStep step, Role role) {
    for (const ChallengeTransition& row : challenge_table) {
        if (row.from != from || row.step != step) continue;
        if (std::ranges::find(row.roles, role) != row.roles.end()) return row;
        return Problem{ProblemKind::forbidden, "the " + std::string(in_words(role)) + " may not " +
                                                   std::string(in_words(step)) +
                                                   ": it is for the " +
                                                   joined_roles(row.roles, " or the ")};
    }
    return conflict("the challenge stands at '" + std::string(in_words(from)) + "': nobody can " +
                    std::string(in_words(step)) + " now; " + what_may_be_done(from, role));
}

std::string challenge_transitions_as_markdown() {
    std::string table = "| at | step | who | then |\n|---|---|---|---|\n";
    for (const ChallengeTransition& row : challenge_table) {
        table += "| " + std::string(in_words(row.from)) + " | " + std::string(in_words(row.step)) +
                 (row.when_overdue ? std::string(overdue) : "") + " | " +
                 joined_roles(row.roles, ", ") + " | " + std::string(in_words(row.to)) + " |\n";
    }
    return table;
}

}  // namespace purse
