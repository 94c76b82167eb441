// What a charge is asked for: who asks decides which columns are read and which fields are given,
// for reading and writing a column costs more than pricing by it.
#pragma once

#include <cstdint>

namespace purse {

enum class ChargeUse : std::uint8_t {
    cube,     // the cube's keys and sums
    charges,  // every field, with its account
    cells,    // what activity is told apart by, and prices in their parts
    file,     // every field of a file priced by itself: no account, no month
    price,    // outcome, admission type and price alone
};

constexpr bool has_account(ChargeUse use) {
    return use == ChargeUse::cube || use == ChargeUse::charges || use == ChargeUse::cells;
}

}  // namespace purse
