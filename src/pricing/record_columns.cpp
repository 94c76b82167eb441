#include "pricing/record_columns.hpp"

#include <algorithm>
#include <limits>

#include "base/code.hpp"

namespace purse {

namespace {

// Absent ages and dates are -1, absent days 0.
std::int32_t absent_number(std::string_view name) { return name.ends_with("_days") ? 0 : -1; }

std::vector<std::int32_t> narrowed(const RecordColumn& column, std::string_view name) {
    std::vector<std::int32_t> out(column.numbers.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        using limits = std::numeric_limits<std::int32_t>;
        out[i] = column.present[i] == 0 ? absent_number(name)
                                        : static_cast<std::int32_t>(std::clamp<std::int64_t>(
                                              column.numbers[i], limits::min(), limits::max()));
    }
    return out;
}

}  // namespace

RecordColumns::RecordColumns(const RecordBatch& batch)
    : batch_(&batch),
      codes_(batch.columns.size()),
      numbers_(batch.columns.size()),
      flags_(batch.columns.size()) {
    const auto stored = stored_columns(batch.set);
    CHECK(stored.size() == batch.columns.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const RecordColumn& column = batch.columns[i];
        if (column.type == ColumnType::text) {
            codes_[i].reserve(column.texts.size());
            for (const std::string_view text : column.texts) codes_[i].push_back(packed(text));
        } else if (column.type == ColumnType::number || column.type == ColumnType::date) {
            numbers_[i] = narrowed(column, stored[i].name);
        } else if (column.type == ColumnType::flag) {
            for (const std::int64_t flag : column.numbers) flags_[i].push_back(flag != 0 ? 1 : 0);
        }
    }
}

std::span<const std::uint64_t> RecordColumns::codes(std::string_view name) const {
    return codes_[column_index(batch_->set, name)];
}
std::span<const std::int32_t> RecordColumns::numbers(std::string_view name) const {
    return numbers_[column_index(batch_->set, name)];
}
std::span<const std::uint8_t> RecordColumns::flags(std::string_view name) const {
    return flags_[column_index(batch_->set, name)];
}
std::span<const std::string_view> RecordColumns::texts(std::string_view name) const {
    return batch_->columns[column_index(batch_->set, name)].texts;
}

SpellColumns RecordColumns::spells() const {
    CHECK(batch_->set == DataSet::admitted_care);
    return {.hrg = codes("hrg"),
            .provider = codes("provider"),
            .admission_method = codes("admission_method"),
            .patient_classification = codes("patient_classification"),
            .administrative_category = codes("administrative_category"),
            .main_specialty = codes("main_specialty"),
            .treatment_function = codes("treatment_function"),
            .discharge_method = codes("discharge_method"),
            .age = numbers("age"),
            .admission_day = numbers("admission_date"),
            .discharge_day = numbers("discharge_date"),
            .critical_care_days = numbers("critical_care_days"),
            .rehabilitation_days = numbers("rehabilitation_days"),
            .palliative_days = numbers("palliative_days"),
            .delayed_discharge_days = numbers("delayed_discharge_days"),
            .excluded_by_provider = flags("excluded_by_provider"),
            .best_practice_flags = texts("best_practice_flags"),
            .specialised_flags = texts("specialised_flags"),
            .diagnoses = texts("diagnoses"),
            .procedures = texts("procedures"),
            .unbundled_hrgs = texts("unbundled_hrgs"),
            .episode_rules = texts("episode_rules")};
}

AttendanceColumns RecordColumns::attendances() const {
    CHECK(batch_->set == DataSet::outpatients);
    return {.hrg = codes("hrg"),
            .provider = codes("provider"),
            .main_specialty = codes("main_specialty"),
            .treatment_function = codes("treatment_function"),
            .first_attendance = codes("first_attendance"),
            .attended = codes("attended"),
            .multi_professional = codes("multi_professional"),
            .administrative_category = codes("administrative_category"),
            .age = numbers("age"),
            .direct_access = flags("direct_access"),
            .excluded_by_provider = flags("excluded_by_provider"),
            .best_practice_flags = texts("best_practice_flags"),
            .unbundled_hrgs = texts("unbundled_hrgs")};
}

EmergencyColumns RecordColumns::emergency() const {
    CHECK(batch_->set == DataSet::emergency);
    return {.hrg = codes("hrg"),
            .provider = codes("provider"),
            .department_type = codes("department_type"),
            .attendance_category = codes("attendance_category"),
            .excluded_by_provider = flags("excluded_by_provider")};
}

}  // namespace purse
