// Making need weights for a year's budgets: of the commissioner's own records, or of prescribing
// units; with the working that they can be checked by.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "budget/need_weights.hpp"
#include "desk/site.hpp"
#include "population/patients.hpp"

namespace purse {

enum class NeedMethod : std::uint8_t {
    own,       // hospital lines by own_need; prescribing by ASTRO-PU
    astro_pu,  // prescribing only
    star_pu,   // prescribing only, of one therapeutic group
};
Result<NeedMethod> parse_need_method(std::string_view text);  // own, astro-pu, star-pu

struct WeighNeedsRequest {
    FinancialYear year;
    NeedMethod method = NeedMethod::own;
    std::string group;  // of the units: "cost" (the default of astro-pu), "statins_cost"
    // Its blocks say which lines a weight is for; without: acute lines, maternity, prescribing.
    std::optional<std::string> scheme;
    std::optional<std::filesystem::path> deprivation;
    std::optional<Month> baseline_from, baseline_to;  // default: the financial year before
    std::optional<Date> list_then, list_now;          // default: the first days of both periods
};

struct WeighedNeeds {
    NeedWeights weights;  // its source says what they were made of
    std::string
        working;        // CSV: step, component, practice, sex, ages, patients, pence, figure, unit
    Patients patients;  // to which every component's weights add up
    std::vector<std::string> notes;
};

// Refused, with the practices' names, where a list by age and sex is missing or does not fit.
Result<WeighedNeeds> weigh_needs(const Site& site, const WeighNeedsRequest& request);

}  // namespace purse
