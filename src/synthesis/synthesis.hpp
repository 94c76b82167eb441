// A fictional commissioner as files: practices, providers, lists, a demo tariff, budgets and
// monthly extracts in Purse's plain layouts, for demonstrations, tests and measurements. Nothing in
// it is about anybody. The same options and seed give the same bytes on any machine, with any
// threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "calendar/month.hpp"
#include "money/factor.hpp"
#include "organisation/codes.hpp"

namespace purse {

// A practice given from outside (a real commissioner's register), for which only records and
// budgets are made up.
struct GivenPractice {
    PracticeCode code;
    std::int64_t patients = 0;
};
struct GivenProvider {
    ProviderCode code;
    Factor market_forces;
};

// Shares of records, per million.
struct FileFaults {
    std::int64_t late = 40'000;       // in the freeze and not yet in the flex
    std::int64_t corrected = 5'000;   // other in the flex than in the freeze
    std::int64_t doubled = 1'000;     // written twice
    std::int64_t faulty = 3'000;      // spoiled, in one of ten ways
    std::int64_t elsewhere = 15'000;  // unregistered, cross-border, other commissioners' patients
};

struct SynthesisOptions {
    std::filesystem::path out;    // must not exist, or be empty
    std::filesystem::path rules;  // the folder that holds synthesis/calibration.toml
    int practices = 50;
    std::int64_t population = 330'000;
    FinancialYear first_year{2016};
    int years = 2;
    std::uint64_t seed = 1;
    int providers = 4;              // 1 to 5
    int months_without_freeze = 1;  // the last months, for which only the flex has come
    FileFaults faults;
    bool stories = true;
    int threads = 2;  // changes the time only
    // When given: records and budgets for these, and no organisations, lists or tariff.
    std::vector<GivenPractice> given_practices;
    std::vector<GivenProvider> given_providers;
    CommissionerCode commissioner{"9ZZ"};
};

struct SynthesisProgress {
    std::string doing;  // "records of June 2017"
    std::int64_t done = 0;
    std::int64_t of = 0;
};
using OnSynthesisProgress = std::function<void(const SynthesisProgress&)>;

// Writes everything under options.out. Refuses bad options and a folder that holds something.
Outcome synthesise(const SynthesisOptions& options, const OnSynthesisProgress& progress = {});

}  // namespace purse
