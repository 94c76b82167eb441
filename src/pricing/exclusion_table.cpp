#include "pricing/exclusion_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>
#include <string_view>

#include "base/code.hpp"

namespace purse {

namespace {

// In the order of SpellField, AttendanceField and EmergencyField.
constexpr std::string_view spell_fields[] = {"hrg",
                                             "provider",
                                             "admission_method",
                                             "patient_classification",
                                             "discharge_method",
                                             "administrative_category",
                                             "main_specialty",
                                             "treatment_function",
                                             "excluded_by_provider"};
constexpr std::string_view attendance_fields[] = {"hrg",
                                                  "provider",
                                                  "main_specialty",
                                                  "treatment_function",
                                                  "first_attendance",
                                                  "attended",
                                                  "multi_professional",
                                                  "administrative_category",
                                                  "excluded_by_provider",
                                                  "direct_access"};
constexpr std::string_view emergency_fields[] = {"hrg", "provider", "department_type",
                                                 "attendance_category", "excluded_by_provider"};

std::span<const std::string_view> fields_of(DataSet set) {
    switch (set) {
        case DataSet::admitted_care:
            return spell_fields;
        case DataSet::outpatients:
            return attendance_fields;
        case DataSet::emergency:
            return emergency_fields;
        case DataSet::prescribing:
            break;
    }
    return {};
}

bool applies_to(const ExclusionRule& rule, DataSet set) {
    return std::ranges::find(rule.data_sets, set) != rule.data_sets.end();
}

}  // namespace

void FieldRules::add(const ExclusionRule& rule, std::uint16_t place) {
    if (rule.when_absent) absent_ = std::min(absent_, place);
    for (const std::string& code : rule.codes) {
        if (code.ends_with('*')) {
            const std::size_t length = code.size() - 1;
            const std::uint64_t mask = length == 0 ? 0 : ~std::uint64_t{0} << (64 - 8 * length);
            prefixes_.push_back({mask, packed(std::string_view(code).substr(0, length)), place});
        } else {
            listed_.emplace_back(packed(code), place);
        }
    }
}

void FieldRules::finish() {
    exact_ = CodeTable<std::uint16_t>(listed_.size());
    // Backwards, so that of two rules on one code the earlier stays.
    for (auto it = listed_.rbegin(); it != listed_.rend(); ++it) exact_.put(it->first) = it->second;
    exact_count_ = listed_.size();
    without_rules_ = absent_ == no_rule && listed_.empty() && prefixes_.empty();
    if (absent_ != no_rule) whole_.put(0);
    for (const auto& [code, rule] : listed_) whole_.put(code);
    for (const Prefix& prefix : prefixes_) shortest_prefix_ &= prefix.mask;
    for (const Prefix& prefix : prefixes_) beginnings_.put(prefix.code & shortest_prefix_);
}

Result<ExclusionTable> ExclusionTable::compile(const std::vector<ExclusionRule>& rules, DataSet set,
                                               bool attendances_only) {
    const auto fields = fields_of(set);
    ExclusionTable table;
    table.fields_.resize(fields.size());
    for (std::size_t place = 0; place < rules.size(); ++place) {
        const ExclusionRule& rule = rules[place];
        if (!applies_to(rule, set) || rule.attendances_only != attendances_only) continue;
        const auto number = static_cast<std::uint16_t>(place);
        if (rule.field.empty()) {
            table.always_ = std::min(table.always_, number);
            continue;
        }
        const auto field = std::ranges::find(fields, rule.field);
        if (field == fields.end()) {
            return bad_input(fmt::format(
                "exclusion rule {} ('{}') compares the field '{}', which pricing of {} does not "
                "see: use one of {}",
                place + 1, rule.reason, rule.field, in_words(set), fmt::join(fields, ", ")));
        }
        for (const std::string& code : rule.codes) {
            if (code.size() <= 9 && !code.empty() && packed(code.substr(0, 8)) != bad_code &&
                (code.size() <= 8 || code.ends_with('*'))) {
                continue;
            }
            return bad_input(fmt::format(
                "exclusion rule {} ('{}') has the code '{}': codes have one to eight characters",
                place + 1, rule.reason, code));
        }
        table.fields_[static_cast<std::size_t>(field - fields.begin())].add(rule, number);
    }
    for (FieldRules& field : table.fields_) field.finish();
    return table;
}

}  // namespace purse
