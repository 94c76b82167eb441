// The state machine of the dialogue, walked whole: every state, step and role.
#include "governance/dialogue.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "base/digest.hpp"
#include "governance/dialogue_event.hpp"

namespace purse {
namespace {

using State = DialogueState;
using Step = DialogueStep;
using Role = DialogueRole;

// What the table is meant to allow, written a second time and in another form: "role letters that
// may take the step, then the state". G practice GP, M practice manager, F commissioner's finance,
// I information, L PbC lead, A arbiter; '!' once overdue only.
const std::map<std::pair<State, Step>, std::pair<std::string, State>> meant = {
    {{State::nothing_shown, Step::show_data}, {"FIL", State::data_shown}},
    {{State::nothing_shown, Step::refer}, {"GM!", State::referred}},
    {{State::data_shown, Step::show_data}, {"FIL", State::data_shown}},
    {{State::data_shown, Step::comment}, {"GM", State::commented}},
    {{State::data_shown, Step::offer}, {"FL", State::offered}},
    {{State::data_shown, Step::refer}, {"GM!", State::referred}},
    {{State::commented, Step::comment}, {"GM", State::commented}},
    {{State::commented, Step::answer}, {"FIL", State::answered}},
    {{State::commented, Step::refer}, {"GM!", State::referred}},
    {{State::answered, Step::show_data}, {"FIL", State::data_shown}},
    {{State::answered, Step::comment}, {"GM", State::commented}},
    {{State::answered, Step::offer}, {"FL", State::offered}},
    {{State::answered, Step::refer}, {"GM!", State::referred}},
    {{State::offered, Step::comment}, {"GM", State::queried}},
    {{State::offered, Step::offer}, {"FL", State::offered}},
    {{State::offered, Step::agree}, {"G", State::agreed}},
    {{State::offered, Step::disagree}, {"GM", State::disagreed}},
    {{State::offered, Step::refer}, {"GML!", State::referred}},
    {{State::queried, Step::comment}, {"GM", State::queried}},
    {{State::queried, Step::answer}, {"FIL", State::offered}},
    {{State::queried, Step::agree}, {"G", State::agreed}},
    {{State::queried, Step::disagree}, {"GM", State::disagreed}},
    {{State::queried, Step::refer}, {"GM!", State::referred}},
    {{State::disagreed, Step::offer}, {"FL", State::offered}},
    {{State::disagreed, Step::agree}, {"G", State::agreed}},
    {{State::disagreed, Step::refer}, {"GML", State::referred}},
    {{State::referred, Step::rule}, {"A", State::ruled}},
    {{State::agreed, Step::reopen}, {"GL", State::nothing_shown}},
    {{State::ruled, Step::reopen}, {"A", State::nothing_shown}},
};

char letter_of(Role role) {
    constexpr std::string_view letters = "GMFIL.A...";
    return letters.at(static_cast<std::size_t>(role));
}

bool is_meant(State state, Step step, Role role) {
    const auto found = meant.find({state, step});
    const char letter = letter_of(role);
    return found != meant.end() && letter != '.' &&
           found->second.first.find(letter) != std::string::npos;
}

const DialogueDates dates = {Date::of(2026, 1, 31), Date::of(2026, 3, 31), Date::of(2026, 5, 1),
                             Date::of(2026, 6, 30)};

DialogueAct act_of(Step step, Role role) {
    DialogueAct act;
    act.practice = PracticeCode("X90001");
    act.year = FinancialYear(2026);
    act.step = step;
    act.role = role;
    act.author = "somebody as " + std::string(to_text(role));
    act.at = "2026-04-20T09:00:00Z";
    act.says = "words";
    act.dates = dates;
    return act;
}

// An act that only the table, a date or a history could refuse.
DialogueAct whole_act(Step step, Role role, std::span<const DialogueEvent> events) {
    DialogueAct act = act_of(step, role);
    if (step == Step::show_data) act.on_table = digest_of("data " + std::to_string(events.size()));
    if (step == Step::offer || step == Step::rule) {
        act.draft = digest_of("draft " + std::to_string(events.size()));
        act.on_table = digest_of("offer " + std::to_string(events.size()));
    }
    if (step == Step::agree) act.on_table = position_of(events).on_table;
    return act;
}

using Path = std::vector<std::pair<Step, Role>>;
const Path to_data = {{Step::show_data, Role::commissioner_information}};
const Path to_offer = {{Step::show_data, Role::commissioner_information},
                       {Step::offer, Role::commissioner_finance}};

Path then(Path path, const Path& more) {
    path.insert(path.end(), more.begin(), more.end());
    return path;
}

const std::map<State, Path> paths = {
    {State::nothing_shown, {}},
    {State::data_shown, to_data},
    {State::commented, then(to_data, {{Step::comment, Role::practice_manager}})},
    {State::answered, then(to_data, {{Step::comment, Role::practice_manager},
                                     {Step::answer, Role::commissioner_information}})},
    {State::offered, to_offer},
    {State::queried, then(to_offer, {{Step::comment, Role::practice_gp}})},
    {State::disagreed, then(to_offer, {{Step::disagree, Role::practice_gp}})},
    {State::referred,
     then(to_offer, {{Step::disagree, Role::practice_gp}, {Step::refer, Role::practice_gp}})},
    {State::agreed, then(to_offer, {{Step::agree, Role::practice_gp}})},
    {State::ruled, then(to_offer, {{Step::disagree, Role::practice_gp},
                                   {Step::refer, Role::practice_gp},
                                   {Step::rule, Role::arbiter}})},
};

std::vector<DialogueEvent> walked(const Path& path) {
    std::vector<DialogueEvent> events;
    for (const auto& [step, role] : path) {
        auto event = next_event(events, whole_act(step, role, events),
                                static_cast<std::int64_t>(events.size()) + 1);
        if (!event) throw std::runtime_error(event.problem().says);
        events.push_back(*event);
    }
    return events;
}

TEST(DialogueTable, allows_what_is_meant_and_nothing_else) {
    int allowed = 0;
    for (const State state : dialogue_states()) {
        for (const Step step : dialogue_steps()) {
            for (const Role role : roles()) {
                const auto row = transition_of(state, step, role);
                EXPECT_EQ(row.ok(), is_meant(state, step, role))
                    << to_text(state) << " " << to_text(step) << " " << to_text(role);
                if (!row) continue;
                ++allowed;
                const auto& [letters, to] = meant.at({state, step});
                EXPECT_EQ(row->to, to) << to_text(state) << " " << to_text(step);
                EXPECT_EQ(row->when_overdue, letters.ends_with('!'));
            }
        }
    }
    EXPECT_EQ(allowed, 60);
    EXPECT_EQ(dialogue_transitions().size(), meant.size());
}

TEST(DialogueTable, has_no_two_rows_for_a_state_and_step) {
    std::set<std::pair<State, Step>> seen;
    for (const DialogueTransition& row : dialogue_transitions()) {
        EXPECT_TRUE(seen.insert({row.from, row.step}).second)
            << to_text(row.from) << " " << to_text(row.step);
        EXPECT_FALSE(row.roles.empty());
    }
}

TEST(DialogueTable, lets_nobody_agree_for_the_other_side_and_only_the_arbiter_rule) {
    for (const DialogueTransition& row : dialogue_transitions()) {
        for (const Role role : row.roles) {
            if (row.step == Step::agree || row.step == Step::disagree ||
                row.step == Step::comment) {
                EXPECT_EQ(side_of(role), DialogueSide::practice);
            }
            if (row.step == Step::offer || row.step == Step::answer ||
                row.step == Step::show_data) {
                EXPECT_EQ(side_of(role), DialogueSide::commissioner);
            }
            if (row.step == Step::rule) {
                EXPECT_EQ(side_of(role), DialogueSide::arbiter);
            }
            EXPECT_NE(side_of(role), DialogueSide::reader);
        }
    }
}

// The same walk with real events: what is not in the table makes no event.
TEST(DialogueEvents, are_made_of_what_the_table_allows_at_every_state_for_every_role) {
    for (const State state : dialogue_states()) {
        const auto events = walked(paths.at(state));
        ASSERT_EQ(position_of(events).state, state);
        for (const Step step : dialogue_steps()) {
            for (const Role role : roles()) {
                DialogueAct act = whole_act(step, role, events);
                act.at = "2026-05-02T09:00:00Z";
                const auto event = next_event(events, act, 99);
                EXPECT_EQ(event.ok(), is_meant(state, step, role))
                    << to_text(state) << " " << to_text(step) << " " << to_text(role)
                    << (event ? "" : event.problem().says);
                if (!event) {
                    EXPECT_FALSE(event.problem().says.empty());
                }
            }
        }
    }
}

TEST(DialogueEvents, leave_no_state_without_a_way_on) {
    for (const State state : dialogue_states()) {
        bool any = false;
        for (const DialogueTransition& row : dialogue_transitions()) any |= row.from == state;
        EXPECT_TRUE(any) << to_text(state);
    }
}

TEST(DialogueEvents, refer_what_is_overdue_and_not_before) {
    const auto events = walked(to_offer);
    DialogueAct act = whole_act(Step::refer, Role::commissioner_pbc_lead, events);
    act.at = "2026-05-01T23:59:59Z";
    const auto early = next_event(events, act, 9);
    ASSERT_FALSE(early.ok());
    EXPECT_EQ(early.problem().kind, ProblemKind::conflict);
    EXPECT_NE(early.problem().says.find("1 May 2026"), std::string::npos);
    act.at = "2026-05-02T00:00:00Z";
    EXPECT_TRUE(next_event(events, act, 9).ok());
}

TEST(DialogueEvents, say_why_where_the_step_needs_it) {
    const std::map<Step, State> from = {
        {Step::comment, State::data_shown}, {Step::answer, State::commented},
        {Step::disagree, State::offered},   {Step::refer, State::disagreed},
        {Step::rule, State::referred},      {Step::reopen, State::agreed}};
    for (const Step step : dialogue_steps()) {
        EXPECT_EQ(needs_reasons(step), from.contains(step)) << to_text(step);
        if (!from.contains(step)) continue;
        const auto events = walked(paths.at(from.at(step)));
        for (const Role role : roles()) {
            if (!is_meant(from.at(step), step, role)) continue;
            DialogueAct act = whole_act(step, role, events);
            EXPECT_TRUE(next_event(events, act, 9).ok()) << to_text(step);
            act.says = " \n\t";
            ASSERT_FALSE(next_event(events, act, 9).ok()) << to_text(step);
            EXPECT_EQ(next_event(events, act, 9).problem().kind, ProblemKind::bad_input);
        }
    }
    const auto events = walked(to_data);
    DialogueAct nameless = whole_act(Step::comment, Role::practice_gp, events);
    nameless.author = " ";
    EXPECT_FALSE(next_event(events, nameless, 9).ok());
}

TEST(DialogueEvents, agree_to_the_offer_on_the_table_and_to_no_other) {
    auto events = walked(to_offer);
    const std::string first = position_of(events).on_table;
    const auto revised =
        next_event(events, whole_act(Step::offer, Role::commissioner_pbc_lead, events), 3);
    events.push_back(*revised);
    DialogueAct act = whole_act(Step::agree, Role::practice_gp, events);
    EXPECT_TRUE(next_event(events, act, 4).ok());
    act.on_table = first;
    const auto stale = next_event(events, act, 4);
    ASSERT_FALSE(stale.ok());
    EXPECT_EQ(stale.problem().kind, ProblemKind::conflict);
    EXPECT_NE(stale.problem().says.find(revised->on_table.substr(0, 12)), std::string::npos);
    act.on_table = "";
    EXPECT_EQ(next_event(events, act, 4).problem().kind, ProblemKind::bad_input);
}

TEST(DialogueEvents, do_not_follow_a_step_that_the_actor_has_not_seen) {
    auto events = walked(to_data);
    DialogueAct act = whole_act(Step::comment, Role::practice_gp, events);
    act.after = events.back().hash;
    EXPECT_TRUE(next_event(events, act, 2).ok());
    events.push_back(*next_event(events, whole_act(Step::comment, Role::practice_gp, events), 2));
    const auto late = next_event(events, act, 3);
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.problem().kind, ProblemKind::conflict);
}

TEST(DialogueEvents, are_of_a_person_who_speaks_for_one_side_only) {
    const auto offered = walked(to_offer);
    DialogueAct agree = whole_act(Step::agree, Role::practice_gp, offered);
    agree.author = "Somebody as  commissioner_FINANCE";
    ASSERT_FALSE(next_event(offered, agree, 3).ok());
    EXPECT_EQ(next_event(offered, agree, 3).problem().kind, ProblemKind::forbidden);
    const auto referred = walked(paths.at(State::referred));
    DialogueAct rule = whole_act(Step::rule, Role::arbiter, referred);
    rule.author = "somebody as practice_gp";
    EXPECT_FALSE(next_event(referred, rule, 5).ok());
}

TEST(DialogueEvents, offer_a_draft_and_not_the_same_again) {
    auto events = walked(to_data);
    DialogueAct offer = whole_act(Step::offer, Role::commissioner_finance, events);
    DialogueAct without = offer;
    without.draft.clear();
    EXPECT_FALSE(next_event(events, without, 2).ok());
    without = offer;
    without.on_table.clear();
    EXPECT_FALSE(next_event(events, without, 2).ok());
    events.push_back(*next_event(events, offer, 2));
    const auto again = next_event(events, offer, 3);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.problem().kind, ProblemKind::conflict);
}

TEST(DialogueEvents, rule_for_the_offer_on_the_table_or_for_a_draft_with_its_figures) {
    const auto events = walked(paths.at(State::referred));
    DialogueAct rule = act_of(Step::rule, Role::arbiter);
    const auto for_the_offer = next_event(events, rule, 5);
    ASSERT_TRUE(for_the_offer.ok());
    EXPECT_EQ(for_the_offer->on_table, position_of(events).on_table);
    EXPECT_EQ(for_the_offer->draft, position_of(events).draft);
    rule.draft = digest_of("arbiter's");
    EXPECT_FALSE(next_event(events, rule, 5).ok());
    rule.on_table = digest_of("arbiter's offer");
    EXPECT_EQ(next_event(events, rule, 5)->draft, rule.draft);
}

TEST(DialogueEvents, rule_with_a_draft_where_nothing_was_offered) {
    std::vector<DialogueEvent> events;
    DialogueAct refer = act_of(Step::refer, Role::practice_gp);
    refer.at = "2026-05-02T00:00:00Z";
    events.push_back(*next_event(events, refer, 1));
    DialogueAct rule = act_of(Step::rule, Role::arbiter);
    EXPECT_FALSE(next_event(events, rule, 2).ok());
    EXPECT_TRUE(next_event(events, whole_act(Step::rule, Role::arbiter, events), 2).ok());
}

TEST(DialogueEvents, begin_a_new_version_when_reopened_with_nothing_on_the_table) {
    auto events = walked(paths.at(State::agreed));
    events.push_back(*next_event(events, whole_act(Step::reopen, Role::practice_gp, events), 4));
    const DialoguePosition position = position_of(events);
    EXPECT_EQ(position.state, State::nothing_shown);
    EXPECT_EQ(position.version, 2);
    EXPECT_EQ(position.offers, 0);
    EXPECT_TRUE(position.on_table.empty());
    EXPECT_TRUE(position.draft.empty());
    EXPECT_EQ(position.reopened, Date::of(2026, 4, 20));
    EXPECT_TRUE(check_chain(events).ok());
}

TEST(DialogueChain, is_whole_as_it_was_written) {
    for (const auto& [state, path] : paths) {
        const auto whole = check_chain(walked(path));
        EXPECT_TRUE(whole.ok()) << to_text(state) << ": " << whole.problem().says;
    }
}

TEST(DialogueChain, shows_every_altered_field) {
    using Alter = std::function<void(DialogueEvent&)>;
    const std::vector<Alter> alterations = {
        [](DialogueEvent& event) { event.number += 1; },
        [](DialogueEvent& event) { event.practice = PracticeCode("X90002"); },
        [](DialogueEvent& event) { event.year = event.year + 1; },
        [](DialogueEvent& event) { event.version += 1; },
        [](DialogueEvent& event) { event.step = Step::disagree; },
        [](DialogueEvent& event) { event.role = Role::practice_manager; },
        [](DialogueEvent& event) { event.author += "x"; },
        [](DialogueEvent& event) { event.at = "2026-04-21T09:00:00Z"; },
        [](DialogueEvent& event) { event.says = "other words"; },
        [](DialogueEvent& event) { event.draft = digest_of("another"); },
        [](DialogueEvent& event) { event.on_table = digest_of("another"); },
        [](DialogueEvent& event) { event.previous = digest_of("another"); },
        [](DialogueEvent& event) { event.hash = digest_of("another"); },
    };
    for (std::size_t i = 0; i < alterations.size(); ++i) {
        auto events = walked(paths.at(State::agreed));
        alterations[i](events[1]);
        EXPECT_FALSE(check_chain(events).ok()) << i;
        // Somebody who alters an event and hashes it anew is found by the next one.
        if (i + 1 == alterations.size()) continue;
        events[1].hash = hash_of(events[1]);
        EXPECT_FALSE(check_chain(events).ok()) << i << ", hashed anew";
    }
}

TEST(DialogueChain, shows_a_missing_and_an_added_event) {
    for (std::size_t at = 0; at + 1 < 4; ++at) {
        auto events = walked(paths.at(State::referred));
        events.erase(events.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_FALSE(check_chain(events).ok()) << at;
    }
    auto events = walked(to_offer);
    events.insert(events.begin() + 1, events[0]);
    EXPECT_FALSE(check_chain(events).ok());
}

TEST(DialogueNames, are_read_back) {
    for (const Role role : roles()) {
        EXPECT_EQ(*parse_role(to_text(role)), role);
    }
    EXPECT_EQ(*parse_role("practice-gp"), Role::practice_gp);
    const auto unknown = parse_role("gp");
    ASSERT_FALSE(unknown.ok());
    EXPECT_NE(unknown.problem().says.find("practice-gp"), std::string::npos);
    for (const Step step : dialogue_steps()) {
        EXPECT_EQ(*parse_dialogue_step(to_text(step)), step);
    }
    EXPECT_FALSE(parse_dialogue_step("withdraw").ok());
}

TEST(DialogueDocument, has_the_table_as_it_is) {
    std::ifstream file(std::string(PURSE_SOURCE_DIR) + "/docs/dialogue.md");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_NE(text.str().find(transitions_as_markdown()), std::string::npos)
        << "docs/dialogue.md must have:\n"
        << transitions_as_markdown();
}

}  // namespace
}  // namespace purse
