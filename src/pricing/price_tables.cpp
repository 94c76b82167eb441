#include "pricing/price_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace purse {

namespace {

constexpr std::int64_t most_pence = 2'000'000'000;  // £20 million: no published price comes near
constexpr std::int64_t most_factor = 9 * Factor::one;

using Tables = PriceBook::Tables;

// The first fault met stops the compilation; later checks keep it.
class Faults {
  public:
    explicit Faults(const Tariff& tariff) : tariff_(tariff) {}
    void at(TariffSource source, std::string_view code, std::string_view fault) {
        if (!first_.empty()) return;
        const std::string place = source.sheet < tariff_.sheets.size()
                                      ? place_of(tariff_, source)
                                      : fmt::format("row {}", source.row);
        first_ = fmt::format("{}, {}: {} {}", tariff_.source_file, place, code, fault);
    }
    [[nodiscard]] const std::string& first() const { return first_; }

  private:
    const Tariff& tariff_;
    std::string first_;
};

std::int32_t as_row_price(const std::optional<Pence>& price, Faults& faults, TariffSource source,
                          std::string_view code) {
    if (!price) return no_price;
    if (price->count() < 0 || price->count() > most_pence) {
        faults.at(source, code,
                  fmt::format("has the price {}, which cannot be right", in_pounds(*price)));
        return no_price;
    }
    return static_cast<std::int32_t>(price->count());
}

std::int32_t as_trim(const std::optional<int>& days) {
    return days ? std::clamp(*days, 0, 32'000) : no_trim_point;
}

void put_admitted(Tables& tables, Faults& faults) {
    for (const auto& [hrg, price] : tables.tariff.admitted) {
        const std::string code = hrg.text();
        const auto pence = [&](const std::optional<Pence>& p) {
            return as_row_price(p, faults, price.source, code);
        };
        HrgRow& row = tables.hrgs.put(hrg.packed());
        row.in_admitted = true;
        row.estimated = price.estimated;
        row.outpatient_procedure = pence(price.outpatient_procedure);
        const auto put = [&](AdmissionType type, std::int32_t amount, TariffApplied applied) {
            row.prices[static_cast<std::size_t>(type)] = amount;
            row.applied[static_cast<std::size_t>(type)] = applied;
        };
        put(AdmissionType::day_case, pence(price.day_case ? price.day_case : price.combined),
            price.day_case ? TariffApplied::day_case : TariffApplied::combined);
        put(AdmissionType::elective, pence(price.elective ? price.elective : price.combined),
            price.elective ? TariffApplied::elective : TariffApplied::combined);
        for (const auto type :
             {AdmissionType::non_elective_emergency, AdmissionType::non_elective_other}) {
            put(type, pence(price.non_elective), TariffApplied::non_elective);
        }
        row.per_day = std::max(pence(price.long_stay_per_day), 0);
        row.trim_points = {as_trim(price.elective_trim_days),
                           as_trim(price.non_elective_trim_days)};
        if (!price.short_stay_applies || !price.non_elective) continue;
        row.short_stay = pence(price.short_stay_emergency);
        if (!price.short_stay_emergency && price.short_stay_share != Factor(Factor::one)) {
            faults.at(price.source, code,
                      "is flagged for the reduced short-stay price but has none: give the "
                      "published price or take the flag away");
        }
    }
}

// Excess days and the short-stay reduction never meet: every trim point is 5 days or more.
void check_trim_points(const Tables& tables, Faults& faults) {
    for (const auto& [hrg, price] : tables.tariff.admitted) {
        if (!price.short_stay_applies || !price.non_elective_trim_days) continue;
        if (*price.non_elective_trim_days < std::max(5, tables.rules.short_stay_under_days)) {
            faults.at(price.source, hrg.text(),
                      fmt::format("has a non-elective trim point of {} days beside a short-stay "
                                  "reduction; trim points are 5 days or more: check the row",
                                  *price.non_elective_trim_days));
        }
    }
}

void put_other_hrgs(Tables& tables, Faults& faults) {
    for (const auto& [hrg, price] : tables.tariff.emergency) {
        HrgRow& row = tables.hrgs.put(hrg.packed());
        row.in_emergency = true;
        row.emergency_type_1_and_2 =
            as_row_price(price.type_1_and_2, faults, price.source, hrg.text());
        row.emergency_type_3 = as_row_price(price.type_3, faults, price.source, hrg.text());
    }
    for (const auto& [hrg, price] : tables.tariff.unbundled) {
        HrgRow& row = tables.hrgs.put(hrg.packed());
        row.is_unbundled = true;
        row.kind = price.kind;
        row.unbundled = as_row_price(price.price, faults, price.source, hrg.text());
    }
    for (const auto& [hrg, price] : tables.tariff.direct_access) {
        tables.hrgs.put(hrg.packed()).direct_access =
            as_row_price(price.price, faults, price.source, hrg.text());
    }
    for (const auto& [hrg, note] : tables.tariff.no_national_price) {
        HrgRow& row = tables.hrgs.put(hrg.packed());
        row.without_national_price = true;
        row.without_price_anywhere = note.all_settings;
        row.is_unbundled = row.is_unbundled || note.unbundled;
    }
    for (const std::string& code : tables.rules.zero_priced_hrgs) {
        tables.hrgs.put(packed(code)).zero_priced = true;
    }
}

// Rows that need a flag stand before those that the HRG alone decides; else the sheet's order.
void put_best_practice(Tables& tables, Faults& faults) {
    const auto& prices = tables.tariff.best_practice;
    std::map<Hrg, std::vector<std::size_t>> by_hrg;
    for (const bool flagged : {true, false}) {
        for (std::size_t place = 0; place < prices.size(); ++place) {
            if (prices[place].automated && prices[place].flag.empty() != flagged) {
                by_hrg[prices[place].hrg].push_back(place);
            }
        }
    }
    for (const auto& [hrg, places] : by_hrg) {
        HrgRow& row = tables.hrgs.put(hrg.packed());
        row.in_admitted = true;
        row.best_practice_from = static_cast<std::uint16_t>(tables.best_practice.size());
        for (const std::size_t place : places) {
            const BestPracticePrice& price = prices[place];
            const auto pence = [&](const std::optional<Pence>& p) {
                return as_row_price(p, faults, price.source, hrg.text());
            };
            tables.best_practice.push_back(
                {.flag = price.flag,
                 .day_case = pence(price.day_case),
                 .elective = pence(price.elective),
                 .non_elective = pence(price.non_elective),
                 .outpatient_procedure = pence(price.outpatient_procedure),
                 .short_stay = pence(price.short_stay_emergency),
                 .least_age = price.least_age,
                 .most_age = price.most_age,
                 .least_days = price.least_stay_days,
                 .most_days = price.most_stay_days,
                 .short_stay_kept = price.short_stay_kept,
                 .emergency_only = price.emergency_only,
                 .transfers_too = price.transfers_too,
                 .place = place});
        }
        row.best_practice_to = static_cast<std::uint16_t>(tables.best_practice.size());
    }
}

void put_hrgs(Tables& tables, Faults& faults) {
    const Tariff& tariff = tables.tariff;
    tables.hrgs = CodeTable<HrgRow>(tariff.admitted.size() + tariff.emergency.size() +
                                    tariff.unbundled.size() + tariff.direct_access.size() +
                                    tariff.no_national_price.size() + tariff.best_practice.size() +
                                    tables.rules.zero_priced_hrgs.size());
    put_admitted(tables, faults);
    check_trim_points(tables, faults);
    put_other_hrgs(tables, faults);
    put_best_practice(tables, faults);
    for (const auto& [hrg, price] : tariff.admitted) {
        HrgRow& row = tables.hrgs.put(hrg.packed());
        row.one_price_an_admission =
            !row.zero_priced && !row.estimated && row.best_practice_from == row.best_practice_to;
    }

    std::set<std::int64_t> flat;
    for (const auto& [hrg, price] : tariff.emergency) {
        if (price.type_3) flat.insert(price.type_3->count());
    }
    if (flat.size() == 1) tables.type_3_price = static_cast<std::int32_t>(*flat.begin());
}

void put_attendances(Tables& tables, Faults& faults) {
    const Tariff& tariff = tables.tariff;
    tables.functions =
        CodeTable<AttendanceRow>(tariff.attendances.size() + tariff.functions_without_price.size());
    for (const auto& [function, price] : tariff.attendances) {
        const auto pence = [&](const std::optional<Pence>& p) {
            return as_row_price(p, faults, price.source, function.text());
        };
        tables.functions.put(function.packed()).prices = {
            pence(price.follow_up_single), pence(price.follow_up_multi), pence(price.first_single),
            pence(price.first_multi)};
    }
    for (const auto& [function, note] : tariff.functions_without_price) {
        tables.functions.put(function.packed()).without_national_price = true;
    }
}

void put_market_forces(Tables& tables, Faults& faults) {
    tables.market_forces = CodeTable<std::int64_t>(tables.tariff.market_forces.size());
    for (const auto& [provider, entry] : tables.tariff.market_forces) {
        const std::int64_t factor = entry.factor.millionths();
        if (factor <= 0 || factor > most_factor) {
            faults.at(entry.source, provider.text(),
                      fmt::format("has the market forces factor {}, which cannot be right",
                                  to_text(entry.factor)));
        }
        tables.market_forces.put(provider.packed()) = factor;
    }
}

CodeTable<std::uint8_t> code_set(const std::vector<std::string>& codes) {
    CodeTable<std::uint8_t> set(codes.size());
    for (const std::string& code : codes) {
        if (!code.empty()) set.put(packed(code)) = 1;
    }
    return set;
}

void put_code_lists(Tables& tables) {
    const PricingRules& rules = tables.rules;
    tables.types = AdmissionTypes(rules);
    tables.attended = code_set(rules.attended_codes);
    tables.multi_professional = code_set(rules.multi_professional_codes);
    tables.type_1_and_2 = code_set(rules.type_1_and_2);
    tables.type_3 = code_set(rules.type_3);
}

struct OwnReasonText {
    std::string_view code, says;
};

// In the order of OwnReason.
constexpr OwnReasonText own_reasons[] = {
    {"hrg_missing", "the record has no HRG: ask the provider to group it"},
    {"hrg_not_in_tariff",
     "the HRG is not in this year's tariff: the record was grouped by another version"},
    {"no_market_forces_factor",
     "the provider is not in the list of market forces factors, so that its price is not known"},
    {"no_national_price", "there is no national price for this service, and no local one"},
    {"no_price_for_admission_type",
     "the HRG has no national price for this kind of admission, and no local one"},
    {"admission_method_without_type",
     "the admission method does not say whether the admission was elective or not"},
    {"stay_dates_missing", "the admission or the discharge date is missing"},
    {"discharge_before_admission", "the discharge date is before the admission date"},
    {"mother_and_baby", "mother and baby admissions for delivery only are outside national prices"},
    {"zero_price", "the tariff prices this HRG at £0"},
    {"not_attended", "the patient did not attend, or was not seen"},
    {"attendance_kind_unknown",
     "the record does not say whether this was a first attendance or a follow-up"},
    {"treatment_function_missing", "the attendance has no treatment function"},
    {"treatment_function_not_in_tariff", "the treatment function is not in this year's tariff"},
    {"no_price_for_attendance",
     "the treatment function has no national price for this kind of attendance, and no local one"},
    {"non_face_to_face_not_paid",
     "attendances that are not face to face have no mandatory national price, and no local one"},
    {"planned_follow_up", "planned follow-ups in A&E are not paid by the national tariff"},
    {"no_price_for_department_type",
     "this type of A&E department has no national price, and no local one"},
    {"unbundled_hrg_without_price",
     "an unbundled HRG of the record has no national price, and no local one: it is not in the "
     "price"},
    {"hrg_estimated_by_root",
     "an estimate: the HRG is of another version, and this is the mean price of this year's HRGs "
     "of the same root"},
};

void put_reasons(Tables& tables) {
    tables.reason_codes = {""};
    tables.reason_says = {""};
    for (const ExclusionRule& rule : tables.rules.exclusions) {
        std::size_t place = 1;
        while (place < tables.reason_codes.size() && (tables.reason_codes[place] != rule.reason ||
                                                      tables.reason_says[place] != rule.says)) {
            ++place;
        }
        if (place == tables.reason_codes.size()) {
            tables.reason_codes.push_back(rule.reason);
            tables.reason_says.push_back(rule.says);
        }
        tables.rule_reason.push_back(static_cast<std::uint16_t>(place));
    }
    tables.first_own_reason = static_cast<std::uint16_t>(tables.reason_codes.size());
    for (const OwnReasonText& own : own_reasons) {
        tables.reason_codes.emplace_back(own.code);
        tables.reason_says.emplace_back(own.says);
    }
}

Outcome put_exclusions(Tables& tables) {
    const auto& rules = tables.rules.exclusions;
    const auto put = [&](ExclusionTable& table, DataSet set, bool attendances_only) -> Outcome {
        auto compiled = ExclusionTable::compile(rules, set, attendances_only);
        if (!compiled) return compiled.problem();
        table = std::move(compiled).value();
        return Nothing{};
    };
    if (auto done = put(tables.spell_rules, DataSet::admitted_care, false); !done) return done;
    if (auto done = put(tables.attendance_rules, DataSet::outpatients, false); !done) return done;
    if (auto done = put(tables.attendance_only_rules, DataSet::outpatients, true); !done) {
        return done;
    }
    return put(tables.emergency_rules, DataSet::emergency, false);
}

Outcome put_local_prices(Tables& tables) {
    for (std::size_t place = 0; place < tables.local_prices.size(); ++place) {
        const LocalPrice& price = tables.local_prices[place];
        if (price.price < Pence(0) || price.price > Pence(most_pence)) {
            return bad_input(fmt::format("the local price of {} ({}) is {}, which cannot be right",
                                         price.code, price.source, in_pounds(price.price)));
        }
        tables.local.emplace(std::tuple(price.set, price.provider.packed(), packed(price.code)),
                             place);
    }
    return Nothing{};
}

}  // namespace

const LocalPrice* PriceBook::Tables::local_price(DataSet set, std::uint64_t provider,
                                                 std::uint64_t code) const {
    if (local.empty() || code == 0) return nullptr;
    for (const std::uint64_t who : {provider, std::uint64_t{0}}) {
        const auto found = local.find(std::tuple(set, who, code));
        if (found != local.end()) return &local_prices[found->second];
    }
    return nullptr;
}

Result<PriceBook> PriceBook::compile(Tariff tariff, PricingRules rules,
                                     std::vector<LocalPrice> local_prices) {
    auto tables = std::make_unique<Tables>();
    tables->tariff = std::move(tariff);
    tables->rules = std::move(rules);
    tables->local_prices = std::move(local_prices);
    if (tables->rules.attended_codes.empty() && !tables->tariff.attendances.empty()) {
        return bad_input(fmt::format(
            "{}: no codes say that a patient attended (attended_codes), so that no outpatient "
            "attendance could be paid",
            tables->rules.file));
    }
    Faults faults(tables->tariff);
    put_reasons(*tables);
    put_hrgs(*tables, faults);
    put_attendances(*tables, faults);
    put_market_forces(*tables, faults);
    put_code_lists(*tables);
    tables->top_ups = TopUpTable(tables->tariff, tables->rules);
    if (!faults.first().empty()) return bad_input(faults.first());
    if (auto done = put_exclusions(*tables); !done) return done.problem();
    if (auto done = put_local_prices(*tables); !done) return done.problem();
    return PriceBook(std::move(tables));
}

}  // namespace purse
