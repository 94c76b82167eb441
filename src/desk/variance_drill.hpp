// A variance taken apart: by line, specialty and condition in the same parts, which add up; by
// provider and referrer as planned beside recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/variance.hpp"

namespace purse {

enum class VarianceBy : std::uint8_t { line, specialty, hrg, provider, referrer };
std::string_view to_text(VarianceBy by);
// Whether the rows have the parts of the bridge.
constexpr bool has_parts(VarianceBy by) {
    return by == VarianceBy::line || by == VarianceBy::specialty || by == VarianceBy::hrg;
}
Result<VarianceBy> parse_variance_by(std::string_view text);

struct VarianceRow {
    std::string code;  // empty: what cannot be named
    std::string name;
    Variance sum;
};

// Planned and recorded activity of one provider or referrer. Plans are on the period's list, at
// plan prices (X3); recorded is what the statement has (X9).
struct DetailRow {
    std::string code;
    std::string name;
    std::int64_t planned = 0;  // thousandths of a record
    Pence planned_cost;
    std::int64_t count = 0;
    Pence cost;
    // What its records add to recorded severity and to price: how it codes and charges. Of records
    // as they stand now; where none came late or was corrected, these add up to the two parts, but
    // for odd pence.
    Pence severity, price;
    [[nodiscard]] Pence difference() const { return cost - planned_cost; }
};

struct VarianceDrill {
    VarianceBy by = VarianceBy::line;
    std::string title;
    std::vector<VarianceRow> rows;   // by line, specialty, HRG: they add up to `sum`
    std::vector<DetailRow> details;  // by provider, referrer
    // With the details' differences it adds up to the statement's variance: plan gap, list, need,
    // adjustments. What is not yet reported or disputed is no provider's or referrer's here.
    Pence of_no_detail;
    Variance sum;
};

// Of one line, or of all. Largest first.
Result<VarianceDrill> variance_drill(const Site& site, const MonthReports& reports,
                                     const MonthVariances& variances, const std::string& code,
                                     VarianceBy by, std::optional<BudgetLine> line);

}  // namespace purse
