// What the charge function gives: a STRUCT whose fields go by what it is asked for.
#pragma once

#include <duckdb.h>

#include <cstdint>
#include <span>
#include <vector>

#include "pricing/charges.hpp"
#include "warehouse/charge_use.hpp"

namespace purse {

// The fields of a batch of records, before they are written.
struct ChargeFields {
    ChargeColumns charges;
    std::vector<std::int32_t> months;  // their first days
    std::vector<std::uint64_t> accounts;
    std::vector<std::uint8_t> lines;
    std::vector<std::int32_t> imaging_items;
    std::vector<std::uint8_t> consultant_referrals;
    // From the record itself.
    std::span<const std::uint64_t> practice, provider, treatment_function;
};

// The caller destroys the type.
duckdb_logical_type charge_result_type(ChargeUse use);

void write_charges(const ChargeFields& fields, std::size_t rows, ChargeUse use,
                   duckdb_vector result);

}  // namespace purse
