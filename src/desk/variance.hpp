// Why a practice is over or under its budget: the variance of a closed month in parts that add up,
// its largest reasons in a sentence each, and the working of every part.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/challenge_figures.hpp"
#include "desk/variance_lists.hpp"
#include "desk/variance_plan.hpp"
#include "desk/variance_records.hpp"
#include "monitoring/variance.hpp"
#include "monitoring/variance_reasons.hpp"

namespace purse {

// Pence by account, line and treatment function (empty: of no specialty), as statements show them.
using PenceByFunction = std::map<Account, std::map<BudgetLine, std::map<std::string, Pence>>>;
// What open challenges hold out of the year to date; lines in no budget are left out.
PenceByFunction held_out(const MonthReports& reports, const ChallengedMonth& challenged);

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
    std::optional<Date> challenges_as_at;  // none: challenges were not asked for
    std::vector<std::string> notes;

    [[nodiscard]] const LineVariance* line(BudgetLine line) const;
};

// All practices of an opened month, gathered once: the commissioner's plan gives prices and chance
// its yardstick. What is expected when complete is the closing's; what is under challenge may
// change any day, and is held out by `holding_out`.
class MonthVariances {
  public:
    static Result<MonthVariances> gather(const Site& site, const MonthReports& reports);

    // The same, with what open challenges dispute held out; nothing is gathered anew.
    [[nodiscard]] MonthVariances holding_out(const MonthReports& reports,
                                             const ChallengedMonth& challenged) const;

    // Refused: an account that is no practice, or has neither figures nor a budget.
    [[nodiscard]] Result<PracticeVariance> of(const std::string& code) const;
    // The same by HRG root, or paragraph of prescribing, of one line.
    [[nodiscard]] Result<std::map<std::string, Variance>> by_root(const std::string& code,
                                                                  BudgetLine line) const;
    [[nodiscard]] std::vector<Account> practices() const;
    // None where the practice has neither a plan nor records of it.
    [[nodiscard]] const VarianceGrain* grain(const std::string& code, BudgetLine line,
                                             const std::string& specialty) const;

  private:
    friend class VarianceGatherer;
    using Grains = std::map<std::string, VarianceGrain>;  // by specialty
    struct GatheredPractice {
        std::string name;
        std::map<BudgetLine, Grains> lines;
        std::map<BudgetLine, std::pair<std::int64_t, std::int64_t>> changed;  // late, corrected
        PlanBasis plan;
        PracticeLists lists;
    };
    struct Gathered {
        Month month;
        int closing = 0;
        std::map<Account, GatheredPractice> accounts;
        std::map<BudgetLine, double> overdispersion;
        std::vector<MonthClose> closes;
        std::vector<std::string> notes;
    };
    [[nodiscard]] const GatheredPractice* practice(const std::string& code) const;
    [[nodiscard]] std::map<BudgetLine, Grains> lines_of(Account account,
                                                        const GatheredPractice& practice) const;

    std::shared_ptr<const Gathered> gathered_;
    PenceByFunction held_out_;
    std::optional<Date> challenges_as_at_;
};

// Expected records and patients are counted in thousandths.
inline constexpr std::int64_t a_thousand = 1000;
constexpr std::int64_t whole_records(std::int64_t thousandths) {
    return (thousandths + a_thousand / 2) / a_thousand;
}

// A cell's HRG root and the rest of its code; paragraph and presentation of prescribing.
std::pair<std::string, std::string> root_and_split(const ActivityCell& cell);

// How a part came about: the level before, the level after, and what they are made of. Of one line,
// or of all.
Result<Working> variance_working(const PracticeVariance& variance, VariancePart part,
                                 std::optional<BudgetLine> line);
// From the budget to what was used, part by part.
Result<Working> variance_working(const PracticeVariance& variance, std::optional<BudgetLine> line);

}  // namespace purse
