// The type of an admission by its method, patient classification and nights, as a table: every
// combination is worked out once for a year's rules.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/code.hpp"
#include "pricing/code_table.hpp"
#include "rulebook/pricing_rules.hpp"

namespace purse {

inline constexpr std::size_t admission_types = 6;  // values of AdmissionType

constexpr bool is_non_elective(AdmissionType type) {
    return type == AdmissionType::non_elective_emergency ||
           type == AdmissionType::non_elective_other;
}

class AdmissionTypes {
  public:
    AdmissionTypes() = default;
    explicit AdmissionTypes(const PricingRules& rules) : methods_(rules.admission_methods.size()) {
        for (const AdmissionMethodRule& rule : rules.admission_methods) {
            methods_.put(packed(rule.method)) = rule.type;
        }
        for (std::size_t place = 0; place < short_methods; ++place) {
            const AdmissionType* listed =
                methods_.find(std::uint64_t{place} >> 7 << 56 | std::uint64_t{place & 0x7F} << 48);
            by_two_signs_[place] = listed != nullptr ? *listed : AdmissionType::other;
        }
        for (std::size_t i = 0; i < admission_types; ++i) {
            const auto method = static_cast<AdmissionType>(i);
            types_[i][as_method_says] = {method, method};
            types_[i][day_case] = {type_of_day_case(rules, method, false),
                                   type_of_day_case(rules, method, true)};
            types_[i][regular] = {AdmissionType::regular, AdmissionType::regular};
        }
    }

    [[nodiscard]] AdmissionType of(std::uint64_t method, std::uint64_t classification,
                                   bool nights) const {
        return types_[static_cast<std::size_t>(by_method(method))][kind_of(classification)]
                     [nights ? 1 : 0];
    }

  private:
    // Codes of one or two signs, as methods are, by their seven bits each.
    static constexpr std::size_t short_methods = std::size_t{1} << 14;

    [[nodiscard]] AdmissionType by_method(std::uint64_t method) const {
        constexpr std::uint64_t beyond_two_signs = 0x8080FFFFFFFFFFFFU;
        if ((method & beyond_two_signs) == 0) {
            return by_two_signs_[method >> 56 << 7 | (method >> 48 & 0x7F)];
        }
        const AdmissionType* listed = methods_.find(method);
        return listed != nullptr ? *listed : AdmissionType::other;
    }

    enum Kind : std::size_t { as_method_says, day_case, regular };

    [[nodiscard]] static std::size_t kind_of(std::uint64_t classification) {
        const auto is = [&](std::string_view code) {
            return static_cast<std::size_t>(classification == packed(code));
        };
        return day_case * is("2") + regular * (is("3") | is("4"));
    }

    // Day case goes by patient classification, never by zero days.
    [[nodiscard]] static AdmissionType type_of_day_case(const PricingRules& rules,
                                                        AdmissionType method, bool nights) {
        if (is_non_elective(method) && rules.day_case_non_elective != AdmissionType::day_case) {
            return rules.day_case_non_elective == AdmissionType::elective ? AdmissionType::elective
                                                                          : method;
        }
        return nights ? rules.day_case_with_nights : AdmissionType::day_case;
    }

    CodeTable<AdmissionType> methods_;
    std::vector<AdmissionType> by_two_signs_ =
        std::vector<AdmissionType>(short_methods, AdmissionType::other);
    std::array<std::array<std::array<AdmissionType, 2>, 3>, admission_types> types_{};
};

}  // namespace purse
