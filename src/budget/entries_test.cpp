#include "budget/entries.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

constexpr const char* heading = "date,author,reason,practice,line,recurrent,pence,kind\n";

std::string refused(const std::string& row) {
    const auto entries = read_entries_text(heading + row, "entries.csv");
    return entries.ok() ? "accepted" : entries.problem().says;
}

TEST(Entries, are_read_with_their_kind_or_without_one) {
    const auto entries = read_entries_text(
        std::string(heading) +
            "2018-04-01,F. Director,second of three,P1,prescribing,no,-5000,deficit_repayment\n"
            "2018-04-01,F. Director,clinic,P2,elective,yes,700,\n",
        "entries.csv");
    ASSERT_TRUE(entries.ok()) << entries.problem().says;
    EXPECT_EQ((*entries)[0].kind, EntryKind::deficit_repayment);
    EXPECT_EQ((*entries)[0].amount, Pence(-5000));
    EXPECT_FALSE((*entries)[0].recurrent);
    EXPECT_EQ((*entries)[1].kind, EntryKind::other);
    const auto plain = read_entries_text(
        "date,author,reason,practice,line,recurrent,pence\n2018-04-01,A,why,P1,ae,yes,1\n", "e");
    ASSERT_TRUE(plain.ok()) << plain.problem().says;
    EXPECT_EQ(plain->front().kind, EntryKind::other);
}

TEST(Entries, are_refused_with_the_line_and_what_to_write) {
    EXPECT_NE(refused("2018-04-01,A,why,P1,ae,no,5,full_year_effect\n").find("line 2: a full-year"),
              std::string::npos);
    EXPECT_NE(refused("2018-04-01,A,why,P1,ae,yes,5,prior_year_item\n").find("of this year only"),
              std::string::npos);
    EXPECT_NE(refused("2018-04-01,A,why,P1,ae,no,5,deficit_repayment\n").find("below 0"),
              std::string::npos);
    EXPECT_NE(refused("2018-04-01,A,why,P1,ae,no,5,gift\n").find("write one of other, full_year"),
              std::string::npos);
    EXPECT_NE(refused("2018-04-01,A,why,P1,ae,no,5.5,\n").find("whole number of pence"),
              std::string::npos);
    EXPECT_NE(refused("2018-04-01,A,,P1,ae,no,5,\n").find("author and a reason"),
              std::string::npos);
    EXPECT_NE(refused("2018-04-31,A,why,P1,ae,no,5,\n").find("line 2"), std::string::npos);
    EXPECT_NE(refused("2018-04-01,A,why,PRACTICE ONE,ae,no,5,\n").find("no practice code"),
              std::string::npos);
}

TEST(Entries, of_savings_protect_what_was_saved_and_no_more) {
    const auto savings = read_savings_text(
        "date,author,reason,practice,line,year,saved_pence,before_pence\n"
        "2017-06-01,A,generics,P1,prescribing,2016/17,300,1000\n"
        "2018-06-01,A,more generics,P1,prescribing,2017/18,100,700\n",
        "savings.csv");
    ASSERT_TRUE(savings.ok()) << savings.problem().says;
    const FinancialYear year(2018);
    EXPECT_EQ(protection_of(Pence(600), *savings, year, 3), Pence(400));
    EXPECT_EQ(protection_of(Pence(650), *savings, year, 3), Pence(350));  // back where it was
    EXPECT_EQ(protection_of(Pence(100), *savings, year, 3), Pence(400));  // fell for other reasons
    EXPECT_EQ(protection_of(Pence(1200), *savings, year, 3), Pence(0));
    EXPECT_EQ(protection_of(Pence(600), *savings, year, 1), Pence(100));  // the first is over
    EXPECT_EQ(protection_of(Pence(600), *savings, year, 0), Pence(0));
    EXPECT_FALSE(
        read_savings_text("date,author,reason,practice,line,year,saved_pence,before_pence\n"
                          "2017-06-01,A,why,P1,prescribing,2016/17,300,200\n",
                          "s")
            .ok());
}

}  // namespace
}  // namespace purse
