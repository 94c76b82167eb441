#include "desk/variance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "activity/contract_line.hpp"
#include "money/shares.hpp"

namespace purse {

namespace {

constexpr std::int64_t a_thousand = 1000;
constexpr std::size_t hrg_root_length = 4, bnf_paragraph_length = 6;

std::pair<std::string, std::string> root_and_split(const ActivityCell& cell) {
    if (cell.code == imaging_code) return {cell.code, ""};
    const std::size_t length =
        cell.line == BudgetLine::prescribing ? bnf_paragraph_length : hrg_root_length;
    return {cell.code.substr(0, length),
            cell.code.size() > length ? cell.code.substr(length) : std::string()};
}

CellCost cost_of(const ActivityCell& cell) {
    return {{cell.tariff, cell.length_of_stay, cell.top_up, cell.unbundled, cell.provider}};
}

CellCost times(CellCost cost, std::int64_t factor) {
    for (std::int64_t& part : cost.by_part) part *= factor;
    return cost;
}

// A grain while it is gathered: its planned cells may be of several practices that merged, each
// with its own part of the year.
struct GrainInMaking {
    std::map<std::string, VarianceCell> cells;  // by code
    std::vector<const PlannedCell*> planned;
    std::int64_t late = 0, corrected = 0;
};

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

struct SumByAll {
    std::int64_t count = 0;
    CellCost cost;
};

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

std::int64_t whole_records(std::int64_t thousandths) { return (thousandths + 500) / a_thousand; }

}  // namespace

class VarianceGatherer {
  public:
    VarianceGatherer(const Site& site, const MonthReports& reports, const VarianceAside& aside)
        : site_(site), reports_(reports), aside_(aside) {}

    Result<MonthVariances> gather() {
        auto plan = variance_plan(site_, reports_);
        if (!plan) return plan.problem();
        auto lists = variance_lists(site_, reports_, *plan);
        if (!lists) return lists.problem();
        auto recorded = recorded_activity(site_, reports_);
        if (!recorded) return recorded.problem();
        made_.month_ = reports_.setting.month;
        made_.closing_ = reports_.closing.sequence;
        made_.closes_ = recorded->closes;
        made_.notes_ = lists->notes;
        add_accounts(*plan, *lists);
        take(*plan, *recorded);
        for (auto& [account, gathered] : made_.accounts_) {
            if (auto finished = finish(account, gathered); !finished) return finished.problem();
        }
        measure_chance();
        return std::move(made_);
    }

  private:
    using Key = std::tuple<Account, BudgetLine, std::string>;

    void add_accounts(const VariancePlan& plan, const VarianceLists& lists) {
        for (const auto& [account, figures] : reports_.accounts) {
            if (is_unattributed(account) || figures.budgets.empty()) continue;
            auto& gathered = made_.accounts_[account];
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
        if (!made_.accounts_.contains(holder) || known->second.outside.contains(line)) {
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
            auto& changed = made_.accounts_[*holder].changed[change.line];
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
            auto& gathered = made_.accounts_[account];
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

    static void put_lists(const PracticeLists& lists, BudgetLine line, VarianceGrain& grain) {
        grain.list_before = lists.before;
        grain.list_now = lists.now;
        const ExpectedOfLists expected = lists.expected_of(line);
        grain.expected_before = expected.before;
        grain.expected_now = expected.now;
    }

    // Budgets, what is known besides, and odd pence: prescribing is rounded once for each account
    // and month in a statement, and its sections here.
    Outcome finish(Account account, MonthVariances::Gathered& gathered) {
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
        put_aside(account, gathered);
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
                             MonthVariances::Gathered& gathered) {
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
    static VarianceGrain& rest_of(BudgetLine line, MonthVariances::Gathered& gathered) {
        VarianceGrain& grain = gathered.lines[line][""];
        put_lists(gathered.lists, line, grain);
        return grain;
    }

    static void share_budget(Pence budget, BudgetLine line, MonthVariances::Gathered& gathered) {
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

    void put_aside(Account account, MonthVariances::Gathered& gathered) const {
        if (const auto found = aside_.disputed.find(account); found != aside_.disputed.end()) {
            for (const auto& [line, pence] : found->second) {
                rest_of(line, gathered).disputed += pence;
            }
        }
        if (const auto found = aside_.expected.find(account); found != aside_.expected.end()) {
            for (const auto& [line, pence] : found->second) {
                rest_of(line, gathered).expected += pence;
            }
        }
    }

    void measure_chance() {
        std::map<BudgetLine, std::vector<CountBesideExpected>> counts;
        for (const auto& [account, gathered] : made_.accounts_) {
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
            made_.overdispersion_[line] = overdispersion_of(practices);
        }
    }

    const Site& site_;
    const MonthReports& reports_;
    const VarianceAside& aside_;
    std::map<Key, GrainInMaking> grains_;
    std::map<std::pair<BudgetLine, std::string>, SumByAll> by_code_, by_specialty_;
    MonthVariances made_;
};

namespace {

void add_reasons(const LineVariance& line, const PracticeLists& lists,
                 std::vector<VarianceReason>& all) {
    for (const VariancePart part : all_variance_parts) {
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
    std::vector<std::string> notes = {
        "the statement says what is expected to be reported yet, and what is under challenge: "
        "neither is in any part here"};
    if (late.empty()) return notes;
    notes.push_back(fmt::format(
        "months that were first closed with a later one: what came to them before that is not told "
        "apart as late or corrected: {}",
        late));
    return notes;
}

}  // namespace

Result<MonthVariances> MonthVariances::gather(const Site& site, const MonthReports& reports,
                                              const VarianceAside& aside) {
    return VarianceGatherer(site, reports, aside).gather();
}

Result<PracticeVariance> MonthVariances::of(const std::string& code) const {
    const auto found = accounts_.find(Account(code));
    if (found == accounts_.end()) {
        return not_found(fmt::format("{} has no budget in {}: there is no variance to explain",
                                     code, in_words(month_)));
    }
    const Gathered& account = found->second;
    if (account.plan.kind == PlanKind::none) return not_found(account.plan.says);
    PracticeVariance practice{.code = code,
                              .name = account.name,
                              .month = month_,
                              .closing = closing_,
                              .plan = account.plan,
                              .lists = account.lists,
                              .closes = closes_,
                              .notes = notes_};
    std::vector<VarianceReason> reasons;
    for (const auto& [line, grains] : account.lines) {
        LineVariance of_line;
        of_line.line = line;
        for (const auto& [specialty, grain] : grains) {
            const auto variance = variance_of(grain);
            if (!variance) return variance.problem();
            of_line.by_specialty[specialty] = *variance;
            of_line.sum += *variance;
        }
        of_line.overdispersion = overdispersion_.at(line);
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
    practice.reasons = largest_reasons(std::move(reasons));
    CHECK(practice.reasons.total() == practice.total.total());
    if (!account.lists.known) practice.notes.push_back(account.lists.says);
    for (std::string& note : notes_of(closes_)) practice.notes.push_back(std::move(note));
    return practice;
}

Result<std::map<std::string, Variance>> MonthVariances::by_root(const std::string& code,
                                                                BudgetLine line) const {
    const auto found = accounts_.find(Account(code));
    if (found == accounts_.end() || !found->second.lines.contains(line)) {
        return not_found(fmt::format("{} has neither a budget nor records of {} in {}", code,
                                     name_of(line).name, in_words(month_)));
    }
    std::map<std::string, Variance> all;
    for (const auto& [specialty, grain] : found->second.lines.at(line)) {
        const auto roots = variance_by_root(grain);
        if (!roots) return roots.problem();
        for (const auto& [root, variance] : *roots) all[root] += variance;
    }
    return all;
}

std::vector<Account> MonthVariances::practices() const {
    std::vector<Account> all;
    for (const auto& [account, gathered] : accounts_) all.push_back(account);
    return all;
}

const LineVariance* PracticeVariance::line(BudgetLine line) const {
    const auto found = std::ranges::find(lines, line, &LineVariance::line);
    return found == lines.end() ? nullptr : &*found;
}

}  // namespace purse
