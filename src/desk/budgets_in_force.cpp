#include "desk/budgets_in_force.hpp"

#include <set>

#include "activity/contract_line.hpp"

namespace purse {

namespace {

// A draft's lines: what practices have of it, and what was blocked back.
class DraftLines {
  public:
    DraftLines(const Site& site, FinancialYear year) : site_(site), year_(year) {}

    [[nodiscard]] std::map<BudgetLine, NotInBudget> outside(const std::string& draft) {
        const auto [found, fresh] = known_.try_emplace(draft);
        if (fresh) found->second = read(draft);
        return found->second;
    }

  private:
    [[nodiscard]] std::map<BudgetLine, NotInBudget> read(const std::string& name) const {
        std::map<BudgetLine, NotInBudget> outside;
        const auto draft = site_.decisions().draft(year_, name);
        if (!draft) return outside;
        for (const BudgetLineName& line : budget_lines) outside[line.line] = NotInBudget::out;
        for (const DraftTotal& total : site_.decisions().draft_totals(draft->number)) {
            if (total.blocked_back > Pence(0)) outside[total.line] = NotInBudget::blocked_back;
        }
        for (const DraftAmount& amount : site_.decisions().draft_amounts(draft->number)) {
            outside.erase(amount.line);
        }
        return outside;
    }

    const Site& site_;
    FinancialYear year_;
    std::map<std::string, std::map<BudgetLine, NotInBudget>> known_;
};

}  // namespace

std::map<PracticeCode, PracticeInForce> budgets_in_force(const Site& site, FinancialYear year) {
    std::map<FileNumber, NewImport> agreements;
    for (const ImportedFile& file : site.decisions().imported_files()) {
        if (file.file.kind == ImportKind::dialogue) agreements[file.number] = file.file;
    }
    std::map<PracticeCode, PracticeInForce> in_force;
    std::map<PracticeCode, std::set<BudgetLine>> imported;  // of lines that contracts pay for
    for (const BudgetEntry& entry : site.decisions().budgets(year)) {
        PracticeInForce& practice = in_force[entry.row.practice];
        practice.lines[entry.row.line] = entry.row.annual;
        const auto agreement = agreements.find(entry.file);
        if (agreement == agreements.end()) {
            if (is_paid_by_contract(entry.row.line))
                imported[entry.row.practice].insert(entry.row.line);
            continue;
        }
        practice.draft = agreement->second.file_name;
        practice.since = agreement->second.imported_at;
    }
    for (const auto& [code, lines] : imported) {
        PracticeInForce& practice = in_force[code];
        if (practice.draft.empty()) continue;
        for (const BudgetLine line : lines) {
            practice.beside_draft.insert(practice.lines.extract(line));
        }
    }
    return in_force;
}

Result<LineProfiles> LineProfiles::of(const Site& site, FinancialYear year) {
    const auto rules = read_profile_rules(site.rules_folder() / "budget_lines.toml");
    if (!rules) return rules.problem();
    LineProfiles profiles;
    for (const BudgetLineName& line : budget_lines) {
        profiles.profiles_[line.line] = default_profile(*rules, line.line, year);
    }
    return profiles;
}

NotInBudgets not_in_budgets(const Site& site, FinancialYear year) {
    DraftLines drafts(site, year);
    NotInBudgets outside;
    const auto in_force = budgets_in_force(site, year);
    for (const auto& [practice, budget] : in_force) {
        if (budget.draft.empty()) continue;
        auto& lines = outside[practice] = drafts.outside(budget.draft);
        for (const auto& [line, annual] : budget.beside_draft) lines.erase(line);
    }
    // Practices that have only what came to them in the year.
    std::map<std::string, std::string> names;
    for (const Draft& draft : site.decisions().drafts(year)) names[draft.digest] = draft.name;
    for (const InYearChange& change : site.decisions().in_year_changes(year)) {
        for (const InYearMove& move : change.change.moves) {
            if (is_unattributed(move.to) || in_force.contains(move.to)) continue;
            outside[move.to] = drafts.outside(names[change.change.draft]);
        }
    }
    return outside;
}

}  // namespace purse
