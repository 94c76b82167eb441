#include "render/rendering.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tables/delimited.hpp"
#include "tables/workbook.hpp"

namespace purse {
namespace {

const Account oakfield("X90001");
const Month june(2017, 6);

AccountMonth figures() {
    AccountMonth account;
    account.lines[BudgetLine::non_elective] = {
        {3, 12, Pence(300'000)}, {9, 40, Pence(912'345)}, {}};
    account.lines[BudgetLine::day_case] = {{1, 0, Pence(50'000)}, {2, 0, Pence(100'001)}, {}};
    account.budgets[BudgetLine::non_elective] = {Pence(4'000'000), Pence(1'000'000)};
    account.budgets[BudgetLine::day_case] = {Pence(360'000), Pence(90'000)};
    account.set_aside[{CostOutcome::excluded, "private_patient"}] = 2;
    return account;
}

StatementSetting setting() {
    StatementSetting setting;
    setting.commissioner = "Valley & Hill <Commissioner>";
    setting.month = june;
    setting.closing = 1;
    setting.name_of = [](Account) { return std::string("Oakfield, \"the\" Surgery"); };
    setting.says = [](const std::string&) {
        return std::string("private patients are outside national prices");
    };
    for (Month month(2017, 4); month <= june; month = month + 1) {
        const DataState state = month == june ? DataState::flex : DataState::frozen;
        setting.data.push_back({DataSet::admitted_care, month, state});
    }
    return setting;
}

Statement statement() { return make_statement(oakfield, figures(), setting()); }

TEST(Statement, SaysTheMainThingFirstWithoutPence) {
    EXPECT_EQ(first_sentence(statement()),
              "To June 2017 you have used about £10,000 of £11,000: £777 under.");
    EXPECT_EQ(data_sentence(statement()), "Provisional: June 2017 (flex). Frozen to May 2017.");
}

TEST(Statement, TellsALineWithoutDataFromAZero) {
    for (const StatementRow& row : statement().rows) {
        if (row.code == "ae") {
            EXPECT_FALSE(row.loaded);
        }
        if (row.code == "elective") {
            EXPECT_TRUE(row.loaded);
        }
    }
}

TEST(Rendering, ShowsTheSameTotalInEveryFormat) {
    const Statement made = statement();
    EXPECT_NE(as_text(made).find("£10,123.46"), std::string::npos);
    EXPECT_NE(as_html(made).find("£10,123.46"), std::string::npos);
    EXPECT_NE(as_json(made).find("\"cost_pence\":1012346"), std::string::npos);
    const auto csv = read_table_text(as_csv(made), "statement.csv");
    ASSERT_TRUE(csv.ok());
    const std::size_t line = csv->column("line").value();
    const std::size_t cost = csv->column("year_to_date_cost").value();
    EXPECT_EQ(csv->rows.back().cells[line], "total");
    EXPECT_EQ(csv->rows.back().cells[cost], "10123.46");
    const auto book = read_workbook_bytes(as_xlsx(made));
    ASSERT_TRUE(book.ok());
    EXPECT_EQ(book->sheets.at(0).rows.back().cell(8), "10123.46");
}

TEST(Rendering, EscapesWhatStandsInNames) {
    const std::string page = as_html(statement());
    EXPECT_NE(page.find("Valley &amp; Hill &lt;Commissioner&gt;"), std::string::npos);
    EXPECT_EQ(page.find("<Commissioner>"), std::string::npos);
}

TEST(Rendering, ASpreadsheetOfTheSameFiguresHasTheSameBytes) {
    EXPECT_EQ(as_xlsx(statement()), as_xlsx(statement()));
}

TEST(Summary, AddsUpItsPractices) {
    const Account unregistered = account::unregistered;
    const std::map<Account, AccountMonth> accounts = {{oakfield, figures()},
                                                      {unregistered, figures()}};
    const Summary summary = make_summary(accounts, setting());
    EXPECT_EQ(summary.practices.year_to_date.cost, Pence(1'012'346));
    EXPECT_EQ(summary.total.year_to_date.cost, Pence(2'024'692));
    EXPECT_EQ(summary.rows.size(), 2U);
    EXPECT_FALSE(summary.rows.back().is_practice);
    EXPECT_EQ(summary.lines.back().year_to_date.cost, Pence(2'024'692));
    EXPECT_NE(as_csv(summary).find("20246.92"), std::string::npos);
}

TEST(Format, IsRefusedByNameWithWhatThereIs) {
    EXPECT_TRUE(parse_format("xlsx").ok());
    EXPECT_EQ(parse_format("pdf").problem().says,
              "'pdf' is not a format: use text, json, csv, xlsx or html");
}

TEST(Rendering, shows_apart_what_is_in_no_budget_and_what_changed_in_the_year) {
    AccountMonth account = figures();
    account.outside[BudgetLine::maternity] = {NotInBudget::blocked_back,
                                              {{1, 2, Pence(170'000)}, {1, 2, Pence(170'000)}, {}}};
    account.budgets[BudgetLine::day_case] += LineBudget{Pence(9'000), Pence(1'000)};
    account.changes = {{oakfield,
                        BudgetLine::day_case,
                        june,
                        1,
                        {Pence(9'000), Pence(1'000)},
                        "list grew: 5,000 to 5,250"}};
    const Statement made = make_statement(oakfield, account, setting());
    EXPECT_EQ(made.total.year_to_date.cost, statement().total.year_to_date.cost);
    const std::string text = as_text(made);
    EXPECT_NE(text.find("Maternity"), std::string::npos);
    EXPECT_NE(text.find("£1,700.00  blocked back to the commissioner"), std::string::npos) << text;
    EXPECT_NE(text.find("£43,600.00 as it was set, changed by +£90.00: £43,690.00"),
              std::string::npos)
        << text;
    for (const std::string& out : {as_html(made), as_json(made), as_csv(made)}) {
        EXPECT_NE(out.find("list grew: 5,000 to 5,250"), std::string::npos) << out;
        EXPECT_NE(out.find("blocked back to the commissioner"), std::string::npos) << out;
    }
    const Summary summary = make_summary({{oakfield, account}}, setting());
    EXPECT_EQ(summary.total.year_to_date.cost, made.total.year_to_date.cost);
    ASSERT_EQ(summary.outside.size(), 1U);
    EXPECT_NE(as_text(summary).find("blocked back"), std::string::npos);
    EXPECT_NE(as_html(summary).find("blocked back"), std::string::npos);
    EXPECT_NE(as_json(summary).find("blocked back"), std::string::npos);
}

}  // namespace
}  // namespace purse
