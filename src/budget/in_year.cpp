#include "budget/in_year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "money/grouped.hpp"
#include "money/shares.hpp"

namespace purse {

namespace {

struct InYearKindWords {
    InYearKind kind;
    std::string_view code, words;
};
constexpr std::array<InYearKindWords, 7> in_year_kinds = {{
    {InYearKind::merger, "merger", "merged"},
    {InYearKind::movement, "movement", "patients moved"},
    {InYearKind::list_growth, "list_growth", "list grew"},
    {InYearKind::list_fall, "list_fall", "list fell"},
    {InYearKind::opening, "opening", "opened"},
    {InYearKind::closure, "closure", "closed"},
    {InYearKind::departure, "departure", "left to another commissioner"},
}};

const InYearKindWords& words_of(InYearKind kind) {
    return *std::ranges::find(in_year_kinds, kind, &InYearKindWords::kind);
}

std::string heads(std::int64_t thousandths) {
    if (thousandths < 0) return "−" + heads(-thousandths);
    if (thousandths % 1000 == 0) return grouped(thousandths / 1000);
    return to_text(Patients::from_thousandths(thousandths));
}

// A practice that answers for itself on the day, with those that merged into it.
struct Unit {
    const InYearPractice* head = nullptr;
    std::int64_t list = 0;            // that the money below stands on, in thousandths
    std::optional<std::int64_t> now;  // on the day
    std::map<BudgetLine, Pence> remaining, unfunded;
};

// What a unit's list asks of the reserve on a line.
struct Claim {
    PracticeCode practice;
    InYearKind kind = InYearKind::list_growth;
    Pence carried;  // owed from before
    Pence amount;   // with what is carried
    std::string reason;
};

class Adjuster {
  public:
    explicit Adjuster(const InYearInputs& inputs) : inputs_(inputs) {}

    Result<InYearResult> run() {
        result_.reserves = inputs_.reserves;
        if (auto done = gather(); !done) return done.problem();
        const auto before = money_by_line();
        merge();
        if (auto done = move_patients(); !done) return done.problem();
        for (auto& [code, unit] : units_) {
            if (unit.head->fate == InYearFate::closed) close(unit, InYearKind::closure);
            if (unit.head->fate == InYearFate::left) close(unit, InYearKind::departure);
        }
        for (auto& [code, unit] : units_) {
            if (unit.head->fate != InYearFate::stays) continue;
            if (auto done = follow_list(unit); !done) return done.problem();
        }
        if (auto done = pay_claims(); !done) return done.problem();
        note_lists();
        CHECK(before == money_by_line());
        std::ranges::stable_sort(result_.moves, {}, &InYearMove::line);
        return std::move(result_);
    }

  private:
    Outcome gather() {
        for (const InYearPractice& practice : inputs_.practices) {
            CHECK(by_code_.emplace(practice.practice, &practice).second);
            for (const auto& [line, money] : practice.lines) lines_.insert(line);
        }
        for (const auto& [line, reserve] : inputs_.reserves) {
            CHECK(reserve >= Pence(0));
            lines_.insert(line);
        }
        for (const auto& [code, practice] : by_code_) {
            if (practice->fate != InYearFate::merged) units_[code].head = practice;
        }
        for (const auto& [code, practice] : by_code_) {
            const PracticeCode holder =
                practice->fate == InYearFate::merged ? practice->successor : code;
            const auto unit = units_.find(holder);
            if (unit == units_.end()) {
                return bad_input(fmt::format("{} merged into {}, which is no practice of the year",
                                             code.text(), holder.text()));
            }
            take(unit->second, *practice);
        }
        return Nothing{};
    }

    static void take(Unit& unit, const InYearPractice& practice) {
        unit.list += practice.list_before.thousandths();
        if (practice.list_now) {
            unit.now = unit.now.value_or(0) + practice.list_now->thousandths();
        }
        for (const auto& [line, money] : practice.lines) {
            CHECK(money.remaining >= Pence(0));
            unit.remaining[line] += money.remaining;
            unit.unfunded[line] += money.unfunded;
        }
    }

    std::map<BudgetLine, Pence> money_by_line() const {
        std::map<BudgetLine, Pence> sums;
        for (const BudgetLine line : lines_) {
            Pence& sum = sums[line];
            const auto reserve = result_.reserves.find(line);
            if (reserve != result_.reserves.end()) sum += reserve->second;
            if (const auto left = left_.find(line); left != left_.end()) sum += left->second;
            for (const auto& [code, unit] : units_) {
                const auto money = unit.remaining.find(line);
                if (money == unit.remaining.end()) continue;
                CHECK(money->second >= Pence(0));
                sum += money->second;
            }
        }
        return sums;
    }

    void put(InYearMove move) {
        if (move.amount != Pence(0) || move.unfunded != Pence(0)) {
            result_.moves.push_back(std::move(move));
        }
    }

    // The unit has the merged practice's money already: only the record is still to be made.
    void merge() {
        for (const auto& [code, practice] : by_code_) {
            if (practice->fate != InYearFate::merged) continue;
            for (const auto& [line, money] : practice->lines) {
                const std::string reason =
                    fmt::format("{} merged into {}: all that remained of its budget goes there",
                                code.text(), practice->successor.text());
                put({InYearKind::merger, line, code, practice->successor, money.remaining, code,
                     -money.unfunded, reason});
                if (money.unfunded == Pence(0)) continue;
                put({InYearKind::merger, line, code, practice->successor, Pence(0),
                     practice->successor, money.unfunded,
                     "owed to " + code.text() + " for growth"});
            }
        }
    }

    Unit* unit_of(PracticeCode code) {
        const auto practice = by_code_.find(code);
        if (practice == by_code_.end()) return nullptr;
        const bool merged = practice->second->fate == InYearFate::merged;
        return &units_.at(merged ? practice->second->successor : code);
    }

    // All at once: what a practice gives is a part of what it had before any came or went.
    Outcome move_patients() {
        std::map<std::pair<PracticeCode, PracticeCode>, std::int64_t> moved;
        for (const InYearMovement& movement : inputs_.movements) {
            const Unit* from = unit_of(movement.from);
            const Unit* to = unit_of(movement.to);
            for (const auto& [unit, code] :
                 {std::pair(from, movement.from), std::pair(to, movement.to)}) {
                if (unit != nullptr) continue;
                return bad_input(
                    fmt::format("patients are said to have moved from {} to {}: {} is "
                                "no practice of the year",
                                movement.from.text(), movement.to.text(), code.text()));
            }
            if (to->head->fate != InYearFate::stays) {
                return bad_input(
                    fmt::format("patients are said to have moved to {}, which does "
                                "not answer for itself on the day",
                                movement.to.text()));
            }
            if (from == to) continue;
            moved[{from->head->practice, to->head->practice}] += movement.patients.thousandths();
        }
        std::map<PracticeCode, std::vector<std::pair<PracticeCode, std::int64_t>>> leaving;
        for (const auto& [pair, patients] : moved) {
            leaving[pair.first].emplace_back(pair.second, patients);
        }
        return part_with(leaving);
    }

    Outcome part_with(
        const std::map<PracticeCode, std::vector<std::pair<PracticeCode, std::int64_t>>>& leaving) {
        const std::map<PracticeCode, Unit> before = units_;
        for (const auto& [code, parts] : leaving) {
            const Unit& from = before.at(code);
            std::vector<std::int64_t> weights;
            std::int64_t stay = from.list;
            for (const auto& [to, patients] : parts) {
                weights.push_back(patients);
                stay -= patients;
            }
            if (stay < 0) {
                return bad_input(
                    fmt::format("{} patients are said to have moved from {}, whose "
                                "list was {}",
                                heads(from.list - stay), code.text(), heads(from.list)));
            }
            weights.push_back(stay);
            units_[code].list -= from.list - stay;
            for (const auto& [to, patients] : parts) units_[to].list += patients;
            for (const auto& [line, remaining] : from.remaining) {
                if (from.list > 0) hand_over(from, line, shared_out(remaining, weights), parts);
            }
        }
        return Nothing{};
    }

    void hand_over(const Unit& from, BudgetLine line, const std::vector<Pence>& shares,
                   const std::vector<std::pair<PracticeCode, std::int64_t>>& parts) {
        const PracticeCode code = from.head->practice;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto& [to, patients] = parts[i];
            units_[code].remaining[line] -= shares[i];
            units_[to].remaining[line] += shares[i];
            put({InYearKind::movement,
                 line,
                 code,
                 to,
                 shares[i],
                 code,
                 {},
                 fmt::format("{} patients moved from {} to {}: {} × {} ÷ {}", heads(patients),
                             code.text(), to.text(), in_pounds(from.remaining.at(line)),
                             heads(patients), heads(from.list))});
        }
    }

    void close(Unit& unit, InYearKind kind) {
        const bool leaves = kind == InYearKind::departure;
        const PracticeCode code = unit.head->practice;
        for (auto& [line, remaining] : unit.remaining) {
            put({kind, line, code, leaves ? left_account : growth_reserve_account, remaining, code,
                 -unit.unfunded[line],
                 leaves ? code.text() + " has another commissioner: what remains leaves the total"
                        : code.text() + " closed: what remains goes to the growth reserve"});
            (leaves ? left_ : result_.reserves)[line] += remaining;
            remaining = Pence(0);
        }
        unit.list = 0;
        unit.now = 0;
    }

    // What the list's change since the budget was set comes to, at the unit's own rate a head.
    Outcome follow_list(Unit& unit) {
        const std::int64_t now = unit.now.value_or(unit.list);
        if (unit.list == 0 && now > 0) return open(unit, now);
        for (const BudgetLine line : lines_) {
            const Pence remaining = unit.remaining[line];
            const Pence carried = unit.unfunded[line];
            std::int64_t change = 0;
            if (unit.list > 0) {
                change = divided(wide{remaining.count()} * (now - unit.list), wide{unit.list},
                                 Rounding::half_up);
            }
            const bool keeps = change < 0 && inputs_.rule.falling_lists == FallingLists::keep;
            const Pence net = Pence(keeps ? 0 : change) + carried;
            const std::string reason = fmt::format(
                "list {} to {}: {} × {} ÷ {} = {}{}", heads(unit.list), heads(now),
                in_pounds(remaining), heads(now - unit.list), heads(unit.list),
                in_pounds(Pence(change)),
                carried == Pence(0) ? ""
                                    : fmt::format(", and {} owed from before", in_pounds(carried)));
            if (net < Pence(0)) {
                release(unit, line, -net, reason);
            } else if (net > Pence(0) || carried != Pence(0)) {
                claims_[line].push_back(
                    {unit.head->practice, InYearKind::list_growth, carried, net, reason});
            }
        }
        return Nothing{};
    }

    void release(Unit& unit, BudgetLine line, Pence amount, const std::string& reason) {
        const PracticeCode code = unit.head->practice;
        put({InYearKind::list_fall, line, code, growth_reserve_account, amount, code,
             -unit.unfunded[line], reason});
        unit.remaining[line] -= amount;
        result_.reserves[line] += amount;
    }

    // A practice without a budget: the commissioner's own rate a weighted head.
    Outcome open(const Unit& unit, std::int64_t now) {
        for (const BudgetLine line : lines_) {
            const auto rate = rate_of(line);
            if (!rate) return rate.problem();
            if (rate->money == Pence(0)) continue;
            const auto money = unit.head->lines.find(line);
            if (money == unit.head->lines.end() || money->second.weight <= 0) {
                return no_weight(unit.head->practice, line);
            }
            const Pence amount(divided(wide{rate->money.count()} * money->second.weight,
                                       rate->weight, Rounding::half_up));
            claims_[line].push_back(
                {unit.head->practice,
                 InYearKind::opening,
                 {},
                 amount,
                 fmt::format("opened with {} patients, {} weighted: {} × {} ÷ {}", heads(now),
                             to_text(Factor(money->second.weight)), in_pounds(rate->money),
                             to_text(Factor(money->second.weight)),
                             to_text(Factor(static_cast<std::int64_t>(rate->weight))))});
        }
        return Nothing{};
    }

    static Problem no_weight(PracticeCode practice, BudgetLine line) {
        return bad_input(
            fmt::format("a practice opened, and {} has no weight for '{}': a missing "
                        "weight is never taken as 1; give --weights",
                        practice.text(), name_of(line).code));
    }

    struct Rate {
        Pence money;
        wide weight = 0;
    };
    Result<Rate> rate_of(BudgetLine line) const {
        Rate rate;
        for (const auto& [code, practice] : by_code_) {
            const auto money = practice->lines.find(line);
            if (money == practice->lines.end() || practice->list_before == Patients()) continue;
            if (money->second.weight <= 0) return no_weight(code, line);
            rate.money += money->second.remaining;
            rate.weight += money->second.weight;
        }
        return rate;
    }

    Outcome pay_claims() {
        if (auto fine = refuse_if_short(); !fine) return fine;
        for (const auto& [line, claims] : claims_) {
            Pence asked;
            std::vector<std::int64_t> weights;
            for (const Claim& claim : claims) {
                asked += claim.amount;
                weights.push_back(claim.amount.count());
            }
            const Pence available = result_.reserves[line];
            std::vector<Pence> paid;
            if (asked > available) {
                paid = shared_out(available, weights);
            } else {
                for (const Claim& claim : claims) paid.push_back(claim.amount);
            }
            for (std::size_t i = 0; i < claims.size(); ++i) pay(line, claims[i], paid[i]);
        }
        return Nothing{};
    }

    Outcome refuse_if_short() {
        if (inputs_.rule.reserve_short != ReserveShort::refuse) return Nothing{};
        std::string lacking;
        for (const auto& [line, claims] : claims_) {
            Pence asked;
            for (const Claim& claim : claims) asked += claim.amount;
            if (asked <= result_.reserves[line]) continue;
            lacking += fmt::format("{}{} asks for {} and has {}", lacking.empty() ? "" : "; ",
                                   name_of(line).code, in_pounds(asked),
                                   in_pounds(result_.reserves[line]));
        }
        if (lacking.empty()) return Nothing{};
        return conflict(
            "the growth reserve is too small, and the scheme refuses to share what "
            "there is: " +
            lacking);
    }

    void pay(BudgetLine line, const Claim& claim, Pence paid) {
        std::string reason = claim.reason;
        if (paid != claim.amount) {
            reason += fmt::format("; of {} the reserve has {} for it, shared pro rata",
                                  in_pounds(claim.amount), in_pounds(paid));
            result_.shortfalls.push_back({claim.practice, line, claim.amount, paid});
        }
        units_[claim.practice].remaining[line] += paid;
        result_.reserves[line] -= paid;
        put({claim.kind, line, growth_reserve_account, claim.practice, paid, claim.practice,
             claim.amount - paid - claim.carried, reason});
    }

    void note_lists() {
        for (const auto& [code, practice] : by_code_) {
            Patients list;
            if (const auto unit = units_.find(code); unit != units_.end()) {
                std::int64_t now = unit->second.now.value_or(unit->second.list);
                // What a fall left with the practice is not paid again when the list recovers.
                if (inputs_.rule.falling_lists == FallingLists::keep &&
                    practice->fate == InYearFate::stays) {
                    now = std::max(now, unit->second.list);
                }
                list = Patients::from_thousandths(now);
            }
            if (list != practice->list_before) result_.lists[code] = list;
        }
    }

    const InYearInputs& inputs_;
    std::map<PracticeCode, const InYearPractice*> by_code_;
    std::set<BudgetLine> lines_;
    std::map<PracticeCode, Unit> units_;
    std::map<BudgetLine, Pence> left_;
    std::map<BudgetLine, std::vector<Claim>> claims_;  // by practice within a line
    InYearResult result_;
};

}  // namespace

std::string_view to_text(InYearKind kind) { return words_of(kind).code; }
std::string_view in_words(InYearKind kind) { return words_of(kind).words; }

Result<InYearKind> parse_in_year_kind(std::string_view text) {
    const auto found = std::ranges::find(in_year_kinds, text, &InYearKindWords::code);
    if (found != in_year_kinds.end()) return found->kind;
    return bad_input(fmt::format("'{}' is no kind of in-year change", text));
}

Result<InYearResult> adjusted_in_year(const InYearInputs& inputs) { return Adjuster(inputs).run(); }

Profile rest_of_year(const Profile& profile, Month from) {
    Profile rest = profile;
    for (int month = 0; month < from.place_in_year() - 1; ++month) {
        rest.weights[static_cast<std::size_t>(month)] = 0;
    }
    return rest;
}

Pence still_to_come(Pence amount, const Profile& profile, Month since, Month from) {
    if (from <= since) return amount;
    return amount - budget_to_date(amount, rest_of_year(profile, since), from - 1);
}

}  // namespace purse
