// Pricing inside the scan: the batch kernels of pricing and organisation as functions of SQL,
// called with up to 2,048 records at a time on whichever thread scans them.
#pragma once

#include <string>
#include <string_view>

#include "activity/data_set.hpp"
#include "organisation/affiliation.hpp"
#include "pricing/price_book.hpp"
#include "warehouse/database.hpp"

namespace purse {

// Registers the charge of a record of the data set (not prescribing) as a function of this name,
// which must be new to the database: a letter, then letters, digits and underscores. Book and
// affiliations must outlive the database; without affiliations the account is empty.
//
// The function gives a STRUCT, codes packed: month (its first day), account, practice, provider,
// treatment_function, line, outcome, reason (indexes), admission_type, tariff_applied,
// qualifying_days, initial_tariff_pence, excess_bed_days, per_diem_pence, excess_bed_days_pence,
// topup_pence, market_forces_millionths, unbundled_pence, imaging_pence, imaging_items,
// final_price_pence, consultant_referral.
void register_charges(Database& database, const std::string& name, DataSet set,
                      const PriceBook& book, const Affiliations* affiliations);

// The call of that function over a scan of the data set's stored columns; columns that the book has
// no use for are not read. Without accounts, month, account and practice mean nothing.
std::string charge_call(const std::string& name, DataSet set, const PriceBook& book,
                        bool with_accounts);

// Registers purse_code(text) and purse_text(code), between texts and packed codes.
void register_codes(Database& database);
// Registers purse_account(practice, commissioner, day): the packed account.
void register_accounts(Database& database, const Affiliations& affiliations);

// SQL for the name that an index stands for: "list_extract(['', 'day_case', ...], index + 1)".
std::string line_name_sql(std::string_view index);
std::string outcome_name_sql(std::string_view index);
std::string admission_type_name_sql(std::string_view index);
std::string tariff_applied_name_sql(std::string_view index);
std::string reason_name_sql(const PriceBook& book, std::string_view index);

}  // namespace purse
