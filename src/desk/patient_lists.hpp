// Which patients stand behind a practice's hospital costs, for those entitled to see single
// patients: pseudonyms alone, of one practice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/statements.hpp"
#include "warehouse/patient_records.hpp"

namespace purse {

enum class PatientListKind : std::uint8_t {
    high_users,                 // who cost most
    readmissions,               // emergency admissions soon after a discharge
    ambulatory_care_sensitive,  // emergency admissions for conditions that care outside may prevent
    long_stays,                 // stays with days beyond the trim point
};
std::string_view to_text(PatientListKind kind);
std::string_view in_words(PatientListKind kind);
Result<PatientListKind> parse_patient_list_kind(std::string_view text);

struct PatientRow {
    std::string patient;                   // pseudonym
    std::string record_id, provider, hrg;  // of a spell; empty of a patient's whole year
    std::optional<Date> admitted, discharged;
    std::string says;  // "2 admissions, 14 outpatient attendances", "asthma (chronic)"
    Pence cost;        // of long stays: of the days beyond the trim point
};

struct PatientList {
    PatientListKind kind = PatientListKind::high_users;
    std::string title;
    std::string source;            // of the rule
    std::vector<PatientRow> rows;  // largest cost first
    Pence total;
    std::size_t patients = 0;
};

// The year to the reports' month, of the account and what merged into it.
Result<PatientList> patient_list(const Site& site, const MonthReports& reports,
                                 const std::string& account, PatientListKind kind);

}  // namespace purse
