#include "budget/in_year.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace purse {
namespace {

const PracticeCode mill("X90001");
const PracticeCode station("X90002");
const PracticeCode church("X90003");
const BudgetLine elective = BudgetLine::elective;

InYearPractice practice_of(PracticeCode code, std::int64_t before, std::int64_t now,
                           std::int64_t pence) {
    InYearPractice practice;
    practice.practice = code;
    practice.list_before = Patients(before);
    practice.list_now = Patients(now);
    practice.lines[elective] = {Pence(pence), Pence(0), before * 1'000'000};
    return practice;
}

InYearInputs inputs_of(std::vector<InYearPractice> practices, std::int64_t reserve) {
    InYearInputs inputs;
    inputs.practices = std::move(practices);
    inputs.reserves = {{elective, Pence(reserve)}};
    return inputs;
}

InYearResult adjusted(const InYearInputs& inputs) {
    auto result = adjusted_in_year(inputs);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.problem().says);
    return result.ok() ? std::move(*result) : InYearResult{};
}

Pence gained(const InYearResult& result, PracticeCode account) {
    Pence sum;
    for (const InYearMove& move : result.moves) {
        if (move.to == account) sum += move.amount;
        if (move.from == account) sum -= move.amount;
    }
    return sum;
}

// 5% of £9,000.00 is £450.00; nobody else pays it.
TEST(InYear, a_list_that_grows_is_paid_from_the_reserve) {
    const auto result = adjusted(inputs_of(
        {practice_of(mill, 8'000, 8'400, 9'000'00), practice_of(station, 3'000, 3'000, 5'000'00)},
        600'00));
    ASSERT_EQ(result.moves.size(), 1U);
    EXPECT_EQ(result.moves[0].kind, InYearKind::list_growth);
    EXPECT_EQ(result.moves[0].from, growth_reserve_account);
    EXPECT_EQ(result.moves[0].to, mill);
    EXPECT_EQ(result.moves[0].amount, Pence(450'00));
    EXPECT_EQ(result.moves[0].reason, "list 8,000 to 8,400: £9,000.00 × 400 ÷ 8,000 = £450.00");
    EXPECT_EQ(result.reserves.at(elective), Pence(150'00));
    EXPECT_EQ(result.lists, (std::map<PracticeCode, Patients>{{mill, Patients(8'400)}}));
    EXPECT_TRUE(result.shortfalls.empty());
}

TEST(InYear, a_list_that_falls_gives_to_the_reserve_which_pays_for_growth_the_same_day) {
    const auto result = adjusted(inputs_of(
        {practice_of(mill, 8'000, 8'400, 9'000'00), practice_of(station, 3'000, 2'700, 5'000'00)},
        0));
    EXPECT_EQ(gained(result, station), Pence(-500'00));
    EXPECT_EQ(result.moves[0].reason, "list 3,000 to 2,700: £5,000.00 × −300 ÷ 3,000 = −£500.00");
    EXPECT_EQ(gained(result, mill), Pence(450'00));
    EXPECT_EQ(result.reserves.at(elective), Pence(50'00));
}

TEST(InYear, a_list_that_falls_keeps_its_money_where_the_scheme_says_so) {
    InYearInputs inputs = inputs_of({practice_of(station, 3'000, 2'700, 5'000'00)}, 0);
    inputs.rule.falling_lists = FallingLists::keep;
    const auto result = adjusted(inputs);
    EXPECT_TRUE(result.moves.empty());
    EXPECT_TRUE(result.lists.empty());  // so that its return is not paid for again
}

// Claims of £450.00 and £100.00 on £110.00: 9 : 2.
TEST(InYear, a_reserve_that_is_too_small_is_shared_pro_rata_and_the_rest_is_stated) {
    const auto result = adjusted(inputs_of(
        {practice_of(mill, 8'000, 8'400, 9'000'00), practice_of(station, 3'000, 3'060, 5'000'00)},
        110'00));
    EXPECT_EQ(gained(result, mill), Pence(90'00));
    EXPECT_EQ(gained(result, station), Pence(20'00));
    EXPECT_EQ(result.reserves.at(elective), Pence(0));
    const std::vector<InYearShortfall> expected = {
        {mill, elective, Pence(450'00), Pence(90'00)},
        {station, elective, Pence(100'00), Pence(20'00)}};
    EXPECT_EQ(result.shortfalls, expected);
    EXPECT_EQ(result.moves[0].unfunded, Pence(360'00));
}

TEST(InYear, a_reserve_that_is_too_small_is_refused_where_the_scheme_says_so) {
    InYearInputs inputs = inputs_of({practice_of(mill, 8'000, 8'400, 9'000'00)}, 110'00);
    inputs.rule.reserve_short = ReserveShort::refuse;
    const auto refused = adjusted_in_year(inputs);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().kind, ProblemKind::conflict);
    EXPECT_NE(refused.problem().says.find("elective asks for £450.00 and has £110.00"),
              std::string::npos);
}

TEST(InYear, what_is_owed_for_growth_is_paid_when_the_reserve_can) {
    InYearPractice owed = practice_of(mill, 8'400, 8'400, 9'090'00);
    owed.lines[elective].unfunded = Pence(360'00);
    const auto none = adjusted(inputs_of({owed}, 0));
    EXPECT_TRUE(none.moves.empty());
    const auto some = adjusted(inputs_of({owed}, 60'00));
    ASSERT_EQ(some.moves.size(), 1U);
    EXPECT_EQ(some.moves[0].amount, Pence(60'00));
    EXPECT_EQ(some.moves[0].unfunded, Pence(-60'00));
    EXPECT_EQ(some.shortfalls[0].claim, Pence(360'00));
}

TEST(InYear, a_merged_practice_gives_all_that_remains_to_its_successor) {
    InYearPractice gone = practice_of(station, 3'000, 0, 5'000'01);
    gone.fate = InYearFate::merged;
    gone.successor = mill;
    const auto result = adjusted(inputs_of({gone, practice_of(mill, 8'000, 11'000, 9'000'00)}, 0));
    ASSERT_EQ(result.moves.size(), 1U);
    EXPECT_EQ(result.moves[0].kind, InYearKind::merger);
    EXPECT_EQ(result.moves[0].from, station);
    EXPECT_EQ(result.moves[0].to, mill);
    EXPECT_EQ(result.moves[0].amount, Pence(5'000'01));
    EXPECT_EQ(result.lists,
              (std::map<PracticeCode, Patients>{{mill, Patients(11'000)}, {station, Patients()}}));
}

TEST(InYear, two_practices_that_merge_into_a_new_one_bring_their_growth_with_them) {
    InYearPractice one = practice_of(station, 3'000, 0, 3'000'00);
    InYearPractice two = practice_of(mill, 7'000, 0, 7'000'00);
    one.fate = two.fate = InYearFate::merged;
    one.successor = two.successor = church;
    InYearPractice whole;
    whole.practice = church;
    whole.list_now = Patients(10'100);
    const auto result = adjusted(inputs_of({one, two, whole}, 500'00));
    EXPECT_EQ(gained(result, church), Pence(10'100'00));
    EXPECT_EQ(result.reserves.at(elective), Pence(400'00));
}

// 4,000 of 10,000 patients go: 40% of £10,000.01, the odd penny by largest remainder.
TEST(InYear, a_split_takes_the_part_of_the_patients_who_went) {
    InYearInputs inputs = inputs_of({practice_of(mill, 10'000, 6'000, 10'000'01)}, 0);
    InYearPractice split;
    split.practice = church;
    split.list_now = Patients(4'000);
    inputs.practices.push_back(split);
    inputs.movements = {{mill, church, Patients(4'000)}};
    const auto result = adjusted(inputs);
    ASSERT_EQ(result.moves.size(), 1U);
    EXPECT_EQ(result.moves[0].kind, InYearKind::movement);
    EXPECT_EQ(result.moves[0].amount, Pence(4'000'00));
    EXPECT_EQ(result.moves[0].reason,
              "4,000 patients moved from X90001 to X90003: £10,000.01 × 4,000 ÷ 10,000");
}

TEST(InYear, a_practice_that_opens_is_paid_the_commissioners_rate_from_the_reserve) {
    InYearInputs inputs = inputs_of({practice_of(mill, 8'000, 8'000, 9'000'00)}, 600'00);
    InYearPractice fresh;
    fresh.practice = church;
    fresh.list_now = Patients(200);
    fresh.lines[elective].weight = 200'000'000;
    inputs.practices.push_back(fresh);
    const auto result = adjusted(inputs);
    EXPECT_EQ(gained(result, church), Pence(225'00));
    EXPECT_EQ(result.moves[0].kind, InYearKind::opening);
    inputs.practices.back().lines.clear();
    const auto refused = adjusted_in_year(inputs);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.problem().says.find("X90003 has no weight"), std::string::npos);
}

TEST(InYear, a_closed_practice_gives_to_the_reserve_and_its_patients_growth_is_paid_from_it) {
    InYearPractice closed = practice_of(station, 1'000, 0, 1'000'00);
    closed.fate = InYearFate::closed;
    const auto result = adjusted(inputs_of({closed, practice_of(mill, 8'000, 9'000, 8'800'00)}, 0));
    EXPECT_EQ(gained(result, station), Pence(-1'000'00));
    EXPECT_EQ(gained(result, mill), Pence(1'000'00));
    ASSERT_EQ(result.shortfalls.size(), 1U);  // a head costs £1.10 where they went
    EXPECT_EQ(result.shortfalls[0].claim, Pence(1'100'00));
}

TEST(InYear, a_closed_practice_whose_patients_are_known_gives_to_where_they_went) {
    InYearPractice closed = practice_of(station, 1'000, 0, 1'000'00);
    closed.fate = InYearFate::closed;
    InYearInputs inputs = inputs_of({closed, practice_of(mill, 8'000, 8'700, 8'800'00)}, 0);
    inputs.movements = {{station, mill, Patients(700)}};
    const auto result = adjusted(inputs);
    EXPECT_EQ(gained(result, mill), Pence(700'00));
    EXPECT_EQ(result.reserves.at(elective), Pence(300'00));
}

TEST(InYear, a_practice_that_goes_to_another_commissioner_leaves_the_total) {
    InYearPractice left = practice_of(station, 1'000, 1'000, 1'000'00);
    left.fate = InYearFate::left;
    const auto result = adjusted(inputs_of({left}, 5'00));
    ASSERT_EQ(result.moves.size(), 1U);
    EXPECT_EQ(result.moves[0].kind, InYearKind::departure);
    EXPECT_EQ(result.moves[0].to, left_account);
    EXPECT_EQ(result.reserves.at(elective), Pence(5'00));
    EXPECT_EQ(result.lists.at(station), Patients());
}

TEST(InYear, refuses_what_cannot_be) {
    InYearPractice gone = practice_of(station, 3'000, 0, 5'000'00);
    gone.fate = InYearFate::merged;
    gone.successor = church;
    EXPECT_FALSE(adjusted_in_year(inputs_of({gone}, 0)).ok());
    InYearInputs inputs =
        inputs_of({practice_of(mill, 100, 100, 1'00), practice_of(station, 100, 100, 1'00)}, 0);
    inputs.movements = {{mill, station, Patients(101)}};
    EXPECT_FALSE(adjusted_in_year(inputs).ok());
    inputs.movements = {{mill, church, Patients(1)}};
    EXPECT_FALSE(adjusted_in_year(inputs).ok());
    inputs.practices[1].fate = InYearFate::closed;
    inputs.movements = {{mill, station, Patients(1)}};
    EXPECT_FALSE(adjusted_in_year(inputs).ok());
}

TEST(InYear, without_a_newer_list_nothing_changes) {
    InYearPractice same = practice_of(mill, 8'000, 0, 9'000'00);
    same.list_now.reset();
    const auto result = adjusted(inputs_of({same}, 600'00));
    EXPECT_TRUE(result.moves.empty());
    EXPECT_TRUE(result.lists.empty());
}

TEST(RestOfYear, has_nothing_before_its_month_and_all_of_the_amount_after) {
    Profile even;
    even.weights.fill(1);
    const Profile rest = rest_of_year(even, Month(2018, 7));
    const auto months = monthly_budgets(Pence(900), rest);
    EXPECT_EQ(months[2], Pence(0));
    EXPECT_EQ(months[3], Pence(100));
    EXPECT_EQ(months[11], Pence(100));
    EXPECT_EQ(still_to_come(Pence(900), even, Month(2018, 7), Month(2018, 10)), Pence(600));
    EXPECT_EQ(still_to_come(Pence(900), even, Month(2018, 7), Month(2018, 7)), Pence(900));
    EXPECT_EQ(still_to_come(Pence(1200), even, Month(2018, 4), Month(2018, 4)), Pence(1200));
    EXPECT_EQ(still_to_come(Pence(1200), even, Month(2018, 4), Month(2018, 7)), Pence(900));
}

}  // namespace
}  // namespace purse
