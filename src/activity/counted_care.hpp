// Care that is asked for or waited for and in no record yet: referrals and patients waiting. They
// are counted as they are read and kept as counts: no patient stands in them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "calendar/month.hpp"
#include "organisation/codes.hpp"

namespace purse {

// Referrals of one kind that a practice's patients got in a month.
struct ReferralCount {
    Month month;
    PracticeCode practice;  // as on the record
    ProviderCode provider;  // whom they were referred to; empty: not said
    std::string specialty;  // treatment function, or the source's own code or name of the specialty
    std::string priority;   // routine, urgent, two_week_wait; empty: not said
    char sex = '?';         // M, F; ? not known or not said
    // First year of the band of ages that the counts are kept by (first_of_band); none: not known.
    std::optional<int> age_from;
    std::int64_t count = 0;

    friend auto operator<=>(const ReferralCount&, const ReferralCount&) = default;
};

// Patients of a practice who wait on a day.
struct WaitingCount {
    PracticeCode practice;
    ProviderCode provider;
    std::string treatment_function;
    std::string waits_for;  // outpatient, admission
    std::string hrg;        // of the intended procedure; empty: not said
    int weeks_from = 0;     // first week of the band of waits that the counts are kept by
    std::int64_t count = 0;

    friend auto operator<=>(const WaitingCount&, const WaitingCount&) = default;
};

// Ages are kept by the bands 0, 1-4, 5-9, ..., 80-84, 85 and over: every band of
// rules/benchmarking/comparison.toml is made up of them.
int first_of_band(int age);
// Waits by 0-5, 6-11, 12-17, 18-25, 26-51, 52 weeks and more.
int first_of_wait(int weeks);

}  // namespace purse
