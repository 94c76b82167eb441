// Budgets in the year: the sum is kept to the penny, the order of anything does not matter, what
// merged is what would have been set for one practice, and where nothing changes nothing moves.
#include "budget/in_year.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>

#include "budget/line_budgets.hpp"

namespace purse {
namespace {

const std::array lines = {BudgetLine::elective, BudgetLine::prescribing};

PracticeCode code_of(int i) { return PracticeCode("P" + std::to_string(10'000 + i)); }

std::int64_t between(std::int64_t low, std::int64_t high) {
    return *rc::gen::inRange<std::int64_t>(low, high);
}

InYearPractice any_practice(int i) {
    InYearPractice practice;
    practice.practice = code_of(i);
    practice.list_before = Patients::from_thousandths(between(1, 20'000'000));
    if (between(0, 4) > 0) {
        practice.list_now = Patients::from_thousandths(between(0, 22'000'000));
    }
    for (const BudgetLine line : lines) {
        practice.lines[line] = {Pence(between(0, 500'000'000)),
                                Pence(between(0, 3) == 0 ? between(0, 100'000) : 0),
                                between(1, 20'000'000'000)};
    }
    const std::int64_t fate = between(0, 12);
    if (fate == 0) practice.fate = InYearFate::closed;
    if (fate == 1) practice.fate = InYearFate::left;
    if (fate == 2) practice.list_before = Patients();
    if (practice.list_before == Patients()) {
        for (auto& [line, money] : practice.lines) money.remaining = money.unfunded = Pence(0);
    }
    return practice;
}

// The first practice stays; others may merge into it or open.
InYearInputs any_commissioner() {
    InYearInputs inputs;
    const int count = static_cast<int>(between(2, 12));
    for (int i = 0; i < count; ++i) inputs.practices.push_back(any_practice(i));
    InYearPractice& first = inputs.practices.front();
    first.fate = InYearFate::stays;
    if (first.list_before == Patients()) first.list_before = Patients(100);
    for (int i = 1; i < count; ++i) {
        InYearPractice& practice = inputs.practices[static_cast<std::size_t>(i)];
        if (practice.fate != InYearFate::stays || between(0, 6) > 0) continue;
        practice.fate = InYearFate::merged;
        practice.successor = first.practice;
    }
    const InYearPractice& giver = inputs.practices.back();
    if (giver.list_before > Patients() && between(0, 2) > 0) {
        inputs.movements.push_back(
            {giver.practice, first.practice,
             Patients::from_thousandths(between(0, giver.list_before.thousandths() + 1))});
    }
    for (const BudgetLine line : lines) inputs.reserves[line] = Pence(between(0, 50'000'000));
    inputs.rule.falling_lists = between(0, 2) > 0 ? FallingLists::follow : FallingLists::keep;
    return inputs;
}

InYearResult adjusted(const InYearInputs& inputs) {
    auto result = adjusted_in_year(inputs);
    if (!result) RC_FAIL(result.problem().says);
    return std::move(*result);
}

using Money = std::map<std::pair<PracticeCode, BudgetLine>, Pence>;

Money money_of(const InYearInputs& inputs) {
    Money money;
    for (const InYearPractice& practice : inputs.practices) {
        for (const auto& [line, own] : practice.lines) {
            money[{practice.practice, line}] = own.remaining;
        }
    }
    for (const auto& [line, reserve] : inputs.reserves) {
        money[{growth_reserve_account, line}] = reserve;
    }
    return money;
}

Money after(const InYearInputs& inputs, const InYearResult& result) {
    Money money = money_of(inputs);
    for (const InYearMove& move : result.moves) {
        money[{move.from, move.line}] -= move.amount;
        money[{move.to, move.line}] += move.amount;
    }
    return money;
}

Pence line_sum(const Money& money, BudgetLine line) {
    Pence sum;
    for (const auto& [key, amount] : money) {
        if (key.second == line) sum += amount;
    }
    return sum;
}

// What the same command sees when it is run again.
InYearInputs again(const InYearInputs& inputs, const InYearResult& result) {
    InYearInputs next = inputs;
    next.movements.clear();  // those on record count once
    const Money money = after(inputs, result);
    for (InYearPractice& practice : next.practices) {
        if (const auto list = result.lists.find(practice.practice); list != result.lists.end()) {
            practice.list_before = list->second;
        }
        for (auto& [line, own] : practice.lines) {
            own.remaining = money.at({practice.practice, line});
            for (const InYearMove& move : result.moves) {
                if (move.practice == practice.practice && move.line == line) {
                    own.unfunded += move.unfunded;
                }
            }
        }
    }
    for (auto& [line, reserve] : next.reserves) reserve = money.at({growth_reserve_account, line});
    return next;
}

TEST(InYearLaws, the_sum_is_kept_line_by_line_and_no_account_is_overdrawn) {
    EXPECT_TRUE(rc::check([] {
        const InYearInputs inputs = any_commissioner();
        const InYearResult result = adjusted(inputs);
        const Money money = after(inputs, result);
        for (const BudgetLine line : lines) {
            RC_ASSERT(line_sum(money, line) == line_sum(money_of(inputs), line));
            RC_ASSERT(result.reserves.at(line) == money.at({growth_reserve_account, line}));
        }
        for (const auto& [key, amount] : money) RC_ASSERT(amount >= Pence(0));
        for (const InYearMove& move : result.moves) RC_ASSERT(move.amount >= Pence(0));
    }));
}

TEST(InYearLaws, growth_of_one_practice_never_takes_from_another) {
    EXPECT_TRUE(rc::check([] {
        const InYearInputs inputs = any_commissioner();
        InYearInputs grown = inputs;
        grown.movements.clear();
        for (InYearPractice& practice : grown.practices) {
            practice.fate = InYearFate::stays;
            if (practice.list_now < practice.list_before) {
                practice.list_now = practice.list_before;
            }
        }
        const InYearResult result = adjusted(grown);
        for (const InYearMove& move : result.moves) RC_ASSERT(move.from == growth_reserve_account);
    }));
}

TEST(InYearLaws, the_order_of_practices_and_movements_does_not_matter) {
    EXPECT_TRUE(rc::check([] {
        const InYearInputs inputs = any_commissioner();
        InYearInputs shuffled = inputs;
        std::ranges::reverse(shuffled.practices);
        std::ranges::rotate(shuffled.practices,
                            shuffled.practices.begin() +
                                between(0, static_cast<std::int64_t>(shuffled.practices.size())));
        std::ranges::reverse(shuffled.movements);
        RC_ASSERT(adjusted(inputs) == adjusted(shuffled));
    }));
}

TEST(InYearLaws, the_same_command_again_changes_nothing) {
    EXPECT_TRUE(rc::check([] {
        const InYearInputs inputs = any_commissioner();
        const InYearResult second = adjusted(again(inputs, adjusted(inputs)));
        RC_ASSERT(second.moves.empty());
        RC_ASSERT(second.lists.empty());
    }));
}

TEST(InYearLaws, where_nothing_changes_nothing_moves) {
    EXPECT_TRUE(rc::check([] {
        InYearInputs inputs = any_commissioner();
        inputs.movements.clear();
        for (InYearPractice& practice : inputs.practices) {
            practice.fate = InYearFate::stays;
            practice.list_now = practice.list_before;
            for (auto& [line, money] : practice.lines) money.unfunded = Pence(0);
        }
        const InYearResult result = adjusted(inputs);
        RC_ASSERT(result.moves.empty());
        RC_ASSERT(result.lists.empty());
    }));
}

// Two practices that merge have afterwards what one practice would that had been whole all along.
TEST(InYearLaws, merging_and_then_following_the_list_is_following_the_merged_list) {
    EXPECT_TRUE(rc::check([] {
        InYearPractice one = any_practice(1), two = any_practice(2);
        for (InYearPractice* practice : {&one, &two}) {
            practice->list_before = Patients::from_thousandths(between(1, 20'000'000));
            practice->list_now = Patients::from_thousandths(between(0, 20'000'000));
        }
        InYearPractice whole = one;
        whole.fate = InYearFate::stays;
        whole.list_before += two.list_before;
        *whole.list_now += *two.list_now;
        for (auto& [line, money] : whole.lines) {
            money.remaining += two.lines[line].remaining;
            money.unfunded += two.lines[line].unfunded;
        }
        one.fate = InYearFate::stays;
        two.fate = InYearFate::merged;
        two.successor = one.practice;
        InYearInputs apart, together;
        apart.practices = {one, two};
        together.practices = {whole};
        for (const BudgetLine line : lines) {
            apart.reserves[line] = together.reserves[line] = Pence(between(0, 50'000'000));
        }
        const Money of_two = after(apart, adjusted(apart));
        const Money of_one = after(together, adjusted(together));
        for (const BudgetLine line : lines) {
            RC_ASSERT(of_two.at({two.practice, line}) == Pence(0));
            RC_ASSERT(of_two.at({one.practice, line}) == of_one.at({one.practice, line}));
        }
    }));
}

Scheme scheme_of(BudgetMethod method) {
    Scheme scheme;
    scheme.name = "law";
    scheme.blocks = {{"all", {lines[0], lines[1]}, method, "need"}};
    for (const BudgetLineName& line : budget_lines) scheme.scopes[line.line] = LineScope::out;
    for (const BudgetLine line : lines) scheme.scopes[line] = LineScope::in;
    return scheme;
}

// Setting for a practice that was merged before is setting for its parts and merging them then.
void expect_merging_commutes(BudgetMethod method) {
    EXPECT_TRUE(rc::check([method] {
        std::vector<LineHistory> parts;
        const int count = static_cast<int>(between(3, 15));
        for (int i = 0; i < count; ++i) {
            const std::int64_t need = between(1, 20'000'000'000);
            for (const BudgetLine line : lines) {
                parts.push_back({code_of(i), line, Pence(between(1, 500'000'000)),
                                 Patients(between(1, 20'000)), need, ""});
            }
        }
        std::vector<LineHistory> merged(parts.begin() + 2, parts.end());
        for (std::size_t line = 0; line < lines.size(); ++line) {
            merged[line].historic += parts[line].historic;
            merged[line].need += parts[line].need;
            merged[line].list += parts[line].list;
        }
        Envelopes envelopes;
        for (const BudgetLine line : lines) envelopes[line] = Pence(between(1, 900'000'000));
        const auto set_apart = year_budgets(parts, envelopes, scheme_of(method));
        const auto set_merged = year_budgets(merged, envelopes, scheme_of(method));
        RC_ASSERT(set_apart.ok() && set_merged.ok());
        for (std::size_t line = 0; line < lines.size(); ++line) {
            const Pence sum =
                set_apart->budgets[line].budget + set_apart->budgets[line + lines.size()].budget;
            const Pence whole = set_merged->budgets[line].budget;
            RC_ASSERT(std::abs((sum - whole).count()) <= 1);
        }
    }));
}

TEST(InYearLaws, merging_then_setting_is_setting_then_merging_by_history) {
    expect_merging_commutes(BudgetMethod::historic);
}

TEST(InYearLaws, merging_then_setting_is_setting_then_merging_by_need) {
    expect_merging_commutes(BudgetMethod::fair_share);
}

TEST(InYearLaws, what_is_still_to_come_and_what_fell_before_are_the_whole) {
    EXPECT_TRUE(rc::check([] {
        Profile profile;
        for (auto& weight : profile.weights) weight = between(1, 1'000);
        const Month since(2018, static_cast<int>(between(4, 13)));
        const Pence amount(between(-100'000'000, 100'000'000));
        const Month from = since + static_cast<int>(between(0, 13 - since.place_in_year()));
        const Pence rest = still_to_come(amount, profile, since, from);
        const Pence before = from <= since
                                 ? Pence(0)
                                 : budget_to_date(amount, rest_of_year(profile, since), from - 1);
        RC_ASSERT(rest + before == amount);
        RC_ASSERT(budget_to_date(amount, rest_of_year(profile, since), Month(2019, 3)) == amount);
    }));
}

}  // namespace
}  // namespace purse
