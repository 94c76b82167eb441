#include "statistics/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "statistics/number_checks.hpp"

namespace purse {

namespace {

double percentile_of_sorted(std::span<const double> sorted, double p) {
    const double place = p * static_cast<double>(sorted.size() - 1);
    // 0.3 x 10 must be the fourth number, whatever the last bit says.
    const double below = std::floor(place + 4 * std::numeric_limits<double>::epsilon());
    const auto index = static_cast<std::size_t>(below);
    if (index + 1 >= sorted.size()) return sorted.back();
    const double between = std::max(0.0, place - below);
    return sorted[index] + between * (sorted[index + 1] - sorted[index]);
}

Outcome refuse_unless_ranked(std::span<const double> numbers) {
    return first_problem(
        {refuse_if_fewer(numbers.size(), 1, "numbers"), refuse_unless_all_finite(numbers, "the")});
}

}  // namespace

Result<double> percentile(std::span<const double> numbers, double p) {
    if (auto fault = first_problem(
            {refuse_unless_ranked(numbers), refuse_unless_within(p, 0, 1, "the share")});
        !fault) {
        return fault.problem();
    }
    std::vector<double> sorted(numbers.begin(), numbers.end());
    std::sort(sorted.begin(), sorted.end());
    return percentile_of_sorted(sorted, p);
}

Result<Deciles> deciles_of(std::span<const double> numbers) {
    if (auto fault = refuse_unless_ranked(numbers); !fault) return fault.problem();
    std::vector<double> sorted(numbers.begin(), numbers.end());
    std::sort(sorted.begin(), sorted.end());
    Deciles deciles{};
    for (std::size_t i = 0; i < deciles.size(); ++i) {
        deciles[i] = percentile_of_sorted(sorted, static_cast<double>(i + 1) / 10);
    }
    return deciles;
}

Result<std::vector<DecilesAt>> deciles_over_time(std::span<const ValueAt> values) {
    std::map<std::string, std::vector<double>> by_time;
    for (const ValueAt& value : values) by_time[value.when].push_back(value.value);
    std::vector<DecilesAt> over_time;
    for (const auto& [when, numbers] : by_time) {
        const auto deciles = deciles_of(numbers);
        if (!deciles) return bad_input(fmt::format("{}: {}", when, deciles.problem().says));
        over_time.push_back({when, numbers.size(), *deciles});
    }
    return over_time;
}

Result<std::vector<std::optional<int>>> quantile_groups(
    std::span<const std::optional<double>> numbers, int groups, GroupOne one) {
    if (groups < 2) return bad_input(fmt::format("{} groups are too few; give 2 or more", groups));
    const double sign = one == GroupOne::highest ? -1 : 1;
    std::vector<double> sorted;
    for (const auto& number : numbers) {
        if (!number) continue;
        if (auto fault = refuse_unless_finite(*number, "a number"); !fault) return fault.problem();
        sorted.push_back(sign * *number);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::optional<int>> found(numbers.size());
    const auto count = static_cast<double>(sorted.size());
    if (count < groups) return found;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!numbers[i]) continue;
        const auto first = std::lower_bound(sorted.begin(), sorted.end(), sign * *numbers[i]);
        const auto rank = static_cast<double>(first - sorted.begin() + 1);
        const double from_top = std::ceil((count + 1 - rank) / (count / groups));
        found[i] = std::max(1, groups + 1 - static_cast<int>(from_top));
    }
    return found;
}

}  // namespace purse
