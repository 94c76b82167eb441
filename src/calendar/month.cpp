#include "calendar/month.hpp"

#include <fmt/format.h>

#include <array>

namespace purse {

namespace {

bool whole(std::string_view text, int& out) {
    if (text.empty() || text.size() > 4) return false;
    out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        out = out * 10 + (c - '0');
    }
    return true;
}

}  // namespace

Month::Month(int year, int month) : index_(year * 12 + month - 1) {
    CHECK(year >= 0 && month >= 1 && month <= 12);
}

Month Month::of(Date date) {
    const auto ymd = date.ymd();
    return {int(ymd.year()), static_cast<int>(unsigned(ymd.month()))};
}

Date Month::first_day() const { return Date::of(year(), month(), 1); }
Date Month::last_day() const { return (*this + 1).first_day() - 1; }

FinancialYear Month::financial_year() const {
    return FinancialYear(month() >= 4 ? year() : year() - 1);
}

int Month::place_in_year() const { return (month() + 8) % 12 + 1; }

Month operator+(Month month, int more) {
    const int index = month.index_ + more;
    return {index / 12, index % 12 + 1};
}

Result<Month> parse_month(std::string_view text) {
    int year = 0;
    int month = 0;
    const bool dashed = text.size() == 7 && text[4] == '-';
    const bool compact = text.size() == 6;
    if ((dashed || compact) && whole(text.substr(0, 4), year) &&
        whole(text.substr(dashed ? 5 : 4), month) && year >= 1900 && year < 2200 && month >= 1 &&
        month <= 12) {
        return Month(year, month);
    }
    return bad_input(fmt::format("'{}' is not a month: write it as 2017-06", text));
}

std::string to_text(Month month) { return fmt::format("{:04}-{:02}", month.year(), month.month()); }

std::string in_words(Month month) {
    static constexpr std::array<std::string_view, 12> names = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return fmt::format("{} {}", names[static_cast<std::size_t>(month.month() - 1)], month.year());
}

std::vector<Month> FinancialYear::months() const {
    std::vector<Month> months;
    for (Month month = first_month(); month <= last_month(); month = month + 1) {
        months.push_back(month);
    }
    return months;
}

FinancialYear financial_year_of(Date date) { return Month::of(date).financial_year(); }

Result<FinancialYear> parse_financial_year(std::string_view text) {
    int starts = 0;
    int ends = 0;
    const bool marked = text.size() == 7 && (text[4] == '/' || text[4] == '-');
    if ((marked || text.size() == 6) && whole(text.substr(0, 4), starts) &&
        whole(text.substr(marked ? 5 : 4), ends) && starts >= 1900 && starts < 2200 &&
        ends == (starts + 1) % 100) {
        return FinancialYear(starts);
    }
    return bad_input(fmt::format("'{}' is not a financial year: write it as 2017/18", text));
}

std::string to_text(FinancialYear year) {
    return fmt::format("{:04}/{:02}", year.starts(), (year.starts() + 1) % 100);
}

std::string as_folder(FinancialYear year) {
    return fmt::format("{:04}-{:02}", year.starts(), (year.starts() + 1) % 100);
}

}  // namespace purse
