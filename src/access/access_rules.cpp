#include "access/access_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>

#include "access/toml_file.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

class AccessRulesReader {
  public:
    AccessRulesReader(const toml::table& file, std::string name)
        : file_(file), name_(std::move(name)) {}

    Result<AccessRules> read() {
        AccessRules rules;
        std::int64_t memory_mib = 0;
        std::int64_t passes = 0;
        std::int64_t idle_minutes = 0;
        std::int64_t absolute_hours = 0;
        std::int64_t link_minutes = 0;
        number("password", "shortest", 8, 64, rules.passwords.shortest);
        number("password", "longest", 64, 1024, rules.passwords.longest);
        number("password", "passes", 1, 100, passes);
        number("password", "memory_mib", 8, 4096, memory_mib);
        limit("failures", "by_name", rules.by_name);
        limit("failures", "by_address", rules.by_address);
        limit("links", "by_name", rules.links_by_name);
        limit("links", "by_address", rules.links_by_address);
        number("links", "good_for_minutes", 1, 24 * 60, link_minutes);
        number("session", "idle_minutes", 1, 24 * 60, idle_minutes);
        number("session", "absolute_hours", 1, 24 * 7, absolute_hours);
        if (problem_) return *problem_;
        rules.passwords.passes = static_cast<std::uint64_t>(passes);
        rules.passwords.memory_bytes = static_cast<std::size_t>(memory_mib) << 20;
        rules.link_seconds = link_minutes * 60;
        rules.sessions = {.idle_seconds = idle_minutes * 60,
                          .absolute_seconds = absolute_hours * 3600};
        return rules;
    }

  private:
    void fault(const toml::node* where, const std::string& says) {
        if (problem_) return;
        problem_ = toml_fault(name_, where, says);
    }

    template <class Number>
    void take(const toml::table* table, std::string_view key, std::int64_t least, std::int64_t most,
              Number& out) {
        const toml::node* node = table != nullptr ? table->get(key) : nullptr;
        const auto value = node != nullptr ? node->value_exact<std::int64_t>() : std::nullopt;
        if (!value || *value < least || *value > most) {
            const toml::node* where = node != nullptr ? node : table;
            fault(where,
                  fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
            return;
        }
        out = static_cast<Number>(*value);
    }

    template <class Number>
    void number(std::string_view section, std::string_view key, std::int64_t least,
                std::int64_t most, Number& out) {
        const toml::table* table = file_[section].as_table();
        if (table == nullptr) {
            fault(nullptr, fmt::format("the section [{}] is missing", section));
            return;
        }
        take(table, key, least, most, out);
    }

    void limit(std::string_view section, std::string_view key, FailureLimit& out) {
        const toml::table* table = file_[section][key].as_table();
        if (table == nullptr) {
            fault(file_[section].node(),
                  fmt::format("'{}' of [{}] is missing: write it as {{ failures = 10, "
                              "within_minutes = 15 }}",
                              key, section));
            return;
        }
        std::int64_t minutes = 0;
        take(table, "failures", 1, 1000, out.failures);
        take(table, "within_minutes", 1, 24 * 60, minutes);
        out.within_seconds = minutes * 60;
    }

    const toml::table& file_;
    std::string name_;
    std::optional<Problem> problem_;
};

// A word a line; empty lines and what begins with # are nobody's password.
Result<std::set<std::string>> read_common_passwords(const fs::path& file) {
    std::ifstream in(file);
    if (!in) return not_found("cannot read " + file.string());
    std::set<std::string> words;
    for (std::string line; std::getline(in, line);) {
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) {
            line.pop_back();
        }
        if (line.empty() || line.front() == '#') continue;
        std::ranges::transform(line, line.begin(), [](char c) {
            return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        });
        words.insert(line);
    }
    return words;
}

}  // namespace

Result<AccessRules> read_access_rules(const fs::path& rules_folder) {
    const fs::path file = rules_folder / "access.toml";
    const auto table = read_toml(file);
    if (!table) return table.problem();
    auto rules = AccessRulesReader(*table, file.string()).read();
    if (!rules) return rules;
    auto common = read_common_passwords(rules_folder / "common_passwords.txt");
    if (!common) return common.problem();
    rules->passwords.common = std::move(*common);
    return rules;
}

}  // namespace purse
