#include "desk/waiting_lists.hpp"

#include <algorithm>

#include "desk/month_inputs.hpp"

namespace purse {

namespace {

// Cost and records of the year to date by treatment function.
class Averages {
  public:
    Averages(const MonthReports& reports, const std::vector<BudgetLine>& lines) {
        const Month month = reports.setting.month;
        for (const CubeRow& row : *reports.cube) {
            const bool wanted = row.month <= month &&
                                row.month.financial_year() == month.financial_year() &&
                                std::ranges::find(lines, row.line) != lines.end() &&
                                counts_as_activity(row) && row.records > 0;
            if (!wanted) continue;
            auto& [cost, records] = sums_[row.treatment_function.text()];
            cost += row.full;
            records += row.records;
        }
    }
    // What so many would cost, rounded once; none: no record of the treatment function.
    [[nodiscard]] std::optional<Pence> of(const std::string& treatment_function,
                                          std::int64_t patients) const {
        const auto found = sums_.find(treatment_function);
        if (found == sums_.end()) return std::nullopt;
        const auto& [cost, records] = found->second;
        return Pence(divided(wide{cost.count()} * patients, wide{records}, Rounding::half_up));
    }

  private:
    std::map<std::string, std::pair<Pence, std::int64_t>> sums_;
};

// Of each source the newest list up to the day.
std::map<std::string, CountedExtract> newest_lists(const Site& site, Date last) {
    std::map<std::string, CountedExtract> newest;
    for (const CountedExtract& one : site.decisions().counted_extracts()) {
        if (one.extract.kind != CountedKind::waiting_list || one.replaced_by) continue;
        if (one.extract.about > to_text(last)) continue;
        CountedExtract& kept = newest[one.extract.source];
        if (kept.extract.about <= one.extract.about) kept = one;
    }
    return newest;
}

}  // namespace

Result<std::map<Account, PackWaiting>> waiting_by_account(const Site& site,
                                                          const MonthReports& reports) {
    constexpr int target_weeks = 18;
    std::map<Account, PackWaiting> waiting;
    const Date last = reports.setting.month.last_day();
    const auto lists = newest_lists(site, last);
    if (lists.empty()) return waiting;
    const Averages admissions(reports, {BudgetLine::day_case, BudgetLine::elective});
    const Averages appointments(reports, {BudgetLine::outpatient_first});
    const auto affiliations = affiliations_of(site);
    for (const auto& [source, list] : lists) {
        const auto as_at = parse_date(list.extract.about);
        if (!as_at) return as_at.problem();
        for (const WaitingCount& one : site.decisions().waiting_of(list.number)) {
            PackWaiting& shown =
                waiting[reports.roll_up(affiliations->account_of(one.practice, {}, *as_at))];
            shown.as_at = std::max(shown.as_at, *as_at);
            const bool admitted = one.waits_for == "admission";
            (admitted ? shown.for_admission : shown.for_outpatients) += one.count;
            if (one.weeks_from >= target_weeks) shown.weeks_18_and_more += one.count;
            const auto cost =
                (admitted ? admissions : appointments).of(one.treatment_function, one.count);
            if (cost) {
                shown.to_come += *cost;
            } else {
                shown.unpriced += one.count;
            }
        }
    }
    return waiting;
}

}  // namespace purse
