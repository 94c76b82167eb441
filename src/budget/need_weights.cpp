#include "budget/need_weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "money/factor.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct Component {
    std::string_view name;
    std::string_view published;  // heading of the national file
};

// NHS England, place-based allocation tool, practice weighted populations 2022/23 and after.
constexpr std::array<Component, 7> components = {{{"general_and_acute", "G&A WP"},
                                                  {"community", "CS WP"},
                                                  {"mental_health", "MH WP"},
                                                  {"maternity", "Mat WP"},
                                                  {"health_inequalities", "Health Ineq WP"},
                                                  {"prescribing", "Prescr WP"},
                                                  {"overall", "Final WP"}}};

struct WeightColumns {
    std::size_t practice = 0;
    std::vector<std::size_t> columns;
    std::optional<std::size_t> source;
};

Result<WeightColumns> columns_of(const TextTable& table, NeedWeights& weights) {
    const bool published = table.has("Practice_Code");
    WeightColumns places;
    const auto practice = table.column(published ? "Practice_Code" : "practice");
    if (!practice) return practice.problem();
    places.practice = *practice;
    if (!published && table.has("source")) places.source = *table.column("source");
    for (const Component& component : components) {
        const std::string_view heading = published ? component.published : component.name;
        if (!table.has(heading)) continue;
        const auto column = table.column(heading);
        if (!column) return column.problem();
        places.columns.push_back(*column);
        weights.components.emplace_back(component.name);
    }
    if (places.columns.empty()) {
        return bad_input(
            fmt::format("{} has no column of weights: it should have one of "
                        "general_and_acute, community, mental_health, maternity, "
                        "health_inequalities, prescribing, overall",
                        table.file));
    }
    return places;
}

Result<std::int64_t> weight_in(const std::string& cell) {
    if (cell.empty()) return std::int64_t{0};
    const auto weight = parse_factor(cell);
    if (!weight) return weight.problem();
    constexpr std::int64_t most = 100'000'000 * Factor::one;
    if (*weight < Factor(0) || weight->millionths() > most) {
        return bad_input("a weighted population is from 0 to 100,000,000");
    }
    return weight->millionths();
}

Result<NeedWeights> weights_of(const TextTable& table) {
    NeedWeights weights;
    weights.file = table.file;
    const auto places = columns_of(table, weights);
    if (!places) return places.problem();
    for (const TextTable::Row& row : table.rows) {
        const auto wrong = [&](std::size_t column, std::string_view why) {
            return bad_input(fmt::format("{} line {}, column {}: '{}': {}", table.file, row.line,
                                         table.headings[column], row.cells[column], why));
        };
        const std::uint64_t code = packed(row.cells[places->practice]);
        if (code == 0 || code == bad_code) return wrong(places->practice, "is no practice code");
        if (places->source) {
            const std::string& source = row.cells[*places->source];
            if (weights.practices.empty()) weights.source = source;
            if (weights.source != source) {
                return wrong(*places->source, "another source than above: one file, one source");
            }
        }
        auto [entry, fresh] = weights.practices.try_emplace(PracticeCode::from_packed(code));
        if (!fresh) return wrong(places->practice, "the practice is there twice");
        for (const std::size_t column : places->columns) {
            const auto weight = weight_in(row.cells[column]);
            if (!weight) return wrong(column, weight.problem().says);
            entry->second.push_back(*weight);
        }
    }
    return weights;
}

}  // namespace

bool is_need_component(std::string_view name) {
    return std::ranges::find(components, name, &Component::name) != components.end();
}

std::string as_csv(const NeedWeights& weights) {
    std::vector<std::string> heading = {"practice"};
    heading.insert(heading.end(), weights.components.begin(), weights.components.end());
    heading.emplace_back("source");
    std::string csv = csv_line(heading);
    for (const auto& [practice, own] : weights.practices) {
        std::vector<std::string> cells = {practice.text()};
        for (const std::int64_t weight : own) cells.push_back(to_text(Factor(weight)));
        cells.push_back(weights.source);
        csv += csv_line(cells);
    }
    return csv;
}

Result<std::int64_t> NeedWeights::of(PracticeCode practice, std::string_view component) const {
    const auto column = std::ranges::find(components, component);
    if (column == components.end()) {
        return bad_input(fmt::format("{} has no weights for '{}'", file, component));
    }
    const auto found = practices.find(practice);
    const auto place = static_cast<std::size_t>(column - components.begin());
    if (found == practices.end() || found->second[place] <= 0) {
        return bad_input(fmt::format(
            "{}: {} has no weight above 0 for '{}': a missing weight is never taken as 1", file,
            practice.text(), component));
    }
    return found->second[place];
}

Result<NeedWeights> read_need_weights(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return weights_of(*table);
}

Result<NeedWeights> read_need_weights_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return weights_of(*table);
}

}  // namespace purse
