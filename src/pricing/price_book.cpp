#include "pricing/price_book.hpp"

#include <utility>

#include "pricing/charge.hpp"
#include "pricing/common_spells.hpp"
#include "pricing/price_tables.hpp"

namespace purse {

namespace {

template <class... Columns>
void check_lengths(std::size_t rows, const Columns&... columns) {
    CHECK(((columns.size() == rows) && ...));
}

void check_lengths(const SpellColumns& in) {
    check_lengths(in.hrg.size(), in.provider, in.admission_method, in.patient_classification,
                  in.administrative_category, in.main_specialty, in.treatment_function,
                  in.discharge_method, in.age, in.admission_day, in.discharge_day,
                  in.critical_care_days, in.rehabilitation_days, in.palliative_days,
                  in.delayed_discharge_days, in.excluded_by_provider, in.best_practice_flags,
                  in.specialised_flags, in.diagnoses, in.procedures, in.unbundled_hrgs,
                  in.episode_rules);
}

void check_lengths(const AttendanceColumns& in) {
    check_lengths(in.hrg.size(), in.provider, in.main_specialty, in.treatment_function,
                  in.first_attendance, in.attended, in.multi_professional,
                  in.administrative_category, in.age, in.direct_access, in.excluded_by_provider,
                  in.best_practice_flags, in.unbundled_hrgs);
}

void check_lengths(const EmergencyColumns& in) {
    check_lengths(in.hrg.size(), in.provider, in.department_type, in.attendance_category,
                  in.excluded_by_provider);
}

template <class Columns, class ChargeOf>
void price_all(const PriceBook::Tables& tables, const Columns& in, ChargeColumns& out,
               ChargeOf charge_of) {
    check_lengths(in);
    const std::size_t rows = in.hrg.size();
    out.resize(rows);
    for (std::size_t at = 0; at < rows; ++at) put(out, at, charge_of(tables, in, at));
}

}  // namespace

PriceBook::PriceBook(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
PriceBook::PriceBook(PriceBook&&) noexcept = default;
PriceBook& PriceBook::operator=(PriceBook&&) noexcept = default;
PriceBook::~PriceBook() = default;

void PriceBook::price_spells(const SpellColumns& in, ChargeColumns& out) const {
    check_lengths(in);
    price_spells_by_column(*tables_, in, out);
}

void PriceBook::price_attendances(const AttendanceColumns& in, ChargeColumns& out) const {
    price_all(*tables_, in, out, attendance_charge);
}

void PriceBook::price_emergency(const EmergencyColumns& in, ChargeColumns& out) const {
    price_all(*tables_, in, out, emergency_charge);
}

std::span<const std::string> PriceBook::reasons() const { return tables_->reason_codes; }

std::string_view PriceBook::says(std::uint16_t reason) const {
    CHECK(reason < tables_->reason_says.size());
    return tables_->reason_says[reason];
}

const Tariff& PriceBook::tariff() const { return tables_->tariff; }
const PricingRules& PriceBook::rules() const { return tables_->rules; }

}  // namespace purse
