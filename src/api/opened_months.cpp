#include "api/opened_months.hpp"

#include <algorithm>

namespace purse {

Result<std::shared_ptr<const std::string>> OpenedMonth::page(
    const std::string& name, const std::function<Result<std::string>()>& make) const {
    const std::lock_guard lock(mutex_);
    if (const auto found = pages_.find(name); found != pages_.end()) return found->second;
    auto made = make();
    if (!made) return made.problem();
    auto kept = std::make_shared<const std::string>(*std::move(made));
    pages_.emplace(name, kept);
    return kept;
}

std::shared_ptr<const GatedYear> OpenedMonth::gated(const DisclosurePolicy& policy) const {
    std::call_once(gated_once_,
                   [&] { gated_ = std::make_shared<const GatedYear>(series_, policy); });
    return gated_;
}

void OpenedMonths::look(const Site& site) {
    const auto now = Clock::now();
    if (looked_ && now - *looked_ < std::chrono::seconds(1)) return;
    const std::vector<Closing> closings = site.decisions().closings();
    looked_ = now;
    if (closings.size() == closings_) return;
    closings_ = closings.size();
    kept_.clear();
    for (const Closing& closing : closings) take(site, closing);
}

// By month and sequence: the latest of a month comes last.
void OpenedMonths::take(const Site& site, const Closing& closing) {
    const NewClosing& made = closing.closing;
    ClosedMonth& closed = closed_[made.month];
    if (closed.closing >= closing.sequence) return;
    closed = {made.month, closing.sequence, made.closed_at, {}};
    const auto data = data_of(site, closing);
    if (!data) return;
    std::ranges::copy_if(*data, std::back_inserter(closed.data),
                         [&](const DataStatus& status) { return status.month == made.month; });
}

Result<std::shared_ptr<const OpenedMonth>> OpenedMonths::open(const Site& site,
                                                              std::optional<Month> month) {
    {
        const std::lock_guard lock(mutex_);
        look(site);
        if (!month) {
            if (closed_.empty()) return not_found("no month has been closed yet");
            month = closed_.rbegin()->first;
        }
    }
    return kept_.of(*month, [&]() -> Result<std::shared_ptr<const OpenedMonth>> {
        auto reports = open_month(site, *month);
        if (!reports) return reports.problem();
        auto series = months_up_to(site, *reports, months_of_series);
        if (!series) return series.problem();
        return std::make_shared<const OpenedMonth>(*std::move(reports), *std::move(series));
    });
}

Result<std::shared_ptr<const OpenedMonth>> OpenedMonths::open_latest_of_year(const Site& site,
                                                                             Month month) {
    Month latest = month;
    for (const ClosedMonth& one : closed(site)) {
        if (one.month.financial_year() == month.financial_year()) {
            latest = std::max(latest, one.month);
        }
    }
    return open(site, latest);
}

std::vector<ClosedMonth> OpenedMonths::closed(const Site& site) {
    const std::lock_guard lock(mutex_);
    look(site);
    std::vector<ClosedMonth> newest_first;
    for (auto at = closed_.rbegin(); at != closed_.rend(); ++at) {
        newest_first.push_back(at->second);
    }
    return newest_first;
}

void OpenedMonths::look_again() {
    const std::lock_guard lock(mutex_);
    looked_.reset();
}

}  // namespace purse
