#include "render/pdf.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "render/html_page.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

bool is_on_the_path(const char* program) {
    std::istringstream folders(std::getenv("PATH"));
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (std::filesystem::exists(std::filesystem::path(folder) / program)) return true;
    }
    return false;
}

const std::string page = html_page("A budget", "<h1>A budget of £5</h1><table><tr><td>1</td></tr>",
                                   "", "<meta name=\"dcterms.created\" content=\"2018-04-01\">");

TEST(Pdf, of_the_same_page_has_the_same_bytes) {
    if (!is_on_the_path("weasyprint")) {
        if (testing::shared_is_required()) FAIL() << "weasyprint is required here and missing";
        GTEST_SKIP() << "weasyprint is not on the PATH (apt install weasyprint)";
    }
    const auto first = as_pdf(page);
    ASSERT_TRUE(first.ok()) << first.problem().says;
    EXPECT_TRUE(first->starts_with("%PDF-"));
    const auto again = as_pdf(page);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*first, *again);
    std::string a_year_later = page;
    a_year_later.replace(a_year_later.find("2018-04-01"), 10, "2019-04-01");
    const auto other = as_pdf(a_year_later);
    ASSERT_TRUE(other.ok());
    EXPECT_NE(*first, *other) << "its date is the page's";
}

TEST(Pdf, says_what_to_install_where_there_is_no_weasyprint) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nowhere", 1);
    const auto without = as_pdf(page);
    setenv("PATH", path.c_str(), 1);
    ASSERT_FALSE(without.ok());
    EXPECT_EQ(without.problem().kind, ProblemKind::not_found);
    EXPECT_NE(without.problem().says.find("apt install weasyprint"), std::string::npos);
}

}  // namespace
}  // namespace purse
