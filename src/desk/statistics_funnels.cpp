// Tables of funnel plots: of the public health profiles, and with over-dispersion.
#include <fmt/format.h>

#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"
#include "statistics/funnel.hpp"
#include "statistics/profile_funnel.hpp"

namespace purse {

namespace {

struct ProfileInput {
    std::vector<FunnelPoint> points;
    FunnelOf of = FunnelOf::proportion;
    FunnelScale scale;
};

Result<FunnelOf> funnel_of(const std::string& statistic, const std::string& subtype) {
    if (statistic == "proportion") return FunnelOf::proportion;
    if (statistic == "rate" && subtype == "crude") return FunnelOf::crude_rate;
    if (statistic == "rate" && subtype == "dsr") return FunnelOf::standardised_rate;
    if (statistic == "ratio" && subtype == "isr") return FunnelOf::standardised_ratio;
    if (statistic == "ratio" && (subtype == "count" || subtype.empty())) {
        return FunnelOf::count_ratio;
    }
    return bad_input(
        fmt::format("'{} {}' is none of: proportion, rate crude, rate dsr, ratio count, ratio isr",
                    statistic, subtype));
}

Result<ProfileInput> profile_input(StatisticsCase& one) {
    ProfileInput input;
    const auto numerators = one.numbers("numerator");
    const auto denominators = one.given_numbers("denominator");
    const auto rates = one.given_numbers("rate");
    const auto of = funnel_of(one.setting("statistic", ""), one.setting("subtype", ""));
    input.scale = {one.number("multiplier", 100), one.number("years", 1)};
    if (auto fault = one.outcome(); !fault) return fault.problem();
    if (!of) return of.problem();
    input.of = *of;
    for (std::size_t i = 0; i < numerators.size(); ++i) {
        input.points.push_back({numerators[i], denominators[i], rates[i]});
    }
    return input;
}

Outcome limit_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto input = profile_input(one);
    if (!input) return input.problem();
    const auto chart = profile_funnel(input->points, input->of, input->scale);
    if (!chart) return chart.problem();
    const bool rate = input->of == FunnelOf::crude_rate || input->of == FunnelOf::standardised_rate;
    std::size_t number = 0;
    for (const FunnelPlace& place : chart->places) {
        const auto across = place.across.value_or(FunnelPlace::Across{});
        const auto events = [&](double value) {
            return place.across && !rate ? cell_of(value) : std::string();
        };
        const auto people = [&](double value) {
            return place.across && rate ? cell_of(value) : std::string();
        };
        answers.add(++number, place.at, place.lower_2s, place.upper_2s, place.lower_3s,
                    place.upper_3s, chart->baseline, events(across.lower_2s),
                    events(across.upper_2s), events(across.lower_3s), events(across.upper_3s),
                    people(across.lower_2s), people(across.upper_2s), people(across.lower_3s),
                    people(across.upper_3s));
    }
    return Nothing{};
}

Outcome significance_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto input = profile_input(one);
    if (!input) return input.problem();
    const auto found = funnel_significance(input->points, input->of, input->scale);
    if (!found) return found.problem();
    const auto items = one.texts("item");
    for (std::size_t i = 0; i < items.size(); ++i) answers.add(items[i], name_of((*found)[i]));
    return Nothing{};
}

Result<FunnelKind> funnel_kind(const std::string& type, const std::string& method) {
    if (type == "SR" && method == "SHMI") return FunnelKind::ratio_shmi;
    if (type == "SR" && method == "CQC") return FunnelKind::ratio_cqc;
    if (type == "PR") return FunnelKind::proportion;
    if (type == "RC") return FunnelKind::count_ratio;
    return bad_input(
        fmt::format("data_type '{}' with sr_method '{}' is none of: SR with SHMI or CQC, PR, RC",
                    type, method));
}

Result<Funnel> dispersed_funnel(StatisticsCase& one) {
    const auto names = one.texts("group");
    const auto numerators = one.numbers("numerator"), denominators = one.numbers("denominator");
    const auto kind = funnel_kind(one.setting("data_type", "SR"), one.setting("sr_method", "SHMI"));
    const double limit = one.number("limit", 99);
    FunnelRequest request;
    request.multiplier = one.number("multiplier", 1);
    request.trim = one.number("trim_by", 0.1);
    request.allow_for_dispersion = one.flag("draw_adjusted", true);
    if (limit != 95 && limit != 99 && limit != 99.8) {
        one.fail(fmt::format("a limit of {} is neither 95 nor 99 (for 99.8%)", limit));
    }
    if (auto fault = one.outcome(); !fault) return fault.problem();
    if (!kind) return kind.problem();
    request.kind = *kind;
    request.limit = limit == 95 ? FunnelLimit::at_95 : FunnelLimit::at_998;
    std::vector<FunnelGroup> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        rows.push_back({names[i], numerators[i], denominators[i]});
    }
    return funnel(rows, request);
}

Outcome group_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto made = dispersed_funnel(one);
    if (!made) return made.problem();
    for (const FunnelGroupResult& one_group : made->groups) {
        answers.add(one_group.group.name, one_group.group.numerator, one_group.group.denominator,
                    one_group.ratio, one_group.z, one_group.z_kept, one_group.chance_95.lower,
                    one_group.chance_95.upper, one_group.chance_998.lower,
                    one_group.chance_998.upper, one_group.dispersed_95.lower,
                    one_group.dispersed_95.upper, one_group.dispersed_998.lower,
                    one_group.dispersed_998.upper, one_group.outlier ? 1 : 0);
    }
    return Nothing{};
}

Outcome overall_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto made = dispersed_funnel(one);
    if (!made) return made.problem();
    std::size_t outliers = 0;
    for (const FunnelGroupResult& group : made->groups) outliers += group.outlier ? 1 : 0;
    answers.add(made->phi, made->tau_squared, made->dispersion_used ? 1 : 0, outliers);
    return Nothing{};
}

}  // namespace

std::vector<StatisticsTable> funnel_tables() {
    const std::vector<StatisticsColumn> profile{
        {"item", "whose point"},
        {"numerator", "events"},
        {"denominator", "population or expected; blank where the rate tells it", false},
        {"rate", "for rates: the rate itself", false},
        {"statistic", "proportion, rate or ratio"},
        {"subtype", "rates: crude or dsr; ratios: count or isr", false},
        {"multiplier", "100 if not given", false},
        {"years", "that the events of a rate were counted over: 1 if not given", false}};
    const std::vector<StatisticsColumn> dispersed{
        {"group", "rows of the same are added up"},
        {"numerator", "observed, or counted"},
        {"denominator", "expected, total, or the other count"},
        {"data_type",
         "SR (observed over expected, the default), PR (proportion), RC (ratio of counts)", false},
        {"sr_method", "SHMI (log scale, extremes left out; the default) or CQC", false},
        {"multiplier", "of the limits: 1 if not given", false},
        {"limit", "95 or 99 (99.8%, the default): outside it a group is an outlier", false},
        {"trim_by", "share at either end: 0.1 if not given", false},
        {"draw_adjusted", "TRUE (the default): allow for over-dispersion", false}};
    return {
        {"funnel_limits",
         "limits of a funnel plot as the public health profiles draw them",
         profile,
         {"point", "x_axis", "lower_2s_limit", "upper_2s_limit", "lower_3s_limit", "upper_3s_limit",
          "baseline", "lower_2s_exp_events", "upper_2s_exp_events", "lower_3s_exp_events",
          "upper_3s_exp_events", "lower_2s_population_1_year", "upper_2s_population_1_year",
          "lower_3s_population_1_year", "upper_3s_population_1_year"},
         limit_rows},
        {"funnel_significance",
         "which points lie outside those limits",
         profile,
         {"item", "significance"},
         significance_rows},
        {"funnel_groups",
         "funnel plots with over-dispersion: each group's limits",
         dispersed,
         {"group", "numerator", "denominator", "rr", "Uzscore", "Wuzscore", "LCL95", "UCL95",
          "LCL998", "UCL998", "OD95LCL", "OD95UCL", "OD998LCL", "OD998UCL", "outlier"},
         group_rows,
         "groups"},
        {"funnel_overall",
         "the same: over-dispersion and number of outliers",
         dispersed,
         {"phi", "tau2", "used_adjusted_limits", "n_outliers"},
         overall_row,
         "overall"}};
}

}  // namespace purse
