// Who may do what, with whose data: one matrix (rules/permissions.toml) of roles, actions and
// scopes, and one function, may(), that every door asks. What the matrix does not give is refused.
// Steps of the dialogue are here too, so that a door can ask before it shows a button; whether a
// step can be taken now is the dialogue's own table's to say (governance/dialogue.hpp), and a test
// holds the two together.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "governance/challenge.hpp"
#include "governance/dialogue.hpp"
#include "governance/role.hpp"
#include "organisation/codes.hpp"
#include "register/accounts.hpp"

namespace purse {

enum class Action : unsigned char {
    // Reading
    read_statement,      // a practice's month
    read_summary,        // the commissioner's month
    compare_practices,   // a practice beside others, by name
    read_small_counts,   // figures as they are, not through the disclosure gate
    read_patient_rows,   // rows of single patients, pseudonyms included
    read_organisations,  // practices, lists, price lists: published data
    read_budget,         // a practice's budget, its working and the dialogue about it
    read_drafts,         // drafts of the commissioner's budgets
    read_loads,          // what was loaded and rejected, without the records
    read_challenges,     // challenges of records and lines, and what came of them
    // The dialogue about a budget
    show_budget_data,
    comment_on_budget,
    answer_comment,
    offer_budget,
    agree_budget,
    disagree_with_budget,
    refer_budget,
    rule_on_budget,
    reopen_budget,
    // Changing
    query_record,          // challenge a record or a line, withdraw it: "not my patient"
    answer_query,          // pass it to the provider, uphold it, reject it
    rebase_chart,          // a control chart's limits, from a month on
    import_organisations,  // organisations, lists
    import_prices,
    set_budgets,  // import, derive and draft them
    load_records,
    close_month,
    // The site
    manage_accounts,
    search_audit,
    verify_site,
};

enum class Scope : unsigned char { own_practice, own_cluster, own_commissioner, all };

std::span<const Action> actions();
std::string_view to_text(Action action);   // "read_statement"
std::string_view in_words(Action action);  // "read a practice's statement"
Result<Action> parse_action(std::string_view text);
std::string_view to_text(Scope scope);  // "own_practice"
std::string_view in_words(Scope scope);
Result<Scope> parse_scope(std::string_view text);

// The action that a step of the dialogue is.
Action action_of(DialogueStep step);
// The action that a step of a challenge is.
Action action_of(ChallengeStep step);

// Somebody who is signed in.
struct Person {
    AccountNumber account;
    std::string name;       // the account's
    std::string full_name;  // as the dialogue shows its author
    Role role = Role::practice_gp;
    PracticeCode practice;  // of a practice's people; else empty
    NetworkCode cluster;    // the practice's on the day; may be empty
    CommissionerCode commissioner;
};

// Whose the thing is that somebody wants to read or change.
struct Whose {
    PracticeCode practice;  // empty: it is the commissioner's, not one practice's
    NetworkCode cluster;    // the practice's on the day; may be empty
    CommissionerCode commissioner;

    static Whose of_practice(PracticeCode practice, NetworkCode cluster,
                             CommissionerCode commissioner) {
        return {practice, cluster, commissioner};
    }
    static Whose of_commissioner(CommissionerCode commissioner) { return {{}, {}, commissioner}; }
};

class Permissions {
  public:
    // rules/permissions.toml; the problem names line and key. A role or action that the file does
    // not know of, or knows twice, is refused.
    static Result<Permissions> read(const std::filesystem::path& file);
    static Result<Permissions> parse(std::string_view toml, std::string_view name);

    // Yes, or why not (forbidden).
    [[nodiscard]] Outcome may(const Person& person, Action action, const Whose& whose) const;
    // How far the role's right goes; none: it has none.
    [[nodiscard]] std::optional<Scope> scope_of(Role role, Action action) const;
    // The matrix for docs/access.md: a row an action.
    [[nodiscard]] std::string as_markdown() const;

  private:
    using Scopes = std::map<std::pair<Role, Action>, Scope>;
    static Result<Permissions> from(Result<Scopes> scopes);
    Scopes scopes_;
};

}  // namespace purse
