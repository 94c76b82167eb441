#include "warehouse/charge_result.hpp"

#include <cstring>

#include "activity/cube.hpp"
#include "base/check.hpp"

namespace purse {

namespace {

// The cube's outcomes are those of pricing, and one more.
static_assert(static_cast<int>(CostOutcome::refused) == static_cast<int>(ChargeOutcome::refused));
static_assert(static_cast<int>(CostOutcome::excluded) == static_cast<int>(ChargeOutcome::excluded));

struct ResultField {
    const char* name;
    duckdb_type type;
    bool in_cube;
    bool in_price;
    bool in_cells;
};
constexpr ResultField result_fields[] = {
    {"month", DUCKDB_TYPE_DATE, true, false, false},
    {"account", DUCKDB_TYPE_UBIGINT, true, false, true},
    {"practice", DUCKDB_TYPE_UBIGINT, true, false, false},
    {"provider", DUCKDB_TYPE_UBIGINT, true, false, false},
    {"treatment_function", DUCKDB_TYPE_UBIGINT, true, false, true},
    {"line", DUCKDB_TYPE_UTINYINT, true, false, true},
    {"outcome", DUCKDB_TYPE_UTINYINT, true, true, true},
    {"reason", DUCKDB_TYPE_USMALLINT, true, false, false},
    {"admission_type", DUCKDB_TYPE_UTINYINT, false, true, false},
    {"tariff_applied", DUCKDB_TYPE_UTINYINT, false, false, false},
    {"qualifying_days", DUCKDB_TYPE_INTEGER, true, false, false},
    {"initial_tariff_pence", DUCKDB_TYPE_BIGINT, false, false, true},
    {"excess_bed_days", DUCKDB_TYPE_INTEGER, false, false, false},
    {"per_diem_pence", DUCKDB_TYPE_BIGINT, false, false, false},
    {"excess_bed_days_pence", DUCKDB_TYPE_BIGINT, false, false, true},
    {"topup_pence", DUCKDB_TYPE_BIGINT, false, false, true},
    {"market_forces_millionths", DUCKDB_TYPE_BIGINT, false, false, false},
    {"unbundled_pence", DUCKDB_TYPE_BIGINT, false, false, true},
    {"imaging_pence", DUCKDB_TYPE_BIGINT, true, false, true},
    {"imaging_items", DUCKDB_TYPE_INTEGER, true, false, true},
    {"final_price_pence", DUCKDB_TYPE_BIGINT, true, true, true},
    {"consultant_referral", DUCKDB_TYPE_UTINYINT, true, false, false},
};

bool is_given(const ResultField& field, ChargeUse use) {
    switch (use) {
        case ChargeUse::cube:
            return field.in_cube;
        case ChargeUse::price:
            return field.in_price;
        case ChargeUse::cells:
            return field.in_cells;
        case ChargeUse::charges:
        case ChargeUse::file:
            return true;
    }
    return true;
}

// Takes every field in the order of `result_fields`, and writes those that are given.
class ResultWriter {
  public:
    ResultWriter(duckdb_vector result, std::size_t rows, ChargeUse use)
        : result_(result), rows_(rows), use_(use) {}
    template <class T>
    void put(std::span<const T> values) {
        if (!is_given(result_fields[field_++], use_)) return;
        CHECK(values.size() == rows_);
        void* const child =
            duckdb_vector_get_data(duckdb_struct_vector_get_child(result_, child_++));
        if (rows_ > 0) std::memcpy(child, values.data(), values.size_bytes());
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put(std::span<const T>(values));
    }

  private:
    duckdb_vector result_;
    std::size_t rows_;
    ChargeUse use_;
    std::size_t field_ = 0;
    idx_t child_ = 0;
};

}  // namespace

duckdb_logical_type charge_result_type(ChargeUse use) {
    std::vector<duckdb_logical_type> types;
    std::vector<const char*> names;
    for (const ResultField& field : result_fields) {
        if (!is_given(field, use)) continue;
        types.push_back(duckdb_create_logical_type(field.type));
        names.push_back(field.name);
    }
    duckdb_logical_type type = duckdb_create_struct_type(types.data(), names.data(), types.size());
    for (duckdb_logical_type& member : types) duckdb_destroy_logical_type(&member);
    return type;
}

void write_charges(const ChargeFields& fields, std::size_t rows, ChargeUse use,
                   duckdb_vector result) {
    const ChargeColumns& charges = fields.charges;
    ResultWriter out(result, rows, use);
    out.put(fields.months);
    out.put(fields.accounts);
    out.put(fields.practice);
    out.put(fields.provider);
    out.put(fields.treatment_function);
    out.put(fields.lines);
    out.put(charges.outcome);
    out.put(charges.reason);
    out.put(charges.admission_type);
    out.put(charges.tariff_applied);
    out.put(charges.qualifying_days);
    out.put(charges.initial_tariff_pence);
    out.put(charges.excess_bed_days);
    out.put(charges.per_diem_pence);
    out.put(charges.excess_bed_days_pence);
    out.put(charges.topup_pence);
    out.put(charges.market_forces_millionths);
    out.put(charges.unbundled_pence);
    out.put(charges.imaging_pence);
    out.put(fields.imaging_items);
    out.put(charges.final_price_pence);
    out.put(fields.consultant_referrals);
}

}  // namespace purse
