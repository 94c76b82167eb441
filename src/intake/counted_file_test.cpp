#include "intake/counted_file.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const Month june(2017, 6);
const std::filesystem::path rules = std::filesystem::path(PURSE_SOURCE_DIR) / "rules";

std::vector<CountedLayout> layouts_of(std::string_view kind,
                                      const std::vector<std::string_view>& fields) {
    return read_counted_layouts(rules, kind, fields).value();
}

class Referrals : public ::testing::Test {
  protected:
    Outcome take(const std::string& csv, const std::string& layout = "") {
        return reading_.take(read_published_table_text(csv, "referrals.csv").value(), layout);
    }
    const std::vector<CountedLayout> layouts_ = layouts_of("referrals", referral_fields());
    ReferralReading reading_{layouts_, june};
};

const std::string plain =
    "referral_id,referral_date,practice,provider,specialty,priority,age,date_of_birth,sex\n";

TEST_F(Referrals, are_counted_by_practice_specialty_priority_sex_and_band_of_age) {
    ASSERT_TRUE(take(plain + "1,2017-06-03,X90001,ZX1,110,routine,41,,1\n"
                             "2,2017-06-30,X90001,ZX1,110,1,44,,M\n"
                             "3,2017-06-30,X90001,ZX1,110,2,,1977-07-01,2\n"
                             "4,2017-06-30,X90002,,130,,99,,\n"));
    const auto counts = reading_.counts();
    ASSERT_EQ(counts.size(), 3U);
    EXPECT_EQ(counts[0], (ReferralCount{june, PracticeCode("X90001"), ProviderCode("ZX1"), "110",
                                        "routine", 'M', 40, 2}));
    EXPECT_EQ(counts[1].age_from, 35) << "39 on the day: her birthday is on the next";
    EXPECT_EQ(counts[1].priority, "urgent");
    EXPECT_EQ(counts[2], (ReferralCount{june, PracticeCode("X90002"), ProviderCode(""), "130", "",
                                        '?', 85, 1}));
    EXPECT_EQ(reading_.rows().accepted, 4);
    EXPECT_TRUE(reading_.rows().faults.empty());
}

TEST_F(Referrals, of_another_month_are_passed_over_and_counted) {
    ASSERT_TRUE(take(plain + "1,2017-05-31,X90001,ZX1,110,1,41,,1\n2,2017-06-01,X90001,ZX1,110,1,"
                             "41,,1\n"));
    EXPECT_EQ(reading_.counts().at(0).count, 1);
    EXPECT_EQ(reading_.rows().passed_over.begin()->first,
              "referred in another month than June 2017");
    EXPECT_EQ(reading_.rows().rows_passed_over(), 1);
}

TEST_F(Referrals, that_cannot_be_read_are_rejected_with_line_column_value_reason_and_remedy) {
    ASSERT_TRUE(take(plain + "1,not known,X90001,ZX1,110,1,41,,1\n"
                             "2,2017-06-03,,ZX1,110,1,41,,1\n"
                             "3,2017-06-03,X90001,ZX1,,1,41,,1\n"
                             "4,2017-06-03,X90001,Z/1,110,1,41,,1\n"
                             "5,2017-06-03,X90001,ZX1,110,soon,old,,7\n"
                             "5,2017-06-03,X90001,ZX1,110,1,41,,1\n"
                             "6,2017-06-03,X90001,\"ZX1,110,1,41,,1\n"));
    const CountedRows& rows = reading_.rows();
    EXPECT_EQ(rows.rows, 7);
    EXPECT_EQ(rows.accepted, 1);
    EXPECT_EQ(rows.rejected, 6);
    std::vector<std::string> reasons;
    for (const CountedFault& fault : rows.faults) reasons.push_back(fault.reason);
    EXPECT_EQ(reasons, (std::vector<std::string>{"unreadable", "no_date", "missing_value",
                                                 "missing_value", "no_organisation", "unknown_code",
                                                 "unknown_code", "no_age", "duplicate"}));
    EXPECT_EQ(rows.faults[1].line, 2U);
    EXPECT_EQ(rows.faults[1].column, "referral_date");
    EXPECT_EQ(rows.faults[1].value, "not known");
    EXPECT_FALSE(rows.faults[5].rejects) << "counted without its priority";
    EXPECT_NE(faults_csv(rows.faults)
                  .find("reject,referrals.csv,7,referral_id,(identifier),"
                        "duplicate,"),
              std::string::npos)
        << faults_csv(rows.faults);
}

TEST_F(Referrals, of_the_e_referral_service_are_counted_once_whatever_actions_they_have) {
    const std::string headings =
        "UBRN_ID,E_REFERRAL_PATHWAY_START,PATIENTS_REG_GP_PRACTICE_ID,REFERRING_ORG_ID,"
        "PROVIDER_ORG_ID,SPECIALTY_DESC,PRIORITY_DESC,PATIENT_AGE,ACTION_DESC\n";
    ASSERT_TRUE(take(headings +
                     "000049903312,2017-06-05 10:12:00,X90001,X90002,ZX1,Cardiology,2 Week Wait,66,"
                     "Referral created\n"
                     "000049903312,2017-06-05 10:12:00,X90001,X90002,ZX1,Cardiology,2 Week Wait,66,"
                     "Appointment booked\n"
                     "000049903313,2017-06-05 10:12:00,NULL,X90002,ZX1,Cardiology,Routine,7,"
                     "Referral created\n"));
    const auto counts = reading_.counts();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].practice.text(), "X90001");
    EXPECT_EQ(counts[0].priority, "two_week_wait");
    EXPECT_EQ(counts[1].practice.text(), "X90002") << "the referring one, where no other is said";
    EXPECT_EQ(reading_.rows().rows_passed_over(), 1);
    EXPECT_TRUE(reading_.rows().faults.empty());
}

TEST_F(Referrals, without_a_layout_are_refused_with_those_there_are) {
    const auto refused = take("a,b\n1,2\n");
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.problem().says.find("purse_referrals (referral_date, practice, specialty)"),
              std::string::npos);
    EXPECT_FALSE(take(plain, "unheard_of").ok());
}

TEST(CountedLayouts, that_are_wrong_are_refused_with_the_place) {
    for (const char* toml :
         {"name = 1 =", "name = 'x'\n[columns]\nunheard_of = 'a'\n", "recognise = ['a']\n",
          "name = 'x'\nrecognise = ['a']\n[columns]\npractice = []\n",
          "name = 'x'\nrecognise = ['a']\n[columns]\npractice = 'a'\n[codes.shoe]\n1 = '2'\n"}) {
        EXPECT_FALSE(parse_counted_layout(toml, "mine.toml", referral_fields()).ok()) << toml;
    }
}

TEST(WaitingLists, are_counted_by_what_is_waited_for_and_how_long) {
    const auto layouts = layouts_of("waiting_list", waiting_fields());
    WaitingReading reading(layouts, Date::of(2018, 3, 31));
    const std::string headings =
        "pathway_id,practice,provider,treatment_function,waits_for,hrg,weeks_waiting,patients\n";
    ASSERT_TRUE(
        reading.take(read_published_table_text(headings + "1,X90001,ZX1,110,admission,hn22a,18,\n"
                                                          "2,X90001,ZX1,110,,HN22A,25,\n"
                                                          ",X90001,ZX1,130,,,3,12\n"
                                                          "1,X90001,ZX1,110,admission,HN22A,18,\n"
                                                          "3,X90001,ZX1,110,admission,HN22A,-1,\n"
                                                          "4,X90001,ZX1,110,admission,HN22A,,\n",
                                               "waiting.csv")
                         .value()));
    const auto counts = reading.counts();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0], (WaitingCount{PracticeCode("X90001"), ProviderCode("ZX1"), "110",
                                       "admission", "HN22A", 18, 2}));
    EXPECT_EQ(counts[1].waits_for, "outpatient");
    EXPECT_EQ(counts[1].count, 12);
    EXPECT_EQ(reading.rows().rejected, 3);
}

TEST(WaitingLists, by_pathway_are_counted_in_weeks_to_the_day_of_the_list) {
    const auto layouts = layouts_of("waiting_list", waiting_fields());
    WaitingReading reading(layouts, Date::of(2018, 3, 31));
    ASSERT_TRUE(reading.take(
        read_published_table_text("PATIENT_PATHWAY_IDENTIFIER,GENERAL_MEDICAL_PRACTICE_CODE,"
                                  "ORGANISATION_CODE_CODE_OF_PROVIDER,"
                                  "ACTIVITY_TREATMENT_FUNCTION_CODE,WAITING_LIST_TYPE,"
                                  "REFERRAL_TO_TREATMENT_PERIOD_START_DATE\n"
                                  "P1,X90001,ZX1,110,IRTT,2017-03-31\n"
                                  "P2,X90001,ZX1,110,ORTT,2018-04-01\n",
                                  "waiting.csv")
            .value()));
    ASSERT_EQ(reading.counts().size(), 1U);
    EXPECT_EQ(reading.counts()[0].weeks_from, 52);
    EXPECT_EQ(reading.rows().faults.at(0).reason, "after_the_list");
}

}  // namespace
}  // namespace purse
