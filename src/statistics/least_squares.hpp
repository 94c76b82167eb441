// Ordinary least squares by Householder's reflections (Golub 1965): the linear fits that trends,
// seasons and gradients are read from.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

// Columns of equal length; a fit's constant is a column of ones like any other.
using DesignColumns = std::vector<std::vector<double>>;

struct LinearFit {
    std::vector<double> coefficients;     // in the order of the columns
    std::vector<double> standard_errors;  // empty where no freedom is left
    std::vector<double> fitted;
    double residual_squares = 0;
    std::size_t freedom = 0;  // observations less columns
    double residual_variance = 0;
    // The variance of a prediction at `at` (one value a column) is residual_variance x
    // (1 + leverage).
    [[nodiscard]] double predicted(std::span<const double> at) const;
    [[nodiscard]] double leverage(std::span<const double> at) const;

    std::vector<std::vector<double>> triangle;  // R of the factors, for leverage
};

// Refuses columns of unequal length, more columns than observations, numbers that are not finite,
// and columns that others make up (no unique fit).
Result<LinearFit> least_squares(const DesignColumns& columns, std::span<const double> observed);

struct Line {
    double intercept = 0;
    double slope = 0;
};
// The line through points at 1, 2, 3, ... (at least two).
Line line_through(std::span<const double> observed);

}  // namespace purse
