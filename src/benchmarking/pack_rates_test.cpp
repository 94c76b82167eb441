#include "benchmarking/pack_rates.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(PackRates, are_measures_in_the_order_of_the_page) {
    Measures measures;
    measures.all.resize(3);
    measures.all[0].code = "follow_up";
    measures.all[1].code = "ae_attendances";
    measures.all[2].code = "gp_referrals";
    const auto read =
        parse_pack_rates("rates = [\"gp_referrals\", \"follow_up\"]", "pack.toml", measures);
    ASSERT_TRUE(read.ok()) << read.problem().says;
    EXPECT_EQ(*read, (std::vector<std::size_t>{2, 0}));
    EXPECT_FALSE(parse_pack_rates("rates = [\"unheard_of\"]", "pack.toml", measures).ok());
    EXPECT_FALSE(parse_pack_rates("rate = []", "pack.toml", measures).ok());
    EXPECT_FALSE(parse_pack_rates("rates = 3", "pack.toml", measures).ok());
}

}  // namespace
}  // namespace purse
