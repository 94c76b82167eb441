// The budgets of every practice of England add up to their boards' money, on the published weighted
// populations.
#include "support/national_budgets.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "support/shared_data.hpp"

namespace purse {
namespace {

std::string scheme_text(const char* name) {
    std::ifstream in(
        std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes" / (std::string(name) + ".toml"),
        std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void check_board(const DerivationInputs& board) {
    const auto derivation = derive(board);
    ASSERT_TRUE(derivation.ok()) << board.name << ": " << derivation.problem().says;
    std::map<BudgetLine, Pence> sums;
    for (const DerivedLine& line : derivation->lines) {
        EXPECT_EQ(line.net, line.gross - line.risk_pool - line.management);
        EXPECT_GE(line.net, Pence(0));
        sums[line.line] += line.net;
    }
    for (const DerivedTotal& total : derivation->totals) {
        sums[total.line] +=
            total.risk_pool + total.management + total.reserve() + total.blocked_back;
    }
    EXPECT_EQ(sums, board.allocation) << board.name;
}

TEST(NationalBudgets, of_every_board_add_up_line_by_line) {
    PURSE_NEEDS_SHARED("data/capitation");
    for (const auto& [year, practices, left_out] :
         {std::tuple{"2022_23", 6'537U, 17U}, std::tuple{"2023_24", 6'440U, 113U}}) {
        const auto file = testing::shared_folder() / "data/capitation" /
                          (std::string("gp_practice_weighted_pop_") + year + ".csv");
        for (const char* scheme : {"neighbourhood-2026", "fair-shares"}) {
            const auto national = testing::national_budgets(file, scheme_text(scheme));
            EXPECT_EQ(national.boards.size(), 42U);
            EXPECT_EQ(national.practices, practices);
            EXPECT_EQ(national.without_a_weight, left_out);
            for (const DerivationInputs& board : national.boards) check_board(board);
        }
    }
}

}  // namespace
}  // namespace purse
