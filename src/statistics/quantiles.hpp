// Where a number stands among others: percentiles, deciles, and groups of equal size.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace purse {

// The value below which the share `p` of the numbers lies, between two neighbours in proportion
// (definition 7 of Hyndman and Fan 1996: spreadsheets' PERCENTILE). Refuses no numbers and p
// outside 0 to 1.
Result<double> percentile(std::span<const double> numbers, double p);

using Deciles = std::array<double, 9>;  // the 10th to the 90th percentile
Result<Deciles> deciles_of(std::span<const double> numbers);

struct ValueAt {
    std::string when;  // sorts as time does: 2017-04 or 2017-04-01
    double value = 0;
};
struct DecilesAt {
    std::string when;
    std::size_t count = 0;
    Deciles deciles{};
};
// The deciles of each moment's values, in order of time.
Result<std::vector<DecilesAt>> deciles_over_time(std::span<const ValueAt> values);

enum class GroupOne { lowest, highest };  // which end of the values is group 1

// Each number's group of `groups` as equal as ties allow; equal numbers share a group. Missing
// numbers have none, and none has one where there are fewer numbers than groups. Refuses fewer than
// two groups.
Result<std::vector<std::optional<int>>> quantile_groups(
    std::span<const std::optional<double>> numbers, int groups, GroupOne one);

}  // namespace purse
