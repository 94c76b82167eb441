// Published monthly series for back-tests, read where they lie.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "calendar/month.hpp"

namespace purse::bench {

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

}  // namespace purse::bench
