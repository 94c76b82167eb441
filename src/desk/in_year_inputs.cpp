#include "desk/in_year_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "budget/need_weights.hpp"
#include "desk/budget_setting.hpp"
#include "desk/month_inputs.hpp"
#include "population/list_size.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

Result<std::vector<InYearMovement>> read_movements(const fs::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    std::vector<std::size_t> at;
    for (const char* heading : {"from", "to", "patients"}) {
        const auto column = table->column(heading);
        if (!column) return column.problem();
        at.push_back(*column);
    }
    std::vector<InYearMovement> movements;
    for (const TextTable::Row& row : table->rows) {
        const auto patients = parse_patients(row.cells[at[2]]);
        if (!patients || row.cells[at[0]].empty() || row.cells[at[1]].empty()) {
            return bad_input(
                fmt::format("{} line {}: write the two practices and how many "
                            "patients moved",
                            table->file, row.line));
        }
        movements.push_back(
            {PracticeCode(row.cells[at[0]]), PracticeCode(row.cells[at[1]]), *patients});
    }
    return movements;
}

class Gatherer {
  public:
    Gatherer(const Site& site, const AdjustBudgetsRequest& request)
        : site_(site), request_(request), day_(request.from.first_day()) {}

    Result<InYearState> gather() {
        if (auto done = find_draft(); !done) return done.problem();
        if (auto done = find_profiles(); !done) return done.problem();
        const KnownLists known = site_.decisions().lists();
        const Lists lists(known.sizes, known.weighted);
        lists_ = &lists;
        state_.affiliations = affiliations_of(site_);
        const auto ours = state_.affiliations->ours_on(day_);
        ours_.insert(ours.begin(), ours.end());
        find_in_force();
        if (auto done = find_lists_before(); !done) return done.problem();
        add_practices();
        if (auto done = add_weights(); !done) return done.problem();
        add_reserves();
        if (auto done = add_movements(); !done) return done.problem();
        state_.inputs.rule = state_.base.derivation.scheme.in_year;
        return std::move(state_);
    }

  private:
    // The draft of the first change, so that one reserve pays all year; else the one offered last.
    Outcome find_draft() {
        state_.changes = site_.decisions().in_year_changes(request_.year);
        std::optional<std::string> name;
        for (const Draft& draft : site_.decisions().drafts(request_.year)) {
            if (!state_.changes.empty() && draft.digest == state_.changes.front().change.draft) {
                name = draft.name;
            }
        }
        if (!name) {
            const auto offered = site_.decisions().last_offered_draft(request_.year);
            if (!offered) {
                return not_found(
                    fmt::format("no budgets of {} were offered: there is nothing to "
                                "change yet",
                                to_text(request_.year)));
            }
            name = offered->name;
        }
        auto found = derivation_of(site_, request_.year, name);
        if (!found) return found.problem();
        state_.draft = found->draft;
        state_.base = std::move(found->file);
        return Nothing{};
    }

    Outcome find_profiles() {
        auto profiles = LineProfiles::of(site_, request_.year);
        if (!profiles) return profiles.problem();
        profiles_ = std::move(*profiles);
        return Nothing{};
    }

    // Leaves out, with a note, whose budget no change can stand on.
    void find_in_force() {
        std::map<PracticeCode, std::string> last_changed;
        for (const InYearChange& change : state_.changes) {
            for (const auto& [practice, list] : change.change.lists) {
                last_changed[practice] = change.change.at;
            }
        }
        for (auto& [practice, budget] : budgets_in_force(site_, request_.year)) {
            const auto changed = last_changed.find(practice);
            if (budget.draft.empty()) {
                leave_out(practice, "its budget was imported from a file: no scheme applies");
            } else if (changed != last_changed.end() && changed->second < budget.since) {
                leave_out(practice,
                          "its budget was agreed anew after a change: enter the difference when "
                          "next year's is set");
                state_.in_force[practice] = budget;
            } else {
                state_.in_force[practice] = budget;
            }
        }
        for (const DerivationPractice& practice : state_.base.inputs.practices) {
            const PracticeCode code = practice.practice;
            if (state_.in_force.contains(code) || left_out_.contains(code)) continue;
            leave_out(code,
                      "its budget is neither agreed nor ruled yet: run this again when it is");
        }
    }

    void leave_out(PracticeCode practice, const std::string& why) {
        left_out_.insert(practice);
        state_.notes.push_back(fmt::format("{} is left out: {}", practice.text(), why));
    }

    // The lists that budgets stand on: their draft's, then what changes recognised.
    Outcome find_lists_before() {
        for (const auto& [practice, budget] : state_.in_force) {
            const auto file = derivation(budget.draft);
            if (!file) return file.problem();
            const auto& practices = (*file)->inputs.practices;
            const auto found =
                std::ranges::find(practices, practice, &DerivationPractice::practice);
            if (found == practices.end()) continue;
            at_setting_[practice] = *found;
            before_[practice] = found->list_now;
        }
        for (const InYearChange& change : state_.changes) {
            for (const auto& [practice, list] : change.change.lists) before_[practice] = list;
        }
        return Nothing{};
    }

    Result<const DerivationFile*> derivation(const std::string& draft) {
        if (draft == state_.draft.name) return &state_.base;
        const auto known = derivations_.find(draft);
        if (known != derivations_.end()) return &known->second;
        auto found = derivation_of(site_, request_.year, draft);
        if (!found) return found.problem();
        return &derivations_.emplace(draft, std::move(found->file)).first->second;
    }

    void add_practices() {
        std::set<PracticeCode> all = ours_;
        for (const auto& [practice, list] : before_) all.insert(practice);
        for (const PracticeCode code : all) {
            if (left_out_.contains(code)) continue;
            if (!before_.contains(code) && was_there_in_april(code)) {
                leave_out(code, "it was there when the year began and is in no agreed budget");
                continue;
            }
            InYearPractice practice;
            practice.practice = code;
            if (before_.contains(code)) practice.list_before = before_.at(code);
            if (!set_fate(practice)) continue;
            add_money(practice);
            state_.inputs.practices.push_back(std::move(practice));
        }
        for (InYearPractice& practice : state_.inputs.practices) set_list(practice);
    }

    // Before its first membership a practice counts as that one's: the day it opened tells more.
    [[nodiscard]] bool was_there_in_april(PracticeCode code) const {
        const Date first_day = request_.year.first_month().first_day();
        const Practice* known = state_.affiliations->practice(code);
        if (known != nullptr && known->open && *known->open > first_day) return false;
        return std::ranges::binary_search(state_.affiliations->ours_on(first_day), code);
    }

    // False: left out.
    bool set_fate(InYearPractice& practice) {
        const PracticeCode code = practice.practice;
        const PracticeCode current = state_.affiliations->current_of(code, day_);
        if (current != code) {
            practice.fate = InYearFate::merged;
            practice.successor = current;
            if (!ours_.contains(current)) {
                practice.fate = InYearFate::left;
            } else if (left_out_.contains(current)) {
                leave_out(code,
                          fmt::format("it merged into {}, which is left out", current.text()));
                return false;
            }
            return true;
        }
        if (ours_.contains(code)) return true;
        const Practice* known = state_.affiliations->practice(code);
        const bool closed = known != nullptr && known->close && *known->close < day_;
        practice.fate = closed ? InYearFate::closed : InYearFate::left;
        return true;
    }

    void add_money(InYearPractice& practice) {
        const PracticeCode code = practice.practice;
        const Month april = request_.year.first_month();
        if (const auto budget = state_.in_force.find(code); budget != state_.in_force.end()) {
            for (const auto& [line, annual] : budget->second.lines) {
                practice.lines[line].remaining =
                    still_to_come(annual, profiles_.at(line), april, request_.from);
            }
        }
        for (const InYearChange& change : state_.changes) {
            for (const InYearMove& move : change.change.moves) {
                const auto rest = [&](Pence amount) {
                    return still_to_come(amount, profiles_.at(move.line), change.change.from,
                                         request_.from);
                };
                if (move.from == code) practice.lines[move.line].remaining -= rest(move.amount);
                if (move.to == code) practice.lines[move.line].remaining += rest(move.amount);
                if (move.practice == code) {
                    practice.lines[move.line].unfunded += rest(move.unfunded);
                }
            }
        }
        // It gave all it had. Months are kept to whole pence, so that a penny may seem to be left.
        if (practice.list_before != Patients()) return;
        for (auto& [line, money] : practice.lines) money.remaining = money.unfunded = Pence(0);
    }

    // The day the practice's patients came to be counted with its successor's.
    [[nodiscard]] Date merged_on(PracticeCode practice) const {
        Date latest = Date::of(1948, 7, 5);
        for (const Succession& succession : successions()) {
            if (succession.practice == practice && succession.from <= day_) {
                latest = std::max(latest, succession.from);
            }
        }
        return latest;
    }

    [[nodiscard]] const std::vector<Succession>& successions() const {
        if (!successions_) successions_ = site_.decisions().organisations().successions;
        return *successions_;
    }

    // A list that is older than the merger lacks the patients of who merged: theirs are added.
    void set_list(InYearPractice& practice) {
        const PracticeCode code = practice.practice;
        if (practice.fate == InYearFate::merged) {
            const auto known = lists_->day_known(practice.successor, day_);
            practice.list_now = known && *known >= merged_on(code) ? Patients() : newest(practice);
            return;
        }
        if (practice.fate != InYearFate::stays) return;
        const bool has_parts =
            std::ranges::any_of(state_.inputs.practices, [&](const InYearPractice& other) {
                return other.fate == InYearFate::merged && other.successor == code;
            });
        if (has_parts || lists_->total(code, day_)) practice.list_now = newest(practice);
        const auto known = lists_->day_known(code, day_);
        if (!known || *known < day_) ++without_new_list_;
    }

    [[nodiscard]] Patients newest(const InYearPractice& practice) const {
        return lists_->total(practice.practice, day_).value_or(practice.list_before);
    }

    // By head where the scheme shares by history; by need where it shares by need.
    Outcome add_weights() {
        const bool opens = std::ranges::any_of(state_.inputs.practices, [](const auto& practice) {
            return practice.fate == InYearFate::stays && practice.list_before == Patients() &&
                   practice.list_now.value_or(Patients()) > Patients();
        });
        if (without_new_list_ > 0) {
            state_.notes.push_back(
                fmt::format("{} practices have no list of {} or later: their newest one counts",
                            without_new_list_, to_text(day_)));
        }
        if (!opens) return Nothing{};
        std::optional<NeedWeights> weights;
        if (request_.weights) {
            auto read = read_need_weights(*request_.weights);
            if (!read) return read.problem();
            weights = std::move(*read);
        }
        for (InYearPractice& practice : state_.inputs.practices) {
            for (const DerivedTotal& total : state_.base.derivation.totals) {
                if (total.blocked_back > Pence(0)) continue;
                const bool fresh = practice.list_before == Patients();
                if (!fresh && !practice.lines.contains(total.line)) continue;
                practice.lines[total.line].weight = weight_of(practice, total.line, weights);
            }
        }
        return Nothing{};
    }

    std::int64_t weight_of(const InYearPractice& practice, BudgetLine line,
                           const std::optional<NeedWeights>& weights) const {
        const SchemeBlock* block = state_.base.derivation.scheme.block_of(line);
        if (block == nullptr) return 0;
        const bool fresh = practice.list_before == Patients();
        const Patients list = fresh ? practice.list_now.value_or(Patients()) : practice.list_before;
        if (block->method == BudgetMethod::historic) return list.thousandths() * 1000;
        if (fresh) {
            if (!weights) return 0;
            const auto need = weights->of(practice.practice, block->need);
            return need ? *need : 0;
        }
        const auto known = at_setting_.find(practice.practice);
        if (known == at_setting_.end()) return 0;
        const auto need = known->second.needs.find(block->need);
        if (need == known->second.needs.end() || known->second.list_now == Patients()) return 0;
        return divided(wide{need->second} * list.thousandths(),
                       wide{known->second.list_now.thousandths()}, Rounding::half_up);
    }

    void add_reserves() {
        const InYearSums sums = sums_of(state_.changes);
        for (const DerivedTotal& total : state_.base.derivation.totals) {
            if (total.blocked_back > Pence(0)) continue;
            const auto moved = sums.find({growth_reserve_account, total.line});
            state_.inputs.reserves[total.line] =
                total.growth_reserve + (moved == sums.end() ? Pence(0) : moved->second);
        }
    }

    // Movements of the same quarter that are on record count once.
    Outcome add_movements() {
        if (!request_.movements) return Nothing{};
        const auto given = read_movements(*request_.movements);
        if (!given) return given.problem();
        for (const InYearMovement& movement : *given) {
            bool known = false;
            for (const InYearChange& change : state_.changes) {
                if (change.change.from != request_.from) continue;
                for (const InYearMovement& before : change.change.movements) {
                    if (before.from != movement.from || before.to != movement.to) continue;
                    if (before.patients != movement.patients) {
                        return conflict(fmt::format(
                            "{} patients from {} to {} are on record for this quarter, and {} now",
                            to_text(before.patients), movement.from.text(), movement.to.text(),
                            to_text(movement.patients)));
                    }
                    known = true;
                }
            }
            if (!known) state_.inputs.movements.push_back(movement);
        }
        return Nothing{};
    }

    const Site& site_;
    const AdjustBudgetsRequest& request_;
    Date day_;
    InYearState state_;
    LineProfiles profiles_;
    const Lists* lists_ = nullptr;
    std::set<PracticeCode> ours_;      // on the day
    std::set<PracticeCode> left_out_;  // with a note
    std::map<PracticeCode, DerivationPractice> at_setting_;
    std::map<PracticeCode, Patients> before_;
    std::map<std::string, DerivationFile> derivations_;  // of other drafts
    mutable std::optional<std::vector<Succession>> successions_;
    int without_new_list_ = 0;
};

Outcome begins_a_quarter(const AdjustBudgetsRequest& request) {
    if (request.from.financial_year() == request.year && request.from.month() % 3 == 1) {
        return Nothing{};
    }
    const Month april = request.year.first_month();
    return bad_input(fmt::format("{} begins no quarter of {}: write {}, {}, {} or {}",
                                 to_text(request.from), to_text(request.year), to_text(april),
                                 to_text(april + 3), to_text(april + 6), to_text(april + 9)));
}

}  // namespace

Result<InYearState> gather_in_year(const Site& site, const AdjustBudgetsRequest& request) {
    if (auto fine = begins_a_quarter(request); !fine) return fine.problem();
    return Gatherer(site, request).gather();
}

InYearSums sums_of(const std::vector<InYearChange>& changes) {
    InYearSums sums;
    for (const InYearChange& change : changes) {
        for (const InYearMove& move : change.change.moves) {
            sums[{move.from, move.line}] -= move.amount;
            sums[{move.to, move.line}] += move.amount;
        }
    }
    return sums;
}

}  // namespace purse
