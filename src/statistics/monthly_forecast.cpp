#include "statistics/monthly_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "statistics/number_checks.hpp"

namespace purse {

namespace {

constexpr std::size_t year = months_of_year;

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Ratios to the trend, by place in the cycle of the first value. With less than two years the mean
// of the last twelve months stands for the trend.
std::array<std::vector<double>, year> ratios_to_trend(std::span<const double> plain) {
    std::array<std::vector<double>, year> ratios;
    const std::size_t n = plain.size();
    if (n < 2 * year) {
        const double level = mean_of(plain.last(year));
        for (std::size_t i = n - year; i < n; ++i) ratios[i % year].push_back(plain[i] / level);
        return ratios;
    }
    for (std::size_t i = year / 2; i + year / 2 < n; ++i) {
        double around = (plain[i - year / 2] + plain[i + year / 2]) / 2;
        for (std::size_t k = i - year / 2 + 1; k < i + year / 2; ++k) around += plain[k];
        around /= static_cast<double>(year);
        if (around > 0) ratios[i % year].push_back(plain[i] / around);
    }
    return ratios;
}

struct Season {
    std::array<double, year> of{};
    double cycles = 0;
};

// One year alone cannot tell season from chance: half of what it shows is believed.
constexpr double believed_of_one_year = 0.5;

double believed(const std::array<std::vector<double>, year>& ratios,
                const std::array<double, year>& means) {
    double within = 0;
    double freedom = 0;
    double count = 0;
    for (std::size_t place = 0; place < year; ++place) {
        for (const double ratio : ratios[place]) within += std::pow(ratio - means[place], 2);
        const auto size = static_cast<double>(ratios[place].size());
        freedom += std::max(0.0, size - 1);
        count += size / static_cast<double>(year);
    }
    if (freedom < 1) return believed_of_one_year;
    const double chance = within / freedom / std::max(1.0, count);
    double shown = 0;
    for (const double mean : means) shown += std::pow(mean - 1, 2);
    shown /= static_cast<double>(year - 1);
    if (shown <= 0) return 0;
    return std::clamp(1 - chance / shown, 0.0, 1.0);
}

Season season_of(std::span<const double> plain) {
    const auto ratios = ratios_to_trend(plain);
    std::array<double, year> means{};
    double sum = 0;
    Season season;
    for (std::size_t place = 0; place < year; ++place) {
        means[place] = ratios[place].empty() ? 1 : mean_of(ratios[place]);
        sum += means[place];
        season.cycles += static_cast<double>(ratios[place].size()) / static_cast<double>(year);
    }
    for (double& mean : means) mean *= static_cast<double>(year) / sum;
    const double trust = believed(ratios, means);
    for (std::size_t place = 0; place < year; ++place) {
        season.of[place] = 1 + trust * (means[place] - 1);
    }
    return season;
}

struct Smoothed {
    double level = 0;
    double squares = 0;
    double count = 0;
};

// Simple exponential smoothing that starts from the first half year.
Smoothed smoothed(std::span<const double> values, double alpha) {
    constexpr std::size_t start = 6;
    Smoothed found{.level = mean_of(values.first(start))};
    for (const double value : values.subspan(start)) {
        const double error = value - found.level;
        found.squares += error * error;
        found.level += alpha * error;
        found.count += 1;
    }
    return found;
}

void set_level(MonthlyForecast& forecast, std::span<const double> plain) {
    double least = -1;
    for (int step = 1; step <= 18; ++step) {
        const double alpha = 0.05 * step;
        const Smoothed tried = smoothed(plain, alpha);
        if (least >= 0 && tried.squares >= least) continue;
        least = tried.squares;
        forecast.alpha = alpha;
        forecast.level = tried.level;
        forecast.spread = std::sqrt(tried.squares / std::max(1.0, tried.count - 1));
    }
}

// The line of the last three years; half of it, as far as it stands out.
void set_trend(MonthlyForecast& forecast, std::span<const double> plain) {
    const auto recent = plain.last(std::min(plain.size(), 3 * year));
    const auto n = static_cast<double>(recent.size());
    const double centre = (n - 1) / 2;
    const double mean = mean_of(recent);
    double across = 0;
    double along = 0;
    for (std::size_t i = 0; i < recent.size(); ++i) {
        const double at = static_cast<double>(i) - centre;
        across += at * (recent[i] - mean);
        along += at * at;
    }
    const double slope = across / along;
    double left = 0;
    for (std::size_t i = 0; i < recent.size(); ++i) {
        left += std::pow(recent[i] - mean - slope * (static_cast<double>(i) - centre), 2);
    }
    const double error = std::sqrt(left / (n - 2) / along);
    const double trust =
        slope * slope <= 0 ? 0 : std::max(0.0, 1 - error * error / (slope * slope));
    forecast.trend = trust * slope / 2;
    forecast.trend_error = error / 2;
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

double MonthlyForecast::sum_error() const {
    const auto steps = means.size();
    double own = 0;
    double seasons = 0;
    double along = 0;
    for (std::size_t j = 1; j <= steps; ++j) {
        const double carried = 1 + alpha * static_cast<double>(steps - j);
        own += carried * carried;
        seasons += 1;
        along += static_cast<double>(j);
    }
    const double month = spread * spread;
    return std::sqrt(month * own + month * seasons / std::max(1.0, cycles) +
                     std::pow(trend_error * along, 2));
}

Result<MonthlyForecast> monthly_forecast(std::span<const double> values,
                                         std::span<const double> days) {
    if (auto fault = refuse_unless_usable(values, days); !fault) return fault.problem();
    const std::size_t n = values.size();
    const double usual = mean_of(days.first(n));
    std::vector<double> plain(n);
    for (std::size_t i = 0; i < n; ++i) plain[i] = values[i] / days[i] * usual;
    MonthlyForecast forecast;
    const Season season = season_of(plain);
    forecast.cycles = season.cycles;
    for (std::size_t i = 0; i < n; ++i) plain[i] /= season.of[i % year];
    set_level(forecast, plain);
    set_trend(forecast, plain);
    for (std::size_t i = n; i < days.size(); ++i) {
        const double ahead = static_cast<double>(i - n + 1);
        const double of_season = season.of[i % year];
        forecast.season.push_back(of_season);
        forecast.means.push_back(std::max(0.0, forecast.level + forecast.trend * ahead) *
                                 of_season * days[i] / usual);
    }
    return forecast;
}

}  // namespace purse
