#include "budget/scheme_method.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace purse {

namespace {

std::string_view without_blanks(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

// "method = ..." and not "method_of = ...".
bool is_method(std::string_view line) {
    if (!line.starts_with("method")) return false;
    return without_blanks(line.substr(6)).starts_with("=");
}

}  // namespace

Result<std::string> with_method(std::string_view scheme_text, BudgetMethod method) {
    std::string changed;
    bool in_block = false;
    while (!scheme_text.empty()) {
        const std::size_t end = std::min(scheme_text.find('\n'), scheme_text.size());
        const std::string_view line = scheme_text.substr(0, end);
        const std::string_view text = without_blanks(line);
        if (text.starts_with("[")) in_block = text.starts_with("[[block]]");
        if (in_block && is_method(text)) {
            changed += fmt::format("method = \"{}\"", to_text(method));
        } else {
            changed += line;
        }
        changed += '\n';
        scheme_text.remove_prefix(std::min(end + 1, scheme_text.size()));
    }
    const auto scheme = read_scheme_text(changed, fmt::format("all blocks by {}", to_text(method)));
    if (!scheme) return scheme.problem();
    for (const SchemeBlock& block : scheme->blocks) {
        if (block.method == method) continue;
        return bad_input(fmt::format(
            "the method of the block '{}' cannot be changed: write [[block]] and 'method = ...' on "
            "lines of their own",
            block.name));
    }
    return changed;
}

}  // namespace purse
