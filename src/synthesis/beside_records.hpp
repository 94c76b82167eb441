// What a commissioner's year has beside its records: block contracts, GP referrals, waiting lists.
// Made up from the same seed, without a change to any other file.
#pragma once

#include <filesystem>

#include "synthesis/record_files.hpp"

namespace purse {

// blocks/<year>.csv and, as the budgets of those lines, block_budgets/<year>.csv.
void write_blocks(const RecordSource& source, const std::filesystem::path& folder);
// referrals/<month>.csv in the plain layout: those that led to a first appointment of the month,
// and some that led to none. Who has more appointments from GPs has more referrals.
void write_referrals(const RecordSource& source, const std::filesystem::path& folder);
// waiting_lists/<day>.csv of the last day: about as many as two months see.
void write_waiting_list(const RecordSource& source, const std::filesystem::path& folder);

}  // namespace purse
