// Prescribing units by age and sex (ASTRO-PU, STAR-PU): what a patient's age and sex make one
// expect of prescribing. Read from rules/prescribing_units/<name>.toml.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "money/factor.hpp"
#include "population/age_bands.hpp"

namespace purse {

struct UnitWeights {
    std::vector<Factor> men, women;  // by band
};

struct PrescribingUnits {
    std::string name, title, source;
    Date in_use_from;
    std::vector<AgeBand> bands;
    std::map<std::string, UnitWeights> groups;  // "cost", "items"; "statins_cost"

    // A problem lists the groups there are.
    [[nodiscard]] Result<UnitWeights> group(const std::string& name) const;
};

Result<PrescribingUnits> read_prescribing_units(const std::filesystem::path& file);
Result<PrescribingUnits> read_prescribing_units_text(std::string_view text, std::string_view name);

// Σ list × weight, in billionths of a unit (thousandths of a patient × millionths).
wide units_of(const ListByBand& list, const UnitWeights& weights);

}  // namespace purse
