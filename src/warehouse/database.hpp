// A Database is DuckDB in this process, in memory, over Parquet files: the one place that calls it
// to run SQL. Values travel as parameters, or through `sql_text` and `sql_path_to_read`, and in no
// other way. What goes wrong in it is an exception that says what was being done.
#pragma once

#include <duckdb.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/pseudonym.hpp"
#include "base/result.hpp"

namespace purse {

struct DatabaseFault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct DatabaseLimits {
    int threads = 2;
    std::size_t memory_bytes = std::size_t{2} << 30;
    // Where sorting and grouping spill to; made when first needed, emptied when the database
    // closes.
    std::filesystem::path spill_folder;
};

using SqlValue = std::variant<std::int64_t, std::string>;

// A text as a SQL literal.
std::string sql_text(std::string_view text);
// A path as a SQL literal for read_parquet and the like, where *, ? and [ mean something: they are
// disarmed here.
std::string sql_path_to_read(const std::filesystem::path& path);

// The rows of a query, streamed. `next` goes to the first, then to the following row; columns are
// numbered from 0.
class Rows {
  public:
    Rows(duckdb_result result, std::string purpose);
    ~Rows();
    Rows(Rows&& other) noexcept;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;

    bool next();
    [[nodiscard]] bool absent(std::size_t column) const;
    // Any integer, date (days since 1970-01-01) or boolean; 0 when absent. Above 64 bits: CHECKed.
    [[nodiscard]] std::int64_t number(std::size_t column) const;
    // "" when absent. Points into the current chunk: lives until `next` is called.
    [[nodiscard]] std::string_view text(std::size_t column) const;
    [[nodiscard]] Pseudonym pseudonym(std::size_t column) const;

  private:
    void fetch();

    duckdb_result result_;
    std::string purpose_;
    duckdb_data_chunk chunk_ = nullptr;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::vector<duckdb_type> types_;
    std::vector<void*> data_;
    std::vector<std::uint64_t*> validity_;
};

class Database {
  public:
    explicit Database(const DatabaseLimits& limits);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // `purpose` completes the sentence "cannot ...": "sort the charges".
    void run(std::string_view purpose, const std::string& sql,
             const std::vector<SqlValue>& values = {});
    Rows query(std::string_view purpose, const std::string& sql,
               const std::vector<SqlValue>& values = {});
    // The one number of a query of one row and one column; 0 when it is NULL.
    std::int64_t number(std::string_view purpose, const std::string& sql,
                        const std::vector<SqlValue>& values = {});

    [[nodiscard]] duckdb_connection connection() { return connection_; }

  private:
    duckdb_result execute(std::string_view purpose, const std::string& sql,
                          const std::vector<SqlValue>& values);

    duckdb_database database_ = nullptr;
    duckdb_connection connection_ = nullptr;
};

// Whether the file is there and its Parquet footer can be read; the problem names the file.
Outcome readable_parquet(Database& database, const std::filesystem::path& file);
// The same of many, looked at together.
Outcome readable_parquet(Database& database, const std::vector<std::filesystem::path>& files);

}  // namespace purse
