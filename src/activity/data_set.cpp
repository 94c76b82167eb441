#include "activity/data_set.hpp"

#include <fmt/format.h>

#include <vector>

namespace purse {

namespace {

using enum ColumnType;

constexpr StoredColumn admitted_care[] = {
    {"record_id", text, "the record identifier of the spell's first episode"},
    {"spell_id", text, "hospital provider spell number"},
    {"line", number, "line of the source file at which the spell's first episode starts"},
    {"costing_date", date, "the day that decides the month and year of the cost: discharge"},
    {"patient", pseudonym,
     "keyed pseudonym of the NHS number, or of the local identifier without one"},
    {"practice", text, "code of the practice of registration"},
    {"provider", text, "organisation code of the provider (three characters for NHS trusts)"},
    {"commissioner", text, "organisation code of the commissioner named on the record"},
    {"sex", text, "1 male, 2 female, 0 not known, 9 not specified"},
    {"age", number, "age in years on admission"},
    {"admission_date", date, "first day of the spell"},
    {"discharge_date", date, "last day of the spell"},
    {"episodes", number, "number of episodes in the spell"},
    {"admission_method", text,
     "11-13 elective, 21-28 and 2A-2D emergency, 31-32 maternity, 81-83 other"},
    {"patient_classification", text,
     "1 ordinary, 2 day case, 3 regular day, 4 regular night, 5 mother and baby"},
    {"administrative_category", text, "01 NHS, 02 private, 03 amenity, 04 category II"},
    {"discharge_method", text, "1-5, 8, 9"},
    {"main_specialty", text, "main specialty of the first episode's consultant"},
    {"treatment_function", text, "treatment function of the first episode"},
    {"hrg", text, "the spell's core HRG, as grouped by the provider"},
    {"critical_care_days", number, "days in critical care, paid apart"},
    {"rehabilitation_days", number, "length of stay adjustment: rehabilitation"},
    {"palliative_days", number, "length of stay adjustment: specialist palliative care"},
    {"delayed_discharge_days", number, "days of delayed discharge, taken out only where agreed"},
    {"excluded_by_provider", flag, "marked by the provider as outside national prices"},
    {"best_practice_flags", text, "best practice flags, separated by ;"},
    {"specialised_flags", text, "prescribed specialised service flags, separated by ;"},
    {"diagnoses", text, "ICD-10 codes without the point, primary first, separated by ;"},
    {"procedures", text, "OPCS codes without the point, primary first, separated by ;"},
    {"unbundled_hrgs", text, "unbundled HRGs, separated by ;, repeated as often as they occur"},
    {"episode_rules", text,
     "spells of several episodes only: treatment function/main specialty/administrative "
     "category/excluded flag of each episode, separated by ;"},
    {"referrer", text, "code of the referring person"},
};

constexpr StoredColumn outpatients[] = {
    {"record_id", text, "the attendance's record identifier"},
    {"line", number, "line of the source file at which the record starts"},
    {"costing_date", date, "the day that decides the month and year of the cost: appointment"},
    {"patient", pseudonym,
     "keyed pseudonym of the NHS number, or of the local identifier without one"},
    {"practice", text, "code of the practice of registration"},
    {"provider", text, "organisation code of the provider"},
    {"commissioner", text, "organisation code of the commissioner named on the record"},
    {"sex", text, "1 male, 2 female, 0 not known, 9 not specified"},
    {"age", number, "age in years on the appointment date"},
    {"main_specialty", text, "main specialty of the consultant"},
    {"treatment_function", text, "treatment function"},
    {"first_attendance", text,
     "1 first, 2 follow-up, 3 first and 4 follow-up by telephone, 5 administrative"},
    {"attended", text, "5, 6 attended; 0, 2, 3, 4, 7 not"},
    {"multi_professional", text,
     "1 single, 2 multi-professional, 3 multi-disciplinary, 9 not applicable"},
    {"administrative_category", text, "01 NHS, 02 private, 03 amenity, 04 category II"},
    {"referral_source", text, "source of referral for outpatients (05 another consultant, 03 GP)"},
    {"hrg", text, "core HRG; WF codes for attendances"},
    {"direct_access", flag, "a direct access referral"},
    {"excluded_by_provider", flag, "marked by the provider as outside national prices"},
    {"best_practice_flags", text, "best practice flags, separated by ;"},
    {"unbundled_hrgs", text, "unbundled HRGs, separated by ;, repeated as often as they occur"},
    {"referrer", text, "code of the referring person"},
};

constexpr StoredColumn emergency[] = {
    {"record_id", text, "the attendance's record identifier"},
    {"line", number, "line of the source file at which the record starts"},
    {"costing_date", date, "the day that decides the month and year of the cost: arrival"},
    {"patient", pseudonym,
     "keyed pseudonym of the NHS number, or of the local identifier without one"},
    {"practice", text, "code of the practice of registration"},
    {"provider", text, "organisation code of the provider"},
    {"commissioner", text, "organisation code of the commissioner named on the record"},
    {"sex", text, "1 male, 2 female, 0 not known, 9 not specified"},
    {"age", number, "age in years on arrival"},
    {"department_type", text,
     "01 major, 02 single specialty, 03 minor injuries, 04 walk-in, 05 same day"},
    {"attendance_category", text,
     "1 first, 2 and 3 unplanned follow-up, 4 planned follow-up, X dead on arrival"},
    {"disposal", text, "01 admitted, 02 discharged to the GP, 03 no follow-up, ..."},
    {"hrg", text, "core HRG (VB codes)"},
    {"excluded_by_provider", flag, "marked by the provider as outside national prices"},
};

constexpr StoredColumn prescribing[] = {
    {"line", number, "line of the source file at which the record starts"},
    {"costing_date", date, "the last day of the month prescribed in"},
    {"practice", text, "code of the prescribing practice"},
    {"commissioner", text, "code of the practice's primary care organisation on the record"},
    {"bnf_code", text, "BNF presentation code"},
    {"bnf_name", text, "BNF presentation name"},
    {"items", number, "items dispensed"},
    {"quantity", number, "total quantity, in thousandths"},
    {"net_ingredient_cost", number, "net ingredient cost in thousandths of a penny, as given"},
    {"actual_cost", number, "actual cost in thousandths of a penny, as given"},
};

}  // namespace

std::string_view short_name(DataSet set) {
    constexpr std::array<std::string_view, 4> names = {"apc", "op", "ae", "prescribing"};
    return names[static_cast<std::size_t>(set)];
}

std::string_view in_words(DataSet set) {
    constexpr std::array<std::string_view, 4> names = {"admitted care", "outpatients", "A&E",
                                                       "prescribing"};
    return names[static_cast<std::size_t>(set)];
}

Result<DataSet> parse_data_set(std::string_view text) {
    for (const DataSet set : all_data_sets) {
        if (short_name(set) == text) return set;
    }
    return bad_input(fmt::format("'{}' is not a data set: use apc, op, ae or prescribing", text));
}

std::string_view to_text(Extract extract) {
    constexpr std::array<std::string_view, 3> names = {"early", "flex", "freeze"};
    return names[static_cast<std::size_t>(extract)];
}

Result<Extract> parse_extract(std::string_view text) {
    for (const Extract extract : {Extract::early, Extract::flex, Extract::freeze}) {
        if (to_text(extract) == text) return extract;
    }
    return bad_input(fmt::format("'{}' is not an extract stage: use early, flex or freeze", text));
}

std::span<const StoredColumn> stored_columns(DataSet set) {
    switch (set) {
        case DataSet::admitted_care:
            return admitted_care;
        case DataSet::outpatients:
            return outpatients;
        case DataSet::emergency:
            return emergency;
        case DataSet::prescribing:
            return prescribing;
    }
    return {};
}

std::size_t column_index(DataSet set, std::string_view name) {
    const auto columns = stored_columns(set);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return i;
    }
    check_failed("a stored column of this name", __FILE__, __LINE__);
}

}  // namespace purse
