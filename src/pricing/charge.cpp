#include "pricing/charge.hpp"

namespace purse {

void put(ChargeColumns& out, std::size_t at, const Charge& charge) {
    out.outcome[at] = charge.outcome;
    out.reason[at] = charge.reason;
    out.admission_type[at] = charge.type;
    out.tariff_applied[at] = charge.applied;
    out.qualifying_days[at] = charge.days;
    out.initial_tariff_pence[at] = charge.initial;
    out.excess_bed_days[at] = charge.excess_days;
    out.per_diem_pence[at] = charge.per_day;
    out.excess_bed_days_pence[at] = charge.excess;
    out.topup_pence[at] = charge.top_up;
    out.market_forces_millionths[at] = charge.market_forces;
    out.unbundled_pence[at] = charge.unbundled;
    out.imaging_pence[at] = charge.imaging;
    out.final_price_pence[at] = charge.final_price;
}

void pay_locally(const PriceBook::Tables& tables, DataSet set, std::uint64_t provider,
                 std::uint64_t code, OwnReason reason, Charge& charge) {
    const LocalPrice* local = tables.local_price(set, provider, code);
    if (local == nullptr) return end(charge, ChargeOutcome::unpriced, tables.reason(reason));
    if (local->times_market_forces && charge.market_forces == 0) {
        return end(charge, ChargeOutcome::refused,
                   tables.reason(OwnReason::no_market_forces_factor));
    }
    end(charge, ChargeOutcome::local_price, 0);
    charge.applied = TariffApplied::local;
    charge.local_price = local;
    charge.initial = local->price.count();
    charge.final_price =
        local->times_market_forces
            ? times_factor(charge.initial, charge.market_forces, tables.rules.rounding)
            : charge.initial;
}

void finish_core(const PriceBook::Tables& tables, Charge& charge) {
    const std::int64_t amount = charge.initial + charge.excess;
    if (amount == 0) {
        const TariffApplied applied = charge.applied;
        end(charge, ChargeOutcome::zero_priced, tables.reason(OwnReason::zero_price));
        charge.applied = applied;
        return;
    }
    if (charge.market_forces == 0) {
        return end(charge, ChargeOutcome::refused,
                   tables.reason(OwnReason::no_market_forces_factor));
    }
    if (charge.top_up_rate == 0) {
        charge.final_price = times_factor(amount, charge.market_forces, tables.rules.rounding);
        return;
    }
    const std::int64_t base =
        charge.initial + (tables.rules.top_up_on_excess_days ? charge.excess : 0);
    const wide top_up = static_cast<wide>(base) * charge.top_up_rate;  // millionths of a penny
    charge.top_up = divided_by<Factor::one>(top_up, tables.rules.rounding);
    charge.final_price = divided_by<Factor::one * Factor::one>(
        (static_cast<wide>(amount) * Factor::one + top_up) * charge.market_forces,
        tables.rules.rounding);
}

// Imaging is paid for outpatients only; chemotherapy and radiotherapy not in ordinary elective or
// non-elective spells (notes of the workbooks' unbundled sheet).
bool unbundled_in_spells(UnbundledKind kind, AdmissionType type) {
    switch (kind) {
        case UnbundledKind::imaging:
        case UnbundledKind::nuclear_medicine:
            return false;
        case UnbundledKind::chemotherapy:
        case UnbundledKind::radiotherapy:
            return type == AdmissionType::day_case || type == AdmissionType::regular;
        case UnbundledKind::other:
            return true;
    }
    return true;
}

bool unbundled_in_attendances(UnbundledKind, AdmissionType) { return true; }

}  // namespace purse
