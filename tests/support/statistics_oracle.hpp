// Runs one of the statistics tables over a folder of reference answers, as an analyst would, and
// compares every cell.
#pragma once

#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/statistics_tables.hpp"
#include "support/shared_data.hpp"

namespace purse::testing {

struct OracleTolerance {
    double relative = 1e-8;
    double absolute = 1e-9;
    std::string only;  // of quantities: those whose name begins like this
};

inline std::optional<double> number_or_none(const std::string& text) {
    if (text.empty()) return std::nullopt;
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (end != text.c_str() + text.size()) return std::nullopt;
    return number;
}

inline std::string none_as_blank(const std::string& text) {
    return text == "NA" || text == "NaN" ? std::string() : text;
}

// What tells rows apart, in the tables that have it.
inline const std::vector<std::string> oracle_keys = {"case_id", "group",    "item",        "date",
                                                     "point",   "quantity", "rebase_group"};

using OracleRows = std::map<std::string, std::map<std::string, std::string>>;

inline OracleRows rows_by_key(const TextTable& table) {
    OracleRows rows;
    for (const auto& row : table.rows) {
        std::map<std::string, std::string> cells;
        std::string key;
        for (std::size_t i = 0; i < table.headings.size(); ++i) {
            cells[table.headings[i]] = none_as_blank(row.cells[i]);
        }
        for (const std::string& name : oracle_keys) {
            if (cells.contains(name)) key += name + " " + cells[name] + ", ";
        }
        rows[key] = std::move(cells);
    }
    return rows;
}

inline bool agrees(const std::string& expected, const std::string& found,
                   const OracleTolerance& tolerance) {
    const auto a = number_or_none(expected);
    const auto b = number_or_none(found);
    if (!a || !b) return expected == found;
    return std::abs(*a - *b) <= tolerance.absolute + tolerance.relative * std::abs(*a);
}

// `folder` is "phe_indicators"; `reference` names the files where they bear another name.
inline void expect_reference_answers(const std::string& folder, const std::string& reference,
                                     const OracleTolerance& tolerance,
                                     const std::string& table_name = "") {
    const auto stem = (shared_folder() / "oracles" / folder / reference).string();
    const auto table = find_statistics_table(table_name.empty() ? reference : table_name);
    ASSERT_TRUE(table.ok()) << table.problem().says;
    const auto input = read_table(stem + "_input.csv");
    const auto expected = read_table(stem + "_expected.csv");
    ASSERT_TRUE(input.ok() && expected.ok()) << stem;
    std::string csv;
    const auto report = work_out_statistics(**table, *input, csv);
    ASSERT_TRUE(report.ok()) << report.problem().says;
    EXPECT_EQ(report->refused, std::vector<std::string>{});
    const auto answers = read_table_text(csv, "answers");
    ASSERT_TRUE(answers.ok()) << answers.problem().says;
    const OracleRows found = rows_by_key(*answers);
    std::size_t compared = 0;
    for (const auto& [key, cells] : rows_by_key(*expected)) {
        const auto row = found.find(key);
        if (cells.contains("quantity") && !cells.at("quantity").starts_with(tolerance.only))
            continue;
        ASSERT_NE(row, found.end()) << key << "is missing";
        for (const auto& [column, value] : cells) {
            ASSERT_TRUE(row->second.contains(column)) << column;
            EXPECT_TRUE(agrees(value, row->second.at(column), tolerance))
                << key << column << ": expected " << value << ", found " << row->second.at(column);
            ++compared;
        }
    }
    EXPECT_GT(compared, 0U);
}

}  // namespace purse::testing
