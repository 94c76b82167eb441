// The charge of one record with what decided it: the batch keeps the figures, the working tells
// the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "base/code.hpp"
#include "pricing/price_tables.hpp"
#include "pricing/separated_list.hpp"

namespace purse {

struct Charge {
    ChargeOutcome outcome = ChargeOutcome::priced;
    std::uint16_t reason = 0;
    AdmissionType type = AdmissionType::other;
    TariffApplied applied = TariffApplied::none;
    std::int32_t days = 0;
    std::int64_t initial = 0;
    std::int32_t excess_days = 0;
    std::int64_t per_day = 0;
    std::int64_t excess = 0;
    std::int64_t top_up = 0;       // rounded, for show
    std::int64_t top_up_rate = 0;  // millionths
    std::int64_t market_forces = 0;
    std::int64_t unbundled = 0;
    std::int64_t imaging = 0;
    std::int64_t final_price = 0;

    std::uint16_t rule = no_rule;             // place in rules.exclusions
    std::int32_t best_practice = -1;          // place in Tables::best_practice
    std::int32_t before_short_stay = -1;      // the price that the short-stay price replaces
    const LocalPrice* local_price = nullptr;  // of the core
};

// The charge as the batch keeps it, at its place.
void put(ChargeColumns& out, std::size_t at, const Charge& charge);

// numerator ÷ unit, rounded once: in 64 bits where the numerator fits, as it nearly always does.
template <std::int64_t unit>
std::int64_t divided_by(wide numerator, Rounding rounding) {
    constexpr wide most = std::numeric_limits<std::int64_t>::max() - unit;
    if (rounding == Rounding::half_up && numerator >= 0 && numerator < most) {
        return (static_cast<std::int64_t>(numerator) + unit / 2) / unit;
    }
    return divided(numerator, unit, rounding);
}

// amount pence × factor millionths, rounded once.
inline std::int64_t times_factor(std::int64_t amount, std::int64_t factor, Rounding rounding) {
    return divided_by<Factor::one>(static_cast<wide>(amount) * factor, rounding);
}

// Ends the charge at nothing to pay, with its reason.
inline void end(Charge& charge, ChargeOutcome outcome, std::uint16_t reason) {
    charge.outcome = outcome;
    charge.reason = reason;
    charge.applied = TariffApplied::none;
    charge.initial = charge.excess = charge.per_day = charge.top_up = charge.top_up_rate = 0;
    charge.excess_days = 0;
    charge.unbundled = charge.imaging = charge.final_price = 0;
    charge.best_practice = charge.before_short_stay = -1;
    charge.local_price = nullptr;
}

// No national price: the site's own, or unpriced with the reason.
void pay_locally(const PriceBook::Tables& tables, DataSet set, std::uint64_t provider,
                 std::uint64_t code, OwnReason reason, Charge& charge);

// The core of a charge that has its price, excess days and top-up: × market forces factor, rounded
// once as one item. Without a factor the charge is refused.
void finish_core(const PriceBook::Tables& tables, Charge& charge);

// Says of a priced record that its price is an estimate.
inline void label_estimate(const PriceBook::Tables& tables, Charge& charge) {
    if (charge.outcome == ChargeOutcome::priced) {
        charge.reason = tables.reason(OwnReason::hrg_estimated_by_root);
    }
}

// Whether the unbundled HRG may be paid beside what the record is.
using MayBePaid = bool (*)(UnbundledKind kind, AdmissionType type);

// Adds what may be paid of the record's unbundled HRGs, each × market forces factor and rounded
// once; each(hrg text, row, price, local) is told of every one that is paid.
template <class Each>
void add_unbundled(const PriceBook::Tables& tables, DataSet set, std::uint64_t provider,
                   std::string_view list, MayBePaid may_be_paid, Charge& charge, Each each) {
    bool without_price = false;
    bool without_factor = false;
    for_each_listed(list, [&](std::string_view text) {
        const std::uint64_t code = packed(text);
        const HrgRow* row = code == bad_code ? nullptr : tables.hrgs.find(code);
        const UnbundledKind kind = row != nullptr ? row->kind : UnbundledKind::other;
        if (!may_be_paid(kind, charge.type)) return;
        std::int64_t price = 0;
        const LocalPrice* local = nullptr;
        if (row != nullptr && row->unbundled != no_price) {
            without_factor = without_factor || (row->unbundled > 0 && charge.market_forces == 0);
            price = times_factor(row->unbundled, charge.market_forces, tables.rules.rounding);
        } else if ((local = tables.local_price(set, provider, code)) != nullptr) {
            without_factor =
                without_factor || (local->times_market_forces && charge.market_forces == 0);
            price = local->times_market_forces
                        ? times_factor(local->price.count(), charge.market_forces,
                                       tables.rules.rounding)
                        : local->price.count();
        } else {
            without_price = true;
            return;
        }
        charge.unbundled += price;
        if (kind == UnbundledKind::imaging || kind == UnbundledKind::nuclear_medicine) {
            charge.imaging += price;
        }
        each(text, row, price, local);
    });
    if (without_factor) {
        end(charge, ChargeOutcome::refused, tables.reason(OwnReason::no_market_forces_factor));
        return;
    }
    if (without_price && charge.reason == 0) {
        charge.reason = tables.reason(OwnReason::unbundled_hrg_without_price);
    }
    charge.final_price += charge.unbundled;
}

bool unbundled_in_spells(UnbundledKind kind, AdmissionType type);
bool unbundled_in_attendances(UnbundledKind kind, AdmissionType type);

Charge spell_charge(const PriceBook::Tables& tables, const SpellColumns& in, std::size_t at);
Charge attendance_charge(const PriceBook::Tables& tables, const AttendanceColumns& in,
                         std::size_t at);
Charge emergency_charge(const PriceBook::Tables& tables, const EmergencyColumns& in,
                        std::size_t at);

}  // namespace purse
