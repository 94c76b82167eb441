#include "governance/challenge.hpp"

#include <algorithm>
#include <array>

namespace purse {

namespace {

using Reason = ChallengeReason;
using State = ChallengeState;
using Step = ChallengeStep;

struct ReasonName {
    Reason key;
    std::string_view code;
    std::string_view words;
};
constexpr std::array<ReasonName, 6> reason_names = {{
    {Reason::not_my_patient, "not_my_patient", "not my patient"},
    {Reason::did_not_happen, "did_not_happen", "did not happen"},
    {Reason::wrong_hrg, "wrong_hrg", "wrong HRG"},
    {Reason::duplicate, "duplicate", "duplicate"},
    {Reason::wrong_date, "wrong_date", "wrong date"},
    {Reason::wrong_price, "wrong_price", "not our provider's price"},
}};

struct StateName {
    State key;
    std::string_view code;
    std::string_view words;
};
constexpr std::array<StateName, 7> state_names = {{
    {State::not_marked, "not_marked", "not marked"},
    {State::marked, "marked", "waits for the commissioner"},
    {State::with_provider, "with_provider", "waits for the provider"},
    {State::provider_answered, "provider_answered", "provider has answered"},
    {State::upheld, "upheld", "upheld"},
    {State::rejected, "rejected", "rejected"},
    {State::withdrawn, "withdrawn", "withdrawn"},
}};

struct StepName {
    Step key;
    std::string_view code;
    std::string_view action;
    std::string_view words;
    bool needs_reasons;
};
constexpr std::array<StepName, 6> step_names = {{
    {Step::mark, "mark", "query_record", "mark it", false},
    {Step::pass, "pass", "answer_query", "pass it to the provider", false},
    {Step::provider_answer, "provider_answer", "answer_query",
     "put the provider's answer on record", true},
    {Step::uphold, "uphold", "answer_query", "uphold it", false},
    {Step::reject, "reject", "answer_query", "reject it", true},
    {Step::withdraw, "withdraw", "query_record", "withdraw it", false},
}};

template <class Names>
constexpr auto keys_of(const Names& names) {
    std::array<std::remove_cvref_t<decltype(names[0].key)>, std::tuple_size_v<Names>> keys{};
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = names[i].key;
    return keys;
}
constexpr auto all_reasons = keys_of(reason_names);
constexpr auto all_states = keys_of(state_names);
constexpr auto all_steps = keys_of(step_names);

template <class Names, class Key>
const auto& named(const Names& names, Key key) {
    return names.at(static_cast<std::size_t>(key));
}

// The practice's people speak for it; those who hold the data and the money answer.
constexpr std::array practice = {Role::practice_gp, Role::practice_manager};
constexpr std::array answerers = {Role::commissioner_finance, Role::commissioner_information};

constexpr auto transitions = std::to_array<ChallengeTransition>({
    {State::not_marked, Step::mark, practice, State::marked},

    {State::marked, Step::pass, answerers, State::with_provider},
    {State::marked, Step::uphold, answerers, State::upheld},
    {State::marked, Step::reject, answerers, State::rejected},
    {State::marked, Step::withdraw, practice, State::withdrawn},

    {State::with_provider, Step::provider_answer, answerers, State::provider_answered},
    {State::with_provider, Step::uphold, answerers, State::upheld, true},
    {State::with_provider, Step::reject, answerers, State::rejected, true},
    {State::with_provider, Step::withdraw, practice, State::withdrawn},

    {State::provider_answered, Step::pass, answerers, State::with_provider},
    {State::provider_answered, Step::uphold, answerers, State::upheld},
    {State::provider_answered, Step::reject, answerers, State::rejected},
    {State::provider_answered, Step::withdraw, practice, State::withdrawn},
});

constexpr std::string_view overdue = " (once the provider's time is over)";

std::string joined_roles(std::span<const Role> roles, std::string_view last) {
    std::string list;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (i > 0) list += i + 1 == roles.size() ? last : ", ";
        list += in_words(roles[i]);
    }
    return list;
}

std::string what_may_be_done(State state, Role role) {
    std::string may;
    for (const ChallengeTransition& row : transitions) {
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

std::span<const Reason> challenge_reasons() { return all_reasons; }
std::span<const State> challenge_states() { return all_states; }
std::span<const Step> challenge_steps() { return all_steps; }
std::span<const ChallengeTransition> challenge_transitions() { return transitions; }

std::string_view to_text(Reason reason) { return named(reason_names, reason).code; }
std::string_view to_text(State state) { return named(state_names, state).code; }
std::string_view to_text(Step step) { return named(step_names, step).code; }
std::string_view in_words(Reason reason) { return named(reason_names, reason).words; }
std::string_view in_words(State state) { return named(state_names, state).words; }
std::string_view in_words(Step step) { return named(step_names, step).words; }
std::string_view action_name(Step step) { return named(step_names, step).action; }

std::string_view in_words(ChallengeSide side) {
    constexpr std::array<std::string_view, 4> words = {"the practice", "the commissioner",
                                                       "the provider", "nobody"};
    return words.at(static_cast<std::size_t>(side));
}

Result<Reason> parse_challenge_reason(std::string_view text) {
    return parsed(reason_names, text, "reason of a challenge");
}
Result<State> parse_challenge_state(std::string_view text) {
    return parsed(state_names, text, "state of a challenge");
}
Result<Step> parse_challenge_step(std::string_view text) {
    return parsed(step_names, text, "step of a challenge");
}

ChallengeSide challenge_side_of(Role role) {
    if (is_of_a_practice(role)) return ChallengeSide::practice;
    const bool answers = std::ranges::find(answerers, role) != answerers.end();
    return answers ? ChallengeSide::commissioner : ChallengeSide::nobody;
}

bool needs_reasons(Step step) { return named(step_names, step).needs_reasons; }

bool is_open(State state) {
    return state == State::marked || state == State::with_provider ||
           state == State::provider_answered;
}

Result<ChallengeTransition> transition_of(State from, Step step, Role role) {
    for (const ChallengeTransition& row : transitions) {
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
    for (const ChallengeTransition& row : transitions) {
        table += "| " + std::string(in_words(row.from)) + " | " + std::string(in_words(row.step)) +
                 (row.when_overdue ? std::string(overdue) : "") + " | " +
                 joined_roles(row.roles, ", ") + " | " + std::string(in_words(row.to)) + " |\n";
    }
    return table;
}

}  // namespace purse
