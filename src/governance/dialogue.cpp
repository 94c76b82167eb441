#include "governance/dialogue.hpp"

#include <algorithm>

#include "governance/names.hpp"

namespace purse {

namespace {

constexpr std::array<ValueName<DialogueState>, 10> dialogue_state_names = {{
    {DialogueState::nothing_shown, "nothing_shown", "nothing shown yet"},
    {DialogueState::data_shown, "data_shown", "data shown"},
    {DialogueState::commented, "commented", "comment waits for its answer"},
    {DialogueState::answered, "answered", "comment answered"},
    {DialogueState::offered, "offered", "offered"},
    {DialogueState::queried, "queried", "question on the offer waits for its answer"},
    {DialogueState::disagreed, "disagreed", "disagreed"},
    {DialogueState::referred, "referred", "referred"},
    {DialogueState::agreed, "agreed", "agreed"},
    {DialogueState::ruled, "ruled", "ruled"},
}};

constexpr std::array<StepName<DialogueStep>, 9> dialogue_step_names = {{
    {DialogueStep::show_data, "show_data", "show_budget_data", "show the data", false},
    {DialogueStep::comment, "comment", "comment_on_budget", "comment", true},
    {DialogueStep::answer, "answer", "answer_comment", "answer", true},
    {DialogueStep::offer, "offer", "offer_budget", "make an offer", false},
    {DialogueStep::agree, "agree", "agree_budget", "agree", false},
    {DialogueStep::disagree, "disagree", "disagree_with_budget", "disagree", true},
    {DialogueStep::refer, "refer", "refer_budget", "refer to the arbiter", true},
    {DialogueStep::rule, "rule", "rule_on_budget", "rule", true},
    {DialogueStep::reopen, "reopen", "reopen_budget", "reopen", true},
}};

constexpr auto all_dialogue_states = keys_of(dialogue_state_names);
constexpr auto all_dialogue_steps = keys_of(dialogue_step_names);

// Who does what. The practice's GP binds it; its manager speaks for it and does not bind it. The
// commissioner's information staff know the data, finance and the PbC lead commit its money.
constexpr std::array signatory = {Role::practice_gp};
constexpr std::array data_holders = {Role::commissioner_finance, Role::commissioner_information,
                                     Role::commissioner_pbc_lead};
constexpr std::array offerers = {Role::commissioner_finance, Role::commissioner_pbc_lead};
constexpr std::array either_side = {Role::practice_gp, Role::practice_manager,
                                    Role::commissioner_pbc_lead};
constexpr std::array signatories = {Role::practice_gp, Role::commissioner_pbc_lead};
constexpr std::array arbiter = {Role::arbiter};

constexpr auto dialogue_table = [] {
    using State = DialogueState;
    using Step = DialogueStep;
    return std::to_array<DialogueTransition>({
        {State::nothing_shown, Step::show_data, data_holders, State::data_shown},
        {State::nothing_shown, Step::refer, practice_roles, State::referred, true},

        {State::data_shown, Step::show_data, data_holders, State::data_shown},
        {State::data_shown, Step::comment, practice_roles, State::commented},
        {State::data_shown, Step::offer, offerers, State::offered},
        {State::data_shown, Step::refer, practice_roles, State::referred, true},

        {State::commented, Step::comment, practice_roles, State::commented},
        {State::commented, Step::answer, data_holders, State::answered},
        {State::commented, Step::refer, practice_roles, State::referred, true},

        {State::answered, Step::show_data, data_holders, State::data_shown},
        {State::answered, Step::comment, practice_roles, State::commented},
        {State::answered, Step::offer, offerers, State::offered},
        {State::answered, Step::refer, practice_roles, State::referred, true},

        {State::offered, Step::comment, practice_roles, State::queried},
        {State::offered, Step::offer, offerers, State::offered},
        {State::offered, Step::agree, signatory, State::agreed},
        {State::offered, Step::disagree, practice_roles, State::disagreed},
        {State::offered, Step::refer, either_side, State::referred, true},

        {State::queried, Step::comment, practice_roles, State::queried},
        {State::queried, Step::answer, data_holders, State::offered},
        {State::queried, Step::agree, signatory, State::agreed},
        {State::queried, Step::disagree, practice_roles, State::disagreed},
        {State::queried, Step::refer, practice_roles, State::referred, true},

        {State::disagreed, Step::offer, offerers, State::offered},
        {State::disagreed, Step::agree, signatory, State::agreed},
        {State::disagreed, Step::refer, either_side, State::referred},

        {State::referred, Step::rule, arbiter, State::ruled},

        {State::agreed, Step::reopen, signatories, State::nothing_shown},
        {State::ruled, Step::reopen, arbiter, State::nothing_shown},
    });
}();

// "; now the practice GP may comment, the practice GP may agree"
std::string what_may_be_done(DialogueState state, Role role) {
    std::string may;
    for (const DialogueTransition& row : dialogue_table) {
        if (row.from != state || std::ranges::find(row.roles, role) == row.roles.end()) continue;
        may += (may.empty() ? "" : ", ") + std::string(in_words(row.step)) +
               (row.when_overdue ? " (once the date for agreement has passed)" : "");
    }
    if (may.empty()) return "at this point the " + std::string(in_words(role)) + " may do nothing";
    return "at this point the " + std::string(in_words(role)) + " may: " + may;
}

}  // namespace

std::span<const DialogueState> dialogue_states() { return all_dialogue_states; }
std::span<const DialogueStep> dialogue_steps() { return all_dialogue_steps; }
std::span<const DialogueTransition> dialogue_transitions() { return dialogue_table; }

std::string_view to_text(DialogueState state) { return named(dialogue_state_names, state).code; }
std::string_view to_text(DialogueStep step) { return named(dialogue_step_names, step).code; }
std::string_view action_name(DialogueStep step) { return named(dialogue_step_names, step).action; }
std::string_view in_words(DialogueState state) { return named(dialogue_state_names, state).words; }
std::string_view in_words(DialogueStep step) { return named(dialogue_step_names, step).words; }

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
bool needs_reasons(DialogueStep step) { return named(dialogue_step_names, step).needs_reasons; }
bool is_frozen(DialogueState state) {
    return state == DialogueState::agreed || state == DialogueState::ruled;
}

Result<DialogueStep> parse_dialogue_step(std::string_view text) {
    for (const auto& name : dialogue_step_names) {
        if (name.code == text) return name.key;
    }
    return bad_input("'" + std::string(text) + "' is no step of the dialogue");
}

Result<DialogueTransition> transition_of(DialogueState from, DialogueStep step, Role role) {
    for (const DialogueTransition& row : dialogue_table) {
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
    for (const DialogueTransition& row : dialogue_table) {
        table += "| " + std::string(in_words(row.from)) + " | " + std::string(in_words(row.step)) +
                 (row.when_overdue ? " (once the date for agreement has passed)" : "") + " | " +
                 joined_roles(row.roles, ", ") + " | " + std::string(in_words(row.to)) + " |\n";
    }
    return table;
}

}  // namespace purse
