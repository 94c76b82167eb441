#include "benchmarking/measure.hpp"

#include <gtest/gtest.h>

#include "benchmarking/peers.hpp"

namespace purse {
namespace {

const std::filesystem::path rules = std::filesystem::path(PURSE_SOURCE_DIR) / "rules/benchmarking";

constexpr std::string_view good =
    "[[measure]]\ncode = \"ae\"\nname = \"A&E\"\ncounts = \"attendances\"\nmeans = \"all\"\n"
    "data_set = \"ae\"\nlines = [\"ae\"]\nbeside = []\n";

TEST(Measures, those_that_come_with_the_program_are_read) {
    const auto measures = read_measures(rules / "measures.toml");
    ASSERT_TRUE(measures.ok()) << measures.problem().says;
    for (const char* code :
         {"gp_referrals", "first_outpatient", "follow_up", "emergency_admissions"}) {
        EXPECT_TRUE(measures->find(code).ok()) << code;
    }
    const auto comparison = read_comparison_rules(rules / "comparison.toml");
    ASSERT_TRUE(comparison.ok()) << comparison.problem().says;
    EXPECT_EQ(comparison->months, 12);
}

TEST(Measures, an_unknown_measure_is_told_those_there_are) {
    const auto measures = parse_measures(good, "m.toml");
    ASSERT_TRUE(measures.ok()) << measures.problem().says;
    EXPECT_EQ(measures->find("x").problem().says, "there is no measure 'x': name one of ae");
}

TEST(Measures, faults_are_named_with_their_line) {
    const std::string text(good);
    struct Case {
        std::string toml, says;
    };
    for (const auto& [toml, says] : std::vector<Case>{
             {"", "no [[measure]] is in it"},
             {"measure = []", "no [[measure]] is in it"},
             {"[[measure]\n", "m.toml line 1"},
             {text + text, "m.toml line 9: 'ae' is there twice"},
             {text + "better = \"less\"\n", "m.toml line 9: 'better' is not known here"},
             {text + "hrg_begins = 3\n", "'hrg_begins' must be a list"},
             {text + "referral_source = [\"03\"]\n", "only outpatients"},
             {"[[measure]]\ncode = \"A B\"\n", "small letters"},
         }) {
        const auto read = parse_measures(toml, "m.toml");
        ASSERT_FALSE(read.ok()) << toml;
        EXPECT_NE(read.problem().says.find(says), std::string::npos) << read.problem().says;
    }
}

TEST(Measures, of_referrals_know_of_priorities_and_of_nothing_that_records_have) {
    const std::string text =
        "[[measure]]\ncode = \"made\"\nname = \"Made\"\ncounts = \"referrals\"\nmeans = \"all\"\n"
        "data_set = \"referrals\"\nbeside = []\n";
    const auto measures =
        parse_measures(std::string(good) + text + "priority = [\"urgent\"]\n", "m.toml");
    ASSERT_TRUE(measures.ok()) << measures.problem().says;
    EXPECT_TRUE(measures->all[1].of_referrals);
    EXPECT_EQ(measures->all[1].priorities, std::vector<std::string>{"urgent"});
    EXPECT_EQ(measures->of_records().all.size(), 1U);
    EXPECT_FALSE(parse_measures(text + "lines = [\"ae\"]\n", "m.toml").ok());
    EXPECT_FALSE(parse_measures(std::string(good) + "priority = [\"urgent\"]\n", "m.toml").ok());
}

TEST(ComparisonRules, what_is_missing_or_out_of_range_is_refused) {
    EXPECT_FALSE(parse_comparison_rules("", "c.toml").ok());
    EXPECT_FALSE(parse_comparison_rules("months = 0\n", "c.toml").ok());
    EXPECT_FALSE(parse_comparison_rules("bands = [\"0-4\"]\n", "c.toml").ok());
}

Characteristics five() {
    Characteristics known;
    int at = 0;
    for (const auto& [size, old] : std::vector<std::pair<double, double>>{
             {2000, 0.10}, {2100, 0.11}, {8000, 0.10}, {8200, 0.30}, {16000, 0.12}}) {
        known[PracticeCode("X9000" + std::to_string(++at))] = {{"list_size", size},
                                                               {"share_65_and_over", old}};
    }
    return known;
}

TEST(Likeness, the_nearest_are_like_in_all_that_is_known) {
    const Likeness likeness(five(), {"list_size", "share_65_and_over", "deprivation", "rurality"});
    EXPECT_EQ(likeness.nearest(PracticeCode("X90001"), 2),
              (std::vector<PracticeCode>{PracticeCode("X90002"), PracticeCode("X90003")}));
    // Its size is X90004's, its age is not.
    EXPECT_EQ(likeness.nearest(PracticeCode("X90003"), 1),
              std::vector<PracticeCode>{PracticeCode("X90005")});
    EXPECT_EQ(likeness_in_words(likeness),
              "list size and share of patients aged 65 and over; deprivation and rurality are not "
              "known");
    EXPECT_TRUE(likeness.nearest(PracticeCode("X90009"), 2).empty());
}

TEST(Likeness, what_is_known_of_some_only_is_not_compared_by) {
    auto known = five();
    known[PracticeCode("X90001")]["deprivation"] = 30;
    const Likeness likeness(known, {"list_size", "deprivation"});
    EXPECT_EQ(likeness.not_known(), std::vector<std::string>{"deprivation"});
}

TEST(Characteristics, a_file_is_read_and_its_faults_are_named) {
    const auto known = parse_characteristics(
        "practice,characteristic,value,source\nX90001,deprivation,21.5,IMD 2015\n", "c.csv");
    ASSERT_TRUE(known.ok()) << known.problem().says;
    EXPECT_DOUBLE_EQ(known->values.at(PracticeCode("X90001")).at("deprivation"), 21.5);
    EXPECT_EQ(known->sources.at("deprivation"), "IMD 2015");
    for (const char* row : {"X90001,deprivation,much,IMD", ",deprivation,1,IMD", "X90001,,1,IMD",
                            "X90001,a,1,s\nX90001,a,2,s"}) {
        const auto read = parse_characteristics(
            std::string("practice,characteristic,value,source\n") + row + "\n", "c.csv");
        EXPECT_FALSE(read.ok()) << row;
    }
}

}  // namespace
}  // namespace purse
