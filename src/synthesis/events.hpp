// What happens to a fictional practice's people: spells, appointments and attendances over the
// years.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "synthesis/people.hpp"

namespace purse {

enum class SpellKind : std::uint8_t {
    day_case,
    elective,
    emergency,
    delivery,
    antenatal,
    newborn,
    regular_day
};

// Marks of rare things, one bit each.
enum Mark : std::uint8_t {
    private_patient = 1,
    amenity_bed = 2,
    outside_national_price = 4,
    best_practice = 8,
    specialised = 16,
    coded_as_ordinary = 32,
};

struct Spell {
    std::uint32_t person = 0;  // place among the practice's people
    Date admission, discharge;
    std::uint16_t hrg = 0;  // place in Calibration::hrgs
    std::array<char, 2> method{};
    SpellKind kind = SpellKind::emergency;
    std::uint8_t provider = 0;
    std::uint8_t episodes = 1;
    std::uint8_t critical_care = 0, rehabilitation = 0, palliative = 0, delayed = 0;
    std::uint8_t marks = 0;
    char discharge_method = '1';
    [[nodiscard]] int days() const { return discharge - admission; }
};

struct Appointment {
    static constexpr std::uint8_t none = 255;
    std::uint32_t person = 0;
    Date day;
    std::uint8_t treatment_function = 0;  // place in Calibration::treatment_functions
    char first_attendance = '1';
    char attended = '5';
    char multi_professional = '1';
    std::uint8_t procedure = none;  // places in Calibration
    std::uint8_t scan = none;
    std::uint8_t direct_access = none;
    std::uint8_t referral_source = 0;
    std::uint8_t provider = 0;
    std::uint8_t marks = 0;
};

struct Attendance {
    std::uint32_t person = 0;
    Date day;
    std::uint8_t hrg = 0, department = 0, disposal = 0;  // places in Calibration
    bool admitted = false;
    char category = '1';
    std::uint8_t provider = 0;
};

// The lines a practice's expected activity is kept in, for its budgets.
enum class ExpectedLine : std::uint8_t {
    day_case,
    elective,
    non_elective,
    maternity,
    outpatient_first,
    outpatient_follow_up,
    emergency_department,
};
inline constexpr std::size_t expected_lines = 7;

struct PracticeEvents {
    std::vector<Spell> spells;              // by discharge
    std::vector<Appointment> appointments;  // by day
    std::vector<Attendance> attendances;    // by day
    // Expected numbers in thousandths by financial year (first is 0) and line: without chance, and
    // without the planted stories.
    std::vector<std::array<std::int64_t, expected_lines>> expected;
};

// Which HRG befalls whom: by setting, month, age and sex.
class CaseMix {
  public:
    explicit CaseMix(const Calibration& calibration);
    [[nodiscard]] bool has(SpellKind kind, int month_place, int age, bool male) const;
    [[nodiscard]] std::uint16_t pick(SpellKind kind, int month_place, int age, bool male,
                                     Chance& chance) const;

  private:
    [[nodiscard]] const Weighted& mix(SpellKind kind, int month_place, int age, bool male) const;
    // kind × month (emergencies only, else 0) × age group × sex
    std::vector<Weighted> mixes_;
};

// Everything of one practice; its people who die are marked so. A pure function of the seed and the
// practice's place.
PracticeEvents events_of(World& world, std::size_t practice, const Calibration& calibration,
                         const CaseMix& mix, std::uint64_t seed);

}  // namespace purse
