// Tables of proportions compared and of samples.
#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"
#include "statistics/proportion.hpp"
#include "statistics/survey.hpp"
#include "statistics/two_proportions.hpp"

namespace purse {

namespace {

Outcome interval_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const double x = one.number("x"), n = one.number("n");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto all = proportion_intervals(x, n, confidence);
    if (!all) return all.problem();
    answers.add(all->value, all->normal.lower, all->normal.upper, all->wilson.lower,
                all->wilson.upper, all->agresti_coull.lower, all->agresti_coull.upper,
                all->exact.lower, all->exact.upper, all->jeffreys.lower, all->jeffreys.upper);
    return Nothing{};
}

std::string lower_cell(const std::optional<Interval>& interval) {
    return interval ? cell_of(interval->lower) : std::string();
}
std::string upper_cell(const std::optional<Interval>& interval) {
    return interval ? cell_of(interval->upper) : std::string();
}

Outcome comparison_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const CountOf first{one.number("x1"), one.number("n1")};
    const CountOf second{one.number("x2"), one.number("n2")};
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto two = compare_proportions(first, second, confidence);
    if (!two) return two.problem();
    answers.add(two->difference, two->wald.lower, two->wald.upper, two->newcombe.lower,
                two->newcombe.upper, two->agresti_caffo.lower, two->agresti_caffo.upper, two->ratio,
                lower_cell(two->ratio_interval), upper_cell(two->ratio_interval), two->odds_ratio,
                lower_cell(two->odds_ratio_interval), upper_cell(two->odds_ratio_interval), two->z,
                two->p_of_z, two->fisher_p);
    return Nothing{};
}

Result<SurveyDesign> survey_design(StatisticsCase& one) {
    const auto strata = one.texts("stratum"), clusters = one.texts("psu");
    const auto weights =
        one.has("weight") ? one.numbers("weight") : std::vector<double>(one.size(), 1.0);
    const auto populations = one.given_numbers("fpc");
    if (auto fault = one.outcome(); !fault) return fault.problem();
    std::vector<SurveyReply> replies;
    for (std::size_t i = 0; i < one.size(); ++i) {
        replies.push_back({strata[i], clusters[i], weights[i], populations[i]});
    }
    return SurveyDesign::of(replies);
}

Outcome design_row(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto design = survey_design(one);
    if (!design) return design.problem();
    const auto y = one.numbers("y"), x = one.numbers("x"), b = one.numbers("b");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    for (const double answer : b) {
        if (answer != 0 && answer != 1) return bad_input("b is a question of yes (1) or no (0)");
    }
    const auto mean = design->mean(y);
    const auto total = design->total(y);
    const bool divides = design->total(x).value != 0;
    const auto ratio = divides ? design->ratio(y, x) : SurveyDesign::Estimate{};
    const Interval normal = normal_interval(mean, confidence);
    const auto freedom = static_cast<double>(design->freedom());
    const Interval student = student_interval(mean, freedom, confidence);
    const SurveyProportion share = survey_proportion(*design, b, confidence);
    const auto cell = [&](Interval SurveyProportion::Intervals::* which, double Interval::* end) {
        return share.intervals ? cell_of(*share.intervals.*which.*end) : std::string();
    };
    using Kinds = SurveyProportion::Intervals;
    answers.add(design->replies(), design->freedom(), mean.value, mean.standard_error, normal.lower,
                normal.upper, student.lower, student.upper, design->design_effect(y), total.value,
                total.standard_error, divides ? cell_of(ratio.value) : "",
                divides ? cell_of(ratio.standard_error) : "", share.estimate.value,
                share.estimate.standard_error, cell(&Kinds::logit, &Interval::lower),
                cell(&Kinds::logit, &Interval::upper), cell(&Kinds::beta, &Interval::lower),
                cell(&Kinds::beta, &Interval::upper), cell(&Kinds::mean, &Interval::lower),
                cell(&Kinds::mean, &Interval::upper));
    return Nothing{};
}

}  // namespace

std::vector<StatisticsTable> survey_tables() {
    return {{"proportion_ci",
             "five intervals of one proportion, side by side",
             {{"x", "counted"}, {"n", "of so many"}, confidence_column},
             {"estimate", "normal_lower", "normal_upper", "wilson_lower", "wilson_upper",
              "agresti_coull_lower", "agresti_coull_upper", "beta_lower", "beta_upper",
              "jeffreys_lower", "jeffreys_upper"},
             interval_row},
            {"two_proportions",
             "two proportions compared: difference, ratio, odds, chance",
             {{"n1", "of the first group"},
              {"n2", "of the second"},
              {"x1", "counted of the first"},
              {"x2", "counted of the second"},
              confidence_column},
             {"diff", "diff_wald_lower", "diff_wald_upper", "diff_newcomb_lower",
              "diff_newcomb_upper", "diff_agresti_caffo_lower", "diff_agresti_caffo_upper", "ratio",
              "ratio_log_lower", "ratio_log_upper", "odds_ratio", "or_logit_lower",
              "or_logit_upper", "z_pooled", "p_pooled", "fisher_p"},
             comparison_row},
            {"design",
             "a sample's mean, total, ratio and proportion, by its design",
             {{"stratum", "blank: one", false},
              {"psu", "the cluster; blank: each its own", false},
              {"weight", "how many it stands for: 1 if not given", false},
              {"fpc", "clusters in the stratum's population; blank: drawn with replacement", false},
              {"y", "a number"},
              {"x", "what y is divided by"},
              {"b", "1 for yes, 0 for no"},
              confidence_column},
             {"n",
              "degf",
              "mean_y",
              "se_mean_y",
              "mean_y_ci_norm_lower",
              "mean_y_ci_norm_upper",
              "mean_y_ci_t_lower",
              "mean_y_ci_t_upper",
              "deff_replace",
              "total_y",
              "se_total_y",
              "ratio_yx",
              "se_ratio_yx",
              "prop_b",
              "se_prop_b",
              "prop_logit_lower",
              "prop_logit_upper",
              "prop_beta_lower",
              "prop_beta_upper",
              "prop_mean_lower",
              "prop_mean_upper"},
             design_row}};
}

}  // namespace purse
