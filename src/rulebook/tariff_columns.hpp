// The columns of each table of a tariff, named once for writing and reading. A visitor is called
// with each column's name and field, in order; docs/tariff-folder.md says what they mean.
#pragma once

#include "rulebook/tariff.hpp"

namespace purse {

template <class Visit>
void visit_columns(Visit& visit, AdmittedPrice& row) {
    visit("name", row.name);
    visit("outpatient_procedure_pounds", row.outpatient_procedure);
    visit("combined_pounds", row.combined);
    visit("day_case_pounds", row.day_case);
    visit("elective_pounds", row.elective);
    visit("elective_trim_days", row.elective_trim_days);
    visit("non_elective_pounds", row.non_elective);
    visit("non_elective_trim_days", row.non_elective_trim_days);
    visit("long_stay_per_day_pounds", row.long_stay_per_day);
    visit("short_stay_applies", row.short_stay_applies);
    visit("short_stay_share", row.short_stay_share);
    visit("short_stay_emergency_pounds", row.short_stay_emergency);
    visit("from_maternity_sheet", row.from_maternity_sheet);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, AttendancePrice& row) {
    visit("name", row.name);
    visit("first_single_pounds", row.first_single);
    visit("first_multi_pounds", row.first_multi);
    visit("follow_up_single_pounds", row.follow_up_single);
    visit("follow_up_multi_pounds", row.follow_up_multi);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, EmergencyPrice& row) {
    visit("name", row.name);
    visit("type_1_and_2_pounds", row.type_1_and_2);
    visit("type_3_pounds", row.type_3);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, UnbundledPrice& row) {
    visit("name", row.name);
    visit("kind", row.kind);
    visit("price_pounds", row.price);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, DirectAccessPrice& row) {
    visit("name", row.name);
    visit("price_pounds", row.price);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, BestPracticePrice& row) {
    visit("hrg", row.hrg);
    visit("section", row.section);
    visit("flag", row.flag);
    visit("published_flag", row.published_flag);
    visit("day_case_pounds", row.day_case);
    visit("elective_pounds", row.elective);
    visit("non_elective_pounds", row.non_elective);
    visit("outpatient_procedure_pounds", row.outpatient_procedure);
    visit("short_stay_emergency_pounds", row.short_stay_emergency);
    visit("short_stay_kept", row.short_stay_kept);
    visit("least_age", row.least_age);
    visit("most_age", row.most_age);
    visit("least_stay_days", row.least_stay_days);
    visit("most_stay_days", row.most_stay_days);
    visit("emergency_only", row.emergency_only);
    visit("transfers_too", row.transfers_too);
    visit("automated", row.automated);
    visit("reference_price_pounds", row.reference_price);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, TopUpService& row) {
    visit("service_id", row.service_id);
    visit("name", row.name);
    visit("rate", row.rate);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, TopUpCode& row) {
    visit("code", row.code);
    visit("is_procedure", row.is_procedure);
    visit("service_id", row.service_id);
    visit("age_criteria", row.age_criteria);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, TopUpProvider& row) {
    visit("service_id", row.service_id);
    visit("provider", row.provider);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, TopUpFlag& row) {
    visit("flag", row.flag);
    visit("description", row.description);
    visit("rate", row.rate);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, MarketForcesFactor& row) {
    visit("name", row.name);
    visit("factor", row.factor);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, NoNationalPrice& row) {
    visit("name", row.name);
    visit("unbundled", row.unbundled);
    visit("all_settings", row.all_settings);
    visit("source", row.source);
}

template <class Visit>
void visit_columns(Visit& visit, ExclusionNote& row) {
    visit("list", row.list);
    visit("name", row.name);
    visit("detail", row.detail);
    visit("source", row.source);
}

// Every table with its file name; maps give the heading of their key.
template <class Visit>
void visit_tables(Visit& visit, Tariff& tariff) {
    visit.keyed("admitted_care.csv", "hrg", tariff.admitted);
    visit.keyed("outpatient_attendances.csv", "treatment_function", tariff.attendances);
    visit.keyed("emergency.csv", "hrg", tariff.emergency);
    visit.keyed("unbundled.csv", "hrg", tariff.unbundled);
    visit.keyed("direct_access.csv", "hrg", tariff.direct_access);
    visit.keyed("market_forces.csv", "provider", tariff.market_forces);
    visit.listed("best_practice.csv", tariff.best_practice);
    visit.listed("top_up_services.csv", tariff.top_up_services);
    visit.listed("top_up_codes.csv", tariff.top_up_codes);
    visit.listed("top_up_providers.csv", tariff.top_up_providers);
    visit.listed("top_up_flags.csv", tariff.top_up_flags);
    visit.keyed("no_national_price.csv", "hrg", tariff.no_national_price);
    visit.keyed("functions_without_price.csv", "treatment_function",
                tariff.functions_without_price);
    visit.listed("exclusion_notes.csv", tariff.exclusion_notes);
}

}  // namespace purse
