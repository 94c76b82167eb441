#include "budget/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "money/factor.hpp"
#include "money/shares.hpp"

namespace purse {

namespace {

std::int64_t sum_to(const Profile& profile, int months) {
    return std::accumulate(profile.weights.begin(), profile.weights.begin() + months,
                           std::int64_t{0});
}

// The weights up to a month as a person gave them: 16.66, 61.
std::string shown_to(const Profile& profile, int months) {
    const std::int64_t sum = sum_to(profile, months);
    if (profile.per_unit == 1) return fmt::format("{}", sum);
    CHECK(profile.per_unit == Factor::one);
    const std::string text = to_text(Factor(sum));
    const std::string shorter = text.substr(0, text.find_last_not_of('0') + 1);
    return shorter.ends_with('.') ? shorter.substr(0, shorter.size() - 1) : shorter;
}

}  // namespace

std::string_view in_words(ProfileKind kind) {
    return kind == ProfileKind::calendar_days ? "calendar days" : "working days";
}

std::array<Pence, 12> monthly_budgets(Pence annual, const Profile& profile) {
    const auto shares = shared_out(annual, profile.weights);
    std::array<Pence, 12> months;
    std::copy_n(shares.begin(), months.size(), months.begin());
    return months;
}

Pence budget_to_date(Pence annual, const Profile& profile, Month month) {
    const auto months = monthly_budgets(annual, profile);
    return std::accumulate(months.begin(), months.begin() + month.place_in_year(), Pence());
}

Working budget_to_date_working(Pence annual, const Profile& profile, Month month,
                               const Source& source) {
    const Pence to_date = budget_to_date(annual, profile, month);
    const auto months = monthly_budgets(annual, profile);
    const auto place = month.place_in_year();
    Working working{fmt::format("Budget to {}", in_words(month)), {}, to_date};
    working.steps.push_back(
        {fmt::format("The budget of {}", to_text(month.financial_year())), "", annual, source});
    working.steps.push_back(
        {fmt::format("It falls on the months {}: {} of {} by the end of {}", profile.says,
                     shown_to(profile, place), shown_to(profile, 12), in_words(month)),
         fmt::format("{} × {} ÷ {}, months kept to whole pence", in_pounds(annual),
                     shown_to(profile, place), shown_to(profile, 12)),
         to_date,
         {}});
    working.steps.push_back({fmt::format("Of which {}", in_words(month)),
                             "",
                             months[static_cast<std::size_t>(place - 1)],
                             {}});
    return working;
}

}  // namespace purse
