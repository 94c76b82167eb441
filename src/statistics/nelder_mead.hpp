// The lowest place of a function of several numbers, by a simplex that turns, stretches and shrinks
// (Nelder and Mead 1965, in the form of Nash 1990, algorithm 19). No derivatives; deterministic.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace purse {

struct LowestPlace {
    std::vector<double> at;
    double height = 0;
    std::size_t evaluations = 0;
};

struct SimplexSettings {
    double tolerance = 1.490116119384766e-08;  // between the simplex's ends, relative
    std::size_t most_evaluations = 2000;
};

// `height` may be infinite where a place is not allowed; not so at the start.
LowestPlace lowest_place(const std::function<double(const std::vector<double>&)>& height,
                         std::vector<double> start, const SimplexSettings& settings = {});

}  // namespace purse
