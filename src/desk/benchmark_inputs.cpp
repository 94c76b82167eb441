// Gathers what practices are compared by: counts by age from the closings, lists by age, and what
// else is known of practices.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "desk/benchmarking.hpp"
#include "desk/charged_batches.hpp"
#include "desk/month_inputs.hpp"
#include "desk/month_series.hpp"
#include "money/grouped.hpp"
#include "population/answered_lists.hpp"
#include "register/counted_extracts.hpp"
#include "warehouse/aged_counts.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

// The months to compare, by the closed month whose closing has them.
std::map<Month, std::vector<Month>> months_by_closing(const Site& site, Month own, int count) {
    std::set<Month> closed;
    for (const Closing& closing : site.decisions().closings()) closed.insert(closing.closing.month);
    std::map<Month, std::vector<Month>> found;
    for (Month month = own - (count - 1); month <= own; month = month + 1) {
        if (const auto source = closing_with(month, own, closed)) found[*source].push_back(month);
    }
    return found;
}

// A practice's list in these bands, kept by the day that it was published of.
class ListsInBands {
  public:
    ListsInBands(const KnownLists& known, std::vector<AgeBand> bands)
        : lists_(known.sizes, known.weighted), bands_(std::move(bands)) {}

    const std::optional<ListByBand>& of(PracticeCode practice, Date day) {
        static const std::optional<ListByBand> none;
        const auto known = lists_.day_known(practice, day);
        if (!known) return none;
        const auto [at, fresh] = kept_.try_emplace({practice, *known});
        if (fresh) {
            if (auto list = in_bands(lists_.bands(practice, *known), bands_)) {
                at->second = std::move(*list);
            }
        }
        return at->second;
    }

  private:
    Lists lists_;
    std::vector<AgeBand> bands_;
    std::map<std::pair<PracticeCode, Date>, std::optional<ListByBand>> kept_;
};

class BenchmarksMaker {
  public:
    BenchmarksMaker(const Site& site, MonthReports reports)
        : site_(site), reports_(std::move(reports)), affiliations_(affiliations_of(site)) {
        const Month month = reports_.setting.month;
        last_day_ = month.last_day();
        const auto ours = affiliations_->ours_on(last_day_);
        ours_.insert(ours.begin(), ours.end());
    }

    Result<Benchmarks> make() {
        const fs::path rules = site_.rules_folder() / "benchmarking";
        auto measures = read_measures(rules / "measures.toml");
        if (!measures) return measures.problem();
        // What nobody imports here is no measure of this site.
        const auto extracts = site_.decisions().counted_extracts();
        measures_ = std::ranges::any_of(extracts,
                                        [](const CountedExtract& one) {
                                            return one.extract.kind == CountedKind::referrals;
                                        })
                        ? std::move(*measures)
                        : measures->of_records();
        auto comparison = read_comparison_rules(rules / "comparison.toml");
        if (!comparison) return comparison.problem();
        rules_ = std::move(*comparison);
        input_.measures = measures_.all.size();
        if (auto done = add_counts(); !done) return done.problem();
        add_referrals();
        add_lists();
        auto known = characteristics();
        if (!known) return known.problem();
        return finished(*known);
    }

  private:
    Outcome add_counts() {
        std::vector<CountRule> rules;
        std::vector<std::size_t> places;  // of their measures
        for (std::size_t place = 0; place < measures_.all.size(); ++place) {
            if (measures_.all[place].of_referrals) continue;
            rules.push_back(measures_.all[place].rule);
            places.push_back(place);
        }
        for (const auto& [closed, months] :
             months_by_closing(site_, reports_.setting.month, rules_.most_chart_months)) {
            const auto closing = site_.decisions().latest_closing(closed);
            CHECK(closing.has_value());
            const auto counts = aged_counts(site_.folder() / closing->closing.charges.path,
                                            batches_of_activity(site_, closing->closing), rules,
                                            months.front(), months.back(), site_.database_limits());
            if (!counts) return counts.problem();
            const std::set<Month> wanted(months.begin(), months.end());
            for (const AgedCount& count : *counts) {
                if (!wanted.contains(count.month)) continue;
                add_count(count, places.at(count.rule));
                counted_.insert(count.month);
            }
        }
        // Months before the first records are no months without any.
        input_.months.assign(counted_.begin(), counted_.end());
        if (input_.months.empty()) {
            return conflict(
                fmt::format("no hospital record is loaded for {}: there is nothing to "
                            "compare practices on",
                            in_words(reports_.setting.month)));
        }
        return Nothing{};
    }

    void add_count(const AgedCount& count, std::size_t measure) {
        const Account holder = reports_.roll_up(count.account);
        if (!ours_.contains(holder)) return;
        input_.counts.push_back({measure, count.month, holder, count.sex, count.age, count.count});
    }

    // Referrals as they are imported by now: no closing holds them. A practice on the referral
    // answers as one on a record does.
    void add_referrals() {
        const auto referrals =
            site_.decisions().referrals(input_.months.front(), input_.months.back());
        std::set<Month> imported;
        for (const ReferralCount& one : referrals) imported.insert(one.month);
        for (std::size_t place = 0; place < measures_.all.size(); ++place) {
            const Measure& measure = measures_.all[place];
            if (!measure.of_referrals) continue;
            input_.only_in[place] = imported;
            for (const ReferralCount& one : referrals) {
                const bool wanted =
                    measure.priorities.empty() ||
                    std::ranges::find(measure.priorities, one.priority) != measure.priorities.end();
                const Account holder = reports_.roll_up(
                    affiliations_->account_of(one.practice, {}, one.month.last_day()));
                if (!wanted || !ours_.contains(holder)) continue;
                input_.counts.push_back(
                    {place, one.month, holder, one.sex, one.age_from, one.count});
            }
        }
    }

    // In the finer bands where every list makes them up, else in the coarser ones.
    void add_lists() {
        const KnownLists known = site_.decisions().lists();
        input_.bands = rules_.bands;
        ListsInBands finer(known, rules_.bands);
        if (!take_lists(known, finer)) {
            input_.bands = rules_.coarser_bands;
            ListsInBands coarser(known, rules_.coarser_bands);
            take_lists(known, coarser);
        }
        std::size_t without = 0;
        for (const PracticeCode practice : ours_) {
            if (!input_.lists.back().contains(practice)) ++without;
        }
        if (without > 0) {
            notes_.push_back(
                fmt::format("{} of {} practices have no list by age and sex: they are "
                            "compared with nobody",
                            without, ours_.size()));
        }
    }

    bool take_lists(const KnownLists& known, ListsInBands& lists) {
        bool whole = true;
        input_.lists.clear();
        for (const Month month : input_.months) {
            MonthLists of_month;
            const Date day = month.first_day();
            for (const auto& [holder, parts] :
                 answered_lists(*affiliations_, known.sizes, day, last_day_)) {
                if (!ours_.contains(holder)) continue;
                ListByBand sum;
                const bool all = std::ranges::all_of(parts, [&](PracticeCode part) {
                    const auto& list = lists.of(part, day);
                    if (list) sum += *list;
                    return list.has_value();
                });
                if (all) of_month.emplace(holder, std::move(sum));
                whole = whole && all;
            }
            input_.lists.push_back(std::move(of_month));
        }
        return whole;
    }

    Result<Characteristics> characteristics() {
        Characteristics known;
        for (const auto& [practice, list] : input_.lists.back()) {
            const double all = static_cast<double>(list.all().thousandths()) / 1000;
            if (all <= 0) continue;
            double old = 0;
            for (std::size_t band = 0; band < input_.bands.size(); ++band) {
                if (input_.bands[band].from < 65) continue;
                old += static_cast<double>(list.men[band].thousandths() +
                                           list.women[band].thousandths()) /
                       1000;
            }
            known[practice] = {{"list_size", all}, {"share_65_and_over", old / all}};
        }
        const fs::path file = site_.folder() / "local" / "practice_characteristics.csv";
        std::ifstream in(file, std::ios::binary);
        if (!in) return known;
        std::ostringstream text;
        text << in.rdbuf();
        const auto more = parse_characteristics(text.str(), file.string());
        if (!more) return more.problem();
        for (const auto& [practice, values] : more->values) {
            const auto found = known.find(practice);
            if (found != known.end()) found->second.insert(values.begin(), values.end());
        }
        sources_ = more->sources;
        return known;
    }

    void note_left_out(const StandardisedCounts& counts) {
        for (std::size_t i = 0; i < measures_.all.size(); ++i) {
            const std::int64_t out = counts.without_age_or_sex[i] + counts.without_patients[i];
            if (out == 0) continue;
            notes_.push_back(
                fmt::format("{}: {} records say no age or sex, or one that no list "
                            "has, and are in no rate",
                            measures_.all[i].name, grouped(out)));
        }
    }

    Benchmarks finished(const Characteristics& known) {
        StandardisedCounts counts = standardise(input_);
        note_left_out(counts);
        std::vector<PracticeFunnel> funnels;
        for (std::size_t i = 0; i < measures_.all.size(); ++i) {
            funnels.push_back(practice_funnel(counts, i, rules_));
        }
        std::map<PracticeCode, std::string> names;
        for (const PracticeSeries& series : counts.practices) {
            names[series.practice] = reports_.setting.name_of(series.practice);
        }
        Likeness likeness(known, rules_.characteristics);
        const BenchmarkHeading heading{reports_.setting.commissioner, reports_.setting.month,
                                       reports_.closing.sequence, funnels.front().from};
        return {heading,           std::move(measures_), std::move(rules_),
                std::move(input_), std::move(counts),    std::move(funnels),
                std::move(names),  std::move(likeness),  std::move(sources_),
                std::move(notes_)};
    }

    const Site& site_;
    MonthReports reports_;
    std::shared_ptr<const Affiliations> affiliations_;
    Date last_day_;
    std::set<PracticeCode> ours_;
    std::set<Month> counted_;
    Measures measures_;
    ComparisonRules rules_;
    CountingInput input_;
    std::map<std::string, std::string> sources_;
    std::vector<std::string> notes_;
};

}  // namespace

Result<Benchmarks> compare_practices(const Site& site, Month month) {
    auto reports = open_month(site, month);
    if (!reports) return reports.problem();
    return compare_practices(site, std::move(*reports));
}

Result<Benchmarks> compare_practices(const Site& site, MonthReports reports) {
    return BenchmarksMaker(site, std::move(reports)).make();
}

}  // namespace purse
