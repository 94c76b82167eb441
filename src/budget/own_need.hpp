// Need weights of a commissioner's own: what a practice's patients would cost if every age and sex
// (and fifth of deprivation) cost what it costs on average over the whole commissioner. Indirect
// standardisation: a practice's own use enters only as its part of the average.
//
// Money and patients are whole numbers; a rate is kept in millionths of a penny a patient, rounded
// half up, and is the only figure that is rounded before the weights.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "money/pence.hpp"
#include "organisation/codes.hpp"
#include "population/age_bands.hpp"

namespace purse {

struct OwnNeedRules {
    std::vector<AgeBand> bands;
    std::vector<AgeBand> coarser_bands;  // where a list does not make up the bands
    int fewest_practices_in_a_fifth = 3;
};
Result<OwnNeedRules> read_own_need_rules(const std::filesystem::path& file);

struct NeedPractice {
    PracticeCode practice;
    ListByBand then;                          // of the records' period: what rates are over
    ListByBand now;                           // what the weights are for
    std::optional<std::int64_t> deprivation;  // a score in millionths, higher for more deprived
};

// Records of one practice, component, sex and age.
struct AgedCost {
    PracticeCode practice;
    std::string component;
    char sex = 'M';          // M, F; ? not known
    std::optional<int> age;  // none: not known
    std::int64_t records = 0;
    Pence cost;
};

struct NeedRate {
    std::string component;
    char sex = 'M';
    AgeBand ages;
    Patients patients;
    Pence cost;
    std::int64_t rate = 0;  // millionths of a penny a patient; 0 where nothing was spent
};

// What a fifth's patients cost beside what their age and sex make one expect.
struct DeprivationRatio {
    std::string component;
    int fifth = 1;  // 1 the most deprived
    std::size_t practices = 0;
    Patients patients;  // now
    Pence cost;
    std::int64_t expected = 0;  // millionths of a penny, by age and sex
    std::int64_t ratio = 0;     // in millionths
};

// Records that no rate could be made of.
struct LeftOut {
    std::int64_t records = 0;
    Pence cost;
};

struct OwnNeed {
    std::vector<std::string> components;
    std::vector<NeedRate> rates;
    std::vector<DeprivationRatio> ratios;  // none without scores
    std::map<PracticeCode, int> fifths;
    // Expected cost by component, in thousandths of a penny.
    std::map<PracticeCode, std::vector<std::int64_t>> expected;
    // Weighted patients in millionths by component: they add up to the list, exactly.
    std::map<PracticeCode, std::vector<std::int64_t>> weights;
    std::map<std::string, LeftOut> without_age_or_sex, without_patients;  // by component
    std::map<std::string, Pence> cost;  // of all records of the component
};

// Refused, with the practices' names: no patients now, a missing score where others have one, a
// fifth of too few practices, a component without cost, a weight of nothing.
Result<OwnNeed> own_need(const std::vector<AgeBand>& bands, std::vector<NeedPractice> practices,
                         const std::vector<AgedCost>& costs, const OwnNeedRules& rules);

// `patients` shared out by what is expected of each, in millionths of a weighted patient.
Result<std::map<PracticeCode, std::int64_t>> normalised(
    const std::map<PracticeCode, std::int64_t>& expected, Patients patients);

// Practices by score in fifths of the patients, 1 the most deprived: a practice is where its middle
// patient is, ties by code.
std::map<PracticeCode, int> deprivation_fifths(const std::vector<NeedPractice>& practices);

}  // namespace purse
