// Published monthly series for back-tests, read where they lie.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "calendar/month.hpp"

namespace purse::bench {

// Every other series was looked at when the forecast's method was chosen. The rest was kept for the
// test.
enum class Half : std::uint8_t { chosen_on, kept_for_the_test };

struct RealSeries {
    std::string name;
    Month first;
    std::vector<double> values;
    bool by_working_days = true;
};

// England's monthly activity return: columns that are no sums of others.
Result<std::vector<RealSeries>> activity_return(const std::filesystem::path& folder);
// A&E attendances of each trust with a major department in every month.
Result<std::vector<RealSeries>> attendances_by_trust(const std::filesystem::path& folder);

std::vector<RealSeries> half_of(const std::vector<RealSeries>& all, Half half);

}  // namespace purse::bench
