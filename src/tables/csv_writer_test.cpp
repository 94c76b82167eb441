#include <gtest/gtest.h>

#include "tables/delimited.hpp"

namespace purse {
namespace {

TEST(CsvLine, QuotesWhatMustBeQuotedAndNothingElse) {
    const std::pair<std::vector<std::string>, std::string_view> cases[] = {
        {{"a", "b c", "5.00"}, "a,b c,5.00\n"},
        {{"a,b", "say \"hi\"", "two\nlines"}, "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n"},
        {{" a", "b\t"}, "\" a\",\"b\t\"\n"},
        {{"", ""}, ",\n"},
        {{""}, "\"\"\n"},
        {{}, "\n"},
    };
    for (const auto& [cells, line] : cases) EXPECT_EQ(csv_line(cells), line);
}

}  // namespace
}  // namespace purse
