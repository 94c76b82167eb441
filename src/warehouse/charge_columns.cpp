#include "warehouse/charge_columns.hpp"

#include <algorithm>
#include <span>

#include "base/check.hpp"

namespace purse {

namespace {

constexpr std::string_view every_record[] = {"practice", "commissioner", "costing_date"};
constexpr std::string_view spell_arguments[] = {"hrg",
                                                "provider",
                                                "admission_method",
                                                "patient_classification",
                                                "administrative_category",
                                                "main_specialty",
                                                "treatment_function",
                                                "discharge_method",
                                                "age",
                                                "admission_date",
                                                "discharge_date",
                                                "critical_care_days",
                                                "rehabilitation_days",
                                                "palliative_days",
                                                "delayed_discharge_days",
                                                "excluded_by_provider",
                                                "best_practice_flags",
                                                "specialised_flags",
                                                "diagnoses",
                                                "procedures",
                                                "unbundled_hrgs",
                                                "episode_rules"};
constexpr std::string_view attendance_arguments[] = {"hrg",
                                                     "provider",
                                                     "main_specialty",
                                                     "treatment_function",
                                                     "first_attendance",
                                                     "attended",
                                                     "multi_professional",
                                                     "administrative_category",
                                                     "age",
                                                     "direct_access",
                                                     "excluded_by_provider",
                                                     "best_practice_flags",
                                                     "unbundled_hrgs",
                                                     "referral_source"};
constexpr std::string_view emergency_arguments[] = {"hrg", "provider", "department_type",
                                                    "attendance_category", "excluded_by_provider"};

std::vector<std::string_view> arguments(DataSet set) {
    std::vector<std::string_view> names(std::begin(every_record), std::end(every_record));
    const auto add = [&names](std::span<const std::string_view> more) {
        names.insert(names.end(), more.begin(), more.end());
    };
    switch (set) {
        case DataSet::admitted_care:
            add(spell_arguments);
            break;
        case DataSet::outpatients:
            add(attendance_arguments);
            break;
        case DataSet::emergency:
            add(emergency_arguments);
            break;
        case DataSet::prescribing:
            check_failed("a data set with national prices", __FILE__, __LINE__);
    }
    return names;
}

bool is_in(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

bool has_rule(const PricingRules& rules, DataSet set, std::string_view column) {
    return std::ranges::any_of(rules.exclusions, [&](const ExclusionRule& rule) {
        return rule.field == column &&
               std::ranges::find(rule.data_sets, set) != rule.data_sets.end();
    });
}

// Columns that nothing but an exclusion rule looks at.
bool is_only_for_rules(DataSet set, std::string_view column) {
    if (is_in(column, {"administrative_category", "main_specialty", "excluded_by_provider"})) {
        return true;
    }
    return set == DataSet::admitted_care &&
           is_in(column, {"discharge_method", "treatment_function"});
}

bool is_given_back(std::string_view column, ChargeUse use) {
    return column == "treatment_function" && use != ChargeUse::price;
}

bool is_read(std::string_view column, DataSet set, const PriceBook& book, ChargeUse use) {
    const Tariff& tariff = book.tariff();
    if (std::ranges::find(every_record, column) != std::end(every_record)) {
        return has_account(use);
    }
    if (is_in(column, {"diagnoses", "procedures"})) return !tariff.top_up_codes.empty();
    if (column == "specialised_flags") return !tariff.top_up_flags.empty();
    if (column == "best_practice_flags") return !tariff.best_practice.empty();
    if (column == "delayed_discharge_days") return book.rules().delayed_discharge_days_taken_out;
    if (is_only_for_rules(set, column)) {
        return has_rule(book.rules(), set, column) || is_given_back(column, use);
    }
    return true;
}

}  // namespace

std::vector<ChargeColumn> charge_columns(DataSet set, const PriceBook& book, ChargeUse use) {
    std::vector<ChargeColumn> columns;
    for (const std::string_view name : arguments(set)) {
        columns.push_back({name, is_read(name, set, book, use)});
    }
    return columns;
}

}  // namespace purse
