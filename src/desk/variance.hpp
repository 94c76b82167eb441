// Why a practice is over or under its budget: the variance of a closed month in parts that add up,
// its largest reasons in a sentence each, and the working of every part.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/variance_lists.hpp"
#include "desk/variance_plan.hpp"
#include "desk/variance_records.hpp"
#include "monitoring/variance.hpp"
#include "monitoring/variance_reasons.hpp"

namespace purse {

// What other work gives and the records do not: pence by line, nothing until it is known.
struct VarianceAside {
    std::map<Account, std::map<BudgetLine, Pence>> disputed;  // under open challenge, held out
    std::map<Account, std::map<BudgetLine, Pence>> expected;  // not yet reported, by estimate
};

struct LineVariance {
    BudgetLine line = BudgetLine::day_case;
    Variance sum;
    std::map<std::string, Variance> by_specialty;  // treatment function or BNF section
    VolumeRange range;                             // of the count, around what was expected
    double overdispersion = 1;
    std::int64_t late_records = 0, corrected_records = 0;
    ExpectedOfLists expected;
};

struct PracticeVariance {
    std::string code, name;
    Month month;
    int closing = 0;
    Variance total;
    std::vector<LineVariance> lines;  // in the order of budget lines
    LargestReasons reasons;
    PlanBasis plan;
    PracticeLists lists;
    std::vector<MonthClose> closes;
    std::vector<std::string> notes;

    [[nodiscard]] const LineVariance* line(BudgetLine line) const;
};

// All practices of an opened month, gathered once: the commissioner's plan gives prices and chance
// its yardstick.
class MonthVariances {
  public:
    static Result<MonthVariances> gather(const Site& site, const MonthReports& reports,
                                         const VarianceAside& aside = {});

    // Refused: an account that is no practice, or has neither figures nor a budget.
    [[nodiscard]] Result<PracticeVariance> of(const std::string& code) const;
    // The same by HRG root, or paragraph of prescribing, of one line.
    [[nodiscard]] Result<std::map<std::string, Variance>> by_root(const std::string& code,
                                                                  BudgetLine line) const;
    [[nodiscard]] std::vector<Account> practices() const;

  private:
    friend class VarianceGatherer;
    using Grains = std::map<std::string, VarianceGrain>;  // by specialty
    struct Gathered {
        std::string name;
        std::map<BudgetLine, Grains> lines;
        std::map<BudgetLine, std::pair<std::int64_t, std::int64_t>> changed;  // late, corrected
        PlanBasis plan;
        PracticeLists lists;
    };
    Month month_;
    int closing_ = 0;
    std::map<Account, Gathered> accounts_;
    std::map<BudgetLine, double> overdispersion_;
    std::vector<MonthClose> closes_;
    std::vector<std::string> notes_;
};

// How a part came about: the level before, the level after, and what they are made of. Of one line,
// or of all.
Result<Working> variance_working(const PracticeVariance& variance, VariancePart part,
                                 std::optional<BudgetLine> line);
// From the budget to what was used, part by part.
Result<Working> variance_working(const PracticeVariance& variance, std::optional<BudgetLine> line);

}  // namespace purse
