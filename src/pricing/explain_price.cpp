#include <fmt/format.h>

#include <string>

#include "pricing/charge.hpp"
#include "pricing/common_spells.hpp"

namespace purse {

namespace {

using Tables = PriceBook::Tables;

// A working under construction: the steps that lead to a charge, with their sources.
class Teller {
  public:
    Teller(const Tables& tables, const Charge& charge) : tables_(tables), charge_(charge) {}

    void say(std::string says, Source source = {}) {
        working_.steps.push_back({std::move(says), "", std::nullopt, std::move(source)});
    }
    void give(std::string says, std::string arithmetic, std::int64_t pence, Source source = {}) {
        working_.steps.push_back(
            {std::move(says), std::move(arithmetic), Pence(pence), std::move(source)});
    }
    [[nodiscard]] Source sheet(TariffSource source) const {
        const Tariff& tariff = tables_.tariff;
        if (source.sheet >= tariff.sheets.size()) return {tariff.label, ""};
        return {tariff.label, place_of(tariff, source)};
    }
    [[nodiscard]] Source rule(std::string_view name) const {
        for (const auto& [parameter, source] : tables_.rules.sources) {
            if (parameter == name) {
                return {tables_.rules.file, fmt::format("rule '{}': {}", name, source)};
            }
        }
        return {tables_.rules.file, fmt::format("rule '{}'", name)};
    }
    // What ended the charge, or was left out of it.
    void say_reason() {
        if (charge_.reason == 0) return;
        const std::string& says = tables_.reason_says[charge_.reason];
        if (charge_.rule == no_rule) return say(fmt::format("Note: {}", says));
        const ExclusionRule& exclusion = tables_.rules.exclusions[charge_.rule];
        say(fmt::format("Outside national prices: {}", says),
            {tables_.rules.file,
             fmt::format("exclusion '{}': {}", exclusion.reason, exclusion.source)});
    }
    // Of a core priced at initial + excess + top-up: × market forces factor.
    void tell_market_forces(std::uint64_t provider) {
        const auto found = tables_.tariff.market_forces.find(ProviderCode::from_packed(provider));
        CHECK(found != tables_.tariff.market_forces.end());
        const Tariff& tariff = tables_.tariff;
        const wide millionths = static_cast<wide>(charge_.initial + charge_.excess) * Factor::one +
                                static_cast<wide>(top_up_base()) * charge_.top_up_rate;
        const std::int64_t core =
            divided(millionths * found->second.factor.millionths(),
                    static_cast<wide>(Factor::one) * Factor::one, tables_.rules.rounding);
        const std::string more_items = more();
        const std::string price = in_pounds(Pence(charge_.initial));
        const std::string sum =
            more_items.empty() ? price : fmt::format("({}{})", price, more_items);
        give(
            fmt::format("Times the provider's market forces factor ({}), rounded once to the penny",
                        found->second.name.empty() ? found->first.text() : found->second.name),
            fmt::format("{} × {}", sum, to_text(found->second.factor)), core,
            found->second.source.row == 0 ? Source{tariff.label, "market forces factors"}
                                          : sheet(found->second.source));
        sum_ += Pence(core);
    }
    void tell_local() {
        const LocalPrice& local = *charge_.local_price;
        const Pence price =
            local.times_market_forces
                ? scaled(local.price, Factor(charge_.market_forces), tables_.rules.rounding)
                : local.price;
        give(fmt::format("No national price; the local price of {}", local.code),
             local.times_market_forces ? fmt::format("{} × {}", in_pounds(local.price),
                                                     to_text(Factor(charge_.market_forces)))
                                       : "",
             price.count(), {local.source, ""});
        sum_ += price;
    }
    void tell_unbundled(DataSet set, std::uint64_t provider, std::string_view list,
                        MayBePaid may_be_paid) {
        if (charge_.unbundled == 0) return;
        Charge again;
        again.type = charge_.type;
        again.market_forces = charge_.market_forces;
        add_unbundled(tables_, set, provider, list, may_be_paid, again,
                      [&](std::string_view text, const HrgRow*, std::int64_t price,
                          const LocalPrice* local) { tell_item(text, price, local); });
        sum_ += Pence(again.unbundled);
    }
    // Closes the working: what the steps come to is what the batch charged.
    Working finish(std::string title) {
        say_reason();
        CHECK(sum_ == Pence(charge_.final_price));
        working_.title = std::move(title);
        working_.result = sum_;
        return std::move(working_);
    }
    [[nodiscard]] std::int64_t top_up_base() const {
        return charge_.initial + (tables_.rules.top_up_on_excess_days ? charge_.excess : 0);
    }
    [[nodiscard]] const Tables& tables() const { return tables_; }

  private:
    [[nodiscard]] std::string more() const {
        std::string text;
        if (charge_.excess != 0) text += " + " + in_pounds(Pence(charge_.excess));
        if (charge_.top_up_rate != 0)
            text += fmt::format(" + {} (unrounded)", in_pounds(Pence(charge_.top_up)));
        return text;
    }
    void tell_item(std::string_view text, std::int64_t price, const LocalPrice* local) {
        const auto hrg = Hrg(text);
        const auto found = tables_.tariff.unbundled.find(hrg);
        if (local != nullptr || found == tables_.tariff.unbundled.end()) {
            return give(fmt::format("Unbundled HRG {}, at the local price", text), "", price,
                        {local != nullptr ? local->source : "", ""});
        }
        give(fmt::format("Unbundled HRG {} ({})", text, found->second.name),
             fmt::format("{} × {}", in_pounds(*found->second.price),
                         to_text(Factor(charge_.market_forces))),
             price, sheet(found->second.source));
    }

    const Tables& tables_;
    const Charge& charge_;
    Working working_;
    Pence sum_;
};

std::string_view price_in_words(TariffApplied applied) {
    switch (applied) {
        case TariffApplied::day_case:
            return "Day case price";
        case TariffApplied::elective:
            return "Ordinary elective price";
        case TariffApplied::combined:
            return "Combined day case and elective price";
        case TariffApplied::non_elective:
            return "Non-elective price";
        case TariffApplied::short_stay_emergency:
            return "Reduced price of a short-stay emergency";
        case TariffApplied::best_practice:
            return "Best practice price";
        case TariffApplied::outpatient_procedure:
            return "Outpatient procedure price";
        case TariffApplied::first_attendance:
            return "First attendance";
        case TariffApplied::follow_up_attendance:
            return "Follow-up attendance";
        case TariffApplied::non_face_to_face:
            return "Attendance that was not face to face";
        case TariffApplied::emergency_department:
            return "A&E attendance, department type 1 or 2";
        case TariffApplied::minor_injuries:
            return "A&E attendance, department type 3: flat price";
        case TariffApplied::direct_access:
            return "Direct access price";
        case TariffApplied::local:
            return "Local price";
        case TariffApplied::none:
            break;
    }
    return "No price";
}

Source admitted_source(const Teller& teller, std::uint64_t hrg) {
    const auto& admitted = teller.tables().tariff.admitted;
    const auto found = admitted.find(Hrg::from_packed(hrg));
    return found == admitted.end() ? Source{} : teller.sheet(found->second.source);
}

Source best_practice_source(const Teller& teller, const Charge& charge) {
    const Tables& tables = teller.tables();
    const auto& row = tables.best_practice[static_cast<std::size_t>(charge.best_practice)];
    const BestPracticePrice& price = tables.tariff.best_practice[row.place];
    Source source = teller.sheet(price.source);
    source.place +=
        fmt::format(" ({}{}{})", price.section, price.flag.empty() ? "" : ", flag ", price.flag);
    return source;
}

void tell_days(Teller& teller, const SpellColumns& in, std::size_t at, const Charge& charge) {
    std::string arithmetic = fmt::format("{}", in.discharge_day[at] - in.admission_day[at]);
    const auto take = [&](std::int32_t days, std::string_view what) {
        if (days > 0) arithmetic += fmt::format(" − {} {}", days, what);
    };
    take(in.critical_care_days[at], "critical care");
    take(in.rehabilitation_days[at], "rehabilitation");
    take(in.palliative_days[at], "palliative care");
    if (teller.tables().rules.delayed_discharge_days_taken_out) {
        take(in.delayed_discharge_days[at], "delayed discharge");
    }
    teller.say(fmt::format("Qualifying days: {} (from {} to {}: {})", charge.days,
                           in_words(Date(in.admission_day[at])),
                           in_words(Date(in.discharge_day[at])), arithmetic));
    teller.say(fmt::format("Admission method {}, patient classification {}: {}",
                           unpacked(in.admission_method[at]),
                           unpacked(in.patient_classification[at]), to_text(charge.type)),
               teller.rule("admission_methods"));
}

void tell_spell_price(Teller& teller, const SpellColumns& in, std::size_t at,
                      const Charge& charge) {
    const std::uint64_t hrg = in.hrg[at];
    if (charge.before_short_stay >= 0) {
        teller.say(fmt::format("Without the reduction the price would be {}",
                               in_pounds(Pence(charge.before_short_stay))),
                   charge.best_practice >= 0 ? best_practice_source(teller, charge)
                                             : admitted_source(teller, hrg));
        teller.say(fmt::format("An emergency of an adult (age {}) of {} qualifying days: the "
                               "published reduced price applies",
                               in.age[at], charge.days),
                   teller.rule("short_stay_least_age"));
    }
    teller.give(fmt::format("{} of {}", price_in_words(charge.applied), unpacked(hrg)), "",
                charge.initial,
                charge.best_practice >= 0 ? best_practice_source(teller, charge)
                                          : admitted_source(teller, hrg));
    if (charge.excess_days > 0) {
        teller.give(fmt::format("{} days beyond the trim point of {}, at {}", charge.excess_days,
                                charge.days - charge.excess_days, in_pounds(Pence(charge.per_day))),
                    fmt::format("{} × {}", charge.excess_days, in_pounds(Pence(charge.per_day))),
                    charge.excess, admitted_source(teller, hrg));
    }
    if (charge.top_up_rate != 0) {
        teller.give("Specialised service top-up",
                    fmt::format("{} × {}", in_pounds(Pence(teller.top_up_base())),
                                to_text(Factor(charge.top_up_rate))),
                    charge.top_up, teller.rule("top_ups_stack"));
    }
}

bool has_national_core(const Charge& charge) {
    return charge.applied != TariffApplied::none && charge.applied != TariffApplied::local &&
           charge.outcome == ChargeOutcome::priced;
}

Source attendance_source(const Teller& teller, std::uint64_t hrg, std::uint64_t function,
                         const Charge& charge) {
    const Tariff& tariff = teller.tables().tariff;
    if (charge.best_practice >= 0) return best_practice_source(teller, charge);
    if (charge.applied == TariffApplied::outpatient_procedure) return admitted_source(teller, hrg);
    if (charge.applied == TariffApplied::non_face_to_face) {
        return teller.rule("non_face_to_face_price");
    }
    if (charge.applied == TariffApplied::direct_access) {
        return teller.sheet(tariff.direct_access.at(Hrg::from_packed(hrg)).source);
    }
    return teller.sheet(tariff.attendances.at(TreatmentFunction::from_packed(function)).source);
}

Source emergency_source(const Teller& teller, std::uint64_t hrg) {
    const auto& emergency = teller.tables().tariff.emergency;
    const auto found = emergency.find(Hrg::from_packed(hrg));
    return found == emergency.end() ? teller.rule("type_3") : teller.sheet(found->second.source);
}

// The batch may have come to the charge another way, but never to another charge.
void check_batch_agrees(const Tables& tables, const SpellColumns& row, const Charge& charge) {
    ChargeColumns batch;
    price_spells_by_column(tables, row, batch);
    CHECK(batch.outcome[0] == charge.outcome && batch.reason[0] == charge.reason);
    CHECK(batch.tariff_applied[0] == charge.applied);
    CHECK(batch.final_price_pence[0] == charge.final_price);
}

std::string title(std::string_view what, std::uint64_t hrg, const Charge& charge) {
    return fmt::format("{} {}: {}", what, hrg == 0 ? "without an HRG" : unpacked(hrg),
                       to_text(charge.outcome));
}

}  // namespace

Working PriceBook::explain_spell(const SpellColumns& in, std::size_t at) const {
    const Charge charge = spell_charge(*tables_, in, at);
    check_batch_agrees(*tables_, part_of(in, at, 1), charge);
    Teller teller(*tables_, charge);
    if (charge.outcome != ChargeOutcome::excluded && charge.outcome != ChargeOutcome::refused) {
        tell_days(teller, in, at, charge);
    }
    if (charge.local_price != nullptr) teller.tell_local();
    if (has_national_core(charge)) {
        tell_spell_price(teller, in, at, charge);
        teller.tell_market_forces(in.provider[at]);
    }
    teller.tell_unbundled(DataSet::admitted_care, in.provider[at], in.unbundled_hrgs[at],
                          unbundled_in_spells);
    return teller.finish(title("Spell", in.hrg[at], charge));
}

Working PriceBook::explain_attendance(const AttendanceColumns& in, std::size_t at) const {
    const Charge charge = attendance_charge(*tables_, in, at);
    Teller teller(*tables_, charge);
    if (charge.local_price != nullptr) teller.tell_local();
    if (has_national_core(charge)) {
        teller.give(fmt::format("{}, treatment function {}", price_in_words(charge.applied),
                                unpacked(in.treatment_function[at])),
                    "", charge.initial,
                    attendance_source(teller, in.hrg[at], in.treatment_function[at], charge));
        teller.tell_market_forces(in.provider[at]);
    }
    teller.tell_unbundled(DataSet::outpatients, in.provider[at], in.unbundled_hrgs[at],
                          unbundled_in_attendances);
    return teller.finish(title("Attendance", in.hrg[at], charge));
}

Working PriceBook::explain_emergency(const EmergencyColumns& in, std::size_t at) const {
    const Charge charge = emergency_charge(*tables_, in, at);
    Teller teller(*tables_, charge);
    if (charge.local_price != nullptr) teller.tell_local();
    if (has_national_core(charge)) {
        teller.give(std::string(price_in_words(charge.applied)), "", charge.initial,
                    emergency_source(teller, in.hrg[at]));
        teller.tell_market_forces(in.provider[at]);
    }
    return teller.finish(title("A&E attendance", in.hrg[at], charge));
}

}  // namespace purse
