// Patients behind a closed month's charges, by their pseudonyms: what each cost, and their spells.
#pragma once

#include <string>
#include <vector>

#include "base/pseudonym.hpp"
#include "calendar/date.hpp"
#include "warehouse/activity_cells.hpp"

namespace purse {

struct PatientUse {
    Pseudonym patient;
    std::int64_t admissions = 0, attendances = 0, emergency_attendances = 0;
    Pence cost;
};

// Who cost most first; records without a patient are passed over.
Result<std::vector<PatientUse>> patient_uses(const std::filesystem::path& charges,
                                             const std::vector<BatchToPrice>& batches,
                                             const CellsWanted& wanted, std::size_t most,
                                             const DatabaseLimits& limits);

struct PatientSpell {
    Pseudonym patient;
    std::string record_id, provider, hrg;
    std::string diagnosis;  // primary, ICD-10 without the point
    bool emergency = false;
    Date admitted, discharged;
    std::int64_t excess_days = 0;
    Pence excess_cost, cost;
};

// Every spell of the accounts with a known patient, by patient and day of admission.
Result<std::vector<PatientSpell>> patient_spells(const std::filesystem::path& charges,
                                                 const std::vector<BatchToPrice>& batches,
                                                 const CellsWanted& wanted,
                                                 const DatabaseLimits& limits);

}  // namespace purse
