// Block contracts: a year's amount for a service that no record is priced for, shared out to
// practices by a stated rule and to months by their days, exactly.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "calendar/month.hpp"
#include "explain/working.hpp"
#include "money/pence.hpp"
#include "organisation/codes.hpp"
#include "organisation/published_row.hpp"

namespace purse {

enum class BlockRule : std::uint8_t { list, weighted_list, activity, given };
std::string_view to_text(BlockRule rule);   // "weighted_list"
std::string_view in_words(BlockRule rule);  // "weighted lists"
Result<BlockRule> parse_block_rule(std::string_view text);

struct BlockContract {
    ProviderCode provider;
    BudgetLine line = BudgetLine::community;
    FinancialYear year;
    Pence annual;
    BlockRule rule = BlockRule::list;
    // Under `activity` and `given`, by the file: contacts counted, or shares in any one unit, in
    // thousandths. Empty under the other rules: the lists of the year's first day are asked.
    std::map<PracticeCode, std::int64_t> shares;
    friend bool operator==(const BlockContract&, const BlockContract&) = default;
};

struct BlockFile {
    std::size_t rows = 0;
    std::vector<BlockContract> contracts;  // by year, line and provider
    std::vector<UnreadRow> unread;
};
// Columns provider, line, year, annual_amount, rule and, under `activity` and `given`, practice and
// share: a row a practice. A contract with a row that cannot be read is left out whole: its other
// shares would be too large.
Result<BlockFile> read_block_contracts(const std::filesystem::path& file);
Result<BlockFile> read_block_contracts_text(std::string text, std::string name);
std::string as_csv(const std::vector<BlockContract>& contracts);

// Each practice's part of the year. Parts add up to the annual amount to the penny, odd pence by
// largest remainder; without any weight above zero nobody has a part.
std::map<PracticeCode, Pence> apportioned(const BlockContract& contract,
                                          const std::map<PracticeCode, std::int64_t>& weights);

// A practice's part, step by step, to the month.
struct BlockShare {
    PracticeCode practice;
    ProviderCode provider;
    BudgetLine line = BudgetLine::community;
    BlockRule rule = BlockRule::list;
    Pence contract;                      // annual, of all practices
    std::int64_t weight = 0, whole = 0;  // the practice's and everybody's, in thousandths
    Pence annual, to_date, month;
    Working working;
};
// Of everybody with a weight. The parts of the year to date add up to the contract's own part of
// its year, by calendar days, to the penny; so do the months', as what the year to date grew by.
std::map<PracticeCode, BlockShare> block_shares(const BlockContract& contract,
                                                const std::map<PracticeCode, std::int64_t>& weights,
                                                Month month);

// What of the contract falls on the year to the month, by calendar days.
Pence contract_to_date(const BlockContract& contract, Month month);

// A contract with what it was shared out by when a month was closed.
struct SharedContract {
    BlockContract contract;  // its own shares are in the weights
    std::map<PracticeCode, std::int64_t> weights;
    std::string note;  // whose weight is not known; empty: everybody's is
    friend bool operator==(const SharedContract&, const SharedContract&) = default;
};

}  // namespace purse
