// What was counted at each practice and what its patients' ages and sexes make one expect, month by
// month: indirect standardisation at the commissioner's own rates of the same month, so that season
// and working days fall out of the comparison. The practice is part of the commissioner.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "calendar/month.hpp"
#include "organisation/codes.hpp"
#include "population/age_bands.hpp"

namespace purse {

// Records of one measure, practice, month, sex and age.
struct PracticeCount {
    std::size_t measure = 0;
    Month month;
    PracticeCode practice;
    char sex = 'M';          // M, F; ? not known
    std::optional<int> age;  // none: not known
    std::int64_t count = 0;
};

// The lists on a month's first day; a practice without one is in no comparison of the month.
using MonthLists = std::map<PracticeCode, ListByBand>;

struct CountingInput {
    std::size_t measures = 0;
    std::vector<AgeBand> bands;
    std::vector<Month> months;      // oldest first
    std::vector<MonthLists> lists;  // by month
    std::vector<PracticeCount> counts;
    // Measures that are counted in these months only: the others say nothing of them.
    std::map<std::size_t, std::set<Month>> only_in;
};

struct MonthCount {
    std::int64_t observed = 0;
    double expected = 0;
};

struct PracticeSeries {
    PracticeCode practice;
    std::vector<double> patients;                   // by month; 0 where no list is known
    std::vector<std::vector<MonthCount>> measures;  // by measure and month
};

struct StandardisedCounts {
    std::vector<Month> months;
    std::vector<PracticeSeries> practices;  // by code
    // By measure: records of practices with lists that no rate could be made of.
    std::vector<std::int64_t> without_age_or_sex, without_patients;
    std::map<std::size_t, std::set<Month>> only_in;

    [[nodiscard]] bool is_counted(std::size_t measure, Month month) const;
    [[nodiscard]] const PracticeSeries* find(PracticeCode practice) const;
};

StandardisedCounts standardise(const CountingInput& input);

// How one practice's expected number came about, band by band.
struct BandWorking {
    char sex = 'M';
    AgeBand ages;
    std::int64_t observed = 0;
    double patient_years = 0;
    double reference_rate = 0;  // the commissioner's, for 1,000 patients a year
    double expected = 0;
};
// Over the months from the place `from` on.
std::vector<BandWorking> expected_by_band(const CountingInput& input, PracticeCode practice,
                                          std::size_t measure, std::size_t from);

}  // namespace purse
