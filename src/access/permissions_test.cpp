#include "access/permissions.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "governance/dialogue.hpp"

namespace purse {
namespace {

std::string text_of(const std::string& file) {
    std::ifstream in(std::string(PURSE_SOURCE_DIR) + "/" + file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

Permissions matrix() {
    return Permissions::parse(text_of("rules/permissions.toml"), "rules/permissions.toml").value();
}

const PracticeCode mill_lane("A81001");
const PracticeCode station_road("A81002");
const PracticeCode far_away("A81003");
const NetworkCode north("U1");
const NetworkCode south("U2");
const CommissionerCode ours("X99");
const CommissionerCode theirs("Y99");

Person of_practice(Role role) {
    return {.account = {1},
            .name = "p",
            .full_name = "P",
            .role = role,
            .practice = mill_lane,
            .cluster = north,
            .commissioner = ours};
}
Person of_commissioner(Role role, CommissionerCode commissioner = ours) {
    return {.account = {2},
            .name = "c",
            .full_name = "C",
            .role = role,
            .practice = {},
            .cluster = {},
            .commissioner = commissioner};
}

TEST(Permissions, go_as_far_as_their_scope) {
    const Permissions may = matrix();
    const auto is_allowed = [&](const Person& person, Action action, const Whose& whose) {
        return may.may(person, action, whose).ok();
    };
    const Person gp = of_practice(Role::practice_gp);
    const Whose own = Whose::of_practice(mill_lane, north, ours);
    const Whose near = Whose::of_practice(station_road, north, ours);
    const Whose far = Whose::of_practice(far_away, south, ours);
    const Whose commissioners = Whose::of_commissioner(ours);
    EXPECT_TRUE(is_allowed(gp, Action::read_statement, own));
    EXPECT_FALSE(is_allowed(gp, Action::read_statement, near));
    EXPECT_FALSE(is_allowed(gp, Action::read_statement, commissioners));
    EXPECT_TRUE(is_allowed(gp, Action::compare_practices, near));
    EXPECT_FALSE(is_allowed(gp, Action::compare_practices, far));
    EXPECT_TRUE(is_allowed(gp, Action::read_summary, commissioners));
    const Person finance = of_commissioner(Role::commissioner_finance);
    EXPECT_TRUE(is_allowed(finance, Action::read_statement, far));
    EXPECT_TRUE(is_allowed(finance, Action::close_month, commissioners));
    EXPECT_FALSE(is_allowed(of_commissioner(Role::commissioner_finance, theirs),
                            Action::read_statement, own));
    EXPECT_TRUE(is_allowed(of_commissioner(Role::auditor, {}), Action::read_statement, far));
    EXPECT_EQ(may.may(gp, Action::manage_accounts, commissioners).problem().kind,
              ProblemKind::forbidden);
    EXPECT_EQ(may.may(gp, Action::read_statement, far).problem().says,
              "the practice GP may read a practice's statement of the own practice only");
}

// Nobody's practice is not everybody's: empty codes are never "own".
TEST(Permissions, do_not_take_two_empty_codes_for_the_same) {
    const Permissions may = matrix();
    Person nowhere = of_practice(Role::practice_gp);
    nowhere.practice = {};
    nowhere.cluster = {};
    nowhere.commissioner = {};
    for (const Action action : actions()) {
        EXPECT_FALSE(may.may(nowhere, action, Whose{}).ok()) << to_text(action);
    }
}

TEST(Permissions, show_rows_of_patients_to_their_practice_alone) {
    const Permissions may = matrix();
    for (const Role role : roles()) {
        const auto scope = may.scope_of(role, Action::read_patient_rows);
        if (is_of_a_practice(role)) {
            EXPECT_EQ(scope, Scope::own_practice);
        } else {
            EXPECT_FALSE(scope.has_value()) << to_text(role);
        }
    }
}

TEST(Permissions, keep_administrators_from_figures_and_everybody_else_from_accounts) {
    const Permissions may = matrix();
    const std::set<Action> theirs_to_do = {Action::read_organisations, Action::manage_accounts,
                                           Action::search_audit, Action::verify_site};
    for (const Action action : actions()) {
        EXPECT_EQ(may.scope_of(Role::administrator, action).has_value(),
                  theirs_to_do.contains(action))
            << to_text(action);
    }
    for (const Role role : roles()) {
        EXPECT_EQ(may.scope_of(role, Action::manage_accounts).has_value(),
                  role == Role::administrator);
    }
}

TEST(Permissions, give_auditors_every_read_but_patients_and_no_change) {
    const Permissions may = matrix();
    for (const Action action : actions()) {
        const std::string_view name = to_text(action);
        const bool reads = name.starts_with("read_") || name == "compare_practices" ||
                           name == "search_audit" || name == "verify_site";
        const bool of_patients = action == Action::read_patient_rows ||
                                 action == Action::read_small_counts ||
                                 action == Action::read_challenges;
        EXPECT_EQ(may.scope_of(Role::auditor, action).has_value(), reads && !of_patients) << name;
    }
}

TEST(Permissions, agree_with_the_table_of_challenges) {
    const Permissions may = matrix();
    for (const ChallengeStep step : challenge_steps()) {
        std::set<Role> by_table;
        for (const ChallengeTransition& row : challenge_transitions()) {
            if (row.step == step) by_table.insert(row.roles.begin(), row.roles.end());
        }
        std::set<Role> by_matrix;
        for (const Role role : roles()) {
            if (may.scope_of(role, action_of(step))) by_matrix.insert(role);
            if (may.scope_of(role, action_of(step))) {
                EXPECT_TRUE(may.scope_of(role, Action::read_challenges).has_value());
            }
        }
        EXPECT_EQ(by_matrix, by_table) << to_text(step);
    }
}

// The dialogue's own table decides on its steps; the matrix gives exactly the roles that it knows.
TEST(Permissions, agree_with_the_table_of_the_dialogue) {
    const Permissions may = matrix();
    for (const DialogueStep step : dialogue_steps()) {
        std::set<Role> by_table;
        for (const DialogueTransition& row : dialogue_transitions()) {
            if (row.step == step) by_table.insert(row.roles.begin(), row.roles.end());
        }
        std::set<Role> by_matrix;
        for (const Role role : roles()) {
            if (may.scope_of(role, action_of(step))) by_matrix.insert(role);
        }
        EXPECT_EQ(by_matrix, by_table) << to_text(step);
    }
}

TEST(Permissions, are_refused_where_the_file_is_not_whole) {
    const std::string whole = text_of("rules/permissions.toml");
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = whole;
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return Permissions::parse(text.replace(at, from.size(), to), "p.toml");
    };
    EXPECT_TRUE(with("own_cluster\"", "own_cluster\"").ok());
    const auto no_action = with("[close_month]", "[shut_month]");
    EXPECT_NE(no_action.problem().says.find("'shut_month' is no action"), std::string::npos);
    EXPECT_NE(no_action.problem().says.find("line "), std::string::npos);
    EXPECT_FALSE(with("auditor = \"all\"", "inspector = \"all\"").ok());
    EXPECT_FALSE(with("\"own_cluster\"", "\"own_town\"").ok());
    EXPECT_FALSE(with("\"own_cluster\"", "7").ok());
    EXPECT_FALSE(with("practice_manager = ", "practice-gp = ").ok());
    EXPECT_FALSE(with("why = ", "reason = ").ok());
    EXPECT_FALSE(Permissions::parse("", "p.toml").ok());
    EXPECT_FALSE(Permissions::parse("close_month = 3", "p.toml").ok());
    EXPECT_FALSE(Permissions::parse("caf\xE9 = 3", "p.toml").ok());
}

TEST(Permissions, have_actions_and_scopes_with_names) {
    for (const Action action : actions()) EXPECT_EQ(*parse_action(to_text(action)), action);
    for (const Scope scope :
         {Scope::own_practice, Scope::own_cluster, Scope::own_commissioner, Scope::all}) {
        EXPECT_EQ(*parse_scope(to_text(scope)), scope);
    }
}

TEST(AccessDocument, has_the_matrix_as_it_is) {
    EXPECT_NE(text_of("docs/access.md").find(matrix().as_markdown()), std::string::npos)
        << "docs/access.md must have:\n"
        << matrix().as_markdown();
}

}  // namespace
}  // namespace purse
