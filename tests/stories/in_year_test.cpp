// A year in which a list grows by 5% in July and two practices merge in October, with sums that a
// GP can check by hand (data/in_year/README.md). What is printed is compared with the golden texts.
#include "desk/in_year.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "base/digest.hpp"
#include "budget/derivation_file.hpp"
#include "cli/cli.hpp"
#include "desk/budget_dialogue.hpp"
#include "desk/budget_setting.hpp"
#include "desk/closes.hpp"
#include "desk/provider_reconciliation.hpp"
#include "desk/statements.hpp"
#include "desk/verifying.hpp"
#include "support/altered_register.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(PURSE_SOURCE_DIR) / "tests/stories/data/in_year";
const fs::path& first_session = first_session_files();
const FinancialYear y2017(2017);
const PracticeCode mill_lane("X90001");
const PracticeCode station_road("X90002");
const PracticeCode church_street("X90003");

// £100, £60 and £40 a day of non-elective care, and £10, £2 and £1 of A&E.
DerivationInputs inputs_by_hand() {
    const auto practice = [](PracticeCode code, const char* name, std::int64_t patients,
                             std::int64_t a_day, std::int64_t ae_a_day) {
        const Pence non_elective = pounds(a_day * 365), ae = pounds(ae_a_day * 365);
        return DerivationPractice{code,
                                  name,
                                  Patients(patients),
                                  Patients(patients),
                                  {},
                                  {{BudgetLine::non_elective, non_elective, non_elective, {}, {}},
                                   {BudgetLine::emergency_department, ae, ae, {}, {}}}};
    };
    DerivationInputs inputs;
    inputs.year = y2017;
    inputs.name = "offer";
    inputs.scheme_text = bytes_of(data / "scheme.toml");
    inputs.baseline_from = Month(2016, 4);
    inputs.baseline_to = Month(2017, 3);
    inputs.price_source = inputs.list_source = "made up for this story";
    inputs.practices = {practice(mill_lane, "Mill Lane Surgery", 5000, 100, 10),
                        practice(station_road, "Station Road Surgery", 3000, 60, 2),
                        practice(church_street, "Church Street Surgery", 2000, 40, 1)};
    inputs.allocation = {{BudgetLine::non_elective, pounds(80'000)},
                         {BudgetLine::emergency_department, pounds(5'200)},
                         {BudgetLine::maternity, pounds(1'000)}};
    return inputs;
}

NewDraft draft_by_hand(const Site& site) {
    const DerivationInputs inputs = inputs_by_hand();
    const Derivation derivation = got(derive(inputs));
    NewDraft draft{.year = y2017, .name = "offer", .scheme = "by-hand"};
    draft.made_at = "2017-02-20T09:00:00Z";
    draft.made_by = "Fiona Finch";
    for (const DerivedLine& line : derivation.lines) {
        draft.amounts.push_back(
            {line.practice, line.line, line.gross, line.risk_pool, line.management, line.net});
    }
    for (const DerivedTotal& total : derivation.totals) {
        draft.totals.push_back({total.line, total.allocation, total.risk_pool, total.management,
                                total.reserve(), total.blocked_back});
    }
    fs::create_directories(site.folder() / "budgets");
    draft.derivation.path = "budgets/offer.csv";
    write_bytes(site.folder() / draft.derivation.path, derivation_csv(inputs, derivation));
    draft.derivation.checksum = got(digest_of_file(site.folder() / draft.derivation.path));
    return draft;
}

class InYearStory : public ::testing::Test {
  protected:
    void SetUp() override {
        site_.emplace(make_empty_site(folder_.path() / "site"));
        got(import_organisations(*site_, data / "practices.csv"));
        got(import_organisations(*site_, first_session / "providers.csv"));
        got(import_lists(*site_, data / "lists_april.csv", Date::of(2017, 4, 1)));
        purse({"import", "tariff", (first_session / "tariff").string(), "--year", "2017/18"});
        got(site_->decisions().record_draft(draft_by_hand(*site_)));
    }

    Site& site() { return *site_; }

    // The command as at the terminal, and what it prints.
    std::string purse(std::vector<std::string> words, int expected = 0) {
        const std::string command = words.front();
        words.insert(words.begin(), {"purse", "--site", (folder_.path() / "site").string()});
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        ::testing::internal::CaptureStdout();
        ::testing::internal::CaptureStderr();
        const int code = run_command_line(static_cast<int>(argv.size()), argv.data());
        std::fflush(stdout);
        std::fflush(stderr);
        std::string printed = ::testing::internal::GetCapturedStdout();
        printed += ::testing::internal::GetCapturedStderr();
        EXPECT_EQ(code, expected) << command << "\n" << printed;
        return printed;
    }

    void agree_all(std::vector<PracticeCode> practices) {
        DialogueCommand command;
        command.year = y2017;
        command.role = DialogueRole::commissioner_finance;
        command.author = "Fiona Finch";
        command.at = "2017-01-29T09:00:00Z";
        got(show_budget_data_to_all(site(), command));
        command.at = "2017-03-01T09:00:00Z";
        got(offer_budget_to_all(site(), "offer", command));
        command.role = DialogueRole::practice_gp;
        command.author = "Dr Stone";
        command.at = "2017-03-20T09:00:00Z";
        for (const PracticeCode practice : practices) {
            const auto events = site().decisions().dialogue(practice, y2017);
            got(agree_budget(site(), practice, position_of(events).on_table, command));
        }
    }
    void agree_all() { agree_all({mill_lane, station_road, church_street}); }

    AdjustBudgetsRequest request(Month from, const std::string& at) {
        AdjustBudgetsRequest wanted;
        wanted.year = y2017;
        wanted.from = from;
        wanted.by = "Fiona Finch";
        wanted.at = at;
        return wanted;
    }
    AdjustBudgetsReport adjust_july() {
        got(import_lists(site(), data / "lists_july.csv", Date::of(2017, 7, 1)));
        return got(adjust_budgets(site(), request(Month(2017, 7), "2017-07-05T09:00:00Z")));
    }
    AdjustBudgetsReport adjust_october() {
        got(import_organisations(site(), data / "merger.csv"));
        got(import_lists(site(), data / "lists_october.csv", Date::of(2017, 10, 1)));
        return got(adjust_budgets(site(), request(Month(2017, 10), "2017-10-04T09:00:00Z")));
    }
    void load(const char* set, const char* file, const char* month) {
        purse({"load", set, (data / file).string(), "--month", month, "--extract", "freeze"});
    }
    Statement statement(PracticeCode practice, Month month) {
        return got(statement_of(got(open_month(site(), month)), practice.text()));
    }

    TemporaryFolder folder_;
    std::optional<Site> site_;
};

std::map<BudgetLine, Pence> reserves(const AdjustBudgetsReport& report) {
    std::map<BudgetLine, Pence> left;
    for (const InYearTotal& total : report.totals) left[total.line] = total.reserve;
    return left;
}

TEST_F(InYearStory, a_list_that_grows_by_five_in_a_hundred_in_july_is_paid_from_the_reserve) {
    agree_all();
    got(import_lists(site(), data / "lists_july.csv", Date::of(2017, 7, 1)));
    expect_golden(data / "adjust_july.txt",
                  purse({"budget", "adjust", "--year", "2017/18", "--from", "2017-07", "--by",
                         "Fiona Finch", "--dry-run"}));
    EXPECT_TRUE(site().decisions().in_year_changes().empty());
    const auto report = adjust_july();
    ASSERT_TRUE(report.recorded);
    EXPECT_EQ(reserves(report).at(BudgetLine::non_elective), pounds(7'000 - 1'370));
    EXPECT_EQ(reserves(report).at(BudgetLine::emergency_department), pounds(455 - 137));
    // What was agreed is in force as it was agreed.
    for (const BudgetEntry& entry : site().decisions().budgets(y2017)) {
        if (entry.row.practice == mill_lane && entry.row.line == BudgetLine::non_elective) {
            EXPECT_EQ(entry.row.annual, pounds(36'500));
        }
    }
}

TEST_F(InYearStory, the_statement_has_the_growth_from_july_on_and_only_lines_of_the_budget) {
    agree_all();
    load("apc", "apc_july.csv", "2017-07");
    load("prescribing", "prescribing_july.csv", "2017-07");
    purse({"close", "2017-07"});
    const Statement before = statement(mill_lane, Month(2017, 7));
    adjust_july();
    purse({"close", "2017-07"});
    const Statement after = statement(mill_lane, Month(2017, 7));
    // 122 days of £110, and 31 of £5.50.
    EXPECT_EQ(*before.total.budget_to_date, pounds(122 * 110));
    EXPECT_EQ(*after.total.budget_to_date, pounds(122 * 110) + Pence(31 * 550));
    EXPECT_EQ(after.total.year_to_date.cost, Pence(222'495));
    ASSERT_EQ(after.outside.size(), 2U);  // a day case and prescribing
    expect_golden(data / "statement_july.txt",
                  purse({"statement", "X90001", "--month", "2017-07"}));
    expect_golden(data / "why_july.txt",
                  purse({"statement", "X90001", "--month", "2017-07", "--why", "non_elective"}));
    // The month as it was closed first is still there, to the penny.
    const auto first = got(open_month(site(), Month(2017, 7), 1));
    EXPECT_EQ(*got(statement_of(first, "X90001")).total.budget_to_date, pounds(122 * 110));
    purse({"close", "2017-07", "--again"});
}

TEST_F(InYearStory, a_practice_that_merges_in_october_brings_all_that_remains) {
    agree_all();
    adjust_july();
    got(import_organisations(site(), data / "merger.csv"));
    got(import_lists(site(), data / "lists_october.csv", Date::of(2017, 10, 1)));
    expect_golden(data / "adjust_october.txt",
                  purse({"budget", "adjust", "--year", "2017/18", "--from", "2017-10", "--by",
                         "Fiona Finch", "--dry-run"}));
    const auto report = adjust_october();
    ASSERT_EQ(report.result.moves.size(), 2U);
    EXPECT_EQ(report.result.moves[0].amount, pounds(182 * 40));
    EXPECT_EQ(reserves(report).at(BudgetLine::non_elective), pounds(7'000 - 1'370));
    load("apc", "apc_july.csv", "2017-07");
    load("ae", "ae_october.csv", "2017-10");
    purse({"close", "2017-10"});
    const Statement whole = statement(station_road, Month(2017, 10));
    EXPECT_EQ(*whole.total.budget_to_date, pounds(214 * (60 + 2 + 40 + 1)));
    EXPECT_EQ(*whole.total.annual_budget, pounds(365 * (60 + 2 + 40 + 1)));
    expect_golden(data / "statement_october.txt",
                  purse({"statement", "X90002", "--month", "2017-10"}));
}

TEST_F(InYearStory, the_same_command_again_changes_nothing_and_time_does_not_go_back) {
    agree_all();
    adjust_july();
    const auto again = got(adjust_budgets(site(), request(Month(2017, 7), "2017-07-06T09:00:00Z")));
    EXPECT_TRUE(again.result.moves.empty());
    EXPECT_FALSE(again.recorded);
    adjust_october();
    const auto january =
        got(adjust_budgets(site(), request(Month(2018, 1), "2018-01-04T09:00:00Z")));
    EXPECT_TRUE(january.result.moves.empty());
    EXPECT_FALSE(january.recorded);
    EXPECT_EQ(site().decisions().in_year_changes(y2017).size(), 2U);
    const auto back = adjust_budgets(site(), request(Month(2017, 7), "2018-01-05T09:00:00Z"));
    ASSERT_FALSE(back.ok());
    EXPECT_EQ(back.problem().kind, ProblemKind::conflict);
    EXPECT_FALSE(adjust_budgets(site(), request(Month(2017, 8), "2017-08-05T09:00:00Z")).ok());
    EXPECT_FALSE(adjust_budgets(site(), request(Month(2018, 4), "2018-04-05T09:00:00Z")).ok());
}

TEST_F(InYearStory, leaves_out_who_has_not_agreed_and_catches_up_when_they_have) {
    agree_all({station_road, church_street});
    const auto first = adjust_july();
    EXPECT_TRUE(first.result.moves.empty());
    ASSERT_EQ(first.notes.size(), 1U);
    EXPECT_NE(first.notes[0].find("X90001 is left out"), std::string::npos);
    EXPECT_EQ(first.totals[0].not_in_force, pounds(36'500));
    DialogueCommand command;
    command.year = y2017;
    command.role = DialogueRole::practice_gp;
    command.author = "Dr Stone";
    command.at = "2017-03-25T09:00:00Z";
    const auto events = site().decisions().dialogue(mill_lane, y2017);
    got(agree_budget(site(), mill_lane, position_of(events).on_table, command));
    EXPECT_EQ(got(adjust_budgets(site(), request(Month(2017, 7), "2017-07-06T09:00:00Z")))
                  .result.moves.size(),
              2U);
}

// 1,000 of Station Road's 3,000 patients become Quarry Hill's: a third of £60 and £2 a day.
TEST_F(InYearStory, a_split_takes_its_patients_part_of_the_budget_once) {
    agree_all();
    const fs::path folder = folder_.path();
    write_bytes(folder / "split.csv",
                bytes_of(data / "practices.csv") +
                    "X90004,Quarry Hill Surgery,A,4,2017-07-01,,ZZ4 4ZZ,9ZZ,Fictional Valley "
                    "Commissioner,,,2017-07-01,,,\n");
    write_bytes(folder / "lists.csv",
                "practice,age_band,sex,patients\nX90002,ALL,ALL,2000\nX90004,ALL,ALL,1000\n");
    write_bytes(folder / "movements.csv", "from,to,patients\nX90002,X90004,1000\n");
    got(import_organisations(site(), folder / "split.csv"));
    got(import_lists(site(), folder / "lists.csv", Date::of(2017, 7, 1)));
    auto wanted = request(Month(2017, 7), "2017-07-05T09:00:00Z");
    wanted.movements = folder / "movements.csv";
    const auto report = got(adjust_budgets(site(), wanted));
    ASSERT_EQ(report.result.moves.size(), 2U);
    EXPECT_EQ(report.result.moves[0].amount, pounds(274 * 20));
    EXPECT_EQ(got(adjust_budgets(site(), wanted)).result.moves.size(), 0U);
    // Its own statement measures what the draft's lines are, though it never agreed one.
    load("apc", "apc_july.csv", "2017-07");
    purse({"close", "2017-07"});
    EXPECT_EQ(*statement(PracticeCode("X90004"), Month(2017, 7)).total.annual_budget,
              pounds(274 * 20) + Pence(18'267));
}

// Church Street goes to another commissioner; a new practice opens with 100 patients.
TEST_F(InYearStory, a_departure_leaves_the_total_and_an_opening_is_paid_from_the_reserve) {
    agree_all();
    const fs::path folder = folder_.path();
    const std::string heading =
        bytes_of(data / "practices.csv").substr(0, bytes_of(data / "practices.csv").find('\n') + 1);
    write_bytes(folder / "changes.csv",
                heading +
                    "X90003,Church Street Surgery,A,4,1990-04-01,,ZZ3 3ZZ,9ZZ,Fictional Valley "
                    "Commissioner,,,1990-04-01,2017-06-30,,\n"
                    "X90003,Church Street Surgery,A,4,1990-04-01,,ZZ3 3ZZ,8ZZ,Another "
                    "Commissioner,,,2017-07-01,,,\n"
                    "X90004,Quarry Hill Surgery,A,4,2017-07-01,,ZZ4 4ZZ,9ZZ,Fictional Valley "
                    "Commissioner,,,2017-07-01,,,\n");
    write_bytes(folder / "lists.csv", "practice,age_band,sex,patients\nX90004,ALL,ALL,100\n");
    got(import_organisations(site(), folder / "changes.csv"));
    got(import_lists(site(), folder / "lists.csv", Date::of(2017, 7, 1)));
    const auto report =
        got(adjust_budgets(site(), request(Month(2017, 7), "2017-07-05T09:00:00Z")));
    const InYearTotal& total = report.totals[0];
    EXPECT_EQ(total.left, pounds(274 * 40));
    // £200 a day over 10,000 patients: £2 for 100.
    EXPECT_EQ(total.reserve, pounds(7'000 - 274 * 2));
    EXPECT_EQ(total.sum(), total.allocation);
}

// Half as many patients again ask for £13,700.00 of July to March: the reserve has £7,000.00. From
// October on 182 of 274 days of the £6,700.00 are still owed, and a list that falls pays for them.
TEST_F(InYearStory, growth_that_the_reserve_cannot_pay_is_owed_and_paid_when_a_list_falls) {
    agree_all();
    const fs::path lists = folder_.path() / "lists.csv";
    write_bytes(lists, "practice,age_band,sex,patients\nX90001,ALL,ALL,7500\n");
    got(import_lists(site(), lists, Date::of(2017, 7, 1)));
    const auto july = got(adjust_budgets(site(), request(Month(2017, 7), "2017-07-05T09:00:00Z")));
    ASSERT_EQ(july.result.shortfalls.size(), 2U);
    EXPECT_EQ(july.result.shortfalls[0].claim, pounds(13'700));
    EXPECT_EQ(july.result.shortfalls[0].paid, pounds(7'000));
    EXPECT_EQ(july.totals[0].reserve, Pence(0));
    write_bytes(lists, "practice,age_band,sex,patients\nX90002,ALL,ALL,1500\n");
    got(import_lists(site(), lists, Date::of(2017, 10, 1)));
    const auto october =
        got(adjust_budgets(site(), request(Month(2017, 10), "2017-10-04T09:00:00Z")));
    EXPECT_EQ(october.result.moves[0].kind, InYearKind::list_fall);
    EXPECT_EQ(october.result.moves[0].amount, pounds(182 * 30));
    EXPECT_EQ(october.result.moves[1].to, mill_lane);
    EXPECT_EQ(october.result.moves[1].amount, Pence(445'036));  // 670,000 × 182 ÷ 274 = 445,036.50
    EXPECT_EQ(october.totals[0].reserve, pounds(182 * 30) - Pence(445'036));
    EXPECT_EQ(october.totals[0].sum(), october.totals[0].allocation);
}

TEST_F(InYearStory, leaves_out_a_practice_that_agreed_anew_after_a_change) {
    agree_all();
    adjust_july();
    DialogueCommand command;
    command.year = y2017;
    command.role = DialogueRole::commissioner_pbc_lead;
    command.author = "Paula Pike";
    command.at = "2017-08-01T09:00:00Z";
    command.says = "the practice asked for another look at its list";
    got(speak_in_dialogue(site(), mill_lane, DialogueStep::reopen, command));
    command.says.clear();
    command.role = DialogueRole::commissioner_finance;
    got(show_budget_data(site(), mill_lane, command));
    got(offer_budget(site(), mill_lane, "offer", command));
    const auto events = site().decisions().dialogue(mill_lane, y2017);
    command.role = DialogueRole::practice_gp;
    command.author = "Dr Mole";
    command.at = "2017-08-02T09:00:00Z";
    got(agree_budget(site(), mill_lane, position_of(events).on_table, command));
    const auto report = adjust_october();
    ASSERT_FALSE(report.notes.empty());
    EXPECT_NE(report.notes[0].find("X90001 is left out: its budget was agreed anew"),
              std::string::npos);
    for (const InYearTotal& total : report.totals) {
        EXPECT_EQ(total.sum(), total.allocation + total.other_drafts);
    }
}

TEST_F(InYearStory, tells_machines_the_same) {
    agree_all();
    got(import_lists(site(), data / "lists_july.csv", Date::of(2017, 7, 1)));
    const std::string printed = purse({"--json", "budget", "adjust", "--year", "2017/18", "--from",
                                       "2017-07", "--by", "Fiona Finch"});
    for (const char* part : {"\"kind\":\"list_growth\"", "\"pence\":137000",
                             "\"growth_reserve_pence\":563000", "\"change\":1"}) {
        EXPECT_NE(printed.find(part), std::string::npos) << part << "\n" << printed;
    }
    EXPECT_NE(
        purse({"budget", "adjust", "--year", "2017/18", "--from", "2017-07", "--by", "Fiona Finch"})
            .find("Nothing changes."),
        std::string::npos);
}

TEST_F(InYearStory, an_altered_change_is_found) {
    agree_all();
    adjust_july();
    adjust_october();
    EXPECT_TRUE(verify(site()).good());
    const fs::path store = folder_.path() / "site" / "register.db";
    alter_register(store, "update in_year_move set pence = pence + 100 where change_number = 1");
    EXPECT_FALSE(verify(site()).good());
    alter_register(store, "update in_year_move set pence = pence - 100 where change_number = 1");
    EXPECT_TRUE(verify(site()).good());
    alter_register(store, "delete from in_year_list where change_number = 2");
    EXPECT_FALSE(verify(site()).good());
}

}  // namespace
}  // namespace purse::testing
