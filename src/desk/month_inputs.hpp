// Everything that goes into a month's closing, gathered from the register, the rules and the site.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desk/month_snapshot.hpp"
#include "desk/price_lists.hpp"
#include "desk/site.hpp"
#include "desk/site_history.hpp"
#include "organisation/affiliation.hpp"

namespace purse {

struct MonthInputs {
    std::vector<CurrentBatch> batches;  // this year to date, and last year's same months
    // With a payable step on: admitted care of the three months before each April, where the
    // elective spells before readmissions are looked for; else empty.
    std::vector<CurrentBatch> earlier;
    EmergencyBaselines baselines;
    std::map<FinancialYear, SitePriceBook> books;
    std::shared_ptr<const Affiliations> affiliations;
    MonthSnapshot snapshot;
    HistoryInputs history;     // what completion and the forecast learn from
    std::string other_inputs;  // digest of the snapshot, "+", digest of organisations and rules

    // Records of the data set that the batches hold for the providers they count for.
    [[nodiscard]] std::int64_t rows_in(DataSet set) const;
};

Result<MonthInputs> gather_inputs(const Site& site, Month month);

std::shared_ptr<const Affiliations> affiliations_of(const Site& site);

}  // namespace purse
