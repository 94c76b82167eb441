#include "rulebook/root_estimate.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

Tariff tariff_of(std::initializer_list<const char*> hrgs) {
    Tariff tariff;
    tariff.sheets = {"Made up"};
    std::int64_t price = 1000;
    for (const char* hrg : hrgs) {
        AdmittedPrice& row = tariff.admitted[Hrg(hrg)];
        row.non_elective = pounds(price);
        row.short_stay_applies = true;
        row.short_stay_emergency = pounds(price * 3 / 10);
        price += 501;
    }
    return tariff;
}

TEST(RootEstimate, is_the_mean_of_the_prices_of_the_same_root) {
    Tariff tariff = tariff_of({"EB03A", "EB03B", "EB07A"});
    tariff.admitted[Hrg("EB03A")].combined = pounds(700);
    tariff.admitted[Hrg("EB03A")].non_elective_trim_days = 20;
    tariff.admitted[Hrg("EB03B")].non_elective_trim_days = 13;
    const auto estimates = with_root_estimates(tariff, tariff_of({"EB03Z", "EB03A", "ZA01Z"}));
    EXPECT_EQ(estimates.estimated, 1U);
    EXPECT_EQ(estimates.without_root, 1U);
    const AdmittedPrice& price = estimates.tariff.admitted.at(Hrg("EB03Z"));
    EXPECT_TRUE(price.estimated);
    EXPECT_EQ(price.non_elective, pounds(1251));  // (1,000 + 1,501) ÷ 2 = 1,250.50
    EXPECT_EQ(price.combined, pounds(700));       // of the one row that has it
    EXPECT_EQ(price.day_case, std::nullopt);
    EXPECT_EQ(price.non_elective_trim_days, 17);  // 16.5
    EXPECT_EQ(price.name, "estimate: the mean of 2 HRGs of root EB03");
    EXPECT_FALSE(estimates.tariff.admitted.at(Hrg("EB03A")).estimated);
}

TEST(RootEstimate, keeps_the_short_stay_price_only_where_the_whole_root_has_it) {
    Tariff tariff = tariff_of({"EB03A", "EB03B"});
    const Tariff other = tariff_of({"EB03Z"});
    EXPECT_TRUE(
        with_root_estimates(tariff, other).tariff.admitted.at(Hrg("EB03Z")).short_stay_applies);
    tariff.admitted[Hrg("EB03B")].short_stay_applies = false;
    EXPECT_FALSE(
        with_root_estimates(tariff, other).tariff.admitted.at(Hrg("EB03Z")).short_stay_applies);
}

TEST(RootEstimate, leaves_what_the_tariff_knows_as_it_is) {
    Tariff tariff = tariff_of({"EB03A"});
    tariff.no_national_price[Hrg("EB03Z")] = {"Transplant", false, true, {}};
    const auto estimates = with_root_estimates(tariff, tariff_of({"EB03Z", "EB03A"}));
    EXPECT_EQ(estimates.estimated, 0U);
    EXPECT_EQ(estimates.tariff.admitted.size(), 1U);
    EXPECT_EQ(estimates.tariff.admitted.at(Hrg("EB03A")).non_elective, pounds(1000));
}

}  // namespace
}  // namespace purse
