#include <algorithm>

#include "pricing/charge.hpp"

namespace purse {

namespace {

using Tables = PriceBook::Tables;

constexpr std::int32_t absent = -1;

std::uint16_t least(std::uint16_t a, std::uint16_t b) { return std::min(a, b); }

// The first rule that the whole spell meets by what belongs to the spell.
std::uint16_t rule_of_spell(const ExclusionTable& rules, const SpellColumns& in, std::size_t at) {
    std::uint16_t rule = rules.always();
    rule = least(rule, rules.first(SpellField::hrg, in.hrg[at]));
    rule = least(rule, rules.first(SpellField::provider, in.provider[at]));
    rule = least(rule, rules.first(SpellField::admission_method, in.admission_method[at]));
    rule =
        least(rule, rules.first(SpellField::patient_classification, in.patient_classification[at]));
    return least(rule, rules.first(SpellField::discharge_method, in.discharge_method[at]));
}

struct EpisodeCodes {
    std::uint64_t administrative_category, main_specialty, treatment_function, excluded;
};

std::uint16_t rule_of_episode(const ExclusionTable& rules, const EpisodeCodes& episode) {
    std::uint16_t rule =
        rules.first(SpellField::administrative_category, episode.administrative_category);
    rule = least(rule, rules.first(SpellField::main_specialty, episode.main_specialty));
    rule = least(rule, rules.first(SpellField::treatment_function, episode.treatment_function));
    return least(rule, rules.first(SpellField::excluded_by_provider, episode.excluded));
}

// "function/specialty/category/flag", as stored_columns(admitted_care) says.
EpisodeCodes read_episode(std::string_view text) {
    std::string_view parts[4];
    for (auto& part : parts) {
        const std::size_t slash = text.find('/');
        part = text.substr(0, slash);
        text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
    }
    return {packed(parts[2]), packed(parts[1]), packed(parts[0]),
            flag_code(parts[3].empty() || parts[3] == "0" ? 0 : 1)};
}

// The rule that excludes the spell. What an episode carries must exclude every episode; the reason
// is the first episode's.
std::uint16_t excluding_rule(const Tables& tables, const SpellColumns& in, std::size_t at) {
    const ExclusionTable& rules = tables.spell_rules;
    const std::uint16_t whole = rule_of_spell(rules, in, at);
    if (in.episode_rules[at].empty()) {
        return least(
            whole, rule_of_episode(
                       rules, {in.administrative_category[at], in.main_specialty[at],
                               in.treatment_function[at], flag_code(in.excluded_by_provider[at])}));
    }
    std::uint16_t first = no_rule;
    bool any = false;
    bool all = true;
    for_each_listed(in.episode_rules[at], [&](std::string_view text) {
        const std::uint16_t rule = least(whole, rule_of_episode(rules, read_episode(text)));
        if (!any) first = rule;
        any = true;
        all = all && rule != no_rule;
    });
    return any && all ? first : whole;
}

// False where surely no rule excludes the spell, as for most spells.
bool may_be_excluded(const ExclusionTable& rules, const SpellColumns& in, std::size_t at) {
    using enum SpellField;
    bool may = rules.always() != no_rule || !in.episode_rules[at].empty();
    const auto meet = [&](SpellField field, std::uint64_t value) {
        may = may | rules.may_meet(field, value);
    };
    meet(hrg, in.hrg[at]);
    meet(provider, in.provider[at]);
    meet(admission_method, in.admission_method[at]);
    meet(patient_classification, in.patient_classification[at]);
    meet(discharge_method, in.discharge_method[at]);
    meet(administrative_category, in.administrative_category[at]);
    meet(main_specialty, in.main_specialty[at]);
    meet(treatment_function, in.treatment_function[at]);
    meet(excluded_by_provider, flag_code(in.excluded_by_provider[at]));
    return may;
}

std::int32_t qualifying_days(const Tables& tables, const SpellColumns& in, std::size_t at) {
    const auto days = [](std::int32_t count) { return std::int64_t{std::max(count, 0)}; };
    std::int64_t left = std::int64_t{in.discharge_day[at]} - in.admission_day[at];
    left -= days(in.critical_care_days[at]) + days(in.rehabilitation_days[at]) +
            days(in.palliative_days[at]);
    if (tables.rules.delayed_discharge_days_taken_out) {
        left -= days(in.delayed_discharge_days[at]);
    }
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

void choose_base(const HrgRow& row, Charge& charge) {
    const auto type = static_cast<std::size_t>(charge.type);
    charge.initial = row.prices[type];
    charge.applied = row.applied[type];
}

std::int32_t best_practice_price(const BestPracticeRow& row, AdmissionType type) {
    if (type == AdmissionType::day_case) return row.day_case;
    if (type == AdmissionType::elective) return row.elective;
    return is_non_elective(type) ? row.non_elective : no_price;
}

bool qualifies(const BestPracticeRow& row, const SpellColumns& in, std::size_t at,
               const Charge& charge) {
    if (best_practice_price(row, charge.type) == no_price) return false;
    if (row.emergency_only && charge.type != AdmissionType::non_elective_emergency &&
        !(row.transfers_too && in.admission_method[at] == packed("81"))) {
        return false;
    }
    const bool any_age = row.least_age <= 0 && row.most_age >= 999;
    const std::int32_t age = in.age[at];
    if (!any_age && (age < 0 || age < row.least_age || age > row.most_age)) return false;
    if (charge.days < row.least_days || charge.days > row.most_days) return false;
    return row.flag.empty() || is_listed(in.best_practice_flags[at], row.flag);
}

void choose_best_practice(const Tables& tables, const HrgRow& row, const SpellColumns& in,
                          std::size_t at, Charge& charge) {
    for (std::int32_t place = row.best_practice_from; place < row.best_practice_to; ++place) {
        const BestPracticeRow& candidate = tables.best_practice[static_cast<std::size_t>(place)];
        if (!qualifies(candidate, in, at, charge)) continue;
        charge.best_practice = place;
        const std::int32_t price = best_practice_price(candidate, charge.type);
        // A section may pay the main sheet's own price (heart failure): then nothing else was
        // applied.
        if (price != charge.initial) charge.applied = TariffApplied::best_practice;
        charge.initial = price;
        return;
    }
}

// Emergencies of adults under two days, by the published price. An unknown age does not qualify:
// the reduction is only for who is known to be an adult.
void reduce_short_stay(const Tables& tables, const HrgRow& row, std::int32_t age, Charge& charge) {
    const PricingRules& rules = tables.rules;
    std::int32_t price = row.short_stay;
    if (charge.best_practice >= 0) {
        const auto& chosen = tables.best_practice[static_cast<std::size_t>(charge.best_practice)];
        if (chosen.short_stay != no_price) {
            price = chosen.short_stay;
        } else if (!chosen.short_stay_kept) {
            return;
        }
    }
    // One value instead of four branches: which spells are short is as good as chance.
    const bool reduced = (charge.type == AdmissionType::non_elective_emergency) &
                         (charge.days < rules.short_stay_under_days) &
                         (age >= rules.short_stay_least_age) & (price != no_price);
    charge.before_short_stay = reduced ? static_cast<std::int32_t>(charge.initial) : -1;
    charge.initial = reduced ? price : charge.initial;
    charge.applied = reduced ? TariffApplied::short_stay_emergency : charge.applied;
}

void add_excess_days(const HrgRow& row, Charge& charge) {
    const std::int32_t trim = row.trim_points[is_non_elective(charge.type) ? 1 : 0];
    charge.per_day = row.per_day;
    charge.excess_days = std::max(charge.days - trim, 0);
    charge.excess = std::int64_t{charge.excess_days} * charge.per_day;
}

void add_top_up(const Tables& tables, const SpellColumns& in, std::size_t at, Charge& charge) {
    if (!in.diagnoses[at].empty() || !in.procedures[at].empty()) {
        charge.top_up_rate = tables.top_ups.rate_by_codes(in.provider[at], in.age[at],
                                                          in.diagnoses[at], in.procedures[at]);
    }
    if (!in.specialised_flags[at].empty()) {
        charge.top_up_rate = tables.top_ups.combined(
            charge.top_up_rate, tables.top_ups.rate_by_flags(in.specialised_flags[at]));
    }
}

// Whether the spell cannot be priced at all, whatever its HRG.
bool refuse_spell(const Tables& tables, const SpellColumns& in, std::size_t at, Charge& charge) {
    const auto ended = [&](ChargeOutcome outcome, OwnReason reason) {
        end(charge, outcome, tables.reason(reason));
        return true;
    };
    if (charge.rule != no_rule) {
        end(charge, ChargeOutcome::excluded, tables.rule_reason[charge.rule]);
        return true;
    }
    if (in.patient_classification[at] == packed("5") && !tables.rules.class_5_by_method) {
        return ended(ChargeOutcome::excluded, OwnReason::mother_and_baby);
    }
    if (in.discharge_day[at] == absent || in.admission_day[at] == absent) {
        return ended(ChargeOutcome::refused, OwnReason::stay_dates_missing);
    }
    if (in.discharge_day[at] < in.admission_day[at]) {
        return ended(ChargeOutcome::refused, OwnReason::discharge_before_admission);
    }
    if (in.hrg[at] == 0) return ended(ChargeOutcome::refused, OwnReason::hrg_missing);
    return false;
}

// The price of the spell itself, before unbundled HRGs.
void price_core(const Tables& tables, const SpellColumns& in, std::size_t at, Charge& charge) {
    const std::uint64_t hrg = in.hrg[at];
    const HrgRow* row = tables.hrgs.find(hrg);
    if (row == nullptr) {
        if (tables.local_price(DataSet::admitted_care, in.provider[at], hrg) == nullptr) {
            return end(charge, ChargeOutcome::refused, tables.reason(OwnReason::hrg_not_in_tariff));
        }
        return pay_locally(tables, DataSet::admitted_care, in.provider[at], hrg,
                           OwnReason::no_national_price, charge);
    }
    if (row->zero_priced) {
        return end(charge, ChargeOutcome::zero_priced, tables.reason(OwnReason::zero_price));
    }
    if (charge.type == AdmissionType::other) {
        return end(charge, ChargeOutcome::refused,
                   tables.reason(OwnReason::admission_method_without_type));
    }
    choose_base(*row, charge);
    if (row->best_practice_from != row->best_practice_to) {
        choose_best_practice(tables, *row, in, at, charge);
    }
    if (charge.initial == no_price) {
        return pay_locally(tables, DataSet::admitted_care, in.provider[at], hrg,
                           row->without_national_price ? OwnReason::no_national_price
                                                       : OwnReason::no_price_for_admission_type,
                           charge);
    }
    reduce_short_stay(tables, *row, in.age[at], charge);
    add_excess_days(*row, charge);
    add_top_up(tables, in, at, charge);
    finish_core(tables, charge);
    if (row->estimated) label_estimate(tables, charge);
}

}  // namespace

Charge spell_charge(const PriceBook::Tables& tables, const SpellColumns& in, std::size_t at) {
    Charge charge;
    charge.type = tables.types.of(in.admission_method[at], in.patient_classification[at],
                                  in.discharge_day[at] > in.admission_day[at]);
    charge.days = qualifying_days(tables, in, at);
    charge.market_forces = tables.market_forces_of(in.provider[at]);
    if (may_be_excluded(tables.spell_rules, in, at)) charge.rule = excluding_rule(tables, in, at);
    if (refuse_spell(tables, in, at, charge)) return charge;
    price_core(tables, in, at, charge);
    if (!in.unbundled_hrgs[at].empty() && charge.outcome != ChargeOutcome::refused) {
        add_unbundled(tables, DataSet::admitted_care, in.provider[at], in.unbundled_hrgs[at],
                      unbundled_in_spells, charge, [](auto&&...) {});
    }
    return charge;
}

}  // namespace purse
