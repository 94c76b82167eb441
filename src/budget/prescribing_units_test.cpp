#include "budget/prescribing_units.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

std::filesystem::path rules(const char* name) {
    return std::filesystem::path(PURSE_SOURCE_DIR) / "rules/prescribing_units" / name;
}

TEST(PrescribingUnits, of_a_list_are_the_sum_by_hand) {
    const auto units = read_prescribing_units(rules("astro-pu.toml"));
    ASSERT_TRUE(units.ok()) << units.problem().says;
    ASSERT_EQ(units->bands.size(), 9U);
    ListByBand list{std::vector<Patients>(9), std::vector<Patients>(9)};
    list.men[0] = Patients(10);     // 10 × 1.0
    list.men[8] = Patients(2);      // 2 × 11.343
    list.women[3] = Patients(100);  // 100 × 1.842
    const auto cost = units->group("cost");
    ASSERT_TRUE(cost.ok());
    EXPECT_TRUE(units_of(list, *cost) == wide{216'886} * 1'000'000);  // 216.886
    const auto items = units->group("items");
    EXPECT_EQ(items->women[8], Factor(48'480'000));
}

TEST(PrescribingUnits, of_therapeutic_groups_have_a_weight_for_every_band) {
    const auto units = read_prescribing_units(rules("star-pu.toml"));
    ASSERT_TRUE(units.ok()) << units.problem().says;
    EXPECT_EQ(units->groups.size(), 25U);
    EXPECT_EQ(units->groups.at("antidepressants_adq").women[5], Factor(49'800'000));
    const auto none = units->group("statin");
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.problem().says.find("statins_cost"), std::string::npos);
}

TEST(PrescribingUnits, are_refused_where_a_weight_is_missing) {
    const auto says = [](std::string_view weights) {
        const auto units = read_prescribing_units_text(
            "name = \"x\"\ntitle = \"X\"\nsource = \"s\"\nin_use_from = \"2013-04-01\"\n"
            "bands = [\"0-4\", \"5+\"]\n[groups]\n" +
                std::string(weights),
            "x.toml");
        return units.ok() ? std::string("accepted") : units.problem().says;
    };
    EXPECT_EQ(says("a.men = [\"1\", \"2\"]\na.women = [\"1\", \"2\"]\n"), "accepted");
    EXPECT_NE(says("a.men = [\"1\"]\na.women = [\"1\", \"2\"]\n").find("each of the 2 bands"),
              std::string::npos);
    EXPECT_NE(says("a.men = [\"1\", \"-2\"]\na.women = [\"1\", \"2\"]\n").find("is no weight"),
              std::string::npos);
    EXPECT_NE(says("").find("[groups] is missing"), std::string::npos);
}

}  // namespace
}  // namespace purse
