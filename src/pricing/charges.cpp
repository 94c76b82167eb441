#include "pricing/charges.hpp"

#include <array>

namespace purse {

std::string_view to_text(ChargeOutcome outcome) {
    constexpr std::array<std::string_view, 6> names = {"priced",      "excluded", "zero_priced",
                                                       "local_price", "unpriced", "refused"};
    return names[static_cast<std::size_t>(outcome)];
}

std::string_view to_text(TariffApplied applied) {
    constexpr std::array<std::string_view, 15> names = {"none",
                                                        "day_case",
                                                        "elective",
                                                        "combined",
                                                        "non_elective",
                                                        "short_stay_emergency",
                                                        "best_practice",
                                                        "outpatient_procedure",
                                                        "first_attendance",
                                                        "follow_up_attendance",
                                                        "non_face_to_face",
                                                        "emergency_department",
                                                        "minor_injuries",
                                                        "direct_access",
                                                        "local"};
    return names[static_cast<std::size_t>(applied)];
}

void ChargeColumns::resize(std::size_t rows) {
    outcome.resize(rows);
    reason.resize(rows);
    admission_type.resize(rows);
    tariff_applied.resize(rows);
    qualifying_days.resize(rows);
    initial_tariff_pence.resize(rows);
    excess_bed_days.resize(rows);
    per_diem_pence.resize(rows);
    excess_bed_days_pence.resize(rows);
    topup_pence.resize(rows);
    market_forces_millionths.resize(rows);
    unbundled_pence.resize(rows);
    imaging_pence.resize(rows);
    final_price_pence.resize(rows);
}

}  // namespace purse
