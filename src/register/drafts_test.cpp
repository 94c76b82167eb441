#include "register/drafts.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "register/backends_test.hpp"
#include "register/drafts_test.hpp"

namespace purse {
namespace {

using testing::draft_named;

const FinancialYear y2026(2026);

class DraftsOn : public testing::OnEachBackend {};

TEST_P(DraftsOn, a_draft_is_read_back_whole) {
    auto one = made();
    const NewDraft given = draft_named("first");
    const auto recorded = one.record_draft(given);
    ASSERT_TRUE(recorded.ok()) << recorded.problem().says;
    EXPECT_FALSE(recorded->already_recorded);
    EXPECT_EQ(recorded->draft.number.value, 1);
    EXPECT_EQ(recorded->draft.digest, digest_of(given));
    const auto back = one.draft(y2026, "first");
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->number, recorded->draft.number);
    EXPECT_EQ(back->scheme, given.scheme);
    EXPECT_EQ(back->made_at, given.made_at);
    EXPECT_EQ(back->made_by, given.made_by);
    EXPECT_EQ(back->derivation, given.derivation);
    EXPECT_EQ(back->note, given.note);
    EXPECT_EQ(one.draft(back->number)->name, "first");
    const auto amounts = one.draft_amounts(back->number);
    ASSERT_EQ(amounts.size(), 3U);
    EXPECT_EQ(amounts[0], given.amounts[1]);
    EXPECT_EQ(amounts[1], given.amounts[2]);
    EXPECT_EQ(amounts[2], given.amounts[0]);
    EXPECT_EQ(one.draft_amounts(back->number, PracticeCode("X90002")).size(), 1U);
    const auto totals = one.draft_totals(back->number);
    ASSERT_EQ(totals.size(), 2U);
    EXPECT_EQ(totals[0], given.totals[1]);
    EXPECT_EQ(totals[1], given.totals[0]);
}

TEST_P(DraftsOn, the_same_draft_again_changes_nothing_in_whatever_order) {
    auto one = made();
    ASSERT_TRUE(one.record_draft(draft_named("first")).ok());
    NewDraft again = draft_named("first");
    std::swap(again.amounts[0], again.amounts[2]);
    std::swap(again.totals[0], again.totals[1]);
    again.made_at = "2026-03-01T09:00:00Z";
    again.made_by = "Somebody else";
    const auto recorded = one.record_draft(again);
    ASSERT_TRUE(recorded.ok());
    EXPECT_TRUE(recorded->already_recorded);
    EXPECT_EQ(recorded->draft.made_by, "Finance");
    EXPECT_EQ(one.drafts().size(), 1U);
    EXPECT_EQ(one.draft_amounts(recorded->draft.number).size(), 3U);
}

TEST_P(DraftsOn, another_draft_of_the_same_name_is_a_conflict) {
    auto one = made();
    ASSERT_TRUE(one.record_draft(draft_named("first")).ok());
    const auto other = one.record_draft(draft_named("first", 1));
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.problem().kind, ProblemKind::conflict);
    ASSERT_TRUE(one.record_draft(draft_named("second", 1)).ok());
    NewDraft next_year = draft_named("first");
    next_year.year = y2026 + 1;
    ASSERT_TRUE(one.record_draft(next_year).ok());
    EXPECT_EQ(one.drafts(y2026).size(), 2U);
    EXPECT_EQ(one.drafts().size(), 3U);
    EXPECT_EQ(one.draft(y2026, "third").problem().kind, ProblemKind::not_found);
    EXPECT_EQ(one.draft(DraftNumber{9}).problem().kind, ProblemKind::not_found);
}

TEST_P(DraftsOn, a_draft_that_does_not_add_up_is_refused_and_leaves_nothing) {
    auto one = made();
    const std::vector<std::function<void(NewDraft&)>> faults = {
        [](NewDraft& draft) { draft.name.clear(); },
        [](NewDraft& draft) { draft.amounts.clear(); },
        [](NewDraft& draft) { draft.amounts.push_back(draft.amounts[0]); },
        [](NewDraft& draft) { draft.amounts[0].net += Pence(1); },
        [](NewDraft& draft) {
            draft.amounts[0].gross += Pence(1);
            draft.amounts[0].net += Pence(1);
        },
        [](NewDraft& draft) { draft.totals[0].allocation += Pence(1); },
        [](NewDraft& draft) { draft.totals[0].reserve -= Pence(1); },
        [](NewDraft& draft) { draft.totals.pop_back(); },
        [](NewDraft& draft) { draft.totals.push_back(draft.totals[0]); },
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        NewDraft draft = draft_named("faulty");
        faults[i](draft);
        const auto refused = one.record_draft(draft);
        ASSERT_FALSE(refused.ok()) << i;
        EXPECT_EQ(refused.problem().kind, ProblemKind::bad_input) << i;
    }
    EXPECT_TRUE(one.drafts().empty());
}

PURSE_ON_EACH_BACKEND(DraftsOn);

TEST(DraftDigest, differs_with_every_fact_that_counts) {
    const std::string as_is = digest_of(draft_named("first"));
    const std::vector<std::function<void(NewDraft&)>> changes = {
        [](NewDraft& draft) { draft.year = draft.year + 1; },
        [](NewDraft& draft) { draft.name += "x"; },
        [](NewDraft& draft) { draft.scheme += "x"; },
        [](NewDraft& draft) { draft.derivation.checksum += "x"; },
        [](NewDraft& draft) { draft.amounts[0].practice = PracticeCode("X90003"); },
        [](NewDraft& draft) { draft.amounts[0].line = BudgetLine::day_case; },
        [](NewDraft& draft) { draft.amounts[0].gross += Pence(1); },
        [](NewDraft& draft) { draft.amounts[0].risk_pool += Pence(1); },
        [](NewDraft& draft) { draft.amounts[0].management += Pence(1); },
        [](NewDraft& draft) { draft.amounts[0].net += Pence(1); },
        [](NewDraft& draft) { draft.totals[0].allocation += Pence(1); },
        [](NewDraft& draft) { draft.totals[0].reserve += Pence(1); },
        [](NewDraft& draft) { draft.totals[0].blocked_back += Pence(1); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        NewDraft draft = draft_named("first");
        changes[i](draft);
        EXPECT_NE(digest_of(draft), as_is) << i;
    }
}

TEST(OfferDigest, is_of_the_amounts_and_the_derivation_in_any_order) {
    const auto draft = draft_named("first");
    std::vector<DraftAmount> mine = {draft.amounts[1], draft.amounts[2]};
    const std::string as_is = offer_digest("d", mine);
    std::swap(mine[0], mine[1]);
    EXPECT_EQ(offer_digest("d", mine), as_is);
    EXPECT_NE(offer_digest("e", mine), as_is);
    mine[0].risk_pool += Pence(1);
    EXPECT_NE(offer_digest("d", mine), as_is);
}

}  // namespace
}  // namespace purse
