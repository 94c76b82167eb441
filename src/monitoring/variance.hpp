// Why a budget and what was used differ: the variance split into parts that add up to it
// identically. Worked out once for the finest grain (practice, budget line, treatment function or
// section of prescribing); every sum over grains is a sum of whole pence, so that drilling down
// adds up too.
//
// The levels X0 to X12 follow in a fixed, published order (docs/variance.md); what two causes do
// together falls to the later one. Levels are exact fractions, each rounded once to the penny,
// halves away from zero; a part is the difference of two levels.
//
// Three levels are figures of the practice's statement: X0 its budget to date, X10 what is
// reported, X11 what is expected when complete. The parts up to X10 are its variance.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "money/fine_pence.hpp"

namespace purse {

enum class VariancePart : std::uint8_t {
    plan_gap,   // budget that no planned activity backs, or the other way round
    list,       // more or fewer patients
    need,       // older, younger
    volume,     // more or fewer than the plan has for such a list
    case_mix,   // different conditions
    severity,   // the same conditions, recorded at dearer or cheaper codes
    price,      // the same codes, at other prices
    late,       // first seen after their month's close
    corrected,  // changed or taken away since their month's close
    other,      // contract adjustments, entries by hand; odd pence of rounding
    expected,   // not yet reported: beyond the statement's variance
    disputed,   // under open challenge, held out: beyond it too
};
inline constexpr std::array all_variance_parts = {
    VariancePart::plan_gap, VariancePart::list,     VariancePart::need,
    VariancePart::volume,   VariancePart::case_mix, VariancePart::severity,
    VariancePart::price,    VariancePart::late,     VariancePart::corrected,
    VariancePart::other,    VariancePart::expected, VariancePart::disputed};
std::string_view to_text(VariancePart part);   // "case_mix"
std::string_view in_words(VariancePart part);  // "different conditions"
Result<VariancePart> parse_variance_part(std::string_view text);
// Whether the part is of the statement's variance, or of what comes after what is reported.
constexpr bool is_of_statement(VariancePart part) { return part <= VariancePart::other; }

// What the price part is made of.
enum class PricePart : std::uint8_t { tariff, length_of_stay, top_up, unbundled, provider };
inline constexpr std::array all_price_parts = {PricePart::tariff, PricePart::length_of_stay,
                                               PricePart::top_up, PricePart::unbundled,
                                               PricePart::provider};
std::string_view to_text(PricePart part);
std::string_view in_words(PricePart part);

// What records came to, in thousandths of a penny, by what their prices are made of; prescribing is
// all tariff.
struct CellCost {
    std::array<std::int64_t, all_price_parts.size()> by_part{};

    [[nodiscard]] std::int64_t total() const;
    CellCost& operator+=(const CellCost& more);
    friend bool operator==(const CellCost&, const CellCost&) = default;
};

// Records of one kind: an HRG is its root (EB03) and its split (D); prescribing a paragraph and a
// presentation.
struct VarianceCell {
    std::string root;
    std::string split;
    std::int64_t planned = 0;  // how many the plan was made of
    CellCost planned_cost;     // what they come to at plan prices
    std::int64_t count = 0;    // recorded by their month's close
    CellCost cost;
    // The commissioner's plan of the same cell, for its price where the practice's plan has none.
    std::int64_t planned_by_all = 0;
    CellCost planned_cost_by_all;
};

struct VarianceGrain {
    Pence budget;  // to date
    // What part of the planned counts falls on the period: numerator ÷ denominator.
    std::int64_t plan_part = 1, plan_whole = 1;
    // The list that the plan stands on and that of the period, in one unit; the same lists at what
    // such patients are expected to cost.
    std::int64_t list_before = 1, list_now = 1;
    std::int64_t expected_before = 1, expected_now = 1;
    std::vector<VarianceCell> cells;  // a root and split once, in any order
    // The commissioner's whole plan of the grain, for its average price where the practice has no
    // plan of it.
    std::int64_t planned_by_all = 0;
    std::int64_t planned_cost_by_all = 0;  // thousandths of a penny
    std::int64_t late = 0, corrected = 0;  // thousandths of a penny
    Pence other;
    Pence expected;  // when complete, less what is reported
    Pence disputed;  // held out: not below zero
};

// Rounded levels and what went into them: sums over any grains are sums of these.
struct Variance {
    static constexpr std::size_t level_count = all_variance_parts.size() + 1;

    std::array<Pence, level_count> levels{};            // X0, the budget, to X12
    std::array<Pence, all_price_parts.size()> price{};  // add up to the price part
    std::int64_t planned = 0;                           // of the period, in thousandths of a record
    std::int64_t expected_count = 0;  // of the period's list, in thousandths of a record
    std::int64_t count = 0;

    [[nodiscard]] Pence part(VariancePart part) const;
    [[nodiscard]] Pence budget() const { return levels.front(); }
    // What is recorded by the records themselves: X9.
    [[nodiscard]] Pence recorded() const;
    // What the statement has as reported, and what it expects when complete: X10, X11.
    [[nodiscard]] Pence reported() const;
    [[nodiscard]] Pence complete() const;
    // Expected when complete, with what is under open challenge held out: X12.
    [[nodiscard]] Pence undisputed() const { return levels.back(); }
    // The statement's variance: reported less budget.
    [[nodiscard]] Pence total() const { return reported() - budget(); }
    Variance& operator+=(const Variance& more);
    friend bool operator==(const Variance&, const Variance&) = default;
};

// Refused: no list or nothing expected of it, before or now; a plan's part below zero or of
// nothing; counts below zero; a cell twice.
Result<Variance> variance_of(const VarianceGrain& grain);

// The same by root (what no condition can be named for, under ""): running sums are rounded, so
// that the roots add up to the grain's variance identically.
Result<std::map<std::string, Variance>> variance_by_root(const VarianceGrain& grain);

}  // namespace purse
