// Admitted care records by the million for measurements: the fictional spells of a year, again and
// again under new record and spell numbers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "synthesis/synthesis.hpp"

namespace purse {

enum class BenchLayout : std::uint8_t {
    plain,        // the plain Purse layout, 33 columns
    sus_classic,  // PCT-era SUS: the columns that Purse reads, padded to 214
};
inline constexpr std::size_t sus_classic_columns = 214;

struct BenchOptions {
    std::filesystem::path file;
    std::filesystem::path rules;
    std::uint64_t rows = 1'000'000;  // at least so many; the last spell is written whole
    BenchLayout layout = BenchLayout::plain;
    std::uint64_t seed = 1;
    FinancialYear year{2017};
    std::vector<GivenProvider> providers;  // absent: the fictional ones
};

// The rows written (the heading aside).
Result<std::uint64_t> write_bench_records(const BenchOptions& options);

}  // namespace purse
