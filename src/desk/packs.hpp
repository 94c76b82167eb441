// All practices' packs of a closed month. The month is opened once, and everything that practices
// are compared by is worked out once, for any number of packs.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desk/benchmarking.hpp"
#include "desk/challenge_figures.hpp"
#include "desk/prescribing.hpp"
#include "desk/statements.hpp"
#include "desk/variance.hpp"
#include "desk/waiting_lists.hpp"
#include "desk/year_forecasts.hpp"
#include "reports/pack.hpp"

namespace purse {

// What takes long to make of a month and is the same for all its packs: made once, and shared with
// whoever keeps it.
struct PackParts {
    std::shared_ptr<const MonthReports> reports;
    Result<std::shared_ptr<const Benchmarks>> benchmarks = not_found("");
    Result<std::shared_ptr<const MonthVariances>> variances = not_found("");
    Result<std::shared_ptr<const PrescribingOfAll>> prescribing = not_found("");
};

class MonthPacks {
  public:
    // The month's latest closing. What cannot be worked out (no list by age, no plan) is told in
    // the packs, in its place; challenges count as they stood at the end of the day.
    static Result<MonthPacks> gather(const Site& site, Month month, Date as_at);
    // The same, of parts that are there.
    static Result<MonthPacks> from(const Site& site, PackParts parts, Date as_at);

    // Refused: an account that is no practice, or has neither figures nor a budget nor a list.
    [[nodiscard]] Result<Pack> of(const std::string& practice) const;
    [[nodiscard]] std::vector<std::string> practices() const;  // by code
    // Of unattributed accounts: they have no packs, and are in the summary.
    [[nodiscard]] std::vector<Statement> other_statements() const;
    // Practices and unattributed accounts, which the packs' totals add up to.
    [[nodiscard]] const Summary& summary() const { return summary_; }

  private:
    MonthPacks() = default;
    [[nodiscard]] const MonthReports& reports() const { return *parts_.reports; }
    void find_last_year();
    Outcome find_budgets_before(const Site& site);
    Outcome find_challenges(const Site& site, Date as_at);
    Outcome find_rates(const Site& site);
    [[nodiscard]] Pack made(const Statement& statement) const;
    void add_standardised(Pack& pack, PracticeCode practice) const;
    void add_reasons(Pack& pack) const;
    void add_prescribing(Pack& pack) const;
    void add_year_end(Pack& pack) const;

    PackParts parts_;
    std::vector<Statement> statements_;  // with challenges
    Summary summary_;
    std::map<Account, AccountMonth> a_year_ago_;
    StatementSetting setting_a_year_ago_;
    // Budgets to the month before, where what is in force still is what the closing had.
    std::map<Account, AccountMonth> before_;
    bool budgets_as_closed_ = false;
    std::vector<RowOfAll> all_;
    std::map<std::string, std::int64_t> national_;
    std::string national_says_;
    std::vector<std::size_t> pack_rates_;  // places of its measures
    std::map<Account, PackWaiting> waiting_;
    Result<MonthVariances> variances_ = not_found("");  // with what is disputed held out
    Result<KeptForecast> forecast_ = not_found("");
};

}  // namespace purse
