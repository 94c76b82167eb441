// The register's own door to its database: transactions and statements over SQLite and PostgreSQL
// alike. SOCI stays behind it (store.cpp). Its exceptions hold bound values and addresses, so they
// end here: what leaves is a StoreFailure that says what was being done and what went wrong, and
// no stored value.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "register/address.hpp"

namespace purse {

class StoreFailure : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// NULL, a whole number or a text. Texts are kept as UTF-8: what is not becomes U+FFFD, as does NUL.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;
using SqlRow = std::vector<SqlValue>;
// The text as it is kept: what is hashed beside it must be of this form.
std::string storable(std::string_view text);

inline std::int64_t number_in(const SqlRow& row, std::size_t column) {
    return std::get<std::int64_t>(row.at(column));
}
inline const std::string& text_in(const SqlRow& row, std::size_t column) {
    return std::get<std::string>(row.at(column));
}
inline bool is_null(const SqlRow& row, std::size_t column) {
    return std::holds_alternative<std::monostate>(row.at(column));
}

// Statements inside one transaction. Values stand in the SQL as '?'.
class Session {
  public:
    explicit Session(const RegisterAddress& address);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] RegisterKind kind() const { return kind_; }
    void run(std::string_view sql, const SqlRow& values = {});
    // `types` has a letter a column: n for a number, t for a text.
    std::vector<SqlRow> rows(std::string_view sql, std::string_view types,
                             const SqlRow& values = {});
    std::optional<SqlRow> row(std::string_view sql, std::string_view types,
                              const SqlRow& values = {});
    std::int64_t number(std::string_view sql, const SqlRow& values = {});
    // Many rows a statement: on PostgreSQL seven times as fast as one by one.
    // `otherwise` is what becomes of a row that is there already ("on conflict ...").
    void insert(std::string_view table, std::string_view columns, std::span<const SqlRow> rows,
                std::string_view otherwise = "");

  private:
    struct Connection;
    RegisterKind kind_;
    std::unique_ptr<Connection> connection_;
};

enum class Transaction { read, write };

class Store {
  public:
    explicit Store(RegisterAddress address);
    ~Store();

    [[nodiscard]] const RegisterAddress& address() const { return address_; }

    // Runs `body` in a transaction that sees one state of the database; writers take turns. A
    // transaction that lost a race is run again, so `body` must not change anything outside. A
    // Result that holds a Problem rolls it back. `doing` completes "the register could not ...".
    template <class Body>
    auto write(std::string_view doing, Body body) {
        return run_in<Body>(Transaction::write, doing, body);
    }
    template <class Body>
    auto read(std::string_view doing, Body body) {
        return run_in<Body>(Transaction::read, doing, body);
    }

  private:
    template <class Body>
    auto run_in(Transaction kind, std::string_view doing, Body& body) {
        using Given = std::invoke_result_t<Body&, Session&>;
        if constexpr (std::is_void_v<Given>) {
            transact(kind, doing, [&](Session& session) {
                body(session);
                return true;
            });
        } else {
            std::optional<Given> given;
            transact(kind, doing, [&](Session& session) {
                given.emplace(body(session));
                return is_to_keep(*given);
            });
            return std::move(*given);
        }
    }
    template <class T>
    static bool is_to_keep(const T&) {
        return true;
    }
    template <class T>
    static bool is_to_keep(const Result<T>& result) {
        return result.ok();
    }
    void transact(Transaction kind, std::string_view doing,
                  const std::function<bool(Session&)>& body);
    std::unique_ptr<Session> lease();
    void give_back(std::unique_ptr<Session> session);
    void drop_idle();

    struct Pool;
    RegisterAddress address_;
    std::unique_ptr<Pool> pool_;
};

}  // namespace purse
