#include "budget/deprivation_file.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(DeprivationFile, reads_the_published_layouts_and_ones_own) {
    const auto own = read_deprivation_scores_text("practice,score\nP1,12.5\nP2,\n", "d.csv");
    ASSERT_TRUE(own.ok()) << own.problem().says;
    EXPECT_EQ(own->scores.size(), 1U);
    EXPECT_EQ(own->scores.at(PracticeCode("P1")), 12'500'000);
    const auto weighted = read_deprivation_scores_text(
        "\"practice_code\",\"practice_name\",\"postcode\",\"subicb_code\",\"imd_score\","
        "\"imd_decile\"\n\"A81001\",\"X\",\"TS18\",\"16C\",34.5687225678029,2\n",
        "i.csv");
    ASSERT_TRUE(weighted.ok()) << weighted.problem().says;
    EXPECT_EQ(weighted->scores.at(PracticeCode("A81001")), 34'568'723);
    const auto fingertips = read_deprivation_scores_text(
        "IndicatorID,Year,AreaCode,AreaName,IsAreaCurrent,Value\n"
        "93553,2015,A81001,X,1,29.1\n93553,2019,A81001,X,1,32.36\n93553,2019,E92000001,X,1,21\n",
        "f.csv");
    ASSERT_TRUE(fingertips.ok()) << fingertips.problem().says;
    EXPECT_EQ(fingertips->of, "2019");
    EXPECT_EQ(fingertips->scores.at(PracticeCode("A81001")), 32'360'000);
    EXPECT_EQ(fingertips->scores.size(), 1U);
}

TEST(DeprivationFile, refuses_what_is_no_score) {
    const auto says = [](const std::string& rows) {
        const auto scores = read_deprivation_scores_text("practice,score\n" + rows, "d.csv");
        return scores.ok() ? std::string("accepted") : scores.problem().says;
    };
    EXPECT_NE(says("P1,high\n").find("d.csv line 2, column score: 'high' is no score"),
              std::string::npos);
    EXPECT_NE(says("P1,-1\n").find("is no score"), std::string::npos);
    EXPECT_NE(says("P1,1\nP1,2\n").find("line 3, column practice: 'P1' is there twice"),
              std::string::npos);
    EXPECT_NE(says("P1,NA\n").find("holds no score"), std::string::npos);
    EXPECT_FALSE(read_deprivation_scores_text("a,b\n1,2\n", "d.csv").ok());
}

}  // namespace
}  // namespace purse
