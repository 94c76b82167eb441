// Reads rules/need/own.toml.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <sstream>

#include "budget/own_need.hpp"

namespace purse {

namespace {

Result<std::vector<AgeBand>> bands_in(const toml::table& file, std::string_view key) {
    const toml::array* array = file[key].as_array();
    if (array == nullptr) return bad_input(fmt::format("'{}' is missing", key));
    std::vector<std::string> texts;
    for (const toml::node& node : *array) texts.push_back(node.value_or(std::string()));
    return parse_age_bands(texts);
}

Result<OwnNeedRules> rules_of(const toml::table& file) {
    OwnNeedRules rules;
    auto bands = bands_in(file, "bands");
    if (!bands) return bands.problem();
    auto coarser = bands_in(file, "coarser_bands");
    if (!coarser) return coarser.problem();
    rules.bands = std::move(*bands);
    rules.coarser_bands = std::move(*coarser);
    const auto fewest = file["fewest_practices_in_a_fifth"].value<std::int64_t>();
    if (!fewest || *fewest < 1 || *fewest > 1000) {
        return bad_input("'fewest_practices_in_a_fifth' must be a number from 1 to 1000");
    }
    rules.fewest_practices_in_a_fifth = static_cast<int>(*fewest);
    return rules;
}

}  // namespace

Result<OwnNeedRules> read_own_need_rules(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return not_found(
            fmt::format("{} cannot be read: it says how own need weights are made", file.string()));
    }
    try {
        auto rules = rules_of(toml::parse(text.str(), file.string()));
        if (!rules) return bad_input(file.string() + ": " + rules.problem().says);
        return rules;
    } catch (const toml::parse_error& error) {
        return bad_input(fmt::format("{} line {}: {}", file.string(), error.source().begin.line,
                                     error.description()));
    }
}

}  // namespace purse
