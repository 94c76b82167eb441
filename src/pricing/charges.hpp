// What pricing gives for each record, as columns. Every amount is whole pence.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rulebook/pricing_rules.hpp"

namespace purse {

// Five different things that a record can come to; each record has exactly one.
enum class ChargeOutcome : std::uint8_t {
    priced,       // by the national tariff
    excluded,     // outside national prices, with a reason; price 0
    zero_priced,  // in the tariff at £0 (UZ01Z, PB03Z)
    local_price,  // no national price; the site's own price list has one
    unpriced,     // no national price and no local one: counted, never silently 0
    refused,      // cannot be priced rightly: no market forces factor, an HRG of another version
};
std::string_view to_text(ChargeOutcome outcome);

// Which published price the record was paid by.
enum class TariffApplied : std::uint8_t {
    none,
    day_case,
    elective,
    combined,
    non_elective,
    short_stay_emergency,
    best_practice,
    outpatient_procedure,
    first_attendance,
    follow_up_attendance,
    non_face_to_face,
    emergency_department,
    minor_injuries,
    direct_access,
    local,
};
std::string_view to_text(TariffApplied applied);

// One entry a record, in the order of the records. `reason` is an index into
// PriceBook::reasons(); 0 is none. On a priced record it tells what is not in the price: an
// attendance outside national prices beside its paid imaging, an unbundled HRG without a price.
// Excluded and refused records cost 0; an unpriced one costs what its unbundled HRGs come to.
struct ChargeColumns {
    std::vector<ChargeOutcome> outcome;
    std::vector<std::uint16_t> reason;
    std::vector<AdmissionType> admission_type;
    std::vector<TariffApplied> tariff_applied;
    std::vector<std::int32_t> qualifying_days;
    std::vector<std::int64_t>
        initial_tariff_pence;  // the price chosen, before days, top-up and factor
    std::vector<std::int32_t> excess_bed_days;
    std::vector<std::int64_t> per_diem_pence;
    std::vector<std::int64_t> excess_bed_days_pence;
    std::vector<std::int64_t>
        topup_pence;  // before the market forces factor, rounded for show only
    std::vector<std::int64_t> market_forces_millionths;
    std::vector<std::int64_t> unbundled_pence;  // with the market forces factor
    std::vector<std::int64_t> imaging_pence;    // imaging and nuclear medicine in unbundled_pence
    std::vector<std::int64_t>
        final_price_pence;  // the record's items, each rounded once, plus unbundled

    void resize(std::size_t rows);
};

}  // namespace purse
