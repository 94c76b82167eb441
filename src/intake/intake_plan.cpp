#include "intake/intake_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_map>

namespace purse {

namespace {

using Headings = std::unordered_map<std::string, std::uint32_t>;

std::uint16_t column_or_none(DataSet set, std::string_view name) {
    const auto columns = stored_columns(set);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return static_cast<std::uint16_t>(i);
    }
    return no_column;
}

DerivedColumns derived_columns(DataSet set) {
    return {.line = column_or_none(set, "line"),
            .costing_date = column_or_none(set, "costing_date"),
            .patient = column_or_none(set, "patient"),
            .episodes = column_or_none(set, "episodes"),
            .spell_id = column_or_none(set, "spell_id"),
            .hrg = column_or_none(set, "hrg")};
}

NoteAs note_of(std::string_view stored) {
    if (stored == "record_id") return NoteAs::record_id;
    if (stored == "spell_id") return NoteAs::spell_id;
    if (stored == "practice") return NoteAs::practice;
    if (stored == "provider") return NoteAs::provider;
    if (stored == "hrg") return NoteAs::hrg;
    if (stored == "admission_date") return NoteAs::admission_date;
    if (stored == "discharge_date" || stored == "costing_date") return NoteAs::costing_date;
    if (stored == "critical_care_days" || stored == "rehabilitation_days" ||
        stored == "palliative_days") {
        return NoteAs::days_out_of_stay;
    }
    return NoteAs::nothing;
}

void put_code(IntakePlan& plan, CodeRules& rules, std::string_view code, std::string_view stored) {
    plan.code_texts.emplace_back(stored);
    rules.as_stored.put(packed(code), plan.code_texts.back());
}

// The code list of a field with the layout's translations; a lost leading zero is put back.
const CodeRules* code_rules_of(IntakePlan& plan, const std::string& field) {
    const auto& lists = plan.context.rules.code_lists;
    const auto list = lists.find(field);
    const auto translation =
        std::find_if(plan.layout.translations.begin(), plan.layout.translations.end(),
                     [&](const CodeTranslation& each) { return each.field == field; });
    const bool translated = translation != plan.layout.translations.end();
    if (list == lists.end() && !translated) return nullptr;
    CodeRules& rules = plan.code_rules.emplace_back();
    if (list != lists.end()) {
        rules.closed = true;
        rules.severity = list->second.severity;
        for (const std::string& code : list->second.codes) {
            if (code.size() == 2 && code[0] == '0') put_code(plan, rules, code.substr(1), code);
        }
        for (const std::string& code : list->second.codes) put_code(plan, rules, code, code);
    }
    if (translated) {
        for (const auto& [from, to] : translation->codes) put_code(plan, rules, from, to);
    }
    return &rules;
}

void add_field(IntakePlan& plan, const LayoutField& from, const Headings& headings,
               const std::vector<std::string>& names) {
    const DataSet set = plan.context.set;
    const auto index = input_field_index(set, from.field);
    CHECK(index.has_value());
    const InputField& input = input_fields(set)[*index];
    FieldPlan field{.kind = input.kind, .name = from.field};
    for (const std::string& column : from.columns) {
        const auto at = headings.find(heading_key(column));
        if (at != headings.end()) field.sources.push_back(at->second);
    }
    if (field.sources.empty()) {
        plan.absent.push_back(from.field);
        return;
    }
    field.heading = names[field.sources.front()];
    field.is_list = from.is_list;
    field.note = note_of(input.stored);
    if (!input.stored.empty()) {
        field.stored = static_cast<std::uint16_t>(column_index(set, input.stored));
    }
    const auto& required = plan.context.rules.required[static_cast<std::size_t>(set)];
    field.required = std::find(required.begin(), required.end(), from.field) != required.end();
    field.codes = code_rules_of(plan, from.field);
    for (const auto& [name, ending] : plan.layout.drop_ending) {
        if (name != from.field) continue;
        field.ending = packed(ending);
        field.ending_size = ending.size();
    }
    for (const std::uint32_t source : field.sources) {
        plan.columns_needed = std::max(plan.columns_needed, source + 1);
    }
    plan.fields.push_back(std::move(field));
}

Result<Headings> places_of(const Layout& layout, const std::vector<std::string>& headings) {
    Headings places;
    std::unordered_map<std::string, std::size_t> seen;
    for (std::uint32_t i = 0; i < headings.size(); ++i) {
        const std::string key = heading_key(headings[i]);
        places.emplace(key, i);
        ++seen[key];
    }
    for (const LayoutField& field : layout.fields) {
        for (const std::string& column : field.columns) {
            const auto found = seen.find(heading_key(column));
            if (found == seen.end() || found->second == 1) continue;
            return bad_input(fmt::format(
                "line 1: the heading '{}' stands there {} times: remove or rename all but one",
                column, found->second));
        }
    }
    return places;
}

Outcome refuse_missing_required(const IntakePlan& plan) {
    std::vector<std::string> missing;
    for (const std::string& name :
         plan.context.rules.required[static_cast<std::size_t>(plan.context.set)]) {
        if (plan.field(name) == nullptr) missing.push_back(name);
    }
    if (missing.empty()) return Nothing{};
    return bad_input(fmt::format("line 1: the file has no column for {}, as layout '{}' needs it",
                                 fmt::join(missing, ", "), plan.layout.name));
}

void add_parameters(IntakePlan& plan) {
    plan.nulls = plan.layout.null_values;
    for (const std::string& null : plan.nulls) {
        if (!null.empty()) plan.null_starts[static_cast<unsigned char>(null.front())] = true;
    }
    for (const auto& code : plan.context.rules.no_practice_codes) {
        plan.no_practice.put(packed(code));
    }
    for (const auto& hrg : plan.context.rules.ungrouped_hrgs) plan.ungrouped.put(packed(hrg));
    plan.derived = derived_columns(plan.context.set);
    plan.last_episode_read = plan.field("last_episode") != nullptr;
    plan.episodes_expected = plan.last_episode_read || plan.field("episode_number") != nullptr;
}

}  // namespace

Result<Intake> Intake::prepare(const Layout& layout, const std::vector<std::string>& headings,
                               IntakeContext context) {
    if (layout.set != context.set) {
        return bad_input(fmt::format("layout '{}' is for {}, not {}", layout.name,
                                     in_words(layout.set), in_words(context.set)));
    }
    auto places = places_of(layout, headings);
    if (!places) return places.problem();
    auto plan = std::make_shared<IntakePlan>();
    plan->layout = layout;
    plan->context = std::move(context);
    for (const LayoutField& field : layout.fields) add_field(*plan, field, *places, headings);
    if (auto done = refuse_missing_required(*plan); !done) return done.problem();
    if (plan->context.want_given) {
        for (const auto& [name, column] : layout.given) {
            const auto at = places->find(heading_key(column));
            if (at == places->end()) continue;
            plan->given.emplace_back(name, at->second);
            plan->columns_needed = std::max(plan->columns_needed, at->second + 1);
        }
    }
    std::stable_sort(plan->fields.begin(), plan->fields.end(),
                     [](const FieldPlan& a, const FieldPlan& b) { return a.sources < b.sources; });
    add_parameters(*plan);
    return Intake(std::move(plan));
}

const IntakeContext& Intake::context() const { return plan_->context; }
const Layout& Intake::layout() const { return plan_->layout; }
const std::vector<std::string>& Intake::absent_fields() const { return plan_->absent; }

}  // namespace purse
