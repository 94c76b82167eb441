#include <fmt/format.h>

#include <algorithm>

#include "intake/field.hpp"
#include "intake/layout.hpp"
#include "intake/layout_toml.hpp"

namespace purse {

namespace {

std::vector<std::pair<std::string, std::string>> pairs_of(const toml::node* node) {
    std::vector<std::pair<std::string, std::string>> pairs;
    if (node == nullptr || !node->is_table()) return pairs;
    for (const auto& [key, value] : *node->as_table()) {
        if (const auto text = value.value<std::string>()) {
            pairs.emplace_back(std::string(key.str()), *text);
        }
    }
    return pairs;
}

Outcome take_dates(const toml::table& table, const std::string& file, Layout& layout) {
    for (const std::string& name : texts_of(table.get("dates"))) {
        if (name == "iso") {
            layout.dates.push_back(DateFormat::iso);
        } else if (name == "day_first") {
            layout.dates.push_back(DateFormat::day_first);
        } else if (name == "compact") {
            layout.dates.push_back(DateFormat::compact);
        } else {
            return wrong_layout(
                file, fmt::format("'{}' is no date format: iso, day_first, compact", name));
        }
    }
    if (layout.dates.empty()) {
        layout.dates = {DateFormat::iso, DateFormat::day_first, DateFormat::compact};
    }
    return Nothing{};
}

LayoutField field_of(std::string_view name, const toml::node& node) {
    LayoutField field{.field = std::string(name), .columns = {}, .is_list = false};
    const toml::node* columns = &node;
    if (const auto* table = node.as_table()) {
        columns = table->get("list");
        field.is_list = true;
    }
    for (const std::string& pattern : texts_of(columns)) {
        for (std::string& column : expanded_columns(pattern)) {
            field.columns.push_back(std::move(column));
        }
    }
    return field;
}

Outcome take_fields(const toml::table& table, const std::string& file, Layout& layout) {
    if (table["columns_are_fields"].value_or(false)) {
        for (const InputField& field : input_fields(layout.set)) {
            const std::string name(field.name);
            layout.fields.push_back({.field = name, .columns = {name}, .is_list = false});
        }
    }
    const auto* columns = table["columns"].as_table();
    if (columns == nullptr) return Nothing{};
    for (const auto& [key, node] : *columns) {
        LayoutField field = field_of(key.str(), node);
        const auto index = input_field_index(layout.set, field.field);
        if (!index) {
            return wrong_layout(
                file, fmt::format("'{}' is no field of {}", field.field, in_words(layout.set)));
        }
        if (field.columns.empty()) {
            return wrong_layout(file, fmt::format("field '{}' names no column", field.field));
        }
        if (field.is_list && input_fields(layout.set)[*index].kind != FieldKind::list) {
            return wrong_layout(file, fmt::format("field '{}' holds no list", field.field));
        }
        layout.fields.push_back(std::move(field));
    }
    return Nothing{};
}

Result<Layout> layout_of(const toml::table& table, const std::string& file) {
    Layout layout;
    layout.name = table["name"].value_or(std::string());
    layout.title = table["title"].value_or(layout.name);
    layout.source = table["source"].value_or(std::string());
    if (layout.name.empty()) return wrong_layout(file, "it has no name");
    const auto set = parse_data_set(table["data_set"].value_or(std::string()));
    if (!set) return wrong_layout(file, set.problem().says);
    layout.set = *set;
    layout.recognise = texts_of(table.get("recognise"));
    if (layout.recognise.empty()) {
        return wrong_layout(file, "'recognise' must list the headings that a file must have");
    }
    layout.null_values = texts_of(table.get("null_values"));
    layout.spell_from_patient = table["spell_from_patient"].value_or(false);
    if (auto dates = take_dates(table, file, layout); !dates) return dates.problem();
    if (auto fields = take_fields(table, file, layout); !fields) return fields.problem();
    if (layout.fields.empty()) return wrong_layout(file, "it has no [columns]");
    layout.drop_ending = pairs_of(table.get("drop_ending"));
    layout.given = pairs_of(table.get("given"));
    if (const auto* codes = table["codes"].as_table()) {
        for (const auto& [field, pairs] : *codes) {
            layout.translations.push_back({std::string(field.str()), pairs_of(&pairs)});
        }
    }
    return layout;
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.size() <= 4 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<std::string> expanded_columns(std::string_view pattern) {
    const auto open = pattern.find('{');
    const auto dots = pattern.find("..", open == std::string_view::npos ? 0 : open);
    const auto close = pattern.find('}', dots == std::string_view::npos ? 0 : dots);
    if (open == std::string_view::npos || dots == std::string_view::npos ||
        close == std::string_view::npos) {
        return {std::string(pattern)};
    }
    const auto from = pattern.substr(open + 1, dots - open - 1);
    const auto to = pattern.substr(dots + 2, close - dots - 2);
    if (!all_digits(from) || !all_digits(to)) return {std::string(pattern)};
    std::vector<std::string> columns;
    for (int i = std::stoi(std::string(from)); i <= std::stoi(std::string(to)); ++i) {
        columns.push_back(fmt::format("{}{:0{}}{}", pattern.substr(0, open), i, from.size(),
                                      pattern.substr(close + 1)));
    }
    return columns;
}

Result<Layout> read_layout_text(std::string_view text, const std::string& name) {
    return layout_made(text, name,
                       [&](const toml::table& table) { return layout_of(table, name); });
}

Result<Layout> read_layout(const std::filesystem::path& file) {
    const auto text = read_layout_toml(file);
    if (!text) return text.problem();
    return read_layout_text(text->toml, text->name);
}

Result<std::vector<Layout>> read_layouts(const std::filesystem::path& rules_folder) {
    const auto texts = layout_texts_in(rules_folder / "layouts");
    if (!texts) return texts.problem();
    std::vector<Layout> layouts;
    for (const LayoutText& text : *texts) {
        auto layout = read_layout_text(text.toml, text.name);
        if (!layout) return layout.problem();
        layouts.push_back(*std::move(layout));
    }
    return layouts;
}

}  // namespace purse
