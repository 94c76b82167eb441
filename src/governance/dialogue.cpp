#include "governance/dialogue.hpp"

#include <algorithm>
#include <array>

namespace purse {

namespace {

using State = DialogueState;
using Step = DialogueStep;

struct StateName {
    State state;
    std::string_view code;
    std::string_view words;
};
constexpr std::array<StateName, 10> state_names = {{
    {State::nothing_shown, "nothing_shown", "nothing shown yet"},
    {State::data_shown, "data_shown", "data shown"},
    {State::commented, "commented", "comment waits for its answer"},
    {State::answered, "answered", "comment answered"},
    {State::offered, "offered", "offered"},
    {State::queried, "queried", "question on the offer waits for its answer"},
    {State::disagreed, "disagreed", "disagreed"},
    {State::referred, "referred", "referred"},
    {State::agreed, "agreed", "agreed"},
    {State::ruled, "ruled", "ruled"},
}};

struct StepName {
    Step step;
    std::string_view code;
    std::string_view action;
    std::string_view words;
    bool needs_reasons;
};
constexpr std::array<StepName, 9> step_names = {{
    {Step::show_data, "show_data", "show_budget_data", "show the data", false},
    {Step::comment, "comment", "comment_on_budget", "comment", true},
    {Step::answer, "answer", "answer_comment", "answer", true},
    {Step::offer, "offer", "offer_budget", "make an offer", false},
    {Step::agree, "agree", "agree_budget", "agree", false},
    {Step::disagree, "disagree", "disagree_with_budget", "disagree", true},
    {Step::refer, "refer", "refer_budget", "refer to the arbiter", true},
    {Step::rule, "rule", "rule_on_budget", "rule", true},
    {Step::reopen, "reopen", "reopen_budget", "reopen", true},
}};

template <class Names, class Key>
const auto& named(const Names& names, Key key) {
    const auto& name = names.at(static_cast<std::size_t>(key));
    return name;
}

template <class Names, class Member>
constexpr auto keys_of(const Names& names, Member member) {
    std::array<std::remove_cvref_t<decltype(names[0].*member)>, std::tuple_size_v<Names>> keys{};
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = names[i].*member;
    return keys;
}
constexpr auto all_states = keys_of(state_names, &StateName::state);
constexpr auto all_steps = keys_of(step_names, &StepName::step);

// Who does what. The practice's GP binds it; its manager speaks for it and does not bind it. The
// commissioner's information staff know the data, finance and the PbC lead commit its money.
constexpr std::array practice = {Role::practice_gp, Role::practice_manager};
constexpr std::array signatory = {Role::practice_gp};
constexpr std::array data_holders = {Role::commissioner_finance, Role::commissioner_information,
                                     Role::commissioner_pbc_lead};
constexpr std::array offerers = {Role::commissioner_finance, Role::commissioner_pbc_lead};
constexpr std::array either_side = {Role::practice_gp, Role::practice_manager,
                                    Role::commissioner_pbc_lead};
constexpr std::array signatories = {Role::practice_gp, Role::commissioner_pbc_lead};
constexpr std::array arbiter = {Role::arbiter};

constexpr auto transitions = std::to_array<DialogueTransition>({
    {State::nothing_shown, Step::show_data, data_holders, State::data_shown},
    {State::nothing_shown, Step::refer, practice, State::referred, true},

    {State::data_shown, Step::show_data, data_holders, State::data_shown},
    {State::data_shown, Step::comment, practice, State::commented},
    {State::data_shown, Step::offer, offerers, State::offered},
    {State::data_shown, Step::refer, practice, State::referred, true},

    {State::commented, Step::comment, practice, State::commented},
    {State::commented, Step::answer, data_holders, State::answered},
    {State::commented, Step::refer, practice, State::referred, true},

    {State::answered, Step::show_data, data_holders, State::data_shown},
    {State::answered, Step::comment, practice, State::commented},
    {State::answered, Step::offer, offerers, State::offered},
    {State::answered, Step::refer, practice, State::referred, true},

    {State::offered, Step::comment, practice, State::queried},
    {State::offered, Step::offer, offerers, State::offered},
    {State::offered, Step::agree, signatory, State::agreed},
    {State::offered, Step::disagree, practice, State::disagreed},
    {State::offered, Step::refer, either_side, State::referred, true},

    {State::queried, Step::comment, practice, State::queried},
    {State::queried, Step::answer, data_holders, State::offered},
    {State::queried, Step::agree, signatory, State::agreed},
    {State::queried, Step::disagree, practice, State::disagreed},
    {State::queried, Step::refer, practice, State::referred, true},

    {State::disagreed, Step::offer, offerers, State::offered},
    {State::disagreed, Step::agree, signatory, State::agreed},
    {State::disagreed, Step::refer, either_side, State::referred},

    {State::referred, Step::rule, arbiter, State::ruled},

    {State::agreed, Step::reopen, signatories, State::nothing_shown},
    {State::ruled, Step::reopen, arbiter, State::nothing_shown},
});

std::string joined_roles(std::span<const Role> roles, std::string_view last) {
    std::string list;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (i > 0) list += i + 1 == roles.size() ? last : ", ";
        list += in_words(roles[i]);
    }
    return list;
}

// "; now the practice GP may comment, the practice GP may agree"
std::string what_may_be_done(State state, Role role) {
    std::string may;
    for (const DialogueTransition& row : transitions) {
        if (row.from != state || std::ranges::find(row.roles, role) == row.roles.end()) continue;
        may += (may.empty() ? "" : ", ") + std::string(in_words(row.step)) +
               (row.when_overdue ? " (once the date for agreement has passed)" : "");
    }
    if (may.empty()) return "at this point the " + std::string(in_words(role)) + " may do nothing";
    return "at this point the " + std::string(in_words(role)) + " may: " + may;
}

}  // namespace

std::span<const State> dialogue_states() { return all_states; }
std::span<const Step> dialogue_steps() { return all_steps; }
std::span<const DialogueTransition> dialogue_transitions() { return transitions; }

std::string_view to_text(State state) { return named(state_names, state).code; }
std::string_view to_text(Step step) { return named(step_names, step).code; }
std::string_view action_name(Step step) { return named(step_names, step).action; }
std::string_view in_words(State state) { return named(state_names, state).words; }
std::string_view in_words(Step step) { return named(step_names, step).words; }

std::string_view in_words(DialogueSide side) {
    constexpr std::array<std::string_view, 4> words = {"the practice", "the commissioner",
                                                       "the arbiter", "a reader"};
    return words.at(static_cast<std::size_t>(side));
}

DialogueSide side_of(Role role) {
    switch (role) {
        case Role::practice_gp:
        case Role::practice_manager:
            return DialogueSide::practice;
        case Role::commissioner_finance:
        case Role::commissioner_information:
        case Role::commissioner_pbc_lead:
            return DialogueSide::commissioner;
        case Role::arbiter:
            return DialogueSide::arbiter;
        case Role::panel_member:
        case Role::auditor:
        case Role::analyst:
        case Role::administrator:
            break;
    }
    return DialogueSide::reader;
}
bool needs_reasons(Step step) { return named(step_names, step).needs_reasons; }
bool is_frozen(State state) { return state == State::agreed || state == State::ruled; }

Result<Step> parse_dialogue_step(std::string_view text) {
    for (const StepName& name : step_names) {
        if (name.code == text) return name.step;
    }
    return bad_input("'" + std::string(text) + "' is no step of the dialogue");
}

Result<DialogueTransition> transition_of(State from, Step step, Role role) {
    for (const DialogueTransition& row : transitions) {
        if (row.from != from || row.step != step) continue;
        if (std::ranges::find(row.roles, role) != row.roles.end()) return row;
        return Problem{ProblemKind::forbidden, "the " + std::string(in_words(role)) + " may not " +
                                                   std::string(in_words(step)) +
                                                   " here: it is for the " +
                                                   joined_roles(row.roles, " or the ")};
    }
    return conflict("the dialogue stands at '" + std::string(in_words(from)) + "': nobody can " +
                    std::string(in_words(step)) + " now; " + what_may_be_done(from, role));
}

std::string transitions_as_markdown() {
    std::string table = "| at | step | who | then |\n|---|---|---|---|\n";
    for (const DialogueTransition& row : transitions) {
        table += "| " + std::string(in_words(row.from)) + " | " + std::string(in_words(row.step)) +
                 (row.when_overdue ? " (once the date for agreement has passed)" : "") + " | " +
                 joined_roles(row.roles, ", ") + " | " + std::string(in_words(row.to)) + " |\n";
    }
    return table;
}

}  // namespace purse
