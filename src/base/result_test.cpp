#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace purse {
namespace {

TEST(Result, IsAValueOrAProblem) {
    const Result<int> good = 5;
    EXPECT_TRUE(good.ok());
    EXPECT_EQ(*good, 5);
    EXPECT_EQ(good.value_or(7), 5);
    const Result<int> bad = not_found("no such month");
    EXPECT_FALSE(bad.ok());
    EXPECT_EQ(bad.problem().says, "no such month");
    EXPECT_EQ(bad.value_or(7), 7);
}

TEST(Result, HandsOverWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 3);
}

TEST(ResultDeathTest, StopsWhoAsksForWhatIsNotThere) {
    const Result<int> good = 5;
    const Result<int> bad = bad_input("no");
    EXPECT_DEATH((void)bad.value(), "promise");
    EXPECT_DEATH((void)good.problem(), "promise");
}

TEST(Problems, HaveEachTheirNameAndExitCode) {
    std::set<int> codes;
    std::set<std::string_view> names;
    for (const ProblemKind kind :
         {ProblemKind::bad_input, ProblemKind::not_found, ProblemKind::conflict,
          ProblemKind::forbidden, ProblemKind::unavailable}) {
        codes.insert(exit_code(kind));
        names.insert(name_of(kind));
    }
    EXPECT_EQ(codes.size(), 5U);
    EXPECT_EQ(names.size(), 5U);
    EXPECT_FALSE(codes.contains(0));
}

}  // namespace
}  // namespace purse
