#include "register/keyed_rows.hpp"

#include <map>
#include <string>

namespace purse {

namespace {

std::string joined(const std::vector<std::string_view>& names) {
    std::string list;
    for (const std::string_view name : names) {
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    return list;
}

std::string column_list(const KeyedTable& table) {
    std::string list = joined(table.keys);
    for (const std::string_view name : table.others) list += ", " + std::string(name);
    return list + ", file";
}

// One clause that both databases know (SQLite since 3.24).
std::string replacing(const KeyedTable& table) {
    std::string sql =
        " on conflict (" + joined(table.keys) + ") do update set file = excluded.file";
    for (const std::string_view name : table.others) {
        const std::string column(name);
        const std::string now = "excluded." + column;
        sql += ", " + column + " = ";
        if (table.is_partial.empty()) {
            sql += now;
            continue;
        }
        sql += "case when " + std::string(table.is_partial) + " and " + now + " = '' then " +
               std::string(table.name) + "." + column + " else " + now + " end";
    }
    return sql;
}

}  // namespace

void put(Session& session, const KeyedTable& table, FileNumber file, std::vector<SqlRow> rows) {
    // PostgreSQL refuses to replace a row twice in one statement.
    std::map<SqlRow, SqlRow> by_key;
    for (SqlRow& row : rows) {
        SqlRow key(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(table.keys.size()));
        row.emplace_back(file.value);
        by_key.insert_or_assign(std::move(key), std::move(row));
    }
    rows.clear();
    for (auto& [key, row] : by_key) rows.push_back(std::move(row));
    session.insert(table.name, column_list(table), rows, replacing(table));
}

}  // namespace purse
