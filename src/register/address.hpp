// A RegisterAddress says where a register stands: a SQLite file, or a PostgreSQL database by URL.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

enum class RegisterKind { sqlite, postgresql };

class RegisterAddress {
  public:
    // A path (or "sqlite:path"), or "postgresql://user:password@host:port/database?options" as
    // PostgreSQL itself reads it ("postgresql:///database?host=/run/postgresql" for a socket).
    static Result<RegisterAddress> parse(std::string_view text);
    static RegisterAddress of_file(std::filesystem::path file);

    [[nodiscard]] RegisterKind kind() const { return kind_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    // With the password: for opening the register and nothing else.
    [[nodiscard]] const std::string& url() const { return url_; }
    // For people and logs: the password is left out.
    [[nodiscard]] std::string printable() const;
    // `text`, which may quote the address, without the password.
    [[nodiscard]] std::string without_password(std::string text) const;

  private:
    RegisterKind kind_ = RegisterKind::sqlite;
    std::filesystem::path file_;
    std::string url_;
    std::string password_;
};

}  // namespace purse
