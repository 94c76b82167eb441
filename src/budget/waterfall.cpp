// The waterfall of a practice's budget in words.
#include <fmt/format.h>

#include <algorithm>

#include "budget/derivation.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

// The levels summed over the lines asked for: of the practice, and of everybody.
struct Levels {
    Pence baseline, repriced, protected_saving, on_new_list, with_growth, with_efficiency, opening;
    Pence stand_still, paced, gross, risk_pool, management, net;

    void add(const DerivedLine& line) {
        baseline += line.baseline;
        repriced += line.repriced;
        protected_saving += line.protected_saving;
        on_new_list += line.on_new_list;
        with_growth += line.with_growth;
        with_efficiency += line.with_efficiency;
        opening += line.opening;
        stand_still += line.stand_still;
        paced += line.paced;
        gross += line.gross;
        risk_pool += line.risk_pool;
        management += line.management;
        net += line.net;
    }
};

std::string percent(wide numerator, wide denominator) {
    if (denominator == 0) return "–";
    const std::int64_t tenths = divided(numerator * 1000, denominator, Rounding::half_up);
    return fmt::format("{}{}.{}%", tenths < 0 ? "−" : "", std::abs(tenths) / 10,
                       std::abs(tenths) % 10);
}

std::string added(Pence amount) {
    if (amount == Pence(0)) return "which changed nothing";
    return amount > Pence(0) ? "which added " + in_pounds(amount)
                             : "which took away " + in_pounds(-amount);
}

std::string percent_of(std::int64_t millionths) { return percent(millionths, Factor::one); }

class Teller {
  public:
    Teller(const DerivationInputs& inputs, const Derivation& derivation,
           const DerivationPractice& practice, std::optional<BudgetLine> line)
        : inputs_(inputs), derivation_(derivation), practice_(practice), line_(line) {
        for (const DerivedLine& derived : derivation.lines) {
            if (line && derived.line != *line) continue;
            all_.add(derived);
            if (derived.practice == practice.practice) own_.add(derived);
        }
    }

    Waterfall tell() {
        waterfall_.practice = practice_.practice;
        waterfall_.name = practice_.name;
        waterfall_.year = inputs_.year;
        waterfall_.what = line_ ? std::string(name_of(*line_).name) : "All lines";
        waterfall_.net = own_.net;
        tell_history();
        tell_method();
        tell_hand_backs();
        note_distances();
        for (const BaselineRemark& remark : inputs_.remarks) {
            if (remark.practice != practice_.practice || (line_ && remark.line != *line_)) continue;
            waterfall_.notes.push_back(remark.says);
        }
        return std::move(waterfall_);
    }

  private:
    void level(std::string title, std::string says, Pence Levels::* amount, std::string source) {
        waterfall_.steps.push_back({std::move(title), std::move(says), "", own_.*amount,
                                    all_.*amount, std::move(source), true});
    }

    // From one level to the next.
    void step(std::string title, std::string says, std::string arithmetic, Pence Levels::* from,
              Pence Levels::* to, std::string source) {
        waterfall_.steps.push_back({std::move(title), std::move(says), std::move(arithmetic),
                                    own_.*to - own_.*from, all_.*to - all_.*from, std::move(source),
                                    false});
    }

    [[nodiscard]] std::string from_scheme(std::string_view key) const {
        const auto found = derivation_.scheme.sources.find(std::string(key));
        const std::string why = found == derivation_.scheme.sources.end() ? "" : found->second;
        return fmt::format("scheme {}, {}: {}", derivation_.scheme.name, key, why);
    }

    void tell_history() {
        level("Care of the baseline year",
              fmt::format("From {} to {} your patients' care cost {}.",
                          to_text(inputs_.baseline_from), to_text(inputs_.baseline_to),
                          in_pounds(own_.baseline)),
              &Levels::baseline, "records at freeze, " + inputs_.price_source);
        const Pence price = own_.repriced - own_.baseline;
        step(
            "Prices",
            fmt::format("The same care at the prices of {} costs {} {}, {}.", to_text(inputs_.year),
                        percent(std::abs(price.count()), own_.baseline.count()),
                        price < Pence(0) ? "less" : "more", added(price)),
            fmt::format("{} − {}", in_pounds(own_.repriced), in_pounds(own_.baseline)),
            &Levels::baseline, &Levels::repriced, inputs_.price_source);
        tell_saving();
        const std::int64_t change =
            practice_.list_now.thousandths() - practice_.list_then.thousandths();
        step("Your list",
             fmt::format("Your list went from {} to {} ({}), {}.", to_text(practice_.list_then),
                         to_text(practice_.list_now),
                         percent(change, practice_.list_then.thousandths()),
                         added(own_.on_new_list - own_.protected_saving)),
             fmt::format("{} × {} ÷ {}, line by line", in_pounds(own_.protected_saving),
                         to_text(practice_.list_now), to_text(practice_.list_then)),
             &Levels::protected_saving, &Levels::on_new_list, inputs_.list_source);
        tell_uplifts();
        tell_entries(true, &Levels::with_efficiency, &Levels::opening);
        level("Opening budget", "What your own history comes to before it is fitted to the money.",
              &Levels::opening, "");
    }

    // Only where the draft has savings on these lines.
    void tell_saving() {
        if (std::ranges::none_of(inputs_.savings, [this](const RecordedSaving& saving) {
                return !line_ || saving.line == *line_;
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
                               derivation_.scheme.saver_years, added(kept_up)),
             "the lesser of what was saved and what the line has fallen by since, at the year's "
             "prices",
             &Levels::repriced, &Levels::protected_saving, from_scheme("shares.saver_years"));
    }

    // The entries that stay, or those of this year only: a step a kind that the draft has, so that
    // a repayment is told apart from a transfer.
    void tell_entries(bool recurrent, Pence Levels::* from, Pence Levels::* to) {
        std::map<EntryKind, std::pair<Pence, Pence>> by_kind;  // the practice's, everybody's
        std::pair<Pence, Pence> rest(own_.*to - own_.*from, all_.*to - all_.*from);
        for (const BudgetAdjustment& entry : inputs_.adjustments) {
            if (entry.recurrent != recurrent || entry.kind == EntryKind::other ||
                (line_ && entry.line != *line_)) {
                continue;
            }
            auto& [own, all] = by_kind[entry.kind];
            if (entry.practice == practice_.practice) {
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
                         added(amounts.first)),
             "the sum of the entries", amounts.first, amounts.second, "entries of the draft",
             false});
    }

    void tell_uplifts() {
        const Pence growth = own_.with_growth - own_.on_new_list;
        step("Growth that was granted",
             fmt::format("The commissioner granted growth, {}.", added(growth)),
             uplift_arithmetic(&Uplift::growth, "+"), &Levels::on_new_list, &Levels::with_growth,
             fmt::format("scheme {}, uplifts", derivation_.scheme.name));
        const Pence efficiency = own_.with_efficiency - own_.with_growth;
        step("Efficiency",
             fmt::format("Efficiency asked of lines outside the tariff (a tariff has its own "
                         "inside), {}.",
                         added(efficiency)),
             uplift_arithmetic(&Uplift::efficiency, "−"), &Levels::with_growth,
             &Levels::with_efficiency, fmt::format("scheme {}, uplifts", derivation_.scheme.name));
    }

    [[nodiscard]] std::string uplift_arithmetic(Factor Uplift::* which,
                                                std::string_view sign) const {
        std::string text;
        for (const auto& [line, uplift] : derivation_.scheme.uplifts) {
            if (uplift.*which == Factor(0) || (line_ && line != *line_)) continue;
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", name_of(line).name, sign,
                                percent_of((uplift.*which).millionths()));
        }
        return text.empty() ? "none" : text;
    }

    void tell_method() {
        step("Fitting to the money",
             fmt::format("All opening budgets come to {}, and the money for practices is {}: "
                         "everybody's share is fitted, {}.",
                         in_pounds(all_.opening), in_pounds(all_.paced),
                         added(own_.stand_still - own_.opening)),
             fmt::format("{} × the line's envelope ÷ all openings of the line, line by line",
                         in_pounds(own_.opening)),
             &Levels::opening, &Levels::stand_still, "allocation of the draft");
        step("Towards your fair share",
             fmt::format("The move of the year towards your fair share, {}.",
                         added(own_.paced - own_.stand_still)),
             "the pace of change, block by block: see the notes", &Levels::stand_still,
             &Levels::paced, from_scheme("pace.rate"));
        tell_entries(false, &Levels::paced, &Levels::gross);
        level("Gross budget", "100% of the money is given out; then you hand back what was agreed.",
              &Levels::gross, "");
    }

    void tell_hand_backs() {
        const auto back = [&](std::string title, std::string_view what, Factor share,
                              Pence Levels::* amount, std::string_view key) {
            waterfall_.steps.push_back(
                {std::move(title),
                 fmt::format("You hand back {} of the gross budget {}.",
                             percent_of(share.millionths()), what),
                 fmt::format("{} × {}, line by line", in_pounds(own_.gross), to_text(share)),
                 -(own_.*amount), -(all_.*amount), from_scheme(key), false});
        };
        back("To the risk pool", "to the risk pool", derivation_.scheme.risk_pool,
             &Levels::risk_pool, "shares.risk_pool");
        back("To management", "for the commissioner's management", derivation_.scheme.management,
             &Levels::management, "shares.management");
        level("Net budget", fmt::format("Your budget for {}.", to_text(inputs_.year)), &Levels::net,
              "");
    }

    void note_distances() {
        for (const BlockResult& block : derivation_.year.blocks) {
            if (!block.paced ||
                (line_ && derivation_.scheme.block_of(*line_)->name != block.name)) {
                continue;
            }
            const auto at = std::ranges::find(block.paced->practices, practice_.practice,
                                              &PacedPractice::practice);
            if (at != block.paced->practices.end()) note(block, *at);
        }
    }

    void note(const BlockResult& block, const PacedPractice& at) {
        std::string text = fmt::format(
            "{}: your share of last year's money is {} in this year's; your fair share by need is "
            "{}. You are {} {} it; after this year {}.",
            block.name, in_pounds(at.stand_still), in_pounds(at.fair_share),
            percent_of(std::abs(at.distance_before)), at.distance_before < 0 ? "below" : "above",
            percent_of(at.distance_after));
        if (at.move != 0) {
            text += fmt::format(" The rule's move is {} of your share.", percent_of(at.move));
        }
        if (at.floor_applied)
            text += " No practice's cash falls below its floor: yours stays at it.";
        if (at.cap_applied) text += " The move was held at the year's cap.";
        if (at.minimum_unfunded) {
            text += " The money released by others did not reach the least move upwards.";
        }
        if (const auto years = years_of(block); years) {
            text += *years == no_year_of_this_scheme
                        ? " At this pace you would not come within the tolerance."
                        : fmt::format(" Years until you are within the tolerance: {}.", *years);
        }
        waterfall_.notes.push_back(std::move(text));
    }

    [[nodiscard]] std::optional<int> years_of(const BlockResult& block) const {
        for (const PracticeLineBudget& row : derivation_.year.budgets) {
            if (row.practice == practice_.practice &&
                derivation_.scheme.block_of(row.line)->name == block.name) {
                return row.years_to_tolerance;
            }
        }
        return std::nullopt;
    }

    const DerivationInputs& inputs_;
    const Derivation& derivation_;
    const DerivationPractice& practice_;
    std::optional<BudgetLine> line_;
    Levels own_, all_;
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
    Waterfall waterfall = Teller(inputs, derivation, *found, line).tell();
    check_steps(waterfall);
    return waterfall;
}

}  // namespace purse
