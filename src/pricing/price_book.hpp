// A PriceBook is one tariff and one year's rules compiled for speed: flat tables with perfect
// lookups, shared read-only by all threads. Pricing over column batches is a pure function of it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "explain/working.hpp"
#include "pricing/charges.hpp"
#include "rulebook/pricing_rules.hpp"
#include "rulebook/tariff.hpp"

namespace purse {

// The site's own prices for what has no national price.
struct LocalPrice {
    DataSet set = DataSet::admitted_care;
    ProviderCode provider;  // empty: any provider
    std::string code;       // HRG or treatment function
    Pence price;            // final: no market forces factor unless `times_market_forces`
    bool times_market_forces = false;
    std::string source;
};

// Inputs as columns; all spans have the length of `hrg`. Codes are packed (base/code.hpp), 0
// absent; numbers -1 absent (days: 0). Texts hold lists separated by ';' and are mostly empty.
struct SpellColumns {
    std::span<const std::uint64_t> hrg, provider, admission_method, patient_classification,
        administrative_category, main_specialty, treatment_function, discharge_method;
    std::span<const std::int32_t> age, admission_day, discharge_day;  // days since 1970-01-01
    std::span<const std::int32_t> critical_care_days, rehabilitation_days, palliative_days,
        delayed_discharge_days;
    std::span<const std::uint8_t> excluded_by_provider;
    std::span<const std::string_view> best_practice_flags, specialised_flags, diagnoses, procedures,
        unbundled_hrgs, episode_rules;
};

struct AttendanceColumns {
    std::span<const std::uint64_t> hrg, provider, main_specialty, treatment_function,
        first_attendance, attended, multi_professional, administrative_category;
    std::span<const std::int32_t> age;
    std::span<const std::uint8_t> direct_access, excluded_by_provider;
    std::span<const std::string_view> best_practice_flags, unbundled_hrgs;
};

struct EmergencyColumns {
    std::span<const std::uint64_t> hrg, provider, department_type, attendance_category;
    std::span<const std::uint8_t> excluded_by_provider;
};

class PriceBook {
  public:
    // Refuses a tariff that breaks a promise pricing relies on (a trim point under 5 days where the
    // short-stay reduction applies), naming the row.
    static Result<PriceBook> compile(Tariff tariff, PricingRules rules,
                                     std::vector<LocalPrice> local_prices = {});
    PriceBook(PriceBook&&) noexcept;
    PriceBook& operator=(PriceBook&&) noexcept;
    ~PriceBook();

    void price_spells(const SpellColumns& in, ChargeColumns& out) const;
    void price_attendances(const AttendanceColumns& in, ChargeColumns& out) const;
    void price_emergency(const EmergencyColumns& in, ChargeColumns& out) const;

    // The same price of one record (the batch's row `at`), step by step with sources; the working's
    // result equals the batch's final price: CHECKed.
    [[nodiscard]] Working explain_spell(const SpellColumns& in, std::size_t at) const;
    [[nodiscard]] Working explain_attendance(const AttendanceColumns& in, std::size_t at) const;
    [[nodiscard]] Working explain_emergency(const EmergencyColumns& in, std::size_t at) const;

    // Reason codes by index ("" at 0) and what each says to a reader.
    [[nodiscard]] std::span<const std::string> reasons() const;
    [[nodiscard]] std::string_view says(std::uint16_t reason) const;

    [[nodiscard]] const Tariff& tariff() const;
    [[nodiscard]] const PricingRules& rules() const;

    struct Tables;  // price_tables.hpp

  private:
    explicit PriceBook(std::unique_ptr<const Tables> tables);
    std::unique_ptr<const Tables> tables_;
};

}  // namespace purse
