#include "statistics/least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "statistics/average.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

// A column this small beside its length before the reflections is made up of those before it.
constexpr double dependent = 1e-11;

double dot(std::span<const double> a, std::span<const double> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

Outcome refuse_unless_fittable(const DesignColumns& columns, std::span<const double> observed) {
    if (columns.empty()) return bad_input("a fit needs at least one column");
    if (auto fault =
            first_problem({refuse_if_fewer(observed.size(), columns.size(), "observations"),
                           refuse_unless_all_finite(observed, "observation")});
        !fault) {
        return fault;
    }
    for (const auto& column : columns) {
        if (column.size() != observed.size()) {
            return bad_input(fmt::format("a column of {} numbers cannot explain {} observations",
                                         column.size(), observed.size()));
        }
        if (auto fault = refuse_unless_all_finite(column, "a column's"); !fault) return fault;
    }
    return Nothing{};
}

// The columns reduced to a triangle, the observations turned along with them.
struct Reduced {
    DesignColumns columns;
    std::vector<double> observed;
};

void reflect(std::span<const double> mirror, std::span<double> vector) {
    const double share = 2 * dot(mirror, vector) / dot(mirror, mirror);
    for (std::size_t i = 0; i < vector.size(); ++i) vector[i] -= share * mirror[i];
}

Outcome reduce(Reduced& all) {
    for (std::size_t k = 0; k < all.columns.size(); ++k) {
        const std::span<double> column = std::span(all.columns[k]).subspan(k);
        const double whole = std::sqrt(dot(all.columns[k], all.columns[k]));
        const double length = std::sqrt(dot(column, column));
        if (length <= dependent * whole || whole == 0) {
            return bad_input(
                fmt::format("column {} is made up of the others: no unique fit", k + 1));
        }
        std::vector<double> mirror(column.begin(), column.end());
        mirror[0] += std::copysign(length, column[0]);
        for (std::size_t j = k; j < all.columns.size(); ++j) {
            reflect(mirror, std::span(all.columns[j]).subspan(k));
        }
        reflect(mirror, std::span(all.observed).subspan(k));
    }
    return Nothing{};
}

std::vector<std::vector<double>> triangle_of(const DesignColumns& reduced) {
    std::vector<std::vector<double>> triangle;  // triangle[column][row], row <= column
    for (std::size_t k = 0; k < reduced.size(); ++k) {
        triangle.emplace_back(reduced[k].begin(),
                              reduced[k].begin() + static_cast<std::ptrdiff_t>(k + 1));
    }
    return triangle;
}

std::vector<double> solved(const std::vector<std::vector<double>>& triangle,
                           std::span<const double> turned) {
    std::vector<double> solution(turned.begin(),
                                 turned.begin() + static_cast<std::ptrdiff_t>(triangle.size()));
    for (std::size_t k = triangle.size(); k-- > 0;) {
        solution[k] /= triangle[k][k];
        for (std::size_t row = 0; row < k; ++row) solution[row] -= triangle[k][row] * solution[k];
    }
    return solution;
}

void add_standard_errors(LinearFit& fit) {
    if (fit.freedom == 0) return;
    fit.residual_variance = fit.residual_squares / static_cast<double>(fit.freedom);
    for (std::size_t i = 0; i < fit.coefficients.size(); ++i) {
        std::vector<double> at(fit.coefficients.size(), 0.0);
        at[i] = 1;
        fit.standard_errors.push_back(std::sqrt(fit.residual_variance * fit.leverage(at)));
    }
}

}  // namespace

double LinearFit::predicted(std::span<const double> at) const {
    CHECK(at.size() == coefficients.size());
    return dot(at, coefficients);
}

double LinearFit::leverage(std::span<const double> at) const {
    CHECK(at.size() == triangle.size());
    std::vector<double> w(at.begin(), at.end());  // solves R'w = at
    for (std::size_t k = 0; k < w.size(); ++k) {
        for (std::size_t row = 0; row < k; ++row) w[k] -= triangle[k][row] * w[row];
        w[k] /= triangle[k][k];
    }
    return dot(w, w);
}

Result<LinearFit> least_squares(const DesignColumns& columns, std::span<const double> observed) {
    if (auto fault = refuse_unless_fittable(columns, observed); !fault) return fault.problem();
    Reduced reduced{columns, {observed.begin(), observed.end()}};
    if (auto fault = reduce(reduced); !fault) return fault.problem();
    LinearFit fit;
    fit.triangle = triangle_of(reduced.columns);
    fit.coefficients = solved(fit.triangle, reduced.observed);
    fit.freedom = observed.size() - columns.size();
    fit.fitted.assign(observed.size(), 0.0);
    for (std::size_t k = 0; k < columns.size(); ++k) {
        for (std::size_t i = 0; i < observed.size(); ++i) {
            fit.fitted[i] += columns[k][i] * fit.coefficients[k];
        }
    }
    for (std::size_t i = 0; i < observed.size(); ++i) {
        fit.residual_squares += (observed[i] - fit.fitted[i]) * (observed[i] - fit.fitted[i]);
    }
    add_standard_errors(fit);
    return fit;
}

Line line_through(std::span<const double> observed) {
    CHECK(observed.size() >= 2);
    const double middle = (static_cast<double>(observed.size()) + 1) / 2;
    const double mean = mean_of(observed);
    double with = 0;
    double squares = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        const double from_middle = static_cast<double>(i + 1) - middle;
        with += from_middle * (observed[i] - mean);
        squares += from_middle * from_middle;
    }
    const double slope = with / squares;
    return {mean - slope * middle, slope};
}

}  // namespace purse
