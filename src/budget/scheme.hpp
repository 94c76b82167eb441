// A scheme says how a year's budgets are set: which lines are in, out or blocked back, by what
// method each block of lines is shared out, how fast budgets move, what practices hand back, and
// the dates of the dialogue. Read from rules/schemes/<name>.toml, every figure with its source;
// docs/budget-setting.md explains the file key by key.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "activity/budget_line.hpp"
#include "budget/pace_of_change.hpp"
#include "governance/dialogue_clock.hpp"

namespace purse {

enum class LineScope : std::uint8_t {
    in,            // practices have a budget for it
    out,           // no part of practices' budgets nor of what they are measured by
    blocked_back,  // practices' money, kept by the commissioner for them (specialised care)
};
std::string_view to_text(LineScope scope);

enum class BudgetMethod : std::uint8_t {
    historic,    // the share of last year's money
    fair_share,  // need's share
    blend,       // from the one towards the other at the pace of change
};
std::string_view to_text(BudgetMethod method);
Result<BudgetMethod> parse_budget_method(std::string_view text);

// Lines that one need weight fits: they are moved together and share one pace of change.
struct SchemeBlock {
    std::string name;
    std::vector<BudgetLine> lines;
    BudgetMethod method = BudgetMethod::blend;
    std::string need;  // a column of the weights: "general_and_acute", "prescribing"
};

// Of historic budgets: growth the commissioner grants, and efficiency it asks for. Shares of one.
struct Uplift {
    Factor growth{0};
    Factor efficiency{0};  // lines outside the tariff only: a tariff has its own inside
};

// What becomes of growth in the year that the reserve cannot pay for.
enum class ReserveShort : std::uint8_t { pro_rata, refuse };
// Whether a list that falls takes its part of the budget back to the reserve.
enum class FallingLists : std::uint8_t { follow, keep };

struct InYearRule {
    ReserveShort reserve_short = ReserveShort::pro_rata;
    FallingLists falling_lists = FallingLists::follow;
};

struct Scheme {
    std::string name;
    std::string title;
    std::string source;
    std::string file;
    std::string digest;  // of the file's bytes
    std::vector<SchemeBlock> blocks;
    std::map<BudgetLine, LineScope> scopes;  // every line has one
    std::map<BudgetLine, Uplift> uplifts;    // lines without one: none
    PaceRule pace;
    // Of envelopes in later years, for the years until the tolerance; none: as in this year.
    std::optional<Factor> assumed_growth;
    Factor risk_pool{0};  // handed back, of the gross budget
    Factor management{0};
    Factor growth_reserve{0};  // held back before practices' envelopes, for lists that grow
    int saver_years = 0;       // years that a saver's baseline is not cut
    InYearRule in_year;        // the default where the scheme has no [in_year]
    DialogueRules dialogue;
    std::map<std::string, std::string> sources;  // "pace.tolerance" → where the figure is from

    [[nodiscard]] const SchemeBlock* block_of(BudgetLine line) const;
};

// The problem names the file and the line. A line in two blocks, or in none without a scope of its
// own, is refused; so is efficiency on a tariff line.
Result<Scheme> read_scheme(const std::filesystem::path& file);
Result<Scheme> read_scheme_text(std::string_view text, std::string_view name);

// "pbc-2009" in the folder of schemes, or a file of the user's own.
Result<Scheme> find_scheme(const std::filesystem::path& schemes, const std::string& name_or_file);

// Whether the line's prices are the national tariff's.
bool is_tariff_line(BudgetLine line);

}  // namespace purse
