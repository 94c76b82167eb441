#include "benchmarking/toml_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace purse {

Result<std::string> text_of_rules(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return not_found(
            fmt::format("{} cannot be read: it says how practices are compared", file.string()));
    }
    return text.str();
}

Result<toml::table> RuleReader::parse(std::string_view text, std::string_view name) {
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        return bad_input(
            fmt::format("{} line {}: {}", name, error.source().begin.line, error.description()));
    }
}

void RuleReader::refuse(const toml::node& where, const std::string& says) {
    if (fault_) return;
    fault_ = bad_input(fmt::format("{} line {}: {}", name_, where.source().begin.line, says));
}

std::string RuleReader::text(const toml::table& table, std::string_view key) {
    const auto found = table[key].value<std::string>();
    if (!found || found->empty()) refuse(table, fmt::format("'{}' must be a text", key));
    return found.value_or("");
}

std::vector<std::string> RuleReader::texts(const toml::table& table, std::string_view key,
                                           bool needed) {
    std::vector<std::string> found;
    const toml::node* node = table.get(key);
    if (node == nullptr && !needed) return found;
    if (node == nullptr || !node->is_array()) {
        refuse(table, fmt::format("'{}' must be a list of texts", key));
        return found;
    }
    for (const toml::node& cell : *node->as_array()) {
        const auto text = cell.value<std::string>();
        if (!text || text->empty())
            refuse(cell, fmt::format("'{}' holds a text that is none", key));
        found.push_back(text.value_or(""));
    }
    return found;
}

std::int64_t RuleReader::number(const toml::table& table, std::string_view key, std::int64_t least,
                                std::int64_t most) {
    const auto found = table[key].value<std::int64_t>();
    if (!found || *found < least || *found > most) {
        refuse(table, fmt::format("'{}' must be a number from {} to {}", key, least, most));
        return least;
    }
    return *found;
}

const toml::table& RuleReader::table(const toml::table& of, std::string_view key) {
    static const toml::table nothing;
    const toml::table* found = of[key].as_table();
    if (found == nullptr) refuse(of, fmt::format("[{}] is missing", key));
    return found == nullptr ? nothing : *found;
}

void RuleReader::refuse_others(const toml::table& table,
                               std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
        if (std::ranges::find(known, key.str()) == known.end()) {
            refuse(node, fmt::format("'{}' is not known here", key.str()));
        }
    }
}

}  // namespace purse
