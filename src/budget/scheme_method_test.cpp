#include "budget/scheme_method.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace purse {
namespace {

std::string scheme_text(const std::string& name) {
    std::ifstream in(std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes" / (name + ".toml"),
                     std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(SchemeMethod, puts_every_block_of_every_shipped_scheme_that_knows_needs_under_it) {
    for (const char* name : {"pbc-2009", "fair-shares", "neighbourhood-2026"}) {
        const auto before = read_scheme_text(scheme_text(name), name);
        ASSERT_TRUE(before.ok());
        for (const auto method :
             {BudgetMethod::historic, BudgetMethod::fair_share, BudgetMethod::blend}) {
            const auto text = with_method(scheme_text(name), method);
            ASSERT_TRUE(text.ok()) << text.problem().says;
            const auto scheme = read_scheme_text(*text, name);
            ASSERT_TRUE(scheme.ok());
            ASSERT_EQ(scheme->blocks.size(), before->blocks.size());
            for (const SchemeBlock& block : scheme->blocks) EXPECT_EQ(block.method, method);
            EXPECT_EQ(scheme->pace, before->pace);
            EXPECT_EQ(scheme->risk_pool, before->risk_pool);
        }
    }
}

TEST(SchemeMethod, cannot_share_by_need_where_the_scheme_names_no_need) {
    const auto text = with_method(scheme_text("pbc-2006"), BudgetMethod::fair_share);
    ASSERT_FALSE(text.ok());
    EXPECT_NE(text.problem().says.find("need"), std::string::npos) << text.problem().says;
    EXPECT_TRUE(with_method(scheme_text("pbc-2006"), BudgetMethod::historic).ok());
}

}  // namespace
}  // namespace purse
