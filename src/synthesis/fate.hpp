// What becomes of a record on its way into a file: late, corrected, doubled, spoiled, or another
// commissioner's patient. Decided by the seed and the record alone.
#pragma once

#include "synthesis/record_rows.hpp"

namespace purse {

struct Fate {
    bool late = false;       // not yet in the flex
    bool corrected = false;  // other in the flex
    bool doubled = false;
    bool spoiled_in_flex = false;
    bool spoiled_in_freeze = false;
    bool elsewhere = false;
    std::uint64_t salt = 0;  // which correction, which fault, whose patient
};

Fate fate_of(const FileFaults& faults, std::uint64_t seed, DataSet set, std::uint64_t record);

// A patient of no practice of the commissioner.
void send_elsewhere(Row& row, std::uint64_t salt);
// How the record stood before it was put right.
void make_provisional(Row& row, std::uint64_t salt, const Calibration& calibration);
// One fault of the kinds that real files have; none when the kind does not fit the data set.
void spoil(Row& row, std::uint64_t salt, const std::string& closed_practice);

}  // namespace purse
