#include "desk/baseline_remarks.hpp"

#include <fmt/format.h>

#include "budget/baseline_check.hpp"
#include "desk/month_inputs.hpp"
#include "population/answered_lists.hpp"

namespace purse {

namespace {

struct Period {
    Month from, to;
};

std::string in_words(Period period) {
    const FinancialYear year = period.from.financial_year();
    if (period.from == year.first_month() && period.to == year.last_month()) return to_text(year);
    return fmt::format("{} to {}", to_text(period.from), to_text(period.to));
}

struct EarlierYear {
    Period period;
    Activity activity;
};

class Comparison {
  public:
    Comparison(const Site& site, const std::vector<PracticeCode>& practices, Period baseline,
               FinancialYear year)
        : site_(site),
          affiliations_(affiliations_of(site)),
          known_(site.decisions().lists()),
          lists_(known_.sizes, known_.weighted),
          practices_(practices),
          ours_(practices.begin(), practices.end()),
          baseline_(baseline),
          first_day_(year.first_month().first_day()) {}

    Result<BaselineRemarks> compare(const Activity& activity) {
        const auto rules = read_baseline_check_rules(site_.rules_folder() / "baseline_check.toml");
        if (!rules) return rules.problem();
        if (auto done = gather_earlier(rules->earlier_years); !done) return done.problem();
        if (earlier_.empty()) return std::move(result_);
        const std::string since = earlier_.size() == 1
                                      ? in_words(earlier_.front().period)
                                      : fmt::format("{} to {}", in_words(earlier_.front().period),
                                                    in_words(earlier_.back().period));
        const auto found = out_of_line(rows(activity), *rules);
        for (const OutOfLine& one : found) {
            result_.remarks.push_back(
                {one.practice, one.line, purse::in_words(one, in_words(baseline_), since)});
        }
        result_.notes.push_back(
            fmt::format("the baseline was compared with the practices' own {}: {} out of line",
                        since, found.empty() ? "none is" : std::to_string(found.size())));
        return std::move(result_);
    }

  private:
    // Backwards until a year is not whole at freeze or has no tariff here; oldest first.
    Outcome gather_earlier(int years) {
        for (int back = 1; back <= years; ++back) {
            const Period period{baseline_.from - 12 * back, baseline_.to - 12 * back};
            const auto batches = frozen_batches(site_, period.from, period.to);
            const auto books = batches ? books_of_their_years(site_, *batches)
                                       : Result<PriceBooks>(batches.problem());
            if (!books) {
                if (back == 1) {
                    result_.notes.push_back(
                        fmt::format("the baseline could not be compared with {}: {}",
                                    in_words(period), books.problem().says));
                }
                return Nothing{};
            }
            const auto cube = cube_of(site_, *batches, *books, *affiliations_);
            if (!cube) return cube.problem();
            earlier_.insert(earlier_.begin(),
                            {period, activity_of(*cube, *affiliations_, ours_, first_day_)});
        }
        return Nothing{};
    }

    using ListsOfDay = std::map<PracticeCode, Patients>;
    ListsOfDay lists_on(Date day) const {
        ListsOfDay totals;
        for (const auto& [practice, all] :
             answered_lists(*affiliations_, known_.sizes, day, first_day_)) {
            totals[practice] = total_of_all(lists_, all, day).value_or(Patients(0));
        }
        return totals;
    }

    std::vector<PracticeActivity> rows(const Activity& baseline) const {
        const ListsOfDay now = lists_on(baseline_.from.first_day());
        std::vector<ListsOfDay> then;
        for (const EarlierYear& year : earlier_)
            then.push_back(lists_on(year.period.from.first_day()));
        const auto of_year = [](const Activity& activity, const ListsOfDay& lists,
                                PracticeCode practice, BudgetLine line) {
            const auto count = activity.find({practice, line});
            const auto list = lists.find(practice);
            return ActivityOfYear{count == activity.end() ? 0 : count->second,
                                  list == lists.end() ? Patients(0) : list->second};
        };
        std::vector<PracticeActivity> rows;
        for (const BudgetLineName& line : budget_lines) {
            for (const PracticeCode practice : practices_) {
                PracticeActivity row{
                    practice, line.line, of_year(baseline, now, practice, line.line), {}};
                for (std::size_t i = 0; i < earlier_.size(); ++i) {
                    row.earlier.push_back(
                        of_year(earlier_[i].activity, then[i], practice, line.line));
                }
                rows.push_back(std::move(row));
            }
        }
        return rows;
    }

    const Site& site_;
    std::shared_ptr<const Affiliations> affiliations_;
    KnownLists known_;
    Lists lists_;
    const std::vector<PracticeCode>& practices_;
    std::set<PracticeCode> ours_;
    Period baseline_;
    Date first_day_;
    std::vector<EarlierYear> earlier_;
    BaselineRemarks result_;
};

}  // namespace

Result<BaselineRemarks> baseline_remarks(const Site& site, const Activity& activity,
                                         const std::vector<PracticeCode>& practices, Month from,
                                         Month to, FinancialYear year) {
    return Comparison(site, practices, {from, to}, year).compare(activity);
}

}  // namespace purse
