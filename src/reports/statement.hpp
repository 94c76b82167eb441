// A practice's statement of one month, as a value: what was spent, on what, against what budget.
// How it looks is the business of `render`.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "monitoring/account_month.hpp"

namespace purse {

// Where the data of one data set and month stand.
enum class DataState : std::uint8_t { none, early, flex, frozen };
std::string_view in_words(DataState state);

struct DataStatus {
    DataSet set = DataSet::admitted_care;
    Month month;
    DataState state = DataState::none;
    friend bool operator==(const DataStatus&, const DataStatus&) = default;
};

struct StatementRow {
    int pack_line = 0;  // 1 to 9 of the monthly pack
    std::string code;   // "outpatient_first"; of a pack line "pack_3"; "total"
    std::string label;
    bool loaded = false;   // false: no data of this kind are loaded; figures mean nothing
    bool outside = false;  // in no budget: its figures stand apart (Statement::outside)
    bool of_total = true;  // false: shown for information, part of another row already
    bool heading = false;  // a pack line with several budget lines below it
    // False: spells, attendances and items together, or a block contract, which counts nothing: no
    // activity is shown.
    bool one_kind = true;
    Figures month;
    Figures year_to_date;
    std::optional<Figures> last_year;  // absent when last year's data are not loaded
    std::optional<Pence> annual_budget;
    std::optional<Pence> budget_to_date;
    // What is still to come of months that are not frozen; none where all is, or nothing is known.
    std::optional<ExpectedMore> more_in_month;
    std::optional<ExpectedMore> more_to_date;

    // Positive: more was used than budgeted. Absent without a budget or without data.
    [[nodiscard]] std::optional<Pence> variance() const;
};

struct SetAside {
    std::string outcome;  // "excluded", "unpriced", "refused"
    std::string reason;
    std::string says;
    std::int64_t records = 0;
};

struct RejectCount {
    std::string reason;
    std::int64_t records = 0;
};

struct MergedPart {
    std::string code;
    std::string name;
    Figures year_to_date;
};

// A line that no budget is for: shown apart, so that budget and actual have the same scope.
struct OutsideRow {
    std::string code;
    std::string label;
    std::string why;  // "out of the budgets", "blocked back to the commissioner"
    Figures month;
    Figures year_to_date;
};

// What changed in the budget since it was agreed; in the rows' budgets from its month on.
struct ChangeRow {
    std::string account;  // whose it was
    std::string code;     // of the line
    std::string label;
    Month from;
    std::int64_t number = 0;
    Pence annual;
    Pence to_date;
    std::string says;
};

// What challenges make of a line: what open ones dispute, in the month of the activity, and what
// upheld ones changed in the cost, in the month of their correcting records. In no other figure.
struct ChallengedRow {
    std::string code;  // of the line; of a practice in the summary; "total"
    std::string label;
    Pence disputed_month;
    Pence disputed_to_date;
    Pence corrected_month;  // below zero: credited
    Pence corrected_to_date;
};

// A correcting record, with the challenge that it comes from.
struct CorrectionRow {
    std::int64_t challenge = 0;
    std::string label;   // of the line
    std::string reason;  // "duplicate"
    std::string about;   // "record A12 of R1A"
    Month falls_on;
    Pence amount;  // below zero: credited
};

struct TariffUsed {
    FinancialYear year;
    std::string version;  // the first characters of its digest
    std::string label;
};

struct Statement {
    std::string commissioner;
    std::string code;
    std::string name;
    bool is_practice = true;  // false: a named unattributed account
    Month month;
    std::optional<std::int64_t> list_size;
    std::vector<StatementRow> rows;  // the nine pack lines in order, budget lines below their own
    StatementRow total;
    // What the providers are paid of the total, where readmissions or the marginal rate change it:
    // costs and budgets stay at full tariff.
    std::optional<Pence> payable_year_to_date;
    std::vector<DataStatus> data;      // months of the year to date, by data set and month
    std::vector<SetAside> set_aside;   // year to date
    std::vector<RejectCount> rejects;  // year to date, of current loads
    std::vector<MergedPart> merged;    // when practices merged into this one: each, itself included
    std::vector<OutsideRow> outside;   // lines in no budget; in no total
    std::vector<ChangeRow> changes;    // of the budget in the year, oldest first
    std::vector<std::string> contracts_say;  // its parts of block contracts; what is known of them
    std::vector<ChallengedRow> challenged;   // by line, where anything is; in no total
    std::optional<ChallengedRow> challenged_total;
    std::vector<CorrectionRow> corrections;  // in the year to date
    Pence corrections_to_come;               // upheld, falling on a later month
    std::optional<Date> challenged_as_at;    // what was done by the end of this day
    std::vector<TariffUsed> tariffs;
    int closing = 0;  // sequence of the month's closing
};

// What surrounds the figures of an account.
struct StatementSetting {
    std::string commissioner;
    Month month;
    std::vector<DataStatus> data;  // all data sets, both years' months up to the month
    std::vector<TariffUsed> tariffs;
    int closing = 0;
    std::function<std::string(Account)> name_of;
    std::function<std::string(const std::string& reason)> says;
    // Lines that block contracts were closed for, by year; and what is to be said of them.
    std::set<std::pair<FinancialYear, BudgetLine>> contracted;
    std::vector<std::string> contract_notes;
};

Statement make_statement(Account account, const AccountMonth& figures,
                         const StatementSetting& setting);

// The first sentence of a page: used, budget, over or under.
std::string first_sentence(const Statement& statement);
// "Provisional (flex): May 2017, June 2017. Frozen to April 2017."
std::string data_sentence(const Statement& statement);
// "Agreed £12,000.00; changed in the year by +£450.00: £12,450.00." Empty without changes.
std::string changes_sentence(const Statement& statement);
// "Reported to June 2017: £1,234.56. Expected when complete: £1,260.00 (£1,248.00 to £1,272.00, 95
// times in 100)." Empty when nothing is expected.
std::string completion_sentence(const Statement& statement);
// 95% range of what a row's year to date will be when complete.
struct ExpectedRange {
    Pence expected;
    Pence low;
    Pence high;
};
std::optional<ExpectedRange> expected_to_date(const StatementRow& row);
// Which data set the line's figures come from; none: no records are read of it.
std::optional<DataSet> source_of(BudgetLine line);
// Whether the line's data of the month are frozen: whatever is settled for good (savings, payments,
// reconciliations) counts such months only. Other lines than hospital care and prescribing have no
// extracts, and are frozen as they are given.
bool is_frozen(BudgetLine line, Month month, const std::vector<DataStatus>& data);
// "Community services, ZX9: block, apportioned by weighted lists: ... ".
std::string block_sentence(const BlockShare& share, Month month);
// Stands on every page and paper that shows an indicative budget.
std::string_view indicative_sentence();

}  // namespace purse
