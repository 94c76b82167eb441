#include "desk/prescribing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "budget/prescribing_units.hpp"
#include "desk/charged_batches.hpp"
#include "desk/month_inputs.hpp"
#include "desk/year_forecasts.hpp"
#include "money/grouped.hpp"
#include "money/shares.hpp"
#include "population/answered_lists.hpp"
#include "warehouse/prescribed.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t section_length = 4;

struct PrescribedSum {
    std::int64_t items = 0;
    FinePence cost;
    void add(std::int64_t more, FinePence amount) {
        items += more;
        cost += amount;
    }
    // Items, or pounds.
    [[nodiscard]] double counted(bool by_items) const {
        return by_items ? static_cast<double>(items)
                        : static_cast<double>(cost.thousandths()) / (100 * FinePence::per_penny);
    }
};

// "£48,142", "£7.31", "1,204 items": pounds or items for a thousand units.
std::string in_units(const PrescribingStanding& standing, double value) {
    const std::string number =
        value < 100 ? fmt::format("{:.2f}", value) : grouped(std::llround(value));
    return standing.counts_items ? number + " items" : "£" + number;
}

class PrescribingMaker {
  public:
    PrescribingMaker(const Site& site, const MonthReports& reports)
        : site_(site),
          reports_(reports),
          affiliations_(affiliations_of(site)),
          known_(site.decisions().lists()),
          lists_(known_.sizes, known_.weighted),
          month_(reports.setting.month),
          first_(month_.financial_year().first_month()),
          forecast_(forecast_of(site, reports)) {
        const auto ours = affiliations_->ours_on(month_.last_day());
        ours_.insert(ours.begin(), ours.end());
    }

    Result<PrescribingOfAll> make() {
        auto rules =
            read_prescribing_rules(site_.rules_folder() / "prescribing" / "comparison.toml");
        if (!rules) return rules.problem();
        rules_ = std::move(*rules);
        const NewClosing& closing = reports_.closing.closing;
        const auto found = prescribed(site_.folder() / closing.charges.path,
                                      batches_of_prescribing(site_, closing), first_, month_,
                                      site_.database_limits());
        if (!found) return found.problem();
        if (found->sections.empty()) {
            return conflict(fmt::format("no prescribing is loaded for {}", in_words(month_)));
        }
        take_sections(found->sections);
        for (const PracticeCode practice : ours_) begin(practice);
        add_sections();
        if (auto done = add_measures(); !done) return done.problem();
        add_savings(found->presentations);
        for (auto& [practice, report] : made_.reports) report.says = prescribing_sentence(report);
        return std::move(made_);
    }

  private:
    using Paragraphs = std::map<std::string, PrescribedSum>;

    void take_sections(const std::vector<PrescribedSection>& sections) {
        for (const PrescribedSection& one : sections) {
            const PracticeCode holder = reports_.roll_up(one.account);
            if (!ours_.contains(holder)) continue;
            by_month_[holder][one.month][one.paragraph].add(one.items, one.actual_cost);
            months_.insert(one.month);
        }
    }

    [[nodiscard]] bool in_year(Month month) const { return month >= first_ && month <= month_; }

    // What the practice has of codes that begin so, in these months.
    [[nodiscard]] PrescribedSum sum_of(PracticeCode practice,
                                       const std::vector<std::string>& begins,
                                       std::optional<Month> of) const {
        PrescribedSum sum;
        const auto found = by_month_.find(practice);
        if (found == by_month_.end()) return sum;
        for (const auto& [month, paragraphs] : found->second) {
            if (of ? month != *of : !in_year(month)) continue;
            for (const auto& [paragraph, one] : paragraphs) {
                const bool wanted =
                    begins.empty() || std::ranges::any_of(begins, [&](const auto& text) {
                        return paragraph.starts_with(text);
                    });
                if (wanted) sum.add(one.items, one.cost);
            }
        }
        return sum;
    }

    void begin(PracticeCode practice) {
        if (!by_month_.contains(practice)) return;
        PrescribingReport& report = made_.reports[practice];
        report.commissioner = reports_.setting.commissioner;
        report.practice = practice;
        report.name = reports_.setting.name_of(practice);
        report.month = month_;
        report.from = first_;
        report.closing = reports_.closing.sequence;
        report.savings_rules = rules_.savings;
        report.items = sum_of(practice, {}, std::nullopt).items;
        const auto account = reports_.accounts.find(practice);
        if (account == reports_.accounts.end()) return;
        const AccountMonth& figures = account->second;
        if (const auto line = figures.lines.find(BudgetLine::prescribing);
            line != figures.lines.end()) {
            report.cost = line->second.year_to_date.cost;
        } else if (const auto out = figures.outside.find(BudgetLine::prescribing);
                   out != figures.outside.end()) {
            report.cost = out->second.figures.year_to_date.cost;
        }
        const auto budget = figures.budgets.find(BudgetLine::prescribing);
        if (budget == figures.budgets.end()) return;
        report.budget_to_date = budget->second.to_date;
        report.annual_budget = budget->second.annual;
        if (forecast_) add_year_end(practice, report);
    }

    void add_year_end(PracticeCode practice, PrescribingReport& report) const {
        const auto found = forecast_->forecast.find({Account(practice), BudgetLine::prescribing});
        if (found == forecast_->forecast.end() ||
            found->second.basis == ForecastBasis::not_possible) {
            return;
        }
        report.year_end = found->second.outturn();
        if (const auto& range = found->second.range_80)
            report.year_end_80 = {range->low, range->high};
    }

    // In whole pence, so that they add up to the statement's cost, which is rounded month by month.
    static std::vector<Pence> sections_costs(const PrescribingReport& report,
                                             const std::map<std::string, PrescribedSum>& sections) {
        std::vector<std::int64_t> weights;
        std::vector<Pence> alone;  // of a practice that the closing has no figures of
        for (const auto& [section, sum] : sections) {
            weights.push_back(sum.cost.thousandths());
            alone.push_back(rounded(sum.cost, Rounding::half_up));
        }
        const bool have_shares =
            std::ranges::any_of(weights, [](std::int64_t weight) { return weight > 0; }) &&
            std::ranges::none_of(weights, [](std::int64_t weight) { return weight < 0; });
        if (!have_shares || report.cost == Pence(0)) return alone;
        return shared_out(report.cost, weights);
    }

    void add_sections() {
        std::map<std::string, PrescribedSum> of_all;
        std::map<PracticeCode, std::map<std::string, PrescribedSum>> of_each;
        for (const auto& [practice, months] : by_month_) {
            for (const auto& [month, paragraphs] : months) {
                if (!in_year(month)) continue;
                for (const auto& [paragraph, one] : paragraphs) {
                    const std::string section = paragraph.substr(0, section_length);
                    of_all[section].add(one.items, one.cost);
                    of_each[practice][section].add(one.items, one.cost);
                }
            }
        }
        for (auto& [practice, report] : made_.reports) {
            const auto costs = sections_costs(report, of_each[practice]);
            for (const auto& [section, sum] : of_each[practice]) {
                PrescribedOfSection row;
                row.section = section;
                const auto chapter = rules_.chapters.find(section.substr(0, 2));
                row.chapter = chapter == rules_.chapters.end() ? "" : chapter->second;
                row.items = sum.items;
                row.cost = costs[report.sections.size()];
                row.all_items = of_all[section].items;
                row.all_cost = rounded(of_all[section].cost, Rounding::half_up);
                report.sections.push_back(std::move(row));
            }
        }
    }

    // A practice's units on the first day of a month; none without a list in the units' bands.
    std::optional<double> units_on(PracticeCode practice, const PrescribingUnits& units,
                                   const UnitWeights& weights, Month month) const {
        const Date day = month.first_day();
        const auto answered = answered_.find(month);
        if (answered == answered_.end()) return std::nullopt;
        const auto parts = answered->second.find(practice);
        if (parts == answered->second.end()) return std::nullopt;
        ListByBand sum;
        for (const PracticeCode part : parts->second) {
            const auto list = in_bands(lists_.bands(part, day), units.bands);
            if (!list) return std::nullopt;
            sum += *list;
        }
        constexpr double billionths = 1e9;
        return static_cast<double>(units_of(sum, weights)) / billionths;
    }

    Outcome add_measures() {
        for (const Month month : months_) {
            answered_[month] =
                answered_lists(*affiliations_, known_.sizes, month.first_day(), month_.last_day());
        }
        for (const PrescribingMeasure& measure : rules_.measures) {
            const auto units = read_prescribing_units(site_.rules_folder() / "prescribing_units" /
                                                      (measure.units + ".toml"));
            if (!units) return units.problem();
            const auto weights = units->group(measure.group);
            if (!weights) return weights.problem();
            add_measure(measure, *units, *weights);
        }
        return Nothing{};
    }

    void add_measure(const PrescribingMeasure& measure, const PrescribingUnits& units,
                     const UnitWeights& weights) {
        std::map<PracticeCode, PrescribingStanding> standings;
        std::map<PracticeCode, double> unit_years;
        std::map<Month, std::map<PracticeCode, double>> by_month;
        PrescribedSum all;
        double all_units = 0;
        for (const auto& [practice, report] : made_.reports) {
            double in_the_year = 0;
            std::size_t known_months = 0;
            for (const Month month : months_) {
                const auto here = units_on(practice, units, weights, month);
                if (!here || *here <= 0) continue;
                by_month[month][practice] =
                    1000 *
                    sum_of(practice, measure.bnf_begins, month).counted(measure.counts_items) /
                    *here;
                if (!in_year(month)) continue;
                in_the_year += *here;
                ++known_months;
            }
            const auto months = static_cast<std::size_t>(month_ - first_ + 1);
            // A year to date over a list of fewer months would compare what is not alike.
            if (known_months != months) continue;
            const PrescribedSum sum = sum_of(practice, measure.bnf_begins, std::nullopt);
            unit_years[practice] = in_the_year / static_cast<double>(months);
            all.add(sum.items, sum.cost);
            all_units += unit_years[practice];
        }
        if (all.items == 0) return;  // nobody prescribes any of it: there is nothing to compare
        std::vector<double> values;
        for (const auto& [practice, here] : unit_years) {
            PrescribingStanding& standing = standings[practice];
            const PrescribedSum sum = sum_of(practice, measure.bnf_begins, std::nullopt);
            standing.code = measure.code;
            standing.name = measure.name;
            standing.per =
                fmt::format("{} for 1,000 {}", measure.counts_items ? "items" : "£", units.title);
            standing.counts_items = measure.counts_items;
            standing.items = sum.items;
            standing.cost = measure.bnf_begins.empty() ? made_.reports.at(practice).cost
                                                       : rounded(sum.cost, Rounding::half_up);
            standing.units = here;
            standing.value = 1000 * sum.counted(measure.counts_items) / here;
            standing.reference = 1000 * all.counted(measure.counts_items) / all_units;
            values.push_back(standing.value);
        }
        for (auto& [practice, standing] : standings) {
            complete(practice, standing, values, by_month);
            made_.reports.at(practice).measures.push_back(std::move(standing));
        }
    }

    static std::optional<Deciles> deciles_if_enough(const std::vector<double>& values) {
        constexpr std::size_t fewest = 10;  // of fewer a tenth is nobody
        if (values.size() < fewest) return std::nullopt;
        const auto deciles = deciles_of(values);
        return deciles ? std::optional(*deciles) : std::nullopt;
    }

    static void complete(PracticeCode practice, PrescribingStanding& standing,
                         const std::vector<double>& values,
                         const std::map<Month, std::map<PracticeCode, double>>& by_month) {
        standing.deciles = deciles_if_enough(values);
        for (const auto& [month, of_month] : by_month) {
            const auto own = of_month.find(practice);
            if (own == of_month.end()) continue;
            std::vector<double> all;
            for (const auto& [other, value] : of_month) all.push_back(value);
            standing.months.push_back({month, own->second, deciles_if_enough(all)});
        }
        standing.says = fmt::format("{}: {} {}; the commissioner has {}.", standing.name,
                                    in_units(standing, standing.value),
                                    standing.per.substr(standing.per.find(' ') + 1),
                                    in_units(standing, standing.reference));
        if (!standing.deciles) return;
        const Deciles& deciles = *standing.deciles;
        const bool low = standing.value < deciles.front();
        const bool high = standing.value > deciles.back();
        standing.says += low    ? " Nine practices in ten have more."
                         : high ? " Nine practices in ten have less."
                                : fmt::format(" Eight practices in ten lie between {} and {}.",
                                              in_units(standing, deciles.front()),
                                              in_units(standing, deciles.back()));
    }

    void add_savings(const std::vector<PrescribedPresentation>& presentations) {
        std::vector<PrescribedMedicine> medicines;
        for (const PrescribedPresentation& one : presentations) {
            const PracticeCode holder = reports_.roll_up(one.account);
            if (!ours_.contains(holder)) continue;
            medicines.push_back(
                {holder, one.bnf_code, one.name, one.items, one.quantity, one.actual_cost});
        }
        auto savings = price_savings(medicines, rules_.savings);
        for (auto& [practice, report] : made_.reports) {
            report.savings = std::move(savings[practice]);
            report.savings_says = savings_sentence(report.savings, rules_.savings, first_, month_);
        }
    }

    const Site& site_;
    const MonthReports& reports_;
    std::shared_ptr<const Affiliations> affiliations_;
    KnownLists known_;
    Lists lists_;
    Month month_, first_;
    Result<KeptForecast> forecast_;
    std::set<PracticeCode> ours_;
    std::set<Month> months_;
    PrescribingRules rules_;
    std::map<PracticeCode, std::map<Month, Paragraphs>> by_month_;
    std::map<Month, std::map<PracticeCode, std::vector<PracticeCode>>> answered_;
    PrescribingOfAll made_;
};

}  // namespace

Result<PrescribingOfAll> compare_prescribing(const Site& site, const MonthReports& reports) {
    return PrescribingMaker(site, reports).make();
}

Result<PrescribingReport> prescribing_of(const PrescribingOfAll& all, const std::string& practice) {
    const auto found = all.reports.find(PracticeCode(practice));
    if (found == all.reports.end()) {
        return not_found(practice + " has no prescribing in this month");
    }
    return found->second;
}

}  // namespace purse
