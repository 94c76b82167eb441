#include "budget/block_told.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "money/grouped.hpp"

namespace purse {

namespace {

// A whole number of millionths without idle zeros: "1,900", "10,423.5".
std::string weighted(std::int64_t millionths) {
    std::string text =
        fmt::format("{}.{:06}", grouped(millionths / Factor::one), millionths % Factor::one);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string factor_in_words(Factor factor) { return weighted(factor.millionths()); }

class BlockTeller {
  public:
    BlockTeller(const BlockFigures& figures, const PacedPractice* paced, const PaceRule& rule)
        : figures_(figures), block_(*figures.block), paced_(paced), rule_(rule) {}

    ToldBlock tell() {
        told_.name = block_.name;
        told_.lines = figures_.lines;
        tell_history();
        if (figures_.need > 0) tell_need();
        switch (block_.method) {
            case BudgetMethod::historic:
                say("This scheme goes by history: the budget is the share of last year's money.",
                    "", in_pounds(figures_.budget));
                break;
            case BudgetMethod::fair_share:
                say("This scheme gives the fair share at once, line by line.", "",
                    in_pounds(figures_.budget));
                break;
            case BudgetMethod::blend:
                tell_move();
                tell_sharing();
                break;
        }
        return std::move(told_);
    }

  private:
    void say(std::string says, std::string arithmetic, std::string result) {
        told_.steps.push_back({std::move(says), std::move(arithmetic), std::move(result)});
    }

    [[nodiscard]] Pence stand_still() const {
        return paced_ != nullptr ? paced_->stand_still : figures_.shares_by_line;
    }

    void tell_history() {
        say("Your share of last year's money, in this year's money.",
            paced_ == nullptr
                ? "line by line"
                : fmt::format("{} × {} ÷ {} (your opening × the money for practices ÷ "
                              "everybody's openings)",
                              in_pounds(figures_.opening), in_pounds(block_.envelope),
                              in_pounds(figures_.all_openings)),
            in_pounds(stand_still()));
    }

    void tell_need() {
        const Pence share = fair_share();
        const Pence told(divided(wide{block_.envelope.count()} * figures_.need, figures_.all_needs,
                                 Rounding::half_up));
        std::string sum = fmt::format("{} × {} ÷ {} weighted patients ({})",
                                      in_pounds(block_.envelope), weighted(figures_.need),
                                      weighted(figures_.all_needs), figures_.need_source);
        if (told != share) {
            sum += fmt::format(", and {} of rounding so that everybody's add up",
                               in_pounds(share - told));
        }
        say("Your fair share of it, by need.", sum, in_pounds(share));
        const Pence off = stand_still() - share;
        say(off >= Pence(0) ? "So you start above your fair share."
                            : "So you start below your fair share.",
            fmt::format("{} ÷ {} − 1", in_pounds(stand_still()), in_pounds(share)),
            percent(off.count(), share.count(), true));
    }

    [[nodiscard]] Pence fair_share() const {
        if (paced_ != nullptr) return paced_->fair_share;
        return Pence(divided(wide{block_.envelope.count()} * figures_.need, figures_.all_needs,
                             Rounding::half_up));
    }

    // How far to the edge of the tolerance, and what part of it this year.
    void tell_move() {
        const std::string near = exact_percent(rule_.tolerance);
        if (paced_->gap == 0) {
            say(fmt::format("You are within {} of your fair share: you get the growth and no move.",
                            near),
                "", "");
            return;
        }
        const bool over = paced_->distance_before > 0;
        const Factor to_edge(Factor::one + (over ? 1 : -1) * rule_.tolerance.millionths());
        const Pence edge = scaled(paced_->fair_share, to_edge, Rounding::half_up);
        const Pence gap = over ? stand_still() - edge : edge - stand_still();
        say(fmt::format("From there to {} {} your fair share.", near, over ? "above" : "below"),
            fmt::format("{} × {} = {}; {} − {}", in_pounds(paced_->fair_share),
                        factor_in_words(to_edge), in_pounds(edge),
                        in_pounds(over ? stand_still() : edge),
                        in_pounds(over ? edge : stand_still())),
            in_pounds(gap));
        const Pence part = scaled(gap, rule_.rate, Rounding::half_up);
        const Pence least = scaled(stand_still(), rule_.minimum_move, Rounding::half_up);
        const Pence most = scaled(stand_still(), rule_.cap, Rounding::half_up);
        move_ = std::min({gap, std::max(part, least), most});
        say(fmt::format("The scheme's move of this year, {}: {} of the way; {} of your share at "
                        "least (or to the edge, if that is nearer), {} at most.",
                        over ? "down" : "up", exact_percent(rule_.rate),
                        exact_percent(rule_.minimum_move), exact_percent(rule_.cap)),
            fmt::format("{} × {} = {}; at least {}, at most {}", in_pounds(gap),
                        factor_in_words(rule_.rate), in_pounds(part), in_pounds(least),
                        in_pounds(most)),
            in_pounds(over ? -move_ : move_));
    }

    // The budget before anything of the released money is given.
    Pence tell_base() {
        const bool over = paced_->gap > 0 && paced_->distance_before > 0;
        const Pence moved = over ? stand_still() - move_ : stand_still();
        const Pence base = std::max(paced_->floor, moved);
        if (over) {
            say("Your share less the move.",
                fmt::format("{} − {}", in_pounds(stand_still()), in_pounds(move_)),
                in_pounds(moved));
        }
        if (paced_->floor_applied) {
            say(fmt::format("No budget falls below its floor ({} of your opening): yours stays at "
                            "it.",
                            exact_percent(Factor(Factor::one + rule_.floor.millionths()))),
                fmt::format("{} is less than {}", in_pounds(moved), in_pounds(paced_->floor)),
                in_pounds(base));
        }
        return base;
    }

    struct Part {
        Pence from;    // of the practice, given in full
        Pence amount;  // of which the part is given
        Pence given, asked;
        std::string says;
    };

    [[nodiscard]] Part part_of() const {
        const PacedBlock& all = *block_.paced;
        const Pence none;
        const std::string released =
            fmt::format("Those who move down release {}; the year's moves up ask for {}",
                        in_pounds(all.released), in_pounds(all.wanted));
        switch (all.step) {
            case PaceStep::guarantees_reduced_others:
                return {none, -(paced_->base - paced_->floor), -all.released, all.above_floors,
                        "Practices' own guarantees cost more than is released: the others pay for "
                        "them by what they have above their floors."};
            case PaceStep::gains:
                return {none, paced_->wanted_gain, all.released, all.wanted,
                        released + ": everybody below gets the same part of the move."};
            case PaceStep::gains_faster:
                return {paced_->wanted_gain, paced_->to_edge - paced_->wanted_gain,
                        all.released - all.wanted, all.to_edge - all.wanted,
                        released + ": what is left takes those below on, towards the edge."};
            case PaceStep::gains_inside:
                return {paced_->to_edge, paced_->to_share - paced_->to_edge,
                        all.released - all.to_edge, all.to_share - all.to_edge,
                        fmt::format("{}, and {} brings them to the edge: what is left goes to all "
                                    "who are below their fair share.",
                                    released, in_pounds(all.to_edge))};
            case PaceStep::losses_slower:
                return {paced_->to_share, paced_->loss, all.released - all.to_share, all.losses,
                        fmt::format("{}, and all that the caps let be given is {}: what is left "
                                    "goes back to those who move down.",
                                    released, in_pounds(all.to_share))};
        }
        check_failed("a pace step without words", __FILE__, __LINE__);
    }

    void tell_sharing() {
        const Pence base = tell_base();
        const Part part = part_of();
        const Pence share = ratio_of(part.amount, part.given, part.asked);
        if (part.from != Pence(0) || part.amount != Pence(0)) {
            const std::string full =
                part.from == Pence(0) ? "" : fmt::format("{} + ", in_pounds(part.from));
            say(part.says,
                fmt::format("{}{} × {} ÷ {}", full, in_pounds(part.amount), in_pounds(part.given),
                            in_pounds(part.asked)),
                in_pounds(part.from + share));
        }
        const Pence told = base + part.from + share;
        std::string sum = fmt::format("{} + {}", in_pounds(base), in_pounds(part.from + share));
        if (paced_->budget != told) {
            sum += fmt::format(", and {} of rounding so that everybody's add up to {}",
                               in_pounds(paced_->budget - told), in_pounds(block_.envelope));
        } else if (told == base) {
            sum.clear();
        }
        say("So the budget of these lines is:", sum, in_pounds(paced_->budget));
        say("The move of the block: the budget less your share of last year's money.",
            fmt::format("{} − {}", in_pounds(paced_->budget), in_pounds(stand_still())),
            in_pounds(paced_->budget - stand_still()));
        say("That is so far from your fair share after this year.",
            fmt::format("{} ÷ {} − 1", in_pounds(paced_->budget), in_pounds(paced_->fair_share)),
            percent(paced_->distance_after, Factor::one, true));
        if (figures_.shares_by_line == stand_still()) return;
        say("Line by line your shares of last year's money would be another sum, for the lines' "
            "money did not grow alike; the lines move together, so this is the difference.",
            fmt::format("{} − {}", in_pounds(stand_still()), in_pounds(figures_.shares_by_line)),
            in_pounds(stand_still() - figures_.shares_by_line));
    }

    const BlockFigures& figures_;
    const BlockResult& block_;
    const PacedPractice* paced_;
    const PaceRule& rule_;
    Pence move_;
    ToldBlock told_;
};

}  // namespace

std::string exact_percent(Factor factor) {
    const std::int64_t size = std::abs(factor.millionths());
    std::string text = fmt::format("{}.{:04}", size / 10'000, size % 10'000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return (factor < Factor(0) ? "−" : "") + text + "%";
}

std::string percent(wide numerator, wide denominator, bool with_plus) {
    if (denominator == 0) return "–";
    const std::int64_t tenths = divided(numerator * 1000, denominator, Rounding::half_up);
    const char* sign = tenths < 0 ? "−" : with_plus && tenths > 0 ? "+" : "";
    return fmt::format("{}{}.{}%", sign, std::abs(tenths) / 10, std::abs(tenths) % 10);
}

Pence ratio_of(Pence amount, Pence numerator, Pence denominator) {
    if (denominator == Pence(0)) return Pence(0);
    return Pence(
        divided(wide{amount.count()} * numerator.count(), denominator.count(), Rounding::half_up));
}

ToldBlock told(const BlockFigures& figures, PracticeCode practice, const PaceRule& rule) {
    const PacedPractice* paced = nullptr;
    if (figures.block->paced) {
        const auto& practices = figures.block->paced->practices;
        const auto at = std::ranges::find(practices, practice, &PacedPractice::practice);
        CHECK(at != practices.end());
        paced = &*at;
    }
    return BlockTeller(figures, paced, rule).tell();
}

}  // namespace purse
