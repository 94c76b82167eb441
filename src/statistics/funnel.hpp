// Funnel plots that allow for over-dispersion: practices differ by more than chance for reasons
// that are nobody's fault, and the limits widen by as much (Spiegelhalter 2005, "Funnel plots for
// comparing institutional performance", and 2005, "Handling over-dispersion of performance
// indicators").
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/confidence.hpp"

namespace purse {

enum class FunnelKind {
    ratio_shmi,   // observed over expected: log scale, extremes left out (as NHS Digital's SHMI)
    ratio_cqc,    // observed over expected: square root scale, extremes drawn in (as the CQC)
    proportion,   // arcsine scale, extremes drawn in
    count_ratio,  // one count over another: log scale, extremes drawn in
};

struct FunnelGroup {
    std::string name;
    double numerator = 0;    // observed, or counted
    double denominator = 0;  // expected, total, or the other count
};

enum class FunnelLimit { at_95, at_998 };  // 1.96 and 3.09 standard deviations

struct FunnelRequest {
    FunnelKind kind = FunnelKind::ratio_shmi;
    double multiplier = 1;                    // of the limits
    FunnelLimit limit = FunnelLimit::at_998;  // outside which a group is an outlier
    double trim = 0.1;  // the share at either end that is drawn in or left out
    bool allow_for_dispersion = true;
};

struct FunnelGroupResult {
    FunnelGroup group;
    double ratio = 0;                // numerator over denominator
    double z = 0;                    // from the average, in standard deviations of chance alone
    std::optional<double> z_kept;    // drawn in; none where left out
    Interval chance_95, chance_998;  // chance alone
    Interval dispersed_95, dispersed_998;  // chance and the spread between groups
    bool outlier = false;
};

struct Funnel {
    std::vector<FunnelGroupResult> groups;  // in the order in which they first came
    double phi = 0;  // mean of the squared z: over 1 where groups differ by more than chance
    double tau_squared = 0;        // variance between groups, on the kind's scale
    bool dispersion_used = false;  // the wider limits decide what is an outlier
};

// Rows of the same name are added up first. Limits of chance alone: exact Poisson for ratios to an
// expected number, the kind's scale otherwise. phi and tau_squared are 0 where no allowance is
// made, tau_squared where phi tells of none; then the limits of chance decide. A group without
// events lies infinitely low on the SHMI's scale: it is among the extremes that are left out, or
// refused. Refuses also fewer than two groups, a trim outside 0 to 0.5, numerators below 0,
// denominators that are not above 0, and shares above 1.
Result<Funnel> funnel(std::span<const FunnelGroup> rows, const FunnelRequest& request);

}  // namespace purse
