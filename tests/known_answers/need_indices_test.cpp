// Need indices worked out from NHS England's practice weighted populations: a practice's weighted
// over its registered population, beside the country's; a place's beside its board's, as the
// published allocation tool shows them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "budget/need_weights.hpp"
#include "support/shared_data.hpp"
#include "tables/delimited.hpp"

namespace purse {
namespace {

struct Practice {
    std::string board, place;
    double population = 0;
    std::map<std::string, double> weighted;  // as our reader has them; none where it refuses
};

std::filesystem::path published(const std::string& year) {
    return testing::shared_folder() / "data/capitation" /
           ("gp_practice_weighted_pop_" + year + ".csv");
}

std::vector<Practice> practices_of(const std::string& year) {
    const auto table = read_table(published(year));
    const auto weights = read_need_weights(published(year));
    EXPECT_TRUE(table.ok() && weights.ok());
    const std::size_t code = table->column("Practice_Code").value();
    const std::size_t board = table->column("ICS22").value();
    const std::size_t place = table->column("LOC22").value();
    const std::size_t population = table->column("pop 2022/23").value();
    std::vector<Practice> practices;
    for (const auto& row : table->rows) {
        Practice& practice = practices.emplace_back();
        practice.board = row.cells[board];
        practice.place = row.cells[place];
        practice.population = std::stod(row.cells[population]);
        for (const std::string& component : weights->components) {
            const auto weight = weights->of(PracticeCode(row.cells[code]), component);
            if (weight) practice.weighted[component] = static_cast<double>(*weight) / 1e6;
        }
    }
    return practices;
}

double index_of(double weighted, double population, double all_weighted, double all_population) {
    return weighted / population / (all_weighted / all_population);
}

double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const double place = static_cast<double>(values.size() - 1) * share;
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

// In 2023/24 every component's weighted populations add up to the country's population
// (61,903,547).
TEST(NeedIndices, are_of_weights_that_add_up_to_the_population) {
    PURSE_NEEDS_SHARED("data/capitation");
    double population = 0;
    std::map<std::string, double> sums;
    for (const Practice& practice : practices_of("2023_24")) {
        population += practice.population;
        for (const auto& [component, weighted] : practice.weighted) sums[component] += weighted;
    }
    EXPECT_NEAR(population, 61'903'547.32, 0.01);
    ASSERT_EQ(sums.size(), 7U);
    for (const auto& [component, sum] : sums) EXPECT_NEAR(sum, population, 0.01) << component;
}

// 5th and 95th percentile of the practice index of 2022/23, of practices of 1,000 people and more.
TEST(NeedIndices, of_practices_spread_as_they_are_known_to) {
    PURSE_NEEDS_SHARED("data/capitation");
    const std::map<std::string, std::pair<double, double>> known = {
        {"general_and_acute", {0.723, 1.246}},
        {"community", {0.542, 1.505}},
        {"mental_health", {0.589, 1.654}},
        {"maternity", {0.577, 1.522}},
        {"health_inequalities", {0.584, 1.906}},
        {"prescribing", {0.724, 1.294}},
        {"overall", {0.784, 1.254}}};
    const auto practices = practices_of("2022_23");
    for (const auto& [component, spread] : known) {
        double weighted = 0, population = 0;
        const auto counts = [&](const Practice& practice) {
            return practice.population >= 1'000 && practice.weighted.contains(component);
        };
        for (const Practice& practice : practices) {
            if (!counts(practice)) continue;
            weighted += practice.weighted.at(component);
            population += practice.population;
        }
        std::vector<double> indices;
        for (const Practice& practice : practices) {
            if (!counts(practice)) continue;
            indices.push_back(index_of(practice.weighted.at(component), practice.population,
                                       weighted, population));
        }
        EXPECT_GT(indices.size(), 6'400U);
        EXPECT_NEAR(percentile(indices, 0.05), spread.first, 0.002) << component;
        EXPECT_NEAR(percentile(indices, 0.95), spread.second, 0.002) << component;
    }
}

// Place index = (weighted ÷ population of the place) ÷ (the same of its board); its mean over the
// board's people is one.
TEST(NeedIndices, of_places_average_to_one_within_their_board) {
    PURSE_NEEDS_SHARED("data/capitation");
    struct Sum {
        double weighted = 0, population = 0;
    };
    std::map<std::string, Sum> boards;
    std::map<std::pair<std::string, std::string>, Sum> places;
    for (const Practice& practice : practices_of("2022_23")) {
        const auto weighted = practice.weighted.find("overall");
        if (weighted == practice.weighted.end()) continue;
        for (Sum* sum : {&boards[practice.board], &places[{practice.board, practice.place}]}) {
            sum->weighted += weighted->second;
            sum->population += practice.population;
        }
    }
    ASSERT_EQ(boards.size(), 42U);
    ASSERT_EQ(places.size(), 106U);
    std::map<std::string, double> means;
    std::size_t away_from_one = 0;
    for (const auto& [key, place] : places) {
        const Sum& board = boards.at(key.first);
        const double index =
            index_of(place.weighted, place.population, board.weighted, board.population);
        means[key.first] += index * place.population / board.population;
        away_from_one += std::abs(index - 1) > 0.01 ? 1U : 0U;
    }
    for (const auto& [board, mean] : means) EXPECT_NEAR(mean, 1, 1e-9) << board;
    EXPECT_GT(away_from_one, 50U);  // places do differ
}

// The published tool takes a missing or zero weight as 1; here it is refused, by name.
TEST(NeedIndices, lack_a_weight_where_the_published_file_has_none) {
    PURSE_NEEDS_SHARED("data/capitation");
    const auto weights = read_need_weights(published("2022_23"));
    ASSERT_TRUE(weights.ok());
    const auto chelsea = weights->of(PracticeCode("E87711"), "maternity");
    ASSERT_FALSE(chelsea.ok());
    EXPECT_NE(chelsea.problem().says.find("E87711 has no weight above 0 for 'maternity'"),
              std::string::npos);
    EXPECT_TRUE(weights->of(PracticeCode("E87711"), "general_and_acute").ok());
}

}  // namespace
}  // namespace purse
