// Closed months as the pages read them, kept in memory: a closing never changes, so what was opened
// once is good until a newer closing is made, here or from the command line.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/gated_year.hpp"
#include "api/kept_values.hpp"
#include "desk/month_series.hpp"
#include "desk/statements.hpp"

namespace purse {

class OpenedMonth {
  public:
    OpenedMonth(MonthReports reports, std::vector<MonthOfSeries> series)
        : reports_(std::move(reports)), series_(std::move(series)) {}

    [[nodiscard]] const MonthReports& reports() const { return reports_; }
    [[nodiscard]] const std::vector<MonthOfSeries>& series() const { return series_; }
    [[nodiscard]] Month month() const { return reports_.setting.month; }
    [[nodiscard]] const std::string& closed_at() const {
        return reports_.closing.closing.closed_at;
    }
    // The text under the name, made when it is asked for first.
    Result<std::shared_ptr<const std::string>> page(
        const std::string& name, const std::function<Result<std::string>()>& make) const;

    // Its year to date through the disclosure gate, made when it is asked for first.
    std::shared_ptr<const GatedYear> gated(const DisclosurePolicy& policy) const;

  private:
    MonthReports reports_;
    std::vector<MonthOfSeries> series_;
    mutable std::once_flag gated_once_;
    mutable std::shared_ptr<const GatedYear> gated_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::shared_ptr<const std::string>> pages_;
};

// A month that is closed, without its figures.
struct ClosedMonth {
    Month month;
    int closing = 0;
    std::string closed_at;
    std::vector<DataStatus> data;  // of the month itself
};

class OpenedMonths {
  public:
    static constexpr std::size_t most_kept = 6;
    static constexpr int months_of_series = 24;

    // The month, or the latest one. Looks for newer closings at most once a second.
    Result<std::shared_ptr<const OpenedMonth>> open(const Site& site, std::optional<Month> month);
    // The latest closed month of the month's year.
    Result<std::shared_ptr<const OpenedMonth>> open_latest_of_year(const Site& site, Month month);
    // Newest first.
    std::vector<ClosedMonth> closed(const Site& site);
    // A closing was made here: look again at once.
    void look_again();

  private:
    using Clock = std::chrono::steady_clock;
    void look(const Site& site);  // under the lock
    void take(const Site& site, const Closing& closing);

    std::mutex mutex_;
    std::optional<Clock::time_point> looked_;
    std::size_t closings_ = 0;
    std::map<Month, ClosedMonth> closed_;
    KeptValues<Month, OpenedMonth> kept_{most_kept};
};

}  // namespace purse
