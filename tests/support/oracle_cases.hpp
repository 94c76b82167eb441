// The cases of one table of reference answers: inputs and expected values joined by case_id.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/shared_data.hpp"
#include "tables/delimited.hpp"

namespace purse::testing {

using OracleCase = std::map<std::string, std::string>;

inline void add_columns(std::map<std::string, OracleCase>& cases,
                        const std::filesystem::path& file) {
    const auto table = read_table(file);
    ASSERT_TRUE(table.ok()) << table.problem().says;
    for (const auto& row : table->rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            cases[row.cells[0]][table->headings[i]] = row.cells[i];
        }
    }
}

// `table` is "money_allocation/round".
inline std::vector<OracleCase> oracle_cases(const std::string& table) {
    const auto stem = shared_folder() / "oracles" / table;
    std::map<std::string, OracleCase> by_id;
    add_columns(by_id, stem.string() + "_input.csv");
    add_columns(by_id, stem.string() + "_expected.csv");
    std::vector<OracleCase> cases;
    for (auto& [id, values] : by_id) cases.push_back(std::move(values));
    return cases;
}

}  // namespace purse::testing
