// The ordered exclusion rules of one data set compiled to look-ups on packed columns: for each
// field the first rule that a value meets, so that a record's rule is the least over its fields.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/code.hpp"
#include "base/result.hpp"
#include "pricing/code_filter.hpp"
#include "pricing/code_table.hpp"
#include "rulebook/pricing_rules.hpp"

namespace purse {

inline constexpr std::uint16_t no_rule = std::numeric_limits<std::uint16_t>::max();

// The rules on one field.
class FieldRules {
  public:
    [[nodiscard]] std::uint16_t first(std::uint64_t value) const {
        if (value == 0) return absent_;
        std::uint16_t rule = no_rule;
        if (exact_count_ != 0) {
            if (const std::uint16_t* found = exact_.find(value)) rule = *found;
        }
        for (const Prefix& prefix : prefixes_) {
            if ((value & prefix.mask) == prefix.code) rule = std::min(rule, prefix.rule);
        }
        return rule;
    }
    // False where first() surely gives no_rule.
    [[nodiscard]] bool may_meet(std::uint64_t value) const {
        if (without_rules_) return false;
        return whole_.may_hold(value) ||
               (!prefixes_.empty() && beginnings_.may_hold(value & shortest_prefix_));
    }
    // For a whole column: marks what may_meet() is true of; what is marked stays so.
    void mark_met(std::span<const std::uint64_t> values, std::span<std::uint8_t> marks) const {
        if (without_rules_) return;
        if (prefixes_.empty()) {
            for (std::size_t i = 0; i < marks.size(); ++i) {
                marks[i] |= static_cast<std::uint8_t>(whole_.may_hold(values[i]));
            }
            return;
        }
        for (std::size_t i = 0; i < marks.size(); ++i) {
            marks[i] |= static_cast<std::uint8_t>(
                unsigned{whole_.may_hold(values[i])} |
                unsigned{beginnings_.may_hold(values[i] & shortest_prefix_)});
        }
    }
    [[nodiscard]] bool without_rules() const { return without_rules_; }
    // `codes` as in ExclusionRule, of the rule at place `rule`.
    void add(const ExclusionRule& rule, std::uint16_t place);
    void finish();

  private:
    struct Prefix {
        std::uint64_t mask;
        std::uint64_t code;
        std::uint16_t rule;
    };
    std::uint16_t absent_ = no_rule;
    std::vector<Prefix> prefixes_;
    std::vector<std::pair<std::uint64_t, std::uint16_t>> listed_;
    std::size_t exact_count_ = 0;
    CodeTable<std::uint16_t> exact_;
    bool without_rules_ = true;
    CodeFilter whole_, beginnings_;
    std::uint64_t shortest_prefix_ = ~std::uint64_t{0};  // its mask
};

// Places of the fields in an ExclusionTable, by data set.
enum class SpellField : std::uint8_t {
    hrg,
    provider,
    admission_method,
    patient_classification,
    discharge_method,
    administrative_category,
    main_specialty,
    treatment_function,
    excluded_by_provider
};
enum class AttendanceField : std::uint8_t {
    hrg,
    provider,
    main_specialty,
    treatment_function,
    first_attendance,
    attended,
    multi_professional,
    administrative_category,
    excluded_by_provider,
    direct_access
};
enum class EmergencyField : std::uint8_t {
    hrg,
    provider,
    department_type,
    attendance_category,
    excluded_by_provider
};

// A flag column compares as the code "1" or "0".
constexpr std::uint64_t flag_code(std::uint8_t flag) { return packed(flag != 0 ? "1" : "0"); }

class ExclusionTable {
  public:
    // The rules of the data set among `rules`, kept by their place there; `attendances_only`
    // chooses which of the two kinds. Refuses a field that pricing does not see.
    static Result<ExclusionTable> compile(const std::vector<ExclusionRule>& rules, DataSet set,
                                          bool attendances_only);

    [[nodiscard]] std::uint16_t always() const { return always_; }
    template <class Field>
    [[nodiscard]] std::uint16_t first(Field field, std::uint64_t value) const {
        return fields_[static_cast<std::size_t>(field)].first(value);
    }
    // False where surely no rule on the field is met.
    template <class Field>
    [[nodiscard]] bool may_meet(Field field, std::uint64_t value) const {
        return fields_[static_cast<std::size_t>(field)].may_meet(value);
    }

    template <class Field>
    [[nodiscard]] const FieldRules& of(Field field) const {
        return fields_[static_cast<std::size_t>(field)];
    }

  private:
    std::uint16_t always_ = no_rule;
    std::vector<FieldRules> fields_;
};

}  // namespace purse
