#include "benchmarking/prescribing_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "benchmarking/toml_file.hpp"

namespace purse {

namespace {

void read_savings(RuleReader& reader, const toml::table& table, PricePerUnitRules& rules) {
    reader.refuse_others(table, {"cheapest_percent", "fewest_practices", "least_saving_pence",
                                 "no_equivalent", "last_drug_chapter"});
    rules.cheapest_percent = static_cast<int>(reader.number(table, "cheapest_percent", 1, 50));
    rules.fewest_practices =
        static_cast<std::size_t>(reader.number(table, "fewest_practices", 2, 1000));
    rules.least_saving = Pence(reader.number(table, "least_saving_pence", 1, 1'000'000));
    rules.no_equivalent = reader.text(table, "no_equivalent");
    rules.last_drug_chapter = static_cast<int>(reader.number(table, "last_drug_chapter", 1, 99));
}

PrescribingMeasure prescribing_measure_in(RuleReader& reader, const toml::table& table) {
    reader.refuse_others(table, {"code", "name", "units", "group", "bnf_begins", "counts"});
    PrescribingMeasure measure;
    measure.code = reader.text(table, "code");
    measure.name = reader.text(table, "name");
    measure.units = reader.text(table, "units");
    measure.group = reader.text(table, "group");
    measure.bnf_begins = reader.texts(table, "bnf_begins", true);
    for (const std::string& begins : measure.bnf_begins) {
        // What is added up month by month knows the first six characters.
        if (begins.size() > 6) {
            reader.refuse(table, "'bnf_begins' has six characters at the most: a paragraph");
        }
    }
    const std::string counts = reader.text(table, "counts");
    if (counts != "items" && counts != "pounds") {
        reader.refuse(table, "'counts' is items or pounds");
    }
    measure.counts_items = counts == "items";
    return measure;
}

}  // namespace

Result<PrescribingRules> parse_prescribing_rules(std::string_view toml, std::string_view name) {
    const auto file = RuleReader::parse(toml, name);
    if (!file) return file.problem();
    RuleReader reader(name);
    reader.refuse_others(*file, {"savings", "measure", "chapters"});
    PrescribingRules rules;
    read_savings(reader, reader.table(*file, "savings"), rules.savings);
    const toml::array* measures = (*file)["measure"].as_array();
    if (measures == nullptr) return bad_input(fmt::format("{}: no [[measure]] is in it", name));
    for (const toml::node& node : *measures) {
        if (!node.is_table()) {
            reader.refuse(node, "a measure is a table");
            continue;
        }
        rules.measures.push_back(prescribing_measure_in(reader, *node.as_table()));
    }
    for (const auto& [key, node] : reader.table(*file, "chapters")) {
        rules.chapters[std::string(key.str())] = node.value_or(std::string());
    }
    if (reader.fault()) return *reader.fault();
    return rules;
}

Result<PrescribingRules> read_prescribing_rules(const std::filesystem::path& file) {
    const auto text = text_of_rules(file);
    if (!text) return text.problem();
    return parse_prescribing_rules(*text, file.string());
}

}  // namespace purse
