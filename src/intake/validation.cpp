#include "intake/validation.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "intake/field.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

constexpr std::array<std::string_view, reason_count> reason_codes = {
    "missing_value",
    "code_not_in_list",
    "malformed_code",
    "bad_date",
    "bad_number",
    "impossible_age",
    "discharge_before_admission",
    "unfinished_spell",
    "date_outside_month",
    "duplicate_record",
    "duplicate_spell",
    "unknown_practice",
    "practice_closed",
    "hrg_not_in_tariff",
    "ungrouped_hrg",
    "bad_nhs_number",
    "days_exceed_stay",
    "unterminated_quote",
    "too_few_columns",
    "episode_without_spell",
    "spell_without_last_episode",
    "spell_conflicting_hrgs",
    "spell_hrg_from_episode",
    "spell_episode_missing",
    "spell_episodes_overlap",
    "spell_conflicting_dates",
};

Problem wrong(std::string_view what) {
    return bad_input(fmt::format("rules/validation.toml: {}", what));
}

Result<Severity> severity_of(const toml::node* node, std::string_view where) {
    const auto text = node == nullptr ? std::optional<std::string>() : node->value<std::string>();
    if (text == "reject") return Severity::reject;
    if (text == "warn") return Severity::warn;
    return wrong(fmt::format("the severity of {} must be \"reject\" or \"warn\"", where));
}

std::vector<std::string> texts_of(const toml::node* node) {
    std::vector<std::string> texts;
    if (node == nullptr || !node->is_array()) return texts;
    for (const auto& item : *node->as_array()) {
        if (const auto text = item.value<std::string>()) texts.push_back(*text);
    }
    return texts;
}

Outcome take_reasons(const toml::table& table, ValidationRules& rules) {
    for (std::size_t i = 0; i < reason_count; ++i) {
        const auto* reason = table["reasons"][reason_codes[i]].as_table();
        if (reason == nullptr)
            return wrong(fmt::format("[reasons.{}] is missing", reason_codes[i]));
        const auto severity = severity_of(reason->get("severity"), reason_codes[i]);
        if (!severity) return severity.problem();
        rules.reasons[i] = {*severity, (*reason)["says"].value_or(std::string()),
                            (*reason)["remedy"].value_or(std::string())};
        if (rules.reasons[i].says.empty() || rules.reasons[i].remedy.empty()) {
            return wrong(fmt::format("[reasons.{}] needs 'says' and 'remedy'", reason_codes[i]));
        }
    }
    return Nothing{};
}

Outcome take_code_lists(const toml::table& table, const std::filesystem::path& folder,
                        ValidationRules& rules) {
    const auto* lists = table["code_lists"].as_table();
    if (lists == nullptr) return Nothing{};
    for (const auto& [field, node] : *lists) {
        const auto* entry = node.as_table();
        if (entry == nullptr) return wrong(fmt::format("code list {} is no table", field.str()));
        const auto severity = severity_of(entry->get("severity"), field.str());
        if (!severity) return severity.problem();
        const auto file = (*entry)["file"].value_or(std::string());
        const auto codes = read_table(folder / "codes" / file);
        if (!codes) return codes.problem();
        const auto column = codes->column("code");
        if (!column) return column.problem();
        CodeList list{.severity = *severity, .codes = {}};
        for (const auto& row : codes->rows) list.codes.push_back(row.cells[*column]);
        rules.code_lists.emplace(std::string(field.str()), std::move(list));
    }
    return Nothing{};
}

Outcome take_required(const toml::table& table, ValidationRules& rules) {
    for (const DataSet set : all_data_sets) {
        auto fields = texts_of(table["required"][short_name(set)].node());
        for (const std::string& field : fields) {
            if (!input_field_index(set, field)) {
                return wrong(
                    fmt::format("[required] '{}' is no field of {}", field, in_words(set)));
            }
        }
        rules.required[static_cast<std::size_t>(set)] = std::move(fields);
    }
    for (const std::string& name : texts_of(table["hrg_expected"]["data_sets"].node())) {
        const auto set = parse_data_set(name);
        if (!set) return wrong(set.problem().says);
        rules.hrg_expected[static_cast<std::size_t>(*set)] = true;
    }
    return Nothing{};
}

void take_parameters(const toml::table& table, ValidationRules& rules) {
    rules.exclusion_mark = table["exclusion_mark"].value_or(rules.exclusion_mark);
    rules.no_practice_codes = texts_of(table.get("no_practice_codes"));
    rules.ungrouped_hrgs = texts_of(table.get("ungrouped_hrgs"));
    rules.greatest_age = table["greatest_age"].value_or(rules.greatest_age);
    if (const auto* ages = table["infant_ages"].as_array()) {
        for (const auto& age : *ages) rules.infant_ages.push_back(age.value_or(std::int64_t{-1}));
    }
}

}  // namespace

std::string_view code_of(Reason reason) { return reason_codes[static_cast<std::size_t>(reason)]; }

Result<ValidationRules> read_validation_rules(const std::filesystem::path& rules_folder) {
    const auto file = rules_folder / "validation.toml";
    if (!std::filesystem::exists(file)) {
        return not_found(fmt::format("the validation rules {} are missing", file.string()));
    }
    ValidationRules rules;
    try {
        const toml::table table = toml::parse_file(file.string());
        if (auto done = take_reasons(table, rules); !done) return done.problem();
        if (auto done = take_code_lists(table, rules_folder, rules); !done) return done.problem();
        if (auto done = take_required(table, rules); !done) return done.problem();
        take_parameters(table, rules);
    } catch (const toml::parse_error& error) {
        return wrong(fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
    return rules;
}

}  // namespace purse
