#include "tables/workbook.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace purse {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

// An .xlsx of the given parts, as bytes.
std::string zipped(const Parts& parts) {
    const auto file = std::filesystem::path(::testing::TempDir()) /
                      ("purse_workbook_" + std::to_string(::getpid()) + ".xlsx");
    std::filesystem::remove(file);
    int error = 0;
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    EXPECT_NE(archive, nullptr);
    for (const auto& [name, text] : parts)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0),
                     ZIP_FL_OVERWRITE);
    EXPECT_EQ(zip_close(archive), 0);
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const std::string workbook_xml =
    "<workbook xmlns:r='x'><sheets><sheet name='Prices' r:id='rId1'/></sheets></workbook>";
const std::string relations_xml =
    "<Relationships><Relationship Id='rId1' Type='http://x/worksheet' Target='worksheets/s.xml'/>"
    "<Relationship Id='rId2' Type='http://x/sharedStrings' Target='/xl/strings.xml'/>"
    "</Relationships>";
const std::string strings_xml =
    "<sst><si><t>HRG code</t></si>"
    "<si><r><t xml:space='preserve'>Non-</t></r><r><rPr/><t>elective</t></r>"
    "<rPh><t>ignored</t></rPh></si>"
    "<si><t xml:space='preserve'> two </t></si><si><t> trimmed </t></si>"
    "<si><t>line_x000D_end_x00e9_ _x1_</t></si></sst>";

Parts parts_with(const std::string& sheet) {
    return {{"xl/workbook.xml", workbook_xml},
            {"xl/_rels/workbook.xml.rels", relations_xml},
            {"xl/strings.xml", strings_xml},
            {"xl/worksheets/s.xml", sheet}};
}

Result<Workbook> read_sheet(const std::string& rows, const std::string& after = "",
                            std::size_t most_cells = 1000) {
    return read_workbook_bytes(zipped(parts_with("<worksheet><sheetData>" + rows + "</sheetData>" +
                                                 after + "</worksheet>")),
                               most_cells);
}

const Sheet& only_sheet(const Result<Workbook>& book) {
    EXPECT_TRUE(book) << (book ? "" : book.problem().says);
    return book->sheets.at(0);
}

TEST(Workbook, ResolvesEveryKindOfCell) {
    const auto book = read_sheet(
        "<row r='3'><c r='B3' t='s'><v>0</v></c><c r='C3'><v>0.30000000000000004</v></c>"
        "<c r='D3' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c>"
        "<c r='E3' t='str'><f>A1&amp;B1</f><v>a &amp; b</v></c><c r='F3'><f>1+1</f><v>2</v></c>"
        "<c r='G3' t='b'><v>1</v></c><c r='H3' t='e'><v>#N/A</v></c><c r='I3' s='4'/></row>");
    const auto& sheet = only_sheet(book);
    ASSERT_EQ(sheet.rows.size(), 1U);
    EXPECT_EQ(sheet.rows[0].number, 3U);
    EXPECT_EQ(sheet.rows[0].cells,
              (std::vector<std::string>{"", "HRG code", "0.30000000000000004", "inline", "a & b",
                                        "2", "TRUE", "#N/A"}));
    EXPECT_EQ(sheet.rows[0].cell(1), "HRG code");
    EXPECT_EQ(sheet.rows[0].cell(99), "");
}

TEST(Workbook, JoinsRunsOfRichTextAndKeepsBlanksWhereTheFileSaysSo) {
    const auto book = read_sheet(
        "<row><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c t='s'><v>3</v></c>"
        "<c t='s'><v>4</v></c></row>");
    EXPECT_EQ(
        only_sheet(book).rows.at(0).cells,
        (std::vector<std::string>{"Non-elective", " two ", "trimmed", "line\rend\xC3\xA9 _x1_"}));
}

TEST(Workbook, CountsRowsAndColumnsThatHaveNoReference) {
    const auto book = read_sheet(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r='C3'><v>3</v></c><c><v>4</v></c>"
        "</row>");
    const auto& sheet = only_sheet(book);
    ASSERT_EQ(sheet.rows.size(), 2U);
    EXPECT_EQ(sheet.rows[0].number, 1U);
    EXPECT_EQ(sheet.rows[1].number, 3U);
    EXPECT_EQ(sheet.rows[1].cells, (std::vector<std::string>{"", "", "3", "4"}));
}

TEST(Workbook, EmptyCellsToTheLastColumnCostNothing) {
    const auto book =
        read_sheet("<row r='1'><c r='A1'><v>1</v></c><c r='XFD1' s='1'/></row>", "", 1);
    EXPECT_EQ(only_sheet(book).rows.at(0).cells.size(), 1U);
}

TEST(Workbook, LeavesOutWhatLiesUnderMergedCells) {
    const auto book = read_sheet(
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
        "<row r='2'><c r='A2'><v>3</v></c><c r='B2'><v>4</v></c></row>",
        "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='nonsense'/></mergeCells>");
    const auto& sheet = only_sheet(book);
    EXPECT_EQ(sheet.rows[0].cells, (std::vector<std::string>{"1", "2"}));
    EXPECT_EQ(sheet.rows[1].cells, (std::vector<std::string>{"", "4"}));
}

TEST(Workbook, KnowsHiddenSheetsTheirOrderAndPrefixedNames) {
    auto parts = parts_with(
        "<x:worksheet xmlns:x='m'><x:sheetData><x:row r='1'><x:c r='A1'><x:v>7</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>");
    parts[0].second =
        "<workbook xmlns:r='x'><sheets><sheet name='Second' state='veryHidden' r:id='rId1'/>"
        "<sheet name='First' state='visible' r:id='rId1'/></sheets></workbook>";
    const auto book = read_workbook_bytes(zipped(parts));
    ASSERT_TRUE(book) << book.problem().says;
    EXPECT_EQ(book->sheets.at(0).name, "Second");
    EXPECT_TRUE(book->sheets[0].hidden);
    EXPECT_FALSE(book->sheets.at(1).hidden);
    EXPECT_EQ(book->sheets[1].rows.at(0).cells.at(0), "7");
}

struct BadSheet {
    const char* name;
    const char* rows;
    const char* says;
};

class DamagedSheet : public ::testing::TestWithParam<BadSheet> {};

TEST_P(DamagedSheet, IsRefusedWithTheReason) {
    const auto book = read_sheet(GetParam().rows);
    ASSERT_FALSE(book);
    EXPECT_NE(book.problem().says.find(GetParam().says), std::string::npos) << book.problem().says;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DamagedSheet,
    ::testing::Values(
        BadSheet{"no_such_string", "<row r='2'><c t='s'><v>9</v></c></row>", "text number '9'"},
        BadSheet{"column_beyond_xfd", "<row><c r='XFE1'><v>1</v></c></row>", "'XFE' is no column"},
        BadSheet{"column_after_xfd", "<row><c r='XFD1'/><c><v>1</v></c></row>", "beyond XFD"},
        BadSheet{"row_zero", "<row r='0'><c><v>1</v></c></row>", "'0' is no number of a row"},
        BadSheet{"row_too_high", "<row r='1048577'><c><v>1</v></c></row>", "'1048577'"},
        BadSheet{"row_overflows", "<row r='4294967297'><c><v>1</v></c></row>", "'4294967297'"},
        BadSheet{"rows_go_back", "<row r='2'><c><v>1</v></c></row><row r='2'/>",
                 "'2' is no number"},
        BadSheet{"too_many_cells", "<row r='1'><c r='XFD1'><v>1</v></c></row>", "too large"},
        BadSheet{"not_well_formed", "<row r='1'><c></row>", "no well-formed XML"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Workbook, RefusesWhatIsNone) {
    for (const std::string bytes : {"", "PK\x03\x04 not really", "practice,list\n"}) {
        const auto book = read_workbook_bytes(bytes);
        ASSERT_FALSE(book);
        EXPECT_NE(book.problem().says.find("not a workbook"), std::string::npos);
    }
    const auto old = read_workbook_bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    ASSERT_FALSE(old);
    EXPECT_NE(old.problem().says.find(".xls workbook"), std::string::npos);
    const auto other_zip = read_workbook_bytes(zipped({{"letter.txt", "hello"}}));
    ASSERT_FALSE(other_zip);
    EXPECT_NE(other_zip.problem().says.find("no list of sheets"), std::string::npos);
    const auto missing = read_workbook("/nowhere/prices.xlsx");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.problem().kind, ProblemKind::not_found);
}

TEST(Workbook, RefusesAPartThatUnpacksBeyondTheLimit) {
    auto parts = parts_with("<worksheet/>");
    parts[3].second = std::string(std::size_t{8} << 20, ' ');
    const auto book = read_workbook_bytes(zipped(parts), 1000);
    ASSERT_FALSE(book);
    EXPECT_NE(book.problem().says.find("too large"), std::string::npos) << book.problem().says;
}

TEST(Workbook, RefusesManySmallTagsBeforeTheyCostMemory) {
    std::string rows;
    for (int i = 0; i < 150'000; ++i) rows += "<c/>";
    const auto book = read_sheet("<row>" + rows + "</row>", "", 10);
    ASSERT_FALSE(book);
    EXPECT_NE(book.problem().says.find("too large"), std::string::npos) << book.problem().says;
}

TEST(ColumnLetters, CountFromAToXfd) {
    EXPECT_EQ(column_of_letters("A").value(), 0U);
    EXPECT_EQ(column_of_letters("Z").value(), 25U);
    EXPECT_EQ(column_of_letters("AA").value(), 26U);
    EXPECT_EQ(column_of_letters("XFD").value(), 16383U);
    for (const char* bad : {"", "a", "XFE", "ZZZ", "AAAA", "A1", "É"})
        EXPECT_FALSE(column_of_letters(bad)) << bad;
}

}  // namespace
}  // namespace purse
