// The layout of the register's tables, as numbered steps from nothing. A landed migration is never
// changed: the next one amends it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "register/store.hpp"

namespace purse {

// Numbered by their place, from 1. Statements are written for PostgreSQL; on SQLite `bigint`
// becomes `integer` and tables are made STRICT.
struct Migration {
    std::string_view does;  // "keeps loads by batch"
    std::span<const std::string_view> statements;
};

std::span<const Migration> migrations();

// The version of the register in this database; 0 when there is none.
int register_version(Session& session);
// Whether the database holds any table at all.
bool is_empty(Session& session);

// Applies what is missing up to version `up_to`, and says what it did, a sentence a migration. A
// register of a newer version is a conflict. To be called inside one write transaction.
Result<std::vector<std::string>> migrate(Session& session, int up_to);

}  // namespace purse
