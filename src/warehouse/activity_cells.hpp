// Records counted and added up by what they are: by account, line, specialty and HRG, or
// presentation of prescribing. What a variance is explained from, and what a year costs at other
// prices.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "calendar/month.hpp"
#include "warehouse/costs_by_age.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

// What cells are told apart by besides.
enum class CellDetail : std::uint8_t { none, provider, referrer };

struct CellsWanted {
    Month first, last;
    std::vector<Account> accounts;  // none: all
    CellDetail detail = CellDetail::none;
};

struct ActivityCell {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    std::string specialty;   // treatment function; of prescribing the BNF section (0205)
    std::string code;        // HRG; of prescribing the BNF presentation; "imaging" where unbundled
    std::string of;          // provider or referrer, where asked for
    std::int64_t count = 0;  // records that count as activity; items; images
    // What they cost, in thousandths of a penny, by what prices are made of. Prescribing and prices
    // of the site's own are all tariff.
    std::int64_t tariff = 0, length_of_stay = 0, top_up = 0, unbundled = 0, provider = 0;

    [[nodiscard]] std::int64_t cost() const {
        return tariff + length_of_stay + top_up + unbundled + provider;
    }
};

inline constexpr std::string_view imaging_code = "imaging";

// Of a closed month's charges. `batches` say where the records stand that were charged; their books
// are not asked.
Result<std::vector<ActivityCell>> cells_of_charges(const std::filesystem::path& charges,
                                                   const std::vector<BatchToPrice>& batches,
                                                   const CellsWanted& wanted,
                                                   const DatabaseLimits& limits);

// Of records priced anew by their batches' books, by the month of their costing dates: without
// readmission and marginal-rate steps, as the full tariff is.
Result<std::vector<ActivityCell>> cells_of_batches(const std::vector<BatchToPrice>& batches,
                                                   const Affiliations& affiliations,
                                                   const CellsWanted& wanted,
                                                   const DatabaseLimits& limits);

// The same cells, and by the patient's age and sex what the same months' hospital care cost all
// accounts: priced once for both.
struct ActivityAndCosts {
    std::vector<ActivityCell> cells;
    std::vector<CostByAge> by_age;
};
Result<ActivityAndCosts> activity_and_costs(const std::vector<BatchToPrice>& batches,
                                            const Affiliations& affiliations,
                                            const CellsWanted& wanted,
                                            const DatabaseLimits& limits);

}  // namespace purse
