// What months that are not yet frozen will come to when they are complete, by the site's own
// history: how much of earlier months was known at the same extract (early, flex), by data set,
// provider and line (chain ladder; errors by Mack 1993). Money is in pence, errors are floating
// point until they are shown.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "activity/cube.hpp"
#include "activity/data_set.hpp"
#include "statistics/chain_ladder.hpp"

namespace purse {

// What a provider's month of a line came to in the last extract of a stage, priced as today: what
// changes from stage to stage are the records, never the prices.
struct StageCost {
    DataSet set = DataSet::admitted_care;
    ProviderCode provider;  // empty for prescribing
    BudgetLine line = BudgetLine::day_case;
    Month month;
    Extract stage = Extract::flex;
    std::int64_t records = 0;
    FinePence cost;
    friend bool operator==(const StageCost&, const StageCost&) = default;
};

// Below these a factor is taken from a wider pool. Purse's defaults (rules/forecast.toml).
struct CompletionRules {
    int least_months = 6;               // that are known at the stage and frozen
    std::int64_t least_records = 1000;  // of them at the stage
    int most_months = 24;               // the newest count
};

// Whose history a factor comes from, the narrowest first.
enum class CompletionPool : std::uint8_t { line, provider, data_set, hospitals };
std::string_view in_words(CompletionPool pool);

struct CompletionFactor {
    CompletionPool pool = CompletionPool::line;
    Extract stage = Extract::flex;
    int number = 0;  // equal for uses of one factor: its error is theirs in common
    int months = 0;  // that it was taken from
    FactorToUltimate to;

    // "flex months have come to 104.2% of what the flex showed (22 months; the line's own ...)"
    [[nodiscard]] std::string says() const;
};

class Completion {
  public:
    Completion() = default;
    Completion(std::span<const StageCost> history, const CompletionRules& rules);

    // None for what is frozen, and where no pool has two months to learn from.
    [[nodiscard]] std::optional<CompletionFactor> factor(DataSet set, ProviderCode provider,
                                                         BudgetLine line, Extract stage) const;

  private:
    struct Pool {
        CompletionPool kind = CompletionPool::line;
        DataSet set = DataSet::admitted_care;
        ProviderCode provider;
        BudgetLine line = BudgetLine::day_case;
        Extract stage = Extract::flex;
        friend auto operator<=>(const Pool&, const Pool&) = default;
    };
    struct Known {
        CompletionFactor factor;
        bool thin = false;
    };
    std::map<Pool, Known> factors_;
};

// A sum of amounts that are not complete.
struct ExpectedMore {
    Pence more;  // when complete, less what is reported
    OutstandingError error;
    std::int64_t unknown = 0;  // cells without a factor: nothing is expected of them

    ExpectedMore& operator+=(const ExpectedMore& other);
    [[nodiscard]] Pence standard_error() const;
};

// One cell of a closing's cube that is not frozen. Prescribing is rounded to pence here.
struct IncompleteCell {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    TreatmentFunction treatment_function;
    Month month;
    DataSet set = DataSet::admitted_care;
    ProviderCode provider;
    Extract stage = Extract::flex;
    Pence reported;
    Pence more;  // expected when complete, less reported; 0 without a factor
    std::optional<CompletionFactor> factor;

    [[nodiscard]] ExpectedMore expected() const;
};

using StageOfBatch = std::map<std::int64_t, Extract>;

// Every unfrozen cell, by its keys. CHECKs that the stage of each batch is known.
std::vector<IncompleteCell> incomplete_cells(std::span<const CubeRow> cube,
                                             const StageOfBatch& stages,
                                             const Completion& completion);

}  // namespace purse
