#include "organisation/organisation_file.hpp"

#include <gtest/gtest.h>

#include "organisation/organisation_layouts.hpp"

namespace purse {
namespace {

OrganisationFile read(std::string text) {
    auto file = read_organisations_text(std::move(text), "made.csv");
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.problem().says);
    return file.ok() ? *file : OrganisationFile();
}

std::string epraccur_heading() { return fmt::format("{}\n", fmt::join(epraccur_headings(), ",")); }

std::string epraccur_row(std::string_view code, std::string_view close, std::string_view status,
                         std::string_view commissioner, std::string_view setting) {
    return fmt::format(
        "\"{}\",\"THE SURGERY\",\"Y63\",\"QHM\",\"1 ROAD\",\"\",\"\",\"\",\"\",\"TS18 1HU\","
        "\"19740401\",\"{}\",\"{}\",\"B\",\"{}\",\"20130401\",\"\",\"0\",\"\",\"\",\"\",\"0\",\"\","
        "\"\",\"\",\"{}\",\"\"\n",
        code, close, status, commissioner, setting);
}

TEST(Organisations, read_practices_with_their_commissioner_and_dates) {
    const auto file = read(epraccur_heading() + epraccur_row("A81001", "", "A", "16C", "4") +
                           epraccur_row("A81002", "20171031", "C", "00K", "4"));
    EXPECT_EQ(file.kind, OrganisationKind::practices);
    EXPECT_TRUE(file.unread.empty());
    ASSERT_EQ(file.practices.size(), 2u);
    EXPECT_EQ(file.practices[0].code, PracticeCode("A81001"));
    EXPECT_EQ(file.practices[0].name, "THE SURGERY");
    EXPECT_EQ(file.practices[0].postcode, "TS18 1HU");
    EXPECT_EQ(file.practices[0].status, 'A');
    EXPECT_EQ(file.practices[0].prescribing_setting, 4);
    EXPECT_EQ(file.practices[0].open, Date::of(1974, 4, 1));
    EXPECT_FALSE(file.practices[0].close.has_value());
    ASSERT_EQ(file.memberships.size(), 2u);
    EXPECT_EQ(file.memberships[0].parent, "16C");
    EXPECT_EQ(file.memberships[0].period.from, Date::of(2013, 4, 1));
    EXPECT_FALSE(file.memberships[0].period.to.has_value());
    EXPECT_EQ(file.memberships[1].period.to, Date::of(2017, 10, 31)) << "closed: left on that day";
}

TEST(Organisations, read_the_published_file_without_heading_from_its_first_row) {
    const auto file = read(epraccur_row("A81001", "", "A", "16C", "4") +
                           epraccur_row("A81002", "", "A", "16C", "4"));
    EXPECT_EQ(file.kind, OrganisationKind::practices);
    EXPECT_EQ(file.rows, 2u);
    ASSERT_EQ(file.practices.size(), 2u);
    EXPECT_EQ(file.practices[0].code, PracticeCode("A81001"));
    const auto trusts = read(
        "\"R0A\",\"MANCHESTER\",\"Y62\",\"QOP\",\"\",\"\",\"\",\"\",\"\",\"M13 9WL\",\"20171001\","
        "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"0\",\"\",\"B\",\"\",\"\",\"\"\n");
    EXPECT_EQ(trusts.kind, OrganisationKind::trusts);
    ASSERT_EQ(trusts.providers.size(), 1u);
    EXPECT_EQ(trusts.providers[0].code, ProviderCode("R0A"));
}

TEST(Organisations, say_for_every_row_not_read_where_and_why) {
    const auto file = read(
        epraccur_heading() + epraccur_row("A81001", "19730101", "A", "16C", "4") +
        epraccur_row("", "", "A", "16C", "4") +
        epraccur_row("A81003", "2017-99-31", "A", "16C", "4") +
        epraccur_row("A81004", "", "X", "16C", "4") + epraccur_row("A81005", "", "A", "16-C", "4") +
        epraccur_row("A81006", "", "A", "16C", "four") + epraccur_row("A81007", "", "A", "", ""));
    EXPECT_EQ(file.practices.size(), 1u);
    EXPECT_EQ(file.rows_read(), 1u);
    ASSERT_EQ(file.unread.size(), 6u);
    const std::vector<std::string> columns = {"close_date",   "organisation_code",
                                              "close_date",   "status_code",
                                              "commissioner", "prescribing_setting"};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        EXPECT_EQ(file.unread[i].line, i + 2);
        EXPECT_EQ(file.unread[i].column, columns[i]);
        EXPECT_FALSE(file.unread[i].says.empty());
    }
}

TEST(Organisations, refuse_an_unknown_layout_and_list_what_is_recognised) {
    for (const auto* text : {"a,b,c\n1,2,3\n", "", "\n\n"}) {
        const auto file = read_organisations_text(text, "made.csv");
        ASSERT_FALSE(file.ok());
        EXPECT_NE(file.problem().says.find("made.csv"), std::string::npos) << file.problem().says;
    }
    const auto file = read_organisations_text("a,b,c\n1,2,3\n", "made.csv");
    for (const auto* known : {"epraccur", "etr", "Practice_to_PCN_Relationship_Start_Date",
                              "code_April_2020", "commissioner"}) {
        EXPECT_NE(file.problem().says.find(known), std::string::npos) << known;
    }
}

TEST(Organisations, refuse_a_file_that_is_not_there) {
    EXPECT_FALSE(read_organisations("/nowhere/epraccur.csv").ok());
}

TEST(Organisations, read_practices_of_networks_with_dates) {
    const auto file = read(
        "Partner_Organisation_Code,PCN_Code,Practice_to_PCN_Relationship_Start_Date,"
        "Practice_to_PCN_Relationship_End_Date\nA82034,U50573,20191001,20200608\n"
        "A82034,U50574,20200609,\nA82035,U50574,20200609,20200101\n");
    ASSERT_EQ(file.memberships.size(), 2u);
    EXPECT_EQ(file.memberships[0].kind, MembershipKind::network);
    EXPECT_EQ(file.memberships[0].period.to, Date::of(2020, 6, 8));
    EXPECT_EQ(file.unread.size(), 1u);
}

TEST(Organisations, read_the_practice_map_of_a_day) {
    const auto file = read(
        "EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,"
        "CCG_CODE,CCG_NAME,STP_CODE\n"
        "01Jan2022,A81001,ONE,TS1,U89141,STOCKTON PCN,16C,NHS Tees Valley CCG,QHM\n"
        "01Jan2022,A81002,TWO,TS2,U,UNALLOCATED,16C,NHS Tees Valley CCG,QHM\n"
        ",A81003,THREE,TS3,U,UNALLOCATED,16C,NHS Tees Valley CCG,QHM\n");
    EXPECT_EQ(file.practices.size(), 2u);
    EXPECT_EQ(file.memberships.size(), 3u) << "'U' is no network";
    EXPECT_EQ(file.networks.size(), 1u);
    ASSERT_EQ(file.commissioners.size(), 1u);
    EXPECT_EQ(file.commissioners[0].parent, "QHM");
    ASSERT_EQ(file.unread.size(), 1u);
    EXPECT_EQ(file.unread[0].column, "EXTRACT_DATE");
}

TEST(Organisations, date_a_succession_to_the_month_after_the_last_list_of_a_thousand) {
    const auto file = read(
        "code_April_2020,previous_practice_codes,fm_1000_code_2020,lm_1000_code_2020,"
        "fm_1000_previous_codes,lm_1000_previous_codes\n"
        "A81001,A81001,01/04/2013,01/04/2022,01/04/2013,01/04/2022\n"
        "A81044,A81003,01/04/2013,01/04/2022,01/04/2013,01/10/2016\n"
        "C84145,A81001,01/04/2013,01/01/2016,01/04/2013,01/04/2022\n");
    ASSERT_EQ(file.successions.size(), 1u);
    EXPECT_EQ(file.successions[0].practice, PracticeCode("A81003"));
    EXPECT_EQ(file.successions[0].successor, PracticeCode("A81044"));
    EXPECT_EQ(file.successions[0].from, Date::of(2016, 11, 1));
    EXPECT_EQ(file.rows_passed_over(), 1u);
    ASSERT_EQ(file.unread.size(), 1u);
    EXPECT_EQ(file.unread[0].line, 4u) << "kept its own list: no succession";
}

TEST(Organisations, resolve_mergers_by_the_name_of_one_open_practice) {
    const auto file = read(
        "Practice.Code,Merged with,Notes,Outcome,\nA1,The Elm Surgery,,Merged,\nA2,NA,,Merged,\n"
        "A3,Oak Practice,,Merged,\nA4,,,Closed,\nA5,,,NA,\nA6,the elm-surgery,,Merged,\n");
    EXPECT_EQ(file.named_mergers.size(), 4u);
    EXPECT_EQ(file.rows_passed_over(), 2u);
    std::vector<Practice> practices(3);
    practices[0].code = PracticeCode("A1");
    practices[0].close = Date::of(2020, 3, 31);
    practices[1].code = PracticeCode("B1");
    practices[1].name = "THE ELM SURGERY";
    practices[2].code = PracticeCode("A6");
    const auto out = resolved(file.named_mergers, practices);
    ASSERT_EQ(out.successions.size(), 1u);
    EXPECT_EQ(out.successions[0].successor, PracticeCode("B1"));
    EXPECT_EQ(out.successions[0].from, Date::of(2020, 4, 1));
    EXPECT_EQ(out.unresolved.size(), 3u);
}

TEST(Organisations, read_purse_practices_with_several_memberships_and_a_successor) {
    const auto file = read(
        "code,name,open,close,commissioner,from,to,network,successor,successor_from\n"
        "X00001,Elm,2000-01-01,2017-09-30,X1,2000-01-01,2015-03-31,,X00002,\n"
        "X00001,Elm,2000-01-01,2017-09-30,X2,2015-04-01,,C1,X00002,\n"
        "X00002,Oak,2000-01-01,,X2,2000-01-01,,C1,,\n"
        "X00001,Ash,2000-01-01,2017-09-30,X2,,,,,\n"
        "X00003,Fir,2000-01-01,,X2,,,,X00003,2017-01-01\n"
        "X00004,Yew,2000-01-01,,X2,,,,X00001,\n");
    EXPECT_EQ(file.kind, OrganisationKind::purse_practices);
    EXPECT_EQ(file.practices.size(), 2u);
    EXPECT_EQ(file.memberships.size(), 5u);
    ASSERT_EQ(file.successions.size(), 1u);
    EXPECT_EQ(file.successions[0].from, Date::of(2017, 10, 1));
    EXPECT_EQ(file.commissioners.size(), 2u);
    EXPECT_EQ(file.networks.size(), 1u);
    ASSERT_EQ(file.unread.size(), 3u);
    EXPECT_EQ(file.unread[0].line, 5u) << "another name";
    EXPECT_EQ(file.unread[1].column, "successor") << "its own successor";
    EXPECT_EQ(file.unread[2].column, "successor") << "no date";
}

TEST(Organisations, read_purse_providers) {
    const auto file =
        read("provider,name,open,close\nXYZ,Fictional Hospital,2001-01-01,\n,None,,\n");
    ASSERT_EQ(file.providers.size(), 1u);
    EXPECT_EQ(file.providers[0].name, "Fictional Hospital");
    EXPECT_EQ(file.unread.size(), 1u);
}

TEST(Organisations, read_commissioners_and_mergers_of_trusts) {
    const auto pcts = read("pct_code,pct_name,sha_code\n5ND,County Durham PCT,Q30\n");
    ASSERT_EQ(pcts.commissioners.size(), 1u);
    EXPECT_EQ(pcts.commissioners[0].parent, "Q30");
    const auto ccgs =
        read("pct_code,ccg_code,ccg_name,pct_postcodes_percent\n5A3,12A,NHS SG,100\n");
    ASSERT_EQ(ccgs.commissioner_successions.size(), 1u);
    EXPECT_EQ(ccgs.commissioner_successions[0].percent, "100");
    const auto icbs = read("CCG Code,ICB Code,ICB NAME\n99C,QHM,NHS North East\n");
    EXPECT_EQ(icbs.commissioners.size(), 1u);
    const auto trusts =
        read("trust_code_old,trust_code_new,from_date\nRBA,RH5,2020-04-01\nR1,,x\n");
    EXPECT_EQ(trusts.provider_successions.size(), 1u);
    EXPECT_EQ(trusts.unread.size(), 1u);
}

}  // namespace
}  // namespace purse
