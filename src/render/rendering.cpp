#include "render/rendering.hpp"

#include <fmt/format.h>

#include <array>

namespace purse {

namespace {

struct FormatName {
    Format format;
    std::string_view name;
    std::string_view extension;
};

constexpr std::array<FormatName, 5> formats = {{{Format::text, "text", "txt"},
                                                {Format::json, "json", "json"},
                                                {Format::csv, "csv", "csv"},
                                                {Format::xlsx, "xlsx", "xlsx"},
                                                {Format::html, "html", "html"}}};

}  // namespace

Result<Format> parse_format(std::string_view text) {
    for (const FormatName& known : formats) {
        if (known.name == text) return known.format;
    }
    return bad_input(fmt::format("'{}' is not a format: use text, json, csv, xlsx or html", text));
}

std::string_view extension(Format format) {
    return formats[static_cast<std::size_t>(format)].extension;
}

}  // namespace purse
