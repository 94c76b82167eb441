#include "render/pdf.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "render/html_page.hpp"

namespace purse {
namespace {

std::string page_of(const std::string& body, std::string_view created = "2018-04-01") {
    return html_page("A budget", "<h1>A budget of £5</h1>" + body, {.created = created});
}
const std::string table =
    "<table><thead><tr><th scope=\"col\">Line</th><th scope=\"col\">Cost</th></tr></thead>"
    "<tbody><tr><td>A&amp;E</td><td>£5</td></tr></tbody></table>";

TEST(Pdf, of_the_same_page_has_the_same_bytes) {
    const auto first = as_pdf(page_of(table));
    ASSERT_TRUE(first.ok()) << first.problem().says;
    EXPECT_TRUE(first->starts_with("%PDF-"));
    const auto again = as_pdf(page_of(table));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*first, *again);
    const auto other = as_pdf(page_of(table, "2019-04-01"));
    ASSERT_TRUE(other.ok());
    EXPECT_NE(*first, *other) << "its date is the page's";
}

TEST(Pdf, takes_what_a_page_says_as_text) {
    const auto pdf = as_pdf(page_of("<p>#panic(\"a command of Typst\") *bold* $x$ \\</p>"));
    EXPECT_TRUE(pdf.ok()) << pdf.problem().says;
}

TEST(Pdf, leaves_nothing_out_that_paper_does_not_know) {
    const auto unknown = as_pdf(page_of("<blink>£5</blink>"));
    ASSERT_FALSE(unknown.ok());
    EXPECT_NE(unknown.problem().says.find("paper knows no <blink>"), std::string::npos)
        << unknown.problem().says;
    EXPECT_FALSE(as_pdf(page_of("<p>not closed")).ok());
}

TEST(Pdf, says_what_to_install_where_there_is_no_python) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nowhere", 1);
    const auto without = as_pdf(page_of(table));
    setenv("PATH", path.c_str(), 1);
    ASSERT_FALSE(without.ok());
    EXPECT_EQ(without.problem().kind, ProblemKind::unavailable);
    EXPECT_NE(without.problem().says.find("apt install python3"), std::string::npos);
}

}  // namespace
}  // namespace purse
