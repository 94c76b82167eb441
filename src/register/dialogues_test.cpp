#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/digest.hpp"
#include "register/backends_test.hpp"
#include "register/drafts_test.hpp"
#include "register/store.hpp"

namespace purse {
namespace {

using testing::draft_named;
using Step = DialogueStep;
using Role = DialogueRole;

const FinancialYear y2026(2026);
const PracticeCode ours("X90001");
const PracticeCode other("X90002");

DialogueAct act_of(Step step, Role role, PracticeCode practice = ours) {
    DialogueAct act;
    act.practice = practice;
    act.year = y2026;
    act.step = step;
    act.role = role;
    act.author = std::string(to_text(role));
    act.at = "2026-04-20T09:00:00Z";
    act.says = "words for " + std::string(to_text(step));
    act.dates = {Date::of(2026, 1, 31), Date::of(2026, 2, 28), Date::of(2026, 5, 1),
                 Date::of(2026, 6, 30)};
    return act;
}

DialogueAct showing(PracticeCode practice = ours) {
    DialogueAct act = act_of(Step::show_data, Role::commissioner_information, practice);
    act.on_table = digest_of(act.says);
    return act;
}

std::string offer_in(const Register& one, const std::string& draft, PracticeCode practice = ours) {
    const Draft found = one.draft(y2026, draft).value();
    return offer_digest(found.derivation.checksum, one.draft_amounts(found.number, practice));
}

DialogueAct for_draft(const Register& one, Step step, Role role, const std::string& draft,
                      PracticeCode practice = ours) {
    DialogueAct act = act_of(step, role, practice);
    act.draft = one.draft(y2026, draft)->digest;
    act.on_table = offer_in(one, draft, practice);
    return act;
}

DialogueAct offering(const Register& one, const std::string& draft, PracticeCode practice = ours) {
    return for_draft(one, Step::offer, Role::commissioner_finance, draft, practice);
}

DialogueAct agreeing(const std::string& offer, PracticeCode practice = ours) {
    DialogueAct act = act_of(Step::agree, Role::practice_gp, practice);
    act.on_table = offer;
    return act;
}

class DialoguesOn : public testing::OnEachBackend {
  protected:
    // Two drafts, and the first offered to both practices.
    [[nodiscard]] Register offered() const {
        auto one = made();
        EXPECT_TRUE(one.record_draft(draft_named("first")).ok());
        EXPECT_TRUE(one.record_draft(draft_named("second", 10'00)).ok());
        const std::vector<DialogueAct> acts = {showing(), showing(other), offering(one, "first"),
                                               offering(one, "first", other)};
        const auto done = one.record_dialogue_events(acts);
        EXPECT_TRUE(done.ok()) << done.problem().says;
        return one;
    }
};

std::map<std::pair<std::string, BudgetLine>, std::int64_t> in_force(const Register& one) {
    std::map<std::pair<std::string, BudgetLine>, std::int64_t> found;
    for (const BudgetEntry& entry : one.budgets(y2026)) {
        found[{entry.row.practice.text(), entry.row.line}] = entry.row.annual.count();
    }
    return found;
}

BudgetRow row_of(PracticeCode practice, BudgetLine line, std::int64_t pence) {
    return {practice, y2026, line, Pence(pence), {}};
}

NewImport file_named(const std::string& digest) {
    return {.kind = ImportKind::budget,
            .about = "",
            .file_name = digest + ".csv",
            .digest = digest,
            .rows = 1,
            .imported_at = "2026-04-01T08:00:00Z"};
}

TEST_P(DialoguesOn, events_are_read_back_as_they_were_written_and_chained) {
    const auto one = offered();
    const auto events = one.dialogue(ours, y2026);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].number, 1);
    EXPECT_EQ(events[1].number, 3);
    EXPECT_EQ(events[0].previous, "");
    EXPECT_EQ(events[1].previous, events[0].hash);
    EXPECT_EQ(events[1].step, Step::offer);
    EXPECT_EQ(events[1].role, Role::commissioner_finance);
    EXPECT_EQ(events[1].says, "words for offer");
    EXPECT_EQ(events[1].draft, one.draft(y2026, "first")->digest);
    EXPECT_EQ(events[1].on_table, offer_in(one, "first"));
    EXPECT_TRUE(check_chain(events).ok());
    EXPECT_EQ(one.dialogues(y2026).size(), 2U);
    EXPECT_EQ(one.last_offered_draft(y2026)->name, "first");
    EXPECT_FALSE(one.last_offered_draft(y2026 + 1).has_value());
    EXPECT_TRUE(one.dialogues(y2026 + 1).empty());
    EXPECT_EQ(one.dialogue_events().size(), 4U);
}

TEST_P(DialoguesOn, an_agreed_offer_is_the_budget_and_the_history_stays) {
    auto one = offered();
    const std::vector<BudgetRow> before = {row_of(ours, BudgetLine::elective, 9'00),
                                           row_of(ours, BudgetLine::diagnostics, 9'00),
                                           row_of(other, BudgetLine::elective, 9'00)};
    ASSERT_TRUE(one.import_budgets(file_named("b1"), before).ok());
    const auto agreed = one.record_dialogue_event(agreeing(offer_in(one, "first")));
    ASSERT_TRUE(agreed.ok()) << agreed.problem().says;
    const std::map<std::pair<std::string, BudgetLine>, std::int64_t> expected = {
        {{"X90001", BudgetLine::elective}, 496'50},
        {{"X90001", BudgetLine::prescribing}, 296'50},
        {{"X90002", BudgetLine::elective}, 9'00}};
    EXPECT_EQ(in_force(one), expected);
    EXPECT_EQ(one.budget_history(y2026).size(), 5U);
    const auto source =
        one.find_import(ImportKind::dialogue, "X90001 2026/27 version 1", agreed->hash);
    ASSERT_TRUE(source.has_value());
    EXPECT_EQ(source->file.file_name, "first");
}

TEST_P(DialoguesOn, what_was_agreed_is_not_replaced_by_a_file) {
    auto one = offered();
    ASSERT_TRUE(one.record_dialogue_event(agreeing(offer_in(one, "first"))).ok());
    const std::vector<BudgetRow> both = {row_of(other, BudgetLine::elective, 9'00),
                                         row_of(ours, BudgetLine::diagnostics, 9'00)};
    const auto refused = one.import_budgets(file_named("b1"), both);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().kind, ProblemKind::conflict);
    EXPECT_NE(refused.problem().says.find("X90001"), std::string::npos);
    EXPECT_EQ(in_force(one).size(), 2U);
    const std::vector<BudgetRow> free = {row_of(other, BudgetLine::elective, 9'00)};
    EXPECT_TRUE(one.import_budgets(file_named("b2"), free).ok());
    EXPECT_EQ(in_force(one).size(), 3U);
}

TEST_P(DialoguesOn, an_offer_revised_meanwhile_is_not_agreed_to) {
    auto one = offered();
    const std::string first = offer_in(one, "first");
    ASSERT_TRUE(one.record_dialogue_event(offering(one, "second")).ok());
    const auto stale = one.record_dialogue_event(agreeing(first));
    ASSERT_FALSE(stale.ok());
    EXPECT_EQ(stale.problem().kind, ProblemKind::conflict);
    EXPECT_TRUE(in_force(one).empty());
    EXPECT_EQ(one.dialogue(ours, y2026).size(), 3U);
    ASSERT_TRUE(one.record_dialogue_event(agreeing(offer_in(one, "second"))).ok());
    EXPECT_EQ(in_force(one).at({"X90001", BudgetLine::elective}), 506'50);
}

TEST_P(DialoguesOn, a_ruling_puts_its_draft_in_force) {
    auto one = offered();
    ASSERT_TRUE(one.record_dialogue_event(act_of(Step::disagree, Role::practice_manager)).ok());
    ASSERT_TRUE(one.record_dialogue_event(act_of(Step::refer, Role::practice_gp)).ok());
    const auto ruled =
        one.record_dialogue_event(for_draft(one, Step::rule, Role::arbiter, "second"));
    ASSERT_TRUE(ruled.ok()) << ruled.problem().says;
    EXPECT_EQ(in_force(one).at({"X90001", BudgetLine::elective}), 506'50);
    EXPECT_TRUE(check_chain(one.dialogue(ours, y2026)).ok());
}

TEST_P(DialoguesOn, a_new_version_leaves_the_old_in_force_until_it_is_agreed) {
    auto one = offered();
    ASSERT_TRUE(one.record_dialogue_event(agreeing(offer_in(one, "first"))).ok());
    ASSERT_TRUE(one.record_dialogue_event(act_of(Step::reopen, Role::commissioner_pbc_lead)).ok());
    EXPECT_EQ(in_force(one).at({"X90001", BudgetLine::elective}), 496'50);
    const std::vector<BudgetRow> rows = {row_of(ours, BudgetLine::elective, 9'00)};
    EXPECT_FALSE(one.import_budgets(file_named("b1"), rows).ok());
    ASSERT_TRUE(one.record_dialogue_event(showing()).ok());
    ASSERT_TRUE(one.record_dialogue_event(offering(one, "second")).ok());
    ASSERT_TRUE(one.record_dialogue_event(agreeing(offer_in(one, "second"))).ok());
    EXPECT_EQ(in_force(one).at({"X90001", BudgetLine::elective}), 506'50);
    EXPECT_EQ(one.budget_history(y2026).size(), 4U);
    EXPECT_EQ(one.dialogue(ours, y2026).back().version, 2);
}

TEST_P(DialoguesOn, an_offer_of_other_figures_than_its_draft_is_refused) {
    auto one = offered();
    DialogueAct act = offering(one, "second");
    act.on_table = digest_of("other figures");
    EXPECT_FALSE(one.record_dialogue_event(act).ok());
    act = offering(one, "second");
    act.draft = digest_of("no draft");
    EXPECT_EQ(one.record_dialogue_event(act).problem().kind, ProblemKind::not_found);
    NewDraft next_year = draft_named("next");
    next_year.year = y2026 + 1;
    ASSERT_TRUE(one.record_draft(next_year).ok());
    act.draft = digest_of(next_year);
    EXPECT_EQ(one.record_dialogue_event(act).problem().kind, ProblemKind::bad_input);
    const PracticeCode absent("X90009");
    ASSERT_TRUE(one.record_dialogue_event(showing(absent)).ok());
    act = offering(one, "second", absent);
    EXPECT_EQ(one.record_dialogue_event(act).problem().kind, ProblemKind::not_found);
}

TEST_P(DialoguesOn, a_draft_altered_in_the_database_is_not_agreed_to) {
    auto one = offered();
    Store(address()).write("alter the draft", [](Session& session) {
        session.run("update draft_amount set net_pence = net_pence + 1 where practice = 'X90001'");
    });
    EXPECT_FALSE(
        one.record_dialogue_event(agreeing(one.dialogue(ours, y2026).back().on_table)).ok());
    EXPECT_TRUE(in_force(one).empty());
}

TEST_P(DialoguesOn, words_that_are_no_text_are_hashed_as_they_are_kept) {
    auto one = offered();
    DialogueAct act = act_of(Step::comment, Role::practice_manager);
    act.author = "Ren\xE9";
    act.says = std::string("caf\xE9 \0 bar", 10);
    ASSERT_TRUE(one.record_dialogue_event(act).ok());
    EXPECT_TRUE(check_chain(one.dialogue(ours, y2026)).ok());
    NewDraft draft = draft_named("th\xE9");
    const auto recorded = one.record_draft(draft);
    ASSERT_TRUE(recorded.ok());
    const Draft kept = one.draft(recorded->draft.number).value();
    draft.name = kept.name;
    draft.derivation = kept.derivation;
    EXPECT_EQ(digest_of(draft), recorded->draft.digest);
}

// One dialogue through all states: the step, by whom, and where it leads.
struct Walked {
    Step step;
    Role role;
    DialogueState to;
};
constexpr Walked through_all_states[] = {
    {Step::show_data, Role::commissioner_information, DialogueState::data_shown},
    {Step::comment, Role::practice_manager, DialogueState::commented},
    {Step::answer, Role::commissioner_information, DialogueState::answered},
    {Step::offer, Role::commissioner_finance, DialogueState::offered},
    {Step::comment, Role::practice_gp, DialogueState::queried},
    {Step::disagree, Role::practice_manager, DialogueState::disagreed},
    {Step::refer, Role::practice_gp, DialogueState::referred},
    {Step::rule, Role::arbiter, DialogueState::ruled},
    {Step::reopen, Role::arbiter, DialogueState::nothing_shown},
    {Step::show_data, Role::commissioner_finance, DialogueState::data_shown},
    {Step::offer, Role::commissioner_finance, DialogueState::offered},
    {Step::agree, Role::practice_gp, DialogueState::agreed},
};

// An act that only the table or the date for agreement could refuse.
DialogueAct whole_act(const Register& one, Step step, Role role) {
    if (step == Step::offer || step == Step::rule) return for_draft(one, step, role, "second");
    DialogueAct act = act_of(step, role);
    if (step == Step::show_data) act.on_table = digest_of("other data");
    if (step == Step::agree) act.on_table = position_of(one.dialogue(ours, y2026)).on_table;
    return act;
}

int refused_at(Register& one, DialogueState state) {
    int refused = 0;
    for (const Step step : dialogue_steps()) {
        for (const Role role : roles()) {
            const auto row = transition_of(state, step, role);
            if (row.ok() && !row->when_overdue) continue;
            const auto done = one.record_dialogue_event(whole_act(one, step, role));
            EXPECT_FALSE(done.ok())
                << to_text(state) << " " << to_text(step) << " " << to_text(role);
            ++refused;
        }
    }
    return refused;
}

// At every state, by every role: what the table does not allow leaves no trace in the register,
// neither an event nor a budget.
TEST_P(DialoguesOn, what_the_table_does_not_allow_is_refused_and_leaves_no_trace) {
    auto one = made();
    ASSERT_TRUE(one.record_draft(draft_named("first")).ok());
    ASSERT_TRUE(one.record_draft(draft_named("second", 10'00)).ok());
    std::map<DialogueState, int> refused;
    refused[DialogueState::nothing_shown] = refused_at(one, DialogueState::nothing_shown);
    for (const Walked& walked : through_all_states) {
        const auto done = one.record_dialogue_event(walked.step == Step::offer
                                                        ? offering(one, "first")
                                                        : whole_act(one, walked.step, walked.role));
        ASSERT_TRUE(done.ok()) << to_text(walked.step) << ": " << done.problem().says;
        ASSERT_EQ(position_of(one.dialogue(ours, y2026)).state, walked.to);
        const auto events = one.dialogue_events().size();
        const auto budgets = in_force(one);
        refused[walked.to] = refused_at(one, walked.to);
        EXPECT_EQ(one.dialogue_events().size(), events) << to_text(walked.to);
        EXPECT_EQ(in_force(one), budgets) << to_text(walked.to);
    }
    ASSERT_EQ(refused.size(), dialogue_states().size());
    int all = 0;
    for (const auto& [state, count] : refused) all += count;
    EXPECT_EQ(all, 853) << "of 10 states, 9 steps and 10 roles, less the 47 that are allowed";
}

TEST_P(DialoguesOn, of_several_steps_all_are_taken_or_none) {
    auto one = made();
    ASSERT_TRUE(one.record_draft(draft_named("first")).ok());
    const std::vector<DialogueAct> acts = {showing(), showing(other),
                                           act_of(Step::agree, Role::practice_gp)};
    EXPECT_FALSE(one.record_dialogue_events(acts).ok());
    EXPECT_TRUE(one.dialogue_events().empty());
}

TEST_P(DialoguesOn, of_many_who_act_at_once_on_the_same_event_one_is_recorded) {
    const auto offers = offered();
    const std::string after = offers.dialogue(ours, y2026).back().hash;
    std::atomic<int> taken = 0;
    std::atomic<int> conflicts = 0;
    const auto one_more = [&](int thread) {
        auto mine = Register::open(address()).value();
        DialogueAct act = act_of(Step::comment, Role::practice_manager);
        act.says = "question " + std::to_string(thread);
        act.after = after;
        const auto event = mine.record_dialogue_event(act);
        if (event.ok()) ++taken;
        if (!event.ok() && event.problem().kind == ProblemKind::conflict) ++conflicts;
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back(one_more, i);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(conflicts, 7);
    EXPECT_TRUE(check_chain(offers.dialogue(ours, y2026)).ok());
}

TEST_P(DialoguesOn, many_who_do_not_say_what_they_saw_make_one_chain) {
    const auto offers = offered();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            auto mine = Register::open(address()).value();
            for (int j = 0; j < 10; ++j) {
                const auto taken =
                    mine.record_dialogue_event(act_of(Step::comment, Role::practice_manager));
                EXPECT_TRUE(taken.ok());
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    const auto events = offers.dialogue(ours, y2026);
    EXPECT_EQ(events.size(), 42U);
    EXPECT_TRUE(check_chain(events).ok());
}

TEST_P(DialoguesOn, an_altered_event_is_found) {
    auto one = offered();
    ASSERT_TRUE(one.record_dialogue_event(agreeing(offer_in(one, "first"))).ok());
    for (const char* column : {"author", "says", "happened_at", "on_table", "draft_digest"}) {
        const std::string name(column);
        Store store(address());
        store.write("alter an event", [&](Session& session) {
            session.run("update dialogue_event set " + name + " = " + name +
                        " || 'x' where number = 3");
        });
        EXPECT_FALSE(check_chain(one.dialogue(ours, y2026)).ok()) << name;
        store.write("mend it", [&](Session& session) {
            session.run("update dialogue_event set " + name + " = substr(" + name + ", 1, length(" +
                        name + ") - 1) where number = 3");
        });
        EXPECT_TRUE(check_chain(one.dialogue(ours, y2026)).ok()) << name;
    }
}

PURSE_ON_EACH_BACKEND(DialoguesOn);

}  // namespace
}  // namespace purse
