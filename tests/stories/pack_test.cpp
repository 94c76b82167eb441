// A practice gets its monthly pack: of the first session, whose figures a GP can check by hand
// (data/first_session/README.md), and of a small commissioner, whose packs add up.
#include <gtest/gtest.h>

#include "desk/block_contracts.hpp"
#include "desk/closes.hpp"
#include "desk/counted_imports.hpp"
#include "desk/national_rates.hpp"
#include "desk/packs.hpp"
#include "desk/verifying.hpp"
#include "desk/year_forecasts.hpp"
#include "render/pack_pages.hpp"
#include "render/rendering.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const fs::path& first_session = first_session_files();
const fs::path data = fs::path(PURSE_SOURCE_DIR) / "tests/stories/data/pack";
const Month april(2017, 4);
const Month june(2017, 6);

class FirstPack : public ::testing::Test {
  protected:
    void SetUp() override {
        site_.emplace(make_first_session_site(folder_.path() / "site"));
        got(import_lists(*site_, first_session / "lists.csv", Date::of(2017, 4, 1)));
        got(import_tariff(*site_, first_session / "tariff", FinancialYear(2017)));
        got(import_budget(*site_, first_session / "budget.csv"));
        for (const auto& [set, file] : {std::pair(DataSet::admitted_care, "apc.csv"),
                                        {DataSet::outpatients, "op.csv"},
                                        {DataSet::emergency, "ae.csv"},
                                        {DataSet::prescribing, "prescribing.csv"}}) {
            got(load(*site_, load_command(set, april, Extract::freeze, first_session / file),
                     no_progress));
        }
        got(close_month(*site_, april, no_progress));
    }

    [[nodiscard]] Pack pack() const {
        return got(got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1))).of("X90001"));
    }
    [[nodiscard]] fs::path rates_file(const std::string& csv) const {
        const fs::path file = folder_.path() / "rates.csv";
        write_bytes(file, csv);
        return file;
    }

    TemporaryFolder folder_;
    std::optional<Site> site_;
};

TEST_F(FirstPack, says_what_the_sums_by_hand_give) {
    expect_golden(data / "pack.txt", as_text(pack()));
}

TEST_F(FirstPack, stands_on_a_page_a_workbook_and_in_json_with_the_same_figures) {
    const Pack made = pack();
    const std::string page = as_html(made);
    for (const char* figure : {"£6,080", "+£3,080", "12.0 days", "no data loaded"}) {
        EXPECT_NE(page.find(figure), std::string::npos) << figure;
    }
    EXPECT_NE(page.find("With less than a year of months there is no range."), std::string::npos);
    EXPECT_NE(as_json(made).find("\"variance_pence\":307950"), std::string::npos);
    EXPECT_EQ(as_xlsx(made).substr(0, 2), "PK");
}

TEST_F(FirstPack, shows_national_rates_with_their_source_once_they_are_imported) {
    EXPECT_NE(pack().national.find("none are imported for 2017/18"), std::string::npos);
    const fs::path file = rates_file(
        "code,year,rate,source\nnon_elective,2017/18,101.25,Made up\n"
        "gp_referrals,2017/18,190,Made up\nae,2016/17,300,Made up\n");
    EXPECT_TRUE(got(import_national_rates(*site_, file)).parts.at(0).unread.empty());
    EXPECT_TRUE(got(import_national_rates(*site_, file)).already_imported);
    const Pack made = pack();
    EXPECT_EQ(made.find("non_elective")->rates.national, 101.25);
    EXPECT_EQ(made.find("ae")->rates.national, std::nullopt) << "of another year";
    EXPECT_EQ(made.national, "National rates of 2017/18: Made up.");
}

TEST_F(FirstPack, leaves_out_national_rates_that_cannot_be_read) {
    const ImportReport report = got(import_national_rates(
        *site_, rates_file("code,year,rate,source\nunheard_of,2017/18,1,x\nae,2017,1,x\n"
                           "ae,2017/18,-3,x\nday_case,2017/18,3,\nelective,2017/18,20,Made up\n"
                           "elective,2017/18,21,Made up\n")));
    EXPECT_EQ(report.parts.at(0).rows, 1U);
    EXPECT_EQ(report.parts.at(0).unread.size(), 5U);
    EXPECT_FALSE(import_national_rates(*site_, rates_file("code,rate\nae,3\n")).ok());
}

const char* const three_contracts =
    "provider,line,year,annual_amount,rule,practice,share\n"
    "ZX1,community,2017/18,36500,given,X90001,3\n"
    "ZX1,community,2017/18,36500,given,X90002,1\n"
    "ZX1,mental_health,2017/18,1000.01,list,,\n"
    "ZX1,primary_care,2016/17,1000,list,,\n";

// By hand: £36,500 a year is £100 a day and £3,000 in April, of which Mill Lane bears three
// quarters.
TEST_F(FirstPack,
       has_its_part_of_block_contracts_in_its_totals_once_the_month_is_closed_with_them) {
    const Pack without = pack();
    EXPECT_FALSE(without.find("community")->row.loaded);
    const ImportReport report = got(import_blocks(*site_, rates_file(three_contracts)));
    EXPECT_EQ(report.says, "3 block contracts, £38,500.01 in all");

    const Pack before = pack();
    EXPECT_EQ(before.statement.total.year_to_date.cost, without.statement.total.year_to_date.cost);
    EXPECT_TRUE(before.blocks.empty());
    EXPECT_NE(as_text(before).find("this month was closed before they were imported"),
              std::string::npos);

    const Closing closed = got(close_month(*site_, april, no_progress)).closing;
    const Pack made = pack();
    ASSERT_EQ(made.blocks.size(), 2U) << "the third is of another year";
    EXPECT_EQ(made.blocks[0].annual, Pence(2'737'500));
    EXPECT_EQ(made.blocks[0].month, Pence(225'000)) << "30 days at £75";
    EXPECT_EQ(made.find("community")->row.month.cost, Pence(225'000));
    EXPECT_TRUE(made.find("pack_7")->row.loaded);
    EXPECT_FALSE(made.find("pack_7")->row.one_kind) << "a contract counts nothing";
    EXPECT_NE(as_text(made).find("Community services, ZX1: block, apportioned by given shares: "
                                 "£36,500.00 × 3 ÷ 4 = £27,375.00 a year; £2,250.00 to April 2017"),
              std::string::npos);
    EXPECT_EQ(made.statement.total.year_to_date.cost, without.statement.total.year_to_date.cost +
                                                          made.blocks[0].to_date +
                                                          made.blocks[1].to_date);
    const Pack other =
        got(got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1))).of("X90002"));
    ASSERT_EQ(other.blocks.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(made.blocks[i].annual + other.blocks[i].annual, made.blocks[i].contract);
    }
    EXPECT_EQ(made.blocks[0].to_date + other.blocks[0].to_date, Pence(300'000));

    const auto total =
        std::ranges::find(closed.closing.totals, "contracts: shared out", &ControlTotal::stage);
    ASSERT_NE(total, closed.closing.totals.end());
    EXPECT_EQ(total->rows, 2);
    EXPECT_EQ(total->money.thousandths() / FinePence::per_penny,
              (made.blocks[0].to_date + made.blocks[1].to_date + other.blocks[0].to_date +
               other.blocks[1].to_date)
                  .count());
    EXPECT_TRUE(got(close_month(*site_, april, no_progress, true)).made_again);
    EXPECT_TRUE(verify(*site_).good());
}

TEST_F(FirstPack, tells_how_its_part_of_a_block_contract_came_about_to_the_penny) {
    got(import_blocks(*site_, rates_file(three_contracts)));
    got(close_month(*site_, april, no_progress));
    const Why community = got(why(*site_, april, "X90001", "community", 5));
    ASSERT_EQ(community.working.steps.size(), 1U);
    EXPECT_EQ(community.working.steps[0].says,
              "Community services of ZX1: block, apportioned by given shares");
    EXPECT_EQ(community.working.steps[0].arithmetic, "£3,000.00 × 3 ÷ 4");
    EXPECT_EQ(community.working.result, Pence(225'000));
    const Why total = got(why(*site_, april, "X90001", "total", 5));
    EXPECT_EQ(total.working.result,
              got(statement_of(got(open_month(*site_, april)), "X90001")).total.year_to_date.cost);
}

TEST_F(FirstPack, leaves_what_can_be_shared_with_nobody_in_an_account_of_its_own) {
    got(import_blocks(*site_, rates_file("provider,line,year,annual_amount,rule,practice,share\n"
                                         "ZX1,community,2017/18,365,weighted_list,,\n"
                                         "ZX1,mental_health,2017/18,730,given,A81099,1\n"
                                         "ZX1,mental_health,2017/18,730,given,X90001,1\n")));
    got(close_month(*site_, april, no_progress));
    const MonthReports reports = got(open_month(*site_, april));
    const AccountMonth& unknown = reports.accounts.at(account::unknown_practice);
    EXPECT_EQ(unknown.lines.at(BudgetLine::community).month.cost, Pence(3'000))
        << "no weighted list is known";
    EXPECT_EQ(unknown.lines.at(BudgetLine::mental_health).month.cost, Pence(3'000))
        << "of a practice that is nobody's";
    EXPECT_EQ(reports.accounts.at(Account("X90001")).lines.at(BudgetLine::mental_health).month.cost,
              Pence(3'000));
    EXPECT_NE(as_text(summary_of(reports)).find("all of it stands with unknown practices"),
              std::string::npos);
    EXPECT_TRUE(verify(*site_).good());
}

// £365 is £1 a day: 30 days are used, 335 are known to come, and nothing is carried on.
TEST_F(FirstPack, has_the_rest_of_a_block_contract_in_its_forecast_as_known) {
    got(import_blocks(*site_, rates_file("provider,line,year,annual_amount,rule\n"
                                         "ZX1,community,2017/18,365,list\n")));
    got(close_month(*site_, april, no_progress));
    const KeptForecast kept = got(forecast_of(*site_, got(open_month(*site_, april))));
    Pence to_date, rest;
    for (const char* practice : {"X90001", "X90002"}) {
        const AccountForecast& one = kept.forecast.at({Account(practice), BudgetLine::community});
        EXPECT_EQ(one.basis, ForecastBasis::contract);
        EXPECT_EQ(one.range_80->low, one.range_80->high);
        to_date += one.to_date;
        rest += one.rest;
    }
    EXPECT_EQ(to_date, Pence(3'000));
    EXPECT_EQ(rest, Pence(33'500));
    EXPECT_EQ(kept.forecast.at({Account(), BudgetLine::community}).outturn(), Pence(36'500));
}

TEST_F(FirstPack, reads_no_block_contract_for_what_is_priced_record_by_record) {
    const auto report = got(import_blocks(
        *site_, rates_file("provider,line,year,annual_amount,rule\nZX1,ae,2017/18,5,list\n")));
    ASSERT_EQ(report.parts.front().unread.size(), 1U);
    EXPECT_NE(report.parts.front().unread.front().find("line 2, column line: the records of 'ae'"),
              std::string::npos);
}

TEST_F(FirstPack, is_of_practices_only) {
    const MonthPacks packs = got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1)));
    EXPECT_FALSE(packs.of("~UNREG").ok());
    EXPECT_FALSE(packs.of("A81001").ok());
    EXPECT_FALSE(MonthPacks::gather(*site_, june, Date::of(2017, 6, 1)).ok()) << "not closed";
}

// Last year's and this year's first quarter of six practices.
class PacksOfAll : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = new TemporaryFolder;
        Site site = make_demo_site(folder_->path() / "site");
        for (const Month first : {april - 12, april}) {
            for (Month month = first; month <= first + 2; month = month + 1) {
                for (const DataSet set : all_data_sets) {
                    load_demo(site, set, month, Extract::freeze);
                }
            }
        }
        for (const char* year : {"2016-17.csv", "2017-18.csv"}) {
            got(import_blocks(site, demo_files() / "blocks" / year));
            got(import_budget(site, demo_files() / "block_budgets" / year));
        }
        got(import_referrals(site, {demo_files() / "referrals" / "2017-06.csv"}, june));
        for (Month month = april; month <= june; month = month + 1) {
            got(close_month(site, month, no_progress));
            packs_[month] =
                new MonthPacks(got(MonthPacks::gather(site, month, Date::of(2018, 1, 1))));
        }
    }
    static void TearDownTestSuite() {
        for (const auto& [month, packs] : packs_) delete packs;
        delete folder_;
    }

    static inline TemporaryFolder* folder_ = nullptr;
    static inline std::map<Month, MonthPacks*> packs_;
};

TEST_F(PacksOfAll, add_up_to_the_commissioners_summary) {
    const MonthPacks& packs = *packs_.at(june);
    Figures month, to_date;
    Pence budget, shared;
    for (const std::string& code : packs.practices()) {
        const Pack pack = got(packs.of(code));
        const StatementRow& total = pack.find("total")->row;
        month += total.month;
        to_date += total.year_to_date;
        budget += total.budget_to_date.value_or(Pence(0));
        if (pack.everything_else) {
            Pence reasons = *pack.everything_else;
            for (const PackReason& reason : pack.reasons) reasons += reason.amount;
            EXPECT_EQ(reasons, total.variance()) << code;
        }
        EXPECT_EQ(pack.standardised.size(), 6U) << pack.not_standardised;
        EXPECT_GT(pack.standardised.front().rate, 0) << "referrals of one month alone";
        const StatementRow& contracts = pack.find("pack_7")->row;
        EXPECT_TRUE(contracts.loaded && contracts.last_year && contracts.variance()) << code;
        Pence parts;
        for (const BlockShare& share : pack.blocks) parts += share.to_date;
        EXPECT_EQ(parts,
                  contracts.year_to_date.cost + pack.find("primary_care")->row.year_to_date.cost);
        shared += parts;
    }
    EXPECT_GT(shared, Pence(0));
    EXPECT_EQ(month.cost, packs.summary().practices.month.cost);
    EXPECT_EQ(to_date.cost, packs.summary().practices.year_to_date.cost);
    EXPECT_EQ(budget, packs.summary().practices.budget_to_date);
}

TEST_F(PacksOfAll, have_months_that_add_up_to_the_year_to_date_budgets_and_last_year_too) {
    const auto codes = packs_.at(june)->practices();
    for (const std::string& code : codes) {
        const Pack quarter = got(packs_.at(june)->of(code));
        std::vector<Figures> last_year(quarter.rows.size());
        std::vector<Pence> budgets(quarter.rows.size());
        for (const auto& [month, packs] : packs_) {
            const Pack pack = got(packs->of(code));
            ASSERT_EQ(pack.rows.size(), quarter.rows.size());
            for (std::size_t i = 0; i < pack.rows.size(); ++i) {
                last_year[i] += pack.rows[i].last_years_month.value_or(Figures{});
                budgets[i] += pack.rows[i].month_budget.value_or(Pence(0));
            }
        }
        for (std::size_t i = 0; i < quarter.rows.size(); ++i) {
            const StatementRow& row = quarter.rows[i].row;
            EXPECT_EQ(budgets[i], row.budget_to_date.value_or(Pence(0))) << code << row.code;
            // A prescribing cost is rounded once a month and once a year: a penny may differ.
            if (row.pack_line == 6 || row.code == "total") continue;
            EXPECT_EQ(last_year[i], row.last_year.value_or(Figures{})) << code << row.code;
        }
    }
}

}  // namespace
}  // namespace purse::testing
