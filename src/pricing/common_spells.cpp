#include "pricing/common_spells.hpp"

#include <algorithm>
#include <array>

#include "pricing/charge.hpp"

namespace purse {

namespace {

using Tables = PriceBook::Tables;

// Rows that the passes take at a time: what they hold stays in the processor's first cache.
constexpr std::size_t block_rows = 256;

// Within these, days and amounts cannot overflow whatever the passes do with them.
constexpr std::uint32_t most_day = 1U << 28;
constexpr std::uint32_t most_days_out = 1U << 20;
constexpr std::int64_t most_amount = 1'000'000'000'000;
constexpr std::int32_t longest_stay = 1'000'000;

const HrgRow no_row;

struct Block {
    std::array<std::uint8_t, block_rows> uncommon;
    std::array<AdmissionType, block_rows> type;
    std::array<std::int32_t, block_rows> stay, days;
    std::array<const HrgRow*, block_rows> row;
    std::array<std::int64_t, block_rows> factor;
};

template <class T>
void part(std::span<const T>& column, std::size_t from, std::size_t rows) {
    column = column.subspan(from, rows);
}

// Marks the spells that a rule may exclude.
void mark_excluded(const ExclusionTable& rules, const SpellColumns& in,
                   std::span<std::uint8_t> uncommon) {
    using enum SpellField;
    std::ranges::fill(uncommon, rules.always() != no_rule ? 1 : 0);
    rules.of(hrg).mark_met(in.hrg, uncommon);
    rules.of(provider).mark_met(in.provider, uncommon);
    rules.of(admission_method).mark_met(in.admission_method, uncommon);
    rules.of(patient_classification).mark_met(in.patient_classification, uncommon);
    rules.of(discharge_method).mark_met(in.discharge_method, uncommon);
    rules.of(administrative_category).mark_met(in.administrative_category, uncommon);
    rules.of(main_specialty).mark_met(in.main_specialty, uncommon);
    rules.of(treatment_function).mark_met(in.treatment_function, uncommon);
    const FieldRules& excluded = rules.of(excluded_by_provider);
    const std::array<std::uint8_t, 2> by_flag = {excluded.may_meet(flag_code(0)),
                                                 excluded.may_meet(flag_code(1))};
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        uncommon[i] |= by_flag[in.excluded_by_provider[i] != 0 ? 1 : 0];
    }
}

// Marks the spells that carry what only spell_charge reads.
void mark_what_is_listed(const SpellColumns& in, std::span<std::uint8_t> uncommon) {
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        const std::size_t listed = in.episode_rules[i].size() | in.unbundled_hrgs[i].size() |
                                   in.specialised_flags[i].size();
        uncommon[i] |= static_cast<std::uint8_t>(listed != 0);
    }
}

// Stays and qualifying days; marks those that are not plainly right.
void count_days(const Tables& tables, const SpellColumns& in, Block& block,
                std::span<std::uint8_t> uncommon) {
    const std::int32_t delayed_count = tables.rules.delayed_discharge_days_taken_out ? -1 : 0;
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        const std::int32_t delayed = in.delayed_discharge_days[i] & delayed_count;
        const std::int32_t critical = in.critical_care_days[i];
        const std::int32_t rehabilitation = in.rehabilitation_days[i];
        const std::int32_t palliative = in.palliative_days[i];
        const auto out_of_stay =
            static_cast<std::uint32_t>(critical | rehabilitation | palliative | delayed);
        const auto last = static_cast<std::uint32_t>(in.discharge_day[i]);
        const auto first = static_cast<std::uint32_t>(in.admission_day[i]);
        const bool odd = (out_of_stay >= most_days_out) | (last >= most_day) | (first > last);
        const auto taken =
            static_cast<std::uint32_t>(critical) + static_cast<std::uint32_t>(rehabilitation) +
            static_cast<std::uint32_t>(palliative) + static_cast<std::uint32_t>(delayed);
        uncommon[i] |= static_cast<std::uint8_t>(odd);
        block.stay[i] = static_cast<std::int32_t>(last - first);
        const auto left = static_cast<std::int32_t>(last - first - taken);
        block.days[i] = std::min(std::max(left, 0), longest_stay);
    }
}

void find_types(const Tables& tables, const SpellColumns& in, Block& block,
                std::span<std::uint8_t> uncommon) {
    const bool class_5_is_out = !tables.rules.class_5_by_method;
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        block.type[i] = tables.types.of(in.admission_method[i], in.patient_classification[i],
                                        block.stay[i] > 0);
        uncommon[i] |= static_cast<std::uint8_t>(class_5_is_out &
                                                 (in.patient_classification[i] == packed("5")));
    }
}

void find_rows(const Tables& tables, const SpellColumns& in, Block& block,
               std::span<std::uint8_t> uncommon) {
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        const HrgRow* const row = tables.hrgs.find(in.hrg[i]);
        block.row[i] = row != nullptr ? row : &no_row;
        uncommon[i] |= static_cast<std::uint8_t>(!block.row[i]->one_price_an_admission);
    }
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        block.factor[i] = tables.market_forces_of(in.provider[i]);
        uncommon[i] |= static_cast<std::uint8_t>(block.factor[i] == 0);
    }
}

// Top-ups by codes, of spells that are common so far: whoever has one is not.
void mark_topped_up(const Tables& tables, const SpellColumns& in,
                    std::span<std::uint8_t> uncommon) {
    if (!tables.top_ups.goes_by_codes()) return;
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        if (uncommon[i] != 0 || !tables.top_ups.is_eligible(in.provider[i])) continue;
        uncommon[i] = tables.top_ups.rate_by_codes(in.provider[i], in.age[i], in.diagnoses[i],
                                                   in.procedures[i]) != 0;
    }
}

struct Output {
    std::size_t from;
    ChargeColumns& columns;
};

// What all common spells have alike.
void put_alike(const Output& out, std::size_t rows) {
    const auto fill = [&](auto& column, auto value) {
        std::fill_n(column.begin() + static_cast<std::ptrdiff_t>(out.from), rows, value);
    };
    fill(out.columns.outcome, ChargeOutcome::priced);
    fill(out.columns.reason, std::uint16_t{0});
    fill(out.columns.topup_pence, std::int64_t{0});
    fill(out.columns.unbundled_pence, std::int64_t{0});
    fill(out.columns.imaging_pence, std::int64_t{0});
}

void put_prices(const Tables& tables, const SpellColumns& in, const Block& block,
                std::span<std::uint8_t> uncommon, const Output& out) {
    const std::int32_t short_under = tables.rules.short_stay_under_days;
    const std::int32_t short_age = tables.rules.short_stay_least_age;
    ChargeColumns& columns = out.columns;
    for (std::size_t i = 0; i < uncommon.size(); ++i) {
        const HrgRow& row = *block.row[i];
        const AdmissionType type = block.type[i];
        const auto place = static_cast<std::size_t>(type);
        const std::int32_t base = row.prices[place];
        const bool reduced =
            (unsigned{type == AdmissionType::non_elective_emergency} &
             unsigned{block.days[i] < short_under} & unsigned{in.age[i] >= short_age} &
             unsigned{row.short_stay != no_price}) != 0;
        const std::int64_t initial = reduced ? row.short_stay : base;
        const std::int32_t trim = row.trim_points[is_non_elective(type) ? 1 : 0];
        const std::int32_t excess_days = std::max(block.days[i] - trim, 0);
        const std::int64_t excess = std::int64_t{excess_days} * row.per_day;
        const std::int64_t amount = initial + excess;
        uncommon[i] |=
            static_cast<std::uint8_t>((base == no_price) | (amount == 0) | (amount > most_amount));
        const std::size_t at = out.from + i;
        columns.admission_type[at] = type;
        columns.tariff_applied[at] =
            reduced ? TariffApplied::short_stay_emergency : row.applied[place];
        columns.qualifying_days[at] = block.days[i];
        columns.initial_tariff_pence[at] = initial;
        columns.excess_bed_days[at] = excess_days;
        columns.per_diem_pence[at] = row.per_day;
        columns.excess_bed_days_pence[at] = excess;
        columns.market_forces_millionths[at] = block.factor[i];
        columns.final_price_pence[at] = static_cast<std::int64_t>(
            (static_cast<std::uint64_t>(amount) * static_cast<std::uint64_t>(block.factor[i]) +
             Factor::one / 2) /
            Factor::one);
    }
}

void price_block(const Tables& tables, const SpellColumns& in, const Output& out) {
    static thread_local Block block;
    const std::size_t rows = in.hrg.size();
    const std::span<std::uint8_t> uncommon(block.uncommon.data(), rows);
    mark_excluded(tables.spell_rules, in, uncommon);
    mark_what_is_listed(in, uncommon);
    count_days(tables, in, block, uncommon);
    find_types(tables, in, block, uncommon);
    find_rows(tables, in, block, uncommon);
    mark_topped_up(tables, in, uncommon);
    put_alike(out, rows);
    put_prices(tables, in, block, uncommon, out);
    for (std::size_t i = 0; i < rows; ++i) {
        if (uncommon[i] != 0) put(out.columns, out.from + i, spell_charge(tables, in, i));
    }
}

}  // namespace

SpellColumns part_of(SpellColumns in, std::size_t from, std::size_t rows) {
    for (auto* codes : {&in.hrg, &in.provider, &in.admission_method, &in.patient_classification,
                        &in.administrative_category, &in.main_specialty, &in.treatment_function,
                        &in.discharge_method}) {
        part(*codes, from, rows);
    }
    for (auto* numbers :
         {&in.age, &in.admission_day, &in.discharge_day, &in.critical_care_days,
          &in.rehabilitation_days, &in.palliative_days, &in.delayed_discharge_days}) {
        part(*numbers, from, rows);
    }
    part(in.excluded_by_provider, from, rows);
    for (auto* texts : {&in.best_practice_flags, &in.specialised_flags, &in.diagnoses,
                        &in.procedures, &in.unbundled_hrgs, &in.episode_rules}) {
        part(*texts, from, rows);
    }
    return in;
}

void price_spells_by_column(const PriceBook::Tables& tables, const SpellColumns& in,
                            ChargeColumns& out) {
    const std::size_t rows = in.hrg.size();
    out.resize(rows);
    if (tables.rules.rounding != Rounding::half_up) {
        for (std::size_t at = 0; at < rows; ++at) put(out, at, spell_charge(tables, in, at));
        return;
    }
    for (std::size_t from = 0; from < rows; from += block_rows) {
        price_block(tables, part_of(in, from, std::min(block_rows, rows - from)), {from, out});
    }
}

}  // namespace purse
