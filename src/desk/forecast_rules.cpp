#include "desk/forecast_rules.hpp"

#include <fmt/format.h>

#include "access/toml_file.hpp"

namespace purse {

namespace {

// A whole number with its source: least = { value = 6, source = "..." }.
Outcome read_number(const toml::table& file, std::string_view section, std::string_view key,
                    std::int64_t least, std::string_view name, std::int64_t& into) {
    const toml::node_view<const toml::node> entry = file[section][key];
    const auto value = entry["value"].value<std::int64_t>();
    const auto source = entry["source"].value<std::string>();
    if (!value || *value < least || !source || source->empty()) {
        return toml_fault(name, entry.node(),
                          fmt::format("[{}] {} must have a value, a whole number from {}, and a "
                                      "source",
                                      section, key, least));
    }
    into = *value;
    return Nothing{};
}

}  // namespace

Result<CompletionRules> read_completion_rules(const std::filesystem::path& file) {
    const auto table = read_toml(file);
    if (!table) return table.problem();
    const std::string name = file.string();
    std::int64_t least_months = 0;
    std::int64_t most_months = 0;
    CompletionRules rules;
    for (const auto& [key, least, into] :
         {std::tuple("least_months", 2, &least_months), std::tuple("most_months", 2, &most_months),
          std::tuple("least_records", 0, &rules.least_records)}) {
        if (const auto read = read_number(*table, "completion", key, least, name, *into); !read) {
            return read.problem();
        }
    }
    rules.least_months = static_cast<int>(least_months);
    rules.most_months = static_cast<int>(most_months);
    return rules;
}

}  // namespace purse
