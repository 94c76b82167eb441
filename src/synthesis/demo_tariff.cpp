#include "synthesis/demo_tariff.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

enum Sheet : std::uint16_t {
    admitted_sheet,
    attendance_sheet,
    emergency_sheet,
    unbundled_sheet,
    direct_access_sheet,
    market_forces_sheet,
    best_practice_sheet,
    top_up_sheet,
    no_price_sheet
};

// Fills the sheets one by one; rows are numbered as they come.
class Maker {
  public:
    Maker(FinancialYear year, const Calibration& calibration, const World& world)
        : from_(calibration), world_(world), level_(price_level(year, calibration)) {
        tariff_.year = year;
        tariff_.label = fmt::format("Fictional demo tariff {} (made-up prices)", to_text(year));
        tariff_.source_file = "purse synth";
        tariff_.sheets = {
            "Demo admitted care", "Demo outpatient attendances", "Demo A&E",
            "Demo unbundled",     "Demo direct access",          "Demo market forces factors",
            "Demo best practice", "Demo specialised top-ups",    "Demo without national price"};
    }

    Tariff made() {
        for (const HrgMix& hrg : from_.hrgs) admitted(hrg);
        procedures();
        attendances();
        emergency();
        scans();
        providers();
        best_practice();
        top_ups();
        return std::move(tariff_);
    }

  private:
    TariffSource next(Sheet sheet) { return {static_cast<std::uint16_t>(sheet), ++row_}; }

    [[nodiscard]] std::optional<Pence> price(std::int64_t pounds_then) const {
        if (pounds_then == 0) return std::nullopt;
        return pounds(divided(wide{pounds_then} * level_, Chance::million, Rounding::half_up));
    }

    void admitted(const HrgMix& hrg) {
        if (hrg.group == HrgGroup::antenatal) {
            tariff_.no_national_price[Hrg(hrg.code)] = {hrg.name, false, true,
                                                        next(no_price_sheet)};
            return;
        }
        AdmittedPrice row;
        row.name = hrg.name;
        const bool free = hrg.non_elective_pounds == 0 && hrg.day_case_pounds == 0;
        if (free) {
            row.combined = row.non_elective = Pence(0);
        } else if (hrg.split) {
            row.day_case = price(hrg.day_case_pounds);
            row.elective = price(hrg.elective_pounds);
        } else {
            row.combined = price(hrg.elective_pounds);
        }
        if (!free) row.non_elective = price(hrg.non_elective_pounds);
        if (hrg.elective_trim > 0) row.elective_trim_days = hrg.elective_trim;
        if (hrg.non_elective_trim > 0) row.non_elective_trim_days = hrg.non_elective_trim;
        row.long_stay_per_day = free ? std::optional(Pence(0)) : price(hrg.per_day_pounds);
        if (hrg.short_stay_percent > 0 && row.non_elective) {
            const Factor share(hrg.short_stay_percent * 10'000);
            row.short_stay_applies = true;
            row.short_stay_share = share;
            // To whole pounds, as published prices are.
            const std::int64_t whole = divided(wide{row.non_elective->count()} * share.millionths(),
                                               100'000'000, Rounding::half_up);
            row.short_stay_emergency = pounds(whole);
        }
        row.from_maternity_sheet = hrg.group == HrgGroup::maternity;
        row.source = next(admitted_sheet);
        tariff_.admitted[Hrg(hrg.code)] = row;
    }

    void procedures() {
        for (const ProcedureMix& procedure : from_.procedures) {
            AdmittedPrice& row = tariff_.admitted[Hrg(procedure.code)];
            if (row.name.empty()) {
                row.name = procedure.name;
                row.source = next(admitted_sheet);
            }
            row.outpatient_procedure = price(procedure.pounds);
        }
    }

    void attendances() {
        for (const TreatmentFunctionMix& mix : from_.treatment_functions) {
            const TreatmentFunction code(mix.code);
            if (mix.pounds[0] == 0) {
                tariff_.functions_without_price[code] = {mix.name, false, true,
                                                         next(no_price_sheet)};
                continue;
            }
            tariff_.attendances[code] = {mix.name,
                                         price(mix.pounds[0]),
                                         price(mix.pounds[1]),
                                         price(mix.pounds[2]),
                                         price(mix.pounds[3]),
                                         next(attendance_sheet)};
        }
        tariff_.attendances[TreatmentFunction("812")] = {
            "Diagnostic imaging", Pence(0), Pence(0), Pence(0), Pence(0), next(attendance_sheet)};
    }

    void emergency() {
        for (std::size_t i = 0; i < from_.ae_hrgs.size(); ++i) {
            tariff_.emergency[Hrg(from_.ae_hrgs[i])] = {
                fmt::format("Emergency medicine, category {} (demo)",
                            from_.ae_hrgs[i].substr(2, 2)),
                price(from_.ae_pounds[i]), price(from_.ae_type_3_pounds), next(emergency_sheet)};
        }
    }

    void scans() {
        for (const ScanMix& scan : from_.imaging_mix) {
            tariff_.unbundled[Hrg(scan.code)] = {scan.name, UnbundledKind::imaging,
                                                 price(scan.pounds), next(unbundled_sheet)};
        }
        for (const ScanMix& test : from_.direct_access) {
            tariff_.direct_access[Hrg(test.code)] = {test.name, price(test.pounds),
                                                     next(direct_access_sheet)};
        }
    }

    void providers() {
        for (const FictionalProvider& provider : world_.providers) {
            tariff_.market_forces[provider.code] = {provider.name, provider.market_forces,
                                                    next(market_forces_sheet)};
        }
    }

    void best_practice() {
        for (const BestPracticeMix& mix : from_.best_practice) {
            BestPracticePrice row;
            row.hrg = Hrg(mix.hrg);
            row.section = mix.section;
            row.flag = mix.flag;
            row.day_case = price(mix.day_case_pounds);
            row.elective = price(mix.elective_pounds);
            row.non_elective = price(mix.non_elective_pounds);
            row.short_stay_kept = mix.section.starts_with("Heart failure");
            row.least_age = 19;
            row.most_stay_days = mix.most_stay_days;
            row.emergency_only = mix.non_elective_pounds > 0;
            row.automated = true;
            row.source = next(best_practice_sheet);
            tariff_.best_practice.push_back(row);
        }
    }

    void top_ups() {
        for (const SpecialisedMix& mix : from_.specialised) {
            tariff_.top_up_flags.push_back(
                {mix.flag, mix.description, Factor(mix.percent_millionths), next(top_up_sheet)});
        }
    }

    const Calibration& from_;
    const World& world_;
    std::int64_t level_;
    std::uint32_t row_ = 1;
    Tariff tariff_;
};

}  // namespace

std::int64_t price_level(FinancialYear year, const Calibration& calibration) {
    std::int64_t level = Chance::million;
    for (const UpliftMix& uplift : calibration.uplifts) {
        if (uplift.year <= year.starts()) level = Chance::million + uplift.millionths;
    }
    return level;
}

Tariff demo_tariff(FinancialYear year, const Calibration& calibration, const World& world) {
    return Maker(year, calibration, world).made();
}

}  // namespace purse
