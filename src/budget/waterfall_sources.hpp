// Where each figure of a waterfall is from: the scheme and its version, the draft's files, and the
// rows of the derivation file that have it.
#pragma once

#include <string>
#include <string_view>

#include "budget/waterfall_scope.hpp"

namespace purse {

// " [rows: input baseline]": where the derivation file has the figures.
std::string derivation_rows(std::string_view kind, std::string_view items);

// A figure of the scheme, by its key: "shares.risk_pool".
std::string from_scheme(const WaterfallScope& scope, std::string_view key);
// Of growth or efficiency, a part a line.
std::string uplift_source(const WaterfallScope& scope, std::string_view which);
// What the commissioner has for practices, from its allocation.
std::string money_source(const WaterfallScope& scope);
std::string move_source(const WaterfallScope& scope);

}  // namespace purse
