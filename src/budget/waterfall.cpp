// The waterfall of a practice's budget in words.
#include <fmt/format.h>

#include <algorithm>

#include "budget/derivation.hpp"
#include "budget/pooled_lines.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

// The levels summed over the lines asked for: of the practice, and of everybody.
struct Levels {
    Pence baseline, repriced, protected_saving, on_new_list, with_growth, with_efficiency, opening;
    Pence stand_still, pooled, paced, gross, risk_pool, management, net;

    void add(const DerivedLine& line, Pence pooling) {
        baseline += line.baseline;
        repriced += line.repriced;
        protected_saving += line.protected_saving;
        on_new_list += line.on_new_list;
        with_growth += line.with_growth;
        with_efficiency += line.with_efficiency;
        opening += line.opening;
        stand_still += line.stand_still;
        pooled += line.stand_still + pooling;
        paced += line.paced;
        gross += line.gross;
        risk_pool += line.risk_pool;
        management += line.management;
        net += line.net;
    }
};

// For a sentence: pence stand in the arithmetic.
std::string added(Pence amount) {
    if (amount == Pence(0)) return "which changed nothing";
    return amount > Pence(0) ? "which added " + roughly(amount)
                             : "which took away " + roughly(-amount);
}

std::string percent_of(std::int64_t millionths) { return percent(millionths, Factor::one); }

// Where the sum in the arithmetic is not the step to the penny, for lines are rounded one by one.
std::string with_rounding(std::string arithmetic, Pence told, Pence step) {
    if (told == step) return arithmetic;
    return fmt::format("{}, and {} of rounding, line by line", arithmetic, in_pounds(step - told));
}

std::string patients(Patients list) {
    std::string text = grouped(list.thousandths() / 1000);
    if (list.thousandths() % 1000 != 0) {
        text += fmt::format(".{:03}", list.thousandths() % 1000);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

// "grew by 2.1%", "shrank by 0.4%", "stayed as it was"
std::string growth(std::int64_t then, std::int64_t now) {
    const std::string size = percent(std::abs(now - then), then);
    if (size == "0.0%") return now == then ? "stayed as it was" : "hardly changed";
    return fmt::format("{} by {}", now > then ? "grew" : "shrank", size);
}

class Teller {
  public:
    Teller(const DerivationInputs& inputs, const Derivation& derivation,
           const DerivationPractice& practice, std::optional<BudgetLine> line)
        : inputs_(inputs), derivation_(derivation), practice_(practice), line_(line) {
        const PooledLines pooled = pooled_lines(derivation);
        for (const DerivedLine& derived : derivation.lines) {
            if (line && derived.line != *line) continue;
            const auto found = pooled.find({derived.practice, derived.line});
            const Pence pooling = found == pooled.end() ? Pence(0) : found->second;
            all_.add(derived, pooling);
            if (derived.practice == practice.practice) own_.add(derived, pooling);
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
        tell_blocks();
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
        return fmt::format("scheme {} (version {}), {}: {}", derivation_.scheme.name,
                           derivation_.scheme.digest.substr(0, 8), key, why);
    }

    // Where the derivation file has the figures.
    static std::string rows(std::string_view kind, std::string_view items) {
        return fmt::format(" [rows: {} {}]", kind, items);
    }

    void tell_history() {
        level("Care of the baseline year",
              fmt::format("From {} to {} your patients' care cost {}.",
                          in_words(inputs_.baseline_from), in_words(inputs_.baseline_to),
                          roughly(own_.baseline)),
              &Levels::baseline,
              "records at freeze, " + inputs_.price_source + rows("input", "baseline"));
        const Pence price = own_.repriced - own_.baseline;
        const Pence others = all_.repriced - all_.baseline;
        step("Prices",
             fmt::format("The same care at the prices of {} costs {} {} (all practices: {}), {}.",
                         to_text(inputs_.year),
                         percent(std::abs(price.count()), own_.baseline.count()),
                         price < Pence(0) ? "less" : "more",
                         percent(others.count(), all_.baseline.count(), true), added(price)),
             fmt::format("{} − {}", in_pounds(own_.repriced), in_pounds(own_.baseline)),
             &Levels::baseline, &Levels::repriced,
             inputs_.price_source + rows("input", "repriced"));
        tell_saving();
        tell_list();
        tell_uplifts();
        tell_entries(true, &Levels::with_efficiency, &Levels::opening);
        level("Opening budget", "What your own history comes to before it is fitted to the money.",
              &Levels::opening, "");
    }

    void tell_list() {
        std::int64_t all_then = 0, all_now = 0;
        for (const DerivationPractice& one : inputs_.practices) {
            all_then += one.list_then.thousandths();
            all_now += one.list_now.thousandths();
        }
        const std::int64_t then = practice_.list_then.thousandths();
        const std::int64_t now = practice_.list_now.thousandths();
        const Pence told(
            divided(wide{own_.protected_saving.count()} * now, then, Rounding::half_up));
        const Pence more = own_.on_new_list - own_.protected_saving;
        step("Your list",
             fmt::format("Your list {}, from {} to {} patients (all practices: {}), {}.",
                         growth(then, now), patients(practice_.list_then),
                         patients(practice_.list_now), percent(all_now - all_then, all_then, true),
                         added(more)),
             with_rounding(fmt::format("{0} × {1} ÷ {2} − {0}", in_pounds(own_.protected_saving),
                                       patients(practice_.list_now), patients(practice_.list_then)),
                           told - own_.protected_saving, more),
             &Levels::protected_saving, &Levels::on_new_list,
             inputs_.list_source + rows("practice", "list_then, list_now"));
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
             entries(kind, recurrent), amounts.first, amounts.second,
             "entries of the draft" + rows("entry", recurrent ? "recurrent" : "one_off"), false});
    }

    void tell_uplifts() {
        const Pence more = own_.with_growth - own_.on_new_list;
        step("Growth that was granted",
             fmt::format("The commissioner granted growth, {}.", added(more)),
             uplift_arithmetic(&Uplift::growth, &DerivedLine::on_new_list, 1, more),
             &Levels::on_new_list, &Levels::with_growth, uplift_source("growth"));
        const Pence less = own_.with_efficiency - own_.with_growth;
        step("Efficiency",
             fmt::format("Efficiency asked of lines outside the tariff (a tariff has its own "
                         "inside), {}.",
                         added(less)),
             uplift_arithmetic(&Uplift::efficiency, &DerivedLine::with_growth, -1, less),
             &Levels::with_growth, &Levels::with_efficiency, uplift_source("efficiency"));
    }

    // "Prescribing £1,100.00 × 2.0%", a part a line.
    [[nodiscard]] std::string uplift_arithmetic(Factor Uplift::* which, Pence DerivedLine::* of,
                                                int sign, Pence step) const {
        std::string text;
        Pence told;
        for (const DerivedLine& derived : derivation_.lines) {
            if (derived.practice != practice_.practice || (line_ && derived.line != *line_)) {
                continue;
            }
            const auto uplift = derivation_.scheme.uplifts.find(derived.line);
            if (uplift == derivation_.scheme.uplifts.end()) continue;
            const Factor factor = uplift->second.*which;
            if (factor == Factor(0)) continue;
            const Pence base = sign < 0 ? -(derived.*of) : derived.*of;
            told += scaled(base, factor, Rounding::half_up);
            text += fmt::format("{}{} {} × {}", text.empty() ? "" : " + ",
                                name_of(derived.line).name, in_pounds(base), exact_percent(factor));
        }
        if (text.empty()) return "none";
        return with_rounding(std::move(text), told, step);
    }

    [[nodiscard]] std::string uplift_source(std::string_view which) const {
        std::string text;
        for (const auto& [line, uplift] : derivation_.scheme.uplifts) {
            const std::string key = fmt::format("uplifts.{}.{}", name_of(line).code, which);
            const bool asked = line_ ? line == *line_ : inputs_.allocation.contains(line);
            if (!asked || !derivation_.scheme.sources.contains(key)) continue;
            text += (text.empty() ? "" : "; ") + from_scheme(key);
        }
        return text.empty() ? fmt::format("scheme {}, uplifts: none", derivation_.scheme.name)
                            : text;
    }

    // The practice's dated entries of a kind, one by one.
    [[nodiscard]] std::string entries(EntryKind kind, bool recurrent) const {
        std::string text;
        for (const BudgetAdjustment& entry : inputs_.adjustments) {
            if (entry.practice != practice_.practice || entry.recurrent != recurrent ||
                entry.kind != kind || (line_ && entry.line != *line_)) {
                continue;
            }
            text += fmt::format("{}{} ({}, {}, {}: {})", text.empty() ? "" : " + ",
                                in_pounds(entry.amount), name_of(entry.line).name,
                                to_text(entry.date), entry.author, entry.reason);
        }
        return text.empty() ? "none" : text;
    }

    void tell_method() {
        tell_fitting();
        step("Lines moved together",
             fmt::format("Lines that one need weight fits are moved as one sum; your share of the "
                         "sum is not the sum of your shares, {}.",
                         added(own_.pooled - own_.stand_still)),
             pooling_arithmetic(), &Levels::stand_still, &Levels::pooled,
             fmt::format("scheme {}, blocks", derivation_.scheme.name));
        step(move_title(), fmt::format("{}, {}.", move_in_words(), added(own_.paced - own_.pooled)),
             move_arithmetic(), &Levels::pooled, &Levels::paced, move_source());
        tell_entries(false, &Levels::paced, &Levels::gross);
        level("Gross budget", "100% of the money is given out; then you hand back what was agreed.",
              &Levels::gross, "");
    }

    void tell_fitting() {
        std::string arithmetic = "line by line: each line's working is below";
        if (line_) {
            const Pence told = ratio_of(own_.opening, all_.paced, all_.opening);
            arithmetic =
                fmt::format("{} × {} ÷ {} − {}", in_pounds(own_.opening), in_pounds(all_.paced),
                            in_pounds(all_.opening), in_pounds(own_.opening));
            if (told != own_.stand_still) {
                arithmetic += fmt::format(", and {} of rounding so that everybody's add up",
                                          in_pounds(own_.stand_still - told));
            }
        }
        step("Fitting to the money",
             fmt::format("All opening budgets come to {}, and the money for practices is {} ({}): "
                         "everybody's share is fitted, {}.",
                         roughly(all_.opening), roughly(all_.paced),
                         percent((all_.paced - all_.opening).count(), all_.opening.count(), true),
                         added(own_.stand_still - own_.opening)),
             std::move(arithmetic), &Levels::opening, &Levels::stand_still, money_source());
    }

    // What the commissioner has for practices, from its allocation.
    [[nodiscard]] std::string money_source() const {
        DerivedTotal sum;
        for (const DerivedTotal& total : derivation_.totals) {
            if (total.blocked_back != Pence(0) || (line_ && total.line != *line_)) continue;
            sum.allocation += total.allocation;
            sum.growth_reserve += total.growth_reserve;
            sum.unattributed += total.unattributed;
            sum.one_off += total.one_off;
            sum.envelope += total.envelope;
        }
        const Pence kept =
            sum.allocation - sum.growth_reserve - sum.unattributed - sum.one_off - sum.envelope;
        const std::string keeping =
            kept == Pence(0) ? "" : fmt::format(" − kept for good {}", in_pounds(kept));
        return fmt::format(
            "allocation {} − growth reserve {} − care that no practice answers for {} − entries of "
            "this year only {}{} = {}{}",
            in_pounds(sum.allocation), in_pounds(sum.growth_reserve), in_pounds(sum.unattributed),
            in_pounds(sum.one_off), keeping, in_pounds(sum.envelope), rows("allocation", "pence"));
    }

    [[nodiscard]] const BlockResult& block_of(BudgetLine line) const {
        const SchemeBlock* block = derivation_.scheme.block_of(line);
        return *std::ranges::find(derivation_.year.blocks, block->name, &BlockResult::name);
    }

    // One method's title where all lines asked for have it.
    [[nodiscard]] std::optional<BudgetMethod> method() const {
        std::optional<BudgetMethod> one;
        for (const BlockResult& block : derivation_.year.blocks) {
            if (line_ && block.name != block_of(*line_).name) continue;
            if (one && *one != block.method) return std::nullopt;
            one = block.method;
        }
        return one;
    }

    [[nodiscard]] std::string move_title() const {
        return method() == BudgetMethod::fair_share ? "To your fair share"
                                                    : "Towards your fair share";
    }

    [[nodiscard]] std::string move_in_words() const {
        const auto one = method();
        if (one == BudgetMethod::historic) return "This scheme goes by history alone: no move";
        if (one == BudgetMethod::fair_share) return "This scheme gives the fair share at once";
        return "The move of the year towards your fair share";
    }

    // The line's part of a sum of its block.
    [[nodiscard]] std::string part_of_block(Pence whole, Pence part, std::string_view where) const {
        const BlockResult& block = block_of(*line_);
        const Pence told = ratio_of(whole, all_.paced, block.envelope);
        const std::string sum =
            fmt::format("{} × {} ÷ {} ({}, by the line's part of the block's money)",
                        in_pounds(whole), in_pounds(all_.paced), in_pounds(block.envelope), where);
        if (told == part) return sum;
        return fmt::format("{}, and {} of rounding so that lines and practices add up", sum,
                           in_pounds(part - told));
    }

    [[nodiscard]] std::string pooling_arithmetic() const {
        if (!line_) return "block by block: see \"Towards the fair share\" below";
        const BlockResult& block = block_of(*line_);
        if (!block.paced) return "none";
        const BlockFigures figures = figures_of(block);
        return part_of_block(stand_still_of(block) - figures.shares_by_line,
                             own_.pooled - own_.stand_still,
                             "your share of the block less your shares of its lines");
    }

    [[nodiscard]] Pence stand_still_of(const BlockResult& block) const {
        return std::ranges::find(block.paced->practices, practice_.practice,
                                 &PacedPractice::practice)
            ->stand_still;
    }

    [[nodiscard]] std::string move_arithmetic() const {
        if (!line_) return "block by block: see \"Towards the fair share\" below";
        const BlockResult& block = block_of(*line_);
        if (block.method == BudgetMethod::historic) return "none";
        if (block.method == BudgetMethod::fair_share) {
            return fmt::format("{} − {} (the fair share less your share of last year's money)",
                               in_pounds(own_.paced), in_pounds(own_.stand_still));
        }
        return part_of_block(figures_of(block).budget - stand_still_of(block),
                             own_.paced - own_.pooled, "the move of the block, worked out below");
    }

    [[nodiscard]] std::string move_source() const {
        if (method() == BudgetMethod::historic) {
            return fmt::format("scheme {}, method historic", derivation_.scheme.name);
        }
        if (method() == BudgetMethod::fair_share) {
            return fmt::format("scheme {}, method fair_share; weights {}{}",
                               derivation_.scheme.name, inputs_.need_source,
                               rows("need", "by component"));
        }
        return fmt::format("{}; weights {}{}", from_scheme("pace.rate"), inputs_.need_source,
                           rows("need", "by component"));
    }

    void tell_hand_backs() {
        const auto back = [&](std::string title, std::string_view what, Factor share,
                              Pence Levels::* amount, std::string_view key) {
            const Pence told = scaled(-own_.gross, share, Rounding::half_up);
            const std::string rate = exact_percent(share);
            waterfall_.steps.push_back(
                {std::move(title),
                 fmt::format("You hand back {} of the gross budget {}.", rate, what),
                 with_rounding(fmt::format("{} × {}", in_pounds(-own_.gross), rate), told,
                               -(own_.*amount)),
                 -(own_.*amount), -(all_.*amount), from_scheme(key), false});
        };
        back("To the risk pool", "to the risk pool", derivation_.scheme.risk_pool,
             &Levels::risk_pool, "shares.risk_pool");
        back("To management", "for the commissioner's management", derivation_.scheme.management,
             &Levels::management, "shares.management");
        level("Net budget", fmt::format("Your budget for {}.", to_text(inputs_.year)), &Levels::net,
              "");
    }

    // The practice's and everybody's sums over the block's lines.
    [[nodiscard]] BlockFigures figures_of(const BlockResult& block) const {
        BlockFigures figures;
        figures.block = &block;
        const SchemeBlock* scheme_block = nullptr;
        for (const DerivedLine& derived : derivation_.lines) {
            const SchemeBlock* own_block = derivation_.scheme.block_of(derived.line);
            if (own_block->name != block.name) continue;
            scheme_block = own_block;
            figures.all_openings += derived.opening;
            if (derived.practice != practice_.practice) continue;
            figures.opening += derived.opening;
            figures.shares_by_line += derived.stand_still;
            figures.budget += derived.paced;
            figures.lines += (figures.lines.empty() ? "" : ", ");
            figures.lines += name_of(derived.line).name;
        }
        if (scheme_block == nullptr) return figures;
        figures.need_source = fmt::format("{}, {}", inputs_.need_source, scheme_block->need);
        for (const DerivationPractice& one : inputs_.practices) {
            const auto need = one.needs.find(scheme_block->need);
            if (need == one.needs.end()) {
                figures.need = figures.all_needs = 0;
                break;
            }
            figures.all_needs += need->second;
            if (one.practice == practice_.practice) figures.need = need->second;
        }
        return figures;
    }

    void tell_blocks() {
        for (const BlockResult& block : derivation_.year.blocks) {
            if (line_ && block_of(*line_).name != block.name) continue;
            waterfall_.blocks.push_back(
                told(figures_of(block), practice_.practice, derivation_.scheme.pace));
        }
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
        const bool within = at.gap == 0;
        std::string text = fmt::format(
            "{}: your share of last year's money is {} in this year's; your fair share by need is "
            "{}. You are {} {} it{}; after this year {}.",
            block.name, roughly(at.stand_still), roughly(at.fair_share),
            percent_of(std::abs(at.distance_before)), at.distance_before < 0 ? "below" : "above",
            within ? ", within the tolerance" : "", percent(at.distance_after, Factor::one, true));
        if (at.move != 0) {
            text += fmt::format(" The scheme's move of the year is {} of your share.",
                                percent(at.move, Factor::one, true));
        }
        if (at.floor_applied)
            text += " No practice's cash falls below its floor: yours stays at it.";
        if (at.cap_applied) text += " The move was held at the year's cap.";
        if (at.minimum_unfunded) {
            text += " The money released by others did not reach the least move upwards.";
        }
        if (const auto years = years_of(block); years && *years > 0) {
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
    if (line) return waterfall;
    for (const DerivationLine& own : found->lines) {
        waterfall.by_line.push_back(Teller(inputs, derivation, *found, own.line).tell());
        check_steps(waterfall.by_line.back());
    }
    return waterfall;
}

}  // namespace purse
