#include "access/permissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "access/toml_file.hpp"

namespace purse {

namespace {

struct ActionName {
    Action action;
    std::string_view code;
    std::string_view words;  // "the auditor may not ..."
};
constexpr std::array<ActionName, 30> action_names = {{
    {Action::read_statement, "read_statement", "read a practice's statement"},
    {Action::read_summary, "read_summary", "read the commissioner's summary"},
    {Action::compare_practices, "compare_practices", "compare practices by name"},
    {Action::read_small_counts, "read_small_counts", "see small counts as they are"},
    {Action::read_patient_rows, "read_patient_rows", "see rows of single patients"},
    {Action::read_organisations, "read_organisations", "read organisations, lists and prices"},
    {Action::read_budget, "read_budget", "read a practice's budget and the dialogue about it"},
    {Action::read_drafts, "read_drafts", "read drafts of budgets"},
    {Action::read_loads, "read_loads", "see what was loaded and rejected"},
    {Action::read_challenges, "read_challenges", "read challenges of records and lines"},
    {Action::show_budget_data, "show_budget_data", "show a practice the data of its budget"},
    {Action::comment_on_budget, "comment_on_budget", "comment on a budget"},
    {Action::answer_comment, "answer_comment", "answer a practice's comment"},
    {Action::offer_budget, "offer_budget", "offer a budget"},
    {Action::agree_budget, "agree_budget", "agree a budget"},
    {Action::disagree_with_budget, "disagree_with_budget", "disagree with a budget"},
    {Action::refer_budget, "refer_budget", "refer a budget to the arbiter"},
    {Action::rule_on_budget, "rule_on_budget", "rule on a budget"},
    {Action::reopen_budget, "reopen_budget", "reopen a budget"},
    {Action::query_record, "query_record", "challenge a record or a line"},
    {Action::answer_query, "answer_query", "answer a challenge"},
    {Action::rebase_chart, "rebase_chart", "move the limits of a control chart"},
    {Action::import_organisations, "import_organisations", "import organisations and lists"},
    {Action::import_prices, "import_prices", "import price lists"},
    {Action::set_budgets, "set_budgets", "set and draft budgets"},
    {Action::load_records, "load_records", "load records"},
    {Action::close_month, "close_month", "close a month"},
    {Action::manage_accounts, "manage_accounts", "manage accounts"},
    {Action::search_audit, "search_audit", "search the audit trail"},
    {Action::verify_site, "verify_site", "verify the site"},
}};

struct ScopeName {
    Scope scope;
    std::string_view code;
    std::string_view words;
};
constexpr std::array<ScopeName, 4> scope_names = {{
    {Scope::own_practice, "own_practice", "own practice"},
    {Scope::own_cluster, "own_cluster", "own cluster"},
    {Scope::own_commissioner, "own_commissioner", "own commissioner"},
    {Scope::all, "all", "all"},
}};

constexpr auto all_actions = [] {
    std::array<Action, action_names.size()> actions{};
    for (std::size_t i = 0; i < actions.size(); ++i) actions[i] = action_names[i].action;
    return actions;
}();

const ActionName& named(Action action) { return action_names.at(static_cast<std::size_t>(action)); }
const ScopeName& named(Scope scope) { return scope_names.at(static_cast<std::size_t>(scope)); }

bool is_own_practice(const Person& person, const Whose& whose) {
    return !person.practice.empty() && person.practice == whose.practice;
}

bool is_within(Scope scope, const Person& person, const Whose& whose) {
    switch (scope) {
        case Scope::own_practice:
            return is_own_practice(person, whose);
        case Scope::own_cluster:
            return is_own_practice(person, whose) ||
                   (!person.cluster.empty() && person.cluster == whose.cluster);
        case Scope::own_commissioner:
            return !person.commissioner.empty() && person.commissioner == whose.commissioner;
        case Scope::all:
            return true;
    }
    return false;
}

using Scopes = std::map<std::pair<Role, Action>, Scope>;

// The roles of one action.
Outcome take_roles(const toml::table& row, Action action, const std::string& name, Scopes& scopes) {
    if (!row["why"].is_string()) return toml_fault(name, &row, "'why' is missing");
    for (const auto& [who, how_far] : row) {
        if (who.str() == "why") continue;
        const auto role = parse_role(who.str());
        if (!role) return toml_fault(name, &how_far, role.problem().says);
        const auto scope = parse_scope(how_far.value_or(std::string_view()));
        if (!scope) return toml_fault(name, &how_far, scope.problem().says);
        if (!scopes.emplace(std::pair(*role, action), *scope).second) {
            return toml_fault(name, &how_far, "this role is there already");
        }
    }
    return Nothing{};
}

// A table an action: a scope for each role that has it, and why.
Result<Scopes> scopes_in(const toml::table& file, const std::string& name) {
    Scopes scopes;
    for (const auto& [key, node] : file) {
        const auto action = parse_action(key.str());
        if (!action) return toml_fault(name, &node, action.problem().says);
        const toml::table* row = node.as_table();
        if (row == nullptr) return toml_fault(name, &node, "an action is a table of roles");
        if (auto taken = take_roles(*row, *action, name, scopes); !taken) return taken.problem();
    }
    for (const ActionName& action : action_names) {
        if (file.contains(action.code)) continue;
        return bad_input(
            fmt::format("{}: [{}] is missing: an action that nobody may do is written "
                        "with its 'why' alone",
                        name, action.code));
    }
    return scopes;
}

}  // namespace

std::span<const Action> actions() { return all_actions; }
std::string_view to_text(Action action) { return named(action).code; }
std::string_view in_words(Action action) { return named(action).words; }
std::string_view to_text(Scope scope) { return named(scope).code; }
std::string_view in_words(Scope scope) { return named(scope).words; }

Result<Action> parse_action(std::string_view text) {
    for (const ActionName& name : action_names) {
        if (name.code == text) return name.action;
    }
    return bad_input(fmt::format("'{}' is no action", text));
}

Result<Scope> parse_scope(std::string_view text) {
    for (const ScopeName& name : scope_names) {
        if (name.code == text) return name.scope;
    }
    return bad_input(fmt::format(
        "'{}' is no scope: give own_practice, own_cluster, own_commissioner or all", text));
}

Action action_of(DialogueStep step) { return parse_action(action_name(step)).value(); }
Action action_of(ChallengeStep step) { return parse_action(action_name(step)).value(); }

Result<Permissions> Permissions::read(const std::filesystem::path& file) {
    const auto table = read_toml(file);
    if (!table) return table.problem();
    return from(scopes_in(*table, file.string()));
}

Result<Permissions> Permissions::parse(std::string_view toml, std::string_view name) {
    const auto table = parse_toml(toml, name);
    if (!table) return table.problem();
    return from(scopes_in(*table, std::string(name)));
}

Result<Permissions> Permissions::from(Result<Scopes> scopes) {
    if (!scopes) return scopes.problem();
    Permissions permissions;
    permissions.scopes_ = std::move(*scopes);
    return permissions;
}

std::optional<Scope> Permissions::scope_of(Role role, Action action) const {
    const auto found = scopes_.find({role, action});
    return found == scopes_.end() ? std::nullopt : std::optional(found->second);
}

Outcome Permissions::may(const Person& person, Action action, const Whose& whose) const {
    const auto scope = scope_of(person.role, action);
    if (scope && is_within(*scope, person, whose)) return Nothing{};
    const std::string who = "the " + std::string(in_words(person.role));
    if (!scope) {
        return Problem{ProblemKind::forbidden, fmt::format("{} may not {}", who, in_words(action))};
    }
    return Problem{ProblemKind::forbidden, fmt::format("{} may {} of the {} only", who,
                                                       in_words(action), in_words(*scope))};
}

std::string Permissions::as_markdown() const {
    std::string table = "| may |";
    std::string line = "|---|";
    for (const Role role : roles()) {
        table += fmt::format(" {} |", in_words(role));
        line += "---|";
    }
    table += "\n" + line + "\n";
    for (const Action action : actions()) {
        table += fmt::format("| {} |", in_words(action));
        for (const Role role : roles()) {
            const auto scope = scope_of(role, action);
            table += fmt::format(" {} |", scope ? in_words(*scope) : "–");
        }
        table += "\n";
    }
    return table;
}

}  // namespace purse
