#include "budget/derivation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace purse {

namespace {

// amount × parts, each a ratio, in one exact fraction rounded once.
struct Ratio {
    wide numerator = 1;
    wide denominator = 1;
};

Pence times(Pence amount, Ratio ratio) {
    return Pence(
        divided(wide{amount.count()} * ratio.numerator, ratio.denominator, Rounding::half_up));
}

Ratio operator*(Ratio a, Ratio b) {
    return {a.numerator * b.numerator, a.denominator * b.denominator};
}

Ratio one_plus(std::int64_t millionths) { return {Factor::one + millionths, Factor::one}; }

Uplift uplift_of(const Scheme& scheme, BudgetLine line) {
    const auto found = scheme.uplifts.find(line);
    return found == scheme.uplifts.end() ? Uplift{} : found->second;
}

using Savings = std::map<std::pair<PracticeCode, BudgetLine>, std::vector<RecordedSaving>>;

Savings savings_by_line(const std::vector<RecordedSaving>& savings) {
    Savings by_line;
    for (const RecordedSaving& saving : savings) {
        by_line[{saving.practice, saving.line}].push_back(saving);
    }
    return by_line;
}

// The baseline's protection at the prices of the budget's year.
Pence protected_at_new_prices(const DerivationLine& line,
                              const std::vector<RecordedSaving>& savings, FinancialYear year,
                              const Scheme& scheme) {
    const Pence protection = protection_of(line.baseline, savings, year, scheme.saver_years);
    if (line.baseline <= Pence(0) || line.repriced <= Pence(0)) return protection;
    return times(protection, {line.repriced.count(), line.baseline.count()});
}

DerivedLine opening_of(const DerivationPractice& practice, const DerivationLine& line,
                       Pence protection, const Scheme& scheme) {
    const Uplift uplift = uplift_of(scheme, line.line);
    const Ratio list{practice.list_now.thousandths(), practice.list_then.thousandths()};
    const Ratio grown = list * one_plus(uplift.growth.millionths());
    DerivedLine derived;
    derived.practice = practice.practice;
    derived.line = line.line;
    derived.baseline = line.baseline;
    derived.repriced = line.repriced;
    derived.protected_saving = line.repriced + protection;
    derived.on_new_list = times(derived.protected_saving, list);
    derived.with_growth = times(derived.protected_saving, grown);
    derived.with_efficiency =
        times(derived.protected_saving, grown * one_plus(-uplift.efficiency.millionths()));
    derived.opening = derived.with_efficiency + line.recurrent;
    return derived;
}

// What the commissioner keeps of the line before practices' shares.
DerivedTotal total_of(const DerivationInputs& inputs, const Scheme& scheme, BudgetLine line,
                      Pence allocation) {
    DerivedTotal total;
    total.line = line;
    total.allocation = allocation;
    if (scheme.scopes.at(line) == LineScope::blocked_back) {
        total.blocked_back = allocation;
        return total;
    }
    total.growth_reserve = scaled(allocation, scheme.growth_reserve, Rounding::half_up);
    if (const auto other = inputs.unattributed.find(line); other != inputs.unattributed.end()) {
        const Uplift uplift = uplift_of(scheme, line);
        total.unattributed_price_change = other->second.repriced - other->second.baseline;
        total.unattributed =
            times(other->second.repriced,
                  one_plus(uplift.growth.millionths()) * one_plus(-uplift.efficiency.millionths()));
    }
    for (const DerivationPractice& practice : inputs.practices) {
        for (const DerivationLine& own : practice.lines) {
            if (own.line == line) total.one_off += own.one_off;
        }
    }
    // What is kept for good leaves the envelope; what is kept this year leaves the practice's own
    // budget after the method. Neither goes to other practices.
    Pence kept_for_good;
    for (const BudgetAdjustment& entry : inputs.adjustments) {
        if (entry.line != line || !is_kept_by_commissioner(entry.kind)) continue;
        total.kept -= entry.amount;
        (entry.recurrent ? kept_for_good : total.one_off) -= entry.amount;
    }
    total.envelope =
        allocation - total.growth_reserve - total.unattributed - total.one_off - kept_for_good;
    return total;
}

Outcome check_allocation(const Scheme& scheme, const DerivedTotal& total) {
    const std::string_view line = name_of(total.line).code;
    if (scheme.scopes.at(total.line) == LineScope::out) {
        return bad_input(fmt::format("the allocation has '{}', which is out in the scheme {}", line,
                                     scheme.name));
    }
    if (total.allocation <= Pence(0)) {
        return bad_input(fmt::format("the allocation of '{}' is {}; it must be above £0.00", line,
                                     in_pounds(total.allocation)));
    }
    if (scheme.scopes.at(total.line) == LineScope::in && total.envelope <= Pence(0)) {
        return bad_input(fmt::format(
            "the allocation of '{}' ({}) leaves nothing for practices after the growth reserve "
            "({}), care that no practice answers for ({}), one-off entries ({}) and what is kept "
            "({})",
            line, in_pounds(total.allocation), in_pounds(total.growth_reserve),
            in_pounds(total.unattributed), in_pounds(total.one_off), in_pounds(total.kept)));
    }
    return Nothing{};
}

Outcome check_practice(const DerivationPractice& practice) {
    if (practice.list_then > Patients(0) && practice.list_now > Patients(0)) return Nothing{};
    return bad_input(
        fmt::format("{} has no registered list for the baseline or for the budget: "
                    "import one (purse import lists)",
                    practice.practice.text()));
}

Result<LineHistory> history_of(const DerivationPractice& practice, const DerivedLine& line,
                               const Scheme& scheme) {
    LineHistory history;
    history.practice = line.practice;
    history.line = line.line;
    history.historic = line.opening;
    history.list = practice.list_now;
    const SchemeBlock* block = scheme.block_of(line.line);
    CHECK(block != nullptr);
    if (const auto need = practice.needs.find(block->need); need != practice.needs.end()) {
        history.need = need->second;
    }
    return history;
}

struct Openings {
    std::vector<DerivedLine> lines;
    std::vector<LineHistory> histories;
};

Result<Openings> openings_of(const DerivationInputs& inputs, const Scheme& scheme) {
    Openings openings;
    const Savings savings = savings_by_line(inputs.savings);
    for (const DerivationPractice& practice : inputs.practices) {
        if (auto fine = check_practice(practice); !fine) return fine.problem();
        for (const DerivationLine& line : practice.lines) {
            if (scheme.scopes.at(line.line) != LineScope::in ||
                !inputs.allocation.contains(line.line)) {
                return bad_input(fmt::format("{} has care on '{}', which has no allocation",
                                             practice.practice.text(), name_of(line.line).code));
            }
            const auto saved = savings.find({practice.practice, line.line});
            const Pence protection =
                saved == savings.end()
                    ? Pence()
                    : protected_at_new_prices(line, saved->second, inputs.year, scheme);
            openings.lines.push_back(opening_of(practice, line, protection, scheme));
            const auto history = history_of(practice, openings.lines.back(), scheme);
            if (!history) return history.problem();
            openings.histories.push_back(*history);
        }
    }
    return openings;
}

const DerivationLine& input_of(const DerivationInputs& inputs, const DerivedLine& derived) {
    const auto practice = std::ranges::lower_bound(inputs.practices, derived.practice, {},
                                                   &DerivationPractice::practice);
    const auto line = std::ranges::find(practice->lines, derived.line, &DerivationLine::line);
    return *line;
}

// From the method's budget to the net one.
void finish(DerivedLine& line, const PracticeLineBudget& budget, const DerivationLine& input,
            const Scheme& scheme) {
    line.stand_still = budget.stand_still;
    line.paced = budget.budget;
    line.gross = line.paced + input.one_off;
    line.risk_pool = scaled(line.gross, scheme.risk_pool, Rounding::half_up);
    line.management = scaled(line.gross, scheme.management, Rounding::half_up);
    line.net = line.gross - line.risk_pool - line.management;
}

// Practices + pool + management + reserves + blocked back = the allocation, line by line.
void check_sums(const Derivation& derivation) {
    for (const DerivedTotal& total : derivation.totals) {
        Pence sum = total.reserve() + total.blocked_back + total.risk_pool + total.management;
        for (const DerivedLine& line : derivation.lines) {
            if (line.line == total.line) sum += line.net;
        }
        CHECK(sum == total.allocation);
    }
}

// The line that an entry or a saving is for.
template <class Entry>
Result<DerivationLine*> line_for(DerivationInputs& inputs, const Entry& entry) {
    const auto practice =
        std::ranges::find(inputs.practices, entry.practice, &DerivationPractice::practice);
    if (practice == inputs.practices.end()) {
        return bad_input(fmt::format("the entry of {} ({}) is for {}, which has no budget",
                                     to_text(entry.date), entry.reason, entry.practice.text()));
    }
    const auto line = std::ranges::find(practice->lines, entry.line, &DerivationLine::line);
    if (line == practice->lines.end()) {
        return bad_input(
            fmt::format("the entry of {} ({}) is for the line '{}', which {} has no budget for",
                        to_text(entry.date), entry.reason, name_of(entry.line).code,
                        practice->practice.text()));
    }
    return &*line;
}

}  // namespace

Outcome put_adjustments(DerivationInputs& inputs, std::vector<BudgetAdjustment> adjustments) {
    for (BudgetAdjustment& entry : adjustments) {
        const auto line = line_for(inputs, entry);
        if (!line) return line.problem();
        if (auto fine = check_entry(entry); !fine) return fine;
        (entry.recurrent ? (*line)->recurrent : (*line)->one_off) += entry.amount;
        inputs.adjustments.push_back(std::move(entry));
    }
    return Nothing{};
}

Outcome put_savings(DerivationInputs& inputs, std::vector<RecordedSaving> savings) {
    for (RecordedSaving& saving : savings) {
        const auto line = line_for(inputs, saving);
        if (!line) return line.problem();
        if (auto fine = check_saving(saving, inputs.year); !fine) {
            return bad_input(fmt::format("the saving of {} ({}): {}", saving.practice.text(),
                                         saving.reason, fine.problem().says));
        }
        inputs.savings.push_back(std::move(saving));
    }
    return Nothing{};
}

Result<Derivation> derive(const DerivationInputs& inputs) {
    auto scheme = read_scheme_text(inputs.scheme_text, "the derivation's scheme");
    if (!scheme) return scheme.problem();
    Derivation derivation;
    derivation.scheme = std::move(*scheme);
    Envelopes envelopes;
    for (const auto& [line, allocation] : inputs.allocation) {
        DerivedTotal total = total_of(inputs, derivation.scheme, line, allocation);
        if (auto fine = check_allocation(derivation.scheme, total); !fine) return fine.problem();
        if (total.blocked_back == Pence(0)) envelopes[line] = total.envelope;
        derivation.totals.push_back(total);
    }
    auto openings = openings_of(inputs, derivation.scheme);
    if (!openings) return openings.problem();
    auto year = year_budgets(std::move(openings->histories), envelopes, derivation.scheme);
    if (!year) return year.problem();
    derivation.year = std::move(*year);
    derivation.lines = std::move(openings->lines);
    std::ranges::sort(derivation.lines, {},
                      [](const DerivedLine& line) { return std::pair(line.practice, line.line); });
    CHECK(derivation.lines.size() == derivation.year.budgets.size());
    for (std::size_t i = 0; i < derivation.lines.size(); ++i) {
        DerivedLine& line = derivation.lines[i];
        finish(line, derivation.year.budgets[i], input_of(inputs, line), derivation.scheme);
        if (line.net < Pence(0)) {
            return bad_input(fmt::format(
                "{}: one-off entries of {} leave the budget of '{}' below £0.00",
                line.practice.text(), in_pounds(line.gross - line.paced), name_of(line.line).code));
        }
        const auto total = std::ranges::find(derivation.totals, line.line, &DerivedTotal::line);
        total->risk_pool += line.risk_pool;
        total->management += line.management;
    }
    check_sums(derivation);
    return derivation;
}

}  // namespace purse
