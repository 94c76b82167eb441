#include "desk/variance_records.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "desk/variance_plan.hpp"

namespace purse {

namespace {

// Months in a row that the same closing first had.
struct Span {
    const Closing* closing = nullptr;
    Month first, last;
};

bool has(const Closing& closing, Month month) {
    const Month last = closing.closing.month;
    return month <= last && month.financial_year() == last.financial_year();
}

bool is_same(const Closing& a, const Closing& b) {
    return a.closing.month == b.closing.month && a.sequence == b.sequence;
}

bool is_before(const Closing& a, const Closing& b) {
    return std::tuple(a.closing.closed_at, a.closing.month, a.sequence) <
           std::tuple(b.closing.closed_at, b.closing.month, b.sequence);
}

// The earliest closing that has the month; at the latest the one that is explained.
const Closing& first_with(const std::vector<Closing>& closings, Month month, const Closing& own) {
    const Closing* first = &own;
    for (const Closing& closing : closings) {
        if (has(closing, month) && is_before(closing, *first)) first = &closing;
    }
    return *first;
}

std::vector<Span> spans_of(const std::vector<Closing>& closings, const MonthReports& reports) {
    std::vector<Span> spans;
    const Month last = reports.setting.month;
    for (Month month = last.financial_year().first_month(); month <= last; month = month + 1) {
        const Closing& closing = first_with(closings, month, reports.closing);
        if (!spans.empty() && spans.back().closing == &closing) {
            spans.back().last = month;
        } else {
            spans.push_back({&closing, month, month});
        }
    }
    return spans;
}

Result<std::vector<ActivityCell>> cells_of(const Site& site, const Closing& closing,
                                           const CellsWanted& wanted) {
    const auto batches = batches_of(site, closing);
    if (!batches) return batches.problem();
    std::vector<BatchToPrice> charged;
    for (const CurrentBatch& current : *batches) {
        const NewBatch& load = current.batch.load;
        if (load.month < wanted.first || load.month > wanted.last) continue;
        BatchToPrice batch;
        batch.set = load.set;
        batch.records = site.folder() / load.records.path;
        batch.number = current.batch.number.value;
        charged.push_back(std::move(batch));
    }
    return cells_of_charges(site.folder() / closing.closing.charges.path, charged, wanted,
                            site.database_limits());
}

}  // namespace

Result<RecordedActivity> recorded_activity(const Site& site, const MonthReports& reports) {
    const std::vector<Closing> closings = site.decisions().closings();
    RecordedActivity recorded;
    for (const Span& span : spans_of(closings, reports)) {
        auto cells = cells_of(site, *span.closing, {span.first, span.last, {}, CellDetail::none});
        if (!cells) return cells.problem();
        std::ranges::move(*cells, std::back_inserter(recorded.cells));
        const bool is_this = is_same(*span.closing, reports.closing);
        for (Month month = span.first; month <= span.last; month = month + 1) {
            recorded.closes.push_back({month, span.closing->closing.month, span.closing->sequence,
                                       span.closing->closing.closed_at, is_this});
        }
        if (is_this) continue;
        auto changes = charge_changes(site.folder() / span.closing->closing.charges.path,
                                      site.folder() / reports.closing.closing.charges.path,
                                      span.first, span.last, {}, site.database_limits());
        if (!changes) return changes.problem();
        std::ranges::move(*changes, std::back_inserter(recorded.changes));
    }
    return recorded;
}

Result<std::vector<ActivityCell>> activity_now(const Site& site, const MonthReports& reports,
                                               const std::vector<Account>& accounts,
                                               CellDetail detail) {
    const Month last = reports.setting.month;
    return cells_of(site, reports.closing,
                    {last.financial_year().first_month(), last, accounts, detail});
}

}  // namespace purse
