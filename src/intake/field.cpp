#include "intake/field.hpp"

namespace purse {

namespace {

using enum FieldKind;

constexpr InputField admitted_care[] = {
    {"record_id", bare_code, "record_id"},
    {"spell_id", bare_code, "spell_id"},
    {"nhs_number", nhs_number, ""},
    {"patient_pseudonym", pseudonym_of, ""},
    {"local_patient_id", local_id, ""},
    {"practice", practice, "practice"},
    {"provider", provider, "provider"},
    {"commissioner", code, "commissioner"},
    {"sex", code, "sex"},
    {"age", age, "age"},
    {"admission_date", date, "admission_date"},
    {"discharge_date", date, "discharge_date"},
    {"episode_number", episode_number, ""},
    {"last_episode", last_episode, ""},
    {"dominant_episode", dominant_episode, ""},
    {"episode_start", episode_start, ""},
    {"episode_end", episode_end, ""},
    {"admission_method", code, "admission_method"},
    {"patient_classification", code, "patient_classification"},
    {"administrative_category", code, "administrative_category"},
    {"discharge_method", code, "discharge_method"},
    {"main_specialty", code, "main_specialty"},
    {"treatment_function", code, "treatment_function"},
    {"hrg", hrg, "hrg"},
    {"episode_hrg", episode_hrg, ""},
    {"critical_care_days", number, "critical_care_days"},
    {"rehabilitation_days", number, "rehabilitation_days"},
    {"palliative_days", number, "palliative_days"},
    {"delayed_discharge_days", number, "delayed_discharge_days"},
    {"commissioning_serial_number", serial_number, "excluded_by_provider"},
    {"best_practice_flags", list, "best_practice_flags"},
    {"specialised_flags", list, "specialised_flags"},
    {"diagnoses", list, "diagnoses"},
    {"procedures", list, "procedures"},
    {"unbundled_hrgs", list, "unbundled_hrgs"},
    {"referrer", bare_code, "referrer"},
};

constexpr InputField outpatients[] = {
    {"record_id", bare_code, "record_id"},
    {"nhs_number", nhs_number, ""},
    {"patient_pseudonym", pseudonym_of, ""},
    {"local_patient_id", local_id, ""},
    {"practice", practice, "practice"},
    {"provider", provider, "provider"},
    {"commissioner", code, "commissioner"},
    {"sex", code, "sex"},
    {"age", age, "age"},
    {"appointment_date", date, "costing_date"},
    {"main_specialty", code, "main_specialty"},
    {"treatment_function", code, "treatment_function"},
    {"first_attendance", code, "first_attendance"},
    {"attended", code, "attended"},
    {"multi_professional", code, "multi_professional"},
    {"administrative_category", code, "administrative_category"},
    {"referral_source", code, "referral_source"},
    {"hrg", hrg, "hrg"},
    {"direct_access", flag, "direct_access"},
    {"commissioning_serial_number", serial_number, "excluded_by_provider"},
    {"best_practice_flags", list, "best_practice_flags"},
    {"unbundled_hrgs", list, "unbundled_hrgs"},
    {"referrer", bare_code, "referrer"},
};

constexpr InputField emergency[] = {
    {"record_id", bare_code, "record_id"},
    {"nhs_number", nhs_number, ""},
    {"patient_pseudonym", pseudonym_of, ""},
    {"local_patient_id", local_id, ""},
    {"practice", practice, "practice"},
    {"provider", provider, "provider"},
    {"commissioner", code, "commissioner"},
    {"sex", code, "sex"},
    {"age", age, "age"},
    {"arrival_date", date, "costing_date"},
    {"department_type", code, "department_type"},
    {"attendance_category", code, "attendance_category"},
    {"disposal", code, "disposal"},
    {"hrg", hrg, "hrg"},
    {"commissioning_serial_number", serial_number, "excluded_by_provider"},
};

constexpr InputField prescribing[] = {
    {"month", month, "costing_date"},       {"practice", practice, "practice"},
    {"commissioner", code, "commissioner"}, {"bnf_code", bare_code, "bnf_code"},
    {"bnf_name", text, "bnf_name"},         {"items", number, "items"},
    {"quantity", thousandths, "quantity"},  {"net_ingredient_cost", pounds, "net_ingredient_cost"},
    {"actual_cost", pounds, "actual_cost"},
};

}  // namespace

std::span<const InputField> input_fields(DataSet set) {
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

std::optional<std::size_t> input_field_index(DataSet set, std::string_view name) {
    const auto fields = input_fields(set);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name) return i;
    }
    return std::nullopt;
}

}  // namespace purse
