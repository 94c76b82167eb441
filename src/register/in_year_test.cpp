#include "register/in_year.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "register/backends_test.hpp"
#include "register/drafts_test.hpp"

namespace purse {
namespace {

const FinancialYear y2026(2026);

NewInYearChange change_of(const Register& store, const std::string& previous = "") {
    NewInYearChange change;
    change.year = y2026;
    change.from = Month(2026, 7);
    change.draft = store.drafts().front().digest;
    change.at = "2026-07-02T09:00:00Z";
    change.author = "Fiona Finch";
    change.note = "the quarter's lists";
    change.moves = {
        {InYearKind::list_growth, BudgetLine::elective, growth_reserve_account,
         PracticeCode("X90001"), Pence(1'234), PracticeCode("X90001"), Pence(50),
         "list 8,000 to 8,400"},
        {InYearKind::merger, BudgetLine::prescribing, PracticeCode("X90002"),
         PracticeCode("X90001"), Pence(99), PracticeCode("X90002"), Pence(0), "merged"}};
    change.lists = {{PracticeCode("X90001"), Patients(8'400)},
                    {PracticeCode("X90002"), Patients()}};
    change.movements = {{PracticeCode("X90001"), PracticeCode("X90003"), Patients(12)}};
    change.previous = previous;
    return change;
}

class InYearOn : public testing::OnEachBackend {
  protected:
    [[nodiscard]] Register with_draft() const {
        Register store = made();
        EXPECT_TRUE(store.record_draft(testing::draft_named("first")).ok());
        return store;
    }
};

TEST_P(InYearOn, a_change_is_read_back_whole) {
    Register store = with_draft();
    const NewInYearChange given = change_of(store);
    const auto recorded = store.record_in_year_change(given);
    ASSERT_TRUE(recorded.ok()) << recorded.problem().says;
    EXPECT_EQ(recorded->number, 1);
    const auto back = store.in_year_changes(y2026);
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].hash, recorded->hash);
    EXPECT_EQ(back[0].change.from, given.from);
    EXPECT_EQ(back[0].change.author, given.author);
    EXPECT_EQ(back[0].change.note, given.note);
    EXPECT_EQ(back[0].change.moves, given.moves);
    EXPECT_EQ(back[0].change.lists, given.lists);
    EXPECT_EQ(back[0].change.movements, given.movements);
    EXPECT_TRUE(check_in_year_chain(back).ok());
    EXPECT_TRUE(store.in_year_changes(y2026 + 1).empty());
    EXPECT_EQ(store.in_year_changes().size(), 1U);
}

TEST_P(InYearOn, a_change_follows_the_last_one_or_is_a_conflict) {
    Register store = with_draft();
    const auto first = store.record_in_year_change(change_of(store));
    ASSERT_TRUE(first.ok());
    const auto unseen = store.record_in_year_change(change_of(store));
    ASSERT_FALSE(unseen.ok());
    EXPECT_EQ(unseen.problem().kind, ProblemKind::conflict);
    NewInYearChange earlier = change_of(store, first->hash);
    earlier.from = Month(2026, 4);
    EXPECT_EQ(store.record_in_year_change(earlier).problem().kind, ProblemKind::conflict);
    NewInYearChange later = change_of(store, first->hash);
    later.from = Month(2026, 10);
    ASSERT_TRUE(store.record_in_year_change(later).ok());
    const auto all = store.in_year_changes(y2026);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].change.previous, first->hash);
    EXPECT_TRUE(check_in_year_chain(all).ok());
    EXPECT_FALSE(check_in_year_chain(std::span(all).subspan(1)).ok());
}

TEST_P(InYearOn, an_unsound_change_is_refused_and_leaves_nothing) {
    Register store = with_draft();
    const std::vector<std::function<void(NewInYearChange&)>> faults = {
        [](auto& change) { change.author.clear(); },
        [](auto& change) { change.from = Month(2027, 4); },
        [](auto& change) { change.draft = "none"; },
        [](auto& change) { change.moves[0].amount = Pence(-1); },
        [](auto& change) { change.moves[0].to = change.moves[0].from; },
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        NewInYearChange change = change_of(store);
        faults[i](change);
        EXPECT_FALSE(store.record_in_year_change(change).ok()) << i;
    }
    EXPECT_TRUE(store.in_year_changes().empty());
}

PURSE_ON_EACH_BACKEND(InYearOn);

TEST(InYearChain, differs_with_every_fact) {
    NewInYearChange as_is;
    as_is.year = y2026;
    as_is.from = Month(2026, 7);
    as_is.moves = {{InYearKind::list_growth, BudgetLine::elective, growth_reserve_account,
                    PracticeCode("X90001"), Pence(1), PracticeCode("X90001"), Pence(0), "r"}};
    as_is.lists = {{PracticeCode("X90001"), Patients(1)}};
    as_is.movements = {{PracticeCode("X90001"), PracticeCode("X90003"), Patients(12)}};
    const std::string hash = hash_of(1, as_is);
    const std::vector<std::function<void(NewInYearChange&)>> changes = {
        [](auto& change) { change.year = change.year + 1; },
        [](auto& change) { change.from = Month(2026, 8); },
        [](auto& change) { change.draft += "x"; },
        [](auto& change) { change.at += "x"; },
        [](auto& change) { change.author += "x"; },
        [](auto& change) { change.note += "x"; },
        [](auto& change) { change.previous += "x"; },
        [](auto& change) { change.moves[0].kind = InYearKind::opening; },
        [](auto& change) { change.moves[0].line = BudgetLine::day_case; },
        [](auto& change) { change.moves[0].from = PracticeCode("X90009"); },
        [](auto& change) { change.moves[0].to = PracticeCode("X90009"); },
        [](auto& change) { change.moves[0].amount += Pence(1); },
        [](auto& change) { change.moves[0].practice = PracticeCode("X90009"); },
        [](auto& change) { change.moves[0].unfunded += Pence(1); },
        [](auto& change) { change.moves[0].reason += "x"; },
        [](auto& change) { change.moves.clear(); },
        [](auto& change) { change.lists.begin()->second += Patients(1); },
        [](auto& change) { change.lists.clear(); },
        [](auto& change) { change.movements[0].patients += Patients(1); },
        [](auto& change) { change.movements.clear(); },
    };
    EXPECT_NE(hash_of(2, as_is), hash);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        NewInYearChange change = as_is;
        changes[i](change);
        EXPECT_NE(hash_of(1, change), hash) << i;
    }
}

}  // namespace
}  // namespace purse
