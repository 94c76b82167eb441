// Months of activity and the financial years (April to March) that they fall in.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"

namespace purse {

class FinancialYear;

class Month {
  public:
    Month() = default;
    // month is 1 to 12: CHECKed.
    Month(int year, int month);
    static Month of(Date date);

    [[nodiscard]] int year() const { return index_ / 12; }
    [[nodiscard]] int month() const { return index_ % 12 + 1; }
    [[nodiscard]] Date first_day() const;
    [[nodiscard]] Date last_day() const;
    [[nodiscard]] int days() const { return last_day() - first_day() + 1; }
    [[nodiscard]] FinancialYear financial_year() const;
    [[nodiscard]] int place_in_year() const;  // April is 1, March is 12

    friend auto operator<=>(Month, Month) = default;
    friend Month operator+(Month month, int more);
    friend Month operator-(Month month, int fewer) { return month + -fewer; }
    friend int operator-(Month a, Month b) { return a.index_ - b.index_; }

  private:
    std::int32_t index_ = 1970 * 12;  // months since the year 0
};

Result<Month> parse_month(std::string_view text);  // 2017-06 or 201706
std::string to_text(Month month);                  // 2017-06
std::string in_words(Month month);                 // June 2017

class FinancialYear {
  public:
    FinancialYear() = default;
    explicit FinancialYear(int starts) : starts_(starts) {}  // 2017 is 2017/18

    [[nodiscard]] int starts() const { return starts_; }
    [[nodiscard]] Month first_month() const { return {starts_, 4}; }
    [[nodiscard]] Month last_month() const { return {starts_ + 1, 3}; }
    [[nodiscard]] std::vector<Month> months() const;
    friend auto operator<=>(FinancialYear, FinancialYear) = default;
    friend FinancialYear operator+(FinancialYear year, int more) {
        return FinancialYear(year.starts_ + more);
    }

  private:
    int starts_ = 1970;
};

FinancialYear financial_year_of(Date date);
Result<FinancialYear> parse_financial_year(std::string_view text);  // 2017/18, 2017-18 or 201718
std::string to_text(FinancialYear year);                            // 2017/18
std::string as_folder(FinancialYear year);                          // 2017-18

}  // namespace purse
