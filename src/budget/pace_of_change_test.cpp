#include "budget/pace_of_change.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace purse {
namespace {

struct Given {
    const char* practice;
    std::int64_t opening_pounds;
    std::int64_t need;
};

// Six practices of a commissioner of £12,300,000: two far above their share, two within a tenth of
// it, two far below.
std::vector<PaceInput> six(std::initializer_list<std::int64_t> needs = {1900, 1830, 2050, 2000,
                                                                        2100, 2420}) {
    constexpr Given given[] = {{"A", 2'400'000, 0}, {"B", 2'000'000, 0}, {"C", 2'100'000, 0},
                               {"D", 1'900'000, 0}, {"E", 1'800'000, 0}, {"F", 1'800'000, 0}};
    std::vector<PaceInput> inputs;
    auto need = needs.begin();
    for (const Given& one : given) {
        inputs.push_back({PracticeCode(one.practice), pounds(one.opening_pounds),
                          *need++ * Factor::one, std::nullopt});
    }
    return inputs;
}

PaceRule with_floor(std::int64_t millionths) {
    PaceRule rule;
    rule.floor = Factor(millionths);
    return rule;
}

PacedBlock got(Result<PacedBlock> result) {
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.problem().says);
    return result.ok() ? std::move(*result) : PacedBlock{};
}

std::vector<std::int64_t> budgets_of(const PacedBlock& block) {
    std::vector<std::int64_t> pence;
    for (const PacedPractice& practice : block.practices) pence.push_back(practice.budget.count());
    return pence;
}

TEST(PaceOfChange, gives_the_budgets_of_the_worked_example) {
    const PacedBlock block = got(paced(six(), pounds(12'300'000), {}));
    EXPECT_EQ(budgets_of(block),
              (std::vector<std::int64_t>{240'000'000, 202'950'000, 215'250'000, 194'750'000,
                                         185'960'398, 191'089'602}));
    EXPECT_EQ(block.released, pounds(80'500));
    EXPECT_EQ(block.step, PaceStep::gains);
    EXPECT_EQ(block.theta, Factor(791'544));
    const std::int64_t before[] = {294'737, 120'219, 50'000, -26'250, -121'429, -237'603};
    const std::int64_t after[] = {263'158, 109'016, 50'000, -26'250, -114'474, -210'374};
    for (std::size_t i = 0; i < 6; ++i) {
        SCOPED_TRACE(block.practices[i].practice.text());
        EXPECT_EQ(block.practices[i].distance_before, before[i]);
        EXPECT_EQ(block.practices[i].distance_after, after[i]);
        EXPECT_EQ(block.practices[i].floor_applied, i == 0);
        EXPECT_EQ(block.practices[i].minimum_unfunded, i == 4);
        EXPECT_FALSE(block.practices[i].cap_applied);
        EXPECT_FALSE(block.practices[i].loss_slowed);
    }
    EXPECT_EQ(block.practices[0].move, -37'602);
    EXPECT_EQ(block.practices[1].move, -10'000);
    EXPECT_EQ(block.practices[1].gap, 18'049);
    EXPECT_EQ(block.practices[5].move, 45'122);
    EXPECT_EQ(block.practices[5].wanted_gain, pounds(83'250));
}

TEST(PaceOfChange, says_how_many_years_until_each_is_within_the_tolerance) {
    const PacedBlock block = got(paced(six(), pounds(12'300'000), {}));
    const auto years = years_to_tolerance(six(), block, {}, Factor(25'000));
    ASSERT_TRUE(years.ok()) << years.problem().says;
    EXPECT_EQ(*years, (std::vector<int>{10, 2, 0, 0, 4, 9}));
}

// An allocation of a year on a baseline of a quarter: 300% of growth a year is no forecast.
TEST(PaceOfChange, forecasts_no_further_than_money_goes) {
    const PacedBlock block = got(paced(six(), pounds(48'000'000), {}));
    const auto years = years_to_tolerance(six(), block, {}, Factor(3'000'000));
    ASSERT_TRUE(years.ok()) << years.problem().says;
    EXPECT_EQ((*years)[2], 0);
}

TEST(PaceOfChange, moves_gainers_faster_when_losses_pay_for_more) {
    const PacedBlock block = got(paced(six(), pounds(12'300'000), with_floor(-100'000)));
    EXPECT_EQ(block.step, PaceStep::gains_faster);
    EXPECT_EQ(block.theta, Factor(317'862));
    EXPECT_EQ(budgets_of(block),
              (std::vector<std::int64_t>{236'750'000, 202'950'000, 215'250'000, 194'750'000,
                                         187'188'924, 193'111'076}));
}

TEST(PaceOfChange, gives_to_those_inside_the_tolerance_last) {
    const PacedBlock block = got(
        paced(six({1900, 2080, 2180, 1990, 2030, 2120}), pounds(12'300'000), with_floor(-100'000)));
    EXPECT_EQ(block.step, PaceStep::gains_inside);
    EXPECT_EQ(block.theta, Factor(133'183));
    EXPECT_EQ(budgets_of(block),
              (std::vector<std::int64_t>{236'750'000, 205'399'548, 215'616'253, 195'316'027,
                                         185'728'612, 191'189'560}));
}

TEST(PaceOfChange, slows_losses_when_nobody_may_gain_more) {
    PaceRule rule = with_floor(-100'000);
    rule.cap = Factor(10'000);
    const PacedBlock block =
        got(paced(six({1000, 2420, 2420, 2100, 2100, 2260}), pounds(12'300'000), rule));
    EXPECT_EQ(block.practices[0].cap_applied, true);
    std::int64_t sum = 0;
    for (const std::int64_t budget : budgets_of(block)) sum += budget;
    EXPECT_EQ(sum, pounds(12'300'000).count());
}

TEST(PaceOfChange, refuses_an_envelope_short_of_the_floors) {
    const auto block = paced(six(), pounds(11'950'000), {});
    ASSERT_FALSE(block.ok());
    EXPECT_EQ(block.problem().says, "the envelope is £50,000.00 short of the floors");
}

TEST(PaceOfChange, pays_for_guarantees_out_of_the_others_down_to_their_floors) {
    auto inputs = six();
    inputs[3].guaranteed = pounds(2'200'000);
    const PacedBlock block = got(paced(inputs, pounds(12'300'000), {}));
    EXPECT_EQ(block.step, PaceStep::guarantees_reduced_others);
    EXPECT_EQ(block.practices[3].budget, pounds(2'200'000));
    for (const PacedPractice& practice : block.practices) {
        EXPECT_GE(practice.budget, practice.floor) << practice.practice.text();
    }
}

TEST(PaceOfChange, names_the_practices_it_refuses) {
    const auto says = [](auto change) {
        auto inputs = six();
        change(inputs);
        const auto block = paced(inputs, pounds(12'300'000), {});
        return block.ok() ? std::string("accepted") : block.problem().says;
    };
    EXPECT_EQ(says([](auto& in) {
                  in[1].need = 0;
                  in[4].need = -1;
              }),
              "B, E: no need weight above 0: a missing weight is never taken as 1");
    EXPECT_EQ(says([](auto& in) { in[1].practice = in[0].practice; }),
              "A: the practice is there twice");
    EXPECT_EQ(says([](auto& in) { in[2].opening = Pence(0); }),
              "C: no opening budget above £0.00: give the practice its recurrent baseline");
    EXPECT_EQ(says([](auto& in) { in[2].need = 1; }), "C: the fair share is less than a penny");
    EXPECT_EQ(says([](auto& in) { in.clear(); }),
              "there is no practice to share the envelope among");
    PaceRule rule;
    rule.minimum_move = Factor(60'000);  // above the cap
    EXPECT_FALSE(paced(six(), pounds(12'300'000), rule).ok());
    EXPECT_FALSE(paced(six(), Pence(0), {}).ok());
}

}  // namespace
}  // namespace purse
