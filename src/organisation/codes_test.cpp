#include "organisation/codes.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(ProviderOfSite, is_the_first_three_characters_of_an_nhs_site) {
    struct Case {
        std::string_view site, provider;
    };
    for (const Case& c : {Case{"RVR05", "RVR"},
                          {"RVR", "RVR"},
                          {"rvr00", "RVR"},
                          {"TAD01", "TAD"},
                          {"5PT00", "5PT"},
                          {"7A3C7", "7A3"}}) {
        EXPECT_EQ(provider_of_site(c.site).text(), c.provider) << c.site;
    }
}

TEST(ProviderOfSite, keeps_all_of_an_independent_providers_code) {
    EXPECT_EQ(provider_of_site("NT304").text(), "NT304");
    EXPECT_EQ(provider_of_site("8HK01").text(), "8HK01");
    EXPECT_EQ(provider_of_site("AXG").text(), "AXG");
}

TEST(ProviderOfSite, is_none_for_what_is_no_code) {
    EXPECT_TRUE(provider_of_site("").empty());
    EXPECT_TRUE(provider_of_site("NT304 and more").empty());
    EXPECT_TRUE(provider_of_site("N 1").empty());
}

}  // namespace
}  // namespace purse
