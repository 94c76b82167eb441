#include "statistics/distributions.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "base/check.hpp"

namespace purse {

namespace math = boost::math;

double normal_quantile(double p) {
    CHECK(p > 0 && p < 1);
    if (p > 0.5) return math::quantile(math::complement(math::normal(), 1 - p));
    return math::quantile(math::normal(), p);
}

double normal_two_sided(double z) {
    CHECK(!std::isnan(z));
    if (std::isinf(z)) return 0;
    return 2 * math::cdf(math::complement(math::normal(), std::abs(z)));
}

double student_quantile(double p, double freedom) {
    CHECK(p > 0 && p < 1 && freedom > 0);
    return math::quantile(math::students_t(freedom), p);
}

double chi_squared_quantile(double p, double freedom) {
    CHECK(p >= 0 && p < 1 && freedom >= 0);
    if (freedom == 0) return 0;
    return math::quantile(math::chi_squared(freedom), p);
}

double chi_squared_above(double x, double freedom) {
    CHECK(x >= 0 && freedom > 0);
    return math::cdf(math::complement(math::chi_squared(freedom), x));
}

double beta_quantile(double p, double a, double b) {
    CHECK(p >= 0 && p <= 1 && a > 0 && b > 0);
    return math::quantile(math::beta_distribution<double>(a, b), p);
}

double log_gamma(double x) {
    CHECK(x > 0);
    return math::lgamma(x);
}

double hypergeometric_log_probability(double successes, double drawn, double marked, double all) {
    const auto log_choose = [](double n, double k) {
        return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
    };
    return log_choose(marked, successes) + log_choose(all - marked, drawn - successes) -
           log_choose(all, drawn);
}

}  // namespace purse
