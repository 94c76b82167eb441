#include "budget/scheme.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace purse {
namespace {

namespace fs = std::filesystem;

const fs::path schemes = fs::path(PURSE_SOURCE_DIR) / "rules/schemes";

std::string text_of(const std::string& name) {
    std::ifstream in(schemes / (name + ".toml"), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

TEST(Scheme, every_shipped_one_reads_and_bears_its_file_s_name) {
    int read = 0;
    for (const auto& entry : fs::directory_iterator(schemes)) {
        const auto scheme = read_scheme(entry.path());
        ASSERT_TRUE(scheme.ok()) << scheme.problem().says;
        EXPECT_EQ(scheme->name, entry.path().stem());
        EXPECT_EQ(scheme->scopes.size(), budget_lines.size());
        ++read;
    }
    EXPECT_GE(read, 5);
}

TEST(Scheme, says_what_is_in_and_by_what_method_with_the_source_of_every_figure) {
    const auto scheme = find_scheme(schemes, "pbc-2009");
    ASSERT_TRUE(scheme.ok()) << scheme.problem().says;
    EXPECT_EQ(scheme->pace, PaceRule{});
    EXPECT_EQ(scheme->scopes.at(BudgetLine::primary_care), LineScope::out);
    const SchemeBlock* block = scheme->block_of(BudgetLine::maternity);
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(block->name, "acute");
    EXPECT_EQ(block->method, BudgetMethod::blend);
    EXPECT_EQ(block->need, "general_and_acute");
    EXPECT_EQ(scheme->uplifts.at(BudgetLine::prescribing).efficiency, Factor(10'000));
    EXPECT_EQ(scheme->dialogue.agreed_by.month, 5);
    EXPECT_EQ(scheme->dialogue.agreed_by.day, 1);
    EXPECT_NE(scheme->sources.at("dates.agreed_by").find("1 May"), std::string::npos);
    EXPECT_NE(scheme->sources.at("lines.primary_care"), "");
}

TEST(Scheme, refuses_what_is_wrong_with_its_file_and_line) {
    const std::string good = text_of("pbc-2009");
    const struct {
        const char *what, *with, *says;
    } cases[] = {
        {"\"prescribing\"]", "\"prescribing\", \"ae\"]", "the line 'ae' is in two blocks"},
        {"primary_care =", "# primary_care =", "the line 'primary_care' is in no block"},
        {"\"blend\"", "\"blended\"", "is no method: write historic, fair_share or blend"},
        {"value = \"0.25\"", "value = \"1.25\"", "0 < rate <= 1"},
        {"value = \"0.25\"", "value = \"lots\"", "lots"},
        {"value = \"05-01\"", "value = \"05-32\"", "is no day of the year"},
        {"[uplifts.prescribing]", "[uplifts.elective]", "it would be counted twice"},
        {"[pace]", "[pase]", "[pace] is missing"},
        {"minimum_move = {", "minimum = {", "'minimum_move' is missing"},
        {"value = \"out\"", "value = \"in\"", "is no scope"},
        {"name = \"pbc-2009\"", "name = ", "line 3"},
    };
    for (const auto& c : cases) {
        const auto scheme = read_scheme_text(replaced(good, c.what, c.with), "mine.toml");
        ASSERT_FALSE(scheme.ok()) << c.says;
        EXPECT_NE(scheme.problem().says.find(c.says), std::string::npos) << scheme.problem().says;
        EXPECT_TRUE(scheme.problem().says.starts_with("mine.toml line ")) << scheme.problem().says;
    }
    EXPECT_FALSE(read_scheme_text("name = \"\xff\"", "mine.toml").ok());
}

TEST(Scheme, names_those_there_are_when_it_finds_none) {
    const auto scheme = find_scheme(schemes, "pbc-1066");
    ASSERT_FALSE(scheme.ok());
    EXPECT_NE(scheme.problem().says.find("pbc-2006, pbc-2009"), std::string::npos)
        << scheme.problem().says;
}

TEST(Scheme, says_what_becomes_of_growth_in_the_year) {
    const std::string good = text_of("pbc-2009");
    const auto shipped = read_scheme_text(good, "s");
    ASSERT_TRUE(shipped.ok());
    EXPECT_EQ(shipped->in_year.reserve_short, ReserveShort::pro_rata);
    EXPECT_EQ(shipped->in_year.falling_lists, FallingLists::follow);
    EXPECT_NE(shipped->sources.at("in_year.reserve_short"), "");
    std::string other = replaced(good, "value = \"pro_rata\"", "value = \"refuse\"");
    other = replaced(other, "value = \"follow\"", "value = \"keep\"");
    const auto strict = read_scheme_text(other, "s");
    ASSERT_TRUE(strict.ok());
    EXPECT_EQ(strict->in_year.reserve_short, ReserveShort::refuse);
    EXPECT_EQ(strict->in_year.falling_lists, FallingLists::keep);
    EXPECT_FALSE(read_scheme_text(replaced(good, "\"pro_rata\"", "\"half\""), "s").ok());
    EXPECT_FALSE(read_scheme_text(replaced(good, "\"follow\"", "\"up\""), "s").ok());
    // A scheme of before this part has the defaults.
    const std::size_t at = good.find("[in_year]");
    const std::string older = good.substr(0, at) + good.substr(good.find("[dates]"));
    ASSERT_TRUE(read_scheme_text(older, "s").ok());
}

}  // namespace
}  // namespace purse
