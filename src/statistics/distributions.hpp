// The distributions that intervals and tests rest on, from Boost.Math. Arguments outside a
// distribution's domain are faults of ours: the functions that take a giver's numbers refuse first.
#pragma once

namespace purse {

double normal_quantile(double p);                       // 0 < p < 1
double normal_two_sided(double z);                      // P(|Z| >= |z|)
double student_quantile(double p, double freedom);      // 0 < p < 1, freedom > 0
double chi_squared_quantile(double p, double freedom);  // 0 <= p < 1; 0 for no freedom
double chi_squared_above(double x, double freedom);     // P(X >= x)
double beta_quantile(double p, double a, double b);     // 0 <= p <= 1; a, b > 0
double log_gamma(double x);                             // x > 0

// Exactly `successes` among `drawn` of a population that holds `marked` among `all`.
double hypergeometric_log_probability(double successes, double drawn, double marked, double all);

}  // namespace purse
