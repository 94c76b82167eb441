#include "desk/month_series.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace purse {

namespace {

// A closing has its financial year to date and the same months of the year before.
bool has_month(Month closed, Month month) {
    const auto in_year_of = [&](Month last) {
        return month <= last && month >= last.financial_year().first_month();
    };
    return in_year_of(closed) || in_year_of(closed - 12);
}

MonthOfSeries month_of(const MonthReports& source, const MonthReports& own, Month month) {
    MonthOfSeries one;
    one.month = month;
    one.closing = source.closing.sequence;
    one.closed = source.setting.month;
    one.accounts = account_months(*source.cube, {}, month, own.roll_up, own.outside);
    add_contracts(one.accounts, source.contracts, month, own.roll_up, own.outside);
    one.setting = own.setting;
    one.setting.contracted = source.setting.contracted;
    one.setting.month = month;
    one.setting.data.clear();
    for (const DataStatus& status : source.setting.data) {
        if (status.month == month) one.setting.data.push_back(status);
    }
    return one;
}

}  // namespace

std::optional<Month> closing_with(Month month, Month own, const std::set<Month>& closed) {
    if (has_month(own, month)) return own;
    for (auto at = closed.rbegin(); at != closed.rend(); ++at) {
        if (*at <= own && has_month(*at, month)) return *at;
    }
    return std::nullopt;
}

Result<std::vector<MonthOfSeries>> months_up_to(const Site& site, const MonthReports& reports,
                                                int count) {
    const Month own = reports.setting.month;
    std::set<Month> closed;
    for (const Closing& closing : site.decisions().closings()) closed.insert(closing.closing.month);
    std::map<Month, MonthReports> others;
    std::vector<MonthOfSeries> series;
    for (int back = count - 1; back >= 0; --back) {
        const Month month = own - back;
        const auto source = closing_with(month, own, closed);
        if (!source) {
            series.push_back({});
            series.back().month = month;
        } else if (*source == own) {
            series.push_back(month_of(reports, reports, month));
        } else {
            if (!others.contains(*source)) {
                auto opened = open_month(site, *source);
                if (!opened) return opened.problem();
                others.emplace(*source, std::move(*opened));
            }
            series.push_back(month_of(others.at(*source), reports, month));
        }
    }
    return series;
}

}  // namespace purse
