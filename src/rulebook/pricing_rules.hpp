// The rules of one year that no price sheet states: what is excluded and in which order, which
// admission method is which type, and every parameter of the calculation. Read from
// rules/<year>/pricing.toml, each rule with its source.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "calendar/month.hpp"
#include "money/factor.hpp"
#include "money/pence.hpp"

namespace purse {

// One row of the ordered exclusion table: the first row that a record meets excludes it.
// All conditions given must hold; codes match exactly, or by prefix when they end in '*'.
struct ExclusionRule {
    std::string reason;  // "private_patient": the reason code on the record
    std::string says;    // "private patients are outside national prices"
    std::vector<DataSet> data_sets;
    std::string field;  // stored column the codes are compared with; empty: always
    std::vector<std::string> codes;
    bool when_absent = false;       // also when the field is empty
    bool attendances_only = false;  // outpatients: only where no procedure price is paid
    std::string source;
};

enum class AdmissionType : std::uint8_t {
    day_case,
    elective,
    non_elective_emergency,
    non_elective_other,
    regular,
    other
};
std::string_view to_text(AdmissionType type);

struct AdmissionMethodRule {
    std::string method;  // "21"
    AdmissionType type;  // elective, non_elective_emergency, non_elective_other, other
};

struct PricingRules {
    FinancialYear year;
    std::string file;                       // "rules/2017-18/pricing.toml", for workings
    std::vector<ExclusionRule> exclusions;  // in order
    std::vector<AdmissionMethodRule> admission_methods;

    Rounding rounding = Rounding::half_up;  // of each payable item, once
    int short_stay_least_age = 19;
    int short_stay_under_days = 2;
    bool delayed_discharge_days_taken_out = false;
    // What a specialised top-up is a percentage of: the spell price after short stay, without
    // excess days.
    bool top_up_on_excess_days = false;
    bool top_ups_stack = false;  // false: the highest rate that qualifies
    int child_under_age = 19;
    // Day case (class 2) that stayed overnight, or came by a non-elective method.
    AdmissionType day_case_with_nights = AdmissionType::day_case;
    AdmissionType day_case_non_elective = AdmissionType::non_elective_emergency;
    // Mother and baby (class 5): priced as its admission method says when true, else excluded.
    bool class_5_by_method = true;
    // Outpatients
    bool non_face_to_face_paid = false;                 // first_attendance 3 and 4
    Pence non_face_to_face_price;                       // before the market forces factor
    std::vector<std::string> attended_codes;            // 5, 6
    std::vector<std::string> multi_professional_codes;  // 2, 3
    // A&E
    std::vector<std::string> type_1_and_2;      // 01, 02
    std::vector<std::string> type_3;            // 03
    bool planned_follow_ups_paid = true;        // attendance category 4
    std::vector<std::string> zero_priced_hrgs;  // UZ01Z, PB03Z, ...

    // Separate steps over priced records, off by default.
    bool readmissions_on = false;
    int readmission_days = 30;
    Factor readmission_payable_share{
        0};  // share paid for a readmission within the days after an elective spell
    std::vector<std::string> readmission_excluded_hrgs;  // prefixes with '*'
    std::vector<std::string>
        readmission_excluded_discharge_methods;             // self-discharge from the index spell
    std::vector<std::string> readmission_excluded_methods;  // emergency transfers
    int readmission_least_age = 4;
    // ICD-10, without the point: "C34*", or a range of categories "C00-C97".
    std::vector<std::string> readmission_excluded_primary_diagnoses;  // of either spell
    std::vector<std::string> readmission_excluded_diagnoses;  // any of the emergency spell's
    // Commissioners outside England, prefixes with '*': neither step applies to their patients.
    std::vector<std::string> payable_steps_excluded_commissioners;
    bool marginal_rate_on = false;
    Factor marginal_rate{700'000};
    std::vector<std::string> marginal_rate_excluded_hrgs;  // prefixes with '*'

    // Source lines of the parameters by name, for workings: {"short_stay_least_age", "..."}.
    std::vector<std::pair<std::string, std::string>> sources;
};

Result<PricingRules> read_pricing_rules(const std::filesystem::path& rules_folder,
                                        FinancialYear year);

// A site's own file first: <own_rules>/<year>/pricing.toml where it is, and for what it inherits
// (its own year too) the folder of Purse's rules.
Result<PricingRules> read_pricing_rules(const std::filesystem::path& own_rules,
                                        const std::filesystem::path& rules_folder,
                                        FinancialYear year);

}  // namespace purse
