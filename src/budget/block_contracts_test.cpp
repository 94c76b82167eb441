#include "budget/block_contracts.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const std::string headings = "provider,line,year,annual_amount,rule,practice,share\n";
const PracticeCode one("X90001"), other("X90002");

BlockFile read(const std::string& rows) {
    return read_block_contracts_text(headings + rows, "blocks.csv").value();
}

TEST(BlockContracts, are_read_with_their_rules_and_shares) {
    const BlockFile file = read(
        "ZX1,mental_health,2017/18,100000.01,weighted_list,,\n"
        "ZX2,community,2017/18,500,activity,X90001,30\n"
        "ZX2,community,2017/18,500,activity,X90002,12.5\n");
    ASSERT_TRUE(file.unread.empty()) << file.unread.front().says;
    ASSERT_EQ(file.contracts.size(), 2U);
    EXPECT_EQ(file.contracts[0].line, BudgetLine::community);
    EXPECT_EQ(file.contracts[0].shares,
              (std::map<PracticeCode, std::int64_t>{{one, 30'000}, {other, 12'500}}));
    EXPECT_EQ(file.contracts[1].annual, Pence(10'000'001));
    EXPECT_EQ(file.contracts[1].rule, BlockRule::weighted_list);
    EXPECT_EQ(read_block_contracts_text(as_csv(file.contracts), "kept.csv").value().contracts,
              file.contracts);
}

TEST(BlockContracts, are_left_out_whole_where_a_row_cannot_be_read) {
    const BlockFile file = read(
        "ZX1,community,2017/18,500,given,X90001,1\n"
        "ZX1,community,2017/18,500,given,X90002,much\n"
        "ZX2,community,2017/18,500,given,X90001,1\n"
        "ZX2,community,2017/18,600,given,X90002,1\n"
        "ZX3,community,2017/18,500,list,,\n"
        "ZX3,community,2017/18,500,list,,\n"
        "ZX4,community,2017/18,-1,list,,\n"
        "ZX5,community,2017/18,500,by_ear,,\n"
        "ZX6,community,2017/18,500,given,X90001,1\n"
        "ZX6,community,2017/18,500,given,X90001,1\n"
        "ZX7,unheard_of,2017/18,500,list,,\n"
        "ZX7,elective,2017/18,500,list,,\n"
        "ZX8,community,2017/18,500,given,,\n"
        "ZX9,community,2017/18,500,list,,\n");
    ASSERT_EQ(file.contracts.size(), 1U);
    EXPECT_EQ(file.contracts[0].provider, ProviderCode("ZX9"));
    EXPECT_EQ(file.unread.size(), 9U);
    EXPECT_EQ(file.unread[0].line, 3U);
    EXPECT_EQ(file.unread[0].column, "share");
}

TEST(BlockContracts, need_their_columns) {
    EXPECT_FALSE(read_block_contracts_text("provider,line\nZX1,community\n", "blocks.csv").ok());
}

// £1,000 by 3 and 1 of 4: £750 and £250; of a year of 365 days April has 30: £61.64 of £750.
TEST(BlockContracts, are_shared_out_to_practices_and_months) {
    const BlockContract contract = read("ZX1,community,2017/18,1000,list,,\n").contracts.at(0);
    const std::map<PracticeCode, std::int64_t> lists = {{one, 3000}, {other, 1000}};
    const BlockShare april = block_shares(contract, lists, Month(2017, 4)).at(one);
    EXPECT_EQ(april.annual, Pence(75'000));
    EXPECT_EQ(april.month, april.to_date);
    EXPECT_NEAR(static_cast<double>(april.to_date.count()), 6164, 1);
    EXPECT_EQ(april.working.result, april.to_date);
    EXPECT_EQ(april.working.steps.at(1).arithmetic, "£1,000.00 × 3 ÷ 4");
    const BlockShare march = block_shares(contract, lists, Month(2018, 3)).at(one);
    EXPECT_EQ(march.to_date, march.annual);
    EXPECT_EQ(block_shares(contract, lists, Month(2017, 4)).size(), 2U);
    EXPECT_TRUE(block_shares(contract, {{one, 0}}, Month(2017, 4)).empty());
}

// £0.05 among three, a year of 365 days: April's own penny goes to one of them, never to none.
TEST(BlockContracts, add_up_over_practices_in_every_month) {
    const BlockContract contract = read("ZX1,community,2017/18,0.05,list,,\n").contracts.at(0);
    const std::map<PracticeCode, std::int64_t> lists = {
        {one, 1000}, {other, 1000}, {PracticeCode("X90003"), 1000}};
    for (Month month(2017, 4); month <= Month(2018, 3); month = month + 1) {
        Pence all;
        for (const auto& [practice, share] : block_shares(contract, lists, month)) {
            all += share.to_date;
        }
        EXPECT_EQ(all, contract_to_date(contract, month)) << to_text(month);
    }
}

}  // namespace
}  // namespace purse
