// What PriceBook::compile makes of a tariff and its rules: flat tables with integers in them. The
// charge of one record is a pure function of these (spell_charge, attendance_charge,
// emergency_charge); the batch loops and the workings share it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pricing/admission_types.hpp"
#include "pricing/code_table.hpp"
#include "pricing/exclusion_table.hpp"
#include "pricing/price_book.hpp"
#include "pricing/top_up_table.hpp"

namespace purse {

inline constexpr std::int32_t no_price = -1;

// No stay is longer: an HRG without a trim point has this one.
inline constexpr std::int32_t no_trim_point = 1'000'000;

struct HrgRow {
    // What most spells need stands first, together in the processor's cache.
    std::array<std::int32_t, admission_types> prices = {no_price, no_price, no_price,
                                                        no_price, no_price, no_price};
    std::array<std::int32_t, 2> trim_points = {no_trim_point, no_trim_point};  // non-elective last
    std::int32_t short_stay = no_price;  // published, where the reduction applies
    std::int32_t per_day = 0;
    std::array<TariffApplied, admission_types> applied = {};
    std::uint16_t best_practice_from = 0;  // places in Tables::best_practice
    std::uint16_t best_practice_to = 0;
    bool zero_priced = false;
    bool without_national_price = false;
    bool without_price_anywhere = false;  // in any setting
    bool in_admitted = false;
    bool estimated = false;  // AdmittedPrice::estimated
    // Not zero, no estimate, no best practice price that may stand in its place.
    bool one_price_an_admission = false;
    bool in_emergency = false;
    bool is_unbundled = false;
    UnbundledKind kind = UnbundledKind::other;
    std::int32_t outpatient_procedure = no_price;
    std::int32_t emergency_type_1_and_2 = no_price;
    std::int32_t emergency_type_3 = no_price;
    std::int32_t direct_access = no_price;
    std::int32_t unbundled = no_price;
};

struct BestPracticeRow {
    std::string flag;
    std::int32_t day_case, elective, non_elective, outpatient_procedure, short_stay;
    std::int32_t least_age, most_age, least_days, most_days;
    bool short_stay_kept, emergency_only, transfers_too;
    std::size_t place;  // in Tariff::best_practice
};

struct AttendanceRow {
    std::array<std::int32_t, 4> prices = {no_price, no_price, no_price,
                                          no_price};  // follow-up × 2 + multi
    bool without_national_price = false;
};

// Reasons that pricing itself gives; they stand after the exclusion rules' own.
enum class OwnReason : std::uint8_t {
    hrg_missing,
    hrg_not_in_tariff,
    no_market_forces_factor,
    no_national_price,
    no_price_for_admission_type,
    admission_method_without_type,
    stay_dates_missing,
    discharge_before_admission,
    mother_and_baby,
    zero_price,
    not_attended,
    attendance_kind_unknown,
    treatment_function_missing,
    treatment_function_not_in_tariff,
    no_price_for_attendance,
    non_face_to_face_not_paid,
    planned_follow_up,
    no_price_for_department_type,
    unbundled_hrg_without_price,
    hrg_estimated_by_root,
};

struct PriceBook::Tables {
    Tariff tariff;
    PricingRules rules;
    std::vector<LocalPrice> local_prices;

    CodeTable<HrgRow> hrgs;
    std::vector<BestPracticeRow> best_practice;
    CodeTable<AttendanceRow> functions;
    CodeTable<std::int64_t> market_forces;
    AdmissionTypes types;
    TopUpTable top_ups;
    CodeTable<std::uint8_t> attended, multi_professional, type_1_and_2, type_3;
    std::int32_t type_3_price = no_price;  // the flat price, where all HRGs have the same

    ExclusionTable spell_rules, attendance_rules, attendance_only_rules, emergency_rules;

    // Set, provider (0: any) and code → place in local_prices.
    std::map<std::tuple<DataSet, std::uint64_t, std::uint64_t>, std::size_t> local;

    std::vector<std::string> reason_codes, reason_says;
    std::vector<std::uint16_t> rule_reason;  // by place in rules.exclusions
    std::uint16_t first_own_reason = 0;

    [[nodiscard]] std::uint16_t reason(OwnReason own) const {
        return static_cast<std::uint16_t>(first_own_reason + static_cast<std::uint16_t>(own));
    }
    [[nodiscard]] const LocalPrice* local_price(DataSet set, std::uint64_t provider,
                                                std::uint64_t code) const;
    [[nodiscard]] std::int64_t market_forces_of(std::uint64_t provider) const {
        const std::int64_t* found = market_forces.find(provider);
        return found != nullptr ? *found : 0;
    }
};

}  // namespace purse
