#include "desk/variance_lists.hpp"

#include <fmt/format.h>

#include <optional>

#include "budget/own_need.hpp"
#include "budget/prescribing_units.hpp"
#include "population/answered_lists.hpp"

namespace purse {

namespace {

// Patients of a list by the bands of a set of rates, summed over months.
using Bands = std::vector<std::int64_t>;  // men, then women; thousandths

// What a patient of each band is expected to cost, in any unit: all lines' rates stand over one
// list of bands.
struct ListRates {
    std::vector<AgeBand> bands;
    std::map<BudgetLine, Bands> by_line;
};

void add(Bands& sum, const ListByBand& list) {
    sum.resize(list.men.size() + list.women.size());
    for (std::size_t i = 0; i < list.men.size(); ++i) sum[i] += list.men[i].thousandths();
    for (std::size_t i = 0; i < list.women.size(); ++i) {
        sum[list.men.size() + i] += list.women[i].thousandths();
    }
}

class ListsMaker {
  public:
    ListsMaker(const Site& site, const MonthReports& reports, const VariancePlan& plan)
        : site_(site),
          plan_(plan),
          month_(reports.setting.month),
          april_(month_.financial_year().first_month()),
          known_(site.decisions().lists()),
          lists_(known_.sizes, known_.weighted) {
        for (const auto& [holder, basis] : plan.basis) holders_.push_back(holder);
    }

    Result<VarianceLists> make() {
        if (auto read = hospital_rates(); !read) return read.problem();
        if (auto read = prescribing_rates(); !read) return read.problem();
        for (const auto& [holder, basis] : plan_.basis) made_.practices[holder] = of(holder, basis);
        if (!has_hospital_rates_) {
            made_.notes.emplace_back(
                "lists by age and sex are not known: what an older or younger list changes is not "
                "told apart from volume");
        }
        return std::move(made_);
    }

  private:
    // Whose lists a holder answers for, of a day, as the month's end has it.
    const std::vector<PracticeCode>* whose(Account holder, Date day) {
        auto [at, fresh] = answered_.try_emplace(day);
        if (fresh) {
            at->second = answered_lists(*plan_.affiliations, known_.sizes, day, month_.last_day());
        }
        const auto found = at->second.find(holder);
        return found == at->second.end() ? nullptr : &found->second;
    }

    std::optional<Patients> total(Account holder, Date day) {
        const auto* practices = whose(holder, day);
        if (practices == nullptr) return std::nullopt;
        return total_of_all(lists_, *practices, day);
    }

    std::optional<ListByBand> by_band(Account holder, Date day, const std::vector<AgeBand>& bands) {
        const auto* practices = whose(holder, day);
        if (practices == nullptr) return std::nullopt;
        ListByBand sum;
        for (const PracticeCode practice : *practices) {
            const auto list = in_bands(lists_.bands(practice, day), bands);
            if (!list) return std::nullopt;
            sum += *list;
        }
        return sum;
    }

    // The days of the plan's lists, one a month of the period, and of the period's.
    [[nodiscard]] std::pair<std::vector<Date>, std::vector<Date>> days(
        const PlanBasis& basis) const {
        std::pair<std::vector<Date>, std::vector<Date>> days;
        for (Month at = april_; at <= month_; at = at + 1) {
            days.first.push_back(basis.on_this_years_list ? april_.first_day()
                                                          : (at - 12).first_day());
            days.second.push_back(at.first_day());
        }
        return days;
    }

    std::optional<std::int64_t> sum_of_totals(Account holder, const std::vector<Date>& days) {
        std::int64_t sum = 0;
        for (const Date day : days) {
            const auto patients = total(holder, day);
            if (!patients || *patients == Patients()) return std::nullopt;
            sum += patients->thousandths();
        }
        return sum;
    }

    std::optional<Bands> sum_of_bands(Account holder, const std::vector<Date>& days,
                                      const std::vector<AgeBand>& bands) {
        Bands sum;
        for (const Date day : days) {
            const auto list = by_band(holder, day, bands);
            if (!list) return std::nullopt;
            add(sum, *list);
        }
        return sum;
    }

    PracticeLists of(Account holder, const PlanBasis& basis) {
        PracticeLists lists;
        const auto [before_days, now_days] = days(basis);
        lists.months = static_cast<std::int64_t>(now_days.size());
        const auto before = sum_of_totals(holder, before_days);
        const auto now = sum_of_totals(holder, now_days);
        if (!before || !now || basis.kind == PlanKind::none) {
            lists.says =
                "the registered list is not known for the plan and the period: taken to "
                "be the same";
            return lists;
        }
        lists.known = true;
        lists.before = *before;
        lists.now = *now;
        lists.says = fmt::format(
            "registered lists: {}, and the mean of {} to {}",
            basis.on_this_years_list
                ? in_words(april_.first_day())
                : fmt::format("the mean of {} to {}", in_words(april_ - 12), in_words(month_ - 12)),
            in_words(april_), in_words(month_));
        for (const ListRates& rates : rates_) {
            const auto bands_before = sum_of_bands(holder, before_days, rates.bands);
            const auto bands_now = sum_of_bands(holder, now_days, rates.bands);
            if (!bands_before || !bands_now) continue;
            for (const auto& [line, rate] : rates.by_line) {
                put_expected(lists, line, rate, *bands_before, *bands_now);
            }
        }
        return lists;
    }

    static void put_expected(PracticeLists& lists, BudgetLine line, const Bands& rate,
                             const Bands& before, const Bands& now) {
        wide expected_before = 0, expected_now = 0;
        for (std::size_t i = 0; i < rate.size(); ++i) {
            expected_before += wide{rate[i]} * before[i];
            expected_now += wide{rate[i]} * now[i];
        }
        constexpr wide most = wide{1} << 62;
        while (expected_before > most || expected_now > most) {
            expected_before /= 1000;
            expected_now /= 1000;
        }
        if (expected_before <= 0) return;
        lists.ages_known = true;
        lists.expected[line] = {static_cast<std::int64_t>(expected_before),
                                static_cast<std::int64_t>(expected_now)};
    }

    // What care of the plan's records cost a patient of an age and sex, over all practices with
    // budgets; in millionths of a penny a thousandth of a patient.
    Outcome hospital_rates() {
        if (plan_.records.empty()) return Nothing{};
        const auto rules = read_own_need_rules(site_.rules_folder() / "need" / "own.toml");
        if (!rules) return rules.problem();
        const PlanRecords& records = plan_.records.front();
        for (const auto& bands : {rules->bands, rules->coarser_bands}) {
            Bands patients;
            bool all = true;
            for (const Account holder : holders_) {
                const auto list = by_band(holder, records.from.first_day(), bands);
                all = all && list.has_value();
                if (list) add(patients, *list);
            }
            if (!all) continue;
            rates_.push_back(rates_of(records.by_age, bands, patients));
            has_hospital_rates_ = true;
            return Nothing{};
        }
        return Nothing{};
    }

    static ListRates rates_of(const std::vector<CostByAge>& costs,
                              const std::vector<AgeBand>& bands, const Bands& patients) {
        ListRates rates{bands, {}};
        for (const CostByAge& one : costs) {
            if (is_unattributed(one.account) || one.sex == '?' || !one.age) continue;
            Bands& line = rates.by_line[one.line];
            line.resize(patients.size());
            line[band_of(*one.age, bands) + (one.sex == 'F' ? bands.size() : 0)] +=
                one.cost.count();
        }
        for (auto& [line, costs_of_line] : rates.by_line) {
            for (std::size_t i = 0; i < costs_of_line.size(); ++i) {
                costs_of_line[i] = patients[i] == 0 ? 0
                                                    : divided(wide{costs_of_line[i]} * Factor::one,
                                                              patients[i], Rounding::half_up);
            }
        }
        return rates;
    }

    Outcome prescribing_rates() {
        const auto units =
            read_prescribing_units(site_.rules_folder() / "prescribing_units" / "astro-pu.toml");
        if (!units) return units.problem();
        const auto cost = units->group("cost");
        if (!cost) return cost.problem();
        Bands weights;
        for (const Factor factor : cost->men) weights.push_back(factor.millionths());
        for (const Factor factor : cost->women) weights.push_back(factor.millionths());
        rates_.push_back({units->bands, {{BudgetLine::prescribing, weights}}});
        return Nothing{};
    }

    const Site& site_;
    const VariancePlan& plan_;
    Month month_, april_;
    KnownLists known_;
    Lists lists_;
    std::vector<Account> holders_;
    std::map<Date, std::map<PracticeCode, std::vector<PracticeCode>>> answered_;
    std::vector<ListRates> rates_;
    bool has_hospital_rates_ = false;
    VarianceLists made_;
};

}  // namespace

ExpectedOfLists PracticeLists::expected_of(BudgetLine line) const {
    const auto found = expected.find(line);
    return found == expected.end() ? ExpectedOfLists{before, now} : found->second;
}

Result<VarianceLists> variance_lists(const Site& site, const MonthReports& reports,
                                     const VariancePlan& plan) {
    return ListsMaker(site, reports, plan).make();
}

}  // namespace purse
