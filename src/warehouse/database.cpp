#include "warehouse/database.hpp"

#include <fmt/format.h>

#include <limits>

#include "base/wide.hpp"

namespace purse {

namespace {

DatabaseFault fault(std::string_view purpose, const char* says) {
    return DatabaseFault(fmt::format("cannot {}: {}", purpose, says == nullptr ? "?" : says));
}

duckdb_database opened(const DatabaseLimits& limits) {
    duckdb_config config = nullptr;
    CHECK(duckdb_create_config(&config) == DuckDBSuccess);
    const auto set = [&config](const char* name, const std::string& value) {
        CHECK(duckdb_set_config(config, name, value.c_str()) == DuckDBSuccess);
    };
    set("threads", std::to_string(limits.threads));
    set("memory_limit", fmt::format("{}MiB", std::max<std::size_t>(limits.memory_bytes >> 20, 64)));
    set("temp_directory", limits.spill_folder.string());
    set("autoinstall_known_extensions", "false");
    set("autoload_known_extensions", "false");
    duckdb_database database = nullptr;
    char* error = nullptr;
    const bool open = duckdb_open_ext(nullptr, &database, config, &error) == DuckDBSuccess;
    duckdb_destroy_config(&config);
    if (open) return database;
    const DatabaseFault why = fault("open the database engine", error);
    duckdb_free(error);
    throw why;
}

void bind(duckdb_prepared_statement statement, const std::vector<SqlValue>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
            CHECK(duckdb_bind_int64(statement, i + 1, *number) == DuckDBSuccess);
        } else {
            const std::string& text = std::get<std::string>(values[i]);
            CHECK(duckdb_bind_varchar_length(statement, i + 1, text.data(), text.size()) ==
                  DuckDBSuccess);
        }
    }
}

template <class T>
T at(const void* data, std::size_t row) {
    return static_cast<const T*>(data)[row];
}

std::int64_t narrowed(duckdb_hugeint value) {
    const wide whole = (wide{value.upper} << 64) + static_cast<wide>(value.lower);
    CHECK(whole >= std::numeric_limits<std::int64_t>::min() &&
          whole <= std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(whole);
}

std::int64_t number_at(duckdb_type type, const void* data, std::size_t row) {
    switch (type) {
        case DUCKDB_TYPE_BOOLEAN:
            return at<bool>(data, row) ? 1 : 0;
        case DUCKDB_TYPE_TINYINT:
            return at<std::int8_t>(data, row);
        case DUCKDB_TYPE_UTINYINT:
            return at<std::uint8_t>(data, row);
        case DUCKDB_TYPE_SMALLINT:
            return at<std::int16_t>(data, row);
        case DUCKDB_TYPE_USMALLINT:
            return at<std::uint16_t>(data, row);
        case DUCKDB_TYPE_INTEGER:
        case DUCKDB_TYPE_DATE:
            return at<std::int32_t>(data, row);
        case DUCKDB_TYPE_UINTEGER:
            return at<std::uint32_t>(data, row);
        case DUCKDB_TYPE_BIGINT:
            return at<std::int64_t>(data, row);
        case DUCKDB_TYPE_HUGEINT:
            return narrowed(at<duckdb_hugeint>(data, row));
        default:
            check_failed("a column of whole numbers", __FILE__, __LINE__);
            return 0;
    }
}

}  // namespace

std::string sql_text(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\'') literal += '\'';
        literal += c;
    }
    return literal + "'";
}

std::string sql_path_to_read(const std::filesystem::path& path) {
    std::string disarmed;
    for (const char c : path.string()) {
        if (c == '*' || c == '?' || c == '[') {
            disarmed += fmt::format("[{}]", c);
        } else {
            disarmed += c;
        }
    }
    return sql_text(disarmed);
}

Rows::Rows(duckdb_result result, std::string purpose)
    : result_(result), purpose_(std::move(purpose)) {
    for (idx_t column = 0; column < duckdb_column_count(&result_); ++column) {
        types_.push_back(duckdb_column_type(&result_, column));
    }
}

Rows::Rows(Rows&& other) noexcept
    : result_(other.result_),
      purpose_(std::move(other.purpose_)),
      chunk_(other.chunk_),
      at_(other.at_),
      size_(other.size_),
      types_(std::move(other.types_)),
      data_(std::move(other.data_)),
      validity_(std::move(other.validity_)) {
    other.result_ = {};
    other.chunk_ = nullptr;
}

Rows::~Rows() {
    if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
    duckdb_destroy_result(&result_);
}

void Rows::fetch() {
    if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
    chunk_ = duckdb_fetch_chunk(result_);
    at_ = 0;
    size_ = 0;
    if (chunk_ == nullptr) {
        const char* error = duckdb_result_error(&result_);
        if (error != nullptr && *error != '\0') throw fault(purpose_, error);
        return;
    }
    size_ = duckdb_data_chunk_get_size(chunk_);
    data_.clear();
    validity_.clear();
    for (idx_t column = 0; column < types_.size(); ++column) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, column);
        data_.push_back(duckdb_vector_get_data(vector));
        validity_.push_back(duckdb_vector_get_validity(vector));
    }
}

bool Rows::next() {
    if (chunk_ != nullptr && at_ + 1 < size_) {
        ++at_;
        return true;
    }
    fetch();
    return size_ > 0;
}

bool Rows::absent(std::size_t column) const {
    return validity_[column] != nullptr && !duckdb_validity_row_is_valid(validity_[column], at_);
}

std::int64_t Rows::number(std::size_t column) const {
    return absent(column) ? 0 : number_at(types_[column], data_[column], at_);
}

std::string_view Rows::text(std::size_t column) const {
    CHECK(types_[column] == DUCKDB_TYPE_VARCHAR);
    if (absent(column)) return {};
    duckdb_string_t& text = static_cast<duckdb_string_t*>(data_[column])[at_];
    return {duckdb_string_t_data(&text), duckdb_string_t_length(text)};
}

Pseudonym Rows::pseudonym(std::size_t column) const {
    CHECK(types_[column] == DUCKDB_TYPE_UUID);
    if (absent(column)) return {};
    const auto value = at<duckdb_hugeint>(data_[column], at_);
    // DuckDB keeps a UUID with its top bit flipped, so that it sorts as its text does.
    return {static_cast<std::uint64_t>(value.upper) ^ (std::uint64_t{1} << 63), value.lower};
}

Database::Database(const DatabaseLimits& limits) : database_(opened(limits)) {
    CHECK(duckdb_connect(database_, &connection_) == DuckDBSuccess);
}

Database::~Database() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
}

duckdb_result Database::execute(std::string_view purpose, const std::string& sql,
                                const std::vector<SqlValue>& values) {
    duckdb_prepared_statement statement = nullptr;
    if (duckdb_prepare(connection_, sql.c_str(), &statement) != DuckDBSuccess) {
        const DatabaseFault why = fault(purpose, duckdb_prepare_error(statement));
        duckdb_destroy_prepare(&statement);
        throw why;
    }
    bind(statement, values);
    duckdb_result result;
    const bool done = duckdb_execute_prepared_streaming(statement, &result) == DuckDBSuccess;
    duckdb_destroy_prepare(&statement);
    if (done) return result;
    const DatabaseFault why = fault(purpose, duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    throw why;
}

void Database::run(std::string_view purpose, const std::string& sql,
                   const std::vector<SqlValue>& values) {
    Rows rows = query(purpose, sql, values);
    while (rows.next()) {
    }
}

Rows Database::query(std::string_view purpose, const std::string& sql,
                     const std::vector<SqlValue>& values) {
    return {execute(purpose, sql, values), std::string(purpose)};
}

std::int64_t Database::number(std::string_view purpose, const std::string& sql,
                              const std::vector<SqlValue>& values) {
    Rows rows = query(purpose, sql, values);
    CHECK(rows.next());
    const std::int64_t number = rows.number(0);
    // A result not read to its end keeps its transaction open, and takes what comes after along
    // with it when it is rolled back.
    CHECK(!rows.next());
    return number;
}

Outcome readable_parquet(Database& database, const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) {
        return not_found(fmt::format("{} is missing", file.string()));
    }
    try {
        database.number("read " + file.string(), "select count(*) from parquet_file_metadata(" +
                                                     sql_path_to_read(file) + ")");
    } catch (const DatabaseFault&) {
        return bad_input(fmt::format(
            "{} is no Parquet file, or is damaged: restore it from a backup, or load it again",
            file.string()));
    }
    return Nothing{};
}

Outcome readable_parquet(Database& database, const std::vector<std::filesystem::path>& files) {
    if (files.empty()) return Nothing{};
    std::string list;
    for (const auto& file : files) list += (list.empty() ? "" : ", ") + sql_path_to_read(file);
    try {
        database.number("read the records",
                        fmt::format("select count(*) from parquet_file_metadata([{}])", list));
        return Nothing{};
    } catch (const DatabaseFault&) {
        for (const auto& file : files) {  // which of them
            if (auto readable = readable_parquet(database, file); !readable) return readable;
        }
        throw;
    }
}

}  // namespace purse
