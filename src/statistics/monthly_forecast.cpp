#include "statistics/monthly_forecast.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "statistics/number_checks.hpp"

namespace purse {

namespace {

constexpr std::size_t year = months_of_year;

// Standard deviations, as parts of a mean month, before anything is seen.
constexpr double of_level = 1;     // anything
constexpr double of_trend = 0.03;  // a year: England's elective and other admissions grew 1 to 4%
constexpr double of_days = 0.5;    // of what a month with twice the days has more or less than that
// Alike likely before anything is seen, and averaged over.
constexpr std::array of_season = {0.03, 0.08};
constexpr std::array of_movement = {0.0, 0.004, 0.01, 0.02};  // of the level, a month
constexpr std::array of_noise = {0.2, 0.4, 0.65, 1.0};  // as parts of how the months scatter at all
constexpr double least_noise = 0.001;

struct Model {
    double season = 0, movement = 0, noise = 0;
};

class Months {
  public:
    Months(std::span<const double> days, std::size_t known);

    [[nodiscard]] std::size_t known() const { return known_; }
    [[nodiscard]] std::size_t all() const { return days_.size(); }
    // A month's days over the mean of the known ones, less 1.
    [[nodiscard]] double days(std::size_t month) const { return days_[month]; }
    // How much two months' values go together, their own errors apart.
    [[nodiscard]] double together(std::size_t a, std::size_t b, const Model& model) const {
        const auto earlier = static_cast<double>(std::min(a, b));
        return in_all_models_[a * all() + b] +
               (a % year == b % year ? model.season * model.season : 0) +
               model.movement * model.movement * earlier;
    }

  private:
    std::vector<double> days_, in_all_models_;
    std::size_t known_;
};

Months::Months(std::span<const double> days, std::size_t known)
    : days_(days.begin(), days.end()), known_(known) {
    const double usual =
        std::accumulate(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(known), 0.0) /
        static_cast<double>(known);
    for (double& day : days_) day = day / usual - 1;
    const auto years = [&](std::size_t month) {
        return (static_cast<double>(month) - static_cast<double>(known)) /
               static_cast<double>(year);
    };
    for (std::size_t a = 0; a < all(); ++a) {
        for (std::size_t b = 0; b < all(); ++b) {
            in_all_models_.push_back(of_level * of_level +
                                     of_trend * of_trend * years(a) * years(b) +
                                     of_days * of_days * days_[a] * days_[b]);
        }
    }
}

// Four sums side by side: the processor need not wait for one to take the next.
double dot(const double* a, const double* b, std::size_t count) {
    std::array<double, 4> sums{};
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (std::size_t k = 0; k < 4; ++k) sums[k] += a[i + k] * b[i + k];
    }
    for (; i < count; ++i) sums[0] += a[i] * b[i];
    return sums[0] + sums[1] + (sums[2] + sums[3]);
}

// The lower triangle of a covariance (Cholesky), row by row.
class Triangle {
  public:
    Triangle(const Months& months, const Model& model) : size_(months.known()) {
        rows_.resize(size_ * size_);
        for (std::size_t i = 0; i < size_; ++i) {
            double* const row = &rows_[i * size_];
            for (std::size_t j = 0; j < i; ++j) {
                row[j] = (months.together(i, j, model) - dot(row, this->row(j), j)) / at(j, j);
            }
            const double own = months.together(i, i, model) + model.noise * model.noise;
            row[i] = std::sqrt(own - dot(row, row, i));
        }
    }
    // Solves triangle x = right.
    [[nodiscard]] std::vector<double> solved(std::vector<double> right) const {
        for (std::size_t i = 0; i < size_; ++i) {
            right[i] = (right[i] - dot(row(i), right.data(), i)) / at(i, i);
        }
        return right;
    }
    // Solves transposed triangle x = right.
    [[nodiscard]] std::vector<double> solved_back(std::vector<double> right) const {
        for (std::size_t i = size_; i-- > 0;) {
            right[i] /= at(i, i);
            for (std::size_t k = 0; k < i; ++k) right[k] -= at(i, k) * right[i];
        }
        return right;
    }
    [[nodiscard]] double log_determinant() const {
        double sum = 0;
        for (std::size_t i = 0; i < size_; ++i) sum += std::log(at(i, i));
        return sum;
    }

  private:
    [[nodiscard]] const double* row(std::size_t i) const { return &rows_[i * size_]; }
    [[nodiscard]] double at(std::size_t i, std::size_t j) const { return rows_[i * size_ + j]; }
    std::size_t size_;
    std::vector<double> rows_;
};

// What one model says of the months to come.
struct Told {
    double log_likelihood = 0;
    std::vector<double> means;
    double variance = 0;  // of their sum
};

Told told_by(const Model& model, const Months& months, const std::vector<double>& seen) {
    const std::size_t known = months.known();
    const Triangle triangle(months, model);
    const std::vector<double> plain = triangle.solved(seen);
    const std::vector<double> weights = triangle.solved_back(plain);
    Told told{.log_likelihood =
                  -dot(plain.data(), plain.data(), known) / 2 - triangle.log_determinant()};
    std::vector<double> of_sum(known, 0.0);
    for (std::size_t ahead = known; ahead < months.all(); ++ahead) {
        double mean = 0;
        for (std::size_t i = 0; i < known; ++i) {
            const double with_seen = months.together(i, ahead, model);
            mean += with_seen * weights[i];
            of_sum[i] += with_seen;
        }
        told.means.push_back(mean);
        told.variance += model.noise * model.noise;
        for (std::size_t other = known; other < months.all(); ++other) {
            told.variance += months.together(ahead, other, model);
        }
    }
    const std::vector<double> explained = triangle.solved(std::move(of_sum));
    told.variance -= dot(explained.data(), explained.data(), known);
    return told;
}

double scatter_of(const std::vector<double>& seen) {
    const double mean =
        std::accumulate(seen.begin(), seen.end(), 0.0) / static_cast<double>(seen.size());
    double squares = 0;
    for (const double value : seen) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(seen.size() - 1));
}

std::vector<Model> models_for(const std::vector<double>& seen) {
    const double scatter = std::max(least_noise, scatter_of(seen));
    std::vector<Model> models;
    for (const double season : of_season) {
        for (const double movement : of_movement) {
            for (const double noise : of_noise) {
                models.push_back({season, movement, noise * scatter});
            }
        }
    }
    return models;
}

// Every model counts as far as it explains the months.
MonthlyForecast averaged(const std::vector<Told>& told, const Months& months, double usual) {
    const double best = std::ranges::max_element(told, {}, &Told::log_likelihood)->log_likelihood;
    double all = 0;
    for (const Told& one : told) all += std::exp(one.log_likelihood - best);
    std::vector<double> means(months.all() - months.known(), 0.0);
    double middle = 0;
    double squares = 0;
    for (const Told& one : told) {
        const double weight = std::exp(one.log_likelihood - best) / all;
        const double sum = std::accumulate(one.means.begin(), one.means.end(), 0.0);
        for (std::size_t i = 0; i < means.size(); ++i) means[i] += weight * one.means[i];
        middle += weight * sum;
        squares += weight * (one.variance + sum * sum);
    }
    MonthlyForecast forecast;
    forecast.sum_error = usual * std::sqrt(std::max(0.0, squares - middle * middle));
    for (std::size_t i = 0; i < means.size(); ++i) {
        const double part = 1 + months.days(months.known() + i) + means[i];
        forecast.means.push_back(std::max(0.0, usual * part));
    }
    return forecast;
}

Outcome refuse_unless_usable(std::span<const double> values, std::span<const double> days) {
    if (auto fault = refuse_if_fewer(values.size(), year, "months"); !fault) return fault;
    if (days.size() < values.size()) return bad_input("each month needs its days");
    double sum = 0;
    for (const double value : values) {
        if (auto fault = refuse_unless_count(value, "a month's value"); !fault) return fault;
        sum += value;
    }
    for (const double day : days) {
        if (auto fault = refuse_unless_positive(day, "a month's days"); !fault) return fault;
    }
    if (sum <= 0) return bad_input("a series of noughts cannot be carried on");
    return Nothing{};
}

}  // namespace

double MonthlyForecast::sum() const { return std::accumulate(means.begin(), means.end(), 0.0); }

Result<MonthlyForecast> monthly_forecast(std::span<const double> values,
                                         std::span<const double> days) {
    if (auto fault = refuse_unless_usable(values, days); !fault) return fault.problem();
    const auto known = static_cast<double>(values.size());
    const double usual = std::accumulate(values.begin(), values.end(), 0.0) / known;
    const Months months(days, values.size());
    std::vector<double> seen;  // beyond what the days alone would give
    for (std::size_t i = 0; i < values.size(); ++i) {
        seen.push_back(values[i] / usual - 1 - months.days(i));
    }
    std::vector<Told> told;
    for (const Model& model : models_for(seen)) told.push_back(told_by(model, months, seen));
    return averaged(told, months, usual);
}

}  // namespace purse
