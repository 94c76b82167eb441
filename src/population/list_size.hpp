// Registered lists: how many patients of an age band and sex a practice had on a day.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "organisation/codes.hpp"
#include "population/patients.hpp"

namespace purse {

inline constexpr int oldest_age = 130;  // of bands without an end: 95+ is 95 to 130

// Both ends included.
struct AgeBand {
    int from = 0;
    int to = oldest_age;

    [[nodiscard]] bool all_ages() const { return from == 0 && to == oldest_age; }
    friend auto operator<=>(const AgeBand&, const AgeBand&) = default;
};

// "ALL", "0_4", "5-9", "95+", "16OV", "42": as published.
Result<AgeBand> parse_age_band(std::string_view text);
std::string to_text(AgeBand band);  // "all", "0-4", "95+", "42"

struct ListSize {
    PracticeCode practice;
    Date as_at;
    char sex = 'A';  // A all, M, F
    AgeBand ages;
    Patients patients;
};

// The list after the Carr-Hill formula's weights.
struct WeightedList {
    PracticeCode practice;
    Date as_at;
    Patients patients;
};

// Every list known, of every day.
class Lists {
  public:
    Lists(const std::vector<ListSize>& sizes, const std::vector<WeightedList>& weighted);

    // The latest day on or before this one for which the practice's list is known.
    [[nodiscard]] std::optional<Date> day_known(PracticeCode practice, Date on) const;
    // All patients on that day: as published, or the sum of bands that cover every age once for
    // both sexes. None when no list on or before the day is known.
    [[nodiscard]] std::optional<Patients> total(PracticeCode practice, Date on) const;
    // The bands as published on that day (they may overlap: 16+ and 65+), totals included.
    [[nodiscard]] std::vector<ListSize> bands(PracticeCode practice, Date on) const;
    [[nodiscard]] std::optional<Patients> weighted(PracticeCode practice, Date on) const;

  private:
    std::map<PracticeCode, std::map<Date, std::vector<ListSize>>> sizes_;
    std::map<PracticeCode, std::map<Date, Patients>> weighted_;
};

// The sum of the bands below "all ages" of one sex, if they cover every age exactly once.
std::optional<Patients> sum_of_partition(const std::vector<ListSize>& bands, char sex);
// The size for all ages of one sex, as published.
std::optional<Patients> published_total(const std::vector<ListSize>& bands, char sex);
// All patients of one practice's bands of one day.
std::optional<Patients> total_of(const std::vector<ListSize>& bands);

}  // namespace purse
