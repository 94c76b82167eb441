#include "desk/variance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <set>
#include <tuple>

#include "activity/contract_line.hpp"
#include "money/shares.hpp"

namespace purse {

// The gatherer has members of these two, and is known by its name to MonthVariances: they cannot be
// local to this file.

// A grain while it is gathered: its planned cells may be of several practices that merged, each
// with its own part of the year.
struct GrainInMaking {
    std::map<std::string, VarianceCell> cells;  // by code
    std::vector<const PlannedCell*> planned;
    std::int64_t late = 0, corrected = 0;
};

// What all practices together have of a code or a specialty.
struct SumByAll {
    std::int64_t count = 0;
    CellCost cost;
};

namespace {

constexpr std::size_t hrg_root_length = 4, bnf_paragraph_length = 6;

CellCost cost_of(const ActivityCell& cell) {
    return {{cell.tariff, cell.length_of_stay, cell.top_up, cell.unbundled, cell.provider}};
}

CellCost times(CellCost cost, std::int64_t factor) {
    for (std::int64_t& part : cost.by_part) part *= factor;
    return cost;
}

VarianceCell& cell_at(GrainInMaking& grain, const ActivityCell& cell) {
    VarianceCell& at = grain.cells[cell.code];
    std::tie(at.root, at.split) = root_and_split(cell);
    return at;
}

// Exact where the cells have one part; of merged practices the parts are taken in millionths.
void put_planned(GrainInMaking& making, VarianceGrain& grain) {
    if (making.planned.empty()) return;
    const PlannedCell& first = *making.planned.front();
    const bool one_part = std::ranges::all_of(making.planned, [&](const PlannedCell* cell) {
        return cell->part == first.part && cell->whole == first.whole;
    });
    grain.plan_part = one_part ? first.part : 1;
    grain.plan_whole = one_part ? first.whole : Factor::one;
    for (const PlannedCell* planned : making.planned) {
        const std::int64_t factor = one_part ? 1
                                             : divided(wide{planned->part} * Factor::one,
                                                       planned->whole, Rounding::half_up);
        VarianceCell& cell = cell_at(making, planned->cell);
        cell.planned += planned->cell.count * factor;
        cell.planned_cost += times(cost_of(planned->cell), factor);
    }
}

std::int64_t planned_cost(const VarianceGrain& grain) {
    wide sum = 0;
    for (const VarianceCell& cell : grain.cells) sum += cell.planned_cost.total();
    return divided(sum * grain.plan_part, grain.plan_whole, Rounding::half_up);
}

Pence recorded_cost(const VarianceGrain& grain) {
    std::int64_t sum = grain.late + grain.corrected;
    for (const VarianceCell& cell : grain.cells) sum += cell.cost.total();
    return rounded(FinePence(sum), Rounding::half_up);
}

double expected_count(const VarianceGrain& grain) {
    std::int64_t planned = 0;
    for (const VarianceCell& cell : grain.cells) planned += cell.planned;
    return static_cast<double>(planned) * static_cast<double>(grain.plan_part) /
           static_cast<double>(grain.plan_whole) * static_cast<double>(grain.expected_now) /
           static_cast<double>(grain.expected_before);
}

double recorded_count(const VarianceGrain& grain) {
    std::int64_t count = 0;
    for (const VarianceCell& cell : grain.cells) count += cell.count;
    return static_cast<double>(count);
}

std::string mostly(const Variance& variance) {
    const Pence price = variance.part(VariancePart::price);
    Pence largest;
    std::string words;
    for (const PricePart part : all_price_parts) {
        const Pence amount = variance.price[static_cast<std::size_t>(part)];
        const bool same_way = (amount > Pence(0)) == (price > Pence(0));
        const Pence size = amount < Pence(0) ? -amount : amount;
        if (!same_way || size <= largest) continue;
        largest = size;
        words = in_words(part);
    }
    return words;
}

void put_lists(const PracticeLists& lists, BudgetLine line, VarianceGrain& grain) {
    grain.list_before = lists.before;
    grain.list_now = lists.now;
    const ExpectedOfLists expected = lists.expected_of(line);
    grain.expected_before = expected.before;
    grain.expected_now = expected.now;
}

}  // namespace

class VarianceGatherer {
  public:
    VarianceGatherer(const Site& site, const MonthReports& reports)
        : site_(site), reports_(reports) {}

    Result<MonthVariances> gather() {
        // What was recorded is read while the plan is priced, where there are two processors.
        const auto how =
            site_.database_limits().threads > 1 ? std::launch::async : std::launch::deferred;
        auto reading = std::async(how, [&] { return recorded_activity(site_, reports_); });
        auto plan = variance_plan(site_, reports_);
        if (!plan) return plan.problem();
        auto lists = variance_lists(site_, reports_, *plan);
        if (!lists) return lists.problem();
        auto recorded = reading.get();
        if (!recorded) return recorded.problem();
        made_.month = reports_.setting.month;
        made_.closing = reports_.closing.sequence;
        made_.closes = recorded->closes;
        made_.notes = lists->notes;
        add_accounts(*plan, *lists);
        take(*plan, *recorded);
        for (auto& [account, gathered] : made_.accounts) {
            if (auto finished = finish(account, gathered); !finished) return finished.problem();
        }
        measure_chance();
        add_expected();
        MonthVariances variances;
        variances.gathered_ = std::make_shared<const MonthVariances::Gathered>(std::move(made_));
        return variances;
    }

  private:
    using Key = std::tuple<Account, BudgetLine, std::string>;

    void add_accounts(const VariancePlan& plan, const VarianceLists& lists) {
        for (const auto& [account, figures] : reports_.accounts) {
            if (is_unattributed(account) || figures.budgets.empty()) continue;
            auto& gathered = made_.accounts[account];
            gathered.name = reports_.setting.name_of(account);
            if (const auto basis = plan.basis.find(account); basis != plan.basis.end()) {
                gathered.plan = basis->second;
            }
            if (const auto list = lists.practices.find(account); list != lists.practices.end()) {
                gathered.lists = list->second;
            }
        }
    }

    // The account whose budget bears a record's line; none where no budget is for it.
    [[nodiscard]] std::optional<Account> holder_of(Account account, BudgetLine line) const {
        const Account holder = reports_.roll_up(account);
        const auto known = reports_.accounts.find(holder);
        if (!made_.accounts.contains(holder) || known->second.outside.contains(line)) {
            return std::nullopt;
        }
        return holder;
    }

    GrainInMaking* grain_of(Account account, const ActivityCell& cell) {
        const auto holder = holder_of(account, cell.line);
        return holder ? &grains_[{*holder, cell.line, cell.specialty}] : nullptr;
    }

    void take(const VariancePlan& plan, const RecordedActivity& recorded) {
        for (const PlannedCell& planned : plan.cells) {
            GrainInMaking* grain = grain_of(planned.holder, planned.cell);
            if (grain == nullptr) continue;
            grain->planned.push_back(&planned);
            add_by_all(planned.cell);
        }
        for (const ActivityCell& cell : recorded.cells) {
            GrainInMaking* grain = grain_of(cell.account, cell);
            if (grain == nullptr) continue;
            VarianceCell& at = cell_at(*grain, cell);
            at.count += cell.count;
            at.cost += cost_of(cell);
        }
        for (const ChargeChange& change : recorded.changes) {
            const auto holder = holder_of(change.account, change.line);
            if (!holder) continue;
            GrainInMaking& grain = grains_[{*holder, change.line, change.specialty}];
            grain.late += change.late;
            grain.corrected += change.corrected;
            auto& changed = made_.accounts[*holder].changed[change.line];
            changed.first += change.late_records;
            changed.second += change.corrected_records;
        }
        make_grains();
    }

    void add_by_all(const ActivityCell& cell) {
        for (SumByAll* sum :
             {&by_code_[{cell.line, cell.code}], &by_specialty_[{cell.line, cell.specialty}]}) {
            sum->count += cell.count;
            sum->cost += cost_of(cell);
        }
    }

    void make_grains() {
        for (auto& [key, making] : grains_) {
            const auto& [account, line, specialty] = key;
            auto& gathered = made_.accounts[account];
            VarianceGrain& grain = gathered.lines[line][specialty];
            put_planned(making, grain);
            put_lists(gathered.lists, line, grain);
            grain.late = making.late;
            grain.corrected = making.corrected;
            for (auto& [code, cell] : making.cells) {
                const SumByAll& all = by_code_[{line, code}];
                cell.planned_by_all = all.count;
                cell.planned_cost_by_all = all.cost;
                grain.cells.push_back(std::move(cell));
            }
            const SumByAll& all = by_specialty_[{line, specialty}];
            grain.planned_by_all = all.count;
            grain.planned_cost_by_all = all.cost.total();
        }
    }

    // Budgets, what is known besides, and odd pence: prescribing is rounded once for each account
    // and month in a statement, and its sections here.
    Outcome finish(Account account, MonthVariances::GatheredPractice& gathered) {
        const AccountMonth& figures = reports_.accounts.at(account);
        std::set<BudgetLine> contracted;
        for (const BlockShare& share : figures.contracts) {
            if (!figures.outside.contains(share.line)) contracted.insert(share.line);
        }
        for (const BudgetLine line : contracted) {
            add_contract(line, figures.lines.at(line).year_to_date.cost, figures, gathered);
        }
        for (const auto& [line, budget] : figures.budgets) {
            if (!contracted.contains(line) && !figures.outside.contains(line)) {
                share_budget(budget.to_date, line, gathered);
            }
        }
        for (const auto& [line, of_line] : figures.lines) {
            if (is_paid_by_contract(line)) continue;
            auto& grains = gathered.lines[line];
            Pence recorded;
            for (const auto& [specialty, grain] : grains) recorded += recorded_cost(grain);
            const Pence odd = of_line.year_to_date.cost - recorded;
            if (odd == Pence(0)) continue;
            if (line != BudgetLine::prescribing) {
                return conflict(fmt::format(
                    "{}, {}: the records come to {} and the statement to {}: run 'purse verify', "
                    "close the month again with --again, and report this",
                    account.text(), name_of(line).name, in_pounds(recorded),
                    in_pounds(of_line.year_to_date.cost)));
            }
            rest_of(line, gathered).other += odd;
        }
        return Nothing{};
    }

    // Block contracts are planned as budgeted: what they cost more or less is their price.
    static void add_contract(BudgetLine line, Pence cost, const AccountMonth& figures,
                             MonthVariances::GatheredPractice& gathered) {
        VarianceGrain& grain = gathered.lines[line][""];
        const auto budget = figures.budgets.find(line);
        if (budget != figures.budgets.end()) grain.budget = budget->second.to_date;
        VarianceCell cell;
        cell.root = "block";
        cell.planned = cell.count = 1;
        cell.planned_cost.by_part[0] = grain.budget.count() * FinePence::per_penny;
        cell.cost.by_part[0] = cost.count() * FinePence::per_penny;
        grain.cells.push_back(std::move(cell));
    }

    // Of a line, what no specialty can be named for.
    static VarianceGrain& rest_of(BudgetLine line, MonthVariances::GatheredPractice& gathered) {
        VarianceGrain& grain = gathered.lines[line][""];
        put_lists(gathered.lists, line, grain);
        return grain;
    }

    static void share_budget(Pence budget, BudgetLine line,
                             MonthVariances::GatheredPractice& gathered) {
        auto& grains = gathered.lines[line];
        std::vector<std::int64_t> weights;
        std::int64_t all = 0;
        for (const auto& [specialty, grain] : grains) {
            weights.push_back(std::max<std::int64_t>(0, planned_cost(grain)));
            all += weights.back();
        }
        if (all == 0) {
            rest_of(line, gathered).budget += budget;
            return;
        }
        const std::vector<Pence> shares = shared_out(budget, weights);
        std::size_t at = 0;
        for (auto& [specialty, grain] : grains) grain.budget += shares[at++];
    }

    // What the statement expects when complete, less what is reported.
    void add_expected() {
        for (const auto& [account, lines] : expected_by_function(reports_)) {
            const auto found = made_.accounts.find(account);
            if (found == made_.accounts.end()) continue;
            for (const auto& [line, functions] : lines) {
                for (const auto& [function, expected] : functions) {
                    if (expected.more == Pence(0)) continue;
                    VarianceGrain& grain = found->second.lines[line][function.text()];
                    put_lists(found->second.lists, line, grain);
                    grain.expected += expected.more;
                }
            }
        }
    }

    void measure_chance() {
        std::map<BudgetLine, std::vector<CountBesideExpected>> counts;
        for (const auto& [account, gathered] : made_.accounts) {
            for (const auto& [line, grains] : gathered.lines) {
                CountBesideExpected one;
                for (const auto& [specialty, grain] : grains) {
                    one.count += recorded_count(grain);
                    one.expected += expected_count(grain);
                }
                counts[line].push_back(one);
            }
        }
        for (const auto& [line, practices] : counts) {
            made_.overdispersion[line] = overdispersion_of(practices);
        }
    }

    const Site& site_;
    const MonthReports& reports_;
    std::map<Key, GrainInMaking> grains_;
    std::map<std::pair<BudgetLine, std::string>, SumByAll> by_code_, by_specialty_;
    MonthVariances::Gathered made_;
};

namespace {

void add_reasons(const LineVariance& line, const PracticeLists& lists,
                 std::vector<VarianceReason>& all) {
    for (const VariancePart part : all_variance_parts) {
        if (!is_of_statement(part)) continue;
        VarianceReason reason;
        reason.line = line.line;
        reason.part = part;
        reason.amount = line.sum.part(part);
        reason.count = line.sum.count;
        reason.expected = whole_records(line.sum.expected_count);
        reason.nothing_recorded = line.sum.count == 0 && line.sum.planned == 0;
        if (part == VariancePart::volume) reason.range = line.range;
        if (part == VariancePart::price) reason.mostly = mostly(line.sum);
        reason.list_before = whole_records(lists.before / lists.months);
        reason.list_now = whole_records(lists.now / lists.months);
        all.push_back(std::move(reason));
    }
}

std::vector<std::string> notes_of(const std::vector<MonthClose>& closes) {
    std::string late;
    for (const MonthClose& close : closes) {
        if (close.month == close.closed) continue;
        late += fmt::format("{}{} (with {})", late.empty() ? "" : ", ", in_words(close.month),
                            in_words(close.closed));
    }
    if (late.empty()) return {};
    return {fmt::format(
        "months that were first closed with a later one: what came to them before that is not told "
        "apart as late or corrected: {}",
        late)};
}

}  // namespace

PenceByFunction held_out(const MonthReports& reports, const ChallengedMonth& challenged) {
    PenceByFunction all;
    for (const ChallengeFigure& figure : challenged.figures) {
        const Pence disputed = figure.sums.disputed_to_date;
        const auto account = reports.accounts.find(figure.account);
        if (disputed == Pence(0) || account == reports.accounts.end()) continue;
        if (account->second.outside.contains(figure.line)) continue;
        all[figure.account][figure.line][figure.treatment_function.text()] += disputed;
    }
    return all;
}

Result<MonthVariances> MonthVariances::gather(const Site& site, const MonthReports& reports) {
    return VarianceGatherer(site, reports).gather();
}

MonthVariances MonthVariances::holding_out(const MonthReports& reports,
                                           const ChallengedMonth& challenged) const {
    MonthVariances with = *this;
    with.held_out_ = held_out(reports, challenged);
    with.challenges_as_at_ = challenged.as_at;
    return with;
}

const MonthVariances::GatheredPractice* MonthVariances::practice(const std::string& code) const {
    const auto found = gathered_->accounts.find(Account(code));
    return found == gathered_->accounts.end() ? nullptr : &found->second;
}

std::map<BudgetLine, MonthVariances::Grains> MonthVariances::lines_of(
    Account account, const GatheredPractice& practice) const {
    std::map<BudgetLine, Grains> lines = practice.lines;
    const auto held = held_out_.find(account);
    if (held == held_out_.end()) return lines;
    for (const auto& [line, functions] : held->second) {
        for (const auto& [function, disputed] : functions) {
            VarianceGrain& grain = lines[line][function];
            put_lists(practice.lists, line, grain);
            grain.disputed += disputed;
        }
    }
    return lines;
}

Result<PracticeVariance> MonthVariances::of(const std::string& code) const {
    const GatheredPractice* found = practice(code);
    if (found == nullptr) {
        return not_found(fmt::format("{} has no budget in {}: there is no variance to explain",
                                     code, in_words(gathered_->month)));
    }
    const GatheredPractice& account = *found;
    if (account.plan.kind == PlanKind::none) return not_found(account.plan.says);
    PracticeVariance practice{.code = code,
                              .name = account.name,
                              .month = gathered_->month,
                              .closing = gathered_->closing,
                              .plan = account.plan,
                              .lists = account.lists,
                              .closes = gathered_->closes,
                              .challenges_as_at = challenges_as_at_,
                              .notes = gathered_->notes};
    std::vector<VarianceReason> reasons;
    for (const auto& [line, grains] : lines_of(Account(code), account)) {
        LineVariance of_line;
        of_line.line = line;
        for (const auto& [specialty, grain] : grains) {
            const auto variance = variance_of(grain);
            if (!variance) return variance.problem();
            of_line.by_specialty[specialty] = *variance;
            of_line.sum += *variance;
        }
        if (const auto known = gathered_->overdispersion.find(line);
            known != gathered_->overdispersion.end()) {
            of_line.overdispersion = known->second;
        }
        of_line.range = volume_range(static_cast<double>(of_line.sum.expected_count) / a_thousand,
                                     of_line.overdispersion);
        if (const auto changed = account.changed.find(line); changed != account.changed.end()) {
            std::tie(of_line.late_records, of_line.corrected_records) = changed->second;
        }
        of_line.expected = account.lists.expected_of(line);
        practice.total += of_line.sum;
        add_reasons(of_line, account.lists, reasons);
        practice.lines.push_back(std::move(of_line));
    }
    practice.reasons = largest_reasons(with_recorded_otherwise(std::move(reasons)));
    CHECK(practice.reasons.total() == practice.total.total());
    if (!account.lists.known) practice.notes.push_back(account.lists.says);
    for (std::string& note : notes_of(gathered_->closes)) practice.notes.push_back(std::move(note));
    return practice;
}

Result<std::map<std::string, Variance>> MonthVariances::by_root(const std::string& code,
                                                                BudgetLine line) const {
    const GatheredPractice* found = practice(code);
    const std::map<BudgetLine, Grains> lines =
        found == nullptr ? std::map<BudgetLine, Grains>() : lines_of(Account(code), *found);
    if (!lines.contains(line)) {
        return not_found(fmt::format("{} has neither a budget nor records of {} in {}", code,
                                     name_of(line).name, in_words(gathered_->month)));
    }
    std::map<std::string, Variance> all;
    for (const auto& [specialty, grain] : lines.at(line)) {
        const auto roots = variance_by_root(grain);
        if (!roots) return roots.problem();
        for (const auto& [root, variance] : *roots) all[root] += variance;
    }
    return all;
}

std::vector<Account> MonthVariances::practices() const {
    std::vector<Account> all;
    for (const auto& [account, gathered] : gathered_->accounts) all.push_back(account);
    return all;
}

std::pair<std::string, std::string> root_and_split(const ActivityCell& cell) {
    if (cell.code == imaging_code) return {cell.code, ""};
    const std::size_t length =
        cell.line == BudgetLine::prescribing ? bnf_paragraph_length : hrg_root_length;
    return {cell.code.substr(0, length),
            cell.code.size() > length ? cell.code.substr(length) : std::string()};
}

const VarianceGrain* MonthVariances::grain(const std::string& code, BudgetLine line,
                                           const std::string& specialty) const {
    const GatheredPractice* found = practice(code);
    if (found == nullptr || !found->lines.contains(line)) return nullptr;
    const auto grain = found->lines.at(line).find(specialty);
    return grain == found->lines.at(line).end() ? nullptr : &grain->second;
}

const LineVariance* PracticeVariance::line(BudgetLine line) const {
    const auto found = std::ranges::find(lines, line, &LineVariance::line);
    return found == lines.end() ? nullptr : &*found;
}

}  // namespace purse
