// The checks that records undergo at the door: which code lists there are, what is severe, and how
// each reason is put to the people who can mend it. Data: rules/validation.toml and rules/codes.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "activity/data_set.hpp"
#include "base/result.hpp"

namespace purse {

enum class Severity : std::uint8_t { reject, warn };

enum class Reason : std::uint8_t {
    missing_value,
    code_not_in_list,
    malformed_code,
    bad_date,
    bad_number,
    impossible_age,
    discharge_before_admission,
    unfinished_spell,
    date_outside_month,
    duplicate_record,
    duplicate_spell,
    unknown_practice,
    practice_closed,
    hrg_not_in_tariff,
    ungrouped_hrg,
    bad_nhs_number,
    days_exceed_stay,
    unterminated_quote,
    too_few_columns,
    episode_without_spell,
    spell_without_last_episode,
    spell_conflicting_hrgs,
    spell_hrg_from_episode,
    spell_episode_missing,
    spell_episodes_overlap,
    spell_conflicting_dates,
};
inline constexpr std::size_t reason_count = 26;
std::string_view code_of(Reason reason);  // "missing_value"

struct ReasonText {
    Severity severity = Severity::reject;
    std::string says;  // with {field} and {value}
    std::string remedy;
};

struct CodeList {
    Severity severity = Severity::warn;
    std::vector<std::string> codes;
};

struct ValidationRules {
    std::array<ReasonText, reason_count> reasons;
    std::map<std::string, CodeList> code_lists;        // by field
    std::array<std::vector<std::string>, 4> required;  // fields by data set
    std::array<bool, 4> hrg_expected = {};             // by data set
    std::string exclusion_mark = "=";
    std::vector<std::string> no_practice_codes;
    std::vector<std::string> ungrouped_hrgs;
    std::vector<std::int64_t> infant_ages;
    std::int64_t greatest_age = 120;

    [[nodiscard]] const ReasonText& of(Reason reason) const {
        return reasons[static_cast<std::size_t>(reason)];
    }
};

Result<ValidationRules> read_validation_rules(const std::filesystem::path& rules_folder);

}  // namespace purse
