// Statistics over plain columns, for an analyst: a table of cases in, a table of answers out. Every
// function of room `statistics` is reachable by a table's name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "tables/delimited.hpp"

namespace purse {

class StatisticsCase;
class StatisticsAnswers;

struct StatisticsColumn {
    std::string_view name;
    std::string_view says;
    bool required = true;
};

// Columns that are the same in all rows of a case are its settings. Rows of one case_id are one
// case; without that column the whole file is one.
struct StatisticsTable {
    std::string_view name;
    std::string_view says;
    std::vector<StatisticsColumn> columns_in;
    std::vector<std::string_view> columns_out;  // after case_id
    Outcome (*work)(StatisticsCase& one, StatisticsAnswers& answers);
    std::string_view also{};  // another name it is known by
};

const std::vector<StatisticsTable>& statistics_tables();
// A problem that lists all tables where there is none of that name.
Result<const StatisticsTable*> find_statistics_table(std::string_view name);
// What the table does, its columns in and out: for --help.
std::string described(const StatisticsTable& table);
std::string list_of_statistics_tables();

struct StatisticsReport {
    std::size_t cases = 0;
    std::size_t rows = 0;              // written
    std::vector<std::string> refused;  // "INPUT.csv, line 12, case r_07: ..."
};

// The answers as CSV: case_id and the table's columns out, numbers in full precision, blank where
// not defined. Cases that are refused stop no other. A file without the required columns is a
// problem.
Result<StatisticsReport> work_out_statistics(const StatisticsTable& table,
                                             const std::filesystem::path& input,
                                             const std::filesystem::path& out);
// The same over a table in memory, for tests and other callers.
Result<StatisticsReport> work_out_statistics(const StatisticsTable& table, const TextTable& input,
                                             std::string& csv);

}  // namespace purse
