// Five practices and their budgets of 2018/19: one agrees, one after a revised offer, one is ruled
// on, one is silent and one waits for an answer. What the commissioner and a practice see is
// compared with the golden texts in data/budget_dialogue, whose sums a GP can check by hand.
#include "desk/budget_dialogue.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "base/digest.hpp"
#include "budget/indicative.hpp"
#include "cli/cli.hpp"
#include "cli/dialogue_output.hpp"
#include "desk/verifying.hpp"
#include "support/altered_register.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;
using Step = DialogueStep;
using Role = DialogueRole;

const fs::path data = fs::path(PURSE_SOURCE_DIR) / "tests/stories/data/budget_dialogue";
const FinancialYear y2018(2018);
const PracticeCode mill_lane("X90001");
const PracticeCode station_road("X90002");
const PracticeCode church_street("X90003");
const PracticeCode quarry_hill("X90004");
const PracticeCode weir_cottage("X90005");

// £10 a patient for non-elective care and £6 for prescribing, of which 3% goes to the risk pool
// and 1% to management; `more` is added to Station Road's non-elective budget from the reserve.
NewDraft draft_of(const Site& site, const std::string& name, Pence more) {
    const struct {
        PracticeCode practice;
        std::int64_t patients;
    } practices[] = {{mill_lane, 5000},
                     {station_road, 3000},
                     {church_street, 4000},
                     {quarry_hill, 2000},
                     {weir_cottage, 1000}};
    NewDraft draft{.year = y2018, .name = name, .scheme = "pbc-2009"};
    draft.made_at = "2018-02-20T09:00:00Z";
    draft.made_by = "Fiona Finch";
    draft.totals = {{.line = BudgetLine::non_elective, .reserve = pounds(1'000) - more},
                    {.line = BudgetLine::prescribing, .blocked_back = pounds(500)}};
    for (const auto& one : practices) {
        for (DraftTotal& total : draft.totals) {
            const bool emergency = total.line == BudgetLine::non_elective;
            Pence gross = pounds(one.patients * (emergency ? 10 : 6));
            if (emergency && one.practice == station_road) gross += more;
            const Pence pool(gross.count() * 3 / 100);
            const Pence management(gross.count() / 100);
            draft.amounts.push_back(
                {one.practice, total.line, gross, pool, management, gross - pool - management});
            total.risk_pool += pool;
            total.management += management;
            total.allocation += gross;
        }
    }
    for (DraftTotal& total : draft.totals) total.allocation += total.reserve + total.blocked_back;
    draft.derivation.path = fs::path("budgets") / (name + ".csv");
    fs::create_directories(site.folder() / "budgets");
    write_bytes(site.folder() / draft.derivation.path, "how " + name + " was worked out\n");
    draft.derivation.checksum = got(digest_of_file(site.folder() / draft.derivation.path));
    return draft;
}

DialogueCommand by(Role role, const std::string& author, const std::string& day,
                   const std::string& says = "") {
    return {.year = y2018,
            .role = role,
            .author = author,
            .says = says,
            .at = day + "T09:00:00Z",
            .after = {}};
}

// A command as at the terminal; what it printed and its exit code.
struct Printed {
    std::string text;
    int code = 0;
};
Printed purse(const fs::path& site, std::vector<std::string> words) {
    words.insert(words.begin(), {"purse", "--site", site.string()});
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    Printed printed;
    printed.code = run_command_line(static_cast<int>(argv.size()), argv.data());
    std::fflush(stdout);
    std::fflush(stderr);
    printed.text = ::testing::internal::GetCapturedStdout();
    printed.text += ::testing::internal::GetCapturedStderr();
    return printed;
}

class BudgetDialogue : public ::testing::Test {
  protected:
    void SetUp() override {
        SiteSettings settings;
        settings.commissioner = CommissionerCode("9ZZ");
        settings.name = "Fictional Valley Commissioner";
        site_.emplace(got(Site::create(folder_.path() / "site", settings)));
        got(import_organisations(*site_, data / "practices.csv"));
        got(import_lists(*site_, data / "lists.csv", Date::of(2018, 1, 1)));
        got(import_budget(*site_, data / "budget.csv"));
        got(site_->decisions().record_draft(draft_of(*site_, "first", pounds(0))));
        got(site_->decisions().record_draft(draft_of(*site_, "second", pounds(200))));
    }

    Site& site() { return *site_; }

    void show_and_comment() {
        const auto shown = got(show_budget_data_to_all(
            site(), by(Role::commissioner_information, "Ian Ivy", "2018-01-29")));
        EXPECT_EQ(shown.taken.size(), 5U);
        EXPECT_TRUE(shown.left_out.empty());
        say(mill_lane, Step::comment, Role::practice_manager, "Mary Moss", "2018-02-05",
            "our list is 5,100 since January");
        say(mill_lane, Step::answer, Role::commissioner_information, "Ian Ivy", "2018-02-09",
            "the list of 1 January counts for all; growth is paid from the reserve in July");
        say(weir_cottage, Step::comment, Role::practice_gp, "Dr Wren", "2018-03-29",
            "no list of ours is shown");
    }

    // To four of five: Weir Cottage's comment has to be answered first.
    void offer_first() {
        const auto offered = got(offer_budget_to_all(
            site(), "first", by(Role::commissioner_finance, "Fiona Finch", "2018-03-30")));
        EXPECT_EQ(offered.taken.size(), 4U);
        ASSERT_EQ(offered.left_out.size(), 1U);
        EXPECT_EQ(offered.left_out[0].practice, weir_cottage);
    }

    void end_each_in_its_way() {
        agree(mill_lane, "Dr Mole", "2018-04-03");
        say(station_road, Step::disagree, Role::practice_gp, "Dr Stone", "2018-04-04",
            "a nursing home of 40 beds opened on our list in March");
        got(offer_budget(site(), station_road, "second",
                         by(Role::commissioner_pbc_lead, "Paula Pike", "2018-04-20",
                            "£200 from the reserve for the nursing home")));
        agree(station_road, "Dr Stone", "2018-04-23");
        say(church_street, Step::disagree, Role::practice_manager, "Chris Coot", "2018-04-10",
            "prescribing per head is below last year's");
        say(church_street, Step::refer, Role::commissioner_pbc_lead, "Paula Pike", "2018-04-25",
            "the parties could not agree on prescribing");
        got(rule_on_budget(site(), church_street, {},
                           by(Role::arbiter, "Sir Alan Ash", "2018-05-10",
                              "the rate per head is the same for all five practices")));
    }

    void play() {
        show_and_comment();
        offer_first();
        end_each_in_its_way();
    }

    DialogueEvent say(PracticeCode practice, Step step, Role role, const std::string& who,
                      const std::string& day, const std::string& words) {
        return got(speak_in_dialogue(site(), practice, step, by(role, who, day, words)));
    }
    std::string on_table(PracticeCode practice) {
        return position_of(site().decisions().dialogue(practice, y2018)).on_table;
    }
    void agree(PracticeCode practice, const std::string& who, const std::string& day) {
        got(agree_budget(site(), practice, on_table(practice).substr(0, 12),
                         by(Role::practice_gp, who, day)));
    }
    std::map<BudgetLine, Pence> in_force(PracticeCode practice) {
        std::map<BudgetLine, Pence> found;
        for (const BudgetEntry& entry : site().decisions().budgets(y2018)) {
            if (entry.row.practice == practice) found[entry.row.line] = entry.row.annual;
        }
        return found;
    }
    [[nodiscard]] fs::path site_folder() const { return folder_.path() / "site"; }

    TemporaryFolder folder_;
    std::optional<Site> site_;
};

TEST_F(BudgetDialogue, shows_the_commissioner_where_every_practice_stands) {
    play();
    expect_golden(data / "status.txt",
                  as_text(got(dialogue_status(site(), y2018, Date::of(2018, 5, 12)))));
}

TEST_F(BudgetDialogue, shows_a_practice_every_step_from_the_data_to_its_agreement) {
    play();
    expect_golden(
        data / "history.txt",
        as_text(got(dialogue_history(site(), station_road, y2018, Date::of(2018, 5, 12)))));
}

TEST_F(BudgetDialogue, puts_in_force_what_was_agreed_and_ruled_and_nothing_else) {
    play();
    using Lines = std::map<BudgetLine, Pence>;
    // 5,000 patients: £50,000 and £30,000, less 3% and 1%.
    EXPECT_EQ(in_force(mill_lane), (Lines{{BudgetLine::non_elective, pounds(48'000)},
                                          {BudgetLine::prescribing, pounds(28'800)}}));
    // 3,000 patients: £30,000 and £200 from the reserve, and £18,000, less 3% and 1%.
    EXPECT_EQ(in_force(station_road), (Lines{{BudgetLine::non_elective, pounds(28'992)},
                                             {BudgetLine::prescribing, pounds(17'280)}}));
    EXPECT_EQ(in_force(church_street), (Lines{{BudgetLine::non_elective, pounds(38'400)},
                                              {BudgetLine::prescribing, pounds(23'040)}}));
    EXPECT_TRUE(in_force(quarry_hill).empty());
    EXPECT_TRUE(in_force(weir_cottage).empty());
}

TEST_F(BudgetDialogue, is_found_whole_by_verify_and_every_alteration_is_found) {
    play();
    ASSERT_TRUE(verify(site()).good());
    const struct {
        const char* alter;
        const char* mend;
    } cases[] = {
        {"update dialogue_event set says = says || '!' where number = 4",
         "update dialogue_event set says = substr(says, 1, length(says) - 1) where number = 4"},
        {"update draft_amount set net_pence = net_pence + 1 where practice = 'X90004'",
         "update draft_amount set net_pence = net_pence - 1 where practice = 'X90004'"},
        {"update draft_total set reserve_pence = reserve_pence + 1",
         "update draft_total set reserve_pence = reserve_pence - 1"},
        {"update budget set annual_pence = annual_pence + 1 where practice = 'X90003'"
         " and year = 2018",
         "update budget set annual_pence = annual_pence - 1 where practice = 'X90003'"
         " and year = 2018"},
    };
    const fs::path file = site_folder() / "register.db";
    for (const auto& one : cases) {
        alter_register(file, one.alter);
        EXPECT_FALSE(verify(site()).good()) << one.alter;
        alter_register(file, one.mend);
        EXPECT_TRUE(verify(site()).good()) << one.mend;
    }
    alter_register(file, "delete from dialogue_event where practice = 'X90004' and step = 'offer'");
    EXPECT_FALSE(verify(site()).good());
}

TEST_F(BudgetDialogue, finds_a_derivation_file_that_was_altered) {
    ASSERT_TRUE(verify(site()).good());
    write_bytes(site_folder() / "budgets/first.csv", "otherwise\n");
    EXPECT_FALSE(verify(site()).good());
}

TEST_F(BudgetDialogue, refuses_agreement_to_an_offer_revised_meanwhile) {
    show_and_comment();
    offer_first();
    const std::string first = on_table(station_road);
    got(offer_budget(site(), station_road, "second",
                     by(Role::commissioner_finance, "Fiona Finch", "2018-04-02")));
    const auto refused =
        agree_budget(site(), station_road, first, by(Role::practice_gp, "Dr Stone", "2018-04-03"));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().kind, ProblemKind::conflict);
    EXPECT_NE(refused.problem().says.find(on_table(station_road).substr(0, 12)), std::string::npos);
    EXPECT_TRUE(in_force(station_road).empty());
    const auto vague = agree_budget(site(), station_road, on_table(station_road).substr(0, 7),
                                    by(Role::practice_gp, "Dr Stone", "2018-04-03"));
    EXPECT_EQ(vague.problem().kind, ProblemKind::bad_input);
}

TEST_F(BudgetDialogue, refuses_a_step_after_one_that_its_actor_has_not_seen) {
    show_and_comment();
    offer_first();
    auto seen = by(Role::practice_manager, "Quinn Quail", "2018-04-02", "how is need weighted?");
    seen.after = site().decisions().dialogue(quarry_hill, y2018).back().hash;
    auto other_site = got(Site::open(site_folder()));
    ASSERT_TRUE(speak_in_dialogue(site(), quarry_hill, Step::comment, seen).ok());
    seen.says = "we disagree";
    const auto late = speak_in_dialogue(other_site, quarry_hill, Step::disagree, seen);
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.problem().kind, ProblemKind::conflict);
}

TEST_F(BudgetDialogue, goes_by_the_dates_of_the_scheme_that_was_offered) {
    NewDraft tried = draft_of(site(), "tried", pounds(0));
    tried.scheme = "fundholding-1994";
    got(site().decisions().record_draft(tried));
    const Date day = Date::of(2018, 3, 1);
    EXPECT_EQ(got(dialogue_status(site(), y2018, day)).dates.agreed_by, Date::of(2018, 2, 28));
    show_and_comment();
    offer_first();
    EXPECT_EQ(got(dialogue_status(site(), y2018, day)).dates.agreed_by, Date::of(2018, 5, 1));
}

TEST_F(BudgetDialogue, knows_no_practice_that_is_not_the_commissioners) {
    const auto stranger =
        show_budget_data(site(), PracticeCode("Y12345"),
                         by(Role::commissioner_information, "Ian Ivy", "2018-01-29"));
    ASSERT_FALSE(stranger.ok());
    EXPECT_EQ(stranger.problem().kind, ProblemKind::not_found);
}

TEST_F(BudgetDialogue, is_held_at_the_command_line) {
    const fs::path folder = site_folder();
    const auto in_year = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "budget");
        words.insert(words.end(), {"--year", "2018/19"});
        return purse(folder, std::move(words));
    };
    const auto as = [&](std::vector<std::string> words, const char* role, const char* name) {
        words.insert(words.end(), {"--as", role, "--by", name});
        return in_year(std::move(words));
    };
    EXPECT_EQ(as({"show-data", "--all"}, "commissioner-information", "Ian Ivy").code, 0);
    EXPECT_EQ(as({"show-data", "X90001", "--all"}, "commissioner-information", "Ian").code,
              exit_code(ProblemKind::bad_input));
    EXPECT_EQ(as({"comment", "X90001", "--text", "5,100"}, "practice-manager", "Mary Moss").code,
              0);
    EXPECT_EQ(as({"answer", "X90001", "--text", "in July"}, "commissioner-finance", "Fiona").code,
              0);
    const auto offered =
        as({"offer", "--all", "--draft", "first"}, "commissioner-finance", "Fiona");
    EXPECT_EQ(offered.code, 0) << offered.text;
    const std::string offer = on_table(mill_lane).substr(0, 10);
    const auto other_side =
        as({"agree", "X90001", "--offer", offer}, "commissioner-pbc-lead", "Paula");
    EXPECT_EQ(other_side.code, exit_code(ProblemKind::forbidden));
    EXPECT_NE(other_side.text.find("practice GP"), std::string::npos) << other_side.text;
    EXPECT_EQ(as({"agree", "X90001", "--offer", offer}, "gp", "Dr Mole").code,
              exit_code(ProblemKind::bad_input));
    const auto agreed = as({"agree", "X90001", "--offer", offer}, "practice-gp", "Dr Mole");
    EXPECT_EQ(agreed.code, 0) << agreed.text;
    EXPECT_TRUE(agreed.text.ends_with(std::string(indicative_budget_sentence) + "\n"));
    EXPECT_EQ(as({"disagree", "X90002", "--reason", "x"}, "practice-gp", "Dr Stone").code, 0);
    EXPECT_EQ(as({"refer", "X90002", "--reason", "x"}, "practice-gp", "Dr Stone").code, 0);
    EXPECT_EQ(as({"rule", "X90002", "--reason", "x", "--draft", "second"}, "arbiter", "Ash").code,
              0);
    EXPECT_EQ(as({"reopen", "X90001", "--reason", "merger"}, "practice-gp", "Dr Mole").code, 0);
    const auto status = in_year({"status", "--as-at", "2018-04-02"});
    EXPECT_EQ(status.code, 0);
    EXPECT_TRUE(status.text.ends_with(std::string(indicative_budget_sentence) + "\n"));
    EXPECT_NE(in_year({"status", "--json"}).text.find("\"ruled\":1"), std::string::npos);
    EXPECT_NE(in_year({"history", "X90002", "--json"}).text.find("\"step\":\"rule\""),
              std::string::npos);
    EXPECT_EQ(in_year({"history", "Y12345"}).code, exit_code(ProblemKind::not_found));
    EXPECT_EQ(purse(folder, {"verify"}).code, 0);
}

// The first session's files (its README has the sums): a month of 2017/18 is closed.
class DialogueBesideAClosedMonth : public ::testing::Test {
  protected:
    void SetUp() override {
        const fs::path files = data.parent_path() / "first_session";
        SiteSettings settings;
        settings.commissioner = CommissionerCode("9ZZ");
        got(Site::create(site_folder(), settings));
        const auto run = [&](std::vector<std::string> words) {
            const Printed printed = purse(site_folder(), std::move(words));
            ASSERT_EQ(printed.code, 0) << printed.text;
        };
        run({"import", "organisations", (files / "practices.csv").string(),
             (files / "providers.csv").string()});
        run({"import", "lists", (files / "lists.csv").string(), "--as-at", "2017-04-01"});
        run({"import", "tariff", (files / "tariff").string(), "--year", "2017/18"});
        run({"import", "budget", (files / "budget.csv").string()});
        run({"load", "apc", (files / "apc.csv").string(), "--month", "2017-04", "--extract",
             "freeze"});
        run({"close", "2017-04"});
    }
    [[nodiscard]] fs::path site_folder() const { return folder_.path() / "site"; }

    TemporaryFolder folder_;
};

TEST_F(DialogueBesideAClosedMonth, shows_a_practice_what_it_used_in_the_year_before) {
    auto site = got(Site::open(site_folder()));
    const auto shown = got(show_budget_data(
        site, mill_lane, by(Role::commissioner_information, "Ian Ivy", "2018-01-29")));
    // The non-elective line of statement.txt, worked out in the first session's README.
    for (const char* part :
         {"Registered patients on 1 April 2017: 5,000", "Non-elective inpatients: £36,500.00",
          "Use in 2017/18 to April 2017:", "Non-elective inpatients: £6,079.50",
          "Provisional: April 2017 (incomplete)"}) {
        EXPECT_NE(shown.says.find(part), std::string::npos) << part << "\n" << shown.says;
    }
    EXPECT_EQ(shown.on_table, digest_of(shown.says));
}

TEST_F(DialogueBesideAClosedMonth, gives_statements_the_agreed_budget) {
    const FinancialYear y2017(2017);
    {
        auto site = got(Site::open(site_folder()));
        NewDraft draft = draft_of(site, "first", pounds(0));
        draft.year = y2017;
        got(site.decisions().record_draft(draft));
        auto command = by(Role::commissioner_finance, "Fiona Finch", "2017-04-02");
        command.year = y2017;
        got(show_budget_data(site, mill_lane, command));
        const auto offer = got(offer_budget(site, mill_lane, "first", command));
        command.role = Role::practice_gp;
        command.author = "Dr Mole";
        got(agree_budget(site, mill_lane, offer.on_table, command));
    }
    const auto closed = purse(site_folder(), {"close", "2017-04"});
    ASSERT_EQ(closed.code, 0) << closed.text;
    const auto statement =
        purse(site_folder(), {"statement", "X90001", "--month", "2017-04", "--format", "json"});
    ASSERT_EQ(statement.code, 0) << statement.text;
    // £48,000 and £28,800 net for the year, of which April has 30 days of 365 (largest remainder).
    for (const char* part :
         {"\"annual_budget_pence\":4800000,\"budget_to_date_pence\":394521",
          "\"annual_budget_pence\":2880000", "\"annual_budget_pence\":7680000"}) {
        EXPECT_NE(statement.text.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(statement.text.find("3650000"), std::string::npos) << "the imported budget";
}

}  // namespace
}  // namespace purse::testing
