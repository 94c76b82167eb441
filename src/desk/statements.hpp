// Statements of closed months, and why their figures are what they are.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/site.hpp"
#include "explain/working.hpp"
#include "reports/statement.hpp"
#include "reports/summary.hpp"

namespace purse {

// A closed month opened for reading: its figures by account and what surrounds them.
struct MonthReports {
    std::map<Account, AccountMonth> accounts;
    StatementSetting setting;
    std::map<Account, std::vector<RejectCount>> rejects;
    std::map<Account, std::int64_t> lists;
    Closing closing;
    std::shared_ptr<const std::vector<CubeRow>> cube;  // what the accounts were summed from
    RollUp roll_up;
    NotInBudgets outside;                   // lines in no budget, by account
    std::vector<SharedContract> contracts;  // in the accounts' figures
    // What is not frozen, by account, line and treatment function, with what is expected of it;
    // empty of a closing by an earlier Purse, which kept no completion.
    std::vector<IncompleteCell> incomplete;
};

// Expected when complete less reported, of the year to date: by the account that shows it, line and
// treatment function. Lines in no budget are left out. Sums of the cells' own whole pence.
using MoreByFunction =
    std::map<Account, std::map<BudgetLine, std::map<TreatmentFunction, ExpectedMore>>>;
MoreByFunction expected_by_function(const MonthReports& reports);
// The month's latest closing, or the one named by its sequence.
Result<MonthReports> open_month(const Site& site, Month month, std::optional<int> sequence = {});

// The states of the data that a closing was made from, without opening it.
Result<std::vector<DataStatus>> data_of(const Site& site, const Closing& closing);

Result<Statement> statement_of(const MonthReports& reports, const std::string& account);
std::vector<Statement> all_statements(const MonthReports& reports);
Summary summary_of(const MonthReports& reports);

// How a line of a statement came about, down to the records: the sum by month and provider, then
// the records that cost most. `records` 0 lists them all.
struct WhyRecord {
    std::string data_set;
    std::int64_t batch = 0;
    std::int64_t line = 0;
    std::string record_id;
    Month month;
    std::string provider;
    std::string what;  // HRG, treatment function or BNF name
    std::string outcome;
    Pence price;
    std::string fine_price;  // prescribing: with five decimals
};
struct Why {
    std::string title;
    Working working;
    std::optional<Working> budget;  // where it was changed in the year: agreed, and each change
    std::vector<WhyRecord> records;
    std::int64_t records_in_all = 0;
};
// The same without the records, of a month that is open.
Result<Why> why_without_records(const MonthReports& reports, const std::string& account,
                                const std::string& line);
Result<Why> why(const Site& site, Month month, const std::string& account, const std::string& line,
                std::size_t records);
Result<Why> why(const Site& site, const MonthReports& reports, const std::string& account,
                const std::string& line, std::size_t records);

// Which record: of one data set when said, and of the batches that count now, or of one batch,
// which may have been replaced since.
struct RecordQuestion {
    std::string record_id;
    std::optional<DataSet> set;
    std::optional<BatchNumber> batch;
};
// The working of one record's price, step by step.
Result<Working> explain_record(const Site& site, const RecordQuestion& question);

}  // namespace purse
