// Numbers of registered patients, exact to a thousandth: payments to practices are published with
// the average of four quarters (4,095.25), and some bands are modelled.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

class Patients {
  public:
    constexpr Patients() = default;
    constexpr explicit Patients(std::int64_t whole) : thousandths_(whole * 1000) {}
    static constexpr Patients from_thousandths(std::int64_t thousandths) {
        Patients patients;
        patients.thousandths_ = thousandths;
        return patients;
    }
    [[nodiscard]] constexpr std::int64_t thousandths() const { return thousandths_; }
    // Halves up.
    [[nodiscard]] constexpr std::int64_t whole() const { return (thousandths_ + 500) / 1000; }
    Patients& operator+=(Patients more) {
        CHECK(!__builtin_add_overflow(thousandths_, more.thousandths_, &thousandths_));
        return *this;
    }
    friend constexpr auto operator<=>(Patients, Patients) = default;

  private:
    std::int64_t thousandths_ = 0;
};

// Reads "5903", "5,903" and "4095.25" (rounded half up to a thousandth); refuses what is below
// zero, above a hundred million or no number.
Result<Patients> parse_patients(std::string_view text);
std::string to_text(Patients patients);  // "5903", "4095.25"

}  // namespace purse
