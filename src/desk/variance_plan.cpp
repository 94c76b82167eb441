#include "desk/variance_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "desk/budget_setting.hpp"
#include "desk/budgets_in_force.hpp"
#include "desk/month_inputs.hpp"

namespace purse {

namespace {

struct SetFrom {
    DraftDerivation draft;
    std::map<PracticeCode, const DerivationPractice*> practices;
};

std::int64_t sum_of_weights(const Profile& profile, int months) {
    std::int64_t sum = 0;
    for (int i = 0; i < months; ++i) sum += profile.weights.at(static_cast<std::size_t>(i));
    return sum;
}

class PlanMaker {
  public:
    PlanMaker(const Site& site, const MonthReports& reports, CellDetail detail,
              const std::vector<Account>& accounts)
        : site_(site),
          reports_(reports),
          detail_(detail),
          accounts_(accounts),
          month_(reports.setting.month),
          year_(month_.financial_year()),
          first_day_(year_.first_month().first_day()) {
        plan_.affiliations = affiliations_of(site);
        const auto ours = plan_.affiliations->ours_on(first_day_);
        ours_.insert(ours.begin(), ours.end());
    }

    Result<VariancePlan> make() {
        in_force_ = budgets_in_force(site_, year_);
        auto profiles = LineProfiles::of(site_, year_);
        if (!profiles) return profiles.problem();
        profiles_ = std::move(*profiles);
        for (const auto& [practice, budget] : in_force_) {
            if (budget.draft.empty() || drafts_.contains(budget.draft)) continue;
            if (auto read = read_draft(budget.draft); !read) return read.problem();
        }
        for (const auto& [name, draft] : drafts_) {
            if (auto added = add_baseline(name, draft); !added) return added.problem();
        }
        if (auto added = add_last_year(); !added) return added.problem();
        for (const auto& [practice, budget] : in_force_) {
            plan_.basis.try_emplace(reports_.roll_up(practice),
                                    PlanBasis{.says = "no records of the year before are loaded: "
                                                      "there is no planned activity to "
                                                      "measure from"});
        }
        return std::move(plan_);
    }

  private:
    Outcome read_draft(const std::string& name) {
        auto read = derivation_of(site_, year_, name);
        if (!read) return read.problem();
        SetFrom& draft = drafts_.emplace(name, SetFrom{std::move(*read), {}}).first->second;
        for (const DerivationPractice& practice : draft.draft.file.inputs.practices) {
            draft.practices[practice.practice] = &practice;
        }
        return Nothing{};
    }

    // The records' own years priced by the budget year's list, as budgets are set.
    Outcome find_books(const std::vector<CurrentBatch>& batches) {
        for (const CurrentBatch& batch : batches) {
            const FinancialYear of = batch.batch.load.month.financial_year();
            if (batch.batch.load.set == DataSet::prescribing || plan_.books.contains(of)) continue;
            auto book = price_book_of(site_, year_, version_of_year(), of);
            if (!book) return book.problem();
            plan_.books.emplace(of, std::move(*book));
        }
        return Nothing{};
    }

    [[nodiscard]] std::optional<std::string> version_of_year() const {
        for (const ClosingTariff& tariff : reports_.closing.closing.tariffs) {
            if (tariff.year == year_) return tariff.version;
        }
        return std::nullopt;
    }

    Result<std::vector<ActivityCell>> cells_of(const std::vector<CurrentBatch>& batches, Month from,
                                               Month to, const std::vector<Account>& accounts) {
        if (auto found = find_books(batches); !found) return found.problem();
        std::vector<BatchToPrice> to_be_priced;
        for (const CurrentBatch& batch : batches) {
            to_be_priced.push_back(to_price(site_, batch, plan_.books));
        }
        const CellsWanted wanted{from, to, accounts, detail_};
        if (!accounts_.empty()) {
            return cells_of_batches(to_be_priced, *plan_.affiliations, wanted,
                                    site_.database_limits());
        }
        auto both =
            activity_and_costs(to_be_priced, *plan_.affiliations, wanted, site_.database_limits());
        if (!both) return both.problem();
        plan_.records.push_back({from, to, std::move(both->by_age)});
        return std::move(both->cells);
    }

    [[nodiscard]] std::string prices() const {
        return plan_.books.empty() ? "prescribing as it was paid"
                                   : version_in_words(plan_.books.begin()->second);
    }

    Outcome add_baseline(const std::string& name, const SetFrom& set_from) {
        const DerivationInputs& inputs = set_from.draft.file.inputs;
        const auto batches = frozen_batches(site_, inputs.baseline_from, inputs.baseline_to);
        if (!batches) return batches.problem();
        // A part of the commissioner's rates is of every account's records.
        const bool any_shared =
            std::ranges::any_of(set_from.draft.file.derivation.scheme.blocks, is_shared);
        const auto cells = cells_of(*batches, inputs.baseline_from, inputs.baseline_to,
                                    any_shared ? std::vector<Account>() : accounts_);
        if (!cells) return cells.problem();
        for (const ActivityCell& cell : *cells) {
            const PracticeCode practice =
                answering(*plan_.affiliations, ours_, cell.account, first_day_);
            if (practice.empty()) continue;
            add_shared(name, set_from, cell);
            const auto budget = in_force_.find(practice);
            if (budget == in_force_.end() || budget->second.draft != name) continue;
            const auto known = set_from.practices.find(practice);
            if (known == set_from.practices.end() || shares_by_need(set_from, cell.line)) continue;
            add(practice, cell, part_of_year(cell.line, *known->second));
        }
        for (const auto& [practice, budget] : in_force_) {
            if (budget.draft == name) tell_baseline(practice, name, set_from);
        }
        return Nothing{};
    }

    [[nodiscard]] static const SchemeBlock* block_of(const SetFrom& set_from, BudgetLine line) {
        return set_from.draft.file.derivation.scheme.block_of(line);
    }

    [[nodiscard]] static bool is_shared(const SchemeBlock& block) {
        return block.method == BudgetMethod::fair_share;
    }

    [[nodiscard]] static bool shares_by_need(const SetFrom& set_from, BudgetLine line) {
        const SchemeBlock* block = block_of(set_from, line);
        return block != nullptr && is_shared(*block);
    }

    // The commissioner's rates on each weighted list: every practice's part of the cell.
    void add_shared(const std::string& name, const SetFrom& set_from, const ActivityCell& cell) {
        if (!shares_by_need(set_from, cell.line)) return;
        const std::string& need = block_of(set_from, cell.line)->need;
        std::int64_t all = 0;
        for (const auto& [code, practice] : set_from.practices) all += practice->needs.at(need);
        for (const auto& [code, practice] : set_from.practices) {
            const auto budget = in_force_.find(code);
            if (budget == in_force_.end() || budget->second.draft != name) continue;
            const Profile& profile = profiles_.at(cell.line);
            add(code, cell,
                {sum_of_weights(profile, month_.place_in_year()) * practice->needs.at(need),
                 sum_of_weights(profile, months_in_year) * all});
        }
    }

    using Part = std::pair<std::int64_t, std::int64_t>;

    // By the line's profile, on this year's list, as the budget is.
    [[nodiscard]] Part part_of_year(BudgetLine line, const DerivationPractice& practice) const {
        const Profile& profile = profiles_.at(line);
        Part part{sum_of_weights(profile, month_.place_in_year()),
                  sum_of_weights(profile, months_in_year)};
        if (practice.list_then > Patients() && practice.list_now > Patients()) {
            part.first *= practice.list_now.thousandths();
            part.second *= practice.list_then.thousandths();
        }
        return part;
    }

    void add(PracticeCode practice, const ActivityCell& cell, Part part) {
        plan_.cells.push_back({reports_.roll_up(practice), cell, part.first, part.second});
    }

    void tell_baseline(PracticeCode practice, const std::string& name, const SetFrom& set_from) {
        const DerivationInputs& inputs = set_from.draft.file.inputs;
        PlanBasis basis;
        basis.from = inputs.baseline_from;
        basis.to = inputs.baseline_to;
        basis.prices = prices();
        basis.on_this_years_list = true;
        const bool all_shared =
            std::ranges::all_of(set_from.draft.file.derivation.scheme.blocks, is_shared);
        basis.kind = all_shared ? PlanKind::fair_share : PlanKind::baseline;
        basis.says = fmt::format(
            "the plan is {} {} to {} (at freeze), which the budget '{}' was set from: {}, the part "
            "of the year to {} by each line's profile, at the prices of {} ({})",
            all_shared ? "the commissioner's records of" : "the practice's own records of",
            in_words(basis.from), in_words(basis.to), name,
            all_shared ? "the practice's part of the weighted lists"
                       : "brought to the list that the budget is for",
            in_words(month_), to_text(year_), basis.prices);
        keep(practice, std::move(basis));
    }

    // A practice's own before those of the practices that merged into it.
    void keep(PracticeCode practice, PlanBasis basis) {
        const Account holder = reports_.roll_up(practice);
        if (practice == holder || !plan_.basis.contains(holder)) {
            plan_.basis[holder] = std::move(basis);
        }
    }

    [[nodiscard]] bool set_elsewhere(PracticeCode practice) const {
        const auto budget = in_force_.find(practice);
        return budget != in_force_.end() && budget->second.draft.empty();
    }

    // Of what was loaded when the month was closed.
    Outcome add_last_year() {
        if (std::ranges::none_of(in_force_,
                                 [](const auto& one) { return one.second.draft.empty(); })) {
            return Nothing{};
        }
        auto batches = batches_of(site_, reports_.closing);
        if (!batches) return batches.problem();
        const Month from = year_.first_month() - 12;
        const Month to = month_ - 12;
        std::erase_if(*batches, [&](const CurrentBatch& batch) {
            return batch.batch.load.month < from || batch.batch.load.month > to;
        });
        if (batches->empty()) return Nothing{};
        const auto cells = cells_of(*batches, from, to, accounts_);
        if (!cells) return cells.problem();
        for (const ActivityCell& cell : *cells) {
            const PracticeCode practice =
                answering(*plan_.affiliations, ours_, cell.account, first_day_);
            if (set_elsewhere(practice)) add(practice, cell, {1, 1});
        }
        PlanBasis basis;
        basis.kind = PlanKind::last_year;
        basis.from = from;
        basis.to = to;
        basis.prices = prices();
        basis.says = fmt::format(
            "the budget was set elsewhere and says nothing of activity: the plan is the practice's "
            "own records of the same months of the year before ({} to {}), at the prices of {} "
            "({}); what the budget does not back of it is the first part",
            in_words(from), in_words(to), to_text(year_), basis.prices);
        for (const auto& [practice, budget] : in_force_) {
            if (budget.draft.empty()) keep(practice, basis);
        }
        return Nothing{};
    }

    static constexpr int months_in_year = 12;
    const Site& site_;
    const MonthReports& reports_;
    CellDetail detail_;
    const std::vector<Account>& accounts_;
    Month month_;
    FinancialYear year_;
    Date first_day_;
    std::set<PracticeCode> ours_;
    std::map<PracticeCode, PracticeInForce> in_force_;
    LineProfiles profiles_;
    std::map<std::string, SetFrom> drafts_;
    VariancePlan plan_;
};

}  // namespace

Result<VariancePlan> variance_plan(const Site& site, const MonthReports& reports, CellDetail detail,
                                   const std::vector<Account>& accounts) {
    return PlanMaker(site, reports, detail, accounts).make();
}

Result<std::vector<CurrentBatch>> batches_of(const Site& site, const Closing& closing) {
    std::map<std::int64_t, CurrentBatch> batches;
    for (const ClosingBatch& one : closing.closing.batches) {
        CurrentBatch& batch = batches[one.batch.value];
        if (batch.providers.empty()) {
            auto known = site.decisions().batch(one.batch);
            if (!known) return known.problem();
            batch.batch = std::move(*known);
        }
        batch.providers.push_back(one.provider);
    }
    std::vector<CurrentBatch> all;
    for (auto& [number, batch] : batches) {
        std::ranges::sort(batch.providers);
        all.push_back(std::move(batch));
    }
    return all;
}

}  // namespace purse
