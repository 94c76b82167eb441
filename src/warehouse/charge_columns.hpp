// The stored columns that a charge is worked out from.
#pragma once

#include <string_view>
#include <vector>

#include "activity/data_set.hpp"
#include "pricing/price_book.hpp"
#include "warehouse/charge_use.hpp"

namespace purse {

struct ChargeColumn {
    std::string_view name;
    bool is_read = false;  // false: the book, asked for this, has no use for it
};

// In the order in which the charge function reads them.
std::vector<ChargeColumn> charge_columns(DataSet set, const PriceBook& book, ChargeUse use);

}  // namespace purse
