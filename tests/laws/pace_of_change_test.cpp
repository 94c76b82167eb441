// What the pace of change promises for every commissioner, on thousands of made-up ones: the sum,
// the floors, nobody past the target, order, continuity, and that more need or more history never
// lowers a practice's own budget.
#include "budget/pace_of_change.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace purse {
namespace {

struct Commissioner {
    std::vector<PaceInput> practices;
    Pence envelope;
    PaceRule rule;
};

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least +
               static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
    }
    std::int64_t one_of(std::initializer_list<std::int64_t> values) {
        return *(values.begin() + between(0, static_cast<std::int64_t>(values.size()) - 1));
    }
    std::mt19937_64& engine() { return engine_; }

  private:
    std::mt19937_64 engine_;
};

// 2 to 40 practices, spreads of need and use of 2% to 60%, growth of -1% to 8%.
Commissioner some_commissioner(Chance& chance, bool default_rule = false, int fewest = 2) {
    Commissioner made;
    const std::int64_t spread = chance.between(2, 60);
    const auto practices = chance.between(fewest, 40);
    std::int64_t openings = 0;
    for (std::int64_t i = 0; i < practices; ++i) {
        const std::int64_t patients = chance.between(2'000, 20'000);
        const auto varied = [&](std::int64_t value) {
            return value * chance.between(1000 - 8 * spread, 1000 + 10 * spread) / 1000;
        };
        const std::int64_t opening = varied(patients * 120'000) + chance.between(0, 99);
        openings += opening;
        const std::string code = "P" + std::to_string(10'000 + i);
        made.practices.push_back(
            {PracticeCode(code), Pence(opening), varied(patients * 1'000'000) + 1, std::nullopt});
    }
    made.envelope = Pence(openings * chance.between(990, 1080) / 1000 + chance.between(0, 99));
    if (default_rule) return made;
    made.rule.floor = Factor(chance.one_of({-20'000, 0, 5'000}));
    made.rule.tolerance = Factor(chance.one_of({0, 50'000, 100'000}));
    made.rule.minimum_move = Factor(chance.one_of({0, 10'000, 20'000}));
    made.rule.cap = Factor(chance.one_of({30'000, 50'000, 1'000'000}));
    return made;
}

Pence floors_of(const Commissioner& made) {
    Pence sum;
    for (const PaceInput& input : made.practices) {
        sum += scaled(input.opening, Factor(Factor::one + made.rule.floor.millionths()),
                      Rounding::ceiling);
    }
    return sum;
}

void expect_promises(const Commissioner& made, const PacedBlock& block) {
    Pence sum;
    for (const PacedPractice& practice : block.practices) {
        SCOPED_TRACE(practice.practice.text());
        sum += practice.budget;
        ASSERT_GE(practice.budget, practice.floor);
        const Pence share = practice.fair_share;
        const bool over = practice.distance_before > 0;
        if (over) {
            ASSERT_GE(practice.budget, share) << "past the target, downwards";
        } else {
            ASSERT_LE(practice.budget, std::max(share, practice.floor)) << "past it, upwards";
        }
        // The cap, but for a floor above it; and the edge, which no loss crosses. Both to a penny,
        // and one more for the stand-still budget's own rounding.
        const Pence most = practice.stand_still +
                           scaled(practice.stand_still, made.rule.cap, Rounding::up) + Pence(2);
        ASSERT_LE(practice.budget, std::max(most, practice.floor));
        if (practice.distance_before > made.rule.tolerance.millionths()) {
            const Factor to_edge(Factor::one + made.rule.tolerance.millionths());
            ASSERT_GE(practice.budget, scaled(share, to_edge, Rounding::down) - Pence(1));
        } else {
            ASSERT_GE(practice.budget, practice.stand_still - Pence(2)) << "less than the uplift";
        }
    }
    ASSERT_EQ(sum, made.envelope);
}

TEST(PaceOfChangeLaws, keeps_the_sum_the_floors_the_targets_and_the_caps) {
    Chance chance(2007);
    std::map<PaceStep, int> steps;
    int refused = 0;
    for (int i = 0; i < 20'000 && !HasFatalFailure(); ++i) {
        const Commissioner made = some_commissioner(chance);
        const auto block = paced(made.practices, made.envelope, made.rule);
        ASSERT_EQ(block.ok(), floors_of(made) <= made.envelope) << i;
        if (!block.ok()) {
            ++refused;
            continue;
        }
        ++steps[block->step];
        expect_promises(made, *block);
    }
    EXPECT_GT(refused, 500);
    for (const PaceStep step : {PaceStep::gains, PaceStep::gains_faster, PaceStep::gains_inside,
                                PaceStep::losses_slower}) {
        EXPECT_GT(steps[step], 200) << to_text(step);
    }
}

TEST(PaceOfChangeLaws, keeps_the_sum_and_every_floor_with_guarantees) {
    Chance chance(1994);
    int shortfalls = 0;
    for (int i = 0; i < 3'000; ++i) {
        Commissioner made = some_commissioner(chance);
        for (PaceInput& input : made.practices) {
            if (chance.between(0, 3) != 0) continue;
            input.guaranteed = Pence(input.opening.count() * chance.between(95, 106) / 100);
        }
        const auto block = paced(made.practices, made.envelope, made.rule);
        if (!block.ok()) continue;
        shortfalls += block->step == PaceStep::guarantees_reduced_others ? 1 : 0;
        Pence sum;
        for (const PacedPractice& practice : block->practices) {
            sum += practice.budget;
            ASSERT_GE(practice.budget, practice.floor);
        }
        ASSERT_EQ(sum, made.envelope);
    }
    EXPECT_GT(shortfalls, 100);
}

TEST(PaceOfChangeLaws, do_not_depend_on_the_order_of_the_practices) {
    Chance chance(3);
    for (int i = 0; i < 1'000; ++i) {
        Commissioner made = some_commissioner(chance);
        const auto block = paced(made.practices, made.envelope, made.rule);
        std::ranges::shuffle(made.practices, chance.engine());
        const auto shuffled = paced(made.practices, made.envelope, made.rule);
        ASSERT_EQ(block.ok(), shuffled.ok());
        if (!block.ok()) continue;
        for (std::size_t at = 0; at < block->practices.size(); ++at) {
            ASSERT_EQ(block->practices[at].practice, shuffled->practices[at].practice);
            ASSERT_EQ(block->practices[at].budget, shuffled->practices[at].budget);
        }
    }
}

// Puts a practice on the edge of the tolerance, or a point beside it, where a rule with a cliff
// would show it.
void put_near_an_edge(Commissioner& made, Chance& chance) {
    const auto block = paced(made.practices, made.envelope, made.rule);
    if (!block.ok()) return;
    const auto place = static_cast<std::size_t>(
        chance.between(0, static_cast<std::int64_t>(made.practices.size()) - 1));
    const std::int64_t aim =
        chance.one_of({900'000, 1'100'000}) + chance.one_of({-10'000, 0, 10'000});
    PaceInput& input = made.practices[place];
    const auto distance = Factor::one + block->practices[place].distance_before;
    input.opening = Pence(static_cast<std::int64_t>(wide{input.opening.count()} * aim / distance));
}

// The most that any budget moves.
std::int64_t largest_move(const PacedBlock& a, const PacedBlock& b) {
    std::int64_t most = 0;
    for (std::size_t i = 0; i < a.practices.size(); ++i) {
        most = std::max(most, std::abs((a.practices[i].budget - b.practices[i].budget).count()));
    }
    return most;
}

TEST(PaceOfChangeLaws, a_penny_or_a_patient_moves_no_budget_by_more_than_twice_that) {
    Chance chance(11);
    int pushed = 0;
    for (int i = 0; i < 3'000; ++i) {
        Commissioner made = some_commissioner(chance, true, 3);
        if (i % 2 == 0) put_near_an_edge(made, chance);
        const auto before = paced(made.practices, made.envelope, made.rule);
        if (!before.ok()) continue;
        const auto place = static_cast<std::size_t>(
            chance.between(0, static_cast<std::int64_t>(made.practices.size()) - 1));

        Commissioner richer = made;
        richer.practices[place].opening += Pence(1);
        if (const auto after = paced(richer.practices, richer.envelope, richer.rule); after.ok()) {
            ASSERT_LE(largest_move(*before, *after), 3) << "a penny of history, case " << i;
            ++pushed;
        }
        Commissioner needier = made;
        needier.practices[place].need += Factor::one;
        const auto after = paced(needier.practices, needier.envelope, needier.rule);
        ASSERT_TRUE(after.ok());
        std::int64_t needs = 0;
        for (const PaceInput& input : made.practices) needs += input.need / Factor::one;
        ASSERT_LE(largest_move(*before, *after), 2 * made.envelope.count() / needs + 2)
            << "a patient's need, case " << i;
        const auto one_more = paced(made.practices, made.envelope + Pence(1), made.rule);
        ASSERT_TRUE(one_more.ok());
        ASSERT_LE(largest_move(*before, *one_more), 3) << "a penny of envelope, case " << i;
    }
    EXPECT_GT(pushed, 1'500);
}

TEST(PaceOfChangeLaws, more_need_or_more_history_never_lowers_ones_own_budget) {
    Chance chance(5);
    for (int i = 0; i < 3'000; ++i) {
        const Commissioner made = some_commissioner(chance);
        const auto before = paced(made.practices, made.envelope, made.rule);
        if (!before.ok()) continue;
        const auto place = static_cast<std::size_t>(
            chance.between(0, static_cast<std::int64_t>(made.practices.size()) - 1));
        const auto own = before->practices[place].budget;
        // Largest remainders may take a penny away again.
        Commissioner needier = made;
        needier.practices[place].need +=
            needier.practices[place].need * chance.between(1, 30) / 100;
        const auto by_need = paced(needier.practices, needier.envelope, needier.rule);
        ASSERT_TRUE(by_need.ok());
        ASSERT_GE(by_need->practices[place].budget, own - Pence(1)) << "need, case " << i;
        Commissioner richer = made;
        PaceInput& input = richer.practices[place];
        input.opening += Pence(input.opening.count() * chance.between(1, 30) / 100);
        const auto by_history = paced(richer.practices, richer.envelope, richer.rule);
        if (!by_history.ok()) continue;  // the floors rose above the envelope
        ASSERT_GE(by_history->practices[place].budget, own - Pence(1)) << "history, case " << i;
    }
}

// The forecast goes by 128-bit numbers where they suffice; year by year in the wide ones it is the
// same.
TEST(PaceOfChangeLaws, the_forecast_is_the_rule_applied_year_after_year) {
    Chance chance(33);
    int forecasts = 0;
    for (int i = 0; i < 60; ++i) {
        const Commissioner made = some_commissioner(chance, i % 2 == 0);
        const auto first = paced(made.practices, made.envelope, made.rule);
        if (!first.ok()) continue;
        const Factor growth(chance.between(0, 40'000));
        const auto years = years_to_tolerance(made.practices, *first, made.rule, growth);
        std::vector<PaceInput> next = made.practices;
        std::ranges::sort(next, {}, &PaceInput::practice);
        std::vector<int> expected(next.size(), no_year_of_this_scheme);
        PacedBlock now = *first;
        bool went_on = true;
        for (int year = 0; year < no_year_of_this_scheme && went_on; ++year) {
            for (std::size_t at = 0; at < next.size(); ++at) {
                const PacedPractice& practice = now.practices[at];
                const wide tolerated =
                    wide{practice.fair_share.count()} * made.rule.tolerance.millionths();
                const wide off =
                    wide{(practice.budget - practice.fair_share).count()} * Factor::one;
                const bool within = year == 0 ? std::abs(practice.distance_before) <=
                                                    made.rule.tolerance.millionths()
                                              : off <= tolerated && -off <= tolerated;
                if (within) expected[at] = std::min(expected[at], year);
                if (year > 0) next[at].opening = practice.budget;
            }
            if (year == 0) continue;
            auto following = paced(
                next,
                scaled(now.envelope, Factor(Factor::one + growth.millionths()), Rounding::down),
                made.rule);
            went_on = following.ok();
            if (went_on) now = std::move(*following);
        }
        if (!years.ok() || !went_on) continue;  // a floor above the growth
        ++forecasts;
        ASSERT_EQ(*years, expected) << "case " << i;
    }
    EXPECT_GT(forecasts, 20);
}

// Two practices at the same distance are one practice for everybody else.
TEST(PaceOfChangeLaws, a_merger_of_like_practices_changes_nobody_else) {
    Chance chance(21);
    for (int i = 0; i < 1'000; ++i) {
        Commissioner made = some_commissioner(chance, false, 3);
        made.practices[1].opening = made.practices[0].opening;
        made.practices[1].need = made.practices[0].need;
        const auto apart = paced(made.practices, made.envelope, made.rule);
        if (!apart.ok()) continue;
        Commissioner merged = made;
        merged.practices[0].opening += merged.practices[1].opening;
        merged.practices[0].need += merged.practices[1].need;
        merged.practices.erase(merged.practices.begin() + 1);
        const auto together = paced(merged.practices, merged.envelope, merged.rule);
        if (!together.ok()) continue;  // floors are rounded up once instead of twice
        // Targets and budgets are rounded to pence among other practices: two pence each.
        const Pence both = apart->practices[0].budget + apart->practices[1].budget;
        ASSERT_LE(std::abs((together->practices[0].budget - both).count()), 4) << i;
        for (std::size_t at = 1; at < together->practices.size(); ++at) {
            ASSERT_LE(
                std::abs(
                    (together->practices[at].budget - apart->practices[at + 1].budget).count()),
                4)
                << "case " << i;
        }
    }
}

}  // namespace
}  // namespace purse
