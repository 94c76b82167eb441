#include "rulebook/tariff_sheets.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

Sheet sheet_of(std::vector<std::vector<std::string>> rows) {
    Sheet sheet{"1a APC & OPROC 17.18", false, {}};
    std::uint32_t number = 0;
    for (auto& cells : rows) sheet.rows.push_back({++number, std::move(cells)});
    return sheet;
}

const std::vector<std::string> admitted_headings = {
    "",
    "HRG\ncode",
    "HRG name",
    "Outpatient procedure tariff (£)",
    "Combined day case / ordinary elective spell tariff (£)",
    "Day case spell tariff (£)",
    "Ordinary elective spell tariff (£)",
    "Ordinary elective long stay trimpoint (days)",
    "Non-elective spell tariff (£)",
    "Non-elective long stay trim point (days)",
    "Per day long stay payment (for days exceeding trim point) (£)",
    "Reduced short stay emergency tariff \napplicable?",
    "% applied in calculation of reduced short stay emergency tariff ",
    "Reduced short stay emergency tariff (£) *"};

const std::vector<std::string> admitted_row = {
    "**",  "EB03D ", "Heart Failure",       "-",  "2242", "-", "-", "21", "2119", "21",
    "229", "Yes",    "0.30000000000000004", "636"};

struct Reading {
    Tariff tariff;
    SheetRead report;
    Outcome outcome = Nothing{};
};

Reading read_with(Outcome (*reader)(SheetReading&, Tariff&), const Sheet& sheet) {
    Reading done;
    done.tariff.sheets = {sheet.name};
    SheetReading reading(sheet, 0, done.report);
    done.outcome = reader(reading, done.tariff);
    reading.account_for_the_rest();
    return done;
}

TEST(AdmittedSheet, IsReadByItsHeadingsInAnyOrder) {
    auto headings = admitted_headings;
    auto row = admitted_row;
    std::swap(headings[4], headings[13]);
    std::swap(row[4], row[13]);
    for (const auto& sheet : {sheet_of({{"", "Prices 2017/18"}, admitted_headings, admitted_row}),
                              sheet_of({{"", "Prices 2017/18"}, headings, row})}) {
        const auto done = read_with(read_admitted_sheet, sheet);
        ASSERT_TRUE(done.outcome) << done.outcome.problem().says;
        const auto& price = done.tariff.admitted.at(Hrg("EB03D"));
        EXPECT_EQ(price.combined, pounds(2242));
        EXPECT_EQ(price.short_stay_emergency, pounds(636));
        EXPECT_EQ(price.short_stay_share, Factor(300'000));
        EXPECT_EQ(price.elective, std::nullopt);
        EXPECT_EQ(price.non_elective_trim_days, 21);
        EXPECT_EQ(price.source.row, 3U);
        EXPECT_EQ(done.report.rows_read, 1U);
    }
}

TEST(AdmittedSheet, WithoutAColumnSaysWhichAndWhatThereIs) {
    auto headings = admitted_headings;
    headings[10] = "Bonus";
    const auto done = read_with(read_admitted_sheet, sheet_of({headings, admitted_row}));
    ASSERT_FALSE(done.outcome);
    for (const char* part : {"sheet '1a APC & OPROC 17.18', row 1", "'Per day long stay payment'",
                             "'Bonus'", "'HRG name'"})
        EXPECT_NE(done.outcome.problem().says.find(part), std::string::npos)
            << done.outcome.problem().says;
}

TEST(AdmittedSheet, WithoutHeadingsSaysWhatItsFirstRowsHold) {
    const auto done = read_with(read_admitted_sheet, sheet_of({{"Tea", "Sugar"}}));
    ASSERT_FALSE(done.outcome);
    EXPECT_NE(done.outcome.problem().says.find("'Tea', 'Sugar'"), std::string::npos);
}

TEST(AdmittedSheet, RefusesBadPricesRepeatedCodesAndAMissingReducedPrice) {
    auto bad = admitted_row;
    bad[8] = "see note";
    auto done = read_with(read_admitted_sheet, sheet_of({admitted_headings, bad}));
    ASSERT_FALSE(done.outcome);
    EXPECT_NE(done.outcome.problem().says.find(
                  "row 2, column 'Non-elective spell tariff (£)': 'see note' is no price"),
              std::string::npos)
        << done.outcome.problem().says;
    done =
        read_with(read_admitted_sheet, sheet_of({admitted_headings, admitted_row, admitted_row}));
    ASSERT_FALSE(done.outcome);
    EXPECT_NE(done.outcome.problem().says.find("priced twice"), std::string::npos);
    auto unpriced = admitted_row;
    unpriced[13] = "-";
    done = read_with(read_admitted_sheet, sheet_of({admitted_headings, unpriced}));
    ASSERT_FALSE(done.outcome);
    EXPECT_NE(done.outcome.problem().says.find("no reduced price"), std::string::npos);
}

TEST(AdmittedSheet, ListsRowsThatLookLikeDataAndWereNotRead) {
    auto odd = admitted_row;
    odd[1] = "EB3D";
    const auto done =
        read_with(read_admitted_sheet,
                  sheet_of({admitted_headings, admitted_row, odd, {"", "A note without a price"}}));
    ASSERT_TRUE(done.outcome);
    ASSERT_EQ(done.report.unread.size(), 1U);
    EXPECT_EQ(done.report.unread[0].row, 3U);
}

TEST(EmergencySheet, TakesAPriceThatANoteGives) {
    const auto done = read_with(
        read_emergency_sheet,
        sheet_of({{"HRG code", "HRG name", "Type 1 and 2 Departments", "Type 3 Departments"},
                  {"VB09Z", "Category 1", "83", "57"},
                  {"Patients grouped to VB99Z attract the tariff for VB09Z"}}));
    ASSERT_TRUE(done.outcome);
    EXPECT_EQ(done.tariff.emergency.at(Hrg("VB99Z")).type_1_and_2, pounds(83));
    EXPECT_EQ(done.tariff.emergency.at(Hrg("VB99Z")).source.row, 3U);
}

TEST(BestPracticeSheet, ReadsFromItsSentencesWhatIsAutomatic) {
    const std::vector<std::string> headings = {"HRG code", "HRG name", "Base tariff (£)",
                                               "Best practice tariff (£)", "BPT Flag"};
    const std::string kept = "SUS PbR will automate payment of the base tariff to all activity.";
    const auto sheet = sheet_of(
        {{"1", "Heart Failure"},
         {kept + " It applies to non-elective admissions."},
         headings,
         {"EB03D", "Heart Failure", "100", "120", "n/a"},
         {"2", "Major trauma"},
         {"SUS PbR will not apply the BPT. Organisations will need a database of their own."},
         headings,
         {"VA10A", "Trauma", "200", "240", "n/a"}});
    const auto done = read_with(read_best_practice_sheet, sheet);
    ASSERT_TRUE(done.outcome) << done.outcome.problem().says;
    ASSERT_EQ(done.tariff.best_practice.size(), 2U);
    const auto& heart = done.tariff.best_practice[0];
    EXPECT_TRUE(heart.automated);
    EXPECT_EQ(heart.section, "Heart Failure");
    EXPECT_EQ(heart.non_elective, pounds(100));
    EXPECT_EQ(heart.reference_price, pounds(120));
    const auto& trauma = done.tariff.best_practice[1];
    EXPECT_FALSE(trauma.automated);
    EXPECT_EQ(trauma.reference_price, pounds(240));
    EXPECT_EQ(trauma.non_elective, std::nullopt);
}

}  // namespace
}  // namespace purse
