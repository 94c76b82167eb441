// Tables of rates, proportions, means, standardised rates, quantiles and the slope index.
#include <fmt/format.h>

#include <map>

#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"
#include "statistics/average.hpp"
#include "statistics/proportion.hpp"
#include "statistics/quantiles.hpp"
#include "statistics/rate.hpp"
#include "statistics/slope_index.hpp"
#include "statistics/standardised_rate.hpp"

namespace purse {

namespace {

Outcome one_row_each(const StatisticsCase& one) {
    if (one.size() == 1) return Nothing{};
    return bad_input(fmt::format("{} rows, where a case of this table is one row", one.size()));
}

Outcome rate_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const double x = one.number("x"), n = one.number("n"), multiplier = one.number("multiplier");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    if (auto fault = one_row_each(one); !fault) return fault;
    const auto rate = crude_rate(x, n, multiplier, confidence);
    if (!rate) return rate.problem();
    answers.add(rate->value, rate->interval.lower, rate->interval.upper, name_of(rate->method));
    return Nothing{};
}

Outcome proportion_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const double x = one.number("x"), n = one.number("n"), multiplier = one.number("multiplier", 1);
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    if (auto fault = one_row_each(one); !fault) return fault;
    const auto share = proportion(x, n, multiplier, confidence);
    if (!share) return share.problem();
    answers.add(share->value, share->interval.lower, share->interval.upper, "Wilson");
    return Nothing{};
}

Outcome mean_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto numbers = one.numbers("obs");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto mean = mean_estimate(numbers, confidence);
    if (!mean) return mean.problem();
    answers.add(mean->sum, mean->count, mean->standard_deviation, mean->value, mean->interval.lower,
                mean->interval.upper);
    return Nothing{};
}

Outcome add_direct(const std::vector<StandardisedBand>& bands, StatisticsCase& one,
                   StatisticsAnswers& answers) {
    const double multiplier = one.number("multiplier");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto direct = directly_standardised_rate(bands, multiplier, confidence);
    if (!direct) return direct.problem();
    if (direct->rate) {
        answers.add(direct->events, direct->population, direct->rate->value,
                    direct->rate->interval.lower, direct->rate->interval.upper);
    } else {
        answers.add(direct->events, direct->population, "", "", "");
    }
    return Nothing{};
}

Outcome direct_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto x = one.numbers_or_zero("x"), n = one.numbers("n"), standard = one.numbers("stdpop");
    std::vector<StandardisedBand> bands;
    for (std::size_t i = 0; i < x.size(); ++i) bands.push_back(band_of(x[i], n[i], standard[i]));
    return add_direct(bands, one, answers);
}

// Rows of one band give the people with one, two, three ... events.
Outcome repeated_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto names = one.texts("ageband");
    const auto freq = one.numbers("freq"), people = one.numbers_or_zero("persons");
    const auto n = one.numbers("n"), standard = one.numbers("stdpop");
    if (auto fault = one.outcome(); !fault) return fault;
    struct Band {
        std::vector<double> people;
        double population = 0, standard = 0;
    };
    std::map<std::string, Band> by_name;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (freq[i] < 1 || freq[i] > 1000 || freq[i] != static_cast<int>(freq[i])) {
            return bad_input(fmt::format("{} events a person is no whole number from 1", freq[i]));
        }
        if (people[i] < 0) return bad_input(fmt::format("{} persons are none", people[i]));
        Band& band = by_name[names[i]];
        const bool fresh = band.people.empty();
        if (!fresh && (band.population != n[i] || band.standard != standard[i])) {
            return bad_input(fmt::format("band {} has two populations", names[i]));
        }
        band.population = n[i];
        band.standard = standard[i];
        const auto place = static_cast<std::size_t>(freq[i]);
        if (band.people.size() < place) band.people.resize(place, 0.0);
        band.people[place - 1] += people[i];
    }
    std::vector<StandardisedBand> bands;
    for (const auto& [name, band] : by_name) {
        bands.push_back(band_of_repeated(band.people, band.population, band.standard));
    }
    return add_direct(bands, one, answers);
}

std::vector<ReferenceBand> reference_bands(StatisticsCase& one) {
    const auto x = one.numbers_or_zero("x"), n = one.numbers_or_zero("n");
    const auto x_ref = one.numbers_or_zero("x_ref"), n_ref = one.numbers("n_ref");
    std::vector<ReferenceBand> bands;
    for (std::size_t i = 0; i < x.size(); ++i) bands.push_back({x[i], n[i], x_ref[i], n_ref[i]});
    return bands;
}

Outcome indirect_rate_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto bands = reference_bands(one);
    const double multiplier = one.number("multiplier");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto rate = indirectly_standardised_rate(bands, multiplier, confidence);
    if (!rate) return rate.problem();
    answers.add(rate->observed, rate->expected, rate->reference, rate->value, rate->interval.lower,
                rate->interval.upper, name_of(rate->method));
    return Nothing{};
}

Outcome indirect_ratio_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto bands = reference_bands(one);
    const double reference = one.number("refvalue", 1);
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto ratio = indirectly_standardised_ratio(bands, reference, confidence);
    if (!ratio) return ratio.problem();
    answers.add(ratio->observed, ratio->expected, ratio->value, ratio->interval.lower,
                ratio->interval.upper, name_of(ratio->method));
    return Nothing{};
}

Outcome quantile_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto items = one.texts("item");
    const auto values = one.given_numbers("v");
    const auto groups = static_cast<int>(one.given_whole("nquantiles").value_or(10));
    const bool invert = one.flag("invert", true);
    if (auto fault = one.outcome(); !fault) return fault;
    const auto found =
        quantile_groups(values, groups, invert ? GroupOne::highest : GroupOne::lowest);
    if (!found) return found.problem();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& group = (*found)[i];
        answers.add(items[i], values[i], group ? cell_of(*group) : std::string());
    }
    return Nothing{};
}

Outcome decile_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto dates = one.texts("date");
    const auto values = one.given_numbers("value");
    if (auto fault = one.outcome(); !fault) return fault;
    std::vector<ValueAt> given;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        if (values[i]) given.push_back({dates[i], *values[i]});
    }
    const auto over_time = deciles_over_time(given);
    if (!over_time) return over_time.problem();
    for (const DecilesAt& at : *over_time) {
        for (std::size_t i = 0; i < at.deciles.size(); ++i) {
            answers.add(at.when, at.count, (i + 1) * 10, at.deciles[i]);
        }
    }
    return Nothing{};
}

Outcome slope_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto population = one.numbers("population"), value = one.numbers("value");
    const auto order = one.numbers("quantile");
    const double multiplier = one.number("multiplier", 1);
    if (one.flag("transform", false)) {
        one.fail("a line through transformed values is not offered; set transform to FALSE");
    }
    if (auto fault = one.outcome(); !fault) return fault;
    std::map<double, AdvantageGroup> groups;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (!groups.emplace(order[i], AdvantageGroup{population[i], value[i]}).second) {
            return bad_input(fmt::format("quantile {} comes twice", order[i]));
        }
    }
    std::vector<AdvantageGroup> ordered;
    for (const auto& [quantile, group] : groups) ordered.push_back(group);
    const auto slope = slope_index(ordered, multiplier);
    if (!slope) return slope.problem();
    answers.add(slope->slope, slope->relative, slope->intercept);
    return Nothing{};
}

constexpr StatisticsColumn events_column{"x", "events; blank: none"};
constexpr StatisticsColumn people_column{"n", "population"};

}  // namespace

std::vector<StatisticsTable> rate_tables() {
    const StatisticsColumn counted{"x", "counted"};
    const std::vector<std::string_view> interval{"value", "lowercl", "uppercl", "method"};
    return {{"rate",
             "crude rates with Byar's (below ten events exact) limits",
             {{"x", "events"}, people_column, confidence_column, multiplier_column},
             interval,
             rate_row},
            {"proportion",
             "proportions with Wilson's limits",
             {counted,
              {"n", "of so many"},
              confidence_column,
              {"multiplier", "100: per cent; 1 if not given", false}},
             interval,
             proportion_row},
            {"mean",
             "means with Student's limits",
             {{"obs", "a number a row"}, confidence_column},
             {"value_sum", "value_count", "stdev", "value", "lowercl", "uppercl"},
             mean_row}};
}

std::vector<StatisticsTable> standardised_rate_tables() {
    const StatisticsColumn band{"ageband", "the band's name", false};
    const StatisticsColumn x_ref{"x_ref", "events of the reference population; blank: none"};
    const StatisticsColumn n_ref{"n_ref", "the reference population"};
    const StatisticsColumn standard{"stdpop", "of the standard population in this band"};
    const std::vector<std::string_view> direct{"total_count", "total_pop", "value", "lowercl",
                                               "uppercl"};
    return {
        {"dsr",
         "directly standardised rates, Dobson's limits; none below ten events",
         {band, events_column, people_column, standard, confidence_column, multiplier_column},
         direct,
         direct_rows},
        {"dsr_nonindependent",
         "the same where a person may have several events",
         {{"ageband", "the band's name"},
          {"freq", "events a person"},
          {"persons", "people with so many; blank: none"},
          people_column,
          standard,
          confidence_column,
          multiplier_column},
         direct,
         repeated_rows},
        {"israte",
         "indirectly standardised rates",
         {band, events_column, people_column, x_ref, n_ref, confidence_column, multiplier_column},
         {"observed", "expected", "ref_rate", "value", "lowercl", "uppercl", "method"},
         indirect_rate_rows},
        {"isratio",
         "indirectly standardised ratios (observed over expected)",
         {band,
          events_column,
          people_column,
          x_ref,
          n_ref,
          confidence_column,
          {"refvalue", "what as many as expected stands for: 1 (the default) or 100", false}},
         {"observed", "expected", "value", "lowercl", "uppercl", "method"},
         indirect_ratio_rows}};
}

std::vector<StatisticsTable> quantile_tables() {
    return {{"quantile",
             "quantile groups of a list of values",
             {{"item", "whose value"},
              {"v", "the value; blank: none"},
              {"nquantiles", "how many groups: 10 if not given", false},
              {"invert", "TRUE (the default): group 1 has the highest values", false}},
             {"item", "v", "quantile"},
             quantile_rows},
            {"deciles",
             "deciles over time",
             {{"date", "a date or month that sorts as time does"}, {"value", "blank: none"}},
             {"date", "count", "percentile", "value"},
             decile_rows},
            {"sii",
             "slope and relative index of inequality",
             {{"quantile", "from the least to the most advantaged"},
              {"population", "of the group"},
              {"value", "the indicator's"},
              {"multiplier", "of the slope; negative where less is better", false},
              {"transform", "FALSE (the default; nothing else is offered)", false}},
             {"sii", "rii", "intercept"},
             slope_rows}};
}

}  // namespace purse
