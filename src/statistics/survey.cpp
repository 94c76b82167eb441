#include "statistics/survey.hpp"

#include <cmath>
#include <map>

#include "statistics/average.hpp"
#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

std::string said_of(std::string_view stratum) {
    return stratum.empty() ? "the sample" : fmt::format("stratum {}", stratum);
}

}  // namespace

Result<SurveyDesign> SurveyDesign::of(std::span<const SurveyReply> replies) {
    if (auto fault = refuse_if_fewer(replies.size(), 2, "replies"); !fault) return fault.problem();
    SurveyDesign design;
    std::map<std::string_view, std::size_t> strata;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> clusters;
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const SurveyReply& reply = replies[i];
        if (auto fault = refuse_unless_positive(reply.weight, "a weight"); !fault) {
            return fault.problem();
        }
        design.weights_.push_back(reply.weight);
        const auto [at, fresh] = strata.emplace(reply.stratum, design.strata_.size());
        if (fresh) {
            design.strata_.push_back({{}, reply.population});
            names.push_back(reply.stratum);
        }
        Stratum& stratum = design.strata_[at->second];
        if (stratum.population != reply.population) {
            return bad_input(fmt::format("{} has two populations", said_of(reply.stratum)));
        }
        if (reply.cluster.empty()) {
            stratum.clusters.push_back({i});
            continue;
        }
        const auto [place, first] = clusters.emplace(
            std::pair<std::string_view, std::string_view>(reply.stratum, reply.cluster),
            stratum.clusters.size());
        if (first) stratum.clusters.emplace_back();
        stratum.clusters[place->second].push_back(i);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto n = design.strata_[i].clusters.size();
        if (n < 2) {
            return bad_input(
                fmt::format("{} has one cluster: its spread cannot be known; join it to another",
                            said_of(names[i])));
        }
        if (design.strata_[i].population &&
            *design.strata_[i].population < static_cast<double>(n)) {
            return bad_input(fmt::format("{}: {} were drawn of a population of {}",
                                         said_of(names[i]), n, *design.strata_[i].population));
        }
    }
    design.weight_ = sum_of(design.weights_);
    return design;
}

std::size_t SurveyDesign::freedom() const {
    std::size_t clusters = 0;
    for (const Stratum& stratum : strata_) clusters += stratum.clusters.size();
    return clusters - strata_.size();
}

double SurveyDesign::weighted_total(std::span<const double> y) const {
    CHECK(y.size() == weights_.size());
    long double total = 0;
    for (std::size_t i = 0; i < y.size(); ++i)
        total += static_cast<long double>(weights_[i]) * y[i];
    return static_cast<double>(total);
}

double SurveyDesign::variance_of_total(std::span<const double> y) const {
    double variance = 0;
    for (const Stratum& stratum : strata_) {
        std::vector<double> totals;
        for (const auto& cluster : stratum.clusters) {
            double total = 0;
            for (const std::size_t i : cluster) total += weights_[i] * y[i];
            totals.push_back(total);
        }
        const auto n = static_cast<double>(totals.size());
        const double spread = standard_deviation_of(totals);
        const double left = stratum.population ? 1 - n / *stratum.population : 1;
        variance += left * n * spread * spread;
    }
    return variance;
}

SurveyDesign::Estimate SurveyDesign::total(std::span<const double> y) const {
    return {weighted_total(y), std::sqrt(variance_of_total(y))};
}

SurveyDesign::Estimate SurveyDesign::mean(std::span<const double> y) const {
    const std::vector<double> ones(y.size(), 1.0);
    return ratio(y, ones);
}

SurveyDesign::Estimate SurveyDesign::ratio(std::span<const double> y,
                                           std::span<const double> x) const {
    const double below = weighted_total(x);
    CHECK(below != 0);
    const double ratio = weighted_total(y) / below;
    std::vector<double> linearised(y.size());
    for (std::size_t i = 0; i < y.size(); ++i) linearised[i] = (y[i] - ratio * x[i]) / below;
    return {ratio, std::sqrt(variance_of_total(linearised))};
}

std::optional<double> SurveyDesign::design_effect(std::span<const double> y) const {
    const Estimate estimate = mean(y);
    const auto n = static_cast<double>(y.size());
    double squares = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        squares += weights_[i] * (y[i] - estimate.value) * (y[i] - estimate.value);
    }
    if (squares == 0) return std::nullopt;
    const double simple = squares / weight_ / (n - 1);
    return estimate.standard_error * estimate.standard_error / simple;
}

Interval normal_interval(SurveyDesign::Estimate estimate, Confidence confidence) {
    const double reach = confidence.z() * estimate.standard_error;
    return {estimate.value - reach, estimate.value + reach};
}

Interval student_interval(SurveyDesign::Estimate estimate, double freedom, Confidence confidence) {
    const double reach = student_quantile(1 - confidence.tail(), freedom) * estimate.standard_error;
    return {estimate.value - reach, estimate.value + reach};
}

SurveyProportion survey_proportion(const SurveyDesign& design, std::span<const double> y,
                                   Confidence confidence) {
    SurveyProportion found{design.mean(y), std::nullopt};
    const double p = found.estimate.value;
    const double error = found.estimate.standard_error;
    if (error == 0 || p <= 0 || p >= 1) return found;
    const auto freedom = static_cast<double>(design.freedom());
    const double t = student_quantile(1 - confidence.tail(), freedom);
    const double t_of_replies =
        student_quantile(1 - confidence.tail(), static_cast<double>(design.replies()) - 1);
    const double log_odds = std::log(p / (1 - p));
    const double reach = t * error / (p * (1 - p));
    const auto share = [](double odds) { return 1 / (1 + std::exp(-odds)); };
    const double effective = p * (1 - p) / (error * error) * std::pow(t_of_replies / t, 2);
    found.intervals = SurveyProportion::Intervals{
        .logit = {share(log_odds - reach), share(log_odds + reach)},
        .beta = {beta_quantile(confidence.tail(), effective * p, effective * (1 - p) + 1),
                 beta_quantile(1 - confidence.tail(), effective * p + 1, effective * (1 - p))},
        .mean = student_interval(found.estimate, freedom, confidence)};
    return found;
}

}  // namespace purse
