#include "rulebook/tariff.hpp"

#include <fmt/format.h>

namespace purse {

std::string place_of(const Tariff& tariff, TariffSource source) {
    CHECK(source.sheet < tariff.sheets.size());
    return fmt::format("sheet '{}' row {}", tariff.sheets[source.sheet], source.row);
}

}  // namespace purse
