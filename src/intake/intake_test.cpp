#include "intake/intake.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/intake_files.hpp"

namespace purse {
namespace {

using testing::take_text;
using testing::Taken;
using testing::test_context;

const std::string apc_heading =
    "record_id,spell_id,nhs_number,local_patient_id,practice,provider,commissioner,sex,age,"
    "admission_date,discharge_date,episode_number,last_episode,episode_start,episode_end,"
    "admission_method,patient_classification,administrative_category,discharge_method,"
    "main_specialty,treatment_function,hrg,critical_care_days,rehabilitation_days,palliative_days,"
    "delayed_discharge_days,commissioning_serial_number,best_practice_flags,specialised_flags,"
    "diagnoses,procedures,unbundled_hrgs,referrer\n";

// A faultless record, with some columns set otherwise.
std::string apc_row(std::map<std::string, std::string> other = {}) {
    std::map<std::string, std::string> cells = {
        {"record_id", "E1"},
        {"spell_id", "S1"},
        {"nhs_number", "943 476 5919"},
        {"local_patient_id", "L000123"},
        {"practice", "A81001"},
        {"provider", "RVR05"},
        {"commissioner", "5PT"},
        {"sex", "2"},
        {"age", "70"},
        {"admission_date", "2017-06-01"},
        {"discharge_date", "2017-06-26"},
        {"episode_number", "1"},
        {"last_episode", "1"},
        {"episode_start", "2017-06-01"},
        {"episode_end", "2017-06-26"},
        {"admission_method", "21"},
        {"patient_classification", "1"},
        {"administrative_category", "1"},
        {"discharge_method", "1"},
        {"main_specialty", "300"},
        {"treatment_function", "320"},
        {"hrg", "EB03D"},
        {"critical_care_days", "2"},
        {"diagnoses", "I50.0; E11.9"},
        {"procedures", "K63.1"},
        {"unbundled_hrgs", "XC07Z;XC07Z"},
    };
    for (auto& [name, value] : other) cells[name] = value;
    std::string row;
    std::string heading = apc_heading.substr(0, apc_heading.size() - 1) + ",";
    while (!heading.empty()) {
        const auto comma = heading.find(',');
        append_field(row, cells[heading.substr(0, comma)]);
        heading.erase(0, comma + 1);
        row += heading.empty() ? '\n' : ',';
    }
    return row;
}

Taken take_apc(const std::string& rows,
               IntakeContext context = test_context(DataSet::admitted_care)) {
    return take_text(apc_heading + rows, context);
}

TEST(Intake, reads_a_plain_spell_into_its_columns) {
    const Taken taken = take_apc(apc_row());
    ASSERT_EQ(taken.records.size(), 1U);
    const auto& record = taken.records.front();
    EXPECT_EQ(record.at("record_id"), "E1");
    EXPECT_EQ(record.at("line"), "2");
    EXPECT_EQ(record.at("provider"), "RVR");
    EXPECT_EQ(record.at("practice"), "A81001");
    EXPECT_EQ(record.at("age"), "70");
    EXPECT_EQ(record.at("admission_date"), "2017-06-01");
    EXPECT_EQ(record.at("costing_date"), "2017-06-26");
    EXPECT_EQ(record.at("administrative_category"), "01") << "a lost leading zero is put back";
    EXPECT_EQ(record.at("diagnoses"), "I500;E119");
    EXPECT_EQ(record.at("unbundled_hrgs"), "XC07Z;XC07Z");
    EXPECT_EQ(record.at("excluded_by_provider"), "") << "no serial number, no mark";
    EXPECT_EQ(record.at("episodes"), "1");
    EXPECT_EQ(record.at("rehabilitation_days"), "");
    EXPECT_EQ(record.at("critical_care_days"), "2");
    const auto key = PseudonymKey::from_phrase("a test");
    EXPECT_EQ(record.at("patient"), to_text(key.of('n', "9434765919")));
    EXPECT_TRUE(taken.findings.empty());
}

struct ReasonCase {
    const char* what;
    std::map<std::string, std::string> cells;
    const char* reason;  // "" for none
    bool rejected;
    const char* field;
};

class Reasons : public ::testing::TestWithParam<ReasonCase> {};

TEST_P(Reasons, has_its_reason_and_field) {
    IntakeContext context = test_context(DataSet::admitted_care);
    context.month = Month(2017, 6);
    auto practices = std::make_shared<KnownPractices>();
    practices->put(packed("A81001"), {});
    practices->put(packed("A81002"), {.closed = Date::of(2017, 5, 31)});
    practices->put(packed("A81003"), {.opened = Date::of(2017, 6, 27)});
    context.practices = practices;
    auto hrgs = std::make_shared<PackedSet>();
    hrgs->put(packed("EB03D"));
    context.hrgs = hrgs;
    const Taken taken = take_apc(apc_row(GetParam().cells), context);
    EXPECT_EQ(taken.rows_rejected, GetParam().rejected ? 1U : 0U);
    if (std::string_view(GetParam().reason).empty()) {
        EXPECT_TRUE(taken.findings.empty()) << code_of(taken.findings.front().reason);
        return;
    }
    ASSERT_EQ(taken.findings.size(), 1U);
    const Finding& finding = taken.findings.front();
    EXPECT_EQ(code_of(finding.reason), GetParam().reason);
    EXPECT_EQ(finding.field, GetParam().field);
    EXPECT_EQ(finding.line, 2U);
    EXPECT_EQ(finding.rows, 1U);
    EXPECT_EQ(finding.practice,
              GetParam().cells.contains("practice") ? GetParam().cells.at("practice") : "A81001");
}

const ReasonCase reason_cases[] = {
    {"clean", {}, "", false, ""},
    {"no_record_id", {{"record_id", ""}}, "missing_value", true, "record_id"},
    {"no_age", {{"age", ""}}, "missing_value", true, "age"},
    {"unknown_method", {{"admission_method", "77"}}, "code_not_in_list", true, "admission_method"},
    {"unknown_sex", {{"sex", "7"}}, "code_not_in_list", false, "sex"},
    {"long_commissioner",
     {{"commissioner", "THE PCT OF X"}},
     "malformed_code",
     false,
     "commissioner"},
    {"long_provider", {{"provider", "NT3 HOSPITAL"}}, "malformed_code", true, "provider"},
    {"no_such_day", {{"admission_date", "2017-02-30"}}, "bad_date", true, "admission_date"},
    {"days_in_words", {{"critical_care_days", "two"}}, "bad_number", true, "critical_care_days"},
    {"days_below_zero", {{"critical_care_days", "-1"}}, "bad_number", true, "critical_care_days"},
    {"too_old", {{"age", "130"}}, "impossible_age", true, "age"},
    {"infant", {{"age", "7003"}}, "", false, ""},
    {"leaves_before_coming",
     {{"admission_date", "2017-06-28"}},
     "discharge_before_admission",
     true,
     "discharge_date"},
    {"still_there", {{"discharge_date", ""}}, "unfinished_spell", true, "discharge_date"},
    {"other_month",
     {{"discharge_date", "2017-07-01"}},
     "date_outside_month",
     true,
     "discharge_date"},
    {"unknown_practice", {{"practice", "Z99999"}}, "unknown_practice", false, "practice"},
    {"no_practice_on_purpose", {{"practice", "V81999"}}, "", false, ""},
    {"no_practice", {{"practice", ""}}, "", false, ""},
    {"closed_practice", {{"practice", "A81002"}}, "practice_closed", false, "practice"},
    {"practice_to_open", {{"practice", "A81003"}}, "practice_closed", false, "practice"},
    {"hrg_of_another_year", {{"hrg", "E15"}}, "hrg_not_in_tariff", false, "hrg"},
    {"hrg_ungrouped", {{"hrg", "UZ01Z"}}, "ungrouped_hrg", false, "hrg"},
    {"hrg_missing", {{"hrg", ""}}, "ungrouped_hrg", false, "hrg"},
    {"wrong_check_digit", {{"nhs_number", "9434765918"}}, "bad_nhs_number", false, "nhs_number"},
    {"too_many_days",
     {{"critical_care_days", "27"}},
     "days_exceed_stay",
     false,
     "critical_care_days"},
    {"part_without_spell",
     {{"last_episode", "2"}, {"spell_id", ""}},
     "episode_without_spell",
     true,
     "spell_id"},
    {"lone_first_episode",
     {{"last_episode", "2"}},
     "spell_without_last_episode",
     true,
     "last_episode"},
};
INSTANTIATE_TEST_SUITE_P(Cases, Reasons, ::testing::ValuesIn(reason_cases),
                         [](const auto& each) { return std::string(each.param.what); });

TEST(Intake, gives_every_reason_of_a_record_and_counts_its_row_once) {
    const Taken taken = take_apc(apc_row({{"age", "x"}, {"admission_method", "77"}}));
    ASSERT_EQ(taken.findings.size(), 2U);
    EXPECT_EQ(taken.findings[0].rows + taken.findings[1].rows, 1U);
    EXPECT_EQ(taken.rows_rejected, 1U);
    EXPECT_LT(taken.findings[0].column, taken.findings[1].column);
}

TEST(Intake, names_line_and_byte_column_of_the_field) {
    const std::string row = apc_row({{"admission_method", "77"}});
    const Taken taken = take_apc(apc_row() + row);
    ASSERT_EQ(taken.findings.size(), 1U);
    EXPECT_EQ(taken.findings[0].line, 3U);
    EXPECT_EQ(taken.findings[0].column, row.find(",77,") + 2);
    EXPECT_EQ(taken.findings[0].value, "77");
}

TEST(Intake, rejects_short_rows_and_unclosed_quotes_and_reads_on) {
    const Taken taken =
        take_apc("E9,S9,,\n" + apc_row() + "\"E8,never closed\n" + apc_row({{"record_id", "E2"}}));
    EXPECT_EQ(taken.rows_read, 4U);
    ASSERT_EQ(taken.findings.size(), 2U);
    EXPECT_EQ(taken.findings[0].reason, Reason::too_few_columns);
    EXPECT_EQ(taken.findings[0].value, "4 columns");
    EXPECT_EQ(taken.findings[1].reason, Reason::unterminated_quote);
    EXPECT_EQ(taken.findings[1].line, 4U);
    EXPECT_EQ(taken.records.size(), 2U);
}

TEST(Intake, stands_a_patient_by_nhs_number_else_by_local_number_and_provider) {
    const auto key = PseudonymKey::from_phrase("a test");
    const auto patient = [&](std::map<std::string, std::string> cells) {
        return take_apc(apc_row(std::move(cells))).records.at(0).at("patient");
    };
    EXPECT_EQ(patient({{"nhs_number", ""}}), to_text(key.of('l', "RVR:L000123")));
    EXPECT_EQ(patient({{"nhs_number", "9434765918"}}), to_text(key.of('l', "RVR:L000123")));
    EXPECT_EQ(patient({{"nhs_number", ""}, {"local_patient_id", ""}}), "");
    EXPECT_NE(patient({{"nhs_number", ""}, {"provider", "RTG"}}), patient({{"nhs_number", ""}}));
}

TEST(Intake, marks_what_the_provider_excludes_by_the_serial_number) {
    for (const auto& [serial, excluded] :
         {std::pair{"=12", "1"}, {"AB12=", "1"}, {"AB12", "0"}, {"A=B", "0"}}) {
        EXPECT_EQ(take_apc(apc_row({{"commissioning_serial_number", serial}}))
                      .records.at(0)
                      .at("excluded_by_provider"),
                  excluded)
            << serial;
    }
}

TEST(Intake, reads_dates_in_three_forms_and_windows_1252_text) {
    const Taken taken = take_apc(apc_row({{"admission_date", "01/06/2017"},
                                          {"discharge_date", "20170626"},
                                          {"referrer",
                                           "Z\xfc"
                                           "rich"}}));
    EXPECT_EQ(taken.records.at(0).at("admission_date"), "2017-06-01");
    EXPECT_EQ(taken.records.at(0).at("discharge_date"), "2017-06-26");
    EXPECT_EQ(taken.records.at(0).at("referrer"), "Z\xc3\xbcrich");
}

TEST(Intake, never_shows_an_identifier) {
    const Taken taken = take_apc(
        apc_row({{"nhs_number", "9434765918"}, {"admission_method", "77"}}) +
        // moved columns: the numbers stand where they should not
        apc_row({{"practice", "9434765919"}, {"record_id", "L000123"}, {"age", "9434765919"}}) +
        apc_row({{"admission_method", "L000123"}, {"hrg", "943 476 5919"}}));
    ASSERT_GE(taken.findings.size(), 5U);
    const std::string shown = rejects_csv(testing::shipped_rules(), taken.findings);
    for (const char* identifier : {"94347659", "943 476", "L000123"}) {
        EXPECT_EQ(shown.find(identifier), std::string::npos) << shown;
    }
    EXPECT_NE(shown.find("(identifier)"), std::string::npos);
    EXPECT_EQ(shown.find("{field}"), std::string::npos) << shown;
}

TEST(Intake, refuses_a_file_without_a_column_that_is_required) {
    const auto layout = layout_named(testing::shipped_layouts(), "purse_apc").value();
    const auto intake =
        Intake::prepare(layout, {"record_id", "provider"}, test_context(DataSet::admitted_care));
    ASSERT_FALSE(intake.ok());
    EXPECT_NE(intake.problem().says.find("admission_date"), std::string::npos);
}

TEST(Intake, refuses_a_heading_that_stands_twice) {
    const auto file = testing::test_file(
        FileBytes::of("record_id,Record ID,provider,appointment_date,treatment_function,"
                      "first_attendance,attended\n"));
    const auto layout = layout_named(testing::shipped_layouts(), "purse_op").value();
    const auto intake = Intake::prepare(layout, file.headings, test_context(DataSet::outpatients));
    ASSERT_FALSE(intake.ok());
    EXPECT_NE(intake.problem().says.find("record_id"), std::string::npos);
}

TEST(Intake, keeps_prescribing_costs_exactly_and_totals_what_it_rejects) {
    const Taken taken = take_text(
        "month,practice,bnf_code,bnf_name,items,quantity,net_ingredient_cost,actual_cost\n"
        "2017-06,A81001,0401010Z0AAAAAA,Zopiclone,9,32.5,1.60,2.49001\n"
        "2017_06,A81001,0401010Z0AAAAAB,Zopiclone,x,32,10,20.00002\n"
        "201706,A81001,0401010Z0AAAAAC,Zopiclone,1,32,10,twenty\n"
        "2017-13,A81001,0401010Z0AAAAAC,Zopiclone,1,32,10,1.000001\n",
        test_context(DataSet::prescribing));
    ASSERT_EQ(taken.records.size(), 1U);
    EXPECT_EQ(taken.records[0].at("actual_cost"), "249001");
    EXPECT_EQ(taken.records[0].at("net_ingredient_cost"), "160000");
    EXPECT_EQ(taken.records[0].at("quantity"), "32500");
    EXPECT_EQ(taken.records[0].at("costing_date"), "2017-06-30");
    EXPECT_EQ(taken.read.actual_cost.thousandths(), 249001 + 2000002);
    EXPECT_EQ(taken.rejected.actual_cost.thousandths(), 2000002);
    EXPECT_EQ(taken.rejected.unreadable, 2U);
}

}  // namespace
}  // namespace purse
