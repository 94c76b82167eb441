// What practices are compared on, and how: dated data, read from rules/benchmarking/*.toml.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "activity/count_rule.hpp"
#include "base/result.hpp"
#include "population/list_size.hpp"

namespace purse {

struct Measure {
    std::string code, name;
    std::string counts;  // in sentences: "first outpatient attendances"
    std::string means;
    CountRule rule;
    // Counts referrals as extracts of them give (rule is of no use then): of these priorities,
    // none: any.
    bool of_referrals = false;
    std::vector<std::string> priorities;
    std::vector<std::string> beside;  // codes of the statement's rows
};

struct Measures {
    std::vector<Measure> all;  // as the file has them

    // A problem lists those there are.
    [[nodiscard]] Result<std::size_t> find(std::string_view code) const;
    // Without those that count referrals.
    [[nodiscard]] Measures of_records() const;
};
Result<Measures> read_measures(const std::filesystem::path& file);
Result<Measures> parse_measures(std::string_view toml, std::string_view name);

enum class Dispersion : std::uint8_t { truncated, winsorised, none };

struct ComparisonRules {
    std::vector<AgeBand> bands, coarser_bands;
    int months = 12;
    std::int64_t fewest_patients = 500;

    Dispersion dispersion = Dispersion::truncated;
    double trim = 0.1;
    std::size_t fewest_practices = 10;
    double fewest_expected = 5;

    std::size_t nearest_peers = 10, fewest_peers = 5;
    std::vector<std::string> characteristics;

    int most_chart_months = 36;
    std::size_t fewest_chart_months = 13;
    double fewest_expected_a_month = 2;
    std::size_t limits_from_first = 0;  // 0: limits from all months

    double false_discovery = 0.05;
};
Result<ComparisonRules> read_comparison_rules(const std::filesystem::path& file);
Result<ComparisonRules> parse_comparison_rules(std::string_view toml, std::string_view name);

}  // namespace purse
