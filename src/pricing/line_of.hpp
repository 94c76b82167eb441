// The budget line that a priced, excluded or unpriced record belongs to: one definition for the
// statement, the cube and the second implementation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "activity/budget_line.hpp"
#include "pricing/charges.hpp"

namespace purse {

// HRGs of chapter NZ (obstetrics) are maternity; all else goes by the type of admission. Regular
// attenders stand with day cases; an admission of unknown method with the non-elective ones.
BudgetLine line_of_spell(AdmissionType type, std::uint64_t hrg);

// By the price paid; what was not paid by its kind (first_attendance 1 and 3 are first). The line
// of the core price: `imaging_pence` of the charge belongs to diagnostics.
BudgetLine line_of_attendance(TariffApplied applied, std::uint64_t first_attendance,
                              bool direct_access = false);
inline constexpr BudgetLine line_of_imaging = BudgetLine::diagnostics;
inline constexpr BudgetLine line_of_emergency = BudgetLine::emergency_department;

// The same over batches; the spans have one length.
void lines_of_spells(std::span<const AdmissionType> types, std::span<const std::uint64_t> hrgs,
                     std::vector<BudgetLine>& out);
void lines_of_attendances(std::span<const TariffApplied> applied,
                          std::span<const std::uint64_t> first_attendances,
                          std::span<const std::uint8_t> direct_access,
                          std::vector<BudgetLine>& out);

// Sources of referral by which one consultant refers to another: 05 a consultant other than in
// A&E; 01, 10 and 11 initiated by the consultant responsible (NHS Data Dictionary, source of
// referral for outpatients).
std::span<const std::uint64_t> consultant_referral_sources();

// A first attendance (1 or 3) upon a consultant's referral.
bool is_consultant_to_consultant(
    std::uint64_t first_attendance, std::uint64_t referral_source,
    std::span<const std::uint64_t> sources = consultant_referral_sources());

}  // namespace purse
