// Made-up records as rows of text in Purse's plain layouts (docs/layouts.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "activity/data_set.hpp"
#include "synthesis/events.hpp"

namespace purse {

std::span<const std::string_view> plain_columns(DataSet set);

// The cells of one row, used again for the next.
class Row {
  public:
    explicit Row(DataSet set) : set_(set), cells_(plain_columns(set).size()) {}
    [[nodiscard]] DataSet set() const { return set_; }
    std::string& operator[](std::size_t place) { return cells_[place]; }
    std::string& named(std::string_view column);
    void clear() {
        for (std::string& cell : cells_) cell.clear();
    }
    // As they are, with commas between and a line end: nothing is quoted, so that a spoiled cell
    // stays spoiled.
    void append_to(std::string& text) const;

  private:
    DataSet set_;
    std::vector<std::string> cells_;
};

// What every row of a person's record says.
struct Bearer {
    const World& world;
    const FictionalPractice& practice;
    const Calibration& calibration;
    CommissionerCode commissioner;
    std::uint64_t record;  // the record's number: practice and place
    std::uint64_t seed;
};

std::string date_text(Date date);
// The practice that answers on the day: a closed one's successor.
PracticeCode answering(const World& world, const FictionalPractice& practice, Date day);

// One row an episode; the first is the spell's.
void spell_rows(const Bearer& bearer, const Spell& spell, std::vector<Row>& rows,
                std::size_t& count);
void appointment_row(const Bearer& bearer, const Appointment& appointment, Row& row);
void attendance_row(const Bearer& bearer, const Attendance& attendance, Row& row);

}  // namespace purse
