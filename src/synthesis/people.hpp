// The people, practices and providers of a fictional commissioner.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "synthesis/calibration.hpp"
#include "synthesis/synthesis.hpp"

namespace purse {

struct FictionalPerson {
    Date born;
    Date died{std::int32_t{1} << 30};
    std::uint32_t number = 0;  // place among all people: their NHS number follows from it
    std::uint32_t use = 0;     // hundredths of the average use of people of their age and sex
    bool male = false;
    [[nodiscard]] bool lives_on(Date day) const { return born <= day && day < died; }
};

enum class Care : std::uint8_t { emergency, elective, antenatal, outpatient, ae, prescribing };
inline constexpr std::size_t kinds_of_care = 6;

struct FictionalPractice {
    PracticeCode code;
    std::string name;
    std::size_t deprivation = 0;  // fifth, 0 most deprived
    std::int64_t use = 1000;      // thousandths: how much more than expected the practice uses
    std::vector<FictionalPerson> people;
    std::array<Weighted, kinds_of_care> weights;  // of people, by kind of care
    Weighted providers;
    // Stories
    std::optional<Date> closes;  // last day; from the next the successor answers
    std::size_t successor = 0;
    bool refers_more = false;
    std::optional<Date> redesigns_from;
    [[nodiscard]] std::int64_t weight(Care care) const {
        return weights[static_cast<std::size_t>(care)].total();
    }
};

struct FictionalProvider {
    ProviderCode code;
    std::string name;
    Factor market_forces;
    std::optional<Date> miscodes_day_cases_from;
};

struct World {
    std::vector<FictionalPractice> practices;
    std::vector<FictionalProvider> providers;
    std::vector<std::uint64_t> nhs_numbers;  // by a person's number; fewer than people at the end
    std::array<std::int64_t, kinds_of_care> total_weight{};
    std::int64_t population = 0;  // people alive on the first day
    Month first, last;

    // NHS numbers of the test range 999 000 0000 to 999 999 9999, which are given to nobody. Beyond
    // their 909,000 or so, 0: the record bears the hospital's own number only.
    [[nodiscard]] std::uint64_t nhs_number(std::uint32_t person) const {
        return person < nhs_numbers.size() ? nhs_numbers[person] : 0;
    }
};

Result<World> make_world(const SynthesisOptions& options, const Calibration& calibration);

// What happens where, for README.txt and stories.csv.
struct Story {
    std::string name, organisation, from, what;
};
std::vector<Story> stories_of(const World& world);

}  // namespace purse
