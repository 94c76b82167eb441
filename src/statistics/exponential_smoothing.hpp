// Exponential smoothing whose weights and starting values are fitted: the additive state space
// models of Hyndman, Koehler, Snyder and Grose (2002), by maximum likelihood.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "statistics/forecast.hpp"

namespace purse {

struct SmoothingModel {
    bool trend = false;
    bool season = false;  // with a trend only
};

enum class SmoothingAim { likelihood, squared_error };

struct FittedSmoothing {
    SmoothingModel model;
    std::size_t period = 1;                 // of the season
    double alpha = 0, beta = 0, gamma = 0;  // weights of level, trend, season; beta <= alpha
    double log_likelihood = 0;              // up to a constant that all series share
    double aic = 0, aicc = 0, bic = 0;
    double variance = 0;  // of the one-step errors
    double level = 0, trend = 0;
    std::vector<double> season;  // of the coming periods, first the next one's

    [[nodiscard]] Forecast forecast(std::size_t steps, Confidence confidence) const;
};

// Weights are held to 0.0001 to 0.9999, beta to alpha, gamma to 1 - alpha, and to forecasts that
// do not blow up (Hyndman, Akram and Archibald 2008). The search is by simplex and ends at a local
// optimum: figures agree with other programs' to their own optimisers' tolerance. Refuses series
// with fewer than five values more than the model has numbers to fit, and constant ones.
Result<FittedSmoothing> fit_smoothing(std::span<const double> values, std::size_t season,
                                      SmoothingModel model,
                                      SmoothingAim aim = SmoothingAim::likelihood);

}  // namespace purse
