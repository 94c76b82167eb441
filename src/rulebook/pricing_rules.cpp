#include "rulebook/pricing_rules.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <set>

namespace purse {
namespace {

constexpr std::array<std::pair<AdmissionType, std::string_view>, 6> admission_types = {{
    {AdmissionType::day_case, "day_case"},
    {AdmissionType::elective, "elective"},
    {AdmissionType::non_elective_emergency, "non_elective_emergency"},
    {AdmissionType::non_elective_other, "non_elective_other"},
    {AdmissionType::regular, "regular"},
    {AdmissionType::other, "other"},
}};

constexpr std::array<std::pair<Rounding, std::string_view>, 7> roundings = {{
    {Rounding::half_up, "half_up"},
    {Rounding::half_even, "half_even"},
    {Rounding::half_down, "half_down"},
    {Rounding::up, "up"},
    {Rounding::down, "down"},
    {Rounding::ceiling, "ceiling"},
    {Rounding::floor, "floor"},
}};

template <class T, std::size_t n>
bool by_name(const std::array<std::pair<T, std::string_view>, n>& names, std::string_view text,
             T& out) {
    for (const auto& [value, name] : names)
        if (name == text) {
            out = value;
            return true;
        }
    return false;
}

// Reads a node as the type of the field; false when it is something else.
bool read_value(const toml::node& node, bool& out) {
    const auto value = node.value_exact<bool>();
    if (value) out = *value;
    return value.has_value();
}
bool read_value(const toml::node& node, int& out) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > 100'000) return false;
    out = static_cast<int>(*value);
    return true;
}
bool read_value(const toml::node& node, std::string& out) {
    const auto value = node.value_exact<std::string>();
    if (value) out = *value;
    return value.has_value();
}
bool read_value(const toml::node& node, Factor& out) {
    std::string text;
    if (!read_value(node, text)) return false;
    const auto factor = parse_factor(text);
    if (!factor || factor->millionths() < 0) return false;
    out = *factor;
    return true;
}
bool read_value(const toml::node& node, Pence& out) {
    std::string text;
    if (!read_value(node, text)) return false;
    const auto price = parse_pounds(text);
    if (!price || price->count() < 0) return false;
    out = *price;
    return true;
}
bool read_value(const toml::node& node, AdmissionType& out) {
    std::string text;
    return read_value(node, text) && by_name(admission_types, text, out);
}
bool read_value(const toml::node& node, Rounding& out) {
    std::string text;
    return read_value(node, text) && by_name(roundings, text, out);
}
bool read_value(const toml::node& node, std::vector<std::string>& out) {
    const auto* list = node.as_array();
    if (list == nullptr) return false;
    out.clear();
    for (const auto& item : *list)
        if (std::string text; read_value(item, text))
            out.push_back(std::move(text));
        else
            return false;
    return true;
}
bool read_value(const toml::node& node, std::vector<DataSet>& out) {
    std::vector<std::string> names;
    if (!read_value(node, names)) return false;
    out.clear();
    for (const auto& name : names)
        if (const auto set = parse_data_set(name))
            out.push_back(*set);
        else
            return false;
    return true;
}

struct Parameter {
    std::string_view name;
    bool (*read)(const toml::node& node, PricingRules& rules);
};

#define PARAMETER_AS(name, field)                               \
    Parameter {                                                 \
        name, [](const toml::node& node, PricingRules& rules) { \
            return read_value(node, rules.field);               \
        }                                                       \
    }
#define PARAMETER(field) PARAMETER_AS(#field, field)

constexpr std::array parameters = {
    PARAMETER(rounding),
    PARAMETER(short_stay_least_age),
    PARAMETER(short_stay_under_days),
    PARAMETER(delayed_discharge_days_taken_out),
    PARAMETER(top_up_on_excess_days),
    PARAMETER(top_ups_stack),
    PARAMETER(child_under_age),
    PARAMETER(day_case_with_nights),
    PARAMETER(day_case_non_elective),
    PARAMETER(class_5_by_method),
    PARAMETER(non_face_to_face_paid),
    PARAMETER_AS("non_face_to_face_price_pounds", non_face_to_face_price),
    PARAMETER(attended_codes),
    PARAMETER(multi_professional_codes),
    PARAMETER(type_1_and_2),
    PARAMETER(type_3),
    PARAMETER(planned_follow_ups_paid),
    PARAMETER(zero_priced_hrgs),
    PARAMETER(readmissions_on),
    PARAMETER(readmission_days),
    PARAMETER(readmission_payable_share),
    PARAMETER(readmission_excluded_hrgs),
    PARAMETER(readmission_excluded_discharge_methods),
    PARAMETER(readmission_excluded_methods),
    PARAMETER(readmission_least_age),
    PARAMETER(readmission_excluded_primary_diagnoses),
    PARAMETER(readmission_excluded_diagnoses),
    PARAMETER(payable_steps_excluded_commissioners),
    PARAMETER(marginal_rate_on),
    PARAMETER(marginal_rate),
    PARAMETER(marginal_rate_excluded_hrgs),
};

#undef PARAMETER
#undef PARAMETER_AS

class RulesReader {
  public:
    RulesReader(const std::filesystem::path& own, const std::filesystem::path& folder)
        : own_(own), folder_(folder) {}

    Outcome read(const std::string& year_folder, int depth) {
        const auto file = file_of(year_folder);
        if (depth > 8)
            return bad_input(file.string() + ": the years inherit from each other in a circle");
        if (!std::filesystem::is_regular_file(file))
            return not_found(fmt::format("there are no pricing rules '{}'", file.string()));
        toml::table table;
        try {
            table = toml::parse_file(file.string());
        } catch (const toml::parse_error& error) {
            return bad_input(fmt::format("{}, line {}, column {}: {}", file.string(),
                                         error.source().begin.line, error.source().begin.column,
                                         error.description()));
        }
        if (const auto parent = table["inherits"].value<std::string>())
            if (auto done = read(*parent, depth + 1); !done) return done;
        file_ = file.string();
        return read_table(table);
    }

    PricingRules take() { return std::move(rules_); }

    Outcome check_complete() const {
        for (const auto& parameter : parameters)
            if (!stated_.contains(parameter.name))
                return bad_input(
                    fmt::format("{}: the parameter '{}' is not stated, here or in the "
                                "year it inherits from",
                                file_, parameter.name));
        if (rules_.admission_methods.empty())
            return bad_input(file_ + ": no [[admission_method]] is stated");
        return Nothing{};
    }

  private:
    // The site's own file, once: what it inherits under its own name is Purse's.
    std::filesystem::path file_of(const std::string& year_folder) {
        const auto own = own_ / year_folder / "pricing.toml";
        if (!own_.empty() && std::filesystem::is_regular_file(own) &&
            own_read_.insert(year_folder).second)
            return own;
        return folder_ / year_folder / "pricing.toml";
    }

    Outcome read_table(const toml::table& table) {
        for (const auto& [key, node] : table) {
            const std::string_view name = key.str();
            Outcome done = Nothing{};
            if (name == "year")
                done = read_year(node);
            else if (name == "exclusion")
                done = each_table(node, name, &RulesReader::read_exclusion);
            else if (name == "admission_method")
                done = each_table(node, name, &RulesReader::read_methods);
            else if (name == "parameters")
                done = read_parameters(node);
            else if (name != "inherits")
                done = fault(node, fmt::format("'{}' is no part of pricing rules", name));
            if (!done) return done;
        }
        return Nothing{};
    }

    Outcome read_year(const toml::node& node) {
        std::string text;
        const bool stated = read_value(node, text);
        const auto year = parse_financial_year(text);
        if (!stated || !year) return fault(node, "year is no financial year such as \"2017/18\"");
        rules_.year = *year;
        return Nothing{};
    }

    Outcome each_table(const toml::node& node, std::string_view name,
                       Outcome (RulesReader::*read_one)(const toml::table&)) {
        const auto* list = node.as_array();
        if (list == nullptr) return fault(node, fmt::format("write [[{}]] for each", name));
        for (const auto& item : *list) {
            if (!item.is_table()) return fault(item, fmt::format("write [[{}]] for each", name));
            if (auto done = (this->*read_one)(*item.as_table()); !done) return done;
        }
        return Nothing{};
    }

    // The field's value when it is given; a fault when it is of another kind, or missing and
    // needed.
    template <class T>
    Outcome field(const toml::table& table, std::string_view name, T& out, bool needed) {
        const auto* node = table.get(name);
        if (node == nullptr)
            return needed ? Outcome(fault(table, fmt::format("'{}' is missing", name)))
                          : Outcome(Nothing{});
        if (!read_value(*node, out))
            return fault(*node, fmt::format("the value of '{}' cannot be used", name));
        return Nothing{};
    }

    Outcome known_keys(const toml::table& table, std::initializer_list<std::string_view> known) {
        for (const auto& [key, node] : table)
            if (std::find(known.begin(), known.end(), key.str()) == known.end())
                return fault(node, fmt::format("'{}' is not known here", key.str()));
        return Nothing{};
    }

    Outcome read_exclusion(const toml::table& table) {
        ExclusionRule rule;
        for (const auto& done :
             {known_keys(table, {"reason", "says", "data_sets", "field", "codes", "when_absent",
                                 "attendances_only", "source"}),
              field(table, "reason", rule.reason, true), field(table, "says", rule.says, true),
              field(table, "data_sets", rule.data_sets, true),
              field(table, "field", rule.field, false), field(table, "codes", rule.codes, false),
              field(table, "when_absent", rule.when_absent, false),
              field(table, "attendances_only", rule.attendances_only, false),
              field(table, "source", rule.source, true), check_field(table, rule)})
            if (!done) return done;
        const auto same =
            std::find_if(rules_.exclusions.begin(), rules_.exclusions.end(),
                         [&](const ExclusionRule& other) { return other.reason == rule.reason; });
        if (same == rules_.exclusions.end())
            rules_.exclusions.push_back(std::move(rule));
        else
            *same = std::move(rule);
        return Nothing{};
    }

    // The field is a stored column of every data set that the rule is for.
    Outcome check_field(const toml::table& table, const ExclusionRule& rule) {
        if (rule.field.empty()) return Nothing{};
        for (const auto set : rule.data_sets) {
            const auto columns = stored_columns(set);
            const bool there = std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
                return column.name == rule.field;
            });
            if (!there)
                return fault(table, fmt::format("exclusion '{}': {} records have no field '{}'",
                                                rule.reason, in_words(set), rule.field));
        }
        return Nothing{};
    }

    Outcome read_methods(const toml::table& table) {
        std::vector<std::string> methods;
        AdmissionType type{};
        std::string source;
        for (const auto& done :
             {known_keys(table, {"methods", "type", "source"}),
              field(table, "methods", methods, true), field(table, "type", type, true),
              field(table, "source", source, true)})
            if (!done) return done;
        for (const auto& method : methods) {
            std::erase_if(rules_.admission_methods,
                          [&](const auto& rule) { return rule.method == method; });
            rules_.admission_methods.push_back({method, type});
        }
        note_source("admission_method " + std::string(to_text(type)), source);
        return Nothing{};
    }

    Outcome read_parameters(const toml::node& node) {
        const auto* table = node.as_table();
        if (table == nullptr) return fault(node, "write [parameters]");
        for (const auto& [key, entry] : *table) {
            const std::string name(key.str());
            const auto at =
                std::find_if(parameters.begin(), parameters.end(),
                             [&](const Parameter& known) { return known.name == name; });
            if (at == parameters.end())
                return fault(entry, fmt::format("there is no parameter '{}'", name));
            const auto* pair = entry.as_table();
            std::string source;
            if (pair == nullptr || pair->get("value") == nullptr ||
                pair->get("source") == nullptr || !read_value(*pair->get("source"), source))
                return fault(entry,
                             fmt::format("write {} = {{ value = ..., source = \"...\" }}", name));
            if (!at->read(*pair->get("value"), rules_))
                return fault(entry, fmt::format("the value of '{}' cannot be used", name));
            stated_.insert(name);
            note_source(name, source);
        }
        return Nothing{};
    }

    void note_source(const std::string& name, const std::string& source) {
        for (auto& [known, text] : rules_.sources)
            if (known == name) {
                text = source;
                return;
            }
        rules_.sources.emplace_back(name, source);
    }

    Problem fault(const toml::node& node, std::string_view says) const {
        return bad_input(fmt::format("{}, line {}: {}", file_, node.source().begin.line, says));
    }

    std::filesystem::path own_;
    std::filesystem::path folder_;
    std::set<std::string> own_read_;
    std::string file_;
    PricingRules rules_;
    std::set<std::string, std::less<>> stated_;
};

}  // namespace

std::string_view to_text(AdmissionType type) {
    for (const auto& [value, name] : admission_types)
        if (value == type) return name;
    CHECK(false);
    return {};
}

Result<PricingRules> read_pricing_rules(const std::filesystem::path& rules_folder,
                                        FinancialYear year) {
    return read_pricing_rules({}, rules_folder, year);
}

Result<PricingRules> read_pricing_rules(const std::filesystem::path& own_rules,
                                        const std::filesystem::path& rules_folder,
                                        FinancialYear year) {
    RulesReader reader(own_rules, rules_folder);
    if (auto done = reader.read(as_folder(year), 0); !done) return done.problem();
    if (auto done = reader.check_complete(); !done) return done.problem();
    auto rules = reader.take();
    if (rules.year != year)
        return bad_input(fmt::format("the rules in '{}' are of {}, not of {}",
                                     (rules_folder / as_folder(year)).string(), to_text(rules.year),
                                     to_text(year)));
    rules.file = fmt::format("rules/{}/pricing.toml", as_folder(year));
    return rules;
}

}  // namespace purse
