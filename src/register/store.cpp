#include "register/store.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "base/check.hpp"

namespace purse {

namespace {

// Writers of one PostgreSQL database take turns by this advisory lock ("PURSE" in letters' places).
constexpr std::string_view take_turn = "select cast(pg_advisory_xact_lock(1621181905) as text)";
constexpr int most_attempts = 8;
// Named places are looked up one after another: the national register of practices into both
// databases and back took 2.1 s of CPU with 400 values a statement, 3.4 s with 2,000.
constexpr std::size_t values_per_insert = 400;

// How many bytes the well-formed UTF-8 character at the front of `text` has; 0 when there is none.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first == 0) return 0;
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

}  // namespace

// PostgreSQL cuts a text at NUL and refuses what is not UTF-8; SQLite takes both.
std::string storable(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        clean.append(length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return clean;
}

namespace {

// SOCI wants named places, each once and in order.
std::string with_names(std::string_view sql) {
    std::string named;
    int place = 0;
    for (const char c : sql) {
        if (c == '?') {
            named += ":v" + std::to_string(++place);
        } else {
            named += c;
        }
    }
    return named;
}

// The values of one statement in the forms that SOCI binds by address.
struct Bound {
    std::vector<std::string> texts;
    std::vector<long long> numbers;
    std::vector<soci::indicator> indicators;

    Bound(soci::statement& statement, const SqlRow& values)
        : texts(values.size()), numbers(values.size()), indicators(values.size(), soci::i_ok) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
                numbers[i] = *number;
                statement.exchange(soci::use(numbers[i], indicators[i]));
                continue;
            }
            if (const auto* text = std::get_if<std::string>(&values[i]))
                texts[i] = storable(*text);
            else
                indicators[i] = soci::i_null;
            statement.exchange(soci::use(texts[i], indicators[i]));
        }
    }
};

// Where one row of a result arrives.
struct Landing {
    std::string_view types;
    std::vector<std::string> texts;
    std::vector<long long> numbers;
    std::vector<soci::indicator> indicators;

    Landing(soci::statement& statement, std::string_view column_types)
        : types(column_types),
          texts(types.size()),
          numbers(types.size()),
          indicators(types.size(), soci::i_ok) {
        for (std::size_t i = 0; i < types.size(); ++i) {
            if (types[i] == 'n')
                statement.exchange(soci::into(numbers[i], indicators[i]));
            else
                statement.exchange(soci::into(texts[i], indicators[i]));
        }
    }
    [[nodiscard]] SqlRow row() const {
        SqlRow row(types.size());
        for (std::size_t i = 0; i < types.size(); ++i) {
            if (indicators[i] == soci::i_null) continue;
            if (types[i] == 'n')
                row[i] = std::int64_t{numbers[i]};
            else
                row[i] = texts[i];
        }
        return row;
    }
};

bool lost_a_race(const std::exception& error) {
    if (const auto* pg = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        return pg->sqlstate() == "40001" || pg->sqlstate() == "40P01";
    }
    if (const auto* lite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        const int code = lite->result() & 0xFF;
        return code == 5 || code == 6;  // SQLITE_BUSY, SQLITE_LOCKED
    }
    return false;
}

// SQLSTATE classes: PostgreSQL 15 documentation, appendix A.
std::string postgresql_reason(const std::string& state) {
    const auto words = [&]() -> std::string_view {
        if (state == "42501") return "the database user has not the right to do it";
        if (state == "53100") return "the server's disk is full";
        const std::string_view group = std::string_view(state).substr(0, 2);
        if (group == "08" || group == "57") return "the connection to the server was lost";
        if (group == "23") return "it would break a rule of the register's tables";
        if (group == "25") return "the database takes no changes now";
        if (group == "28") return "the server refused the user or password";
        if (group == "40") return "other programs kept changing the same rows";
        if (group == "53") return "the server is short of memory, disk or connections";
        return "the server refused the statement";
    }();
    return std::string(words) + " (SQLSTATE " + state + ")";
}

// Result codes: https://www.sqlite.org/rescode.html
std::string sqlite_reason(int code) {
    const auto words = [&]() -> std::string_view {
        switch (code & 0xFF) {
            case 3:
                return "the file may not be opened by this user";
            case 5:
            case 6:
                return "another program kept it locked";
            case 8:
                return "the file is read-only";
            case 10:
                return "the disk failed";
            case 11:
                return "the file is damaged";
            case 13:
                return "the disk is full";
            case 14:
                return "the file cannot be opened";
            case 19:
                return "it would break a rule of the register's tables";
            case 26:
                return "the file is not a SQLite database";
            default:
                return "SQLite refused the statement";
        }
    }();
    return std::string(words) + " (SQLite result " + std::to_string(code) + ")";
}

std::string reason(const std::exception& error) {
    if (const auto* pg = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        return postgresql_reason(pg->sqlstate());
    }
    if (const auto* lite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        return sqlite_reason(lite->result());
    }
    return "the database could not be used";
}

[[noreturn]] void fail(const RegisterAddress& address, std::string_view doing,
                       const std::string& why) {
    throw StoreFailure("the register " + address.printable() + " could not " + std::string(doing) +
                       ": " + why);
}

void roll_back(Session& session) {
    try {
        session.run("rollback");
    } catch (const soci::soci_error&) {
        // SQLite has rolled back by itself after some faults, and a lost connection has too.
    }
}

}  // namespace

struct Session::Connection {
    soci::session session;
};

Session::Session(const RegisterAddress& address)
    : kind_(address.kind()), connection_(std::make_unique<Connection>()) {
    if (kind_ == RegisterKind::postgresql) {
        connection_->session.open(soci::postgresql, address.url());
        run("set client_encoding to 'UTF8'");
        run("set client_min_messages to warning");
        return;
    }
    connection_->session.open(soci::sqlite3, "dbname=\"" + address.file().string() + "\"");
    run("pragma busy_timeout = 10000");
    run("pragma journal_mode = wal");
    run("pragma synchronous = full");
    run("pragma foreign_keys = on");
}

Session::~Session() = default;

void Session::run(std::string_view sql, const SqlRow& values) {
    soci::statement statement(connection_->session);
    const Bound bound(statement, values);
    statement.alloc();
    statement.prepare(with_names(sql), soci::details::st_one_time_query);
    statement.define_and_bind();
    statement.execute(true);
}

std::vector<SqlRow> Session::rows(std::string_view sql, std::string_view types,
                                  const SqlRow& values) {
    soci::statement statement(connection_->session);
    const Landing landing(statement, types);
    const Bound bound(statement, values);
    statement.alloc();
    statement.prepare(with_names(sql), soci::details::st_one_time_query);
    statement.define_and_bind();
    statement.execute();
    std::vector<SqlRow> found;
    while (statement.fetch()) found.push_back(landing.row());
    return found;
}

std::optional<SqlRow> Session::row(std::string_view sql, std::string_view types,
                                   const SqlRow& values) {
    auto found = rows(sql, types, values);
    CHECK(found.size() <= 1);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::int64_t Session::number(std::string_view sql, const SqlRow& values) {
    const auto found = row(sql, "n", values);
    CHECK(found.has_value());
    return number_in(*found, 0);
}

void Session::insert(std::string_view table, std::string_view columns, std::span<const SqlRow> rows,
                     std::string_view otherwise) {
    if (rows.empty()) return;
    const std::size_t width = rows.front().size();
    const std::size_t at_once = std::max<std::size_t>(1, values_per_insert / width);
    std::string places = "(?";
    for (std::size_t i = 1; i < width; ++i) places += ", ?";
    places += ")";
    for (std::size_t from = 0; from < rows.size(); from += at_once) {
        std::string sql =
            "insert into " + std::string(table) + " (" + std::string(columns) + ") values ";
        SqlRow values;
        for (const SqlRow& row : rows.subspan(from, std::min(at_once, rows.size() - from))) {
            CHECK(row.size() == width);
            sql += values.empty() ? places : ", " + places;
            values.insert(values.end(), row.begin(), row.end());
        }
        run(sql + std::string(otherwise), values);
    }
}

struct Store::Pool {
    std::mutex mutex;
    std::vector<std::unique_ptr<Session>> idle;
};

Store::Store(RegisterAddress address)
    : address_(std::move(address)), pool_(std::make_unique<Pool>()) {}
Store::~Store() = default;

std::unique_ptr<Session> Store::lease() {
    {
        const std::lock_guard lock(pool_->mutex);
        if (!pool_->idle.empty()) {
            auto session = std::move(pool_->idle.back());
            pool_->idle.pop_back();
            return session;
        }
    }
    return std::make_unique<Session>(address_);
}

void Store::give_back(std::unique_ptr<Session> session) {
    const std::lock_guard lock(pool_->mutex);
    pool_->idle.push_back(std::move(session));
}

void Store::drop_idle() {
    const std::lock_guard lock(pool_->mutex);
    pool_->idle.clear();
}

namespace {

void begin(Session& session, Transaction kind) {
    const bool writes = kind == Transaction::write;
    if (session.kind() == RegisterKind::sqlite) {
        // A deferred transaction that reads before it writes fails when another wrote in between.
        session.run(writes ? "begin immediate" : "begin");
    } else if (writes) {
        session.run("begin");
        session.row(take_turn, "t");
    } else {
        session.run("begin isolation level repeatable read, read only");
    }
}

}  // namespace

void Store::transact(Transaction kind, std::string_view doing,
                     const std::function<bool(Session&)>& body) {
    std::string why;
    for (int attempt = 1; attempt <= most_attempts; ++attempt) {
        std::unique_ptr<Session> session;
        bool begun = false;
        try {
            session = lease();
            begin(*session, kind);
            begun = true;
            session->run(body(*session) ? "commit" : "rollback");
            give_back(std::move(session));
            return;
        } catch (const soci::soci_error& error) {
            why = session ? reason(error) : "it could not be opened: " + reason(error);
            // An idle connection may have died since its last use (the server was restarted):
            // nothing has happened yet, so a new one is tried.
            const bool stale = session && !begun && attempt == 1;
            if (stale) drop_idle();
            if (session) roll_back(*session);
            if (!lost_a_race(error) && !stale) break;
        } catch (...) {
            if (begun) roll_back(*session);
            throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5 * attempt * attempt));
    }
    fail(address_, doing, why);
}

}  // namespace purse
