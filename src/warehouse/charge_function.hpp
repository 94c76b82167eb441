// Pricing inside the scan: the batch kernels of pricing and organisation as functions of SQL,
// called with up to 2,048 records at a time on whichever thread scans them.
#pragma once

#include <string>

#include "activity/data_set.hpp"
#include "organisation/affiliation.hpp"
#include "pricing/price_book.hpp"
#include "warehouse/charge_use.hpp"
#include "warehouse/database.hpp"

namespace purse {

// Registers the charge of a record of the data set (not prescribing) as a function of this name,
// which must be new to the database: a letter, then letters, digits and underscores. Book and
// affiliations must outlive the database; without affiliations the account is empty.
//
// Gives the call of that function over a scan of the data set's stored columns; columns that book
// and use have no need of are not read. Its value is a STRUCT, codes packed: month (its first day),
// account, practice, provider, treatment_function, line, outcome, reason (indexes), admission_type,
// tariff_applied, qualifying_days, initial_tariff_pence, excess_bed_days, per_diem_pence,
// excess_bed_days_pence, topup_pence, market_forces_millionths, unbundled_pence, imaging_pence,
// imaging_items, final_price_pence, consultant_referral; for a cube or a price the few of them that
// it needs (charge_result.cpp).
std::string register_charges(Database& database, const std::string& name, DataSet set,
                             const PriceBook& book, const Affiliations* affiliations,
                             ChargeUse use);

}  // namespace purse
