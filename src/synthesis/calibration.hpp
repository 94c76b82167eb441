// What makes a fictional commissioner look like a real one: rates, gradients, seasons, case mix and
// made-up prices, read from rules/synthesis/*.toml, where each states its source.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/codes.hpp"
#include "base/result.hpp"
#include "money/factor.hpp"
#include "organisation/codes.hpp"
#include "synthesis/chance.hpp"

namespace purse {

inline constexpr std::size_t age_bands = 11;
using ByBand = std::array<std::int64_t, age_bands>;
using ByMonth = std::array<std::int64_t, 12>;  // April first; thousandths

// Shares of chance are per million throughout.
struct ChosenCode {
    std::string code;
    std::int64_t weight = 0;
};

enum class HrgGroup : std::uint8_t {
    ordinary,
    respiratory_heart,
    maternity,
    newborn,
    antenatal,
    chemotherapy,
    ungrouped
};
enum class AgeLean : std::uint8_t { young, any, old };

struct HrgMix {
    std::string code;
    std::string name;
    std::int64_t day_cases = 0, electives = 0, short_emergencies = 0, long_emergencies = 0;
    int elective_trim = 0, non_elective_trim = 0;
    std::int64_t per_day_pounds = 0, short_stay_percent = 0;
    std::int64_t day_case_pounds = 0, elective_pounds = 0, non_elective_pounds = 0;
    bool split = false;
    int least_age = 0, most_age = 120;
    char sex = ' ';
    AgeLean lean = AgeLean::any;
    std::string treatment_function, diagnosis, procedure;
    HrgGroup group = HrgGroup::ordinary;
};

struct TreatmentFunctionMix {
    std::string code, name;
    std::int64_t share = 0;
    std::array<std::int64_t, 4> pounds{};  // first single, first multi, follow-up single, multi
    int least_age = 0, most_age = 120;
    char sex = ' ';
};
struct ProcedureMix {
    std::string code, name;
    std::int64_t share = 0, pounds = 0;
    std::string treatment_function;
};
struct ScanMix {
    std::string code, name;
    std::int64_t share = 0, pounds = 0;
};
struct BestPracticeMix {
    std::string hrg, section, flag;
    std::int64_t day_case_pounds = 0, elective_pounds = 0, non_elective_pounds = 0;
    int most_stay_days = 0;
};
struct SpecialisedMix {
    std::string flag, description;
    std::int64_t percent_millionths = 0;
};
struct ProviderMix {
    std::string code, name;
    Factor market_forces;
};
struct ChapterMix {
    std::string chapter;
    std::int64_t rows = 0, items = 0, pence_per_item = 0, quantity_per_item = 0;
};
struct UpliftMix {
    int year = 0;
    std::int64_t millionths = 0;
};

// Rates of a thousand people a year, in thousandths; percentages as per million.
struct Calibration {
    std::int64_t emergency_rate = 0, day_case_rate = 0, elective_rate = 0, antenatal_rate = 0,
                 appointment_rate = 0, ae_rate = 0, ae_admitted = 0, yearly_growth = 0;
    std::int64_t attended = 0, did_not_attend = 0, follow_ups_per_first = 0, procedure = 0,
                 imaging = 0, direct_access_share = 0, multi_professional = 0, telephone = 0;
    std::vector<ChosenCode> referral_sources;
    ByMonth elective_season{}, emergency_season{}, outpatient_season{}, ae_season{},
        respiratory_season{}, prescribing_season{};
    ByBand least_age{};
    // [0] female, [1] male
    std::array<ByBand, 2> population{}, emergency_by_age{}, elective_by_age{}, outpatient_by_age{},
        ae_by_age{}, prescribing_by_age{};
    std::array<std::int64_t, 5> deprivation_emergency{}, deprivation_elective{},
        deprivation_outpatient{};
    std::vector<std::int64_t> use_sixteenths, list_size_twentieths, provider_shares, stay_32nds;
    std::int64_t use_spread = 0, budget_spread = 0;
    std::vector<ChosenCode> emergency_methods, elective_methods;
    std::int64_t short_stay_scale = 0, zero_days_of_short = 0, readmission = 0,
                 several_episodes = 0, private_patients = 0, amenity = 0,
                 outside_national_price = 0, critical_care = 0, rehabilitation = 0, palliative = 0,
                 delayed = 0, best_practice_share = 0, specialised_share = 0, regular_day = 0;
    std::vector<std::string> ae_hrgs;
    std::vector<std::int64_t> ae_admitted_mix, ae_type_1_mix, ae_type_3_mix, ae_pounds;
    std::int64_t ae_type_3_pounds = 0;
    std::vector<ChosenCode> department_types, disposals;
    std::int64_t items_per_head = 0, pence_per_item = 0, presentations = 0, actual_cost = 0;
    std::vector<ChapterMix> chapters;
    std::vector<TreatmentFunctionMix> treatment_functions;
    std::vector<ProcedureMix> procedures;
    std::vector<ScanMix> imaging_mix, direct_access;
    std::vector<UpliftMix> uplifts;
    std::vector<BestPracticeMix> best_practice;
    std::vector<SpecialisedMix> specialised;
    std::vector<ProviderMix> providers;
    std::vector<HrgMix> hrgs;

    [[nodiscard]] std::size_t band_of(int age) const;
};

Result<Calibration> read_calibration(const std::filesystem::path& rules_folder);

}  // namespace purse
