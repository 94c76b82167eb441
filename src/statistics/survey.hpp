// Estimates from samples: means, totals, ratios and proportions whose errors honour how the sample
// was drawn (strata, clusters, weights, and how much of a small population was asked).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/confidence.hpp"

namespace purse {

// One reply. Without strata or clusters all are of one stratum and each is its own cluster.
struct SurveyReply {
    std::string stratum;
    std::string cluster;               // of the first stage, within its stratum
    double weight = 1;                 // how many of the population it stands for
    std::optional<double> population;  // first-stage units in the stratum; none: drawn with
                                       // replacement
};

// The sample's design, checked once and used for each question.
class SurveyDesign {
  public:
    // Refuses fewer than two clusters in a stratum, weights that are not above 0, a population
    // smaller than its sample, and a population that differs within its stratum.
    static Result<SurveyDesign> of(std::span<const SurveyReply> replies);

    [[nodiscard]] std::size_t replies() const { return weights_.size(); }
    [[nodiscard]] std::size_t freedom() const;  // clusters less strata

    struct Estimate {
        double value = 0;
        double standard_error = 0;
    };
    // One number a reply. Errors by Taylor's linearisation (Woodruff 1971; Binder 1983).
    [[nodiscard]] Estimate total(std::span<const double> y) const;
    [[nodiscard]] Estimate mean(std::span<const double> y) const;
    // Over replies whose total of x is not 0.
    [[nodiscard]] Estimate ratio(std::span<const double> y, std::span<const double> x) const;
    // The mean's variance over that of a simple random sample with replacement (Kish 1965); none
    // where all answers are alike.
    [[nodiscard]] std::optional<double> design_effect(std::span<const double> y) const;

  private:
    struct Stratum {
        std::vector<std::vector<std::size_t>> clusters;
        std::optional<double> population;
    };
    [[nodiscard]] double weighted_total(std::span<const double> y) const;
    [[nodiscard]] double variance_of_total(std::span<const double> y) const;

    std::vector<double> weights_;
    double weight_ = 0;
    std::vector<Stratum> strata_;
};

Interval normal_interval(SurveyDesign::Estimate estimate, Confidence confidence);
Interval student_interval(SurveyDesign::Estimate estimate, double freedom, Confidence confidence);

// Three intervals of a proportion of the population (y of 0 and 1). Where all answer alike there is
// no spread to tell from: only the proportion is known.
struct SurveyProportion {
    SurveyDesign::Estimate estimate;
    struct Intervals {
        Interval logit;  // on the log-odds scale
        Interval beta;   // exact, at the effective size (Korn and Graubard 1998)
        Interval mean;   // Student's
    };
    std::optional<Intervals> intervals;
};
SurveyProportion survey_proportion(const SurveyDesign& design, std::span<const double> y,
                                   Confidence confidence);

}  // namespace purse
