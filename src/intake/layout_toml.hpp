// What every kind of layout file has alike: a TOML text under rules/layouts, its lists of texts,
// and the way its faults are told.
#pragma once

#include <fmt/format.h>
#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace purse {

Problem wrong_layout(const std::string& file, std::string_view what);

// A text, or the texts of an array; nothing where there is neither.
std::vector<std::string> texts_of(const toml::node* node);

struct LayoutText {
    std::string name;  // of the file, as problems tell it
    std::string toml;
};
Result<LayoutText> read_layout_toml(const std::filesystem::path& file);
// Those of a folder, by name; a folder without any is a problem.
Result<std::vector<LayoutText>> layout_texts_in(const std::filesystem::path& folder);

// What `made` makes of the table; text that is no TOML is a problem with its line.
template <class Made>
auto layout_made(std::string_view toml, const std::string& name, const Made& made)
    -> decltype(made(toml::table())) {
    try {
        return made(toml::parse(toml));
    } catch (const toml::parse_error& error) {
        return wrong_layout(
            name, fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

}  // namespace purse
