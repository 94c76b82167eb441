// Budgets by history, by fair share and by a blend of the two, for three practices whose sums stand
// on paper in data/budget_methods/README.md; the worked example of docs/budget-setting.md at the
// command line; and budgets of a made-up and of a real commissioner worked out again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "budget/compute_file.hpp"
#include "budget/derivation_file.hpp"
#include "budget/need_weights.hpp"
#include "budget/scheme_method.hpp"
#include "cli/cli.hpp"
#include "desk/budget_setting.hpp"
#include "render/waterfall_pages.hpp"
#include "support/demo_site.hpp"
#include "support/shared_data.hpp"
#include "tables/delimited.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(PURSE_SOURCE_DIR) / "tests/stories/data/budget_methods";
const fs::path schemes = fs::path(PURSE_SOURCE_DIR) / "rules/schemes";

DerivationInputs three_practices(BudgetMethod method) {
    DerivationInputs inputs;
    inputs.year = FinancialYear(2018);
    inputs.name = "on paper";
    inputs.scheme_text = got(with_method(bytes_of(data / "scheme.toml"), method));
    inputs.baseline_from = Month(2017, 4);
    inputs.baseline_to = Month(2018, 3);
    inputs.price_source = "the story's prices";
    inputs.list_source = "the story's lists";
    inputs.need_source = "the story's weights";
    const struct {
        const char *code, *name;
        std::int64_t then, now, baseline, repriced, prescribed, hospital_need, drug_need;
    } rows[] = {{"X90001", "Mill Lane", 5000, 5500, 390'000, 400'000, 200'000, 3800, 4000},
                {"X90002", "Station Road", 4000, 4000, 295'000, 300'000, 150'000, 3100, 3000},
                {"X90003", "Church Street", 5000, 5200, 245'000, 250'000, 130'000, 3100, 3000}};
    for (const auto& row : rows) {
        inputs.practices.push_back(
            {PracticeCode(row.code),
             row.name,
             Patients(row.then),
             Patients(row.now),
             {{"general_and_acute", row.hospital_need * Factor::one},
              {"prescribing", row.drug_need * Factor::one}},
             {{BudgetLine::non_elective, pounds(row.baseline), pounds(row.repriced), {}, {}},
              {BudgetLine::prescribing, pounds(row.prescribed), pounds(row.prescribed), {}, {}}}});
    }
    inputs.allocation = {{BudgetLine::non_elective, pounds(1'050'000)},
                         {BudgetLine::prescribing, pounds(515'304)}};
    return inputs;
}

class BudgetMethods : public ::testing::TestWithParam<BudgetMethod> {};

TEST_P(BudgetMethods, give_what_the_sums_on_paper_give) {
    const DerivationInputs inputs = three_practices(GetParam());
    const Derivation derivation = got(derive(inputs));
    std::map<std::string, Pence> net;
    for (const DerivedLine& line : derivation.lines) net[line.practice.text()] += line.net;
    const std::map<BudgetMethod, std::array<std::int64_t, 3>> on_paper = {
        {BudgetMethod::historic, {66'580'800, 45'396'000, 39'857'688}},
        {BudgetMethod::fair_share, {58'696'795, 46'568'847, 46'568'847}},
        {BudgetMethod::blend, {66'020'625, 45'396'000, 40'417'863}}};
    const auto& expected = on_paper.at(GetParam());
    EXPECT_EQ(net.at("X90001"), Pence(expected[0]));
    EXPECT_EQ(net.at("X90002"), Pence(expected[1]));
    EXPECT_EQ(net.at("X90003"), Pence(expected[2]));
    const auto waterfall =
        got(waterfall_of(inputs, derivation, PracticeCode("X90003"), std::nullopt));
    expect_golden(data / (std::string(to_text(GetParam())) + ".txt"), as_text(waterfall));
}

INSTANTIATE_TEST_SUITE_P(Each, BudgetMethods,
                         ::testing::Values(BudgetMethod::historic, BudgetMethod::fair_share,
                                           BudgetMethod::blend),
                         [](const auto& one) { return std::string(to_text(one.param)); });

struct Printed {
    std::string text;
    int code = 0;
};
Printed purse(std::vector<std::string> words) {
    words.insert(words.begin(), "purse");
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

// `purse budget compute` on six practices; their budgets in the file that it wrote.
class ComputeCommand : public ::testing::Test {
  protected:
    Printed compute(const std::vector<std::int64_t>& weights, std::int64_t envelope,
                    const std::string& scheme = "pbc-2009") {
        const std::int64_t history[] = {2'400'000, 2'000'000, 2'100'000,
                                        1'900'000, 1'800'000, 1'800'000};
        std::string rows = "practice,line,historic_pence,list_size,weight\n";
        for (std::size_t i = 0; i < weights.size(); ++i) {
            rows += std::string(1, static_cast<char>('A' + i)) + ",mental_health," +
                    std::to_string(history[i] * 100) + ",10000," + std::to_string(weights[i]) +
                    "\n";
        }
        write_bytes(file("in.csv"), rows);
        write_bytes(file("envelope.csv"),
                    "line,pence\nmental_health," + std::to_string(envelope * 100) + "\n");
        return purse({"budget", "compute", file("in.csv"), "--scheme", scheme, "--envelope",
                      file("envelope.csv"), "--out", file("out.csv")});
    }
    [[nodiscard]] std::vector<std::string> budgets() const {
        std::vector<std::string> cells;
        const TextTable table = got(read_table(file("out.csv")));
        const std::size_t column = got(table.column("budget_pence"));
        for (const auto& row : table.rows) cells.push_back(row.cells[column]);
        return cells;
    }
    // pbc-2009 with a floor of −10%: losses in cash are allowed.
    [[nodiscard]] std::string with_lower_floor() const {
        std::string text = bytes_of(schemes / "pbc-2009.toml");
        const std::size_t at = text.find("floor = { value = \"0\"");
        EXPECT_NE(at, std::string::npos);
        text.replace(at, 21, "floor = { value = \"-0.10\"");
        write_bytes(file("lower.toml"), text);
        return file("lower.toml");
    }
    [[nodiscard]] std::string file(const std::string& name) const {
        return (folder_.path() / name).string();
    }

    TemporaryFolder folder_;
};

using Cells = std::vector<std::string>;
const std::vector<std::int64_t> needs = {1900, 1830, 2050, 2000, 2100, 2420};

TEST_F(ComputeCommand, writes_the_worked_example_to_the_penny) {
    const Printed printed = compute(needs, 12'300'000);
    ASSERT_EQ(printed.code, 0) << printed.text;
    EXPECT_EQ(bytes_of(file("out.csv")),
              "practice,line,historic_pence,target_pence,distance_before,budget_pence,"
              "distance_after,years_to_tolerance,floor_applied,cap_applied,minimum_unfunded\n"
              "A,mental_health,240000000,190000000,0.294737,240000000,0.263158,10,yes,no,no\n"
              "B,mental_health,200000000,183000000,0.120219,202950000,0.109016,2,no,no,no\n"
              "C,mental_health,210000000,205000000,0.050000,215250000,0.050000,0,no,no,no\n"
              "D,mental_health,190000000,200000000,-0.026250,194750000,-0.026250,0,no,no,no\n"
              "E,mental_health,180000000,210000000,-0.121429,185960398,-0.114474,4,no,no,yes\n"
              "F,mental_health,180000000,242000000,-0.237603,191089602,-0.210374,9,no,no,no\n");
}

TEST_F(ComputeCommand, gives_gains_faster_where_losses_in_cash_release_more) {
    ASSERT_EQ(compute(needs, 12'300'000, with_lower_floor()).code, 0);
    EXPECT_EQ(budgets(), (Cells{"236750000", "202950000", "215250000", "194750000", "187188924",
                                "193111076"}));
}

TEST_F(ComputeCommand, gives_those_inside_the_tolerance_what_the_others_cannot_take) {
    ASSERT_EQ(compute({1900, 2080, 2180, 1990, 2030, 2120}, 12'300'000, with_lower_floor()).code,
              0);
    EXPECT_EQ(budgets(), (Cells{"236750000", "205399548", "215616253", "195316027", "185728612",
                                "191189560"}));
}

TEST_F(ComputeCommand, refuses_an_envelope_below_the_floors_and_writes_nothing) {
    const Printed printed = compute(needs, 11'950'000);
    EXPECT_EQ(printed.code, 2);
    EXPECT_NE(printed.text.find("the envelope is £50,000.00 short of the floors"),
              std::string::npos)
        << printed.text;
    EXPECT_FALSE(fs::exists(file("out.csv")));
}

TEST_F(ComputeCommand, tells_every_bad_row_by_its_line) {
    write_bytes(file("in.csv"),
                "practice,line,historic_pence,list_size,weight\n"
                "A,mental_health,100,10,\nB,mental_health,100,10,0\nC,mental_health,100,10,-1\n"
                "D,moon,100,10,1\nE,mental_health,100,10,1\nE,mental_health,100,10,1\n");
    write_bytes(file("envelope.csv"), "line,pence\nmental_health,1000\n");
    const Printed printed = purse({"budget", "compute", file("in.csv"), "--scheme", "pbc-2009",
                                   "--envelope", file("envelope.csv"), "--out", file("out.csv")});
    EXPECT_EQ(printed.code, 2);
    for (const char* part :
         {"line 2, column weight: '' is no weight", "line 3, column weight: '0'",
          "line 4, column weight: '-1'", "line 5, column line: 'moon'",
          "line 7, column practice: 'E' has the line 'mental_health' a second"}) {
        EXPECT_NE(printed.text.find(part), std::string::npos) << part << "\n" << printed.text;
    }
    EXPECT_FALSE(fs::exists(file("out.csv")));
}

// Every practice's budget told (which checks its steps), and everything worked out again from the
// derivation's text alone.
void expect_worked_out_again(const DerivationInputs& inputs, const Derivation& derivation) {
    const DerivationFile again =
        got(rederive_text(derivation_csv(inputs, derivation), "derivation.csv"));
    EXPECT_TRUE(again.differences.empty()) << again.differences.front();
    EXPECT_EQ(again.practices, inputs.practices.size());
    ASSERT_EQ(again.derivation.lines.size(), derivation.lines.size());
    std::map<PracticeCode, Pence> net;
    for (std::size_t i = 0; i < derivation.lines.size(); ++i) {
        EXPECT_EQ(again.derivation.lines[i].net, derivation.lines[i].net);
        net[derivation.lines[i].practice] += derivation.lines[i].net;
    }
    for (const DerivationPractice& practice : again.inputs.practices) {
        const Waterfall told =
            got(waterfall_of(again.inputs, again.derivation, practice.practice, std::nullopt));
        EXPECT_EQ(told.net, net.at(practice.practice)) << practice.practice.text();
        Pence lines;
        for (const Waterfall& line : told.by_line) lines += line.net;
        EXPECT_EQ(lines, told.net);
    }
}

TEST(BudgetsWorkedOutAgain, agree_for_every_practice_of_a_made_up_commissioner) {
    TemporaryFolder folder;
    Site site = make_demo_site(folder.path() / "site");
    for (const DataSet set : all_data_sets) {
        for (Month month(2016, 4); month <= Month(2017, 3); month = month + 1) {
            load_demo(site, set, month, Extract::freeze);
        }
    }
    SetBudgetsRequest request;
    request.year = FinancialYear(2017);
    request.scheme = "pbc-2009";
    request.draft = "first";
    request.by = "Fiona Finch";
    request.allocation = folder.path() / "allocation.csv";
    // So few practices may have spent more than the made-up allocation's floors allow: 5% more.
    std::string allocation = "line,pence\n";
    for (const auto& [line, money] :
         got(read_envelopes(demo_files() / "allocations/2017-18.csv"))) {
        allocation += csv_line(
            {std::string(name_of(line).code), std::to_string(money.count() + money.count() / 20)});
    }
    write_bytes(request.allocation, allocation);
    request.weights = demo_files() / "weights/2017-18.csv";
    const SetBudgetsReport report = got(set_budgets(site, request));
    EXPECT_EQ(report.inputs.practices.size(), 6U);
    expect_worked_out_again(report.inputs, report.derivation);
    const DraftDerivation kept = got(derivation_of(site, request.year, "first"));
    EXPECT_EQ(kept.file.practices, 6U);
    const SchemeComparison methods =
        got(compare_schemes(site, request.year, "first", {"historic", "fair-share", "blend"}));
    EXPECT_EQ(methods.schemes[2].derivation.lines[0].net, report.derivation.lines[0].net)
        << "pbc-2009 is a blend of all its lines";
    const auto without = compare_schemes(site, request.year, "first", {"historic", "by-the-moon"});
    ASSERT_FALSE(without.ok());
}

// Real practices of Gloucestershire with their real lists and published weights; what they spent is
// made up: a sum a patient that differs from practice to practice.
TEST(BudgetsWorkedOutAgain, agree_for_every_practice_of_a_real_board) {
    const char* const published = "data/capitation/gp_practice_weighted_pop_2022_23.csv";
    PURSE_NEEDS_SHARED(published);
    const fs::path file = shared_folder() / published;
    const NeedWeights weights = got(read_need_weights(file));
    const TextTable table = got(read_table(file));
    const std::size_t code = got(table.column("Practice_Code"));
    const std::size_t board = got(table.column("LOC22"));
    const std::size_t list = got(table.column("Patients"));
    DerivationInputs inputs = three_practices(BudgetMethod::blend);
    inputs.practices.clear();
    inputs.allocation.clear();
    for (const TextTable::Row& row : table.rows) {
        if (row.cells[board] != "11M") continue;
        DerivationPractice practice;
        practice.practice = PracticeCode(row.cells[code]);
        practice.name = row.cells[code];
        practice.list_then = practice.list_now = got(parse_patients(row.cells[list]));
        for (const char* component : {"general_and_acute", "prescribing"}) {
            practice.needs[component] = got(weights.of(practice.practice, component));
        }
        const std::int64_t patients = practice.list_now.whole();
        const std::int64_t each =
            300 + static_cast<std::int64_t>(inputs.practices.size()) * 7 % 150;
        practice.lines = {
            {BudgetLine::non_elective, pounds(patients * each), pounds(patients * each), {}, {}},
            {BudgetLine::prescribing, pounds(patients * 160), pounds(patients * 160), {}, {}}};
        for (const DerivationLine& line : practice.lines) {
            inputs.allocation[line.line] += line.repriced + Pence(line.repriced.count() / 25);
        }
        inputs.practices.push_back(std::move(practice));
    }
    std::ranges::sort(inputs.practices, {}, &DerivationPractice::practice);
    EXPECT_EQ(inputs.practices.size(), 72U);
    const Derivation derivation = got(derive(inputs));
    expect_worked_out_again(inputs, derivation);
}

}  // namespace
}  // namespace purse::testing
