#include "register/imports.hpp"

#include <gtest/gtest.h>

#include "register/backends_test.hpp"

namespace purse {
namespace {

class ImportsOn : public testing::OnEachBackend {};

const FinancialYear y2017(2017);

NewImport import_of(ImportKind kind, const std::string& digest, const std::string& about = "") {
    return {.kind = kind,
            .about = about,
            .file_name = digest + ".csv",
            .digest = digest,
            .rows = 3,
            .imported_at = "2017-04-01T08:00:00Z"};
}

NewTariff tariff_of(const std::string& version, FinancialYear year = y2017) {
    return {.year = year, .version = version, .label = "tariff", .folder = "tariffs/" + version};
}

TEST_P(ImportsOn, a_changed_price_list_is_a_new_version_and_the_old_one_stays) {
    auto one = made();
    const auto first =
        one.import_tariff(import_of(ImportKind::tariff, "f1", "2017/18"), tariff_of("aa11"));
    ASSERT_TRUE(first.ok());
    EXPECT_FALSE(first->already_imported);
    EXPECT_TRUE(first->version.current);
    const auto second =
        one.import_tariff(import_of(ImportKind::tariff, "f2", "2017/18"), tariff_of("ab22"));
    EXPECT_EQ(second->version.sequence, 2);
    const auto all = one.tariffs();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_FALSE(all[0].current);
    EXPECT_TRUE(all[1].current);
    EXPECT_EQ(one.current_tariff(y2017)->tariff.version, "ab22");
    EXPECT_EQ(one.tariff(y2017, "aa")->source.file.file_name, "f1.csv");
    EXPECT_EQ(one.tariff(y2017, "aa")->tariff.folder, "tariffs/aa11");
    EXPECT_EQ(one.tariff(y2017, "a").problem().kind, ProblemKind::bad_input);
    EXPECT_EQ(one.tariff(y2017, "c").problem().kind, ProblemKind::not_found);
    EXPECT_EQ(one.current_tariff(FinancialYear(2016)).problem().kind, ProblemKind::not_found);
}

TEST_P(ImportsOn, the_same_price_list_again_changes_nothing) {
    auto one = made();
    const auto file = import_of(ImportKind::tariff, "f1", "2017/18");
    ASSERT_TRUE(one.import_tariff(file, tariff_of("aa11")).ok());
    EXPECT_TRUE(one.import_tariff(file, tariff_of("aa11"))->already_imported);
    EXPECT_EQ(one.imported_files().size(), 1U);
    // The same prices from another file (a folder of CSVs): known, and the file is on record.
    const auto folder = import_of(ImportKind::tariff, "f2", "2017/18");
    EXPECT_TRUE(one.import_tariff(folder, tariff_of("aa11"))->already_imported);
    EXPECT_EQ(one.tariffs().size(), 1U);
    EXPECT_EQ(one.imported_files().size(), 2U);
}

TEST_P(ImportsOn, one_workbook_holds_two_years) {
    auto one = made();
    const FinancialYear y2018(2018);
    ASSERT_TRUE(
        one.import_tariff(import_of(ImportKind::tariff, "f1", "2017/18"), tariff_of("aa")).ok());
    const auto other =
        one.import_tariff(import_of(ImportKind::tariff, "f1", "2018/19"), tariff_of("bb", y2018));
    EXPECT_FALSE(other->already_imported);
    EXPECT_EQ(one.current_tariff(y2017)->tariff.version, "aa");
    EXPECT_EQ(one.current_tariff(y2018)->tariff.version, "bb");
}

TEST_P(ImportsOn, an_earlier_price_list_can_be_made_current_again) {
    auto one = made();
    ASSERT_TRUE(one.import_tariff(import_of(ImportKind::tariff, "f1"), tariff_of("aa")).ok());
    ASSERT_TRUE(one.import_tariff(import_of(ImportKind::tariff, "f2"), tariff_of("bb")).ok());
    ASSERT_TRUE(one.make_tariff_current(y2017, "aa").ok());
    EXPECT_EQ(one.current_tariff(y2017)->tariff.version, "aa");
    EXPECT_FALSE(one.make_tariff_current(y2017, "cc").ok());
    EXPECT_EQ(one.current_tariff(y2017)->tariff.version, "aa");
}

BudgetRow budget_of(const std::string& practice, BudgetLine line, Pence annual) {
    return {.practice = PracticeCode(practice), .year = y2017, .line = line, .annual = annual};
}

TEST_P(ImportsOn, a_budget_supersedes_the_one_before_and_history_stays) {
    auto one = made();
    auto shaped = budget_of("A81001", BudgetLine::prescribing, pounds(5'000'000'000));
    shaped.profile = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1'000'000'000'000}};
    const std::vector<BudgetRow> first = {shaped,
                                          budget_of("A81001", BudgetLine::elective, pounds(100)),
                                          budget_of("A81002", BudgetLine::elective, Pence(-5))};
    const auto import = one.import_budgets(import_of(ImportKind::budget, "b1"), first);
    ASSERT_TRUE(import.ok());
    EXPECT_FALSE(import->already_imported);
    const std::vector<BudgetRow> second = {budget_of("A81001", BudgetLine::elective, pounds(200))};
    ASSERT_TRUE(one.import_budgets(import_of(ImportKind::budget, "b2"), second).ok());

    const auto in_force = one.budgets(y2017);
    ASSERT_EQ(in_force.size(), 3U);
    EXPECT_EQ(in_force[0].row.annual, pounds(200));
    EXPECT_EQ(in_force[0].row.profile, std::nullopt);
    EXPECT_EQ(in_force[1].row.annual, pounds(5'000'000'000));
    EXPECT_EQ(in_force[1].row.profile, shaped.profile);
    EXPECT_EQ(in_force[2].row.annual, Pence(-5));
    const auto history = one.budget_history(y2017);
    ASSERT_EQ(history.size(), 4U);
    EXPECT_EQ(history[0].row.annual, pounds(100));
    EXPECT_EQ(history[0].superseded_by, FileNumber{2});
    EXPECT_EQ(history[1].superseded_by, std::nullopt);
    EXPECT_TRUE(one.budgets(FinancialYear(2018)).empty());
}

TEST_P(ImportsOn, the_same_budgets_again_change_nothing) {
    auto one = made();
    const std::vector<BudgetRow> rows = {budget_of("A81001", BudgetLine::elective, pounds(1))};
    const auto file = import_of(ImportKind::budget, "b1");
    ASSERT_TRUE(one.import_budgets(file, rows).ok());
    const auto again = one.import_budgets(file, rows);
    EXPECT_TRUE(again->already_imported);
    EXPECT_EQ(again->import.number, FileNumber{1});
    EXPECT_EQ(one.budget_history(y2017).size(), 1U);
    EXPECT_TRUE(one.find_import(ImportKind::budget, "", "b1").has_value());
    EXPECT_FALSE(one.find_import(ImportKind::lists, "", "b1").has_value());
}

TEST_P(ImportsOn, a_budget_given_twice_in_one_file_is_refused_whole) {
    auto one = made();
    const std::vector<BudgetRow> rows = {budget_of("A81001", BudgetLine::elective, pounds(1)),
                                         budget_of("A81001", BudgetLine::elective, pounds(2))};
    const auto import = one.import_budgets(import_of(ImportKind::budget, "b1"), rows);
    ASSERT_FALSE(import.ok());
    EXPECT_NE(import.problem().says.find("A81001 2017/18 elective twice"), std::string::npos);
    EXPECT_TRUE(one.imported_files().empty());
}

PURSE_ON_EACH_BACKEND(ImportsOn);

}  // namespace
}  // namespace purse
