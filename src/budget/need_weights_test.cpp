#include "budget/need_weights.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(NeedWeights, read_the_published_layout_and_a_table_of_one_s_own) {
    const auto published = read_need_weights_text(
        "\xEF\xBB\xBFPractice_Code,GP_Practice_Name,pop 2022/23,G&A WP,Mat WP,Final WP\n"
        "A81001,The Densham Surgery,4086.31,4866.267475,3745.0478469999,5314.58742\n",
        "published.csv");
    ASSERT_TRUE(published.ok()) << published.problem().says;
    EXPECT_EQ(published->of(PracticeCode("A81001"), "general_and_acute").value(), 4'866'267'475);
    EXPECT_EQ(published->of(PracticeCode("A81001"), "maternity").value(), 3'745'047'847);
    const auto own = read_need_weights_text("practice,prescribing\nP1,12.5\n", "own.csv");
    ASSERT_TRUE(own.ok()) << own.problem().says;
    EXPECT_EQ(own->of(PracticeCode("P1"), "prescribing").value(), 12'500'000);
}

TEST(NeedWeights, never_take_a_missing_or_zero_weight_as_one) {
    const auto weights =
        read_need_weights_text("practice,maternity,community\nP1,0,5\nP2,,5\n", "w.csv");
    ASSERT_TRUE(weights.ok());
    for (const char* practice : {"P1", "P2", "P3"}) {
        const auto weight = weights->of(PracticeCode(practice), "maternity");
        ASSERT_FALSE(weight.ok());
        EXPECT_EQ(weight.problem().says,
                  std::string("w.csv: ") + practice +
                      " has no weight above 0 for 'maternity': a missing weight is never taken "
                      "as 1");
    }
    EXPECT_EQ(weights->of(PracticeCode("P1"), "overall").problem().says,
              "w.csv has no weights for 'overall'");
}

TEST(NeedWeights, refuse_what_is_no_weight_with_its_place) {
    const auto says = [](const char* text) {
        const auto weights = read_need_weights_text(text, "w.csv");
        return weights.ok() ? std::string("accepted") : weights.problem().says;
    };
    EXPECT_NE(says("practice,community\nP1,lots\n").find("w.csv line 2, column community: 'lots'"),
              std::string::npos);
    EXPECT_NE(says("practice,community\nP1,-1\n").find("from 0 to 100,000,000"), std::string::npos);
    EXPECT_NE(says("practice,community\nP1,1\nP1,2\n").find("line 3, column practice"),
              std::string::npos);
    EXPECT_NE(says("practice,beds\nP1,1\n").find("has no column of weights"), std::string::npos);
}

}  // namespace
}  // namespace purse
