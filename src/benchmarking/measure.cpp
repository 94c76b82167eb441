#include "benchmarking/measure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "benchmarking/toml_file.hpp"
#include "population/age_bands.hpp"

namespace purse {

namespace {

// Codes stand in addresses and file names.
bool is_code(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

CountRule rule_in(RuleReader& reader, const toml::table& table) {
    CountRule rule;
    const auto set = parse_data_set(reader.text(table, "data_set"));
    if (!set) {
        reader.refuse(table, set.problem().says);
    } else if (*set == DataSet::prescribing) {
        reader.refuse(table, "prescribing knows no age: see rules/prescribing");
    } else {
        rule.set = *set;
    }
    for (const std::string& code : reader.texts(table, "lines", false)) {
        const auto line = parse_budget_line(code);
        if (!line) {
            reader.refuse(table, line.problem().says);
        } else {
            rule.lines.push_back(*line);
        }
    }
    rule.first_attendance = reader.texts(table, "first_attendance", false);
    rule.referral_source = reader.texts(table, "referral_source", false);
    rule.hrg_begins = reader.texts(table, "hrg_begins", false);
    rule.kept_only = table["kept_only"].value_or(true);
    const bool of_outpatients = !rule.first_attendance.empty() || !rule.referral_source.empty();
    if (of_outpatients && rule.set != DataSet::outpatients) {
        reader.refuse(table, "only outpatients have first attendances and sources of referral");
    }
    return rule;
}

// Of extracts of referrals, which know of no line and no HRG.
void take_referrals(RuleReader& reader, const toml::table& table, Measure& measure) {
    measure.of_referrals = true;
    measure.priorities = reader.texts(table, "priority", false);
    for (const char* key :
         {"lines", "first_attendance", "referral_source", "hrg_begins", "kept_only"}) {
        if (table.contains(key)) {
            reader.refuse(table, fmt::format("'{}' is of records, not of referrals", key));
        }
    }
}

Measure measure_in(RuleReader& reader, const toml::table& table) {
    reader.refuse_others(
        table, {"code", "name", "counts", "means", "data_set", "lines", "first_attendance",
                "referral_source", "hrg_begins", "kept_only", "priority", "beside"});
    Measure measure;
    measure.code = reader.text(table, "code");
    if (!is_code(measure.code)) {
        reader.refuse(table, "'code' has small letters, digits and underscores only");
    }
    measure.name = reader.text(table, "name");
    measure.counts = reader.text(table, "counts");
    measure.means = reader.text(table, "means");
    if (reader.text(table, "data_set") == "referrals") {
        take_referrals(reader, table, measure);
    } else {
        if (table.contains("priority")) reader.refuse(table, "only referrals have a priority");
        measure.rule = rule_in(reader, table);
    }
    measure.beside = reader.texts(table, "beside", true);
    return measure;
}

std::vector<AgeBand> bands_in(RuleReader& reader, const toml::table& table, std::string_view key) {
    auto bands = parse_age_bands(reader.texts(table, key, true));
    if (!bands) {
        reader.refuse(table, fmt::format("{}: {}", key, bands.problem().says));
        return {};
    }
    return std::move(*bands);
}

Dispersion dispersion_in(RuleReader& reader, const toml::table& table) {
    const std::string text = reader.text(table, "dispersion");
    if (text == "truncated") return Dispersion::truncated;
    if (text == "winsorised") return Dispersion::winsorised;
    if (text != "none") reader.refuse(table, "'dispersion' is truncated, winsorised or none");
    return Dispersion::none;
}

void read_funnel(RuleReader& reader, const toml::table& table, ComparisonRules& rules) {
    reader.refuse_others(table,
                         {"dispersion", "trim_percent", "fewest_practices", "fewest_expected"});
    rules.dispersion = dispersion_in(reader, table);
    rules.trim = static_cast<double>(reader.number(table, "trim_percent", 1, 49)) / 100;
    rules.fewest_practices =
        static_cast<std::size_t>(reader.number(table, "fewest_practices", 2, 1000));
    rules.fewest_expected = static_cast<double>(reader.number(table, "fewest_expected", 1, 1000));
}

void read_peers(RuleReader& reader, const toml::table& table, ComparisonRules& rules) {
    reader.refuse_others(table, {"nearest", "fewest", "characteristics"});
    rules.nearest_peers = static_cast<std::size_t>(reader.number(table, "nearest", 1, 1000));
    rules.fewest_peers = static_cast<std::size_t>(reader.number(table, "fewest", 1, 1000));
    rules.characteristics = reader.texts(table, "characteristics", true);
    if (rules.characteristics.empty()) reader.refuse(table, "name at least one characteristic");
}

void read_chart(RuleReader& reader, const toml::table& table, ComparisonRules& rules) {
    reader.refuse_others(table,
                         {"most_months", "fewest_months", "fewest_expected", "limits_from_first"});
    rules.most_chart_months = static_cast<int>(reader.number(table, "most_months", 2, 120));
    rules.fewest_chart_months =
        static_cast<std::size_t>(reader.number(table, "fewest_months", 2, 120));
    rules.fewest_expected_a_month =
        static_cast<double>(reader.number(table, "fewest_expected", 1, 1000));
    rules.limits_from_first =
        static_cast<std::size_t>(reader.number(table, "limits_from_first", 0, 120));
}

}  // namespace

Result<std::size_t> Measures::find(std::string_view code) const {
    std::string known;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].code == code) return i;
        known += (known.empty() ? "" : ", ") + all[i].code;
    }
    return not_found(fmt::format("there is no measure '{}': name one of {}", code, known));
}

Measures Measures::of_records() const {
    Measures records;
    for (const Measure& measure : all) {
        if (!measure.of_referrals) records.all.push_back(measure);
    }
    return records;
}

Result<Measures> parse_measures(std::string_view toml, std::string_view name) {
    const auto file = RuleReader::parse(toml, name);
    if (!file) return file.problem();
    RuleReader reader(name);
    reader.refuse_others(*file, {"measure"});
    const toml::array* list = (*file)["measure"].as_array();
    if (list == nullptr) return bad_input(fmt::format("{}: no [[measure]] is in it", name));
    Measures measures;
    for (const toml::node& node : *list) {
        if (!node.is_table()) {
            reader.refuse(node, "a measure is a table");
            continue;
        }
        Measure measure = measure_in(reader, *node.as_table());
        if (measures.find(measure.code)) {
            reader.refuse(node, fmt::format("'{}' is there twice", measure.code));
        }
        measures.all.push_back(std::move(measure));
    }
    if (reader.fault()) return *reader.fault();
    if (measures.all.empty()) return bad_input(fmt::format("{}: no [[measure]] is in it", name));
    return measures;
}

Result<Measures> read_measures(const std::filesystem::path& file) {
    const auto text = text_of_rules(file);
    if (!text) return text.problem();
    return parse_measures(*text, file.string());
}

Result<ComparisonRules> parse_comparison_rules(std::string_view toml, std::string_view name) {
    const auto file = RuleReader::parse(toml, name);
    if (!file) return file.problem();
    RuleReader reader(name);
    reader.refuse_others(*file, {"bands", "coarser_bands", "months", "fewest_patients", "funnel",
                                 "peers", "chart", "alerts"});
    ComparisonRules rules;
    rules.bands = bands_in(reader, *file, "bands");
    rules.coarser_bands = bands_in(reader, *file, "coarser_bands");
    rules.months = static_cast<int>(reader.number(*file, "months", 1, 60));
    rules.fewest_patients = reader.number(*file, "fewest_patients", 1, 1'000'000);
    read_funnel(reader, reader.table(*file, "funnel"), rules);
    read_peers(reader, reader.table(*file, "peers"), rules);
    read_chart(reader, reader.table(*file, "chart"), rules);
    const toml::table& alerts = reader.table(*file, "alerts");
    reader.refuse_others(alerts, {"false_discovery_percent"});
    rules.false_discovery =
        static_cast<double>(reader.number(alerts, "false_discovery_percent", 1, 50)) / 100;
    if (reader.fault()) return *reader.fault();
    return rules;
}

Result<ComparisonRules> read_comparison_rules(const std::filesystem::path& file) {
    const auto text = text_of_rules(file);
    if (!text) return text.problem();
    return parse_comparison_rules(*text, file.string());
}

}  // namespace purse
