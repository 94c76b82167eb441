#include "laws/naive_pricing.hpp"

#include <map>
#include <set>
#include <sstream>

#include "base/wide.hpp"

namespace purse::testing {

namespace {

using Fields = std::map<std::string, std::string>;

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::string part;
    std::istringstream in(text);
    while (std::getline(in, part, separator)) parts.push_back(part);
    return parts;
}

bool has(const std::vector<std::string>& list, const std::string& value) {
    for (const auto& one : list) {
        if (one == value) return true;
    }
    return false;
}

bool starts(const std::string& text, const std::string& beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

// Half up to the penny, by decimal places of the product: `places` digits are cut off.
long long half_up(wide amount, int places) {
    wide unit = 1;
    for (int i = 0; i < places; ++i) unit *= 10;
    const bool up = (amount % unit) * 2 >= unit;
    return static_cast<long long>(amount / unit) + (up ? 1 : 0);
}

bool met(const ExclusionRule& rule, const Fields& fields) {
    if (rule.field.empty()) return true;
    const std::string& value = fields.at(rule.field);
    if (value.empty()) return rule.when_absent;
    for (const auto& code : rule.codes) {
        if (code == value) return true;
        if (code.back() == '*' && starts(value, code.substr(0, code.size() - 1))) return true;
    }
    return false;
}

bool excluded(const Book& book, DataSet set, bool attendances_only, const Fields& fields) {
    for (const auto& rule : book.rules.exclusions) {
        bool concerns = false;
        for (const DataSet one : rule.data_sets) concerns = concerns || one == set;
        if (concerns && rule.attendances_only == attendances_only && met(rule, fields)) return true;
    }
    return false;
}

const LocalPrice* local_for(const Book& book, DataSet set, const std::string& provider,
                            const std::string& code) {
    if (code.empty()) return nullptr;
    for (const auto& price : book.local) {
        if (price.set == set && price.code == code && price.provider.text() == provider) {
            return &price;
        }
    }
    for (const auto& price : book.local) {
        if (price.set == set && price.code == code && price.provider.empty()) return &price;
    }
    return nullptr;
}

long long factor_of(const Book& book, const std::string& provider) {
    const auto found = book.tariff.market_forces.find(ProviderCode(provider));
    return found == book.tariff.market_forces.end() ? 0 : found->second.factor.millionths();
}

bool known(const Book& book, const std::string& hrg) {
    const Hrg code(hrg);
    bool best = false;
    for (const auto& row : book.tariff.best_practice)
        best = best || (row.automated && row.hrg == code);
    return best || book.tariff.admitted.contains(code) || book.tariff.emergency.contains(code) ||
           book.tariff.unbundled.contains(code) || book.tariff.direct_access.contains(code) ||
           book.tariff.no_national_price.contains(code) || has(book.rules.zero_priced_hrgs, hrg);
}

NaivePrice locally(const Book& book, DataSet set, const std::string& provider,
                   const std::string& code) {
    const LocalPrice* local = local_for(book, set, provider, code);
    if (local == nullptr) return {"unpriced"};
    if (!local->times_market_forces) return {"local_price", local->price.count()};
    const long long factor = factor_of(book, provider);
    if (factor == 0) return {"refused"};
    return {"local_price", half_up(static_cast<wide>(local->price.count()) * factor, 6)};
}

NaivePrice nationally(const Book& book, const std::string& provider, long long pence) {
    if (pence == 0) return {"zero_priced"};
    const long long factor = factor_of(book, provider);
    if (factor == 0) return {"refused"};
    return {"priced", half_up(static_cast<wide>(pence) * factor, 6)};
}

// Unbundled HRGs, each × market forces factor and rounded, then added.
NaivePrice with_unbundled(const Book& book, DataSet set, const std::string& provider,
                          const std::string& list, const std::string& type, NaivePrice price) {
    if (price.outcome == "refused") return price;
    for (const auto& code : split(list, ';')) {
        if (code.empty()) continue;
        const auto found = book.tariff.unbundled.find(Hrg(code));
        const bool priced = found != book.tariff.unbundled.end();
        const UnbundledKind kind = priced ? found->second.kind : UnbundledKind::other;
        const bool imaging =
            kind == UnbundledKind::imaging || kind == UnbundledKind::nuclear_medicine;
        const bool therapy =
            kind == UnbundledKind::chemotherapy || kind == UnbundledKind::radiotherapy;
        if (set == DataSet::admitted_care && imaging) continue;
        if (set == DataSet::admitted_care && therapy && type != "day case" && type != "regular") {
            continue;
        }
        NaivePrice item = priced && found->second.price
                              ? nationally(book, provider, found->second.price->count())
                              : locally(book, set, provider, code);
        if (item.outcome == "refused") return {"refused"};
        price.pence += item.pence;
    }
    return price;
}

std::string type_of(const Book& book, const SpellRow& spell, int stay) {
    std::string by_method = "unknown";
    for (const auto& rule : book.rules.admission_methods) {
        if (rule.method != spell.method) continue;
        if (rule.type == AdmissionType::elective) by_method = "elective";
        if (rule.type == AdmissionType::non_elective_emergency) by_method = "emergency";
        if (rule.type == AdmissionType::non_elective_other) by_method = "non-elective";
    }
    if (spell.classification == "3" || spell.classification == "4") return "regular";
    if (spell.classification != "2") return by_method;
    if (by_method == "emergency" || by_method == "non-elective") {
        if (book.rules.day_case_non_elective == AdmissionType::elective) return "elective";
        if (book.rules.day_case_non_elective != AdmissionType::day_case) return by_method;
    }
    if (stay > 0 && book.rules.day_case_with_nights == AdmissionType::elective) return "elective";
    return "day case";
}

bool spell_excluded(const Book& book, const SpellRow& spell) {
    Fields fields = {{"hrg", spell.hrg},
                     {"provider", spell.provider},
                     {"admission_method", spell.method},
                     {"patient_classification", spell.classification},
                     {"discharge_method", spell.discharge_method},
                     {"administrative_category", spell.category},
                     {"main_specialty", spell.specialty},
                     {"treatment_function", spell.function},
                     {"excluded_by_provider", spell.excluded ? "1" : "0"}};
    if (spell.episodes.empty()) return excluded(book, DataSet::admitted_care, false, fields);
    for (const auto& episode : split(spell.episodes, ';')) {
        const auto parts = split(episode, '/');
        fields["treatment_function"] = parts.at(0);
        fields["main_specialty"] = parts.at(1);
        fields["administrative_category"] = parts.at(2);
        fields["excluded_by_provider"] = parts.at(3);
        if (!excluded(book, DataSet::admitted_care, false, fields)) return false;
    }
    return true;
}

bool any_age(const BestPracticePrice& row) { return row.least_age <= 0 && row.most_age >= 999; }

const BestPracticePrice* best_for(const Book& book, const SpellRow& spell, const std::string& type,
                                  long long days) {
    const BestPracticePrice* unflagged = nullptr;
    for (const auto& row : book.tariff.best_practice) {
        if (!row.automated || row.hrg != Hrg(spell.hrg)) continue;
        if (type == "day case" && !row.day_case) continue;
        if (type == "elective" && !row.elective) continue;
        if ((type == "emergency" || type == "non-elective") && !row.non_elective) continue;
        if (type == "regular") continue;
        if (row.emergency_only && type != "emergency" &&
            !(row.transfers_too && spell.method == "81")) {
            continue;
        }
        if (!any_age(row) &&
            (spell.age < 0 || spell.age < row.least_age || spell.age > row.most_age)) {
            continue;
        }
        if (days < row.least_stay_days || days > row.most_stay_days) continue;
        if (row.flag.empty()) {
            if (unflagged == nullptr) unflagged = &row;
            continue;
        }
        if (has(split(spell.best_practice, ';'), row.flag)) return &row;
    }
    return unflagged;
}

long long top_up_rate(const Book& book, const SpellRow& spell) {
    std::map<std::string, long long> rates;
    const auto procedures = split(spell.procedures, ';');
    const auto diagnoses = split(spell.diagnoses, ';');
    for (const auto& service : book.tariff.top_up_services) {
        bool listed = false;
        bool eligible = false;
        for (const auto& entry : book.tariff.top_up_providers) {
            if (entry.service_id != service.service_id) continue;
            listed = true;
            eligible = eligible || entry.provider.text() == spell.provider;
        }
        if (listed && !eligible) continue;
        for (const auto& entry : book.tariff.top_up_codes) {
            if (entry.service_id != service.service_id) continue;
            if (entry.age_criteria == "Child" &&
                !(spell.age >= 0 && spell.age < book.rules.child_under_age)) {
                continue;
            }
            if (entry.age_criteria == "Adult" && spell.age < book.rules.child_under_age) continue;
            for (const auto& code : entry.is_procedure ? procedures : diagnoses) {
                if (starts(code, entry.code)) rates[service.service_id] = service.rate.millionths();
            }
        }
    }
    for (const auto& row : book.tariff.top_up_flags) {
        if (has(split(spell.specialised, ';'), row.flag)) rates[row.flag] = row.rate.millionths();
    }
    long long highest = 0;
    long long sum = 0;
    for (const auto& [name, rate] : rates) {
        highest = rate > highest ? rate : highest;
        sum += rate;
    }
    return book.rules.top_ups_stack ? sum : highest;
}

NaivePrice spell_core(const Book& book, const SpellRow& spell, const std::string& type,
                      long long days) {
    const LocalPrice* local = local_for(book, DataSet::admitted_care, spell.provider, spell.hrg);
    if (!known(book, spell.hrg)) {
        if (local == nullptr) return {"refused"};
        return locally(book, DataSet::admitted_care, spell.provider, spell.hrg);
    }
    if (has(book.rules.zero_priced_hrgs, spell.hrg)) return {"zero_priced"};
    if (type == "unknown") return {"refused"};
    AdmittedPrice row;
    const auto found = book.tariff.admitted.find(Hrg(spell.hrg));
    if (found != book.tariff.admitted.end()) row = found->second;
    const bool non_elective = type == "emergency" || type == "non-elective";
    std::optional<Pence> price;
    if (type == "day case") price = row.day_case ? row.day_case : row.combined;
    if (type == "elective") price = row.elective ? row.elective : row.combined;
    if (non_elective) price = row.non_elective;
    const bool flagged = row.short_stay_applies && row.non_elective && row.short_stay_emergency;
    std::optional<Pence> short_price = flagged ? row.short_stay_emergency : std::nullopt;
    if (const BestPracticePrice* best = best_for(book, spell, type, days)) {
        price = type == "day case" ? best->day_case
                : non_elective     ? best->non_elective
                                   : best->elective;
        if (best->short_stay_emergency) {
            short_price = best->short_stay_emergency;
        } else if (!best->short_stay_kept) {
            short_price.reset();
        }
    }
    if (!price) return locally(book, DataSet::admitted_care, spell.provider, spell.hrg);
    if (type == "emergency" && spell.age >= book.rules.short_stay_least_age &&
        days < book.rules.short_stay_under_days && short_price) {
        price = short_price;
    }
    NaivePrice out{"priced"};
    const auto trim = non_elective ? row.non_elective_trim_days : row.elective_trim_days;
    if (trim && days > *trim) out.excess_days = days - *trim;
    const long long excess =
        out.excess_days * (row.long_stay_per_day ? row.long_stay_per_day->count() : 0);
    if (price->count() + excess == 0) return {"zero_priced"};
    const long long factor = factor_of(book, spell.provider);
    if (factor == 0) return {"refused"};
    const long long base = price->count() + (book.rules.top_up_on_excess_days ? excess : 0);
    wide sum = price->count() + excess;
    sum = sum * 1'000'000 + static_cast<wide>(base) * top_up_rate(book, spell);
    out.pence = half_up(sum * factor, 12);
    return out;
}

}  // namespace

NaivePrice naive_price(const Book& book, const SpellRow& spell) {
    if (spell_excluded(book, spell)) return {"excluded"};
    if (spell.classification == "5" && !book.rules.class_5_by_method) return {"excluded"};
    if (spell.admitted == -1 || spell.discharged == -1) return {"refused"};
    const int stay = spell.discharged - spell.admitted;
    if (stay < 0 || spell.hrg.empty()) return {"refused"};
    long long days = stay - spell.critical - spell.rehabilitation - spell.palliative;
    if (book.rules.delayed_discharge_days_taken_out) days -= spell.delayed;
    if (days < 0) days = 0;
    const std::string type = type_of(book, spell, stay);
    return with_unbundled(book, DataSet::admitted_care, spell.provider, spell.unbundled, type,
                          spell_core(book, spell, type, days));
}

namespace {

NaivePrice attendance_only(const Book& book, const OutpatientRow& seen, const Fields& fields) {
    if (excluded(book, DataSet::outpatients, true, fields)) return {"excluded"};
    if (seen.first == "3" || seen.first == "4") {
        if (book.rules.non_face_to_face_paid) {
            return nationally(book, seen.provider, book.rules.non_face_to_face_price.count());
        }
        return locally(book, DataSet::outpatients, seen.provider,
                       seen.first == "3" ? "WF01D" : "WF01C");
    }
    if (seen.first != "1" && seen.first != "2") return {"refused"};
    if (seen.function.empty()) return {"refused"};
    const TreatmentFunction function(seen.function);
    const auto row = book.tariff.attendances.find(function);
    std::optional<Pence> price;
    if (row != book.tariff.attendances.end()) {
        const bool multi = has(book.rules.multi_professional_codes, seen.multi);
        const auto& p = row->second;
        if (seen.first == "1") price = multi ? p.first_multi : p.first_single;
        if (seen.first == "2") price = multi ? p.follow_up_multi : p.follow_up_single;
    } else if (!book.tariff.functions_without_price.contains(function) &&
               local_for(book, DataSet::outpatients, seen.provider, seen.function) == nullptr) {
        return {"refused"};
    }
    if (!price) return locally(book, DataSet::outpatients, seen.provider, seen.function);
    return nationally(book, seen.provider, price->count());
}

NaivePrice outpatient_core(const Book& book, const OutpatientRow& seen, const Fields& fields) {
    if (seen.hrg.empty() || starts(seen.hrg, "WF")) return attendance_only(book, seen, fields);
    if (!known(book, seen.hrg)) {
        if (local_for(book, DataSet::outpatients, seen.provider, seen.hrg) == nullptr) {
            return {"refused"};
        }
        return locally(book, DataSet::outpatients, seen.provider, seen.hrg);
    }
    const Hrg hrg(seen.hrg);
    const auto direct = book.tariff.direct_access.find(hrg);
    if (seen.direct && direct != book.tariff.direct_access.end() && direct->second.price) {
        return nationally(book, seen.provider, direct->second.price->count());
    }
    if (has(book.rules.zero_priced_hrgs, seen.hrg)) return {"zero_priced"};
    std::optional<Pence> price;
    const auto row = book.tariff.admitted.find(hrg);
    if (row != book.tariff.admitted.end()) price = row->second.outpatient_procedure;
    const BestPracticePrice* best = nullptr;
    for (const auto& one : book.tariff.best_practice) {
        if (!one.automated || one.hrg != hrg || !one.outpatient_procedure) continue;
        if (one.emergency_only) continue;
        if (!any_age(one) &&
            (seen.age < 0 || seen.age < one.least_age || seen.age > one.most_age)) {
            continue;
        }
        const bool flagged = !one.flag.empty();
        if (flagged && !has(split(seen.best_practice, ';'), one.flag)) continue;
        if (best == nullptr || (best->flag.empty() && flagged)) best = &one;
    }
    if (best != nullptr) price = best->outpatient_procedure;
    if (price) return nationally(book, seen.provider, price->count());
    const auto none = book.tariff.no_national_price.find(hrg);
    if (none != book.tariff.no_national_price.end() && none->second.all_settings) {
        return locally(book, DataSet::outpatients, seen.provider, seen.hrg);
    }
    return attendance_only(book, seen, fields);
}

}  // namespace

NaivePrice naive_price(const Book& book, const OutpatientRow& seen) {
    const Fields fields = {{"hrg", seen.hrg},
                           {"provider", seen.provider},
                           {"main_specialty", seen.specialty},
                           {"treatment_function", seen.function},
                           {"first_attendance", seen.first},
                           {"attended", seen.attended},
                           {"multi_professional", seen.multi},
                           {"administrative_category", seen.category},
                           {"excluded_by_provider", seen.excluded ? "1" : "0"},
                           {"direct_access", seen.direct ? "1" : "0"}};
    if (excluded(book, DataSet::outpatients, false, fields)) return {"excluded"};
    if (!has(book.rules.attended_codes, seen.attended)) return {"excluded"};
    const NaivePrice core = outpatient_core(book, seen, fields);
    NaivePrice whole = with_unbundled(book, DataSet::outpatients, seen.provider, seen.unbundled,
                                      "outpatient", core);
    if (whole.outcome == "excluded" && whole.pence > 0) whole.outcome = "priced";
    return whole;
}

NaivePrice naive_price(const Book& book, const DepartmentRow& seen) {
    const Fields fields = {{"hrg", seen.hrg},
                           {"provider", seen.provider},
                           {"department_type", seen.department},
                           {"attendance_category", seen.category},
                           {"excluded_by_provider", seen.excluded ? "1" : "0"}};
    if (excluded(book, DataSet::emergency, false, fields)) return {"excluded"};
    if (seen.category == "4" && !book.rules.planned_follow_ups_paid) return {"excluded"};
    const bool minor = has(book.rules.type_3, seen.department);
    if (!minor && !has(book.rules.type_1_and_2, seen.department)) {
        return locally(book, DataSet::emergency, seen.provider, seen.hrg);
    }
    if (seen.hrg.empty() && !minor) return {"refused"};
    if (has(book.rules.zero_priced_hrgs, seen.hrg)) return {"zero_priced"};
    const Hrg hrg(seen.hrg);
    const auto row = book.tariff.emergency.find(hrg);
    const bool priced = row != book.tariff.emergency.end();
    std::optional<Pence> price;
    if (!minor && priced) price = row->second.type_1_and_2;
    if (minor && (priced || seen.hrg.empty())) {
        std::set<long long> flat;
        for (const auto& [code, one] : book.tariff.emergency) {
            if (one.type_3) flat.insert(one.type_3->count());
        }
        if (flat.size() == 1) price = Pence(*flat.begin());
        if (priced && row->second.type_3) price = row->second.type_3;
    }
    if (price) return nationally(book, seen.provider, price->count());
    if (!seen.hrg.empty() && !priced && !book.tariff.no_national_price.contains(hrg) &&
        local_for(book, DataSet::emergency, seen.provider, seen.hrg) == nullptr) {
        return {"refused"};
    }
    return locally(book, DataSet::emergency, seen.provider, seen.hrg);
}

}  // namespace purse::testing
