#include "pricing/price_book.hpp"

#include <gtest/gtest.h>

#include "rulebook/root_estimate.hpp"
#include "support/demo_tariff.hpp"
#include "support/priced_rows.hpp"

namespace purse {
namespace {

using testing::Buffers;
using testing::DepartmentRow;
using testing::OutpatientRow;
using testing::SpellRow;

PriceBook demo_book(PricingRules rules = testing::demo_rules()) {
    auto book =
        PriceBook::compile(testing::demo_tariff(), std::move(rules), testing::demo_local_prices());
    EXPECT_TRUE(book.ok());
    return std::move(book).value();
}

template <class Row>
struct Expected {
    const char* name;
    Row row;
    ChargeOutcome outcome;
    const char* reason;
    std::int64_t pence;
};

template <class Row, class Price, class Explain>
void check_all(const std::vector<Expected<Row>>& cases, const PriceBook& book, Price price,
               Explain explain) {
    std::vector<Row> rows;
    for (const auto& c : cases) rows.push_back(c.row);
    Buffers buffers;
    const auto in = columns_of(rows, buffers);
    ChargeColumns out;
    (book.*price)(in, out);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        SCOPED_TRACE(cases[i].name);
        EXPECT_EQ(to_text(out.outcome[i]), to_text(cases[i].outcome));
        EXPECT_EQ(book.reasons()[out.reason[i]], cases[i].reason);
        EXPECT_EQ(out.final_price_pence[i], cases[i].pence);
        EXPECT_EQ((book.*explain)(in, i).result.count(), cases[i].pence);
        if (out.outcome[i] == ChargeOutcome::excluded || out.outcome[i] == ChargeOutcome::refused) {
            EXPECT_EQ(out.final_price_pence[i], 0);
        }
    }
}

using enum ChargeOutcome;

SpellRow spell(auto... changes) {
    SpellRow row;
    (changes(row), ...);
    return row;
}
auto days(int count) {
    return [count](SpellRow& row) { row.discharged = row.admitted + count; };
}
auto with(auto member, auto value) {
    return [member, value](auto& row) { row.*member = value; };
}

TEST(PriceBook, PricesSpellsAsTheDocumentSays) {
    using R = SpellRow;
    const std::vector<Expected<SpellRow>> cases = {
        {"25 days pay four beyond the trim point", spell(days(25)), priced, "", 333'850},
        {"one day is a short stay", spell(days(1)), priced, "", 69'960},
        {"two days are not", spell(days(2)), priced, "", 233'090},
        {"under 19 pays in full", spell(days(1), with(&R::age, 18)), priced, "", 233'090},
        {"19 is an adult", spell(days(1), with(&R::age, 19)), priced, "", 69'960},
        {"an unknown age pays in full", spell(days(1), with(&R::age, -1)), priced, "", 233'090},
        {"2D is an emergency", spell(days(0), with(&R::method, "2D")), priced, "", 69'960},
        {"2A is an emergency", spell(days(0), with(&R::method, "2A")), priced, "", 69'960},
        {"a transfer is not", spell(days(1), with(&R::method, "81")), priced, "", 233'090},
        {"31 is not an emergency", spell(days(1), with(&R::method, "31")), priced, "", 233'090},
        {"critical care days come out", spell(days(25), with(&R::critical, 3)), priced, "",
         (211'900 + 22'900) * 11 / 10},
        {"days never fall below none", spell(days(1), with(&R::critical, 30)), priced, "", 69'960},
        {"the published price, not 30%", spell(days(1), with(&R::hrg, "DZ11K")), priced, "",
         259'160},
        {"same day best practice by HRG, age and stay", spell(days(0), with(&R::hrg, "DZ11K")),
         priced, "", 76'780},
        {"heart failure keeps the short stay", spell(days(1), with(&R::best_practice, "BP61")),
         priced, "", 69'960},
        {"stroke drops it", spell(days(1), with(&R::best_practice, "BP99;BP02")), priced, "",
         275'000},
        {"an unrecognised flag changes nothing", spell(days(3), with(&R::best_practice, "BP6")),
         priced, "", 233'090},
        {"a section's own short-stay price",
         spell(days(1), with(&R::hrg, "GA10E"), with(&R::best_practice, "BP30")), priced, "",
         85'800},
        {"a local best practice payment is not automatic",
         spell(days(3), with(&R::hrg, "HN12F"), with(&R::method, "11"),
               with(&R::best_practice, "BP20")),
         priced, "", 597'410},
        {"day case by classification, not by zero days",
         spell(days(0), with(&R::hrg, "GA10E"), with(&R::method, "11")), priced, "", 149'710},
        {"day case",
         spell(days(0), with(&R::hrg, "GA10E"), with(&R::method, "11"),
               with(&R::classification, "2")),
         priced, "", 165'000},
        {"a day case with nights stays one",
         spell(days(1), with(&R::hrg, "GA10E"), with(&R::method, "11"),
               with(&R::classification, "2")),
         priced, "", 165'000},
        {"spinal top-up by procedure", spell(days(3), with(&R::procedures, "X1;V251")), priced, "",
         307'679},
        {"not at an unlisted provider",
         spell(days(3), with(&R::provider, "RJ8"), with(&R::procedures, "V251")), priced, "",
         211'900},
        {"the orthopaedic top-up has no list of providers",
         spell(days(3), with(&R::provider, "RJ8"), with(&R::procedures, "W371")), priced, "",
         211'900 * 124 / 100},
        {"but is for adults",
         spell(days(3), with(&R::age, 18), with(&R::provider, "RJ8"), with(&R::procedures, "W371")),
         priced, "", 211'900},
        {"the highest of two flags, not on excess days",
         spell(days(25), with(&R::specialised, "NCBPS06Z;NCBPS23B")), priced, "",
         (211'900 + 91'600 + 188'591) * 11 / 10},
        {"a fifth sign of a diagnosis", spell(days(3), with(&R::diagnoses, "M4806")), priced, "",
         307'679},
        {"imaging is not paid in admitted care", spell(days(3), with(&R::unbundled, "RD01A")),
         priced, "", 233'090},
        {"nor chemotherapy in an emergency", spell(days(3), with(&R::unbundled, "SB11Z")), priced,
         "", 233'090},
        {"chemotherapy beside a day case, each item rounded",
         spell(days(0), with(&R::hrg, "BZ34C"), with(&R::method, "11"),
               with(&R::classification, "2"), with(&R::provider, "R1A"),
               with(&R::unbundled, "SB11Z;AB05Z;AB05Z")),
         priced, "", 69'127 + 16'064 + 2 * 20'727},
        {"an unbundled HRG without a price is told", spell(days(3), with(&R::unbundled, "XB01Z")),
         priced, "unbundled_hrg_without_price", 233'090},
        {"private", spell(with(&R::category, "02")), excluded, "private_patient", 0},
        {"the first rule that is met", spell(with(&R::category, "02"), with(&R::excluded, true)),
         excluded, "marked", 0},
        {"prefix rule", spell(with(&R::function, "725")), excluded, "mental_health", 0},
        {"one episode of two excluded",
         spell(days(3), with(&R::category, "02"), with(&R::episodes, "100/100/02/0;100/100/01/0")),
         priced, "", 233'090},
        {"all episodes excluded, by different rules",
         spell(with(&R::episodes, "711/100/01/0;100/100/02/0")), excluded, "mental_health", 0},
        {"regular", spell(with(&R::classification, "3")), excluded, "regular", 0},
        {"zero-priced", spell(with(&R::hrg, "UZ01Z")), zero_priced, "zero_price", 0},
        {"local price", spell(with(&R::hrg, "CZ25A")), local_price, "", 2'000'000},
        {"unpriced", spell(with(&R::hrg, "ZZ01A")), unpriced, "no_national_price", 0},
        {"a local price times the factor", spell(with(&R::hrg, "HN12F")), local_price, "", 660'000},
        {"no elective price", spell(with(&R::hrg, "DZ11K"), with(&R::method, "11")), unpriced,
         "no_price_for_admission_type", 0},
        {"another version", spell(with(&R::hrg, "E03")), refused, "hrg_not_in_tariff", 0},
        {"no HRG", spell(with(&R::hrg, "")), refused, "hrg_missing", 0},
        {"no factor", spell(with(&R::provider, "XYZ")), refused, "no_market_forces_factor", 0},
        {"no method", spell(with(&R::method, "99")), refused, "admission_method_without_type", 0},
        {"dates", spell(days(-2)), refused, "discharge_before_admission", 0},
    };
    check_all(cases, demo_book(), &PriceBook::price_spells, &PriceBook::explain_spell);
}

OutpatientRow seen(auto... changes) {
    OutpatientRow row;
    (changes(row), ...);
    return row;
}

TEST(PriceBook, PricesAttendancesAsTheDocumentSays) {
    using R = OutpatientRow;
    const std::vector<Expected<OutpatientRow>> cases = {
        {"first, single", seen(), priced, "", 17'930},
        {"first, multi", seen(with(&R::multi, "2")), priced, "", 22'660},
        {"follow-up", seen(with(&R::first, "2"), with(&R::hrg, "WF01A")), priced, "", 7'700},
        {"follow-up, multi", seen(with(&R::first, "2"), with(&R::multi, "3")), priced, "", 11'440},
        {"not attended", seen(with(&R::attended, "3")), excluded, "not_attended", 0},
        {"attended not given", seen(with(&R::attended, "")), excluded, "not_attended", 0},
        {"procedure", seen(with(&R::hrg, "FZ51Z")), priced, "", 44'330},
        {"best practice procedure", seen(with(&R::hrg, "BZ34C"), with(&R::best_practice, "BP10")),
         priced, "", 13'200},
        {"an HRG without a procedure price is an attendance", seen(with(&R::hrg, "EB03D")), priced,
         "", 17'930},
        {"another version", seen(with(&R::hrg, "E03")), refused, "hrg_not_in_tariff", 0},
        {"main specialty excludes attendances", seen(with(&R::specialty, "950")), excluded,
         "non_consultant", 0},
        {"but not procedures", seen(with(&R::specialty, "950"), with(&R::hrg, "FZ51Z")), priced, "",
         44'330},
        {"nor imaging", seen(with(&R::specialty, "950"), with(&R::unbundled, "RD01A")), priced,
         "non_consultant", 13'640},
        {"imaging added", seen(with(&R::unbundled, "RD01A;RD01A")), priced, "",
         17'930 + 2 * 13'640},
        {"telephone", seen(with(&R::first, "4")), unpriced, "non_face_to_face_not_paid", 0},
        {"direct access", seen(with(&R::hrg, "DZ44Z"), with(&R::direct, true)), priced, "", 7'810},
        {"no factor", seen(with(&R::provider, "XYZ")), refused, "no_market_forces_factor", 0},
        {"function without national price, local", seen(with(&R::function, "141")), local_price, "",
         9'000},
        {"function unknown", seen(with(&R::function, "999")), refused,
         "treatment_function_not_in_tariff", 0},
        {"blank price", seen(with(&R::function, "812")), unpriced, "no_price_for_attendance", 0},
        {"kind unknown", seen(with(&R::first, "")), refused, "attendance_kind_unknown", 0},
    };
    check_all(cases, demo_book(), &PriceBook::price_attendances, &PriceBook::explain_attendance);
}

DepartmentRow arrived(auto... changes) {
    DepartmentRow row;
    (changes(row), ...);
    return row;
}

TEST(PriceBook, PricesEmergencyAttendancesAsTheDocumentSays) {
    using R = DepartmentRow;
    const std::vector<Expected<DepartmentRow>> cases = {
        {"type 1 by HRG", arrived(), priced, "", 35'420},
        {"type 3 flat", arrived(with(&R::department, "03")), priced, "", 6'930},
        {"type 3 without an HRG", arrived(with(&R::department, "03"), with(&R::hrg, "")), priced,
         "", 6'930},
        {"walk-in", arrived(with(&R::department, "04")), excluded, "walk_in", 0},
        {"other department", arrived(with(&R::department, "05")), unpriced,
         "no_price_for_department_type", 0},
        {"no factor", arrived(with(&R::provider, "XYZ")), refused, "no_market_forces_factor", 0},
        {"another version", arrived(with(&R::hrg, "V01")), refused, "hrg_not_in_tariff", 0},
        {"ungrouped", arrived(with(&R::hrg, "UZ01Z")), zero_priced, "zero_price", 0},
    };
    check_all(cases, demo_book(), &PriceBook::price_emergency, &PriceBook::explain_emergency);
}

TEST(PriceBook, RoundsTheSpellOnceHalfUp) {
    Tariff tariff = testing::demo_tariff();
    tariff.market_forces[ProviderCode("RVR")].factor = Factor(1'000'500);
    tariff.admitted[Hrg("EB03D")].non_elective = Pence(1000);  // × 1.0005 = 1000.5
    auto book = PriceBook::compile(std::move(tariff), testing::demo_rules());
    const std::vector<SpellRow> rows = {SpellRow{}};
    Buffers buffers;
    ChargeColumns out;
    book->price_spells(columns_of(rows, buffers), out);
    EXPECT_EQ(out.final_price_pence[0], 1001);
}

// EB03D's root has one row in the demo tariff, so that EB03Z's estimate is its price.
TEST(PriceBook, LabelsAnEstimateOfAnHrgOfAnotherVersion) {
    Tariff other;
    other.admitted[Hrg("EB03Z")] = {};
    other.admitted[Hrg("BZ34Z")] = {};
    auto estimates = with_root_estimates(testing::demo_tariff(), other);
    const auto book = PriceBook::compile(std::move(estimates.tariff), testing::demo_rules());
    ASSERT_TRUE(book.ok()) << book.problem().says;
    using R = SpellRow;
    const std::vector<Expected<SpellRow>> spells = {
        {"estimated", spell(days(2), with(&R::hrg, "EB03Z")), priced, "hrg_estimated_by_root",
         233'090},
        {"short", spell(days(1), with(&R::hrg, "EB03Z")), priced, "hrg_estimated_by_root", 69'960},
        {"published", spell(days(2)), priced, "", 233'090},
        {"no such root", spell(with(&R::hrg, "QZ01Z")), refused, "hrg_not_in_tariff", 0}};
    check_all(spells, *book, &PriceBook::price_spells, &PriceBook::explain_spell);
    const std::vector<Expected<OutpatientRow>> attendances = {
        {"procedure", seen(with(&OutpatientRow::hrg, "BZ34Z")), priced, "hrg_estimated_by_root",
         11'330}};
    check_all(attendances, *book, &PriceBook::price_attendances, &PriceBook::explain_attendance);
}

TEST(PriceBook, RefusesATrimPointThatWouldMeetTheShortStay) {
    Tariff tariff = testing::demo_tariff();
    tariff.admitted[Hrg("EB03D")].non_elective_trim_days = 4;
    const auto book = PriceBook::compile(std::move(tariff), testing::demo_rules());
    ASSERT_FALSE(book.ok());
    EXPECT_NE(book.problem().says.find("EB03D"), std::string::npos);
}

TEST(PriceBook, RefusesARuleOnAFieldThatPricingDoesNotSee) {
    PricingRules rules = testing::demo_rules();
    rules.exclusions.front().field = "colour";
    EXPECT_FALSE(PriceBook::compile(testing::demo_tariff(), rules).ok());
}

}  // namespace
}  // namespace purse
