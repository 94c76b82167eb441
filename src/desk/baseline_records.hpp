// The frozen records of a period, and what they come to by practice: what baselines, need weights
// and the comparison with earlier years are made of.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "activity/cube.hpp"
#include "desk/price_lists.hpp"
#include "desk/site.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

using FrozenBatches = std::vector<CurrentBatch>;

// Frozen data only: what is to be sent again may not make a year's budget. A problem lists the
// months that are not at freeze; data sets that the site does not have are passed over.
Result<FrozenBatches> frozen_batches(const Site& site, Month from, Month to);

std::set<FinancialYear> years_of(const FrozenBatches& batches);

using PriceBooks = std::map<FinancialYear, SitePriceBook>;  // by the year of the records

Result<PriceBooks> books_of_their_years(const Site& site, const FrozenBatches& batches);
std::string version_in_words(const SitePriceBook& book);  // "tariff of 2016/17 version 1e08e3f1"

BatchToPrice to_price(const Site& site, const CurrentBatch& current, const PriceBooks& books);

Result<std::vector<CubeRow>> cube_of(const Site& site, const FrozenBatches& batches,
                                     const PriceBooks& books, const Affiliations& affiliations);

// The account's practice on the budget year's first day; empty: nobody of ours answers for it.
PracticeCode answering(const Affiliations& affiliations, const std::set<PracticeCode>& ours,
                       Account account, Date first_day);

// Records, or items of prescribing and of imaging, by practice that answers and line.
using Activity = std::map<std::pair<PracticeCode, BudgetLine>, std::int64_t>;
Activity activity_of(const std::vector<CubeRow>& cube, const Affiliations& affiliations,
                     const std::set<PracticeCode>& ours, Date first_day);

}  // namespace purse
