// How prescribing is compared: rules/prescribing/comparison.toml.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "benchmarking/price_per_unit.hpp"

namespace purse {

// Compared by prescribing units: what is prescribed of some BNF codes for each unit that the ages
// and sexes of the patients make.
struct PrescribingMeasure {
    std::string code, name;
    std::string units;  // "astro-pu", "star-pu": a file of rules/prescribing_units
    std::string group;  // of the units
    std::vector<std::string> bnf_begins;  // none: everything
    bool counts_items = false;            // else pounds
};

struct PrescribingRules {
    PricePerUnitRules savings;
    std::vector<PrescribingMeasure> measures;
    std::map<std::string, std::string> chapters;  // "01": "Gastro-intestinal system"
};
Result<PrescribingRules> read_prescribing_rules(const std::filesystem::path& file);
Result<PrescribingRules> parse_prescribing_rules(std::string_view toml, std::string_view name);

}  // namespace purse
