// The few largest reasons of a variance and everything else, so that the numbers shown add up; and
// how far a count may lie from what was expected before it is more than chance.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "monitoring/variance.hpp"
#include "statistics/confidence.hpp"

namespace purse {

// In what range a count lies in 19 years of 20, around what is expected of its list.
struct VolumeRange {
    Interval chance;  // Byar's limits: nothing but chance
    Interval usual;   // as much wider as practices differ by more than chance on that line
};
VolumeRange volume_range(double expected, double overdispersion);
// "no more than chance would give"; "more than chance gives, no more than practices differ by";
// empty outside both.
std::string_view standing_of(std::int64_t count, const VolumeRange& range);

struct RecordsBesidePlan {
    std::int64_t count = 0;     // recorded in the period
    std::int64_t expected = 0;  // of the plan for such a list, whole records

    [[nodiscard]] std::int64_t more() const { return count - expected; }
};

// One part of one line, with what its sentence needs.
struct VarianceReason {
    BudgetLine line = BudgetLine::day_case;
    VariancePart part = VariancePart::plan_gap;
    Pence amount;
    std::int64_t count = 0;                      // recorded in the period
    std::int64_t expected = 0;                   // of the plan for such a list, whole records
    std::optional<VolumeRange> range;            // of the count; volume only
    std::int64_t list_before = 0, list_now = 0;  // patients
    std::string mostly;                          // of a price: what most of it is
    bool nothing_recorded = false;               // neither planned nor recorded: a budget alone
    // Of elective inpatients, day cases that went the other way: both lines' numbers and kinds are
    // in the amount.
    std::optional<RecordsBesidePlan> day_cases;

    [[nodiscard]] bool within_chance() const;
};

struct LargestReasons {
    std::vector<VarianceReason> reasons;  // by size; ties by line, then part
    Pence everything_else;
    [[nodiscard]] Pence total() const;
};

// Where a practice has more of elective inpatients and fewer day cases (or the reverse), both
// beyond chance and neither more than twice the other, the same care may be recorded as the one and
// not as the other: numbers and kinds of both lines become one reason, so that nobody is told of
// admissions that only changed their name. Amounts add up as before.
std::vector<VarianceReason> with_recorded_otherwise(std::vector<VarianceReason> all);

// By size, whatever the sign. What is £0.00 is no reason.
LargestReasons largest_reasons(std::vector<VarianceReason> all, std::size_t most = 3);

// "86 more emergency and other unplanned admissions than the plan has for such a list (1,203
// against 1,117)". Neutral, without its amount.
std::string sentence_of(const VarianceReason& reason);

// What comes after what is reported, signed, and what it makes of the variance: "+£1,200.00 not yet
// reported, by estimate: £5,000.00 over budget when complete. ..." Empty where there is neither.
std::string beyond_statement(const Variance& variance);

// What a line's records are called: "planned inpatient admissions", "prescribed items".
std::string_view records_in_words(BudgetLine line);

// Recorded and expected numbers of one practice.
struct CountBesideExpected {
    double count = 0;
    double expected = 0;
};

// How much more than by chance practices differ from what is expected of them: the mean of the
// squared deviations, drawn in by a tenth at either end (Spiegelhalter 2005), after the expected
// numbers are brought to the recorded sum. At least 1; 1 with fewer than three practices.
double overdispersion_of(std::span<const CountBesideExpected> practices);

}  // namespace purse
