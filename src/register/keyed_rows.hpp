// Rows that are known by a key, of which the last imported file's counts.
#pragma once

#include <string_view>
#include <vector>

#include "register/imports.hpp"
#include "register/store.hpp"

namespace purse {

struct KeyedTable {
    std::string_view name;
    std::vector<std::string_view> keys;
    std::vector<std::string_view> others;
    // When this holds of a new row, its empty cells leave what an earlier file said: some files
    // give codes and names only. Empty: a new row always counts whole.
    std::string_view is_partial;
};

// Puts rows (keys, then others, as the table names them) in place of those with the same keys. Of
// two rows with the same keys the later counts.
void put(Session& session, const KeyedTable& table, FileNumber file, std::vector<SqlRow> rows);

}  // namespace purse
