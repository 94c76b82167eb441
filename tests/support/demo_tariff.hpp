// A small hand-made tariff and rules that reach every branch of pricing. The prices of EB03D,
// DZ11K, BZ34C, HN12F, FZ51Z, the A&E and outpatient rows are those of domain facts for 2017/18;
// all else is made up.
#pragma once

#include <initializer_list>
#include <string>

#include "pricing/price_book.hpp"

namespace purse::testing {

inline AdmittedPrice admitted(std::string name) { return {.name = std::move(name)}; }

inline BestPracticePrice best_practice(const char* hrg, const char* section, const char* flag) {
    BestPracticePrice price;
    price.hrg = Hrg(hrg);
    price.section = section;
    price.flag = flag;
    price.automated = true;
    return price;
}

inline void put_demo_admitted(Tariff& tariff) {
    auto& heart = tariff.admitted[Hrg("EB03D")] = admitted("Heart failure");
    heart.combined = pounds(2242);
    heart.elective_trim_days = 21;
    heart.non_elective = pounds(2119);
    heart.non_elective_trim_days = 21;
    heart.long_stay_per_day = pounds(229);
    heart.short_stay_applies = true;
    heart.short_stay_share = Factor(300'000);
    heart.short_stay_emergency = pounds(636);
    auto& pneumonia = tariff.admitted[Hrg("DZ11K")] = admitted("Pneumonia");
    pneumonia.non_elective = pounds(7846);
    pneumonia.non_elective_trim_days = 92;
    pneumonia.long_stay_per_day = pounds(208);
    pneumonia.short_stay_applies = true;
    // Two pounds from 30% of the price: the published price is what counts.
    pneumonia.short_stay_emergency = pounds(2356);
    auto& cataract = tariff.admitted[Hrg("BZ34C")] = admitted("Cataract");
    cataract.combined = pounds(667);
    cataract.elective_trim_days = 5;
    cataract.non_elective = pounds(884);
    cataract.outpatient_procedure = pounds(103);
    cataract.long_stay_per_day = pounds(317);
    auto& hip = tariff.admitted[Hrg("HN12F")] = admitted("Hip");
    hip.elective = pounds(5431);
    hip.day_case = pounds(2100);
    hip.elective_trim_days = 7;
    hip.long_stay_per_day = pounds(251);
    tariff.admitted[Hrg("FZ51Z")] = admitted("Colonoscopy");
    tariff.admitted[Hrg("FZ51Z")].outpatient_procedure = pounds(403);
    auto& delivery = tariff.admitted[Hrg("NZ30C")] = admitted("Normal delivery");
    delivery.non_elective = pounds(1700);
    delivery.from_maternity_sheet = true;
    auto& gall = tariff.admitted[Hrg("GA10E")] = admitted("Gall bladder");
    gall.day_case = pounds(1500);
    gall.elective = pounds(1361);
    gall.non_elective = pounds(2400);
}

inline void put_demo_other_prices(Tariff& tariff) {
    tariff.attendances[TreatmentFunction("100")] = {"General surgery", pounds(163), pounds(206),
                                                    pounds(70),        pounds(104), {}};
    tariff.attendances[TreatmentFunction("110")] = {"Orthopaedics", pounds(151), pounds(152),
                                                    pounds(59),     pounds(60),  {}};
    tariff.attendances[TreatmentFunction("812")] = {"Imaging", {}, {}, pounds(40), {}, {}};
    tariff.functions_without_price[TreatmentFunction("141")] = {"Restorative dentistry"};
    tariff.emergency[Hrg("VB01Z")] = {"Any", pounds(322), pounds(63), {}};
    tariff.emergency[Hrg("VB11Z")] = {"None", pounds(63), pounds(63), {}};
    tariff.unbundled[Hrg("RD01A")] = {"MRI", UnbundledKind::imaging, pounds(124), {}};
    tariff.unbundled[Hrg("SB11Z")] = {"Chemo", UnbundledKind::chemotherapy, pounds(155), {}};
    tariff.unbundled[Hrg("SC22Z")] = {"Radio", UnbundledKind::radiotherapy, pounds(111), {}};
    tariff.unbundled[Hrg("AB05Z")] = {"Other", UnbundledKind::other, Pence(19'999), {}};
    tariff.direct_access[Hrg("DZ44Z")] = {"Lung function", pounds(71), {}};
    tariff.no_national_price[Hrg("CZ25A")] = {"Cochlear implant", false, true, {}};
    tariff.no_national_price[Hrg("ZZ01A")] = {"Transplant", false, true, {}};
    tariff.no_national_price[Hrg("XB01Z")] = {"Critical care", true, false, {}};
    tariff.market_forces[ProviderCode("RVR")] = {"Epsom", Factor(1'100'000), {}};
    tariff.market_forces[ProviderCode("RRV")] = {"UCLH", Factor(1'297'607), {}};
    tariff.market_forces[ProviderCode("RJ8")] = {"Cornwall", Factor(1'000'000), {}};
    tariff.market_forces[ProviderCode("R1A")] = {"Worcestershire", Factor(1'036'391), {}};
}

inline void put_demo_best_practice(Tariff& tariff) {
    auto same_day = best_practice("DZ11K", "Same day emergency care", "");
    same_day.non_elective = pounds(698);
    same_day.emergency_only = true;
    same_day.most_stay_days = 0;
    same_day.least_age = 19;
    auto heart = best_practice("EB03D", "Heart failure", "BP61");
    heart.non_elective = pounds(2307);
    heart.short_stay_kept = true;
    auto stroke = best_practice("EB03D", "Acute stroke care", "BP02");
    stroke.non_elective = pounds(2500);
    stroke.transfers_too = true;
    stroke.emergency_only = true;
    auto cataract = best_practice("BZ34C", "Cataract", "BP10");
    cataract.day_case = cataract.elective = pounds(700);
    cataract.outpatient_procedure = pounds(120);
    auto local = best_practice("HN12F", "Hip", "BP20");
    local.elective = pounds(9000);
    local.automated = false;
    auto own = best_practice("GA10E", "With its own short stay", "BP30");
    own.non_elective = pounds(2600);
    own.short_stay_emergency = pounds(780);
    tariff.best_practice = {same_day, heart, stroke, cataract, local, own};
}

inline void put_demo_top_ups(Tariff& tariff) {
    tariff.top_up_services = {{"6", "Spinal", Factor(320'000), {}},
                              {"34", "Orthopaedic", Factor(240'000), {}},
                              {"93", "Children, high", Factor(640'000), {}}};
    tariff.top_up_providers = {{"6", ProviderCode("RVR"), {}}, {"93", ProviderCode("RRV"), {}}};
    tariff.top_up_codes = {{"V251", true, "6", "Any", {}},
                           {"W371", true, "34", "Adult", {}},
                           {"A046", false, "93", "Child", {}},
                           {"M480", false, "6", "", {}}};
    tariff.top_up_flags = {{"NCBPS23B", "Paediatric", Factor(890'000), {}},
                           {"NCBPS06Z", "Complex spinal", Factor(332'000), {}}};
}

inline Tariff demo_tariff() {
    Tariff tariff;
    tariff.year = FinancialYear(2017);
    tariff.label = "hand-made tariff for tests";
    tariff.source_file = "demo_tariff.hpp";
    tariff.sheets = {"by hand"};
    put_demo_admitted(tariff);
    put_demo_other_prices(tariff);
    put_demo_best_practice(tariff);
    put_demo_top_ups(tariff);
    return tariff;
}

inline ExclusionRule exclusion(const char* reason, std::vector<DataSet> sets, const char* field,
                               std::vector<std::string> codes) {
    ExclusionRule rule;
    rule.reason = reason;
    rule.says = std::string("outside national prices: ") + reason;
    rule.data_sets = std::move(sets);
    rule.field = field;
    rule.codes = std::move(codes);
    rule.source = "by hand";
    return rule;
}

inline PricingRules demo_rules() {
    using enum DataSet;
    PricingRules rules;
    rules.year = FinancialYear(2017);
    rules.file = "rules by hand";
    auto specialty = exclusion("non_consultant", {outpatients}, "main_specialty", {"560", "95*"});
    specialty.attendances_only = true;
    auto seen = exclusion("not_attended", {outpatients}, "attended", {"0", "2", "3", "4", "7"});
    seen.when_absent = true;
    rules.exclusions = {
        exclusion("marked", {admitted_care, outpatients, emergency}, "excluded_by_provider", {"1"}),
        exclusion("private_patient", {admitted_care, outpatients}, "administrative_category",
                  {"02"}),
        seen,
        exclusion("regular", {admitted_care}, "patient_classification", {"3", "4"}),
        exclusion("mental_health", {admitted_care, outpatients}, "treatment_function",
                  {"710", "711", "72*"}),
        exclusion("critical_care", {admitted_care, outpatients}, "hrg", {"XA*", "XB*"}),
        exclusion("walk_in", {emergency}, "department_type", {"04"}),
        specialty,
    };
    for (const char* method : {"11", "12", "13"}) {
        rules.admission_methods.push_back({method, AdmissionType::elective});
    }
    for (const char* method : {"21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D"}) {
        rules.admission_methods.push_back({method, AdmissionType::non_elective_emergency});
    }
    for (const char* method : {"31", "32", "81", "82", "83"}) {
        rules.admission_methods.push_back({method, AdmissionType::non_elective_other});
    }
    rules.attended_codes = {"5", "6"};
    rules.multi_professional_codes = {"2", "3"};
    rules.type_1_and_2 = {"01", "02"};
    rules.type_3 = {"03"};
    rules.zero_priced_hrgs = {"UZ01Z", "PB03Z"};
    return rules;
}

inline std::vector<LocalPrice> demo_local_prices() {
    return {{DataSet::admitted_care, ProviderCode("RVR"), "CZ25A", pounds(20'000), false, "list"},
            {DataSet::admitted_care, {}, "HN12F", pounds(6000), true, "list"},
            {DataSet::outpatients, {}, "141", pounds(90), false, "list"},
            {DataSet::outpatients, {}, "XB01Z", pounds(11), true, "list"}};
}

}  // namespace purse::testing
