#include <gtest/gtest.h>

#include "base/code.hpp"
#include "pricing/line_of.hpp"
#include "pricing/marginal_rate.hpp"
#include "pricing/readmissions.hpp"

namespace purse {
namespace {

PricedSpell priced(AdmissionType type, int admitted, int discharged, std::uint64_t patient = 1) {
    PricedSpell spell;
    spell.patient = {0, patient};
    spell.hrg = packed("EB03D");
    spell.age = 70;
    spell.admission_day = admitted;
    spell.discharge_day = discharged;
    spell.type = type;
    spell.full_pence = 100'000;
    return spell;
}

constexpr auto emergency = AdmissionType::non_elective_emergency;

TEST(Readmissions, PayNothingWithinThirtyDaysOfAnElectiveDischarge) {
    PricingRules rules;
    rules.readmissions_on = true;
    rules.readmission_excluded_hrgs = {"V*"};
    auto young = priced(emergency, 110, 111);
    young.age = 3;
    auto trauma = priced(emergency, 110, 111);
    trauma.hrg = packed("VA14Z");
    const std::vector<PricedSpell> spells = {
        priced(AdmissionType::day_case, 100, 100),
        priced(emergency, 130, 131),
        priced(emergency, 131, 132),
        priced(emergency, 110, 111, 2),
        priced(emergency, 99, 103),
        young,
        trauma,
        priced(emergency, 110, 111, 0),
    };
    const auto payable = apply_readmissions(spells, rules);
    const std::vector<std::int64_t> expected = {100'000, 0,       100'000, 100'000,
                                                100'000, 100'000, 100'000, 100'000};
    for (std::size_t i = 0; i < spells.size(); ++i) {
        EXPECT_EQ(payable[i].payable_pence, expected[i]) << i;
        EXPECT_EQ(payable[i].full_pence, 100'000);
    }
    EXPECT_EQ(payable[1].index_spell, 0U);
    rules.readmissions_on = false;
    EXPECT_EQ(apply_readmissions(spells, rules)[1].payable_pence, 100'000);
}

TEST(MarginalRate, PaysAShareAboveTheBaseline) {
    EXPECT_EQ(marginal_payment(pounds(90), pounds(100), Factor(300'000), Rounding::half_up),
              pounds(90));
    EXPECT_EQ(marginal_payment(pounds(200), pounds(100), Factor(300'000), Rounding::half_up),
              pounds(130));
}

TEST(MarginalRate, SharesAddUpAndLeaveElectiveCareAlone) {
    PricingRules rules;
    rules.marginal_rate_on = true;
    rules.marginal_rate = Factor(700'000);
    const std::vector<EmergencyValue> records = {{1, emergency, 333},
                                                 {1, emergency, 333},
                                                 {1, emergency, 334},
                                                 {1, AdmissionType::elective, 500},
                                                 {2, emergency, 700}};
    const auto payable = apply_marginal_rate(records, {{1, Pence(501)}}, rules);
    // 501 + 0.7 × 499 = 850.3
    EXPECT_EQ(payable[0] + payable[1] + payable[2], 850);
    EXPECT_EQ(payable[3], 500);
    EXPECT_EQ(payable[4], 700);
    rules.marginal_rate_on = false;
    EXPECT_EQ(apply_marginal_rate(records, {{1, Pence(501)}}, rules)[0], 333);
}

TEST(LineOf, EveryRecordHasALine) {
    EXPECT_EQ(line_of_spell(AdmissionType::day_case, packed("EB03D")), BudgetLine::day_case);
    EXPECT_EQ(line_of_spell(emergency, packed("NZ30C")), BudgetLine::maternity);
    EXPECT_EQ(line_of_spell(AdmissionType::other, 0), BudgetLine::non_elective);
    EXPECT_EQ(line_of_attendance(TariffApplied::none, packed("3")), BudgetLine::outpatient_first);
    EXPECT_EQ(line_of_attendance(TariffApplied::follow_up_attendance, packed("2")),
              BudgetLine::outpatient_follow_up);
    EXPECT_EQ(line_of_attendance(TariffApplied::best_practice, packed("1")),
              BudgetLine::outpatient_procedure);
    EXPECT_EQ(line_of_attendance(TariffApplied::direct_access, packed("1")),
              BudgetLine::diagnostics);
}

TEST(LineOf, ConsultantToConsultantIsAFirstAttendanceFromAConsultant) {
    EXPECT_TRUE(is_consultant_to_consultant(packed("1"), packed("05")));
    EXPECT_FALSE(is_consultant_to_consultant(packed("2"), packed("05")));
    EXPECT_FALSE(is_consultant_to_consultant(packed("1"), packed("03")));
}

}  // namespace
}  // namespace purse
