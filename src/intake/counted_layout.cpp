#include "intake/counted_layout.hpp"

#include <algorithm>

#include "intake/layout_toml.hpp"
#include "organisation/published_row.hpp"

namespace purse {

namespace {

bool is_field(const std::vector<std::string_view>& fields, std::string_view field) {
    return std::ranges::find(fields, field) != fields.end();
}

Outcome take_columns(const toml::table& file, const std::string& name,
                     const std::vector<std::string_view>& fields, CountedLayout& layout) {
    const auto* columns = file["columns"].as_table();
    if (columns == nullptr) return wrong_layout(name, "it has no [columns]");
    for (const auto& [key, node] : *columns) {
        const std::string field(key.str());
        if (!is_field(fields, field)) {
            return wrong_layout(
                name, fmt::format("'{}' is no field: {}", field, fmt::join(fields, ", ")));
        }
        layout.columns[field] = texts_of(&node);
        if (layout.columns[field].empty()) {
            return wrong_layout(name, fmt::format("field '{}' names no column", field));
        }
    }
    return Nothing{};
}

Outcome take_codes(const toml::table& file, const std::string& name,
                   const std::vector<std::string_view>& fields, CountedLayout& layout) {
    const auto* codes = file["codes"].as_table();
    if (codes == nullptr) return Nothing{};
    for (const auto& [key, node] : *codes) {
        const std::string field(key.str());
        const auto* pairs = node.as_table();
        if (!is_field(fields, field) || pairs == nullptr) {
            return wrong_layout(name, fmt::format("codes.{} is of no field", field));
        }
        for (const auto& [code, meaning] : *pairs) {
            layout.codes[field][upper_case(code.str())] = meaning.value_or(std::string());
        }
    }
    return Nothing{};
}

Result<CountedLayout> layout_of(const toml::table& file, const std::string& name,
                                const std::vector<std::string_view>& fields) {
    CountedLayout layout;
    layout.name = file["name"].value_or(std::string());
    layout.title = file["title"].value_or(layout.name);
    layout.source = file["source"].value_or(std::string());
    layout.recognise = texts_of(file.get("recognise"));
    layout.null_values = texts_of(file.get("null_values"));
    layout.once_for_each_id = file["once_for_each_id"].value_or(false);
    if (layout.name.empty()) return wrong_layout(name, "it has no name");
    if (layout.recognise.empty()) {
        return wrong_layout(name, "'recognise' must list the headings that a file must have");
    }
    if (auto done = take_columns(file, name, fields, layout); !done) return done.problem();
    if (auto done = take_codes(file, name, fields, layout); !done) return done.problem();
    return layout;
}

}  // namespace

bool CountedLayout::fits(const TextTable& table) const {
    return std::ranges::all_of(recognise,
                               [&](const std::string& heading) { return table.has(heading); });
}

Result<CountedLayout> parse_counted_layout(std::string_view toml, const std::string& name,
                                           const std::vector<std::string_view>& fields) {
    return layout_made(toml, name,
                       [&](const toml::table& table) { return layout_of(table, name, fields); });
}

Result<std::vector<CountedLayout>> read_counted_layouts(
    const std::filesystem::path& rules_folder, std::string_view kind,
    const std::vector<std::string_view>& fields) {
    const auto texts = layout_texts_in(rules_folder / "layouts" / kind);
    if (!texts) return texts.problem();
    std::vector<CountedLayout> layouts;
    for (const LayoutText& text : *texts) {
        auto layout = parse_counted_layout(text.toml, text.name, fields);
        if (!layout) return layout.problem();
        layouts.push_back(*std::move(layout));
    }
    return layouts;
}

Result<const CountedLayout*> layout_for(const std::vector<CountedLayout>& layouts,
                                        const TextTable& table, const std::string& named) {
    const CountedLayout* best = nullptr;
    std::string known;
    for (const CountedLayout& layout : layouts) {
        if (!named.empty() && layout.name == named) return &layout;
        known += fmt::format("{}{} ({})", known.empty() ? "" : "; ", layout.name,
                             fmt::join(layout.recognise, ", "));
        if (!named.empty() || !layout.fits(table)) continue;
        if (best == nullptr || layout.recognise.size() > best->recognise.size()) best = &layout;
    }
    if (best != nullptr) return best;
    if (!named.empty()) {
        return not_found(fmt::format("there is no layout '{}': there are {}", named, known));
    }
    return bad_input(fmt::format("{}, line 1: no layout has these columns ({}). There are: {}",
                                 table.file, fmt::join(table.headings, ", "), known));
}

}  // namespace purse
