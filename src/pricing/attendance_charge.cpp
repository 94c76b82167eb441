#include <algorithm>

#include "pricing/charge.hpp"

namespace purse {

namespace {

using Tables = PriceBook::Tables;

std::uint16_t rule_of(const ExclusionTable& rules, const AttendanceColumns& in, std::size_t at) {
    using enum AttendanceField;
    std::uint16_t rule = rules.always();
    const auto meet = [&](AttendanceField field, std::uint64_t value) {
        rule = std::min(rule, rules.first(field, value));
    };
    meet(hrg, in.hrg[at]);
    meet(provider, in.provider[at]);
    meet(main_specialty, in.main_specialty[at]);
    meet(treatment_function, in.treatment_function[at]);
    meet(first_attendance, in.first_attendance[at]);
    meet(attended, in.attended[at]);
    meet(multi_professional, in.multi_professional[at]);
    meet(administrative_category, in.administrative_category[at]);
    meet(excluded_by_provider, flag_code(in.excluded_by_provider[at]));
    meet(direct_access, flag_code(in.direct_access[at]));
    return rule;
}

bool is_attendance_code(std::uint64_t hrg) { return hrg >> 48 == packed("WF") >> 48; }

bool qualifies(const BestPracticeRow& row, const AttendanceColumns& in, std::size_t at) {
    if (row.outpatient_procedure == no_price || row.emergency_only) return false;
    const bool any_age = row.least_age <= 0 && row.most_age >= 999;
    const std::int32_t age = in.age[at];
    if (!any_age && (age < 0 || age < row.least_age || age > row.most_age)) return false;
    return row.flag.empty() || is_listed(in.best_practice_flags[at], row.flag);
}

// True when the HRG has a procedure price, which is then the charge's.
bool choose_procedure(const Tables& tables, const HrgRow& row, const AttendanceColumns& in,
                      std::size_t at, Charge& charge) {
    charge.initial = row.outpatient_procedure;
    charge.applied = TariffApplied::outpatient_procedure;
    for (std::int32_t place = row.best_practice_from; place < row.best_practice_to; ++place) {
        const BestPracticeRow& candidate = tables.best_practice[static_cast<std::size_t>(place)];
        if (!qualifies(candidate, in, at)) continue;
        charge.best_practice = place;
        charge.initial = candidate.outpatient_procedure;
        charge.applied = TariffApplied::best_practice;
        break;
    }
    return charge.initial != no_price;
}

// First attendances 3 and 4. Local prices bear the currency's codes: WF01D first, WF01C follow-up.
void price_non_face_to_face(const Tables& tables, const AttendanceColumns& in, std::size_t at,
                            Charge& charge) {
    if (tables.rules.non_face_to_face_paid) {
        charge.initial = tables.rules.non_face_to_face_price.count();
        charge.applied = TariffApplied::non_face_to_face;
        return finish_core(tables, charge);
    }
    const bool first = in.first_attendance[at] == packed("3");
    pay_locally(tables, DataSet::outpatients, in.provider[at],
                first ? packed("WF01D") : packed("WF01C"), OwnReason::non_face_to_face_not_paid,
                charge);
}

void price_by_function(const Tables& tables, const AttendanceColumns& in, std::size_t at,
                       Charge& charge) {
    const auto refuse = [&](OwnReason reason) {
        end(charge, ChargeOutcome::refused, tables.reason(reason));
    };
    const bool first = in.first_attendance[at] == packed("1");
    if (!first && in.first_attendance[at] != packed("2")) {
        return refuse(OwnReason::attendance_kind_unknown);
    }
    const std::uint64_t function = in.treatment_function[at];
    if (function == 0) return refuse(OwnReason::treatment_function_missing);
    const AttendanceRow* row = tables.functions.find(function);
    if (row == nullptr) {
        if (tables.local_price(DataSet::outpatients, in.provider[at], function) == nullptr) {
            return refuse(OwnReason::treatment_function_not_in_tariff);
        }
        return pay_locally(tables, DataSet::outpatients, in.provider[at], function,
                           OwnReason::no_national_price, charge);
    }
    const bool multi = tables.multi_professional.find(in.multi_professional[at]) != nullptr;
    const std::int32_t price = row->prices[(first ? 2U : 0U) + (multi ? 1U : 0U)];
    if (price == no_price) {
        return pay_locally(tables, DataSet::outpatients, in.provider[at], function,
                           row->without_national_price ? OwnReason::no_national_price
                                                       : OwnReason::no_price_for_attendance,
                           charge);
    }
    charge.initial = price;
    charge.applied = first ? TariffApplied::first_attendance : TariffApplied::follow_up_attendance;
    finish_core(tables, charge);
}

// An attendance (not a procedure, not direct access): rules for attendances only, then by kind.
void price_attendance(const Tables& tables, const AttendanceColumns& in, std::size_t at,
                      Charge& charge) {
    charge.rule = rule_of(tables.attendance_only_rules, in, at);
    if (charge.rule != no_rule) {
        return end(charge, ChargeOutcome::excluded, tables.rule_reason[charge.rule]);
    }
    if (in.first_attendance[at] == packed("3") || in.first_attendance[at] == packed("4")) {
        return price_non_face_to_face(tables, in, at, charge);
    }
    price_by_function(tables, in, at, charge);
}

void price_core(const Tables& tables, const AttendanceColumns& in, std::size_t at, Charge& charge) {
    charge.initial = 0;
    const std::uint64_t hrg = in.hrg[at];
    if (hrg == 0 || is_attendance_code(hrg)) return price_attendance(tables, in, at, charge);
    const HrgRow* row = tables.hrgs.find(hrg);
    if (row == nullptr) {
        if (tables.local_price(DataSet::outpatients, in.provider[at], hrg) == nullptr) {
            return end(charge, ChargeOutcome::refused, tables.reason(OwnReason::hrg_not_in_tariff));
        }
        return pay_locally(tables, DataSet::outpatients, in.provider[at], hrg,
                           OwnReason::no_national_price, charge);
    }
    if (in.direct_access[at] != 0 && row->direct_access != no_price) {
        charge.initial = row->direct_access;
        charge.applied = TariffApplied::direct_access;
        return finish_core(tables, charge);
    }
    if (row->zero_priced) {
        return end(charge, ChargeOutcome::zero_priced, tables.reason(OwnReason::zero_price));
    }
    if (choose_procedure(tables, *row, in, at, charge)) {
        finish_core(tables, charge);
        if (row->estimated) label_estimate(tables, charge);
        return;
    }
    charge.initial = 0;
    charge.applied = TariffApplied::none;
    if (row->without_national_price && row->without_price_anywhere) {
        return pay_locally(tables, DataSet::outpatients, in.provider[at], hrg,
                           OwnReason::no_national_price, charge);
    }
    price_attendance(tables, in, at, charge);
}

}  // namespace

Charge attendance_charge(const PriceBook::Tables& tables, const AttendanceColumns& in,
                         std::size_t at) {
    Charge charge;
    charge.market_forces = tables.market_forces_of(in.provider[at]);
    charge.rule = rule_of(tables.attendance_rules, in, at);
    if (charge.rule != no_rule) {
        end(charge, ChargeOutcome::excluded, tables.rule_reason[charge.rule]);
        return charge;
    }
    if (tables.attended.find(in.attended[at]) == nullptr) {
        end(charge, ChargeOutcome::excluded, tables.reason(OwnReason::not_attended));
        return charge;
    }
    price_core(tables, in, at, charge);
    if (in.unbundled_hrgs[at].empty() || charge.outcome == ChargeOutcome::refused) return charge;
    // Main specialty excludes the attendance, not the imaging beside it.
    const bool attendance_excluded = charge.outcome == ChargeOutcome::excluded;
    add_unbundled(tables, DataSet::outpatients, in.provider[at], in.unbundled_hrgs[at],
                  unbundled_in_attendances, charge, [](auto&&...) {});
    if (attendance_excluded && charge.final_price > 0) charge.outcome = ChargeOutcome::priced;
    return charge;
}

}  // namespace purse
