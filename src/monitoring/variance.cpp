#include "monitoring/variance.hpp"

#include <fmt/format.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <set>
#include <utility>

namespace purse {

namespace {

using Whole = boost::multiprecision::cpp_int;
using Exact = boost::multiprecision::cpp_rational;

constexpr std::size_t price_parts = all_price_parts.size();
constexpr std::size_t recorded_level = 9, reported_level = 10, complete_level = 11;
static_assert(reported_level == static_cast<std::size_t>(VariancePart::other) + 1);
static_assert(complete_level == static_cast<std::size_t>(VariancePart::expected) + 1);

struct PartNames {
    VariancePart part;
    std::string_view code, words;
};
constexpr PartNames part_names[] = {
    {VariancePart::plan_gap, "plan_gap", "budget and planned activity differ"},
    {VariancePart::list, "list", "more or fewer patients on the list"},
    {VariancePart::need, "need", "an older or younger list"},
    {VariancePart::volume, "volume", "more or fewer than the plan has for such a list"},
    {VariancePart::case_mix, "case_mix", "a different mix of conditions"},
    {VariancePart::severity, "severity", "same conditions, at dearer or cheaper codes"},
    {VariancePart::price, "price", "same codes, at other prices"},
    {VariancePart::late, "late", "records that came after their month's close"},
    {VariancePart::corrected, "corrected", "records corrected since their month's close"},
    {VariancePart::other, "other", "adjustments, and odd pence of rounding"},
    {VariancePart::expected, "expected", "not yet reported, by estimate"},
    {VariancePart::disputed, "disputed", "records under challenge, held out"}};

struct PriceNames {
    PricePart part;
    std::string_view code, words;
};
constexpr PriceNames price_names[] = {
    {PricePart::tariff, "tariff", "tariff prices"},
    {PricePart::length_of_stay, "length_of_stay", "days beyond the trim point"},
    {PricePart::top_up, "top_up", "specialised top-ups"},
    {PricePart::unbundled, "unbundled", "what is paid apart (unbundled HRGs)"},
    {PricePart::provider, "provider", "providers' market forces factors"}};

// Thousandths of a penny as pence, halves away from zero.
Pence rounded_level(const Exact& thousandths) {
    const Whole unit = denominator(thousandths) * FinePence::per_penny;
    const Whole size = (abs(numerator(thousandths)) * 2 + unit) / (unit * 2);
    const auto pence = size.convert_to<std::int64_t>();
    return Pence(numerator(thousandths) < 0 ? -pence : pence);
}

std::int64_t rounded_thousandths(const Exact& count) {
    const Whole unit = denominator(count);
    return Whole((numerator(count) * 2000 + unit) / (unit * 2)).convert_to<std::int64_t>();
}

Exact ratio(std::int64_t part, std::int64_t whole) { return Exact(Whole(part), Whole(whole)); }

// What one root, or the rest that has none, comes to on every level.
struct RootLevels {
    std::array<Exact, Variance::level_count> levels{};
    std::array<Exact, price_parts> price{};
    Exact planned = 0, expected = 0;
    std::int64_t count = 0;

    RootLevels& operator+=(const RootLevels& more) {
        for (std::size_t i = 0; i < levels.size(); ++i) levels[i] += more.levels[i];
        for (std::size_t i = 0; i < price.size(); ++i) price[i] += more.price[i];
        planned += more.planned;
        expected += more.expected;
        count += more.count;
        return *this;
    }
};

struct RootCells {
    std::int64_t planned = 0, planned_cost = 0;  // before the plan's part
    std::int64_t count = 0;
    Exact at_plan_prices = 0;  // Σ n1 p0
    Exact cost = 0;            // Σ n1 p1
    std::array<Exact, price_parts> price{};
};

// n1 at the plan's price of the cell: the practice's own, else the commissioner's, else what was
// paid, so that the difference is never called price.
void add_cell(const VarianceCell& cell, RootCells& root) {
    root.planned += cell.planned;
    root.planned_cost += cell.planned_cost.total();
    root.count += cell.count;
    const bool own = cell.planned > 0;
    const bool known = own || cell.planned_by_all > 0;
    const std::int64_t over = own ? cell.planned : cell.planned_by_all;
    const CellCost& at = own ? cell.planned_cost : cell.planned_cost_by_all;
    for (std::size_t i = 0; i < price_parts; ++i) {
        const Exact paid = cell.cost.by_part[i];
        Exact planned = paid;
        if (known) planned = Exact(Whole(cell.count) * at.by_part[i], Whole(over));
        root.at_plan_prices += planned;
        root.cost += paid;
        root.price[i] += paid - planned;
    }
}

class Bridge {
  public:
    explicit Bridge(const VarianceGrain& grain) : grain_(grain) {
        for (const VarianceCell& cell : grain.cells) add_cell(cell, roots_[cell.root]);
        for (const auto& [name, root] : roots_) {
            planned_ += root.planned;
            planned_cost_ += root.planned_cost;
            count_ += root.count;
        }
    }

    std::map<std::string, RootLevels> by_root() {
        std::map<std::string, RootLevels> all;
        for (const auto& [name, root] : roots_) all[name] = levels_of(root);
        all[""] += rest();
        return all;
    }

  private:
    [[nodiscard]] RootLevels levels_of(const RootCells& root) const {
        const Exact part = ratio(grain_.plan_part, grain_.plan_whole);
        const Exact list = ratio(grain_.list_now, grain_.list_before);
        const Exact need = ratio(grain_.expected_now, grain_.expected_before);
        RootLevels all;
        auto& x = all.levels;
        if (planned_cost_ != 0) {
            x[0] = Exact(Whole(grain_.budget.count()) * FinePence::per_penny) *
                   ratio(root.planned_cost, planned_cost_);
        }
        x[1] = part * root.planned_cost;
        x[2] = x[1] * list;
        x[3] = x[1] * need;
        if (has_plan()) {
            x[4] = root.planned_cost * ratio(count_, planned_);
            x[5] = root.planned > 0 ? root.count * ratio(root.planned_cost, root.planned)
                                    : root.at_plan_prices;
        } else {
            x[4] = grain_.planned_by_all > 0
                       ? root.count * ratio(grain_.planned_cost_by_all, grain_.planned_by_all)
                       : root.at_plan_prices;
            x[5] = x[4];
        }
        x[6] = root.at_plan_prices;
        for (std::size_t i = 7; i < x.size(); ++i) x[i] = root.cost;
        all.price = root.price;
        all.planned = part * root.planned;
        all.expected = all.planned * need;
        all.count = root.count;
        return all;
    }

    // The budget where nothing is planned, and what came after the month's close.
    [[nodiscard]] RootLevels rest() const {
        RootLevels all;
        const auto pence = [](Pence amount) {
            return Exact(Whole(amount.count()) * FinePence::per_penny);
        };
        auto& x = all.levels;
        if (planned_cost_ == 0) x[0] = pence(grain_.budget);
        x[8] = grain_.late;
        x[9] = x[8] + grain_.corrected;
        x[10] = x[9] + pence(grain_.other);
        x[11] = x[10] + pence(grain_.expected);
        x[12] = x[11] - pence(grain_.disputed);
        return all;
    }

    [[nodiscard]] bool has_plan() const { return planned_ > 0 && grain_.plan_part > 0; }

    const VarianceGrain& grain_;
    std::map<std::string, RootCells> roots_;
    std::int64_t planned_ = 0, planned_cost_ = 0, count_ = 0;
};

Variance rounded_levels(const RootLevels& exact) {
    Variance rounded;
    for (std::size_t i = 0; i < exact.levels.size(); ++i) {
        rounded.levels[i] = rounded_level(exact.levels[i]);
    }
    // The price part's own levels lie between the sixth and the seventh.
    Exact level = exact.levels[6];
    Pence before = rounded.levels[6];
    for (std::size_t i = 0; i < price_parts; ++i) {
        level += exact.price[i];
        const Pence after = rounded_level(level);
        rounded.price[i] = after - before;
        before = after;
    }
    rounded.planned = rounded_thousandths(exact.planned);
    rounded.expected_count = rounded_thousandths(exact.expected);
    rounded.count = exact.count;
    return rounded;
}

Variance difference(const Variance& after, const Variance& before) {
    Variance between = after;
    for (std::size_t i = 0; i < between.levels.size(); ++i) between.levels[i] -= before.levels[i];
    for (std::size_t i = 0; i < between.price.size(); ++i) between.price[i] -= before.price[i];
    between.planned -= before.planned;
    between.expected_count -= before.expected_count;
    between.count -= before.count;
    return between;
}

Outcome check(const VarianceGrain& grain) {
    if (grain.list_before <= 0 || grain.list_now < 0) {
        return bad_input("no patients are on the list that the plan stands on");
    }
    if (grain.expected_before <= 0 || grain.expected_now < 0) {
        return bad_input("nothing is expected of the list that the plan stands on");
    }
    if (grain.plan_part < 0 || grain.plan_whole <= 0) {
        return bad_input("the plan's part of the period is below zero, or a part of nothing");
    }
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const VarianceCell& cell : grain.cells) {
        if (cell.planned < 0 || cell.count < 0 || cell.planned_by_all < 0) {
            return bad_input(fmt::format("{}{}: a count is below zero", cell.root, cell.split));
        }
        if (!seen.insert({cell.root, cell.split}).second) {
            return bad_input(fmt::format("{}{} is there twice", cell.root, cell.split));
        }
    }
    return Nothing{};
}

}  // namespace

std::string_view to_text(VariancePart part) {
    return part_names[static_cast<std::size_t>(part)].code;
}

std::string_view in_words(VariancePart part) {
    return part_names[static_cast<std::size_t>(part)].words;
}

Result<VariancePart> parse_variance_part(std::string_view text) {
    std::string all;
    for (const PartNames& names : part_names) {
        if (names.code == text) return names.part;
        all += (all.empty() ? "" : ", ") + std::string(names.code);
    }
    return bad_input(fmt::format("'{}' is no part of a variance: use {}", text, all));
}

std::string_view to_text(PricePart part) {
    return price_names[static_cast<std::size_t>(part)].code;
}

std::string_view in_words(PricePart part) {
    return price_names[static_cast<std::size_t>(part)].words;
}

std::int64_t CellCost::total() const {
    std::int64_t sum = 0;
    for (const std::int64_t part : by_part) CHECK(!__builtin_add_overflow(sum, part, &sum));
    return sum;
}

CellCost& CellCost::operator+=(const CellCost& more) {
    for (std::size_t i = 0; i < by_part.size(); ++i) {
        CHECK(!__builtin_add_overflow(by_part[i], more.by_part[i], &by_part[i]));
    }
    return *this;
}

Pence Variance::part(VariancePart part) const {
    const auto at = static_cast<std::size_t>(part);
    return levels[at + 1] - levels[at];
}

Pence Variance::recorded() const { return levels[recorded_level]; }
Pence Variance::reported() const { return levels[reported_level]; }
Pence Variance::complete() const { return levels[complete_level]; }

Variance& Variance::operator+=(const Variance& more) {
    for (std::size_t i = 0; i < levels.size(); ++i) levels[i] += more.levels[i];
    for (std::size_t i = 0; i < price.size(); ++i) price[i] += more.price[i];
    planned += more.planned;
    expected_count += more.expected_count;
    count += more.count;
    return *this;
}

Result<Variance> variance_of(const VarianceGrain& grain) {
    if (const auto fine = check(grain); !fine) return fine.problem();
    RootLevels sum;
    for (const auto& [root, levels] : Bridge(grain).by_root()) sum += levels;
    return rounded_levels(sum);
}

Result<std::map<std::string, Variance>> variance_by_root(const VarianceGrain& grain) {
    if (const auto fine = check(grain); !fine) return fine.problem();
    std::map<std::string, Variance> roots;
    RootLevels sum;
    Variance before;
    for (const auto& [root, levels] : Bridge(grain).by_root()) {
        sum += levels;
        const Variance after = rounded_levels(sum);
        roots[root] = difference(after, before);
        before = after;
    }
    return roots;
}

}  // namespace purse
