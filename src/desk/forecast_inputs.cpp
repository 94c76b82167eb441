// What a closing's forecast is made from.
#include <algorithm>
#include <set>

#include "desk/commitments.hpp"
#include "desk/forecast_rules.hpp"
#include "desk/year_forecasts.hpp"
#include "monitoring/contract_forecast.hpp"

namespace purse {

namespace {

class ForecastInputsMaker {
  public:
    ForecastInputsMaker(Month month, const MonthInputs& closing, const SiteHistory& history)
        : closing_(closing), history_(history) {
        inputs_.month = month;
    }

    YearForecastInputs made(const Completion& completion) {
        add_costs(completion);
        add_known();
        add_budgets();
        for (const auto& [account, patients] : closing_.snapshot.lists) {
            inputs_.lists[holder(account)] = patients;
        }
        return std::move(inputs_);
    }

  private:
    [[nodiscard]] Account holder(Account account) const {
        const auto found = closing_.snapshot.rolls_to.find(account);
        return found == closing_.snapshot.rolls_to.end() ? account : found->second;
    }

    [[nodiscard]] bool is_outside(Account account, BudgetLine line) const {
        const auto found = closing_.snapshot.outside.find(account);
        return found != closing_.snapshot.outside.end() && found->second.contains(line);
    }

    void add_costs(const Completion& completion) {
        std::map<std::tuple<Account, BudgetLine, Month>, Pence> sums;
        for (const AccountCost& cost : history_.costs) {
            const Account account = holder(cost.account);
            if (is_outside(account, cost.line)) continue;
            sums[{account, cost.line, cost.month}] += cost.cost;
        }
        const FinancialYear year = inputs_.month.financial_year();
        for (const IncompleteCell& cell :
             incomplete_cells(history_.unfrozen, history_.stage_of, completion)) {
            const Account account = holder(cell.account);
            if (is_outside(account, cell.line)) continue;
            sums[{account, cell.line, cell.month}] += cell.more;
            if (cell.month.financial_year() == year) {
                inputs_.more[{account, cell.line}] += cell.expected();
            }
        }
        for (const auto& [key, cost] : sums) {
            const auto& [account, line, month] = key;
            inputs_.costs.push_back({account, line, month, cost});
        }
    }

    // The newest months of each data set that have no gap.
    void add_known() {
        std::map<DataSet, std::set<Month>> loaded;
        for (const HistoryBatch& batch : closing_.history.batches) {
            loaded[batch.batch.load.set].insert(batch.batch.load.month);
        }
        for (const BudgetLineName& line : budget_lines) {
            const auto set = source_of(line.line);
            if (!set || !loaded.contains(*set)) continue;
            const std::set<Month>& months = loaded.at(*set);
            const Month last = *months.rbegin();
            Month first = last;
            while (months.contains(first - 1)) first = first - 1;
            inputs_.known[line.line] = {first, last};
        }
    }

    void add_budgets() {
        for (const auto& [account, lines] : closing_.snapshot.budgets) {
            for (const auto& [line, budget] : lines) add_budget(account, line, budget);
        }
        for (const BudgetChange& change : closing_.snapshot.changes) {
            add_budget(change.account, change.line, change.budget);
        }
    }

    void add_budget(Account account, BudgetLine line, const LineBudget& budget) {
        if (is_outside(holder(account), line)) return;
        inputs_.budgets[holder(account)][line] += budget.annual;
        inputs_.budgets_left[holder(account)][line] += budget.annual - budget.to_date;
    }

    const MonthInputs& closing_;
    const SiteHistory& history_;
    YearForecastInputs inputs_;
};

}  // namespace

Result<YearForecastInputs> forecast_inputs(const Site& site, Month month, const MonthInputs& inputs,
                                           const SiteHistory& history) {
    const auto rules = read_completion_rules(site.rules_folder() / "forecast.toml");
    if (!rules) return rules.problem();
    auto profiles = read_profile_rules(site.rules_folder() / "budget_lines.toml");
    if (!profiles) return profiles.problem();
    auto commitments = read_commitments(site.local_commitments_file());
    if (!commitments) return commitments.problem();
    YearForecastInputs made =
        ForecastInputsMaker(month, inputs, history).made(Completion(history.stages, *rules));
    made.profiles = std::move(*profiles);
    made.commitments = std::move(*commitments);
    return made;
}

Result<YearForecast> forecast_at_close(const Site& site, Month month, const MonthInputs& inputs,
                                       const SiteHistory& history) {
    const auto made = forecast_inputs(site, month, inputs, history);
    if (!made) return made.problem();
    YearForecast forecast = forecast_year(*made);
    const auto& rolls_to = inputs.snapshot.rolls_to;
    const RollUp roll_up = [&rolls_to](Account account) {
        const auto found = rolls_to.find(account);
        return found == rolls_to.end() ? account : found->second;
    };
    add_contracts(forecast, inputs.snapshot.contracts, month, roll_up, inputs.snapshot.outside,
                  made->budgets);
    return forecast;
}

}  // namespace purse
