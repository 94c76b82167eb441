// The waterfall of a practice's budget in words.
#include <fmt/format.h>

#include <algorithm>

#include "budget/waterfall_notes.hpp"
#include "budget/waterfall_scope.hpp"
#include "budget/waterfall_sentences.hpp"
#include "budget/waterfall_sources.hpp"
#include "budget/waterfall_sums.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

class Teller {
  public:
    explicit Teller(const WaterfallScope& scope) : scope_(scope) {}

    Waterfall tell() {
        waterfall_.practice = scope_.practice.practice;
        waterfall_.name = scope_.practice.name;
        waterfall_.year = inputs_.year;
        waterfall_.what = scope_.line ? std::string(name_of(*scope_.line).name) : "All lines";
        waterfall_.net = own_.net;
        tell_history();
        tell_method();
        tell_hand_backs();
        waterfall_.notes = notes_of(scope_);
        for (const BlockResult& block : scope_.derivation.year.blocks) {
            if (!scope_.covers(block)) continue;
            waterfall_.blocks.push_back(
                told(scope_.figures_of(block), scope_.practice.practice, scheme_.pace));
        }
        return std::move(waterfall_);
    }

  private:
    using Level = Pence WaterfallLevels::*;

    void level(std::string title, std::string says, Level amount, std::string source) {
        waterfall_.steps.push_back({std::move(title), std::move(says), "", own_.*amount,
                                    all_.*amount, std::move(source), true});
    }

    // From one level to the next.
    void step(std::string title, std::string says, std::string arithmetic, Level from, Level to,
              std::string source) {
        waterfall_.steps.push_back({std::move(title), std::move(says), std::move(arithmetic),
                                    own_.*to - own_.*from, all_.*to - all_.*from, std::move(source),
                                    false});
    }

    void tell_history() {
        level("Care of the baseline year",
              fmt::format("From {} to {} your patients' care cost {}.",
                          in_words(inputs_.baseline_from), in_words(inputs_.baseline_to),
                          roughly(own_.baseline)),
              &WaterfallLevels::baseline,
              "records at freeze, " + inputs_.price_source + derivation_rows("input", "baseline"));
        const Pence price = own_.repriced - own_.baseline;
        const Pence others = all_.repriced - all_.baseline;
        step("Prices",
             fmt::format(
                 "The same care at the prices of {} costs {} {} (all practices: {}), {}.",
                 to_text(inputs_.year), percent(std::abs(price.count()), own_.baseline.count()),
                 price < Pence(0) ? "less" : "more",
                 percent(others.count(), all_.baseline.count(), true), change_in_words(price)),
             price_sum(scope_), &WaterfallLevels::baseline, &WaterfallLevels::repriced,
             inputs_.price_source + derivation_rows("input", "repriced"));
        tell_saving();
        tell_list();
        tell_uplifts();
        tell_entries(true, &WaterfallLevels::with_efficiency, &WaterfallLevels::opening);
        level("Opening budget", "What your own history comes to before it is fitted to the money.",
              &WaterfallLevels::opening, "");
    }

    // Only where the draft has savings on these lines.
    void tell_saving() {
        if (std::ranges::none_of(inputs_.savings, [this](const RecordedSaving& saving) {
                return scope_.covers(saving.line);
            })) {
            return;
        }
        const Pence kept_up = own_.protected_saving - own_.repriced;
        step("Saver's protection",
             kept_up == Pence(0)
                 ? "A practice that freed up money is not cut for it: nothing of yours is under "
                   "this protection."
                 : fmt::format("You freed up money in an earlier year. For {} years your baseline "
                               "is not cut for it, {}.",
                               scheme_.saver_years, change_in_words(kept_up)),
             "the lesser of what was saved and what the line has fallen by since, at the year's "
             "prices",
             &WaterfallLevels::repriced, &WaterfallLevels::protected_saving,
             from_scheme(scope_, "shares.saver_years"));
    }

    void tell_list() {
        std::int64_t all_then = 0, all_now = 0;
        for (const DerivationPractice& one : inputs_.practices) {
            all_then += one.list_then.thousandths();
            all_now += one.list_now.thousandths();
        }
        const Patients then = scope_.practice.list_then;
        const Patients now = scope_.practice.list_now;
        step("Your list",
             fmt::format("Your list {}, from {} to {} patients (all practices: {}), {}.",
                         growth_in_words(then.thousandths(), now.thousandths()),
                         patients_in_words(then), patients_in_words(now),
                         percent(all_now - all_then, all_then, true),
                         change_in_words(own_.on_new_list - own_.protected_saving)),
             list_sum(scope_), &WaterfallLevels::protected_saving, &WaterfallLevels::on_new_list,
             inputs_.list_source + derivation_rows("practice", "list_then, list_now"));
    }

    void tell_uplifts() {
        const Pence more = own_.with_growth - own_.on_new_list;
        step("Growth that was granted",
             fmt::format("The commissioner granted growth, {}.", change_in_words(more)),
             growth_sum(scope_), &WaterfallLevels::on_new_list, &WaterfallLevels::with_growth,
             uplift_source(scope_, "growth"));
        const Pence less = own_.with_efficiency - own_.with_growth;
        step("Efficiency",
             fmt::format("Efficiency asked of lines outside the tariff (a tariff has its own "
                         "inside), {}.",
                         change_in_words(less)),
             efficiency_sum(scope_), &WaterfallLevels::with_growth,
             &WaterfallLevels::with_efficiency, uplift_source(scope_, "efficiency"));
    }

    // The entries that stay, or those of this year only: a step a kind that the draft has, so that
    // a repayment is told apart from a transfer.
    void tell_entries(bool recurrent, Level from, Level to) {
        std::map<EntryKind, std::pair<Pence, Pence>> by_kind;  // the practice's, everybody's
        std::pair<Pence, Pence> rest(own_.*to - own_.*from, all_.*to - all_.*from);
        for (const BudgetAdjustment& entry : inputs_.adjustments) {
            if (entry.recurrent != recurrent || entry.kind == EntryKind::other ||
                !scope_.covers(entry.line)) {
                continue;
            }
            auto& [own, all] = by_kind[entry.kind];
            if (entry.practice == scope_.practice.practice) {
                own += entry.amount;
                rest.first -= entry.amount;
            }
            all += entry.amount;
            rest.second -= entry.amount;
        }
        for (const auto& [kind, amounts] : by_kind) tell_entry(kind, recurrent, amounts);
        if (by_kind.empty() || rest != std::pair<Pence, Pence>()) {
            tell_entry(EntryKind::other, recurrent, rest);
        }
    }

    void tell_entry(EntryKind kind, bool recurrent, const std::pair<Pence, Pence>& amounts) {
        waterfall_.steps.push_back(
            {std::string(title_of(kind, recurrent)),
             fmt::format("Dated entries {}{}, {}.", recurrent ? "that stay" : "of this year only",
                         is_kept_by_commissioner(kind) ? ", which the commissioner keeps" : "",
                         change_in_words(amounts.first)),
             entries_sum(scope_, kind, recurrent), amounts.first, amounts.second,
             "entries of the draft" + derivation_rows("entry", recurrent ? "recurrent" : "one_off"),
             false});
    }

    void tell_method() {
        tell_fitting();
        step("Lines moved together",
             fmt::format("Lines that one need weight fits are moved as one sum; your share of the "
                         "sum is not the sum of your shares, {}.",
                         change_in_words(own_.pooled - own_.stand_still)),
             pooling_sum(scope_), &WaterfallLevels::stand_still, &WaterfallLevels::pooled,
             fmt::format("scheme {}, blocks", scheme_.name));
        step(move_title(scope_),
             fmt::format("{}, {}.", move_in_words(scope_),
                         change_in_words(own_.paced - own_.pooled)),
             move_sum(scope_), &WaterfallLevels::pooled, &WaterfallLevels::paced,
             move_source(scope_));
        tell_entries(false, &WaterfallLevels::paced, &WaterfallLevels::gross);
        level("Gross budget", "100% of the money is given out; then you hand back what was agreed.",
              &WaterfallLevels::gross, "");
    }

    void tell_fitting() {
        step("Fitting to the money",
             fmt::format("All opening budgets come to {}, and the money for practices is {} ({}): "
                         "everybody's share is fitted, {}.",
                         roughly(all_.opening), roughly(all_.paced),
                         percent((all_.paced - all_.opening).count(), all_.opening.count(), true),
                         change_in_words(own_.stand_still - own_.opening)),
             fitting_sum(scope_), &WaterfallLevels::opening, &WaterfallLevels::stand_still,
             money_source(scope_));
    }

    void tell_hand_backs() {
        tell_hand_back("To the risk pool", "to the risk pool", scheme_.risk_pool,
                       &WaterfallLevels::risk_pool, "shares.risk_pool");
        tell_hand_back("To management", "for the commissioner's management", scheme_.management,
                       &WaterfallLevels::management, "shares.management");
        level("Net budget", fmt::format("Your budget for {}.", to_text(inputs_.year)),
              &WaterfallLevels::net, "");
    }

    void tell_hand_back(std::string title, std::string_view what, Factor share, Level amount,
                        std::string_view key) {
        waterfall_.steps.push_back(
            {std::move(title),
             fmt::format("You hand back {} of the gross budget {}.", exact_percent(share), what),
             hand_back_sum(scope_, share, own_.*amount), -(own_.*amount), -(all_.*amount),
             from_scheme(scope_, key), false});
    }

    const WaterfallScope& scope_;
    const DerivationInputs& inputs_ = scope_.inputs;
    const Scheme& scheme_ = scope_.derivation.scheme;
    const WaterfallLevels& own_ = scope_.own;
    const WaterfallLevels& all_ = scope_.all;
    Waterfall waterfall_;
};

void check_steps(const Waterfall& waterfall) {
    Pence sum = waterfall.steps.front().amount;
    for (std::size_t i = 1; i < waterfall.steps.size(); ++i) {
        const WaterfallStep& step = waterfall.steps[i];
        if (step.is_level) {
            CHECK(step.amount == sum);
        } else {
            sum += step.amount;
        }
    }
    CHECK(sum == waterfall.net);
}

Waterfall told_of(const WaterfallScope& scope) {
    Waterfall waterfall = Teller(scope).tell();
    check_steps(waterfall);
    return waterfall;
}

}  // namespace

Result<Waterfall> waterfall_of(const DerivationInputs& inputs, const Derivation& derivation,
                               PracticeCode practice, std::optional<BudgetLine> line) {
    const auto found = std::ranges::find(inputs.practices, practice, &DerivationPractice::practice);
    if (found == inputs.practices.end()) {
        return not_found(
            fmt::format("{} has no budget in the draft '{}'", practice.text(), inputs.name));
    }
    if (line && !inputs.allocation.contains(*line)) {
        return not_found(
            fmt::format("the draft '{}' has no line '{}'", inputs.name, name_of(*line).code));
    }
    Waterfall waterfall = told_of({inputs, derivation, *found, line});
    if (line) return waterfall;
    for (const DerivationLine& own : found->lines) {
        waterfall.by_line.push_back(told_of({inputs, derivation, *found, own.line}));
    }
    return waterfall;
}

}  // namespace purse
