#include "rulebook/pricing_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace purse {
namespace {

const std::filesystem::path project_rules = std::filesystem::path(PURSE_SOURCE_DIR) / "rules";

const ExclusionRule* exclusion(const PricingRules& rules, std::string_view reason) {
    for (const auto& rule : rules.exclusions)
        if (rule.reason == reason) return &rule;
    return nullptr;
}

bool holds(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

AdmissionType type_of(const PricingRules& rules, std::string_view method) {
    for (const auto& rule : rules.admission_methods)
        if (rule.method == method) return rule.type;
    ADD_FAILURE() << "no rule for method " << method;
    return AdmissionType::other;
}

class YearRules : public ::testing::TestWithParam<int> {};

TEST_P(YearRules, AreCompleteAndEachHasItsSource) {
    const auto rules = read_pricing_rules(project_rules, FinancialYear(GetParam()));
    ASSERT_TRUE(rules) << rules.problem().says;
    EXPECT_EQ(rules->year, FinancialYear(GetParam()));
    EXPECT_EQ(rules->file, "rules/" + as_folder(FinancialYear(GetParam())) + "/pricing.toml");
    for (const auto& rule : rules->exclusions) {
        EXPECT_FALSE(rule.source.empty()) << rule.reason;
        EXPECT_FALSE(rule.says.empty()) << rule.reason;
        EXPECT_FALSE(rule.codes.empty()) << rule.reason;
    }
    EXPECT_GE(rules->sources.size(), 27U);
    EXPECT_EQ(rules->exclusions.front().reason, "marked_by_provider");
}

TEST_P(YearRules, TakeAdmissionMethodsApart) {
    const auto rules = read_pricing_rules(project_rules, FinancialYear(GetParam())).value();
    for (const auto* method : {"11", "12", "13"})
        EXPECT_EQ(type_of(rules, method), AdmissionType::elective);
    for (const auto* method : {"21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D"})
        EXPECT_EQ(type_of(rules, method), AdmissionType::non_elective_emergency);
    for (const auto* method : {"31", "32", "81", "82", "83"})
        EXPECT_EQ(type_of(rules, method), AdmissionType::non_elective_other);
}

TEST_P(YearRules, ExcludeOldAgePsychiatryButNotFunction714) {
    const auto rules = read_pricing_rules(project_rules, FinancialYear(GetParam())).value();
    const auto* mental_health = exclusion(rules, "mental_health");
    ASSERT_NE(mental_health, nullptr);
    EXPECT_TRUE(holds(mental_health->codes, "715"));
    EXPECT_FALSE(holds(mental_health->codes, "714"));
}

TEST_P(YearRules, ExcludeNurseLedAttendancesOnlyWhereNoProcedureIsPaid) {
    const auto rules = read_pricing_rules(project_rules, FinancialYear(GetParam())).value();
    for (const auto* reason : {"not_consultant_led", "specialty_not_known"}) {
        const auto* rule = exclusion(rules, reason);
        ASSERT_NE(rule, nullptr);
        EXPECT_TRUE(rule->attendances_only);
        EXPECT_EQ(rule->data_sets, std::vector{DataSet::outpatients});
    }
}

INSTANTIATE_TEST_SUITE_P(Years, YearRules, ::testing::Values(2016, 2017, 2018));

TEST(PricingRules, NameTheEmptyDialysisHrgOfTheirYear) {
    const auto before = read_pricing_rules(project_rules, FinancialYear(2016)).value();
    const auto after = read_pricing_rules(project_rules, FinancialYear(2017)).value();
    EXPECT_TRUE(holds(before.zero_priced_hrgs, "LA08E"));
    EXPECT_FALSE(holds(before.zero_priced_hrgs, "LA97A"));
    EXPECT_TRUE(holds(after.zero_priced_hrgs, "LA97A"));
    EXPECT_FALSE(holds(after.zero_priced_hrgs, "LA08E"));
}

TEST(PricingRules, KeepTheNonMandatoryPriceOf2016And17) {
    const auto rules = read_pricing_rules(project_rules, FinancialYear(2016)).value();
    EXPECT_FALSE(rules.non_face_to_face_paid);
    EXPECT_EQ(rules.non_face_to_face_price, pounds(23));
}

TEST(PricingRules, InheritedReasonsKeepTheirPlaceInTheOrder) {
    const auto before = read_pricing_rules(project_rules, FinancialYear(2016)).value();
    const auto after = read_pricing_rules(project_rules, FinancialYear(2017)).value();
    ASSERT_EQ(before.exclusions.size(), after.exclusions.size());
    for (std::size_t i = 0; i < before.exclusions.size(); ++i)
        EXPECT_EQ(before.exclusions[i].reason, after.exclusions[i].reason);
}

struct BadRules {
    const char* name;
    const char* text;
    const char* says;
};

class FaultyRules : public ::testing::TestWithParam<BadRules> {};

TEST_P(FaultyRules, AreRefusedWithTheReason) {
    const auto folder = std::filesystem::path(::testing::TempDir()) /
                        (std::string("purse_rules_") + GetParam().name);
    std::filesystem::create_directories(folder / "2017-18");
    std::filesystem::create_directories(folder / "2016-17");
    std::filesystem::copy_file(project_rules / "2016-17/pricing.toml",
                               folder / "2016-17/pricing.toml",
                               std::filesystem::copy_options::overwrite_existing);
    std::ofstream(folder / "2017-18/pricing.toml") << GetParam().text;
    const auto rules = read_pricing_rules(folder, FinancialYear(2017));
    ASSERT_FALSE(rules);
    EXPECT_NE(rules.problem().says.find(GetParam().says), std::string::npos)
        << rules.problem().says;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, FaultyRules,
    ::testing::Values(
        BadRules{"not_toml", "year = ", "line 1"},
        BadRules{"other_year", "year = \"2015/16\"\ninherits = \"2016-17\"", "of 2015/16"},
        BadRules{"no_year", "inherits = \"2016-17\"", "of 2016/17"},
        BadRules{"circle", "year = \"2017/18\"\ninherits = \"2017-18\"", "in a circle"},
        BadRules{"incomplete", "year = \"2017/18\"", "is not stated"},
        BadRules{"unknown_key", "year = \"2017/18\"\ninherits = \"2016-17\"\nrates = 1",
                 "'rates' is no part"},
        BadRules{"unknown_parameter",
                 "year = \"2017/18\"\ninherits = \"2016-17\"\n[parameters]\nbonus = { value = 1, "
                 "source = \"x\" }",
                 "no parameter 'bonus'"},
        BadRules{"no_source",
                 "year = \"2017/18\"\ninherits = \"2016-17\"\n[parameters]\nreadmission_days = { "
                 "value = 28 }",
                 "line 4: write readmission_days"},
        BadRules{"wrong_kind",
                 "year = \"2017/18\"\ninherits = \"2016-17\"\n[parameters]\nreadmission_days = { "
                 "value = \"28\", source = \"x\" }",
                 "cannot be used"},
        BadRules{"unknown_field",
                 "year = \"2017/18\"\ninherits = \"2016-17\"\n[[exclusion]]\nreason = "
                 "\"x\"\nsays = \"x\"\ndata_sets = [\"ae\"]\nfield = \"colour\"\nsource = \"x\"",
                 "have no field 'colour'"},
        BadRules{"unknown_data_set",
                 "year = \"2017/18\"\ninherits = \"2016-17\"\n[[exclusion]]\nreason = "
                 "\"x\"\nsays = \"x\"\ndata_sets = [\"tea\"]\nsource = \"x\"",
                 "'data_sets' cannot be used"}),
    [](const auto& tested) { return tested.param.name; });

// A site that switches a step on writes three lines, and inherits the rest from Purse's own year.
TEST(PricingRules, OfASiteComeBeforePursesOwnOfTheSameYear) {
    const auto own = std::filesystem::path(::testing::TempDir()) / "own_rules";
    std::filesystem::create_directories(own / "2017-18");
    std::ofstream(own / "2017-18" / "pricing.toml")
        << "year = \"2017/18\"\ninherits = \"2017-18\"\n[parameters]\n"
           "readmissions_on = { value = true, source = \"agreed with the providers\" }\n";
    const auto rules = read_pricing_rules(own, project_rules, FinancialYear(2017));
    ASSERT_TRUE(rules) << rules.problem().says;
    EXPECT_TRUE(rules->readmissions_on);
    EXPECT_EQ(rules->readmission_days, 30);
    EXPECT_TRUE(holds(rules->readmission_excluded_primary_diagnoses, "C00-C97"));
    const auto other_year = read_pricing_rules(own, project_rules, FinancialYear(2016));
    ASSERT_TRUE(other_year) << other_year.problem().says;
    EXPECT_FALSE(other_year->readmissions_on);
    // 2018/19 inherits from 2017/18, and so from the site's.
    EXPECT_TRUE(read_pricing_rules(own, project_rules, FinancialYear(2018))->readmissions_on);
    EXPECT_FALSE(read_pricing_rules(project_rules, FinancialYear(2017))->readmissions_on);
}

TEST(PricingRules, OfAYearWithoutFileAreNotFound) {
    const auto rules = read_pricing_rules(project_rules, FinancialYear(1999));
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.problem().kind, ProblemKind::not_found);
}

}  // namespace
}  // namespace purse
