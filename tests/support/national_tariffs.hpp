// The national tariffs of the shared data, each read once in a test program.
#pragma once

#include <map>

#include "rulebook/tariff_files.hpp"
#include "support/shared_data.hpp"

namespace purse::testing {

inline constexpr auto workbook_2016 =
    "1617_Annex_A_national_prices_and_national_tariff_workbook.xlsx";
inline constexpr auto workbook_2017 = "1718_Annex_B1_-_national_tariff_workbook.xlsx";

inline std::filesystem::path tariff_folder() { return shared_folder() / "data/tariff"; }

inline const TariffRead& tariff_read(int year) {
    static std::map<int, TariffRead> kept;
    if (const auto at = kept.find(year); at != kept.end()) return at->second;
    auto read = read_tariff_workbook(
        tariff_folder() / "raw" / (year == 2016 ? workbook_2016 : workbook_2017),
        FinancialYear(year));
    CHECK(read.ok());
    return kept.emplace(year, std::move(read).value()).first->second;
}

inline const Tariff& tariff(int year) { return tariff_read(year).tariff; }

}  // namespace purse::testing
