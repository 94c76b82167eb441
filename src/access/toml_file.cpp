#include "access/toml_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "tables/windows_1252.hpp"

namespace purse {

Result<toml::table> parse_toml(std::string_view text, std::string_view name) {
    if (!is_utf8(text)) return bad_input(fmt::format("{} is not UTF-8 text", name));
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& fault) {
        return bad_input(fmt::format("{}, line {}, column {}: {}", name, fault.source().begin.line,
                                     fault.source().begin.column, fault.description()));
    }
}

Result<toml::table> read_toml(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return not_found("cannot read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    return parse_toml(text.str(), file.string());
}

Problem toml_fault(std::string_view name, const toml::node* where, std::string_view says) {
    const auto line = where != nullptr ? where->source().begin.line : 1;
    return bad_input(fmt::format("{}, line {}: {}", name, line, says));
}

}  // namespace purse
