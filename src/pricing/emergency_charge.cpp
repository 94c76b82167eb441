#include <algorithm>

#include "pricing/charge.hpp"

namespace purse {

namespace {

using Tables = PriceBook::Tables;

std::uint16_t rule_of(const ExclusionTable& rules, const EmergencyColumns& in, std::size_t at) {
    using enum EmergencyField;
    std::uint16_t rule = rules.always();
    rule = std::min(rule, rules.first(hrg, in.hrg[at]));
    rule = std::min(rule, rules.first(provider, in.provider[at]));
    rule = std::min(rule, rules.first(department_type, in.department_type[at]));
    rule = std::min(rule, rules.first(attendance_category, in.attendance_category[at]));
    return std::min(rule,
                    rules.first(excluded_by_provider, flag_code(in.excluded_by_provider[at])));
}

// Minor injuries: one flat price, whatever the HRG of the tariff, or none at all.
void price_minor_injuries(const Tables& tables, const HrgRow* row, Charge& charge) {
    charge.initial = row != nullptr && row->emergency_type_3 != no_price ? row->emergency_type_3
                                                                         : tables.type_3_price;
    charge.applied = TariffApplied::minor_injuries;
}

void price_core(const Tables& tables, const EmergencyColumns& in, std::size_t at, Charge& charge) {
    const std::uint64_t hrg = in.hrg[at];
    const HrgRow* row = tables.hrgs.find(hrg);
    const bool type_3 = tables.type_3.find(in.department_type[at]) != nullptr;
    const bool type_1_and_2 = tables.type_1_and_2.find(in.department_type[at]) != nullptr;
    const auto locally = [&](OwnReason reason) {
        pay_locally(tables, DataSet::emergency, in.provider[at], hrg, reason, charge);
    };
    if (!type_1_and_2 && !type_3) return locally(OwnReason::no_price_for_department_type);
    if (hrg == 0 && !type_3) {
        return end(charge, ChargeOutcome::refused, tables.reason(OwnReason::hrg_missing));
    }
    if (row != nullptr && row->zero_priced) {
        return end(charge, ChargeOutcome::zero_priced, tables.reason(OwnReason::zero_price));
    }
    const bool known = row != nullptr && (row->in_emergency || row->without_national_price);
    if (hrg != 0 && !known &&
        tables.local_price(DataSet::emergency, in.provider[at], hrg) == nullptr) {
        return end(charge, ChargeOutcome::refused, tables.reason(OwnReason::hrg_not_in_tariff));
    }
    charge.initial = no_price;
    if (type_3 && (hrg == 0 || (row != nullptr && row->in_emergency))) {
        price_minor_injuries(tables, row, charge);
    } else if (type_1_and_2 && row != nullptr) {
        charge.initial = row->emergency_type_1_and_2;
        charge.applied = TariffApplied::emergency_department;
    }
    if (charge.initial == no_price) return locally(OwnReason::no_national_price);
    finish_core(tables, charge);
}

}  // namespace

Charge emergency_charge(const PriceBook::Tables& tables, const EmergencyColumns& in,
                        std::size_t at) {
    Charge charge;
    charge.market_forces = tables.market_forces_of(in.provider[at]);
    charge.rule = rule_of(tables.emergency_rules, in, at);
    if (charge.rule != no_rule) {
        end(charge, ChargeOutcome::excluded, tables.rule_reason[charge.rule]);
        return charge;
    }
    if (in.attendance_category[at] == packed("4") && !tables.rules.planned_follow_ups_paid) {
        end(charge, ChargeOutcome::excluded, tables.reason(OwnReason::planned_follow_up));
        return charge;
    }
    price_core(tables, in, at, charge);
    return charge;
}

}  // namespace purse
