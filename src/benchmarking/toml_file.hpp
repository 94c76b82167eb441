// The room's rule files: their texts, numbers and lists, with the line of every fault.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace purse {

Result<std::string> text_of_rules(const std::filesystem::path& file);

// A file as it is read: what is missing or wrong is kept, the first of it first.
class RuleReader {
  public:
    // What is not TOML is a Problem with its line.
    static Result<toml::table> parse(std::string_view text, std::string_view name);
    explicit RuleReader(std::string_view name) : name_(name) {}

    std::string text(const toml::table& table, std::string_view key);
    std::vector<std::string> texts(const toml::table& table, std::string_view key, bool needed);
    std::int64_t number(const toml::table& table, std::string_view key, std::int64_t least,
                        std::int64_t most);
    const toml::table& table(const toml::table& of, std::string_view key);
    void refuse(const toml::node& where, const std::string& says);
    // A key that nobody knows is a misspelling.
    void refuse_others(const toml::table& table, std::initializer_list<std::string_view> known);
    [[nodiscard]] const std::optional<Problem>& fault() const { return fault_; }

  private:
    std::string_view name_;
    std::optional<Problem> fault_;
};

}  // namespace purse
