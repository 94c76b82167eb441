#include "render/prescribing_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "money/grouped.hpp"
#include "render/json_values.hpp"
#include "render/text_table.hpp"

namespace purse {

namespace {

namespace json = boost::json;

constexpr std::size_t shown_in_text = 20;

// "28.5": thousandths of a unit, without needless zeros.
std::string quantity_in_words(std::int64_t thousandths) {
    std::string words = grouped(thousandths / 1000);
    if (thousandths % 1000 != 0) {
        words += fmt::format(".{:03}", thousandths % 1000);
        words.erase(words.find_last_not_of('0') + 1);
    }
    return words;
}

// Of a thousand units, in thousandths of a penny; so many pounds for a thousand.
std::string price_in_words(std::int64_t of_thousand) {
    return in_pounds(rounded(FinePence(of_thousand), Rounding::half_up));
}

std::string section_in_words(const std::string& section) {
    return section.size() < 4 ? section : section.substr(0, 2) + "." + section.substr(2);
}

std::string savings_text(const PrescribingReport& report) {
    std::string text = "\n" + report.savings_says + "\n";
    if (report.savings.savings.empty()) return text;
    std::vector<std::vector<std::string>> rows = {
        {"medicine", "quantity", "£ a thousand", "cheapest tenth", "saving"}};
    for (const PriceSaving& saving : report.savings.savings) {
        if (rows.size() > shown_in_text) break;
        rows.push_back({saving.name, quantity_in_words(saving.quantity),
                        price_in_words(saving.price_of_thousand),
                        price_in_words(saving.target_of_thousand), in_pounds(saving.saving)});
    }
    const std::size_t others = report.savings.savings.size() - (rows.size() - 1);
    if (others > 0) {
        Pence rest = report.savings.total;
        for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
            rest -= report.savings.savings[i].saving;
        }
        rows.push_back({fmt::format("{} others", others), "", "", "", in_pounds(rest)});
    }
    rows.emplace_back();
    rows.push_back({"together", "", "", "", in_pounds(report.savings.total)});
    return text +
           aligned(rows, {Align::left, Align::right, Align::right, Align::right, Align::right});
}

json::value deciles(const std::optional<Deciles>& values) {
    if (!values) return nullptr;
    json::array array;
    for (const double value : *values) array.push_back(to_two_decimals(value));
    return array;
}

json::object saving_object(const PriceSaving& saving) {
    json::array presentations;
    for (const PresentationUse& one : saving.presentations) {
        presentations.push_back(json::object{{"bnf_code", one.bnf_code},
                                             {"name", one.name},
                                             {"items", one.items},
                                             {"quantity", quantity_in_words(one.quantity)},
                                             {"cost", plain_pounds(one.cost)}});
    }
    return {{"group", saving.group},
            {"name", saving.name},
            {"items", saving.items},
            {"quantity", quantity_in_words(saving.quantity)},
            {"price_of_thousand", price_in_words(saving.price_of_thousand)},
            {"target_of_thousand", price_in_words(saving.target_of_thousand)},
            {"practices", saving.practices},
            {"saving_pence", saving.saving.count()},
            {"presentations", std::move(presentations)}};
}

json::object measure_object(const PrescribingStanding& measure) {
    json::array months;
    for (const PrescribingMonth& month : measure.months) {
        months.push_back(json::object{{"month", to_text(month.month)},
                                      {"value", to_two_decimals(month.value)},
                                      {"deciles", deciles(month.deciles)}});
    }
    return {{"code", measure.code},
            {"name", measure.name},
            {"per", measure.per},
            {"counts_items", measure.counts_items},
            {"items", measure.items},
            {"cost_pence", measure.cost.count()},
            {"units", to_two_decimals(measure.units)},
            {"value", to_two_decimals(measure.value)},
            {"reference", to_two_decimals(measure.reference)},
            {"deciles", deciles(measure.deciles)},
            {"months", std::move(months)},
            {"says", measure.says}};
}

}  // namespace

std::string as_text(const PrescribingReport& report) {
    std::string text =
        fmt::format("{} ({}): prescribing\n{} – {} to {} (closing {})\n\n{}\n", report.name,
                    report.practice.text(), report.commissioner, in_words(report.from),
                    in_words(report.month), report.closing, report.says);
    if (!report.measures.empty()) text += "\n";
    for (const PrescribingStanding& measure : report.measures) text += "  " + measure.says + "\n";
    text += savings_text(report);
    std::vector<std::vector<std::string>> rows = {
        {"\nBNF section", "", "items", "cost", "of all practices' cost"}};
    std::vector<const PrescribedOfSection*> by_cost;
    for (const PrescribedOfSection& section : report.sections) by_cost.push_back(&section);
    std::ranges::stable_sort(by_cost,
                             [](const auto* a, const auto* b) { return a->cost > b->cost; });
    std::int64_t smaller = 0, smaller_items = 0;
    Pence smaller_cost;
    for (const PrescribedOfSection* section : by_cost) {
        if (rows.size() > shown_in_text) {
            ++smaller;
            smaller_items += section->items;
            smaller_cost += section->cost;
            continue;
        }
        const double share = section->all_cost == Pence(0)
                                 ? 0
                                 : 100.0 * static_cast<double>(section->cost.count()) /
                                       static_cast<double>(section->all_cost.count());
        rows.push_back({section_in_words(section->section), section->chapter,
                        grouped(section->items), in_pounds(section->cost),
                        fmt::format("{:.1f}%", share)});
    }
    if (smaller > 0) {
        rows.push_back({fmt::format("{} smaller", grouped(smaller)),
                        "all: --format csv --table sections", grouped(smaller_items),
                        in_pounds(smaller_cost), ""});
    }
    rows.push_back({"together", "", grouped(report.items), in_pounds(report.cost), ""});
    text += aligned(rows, {Align::left, Align::left, Align::right, Align::right, Align::right});
    for (const std::string& note : report.notes) text += fmt::format("note: {}\n", note);
    return text;
}

std::string as_json(const PrescribingReport& report) {
    json::array sections, measures, savings;
    for (const PrescribedOfSection& section : report.sections) {
        sections.push_back(json::object{{"section", section.section},
                                        {"section_in_words", section_in_words(section.section)},
                                        {"chapter", section.chapter},
                                        {"items", section.items},
                                        {"cost_pence", section.cost.count()},
                                        {"all_items", section.all_items},
                                        {"all_cost_pence", section.all_cost.count()}});
    }
    for (const PrescribingStanding& measure : report.measures) {
        measures.push_back(measure_object(measure));
    }
    for (const PriceSaving& saving : report.savings.savings) {
        savings.push_back(saving_object(saving));
    }
    return json::serialize(
        json::object{{"commissioner", report.commissioner},
                     {"code", report.practice.text()},
                     {"name", report.name},
                     {"month", to_text(report.month)},
                     {"month_in_words", in_words(report.month)},
                     {"from", to_text(report.from)},
                     {"closing", report.closing},
                     {"says", report.says},
                     {"items", report.items},
                     {"cost_pence", report.cost.count()},
                     {"budget_to_date_pence", pence_or_null(report.budget_to_date)},
                     {"annual_budget_pence", pence_or_null(report.annual_budget)},
                     {"year_end_pence", pence_or_null(report.year_end)},
                     {"measures", std::move(measures)},
                     {"sections", std::move(sections)},
                     {"savings_says", report.savings_says},
                     {"savings_pence", report.savings.total.count()},
                     {"savings", std::move(savings)}});
}

ReportTable savings_table(const PrescribingReport& report) {
    ReportTable table;
    table.headings = {"practice",
                      "from",
                      "to",
                      "group",
                      "medicine",
                      "items",
                      "quantity",
                      "cost",
                      "price_of_thousand",
                      "cheapest_tenth_of_thousand",
                      "practices",
                      "saving"};
    const std::string practice = report.practice.text();
    const std::string from = to_text(report.from), to = to_text(report.month);
    for (const PriceSaving& saving : report.savings.savings) {
        table.rows.push_back({practice, from, to, saving.group, saving.name, saving.items,
                              quantity_in_words(saving.quantity), plain_pounds(saving.cost),
                              price_in_words(saving.price_of_thousand),
                              price_in_words(saving.target_of_thousand),
                              static_cast<std::int64_t>(saving.practices), saving.saving});
    }
    std::vector<TableCell> total(table.headings.size());
    total[0] = practice;
    total[1] = from;
    total[2] = to;
    total[4] = std::string("together");
    total.back() = report.savings.total;
    table.rows.push_back(std::move(total));
    return table;
}

ReportTable sections_table(const PrescribingReport& report) {
    ReportTable table;
    table.headings = {"practice", "from", "to",           "section",    "chapter",
                      "items",    "cost", "items_of_all", "cost_of_all"};
    for (const PrescribedOfSection& section : report.sections) {
        table.rows.push_back({report.practice.text(), to_text(report.from), to_text(report.month),
                              section.section, section.chapter, section.items, section.cost,
                              section.all_items, section.all_cost});
    }
    return table;
}

ReportTable measures_table(const PrescribingReport& report) {
    ReportTable table;
    table.headings = {"practice",     "from",     "to",       "measure", "name",
                      "per",          "items",    "cost",     "units",   "value",
                      "commissioner", "decile_1", "decile_5", "decile_9"};
    for (const PrescribingStanding& measure : report.measures) {
        const auto decile = [&](std::size_t which) -> TableCell {
            if (measure.deciles) return measure.deciles->at(which);
            return std::monostate();
        };
        table.rows.push_back({report.practice.text(), to_text(report.from), to_text(report.month),
                              measure.code, measure.name, measure.per, measure.items, measure.cost,
                              measure.units, measure.value, measure.reference, decile(0), decile(4),
                              decile(8)});
    }
    return table;
}

}  // namespace purse
