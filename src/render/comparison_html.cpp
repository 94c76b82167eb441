#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "budget/indicative.hpp"
#include "money/factor.hpp"
#include "render/comparison.hpp"
#include "render/html_page.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

constexpr std::string_view comparison_style = R"(
figure{margin:1rem 0}figcaption{color:#4c6272;font-size:.9rem}td.down{color:#d5281b}td.up{color:#007f3b}
@media print{body{font-size:9.5px}h1{font-size:16px}th,td{padding:.2rem .4rem}}
)";

struct Dot {
    std::string name;
    std::int64_t value;
};

// Dots in columns a step wide, from −most to +most; what is further out stands in the last column.
struct Panel {
    int left = 0;
    std::int64_t most = 0, step = 0;
    std::string heading;
    static constexpr int width = 440;
    static constexpr int height = 96;

    [[nodiscard]] int at(std::int64_t value) const {
        const std::int64_t held = std::clamp(value, -most, most);
        return left + width / 2 + static_cast<int>(held * (width / 2 - 8) / most);
    }
};

std::string dots_svg(const Panel& panel, int bottom, const std::vector<Dot>& dots) {
    std::map<std::int64_t, std::vector<const Dot*>> columns;
    std::size_t tallest = 1;
    for (const Dot& dot : dots) {
        const std::int64_t held = std::clamp(dot.value, -panel.most, panel.most);
        auto& column = columns[divided(held, panel.step, Rounding::half_up) * panel.step];
        column.push_back(&dot);
        tallest = std::max(tallest, column.size());
    }
    const int rise = std::min(10, Panel::height / static_cast<int>(tallest));
    std::string svg;
    for (const auto& [value, column] : columns) {
        for (std::size_t i = 0; i < column.size(); ++i) {
            svg += fmt::format(
                "<circle cx=\"{}\" cy=\"{}\" r=\"4.5\" fill=\"#005eb8\" fill-opacity=\"0.75\">"
                "<title>{}: {}</title></circle>",
                panel.at(value), bottom - 6 - rise * static_cast<int>(i),
                escaped_html(column[i]->name), signed_percent(column[i]->value));
        }
    }
    return svg + "\n";
}

std::string axis_svg(const Panel& panel, int bottom) {
    std::string svg =
        fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"#4c6272\"/>",
                    panel.left, bottom, panel.left + Panel::width, bottom);
    for (const std::int64_t third : {-3, -2, -1, 0, 1, 2, 3}) {
        const std::int64_t value = third * panel.most / 3;
        const char* beyond = third == -3 ? "≤" : third == 3 ? "≥" : "";
        const char* anchor = third == -3 ? "start" : third == 3 ? "end" : "middle";
        const int x = third == -3  ? panel.left
                      : third == 3 ? panel.left + Panel::width
                                   : panel.at(value);
        svg += fmt::format(
            "<line x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\" stroke=\"#4c6272\"/>"
            "<text x=\"{3}\" y=\"{4}\" text-anchor=\"{5}\" font-size=\"11\">{6}{7}{8}%</text>",
            panel.at(value), bottom, bottom + 4, x, bottom + 17, anchor, beyond,
            value < 0   ? "−"
            : value > 0 ? "+"
                        : "",
            std::abs(value) / 10'000);
    }
    return svg + "\n";
}

std::string scheme_svg(const ComparedBudgets& budgets, std::size_t scheme, int top) {
    const Panel change{0, 150'000, 10'000, "change of the budget"};
    const Panel distance{510, 300'000, 20'000, "distance from the fair share, after"};
    const int bottom = top + 28 + Panel::height;
    std::vector<Dot> changes, distances;
    for (const ComparedPractice& practice : budgets.practices) {
        const ComparedAmounts& own = practice.under[scheme];
        if (const auto value = change_of(own)) changes.push_back({practice.name, *value});
        if (const auto value = distance_after(own)) distances.push_back({practice.name, *value});
    }
    std::string svg =
        fmt::format("<text x=\"0\" y=\"{0}\" font-size=\"15\" font-weight=\"bold\">{1}: {2}</text>",
                    top + 14, escaped_html(budgets.schemes[scheme].name), change.heading);
    svg += dots_svg(change, bottom, changes) + axis_svg(change, bottom);
    if (distances.empty()) return svg;
    svg += fmt::format(
        "<text x=\"{0}\" y=\"{1}\" font-size=\"15\" font-weight=\"bold\">{2}</text>"
        "<rect x=\"{3}\" y=\"{4}\" width=\"{5}\" height=\"{6}\" fill=\"#e8edee\"/>",
        distance.left, top + 14, distance.heading, distance.at(-100'000), top + 22,
        distance.at(100'000) - distance.at(-100'000), bottom - top - 22);
    return svg + dots_svg(distance, bottom, distances) + axis_svg(distance, bottom);
}

std::string picture(const ComparedBudgets& budgets) {
    constexpr int row = 28 + Panel::height + 34;
    std::string out = fmt::format(
        "<figure><svg viewBox=\"0 0 960 {}\" width=\"100%\" role=\"img\" "
        "aria-labelledby=\"picture-title\" font-family=\"Arial,Helvetica,sans-serif\">"
        "<title id=\"picture-title\">A dot a practice: how its budget changes, and how far it is "
        "from its fair share afterwards; the tables below have the figures</title>\n",
        row * static_cast<int>(budgets.schemes.size()));
    for (std::size_t scheme = 0; scheme < budgets.schemes.size(); ++scheme) {
        out += scheme_svg(budgets, scheme, row * static_cast<int>(scheme));
    }
    return out +
           "</svg><figcaption>A dot is a practice (its name shows under the pointer). Grey: within "
           "10% of the fair share.</figcaption></figure>\n";
}

std::string bands(const ComparedBudgets& budgets, const std::vector<ComparisonTally>& tallies) {
    const auto known = std::ranges::find_if(
        tallies, [](const ComparisonTally& tally) { return tally.within + tally.beyond > 0; });
    if (known == tallies.end()) return "";
    std::string out =
        "<h2>How far from the fair share</h2>\n<table><thead><tr><th scope=\"col\">Practices</th>"
        "<th scope=\"col\">By history</th>";
    for (const ComparedName& scheme : budgets.schemes) {
        out += fmt::format("<th scope=\"col\">{}</th>", escaped_html(scheme.name));
    }
    out += "</tr></thead><tbody>\n";
    for (std::size_t band = 0; band < distance_bands.size(); ++band) {
        out += fmt::format("<tr><td>{}</td><td>{}</td>", distance_bands[band], known->before[band]);
        for (const ComparisonTally& tally : tallies) {
            const bool any = tally.within + tally.beyond > 0;
            out += fmt::format("<td>{}</td>", any ? std::to_string(tally.after[band]) : "–");
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

std::string practices_table(const ComparedBudgets& budgets) {
    std::string out =
        "<h2>Practice by practice</h2>\n<div class=\"scroll\"><table><thead><tr><th "
        "scope=\"col\">Practice</th><th scope=\"col\">Opening</th>";
    for (const ComparedName& scheme : budgets.schemes) {
        out += fmt::format(
            "<th scope=\"col\">{}</th><th scope=\"col\">Change</th><th scope=\"col\">Distance "
            "after</th>",
            escaped_html(scheme.name));
    }
    out += "</tr></thead><tbody>\n";
    for (const ComparedPractice& practice : budgets.practices) {
        out += fmt::format("<tr><td>{} ({})</td><td>{}</td>", escaped_html(practice.name),
                           escaped_html(practice.code), in_pounds(practice.under.front().opening));
        for (const ComparedAmounts& own : practice.under) {
            out += fmt::format("<td>{}</td><td>{}</td><td>{}</td>", in_pounds(own.budget),
                               signed_percent(change_of(own)), signed_percent(distance_after(own)));
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

}  // namespace

std::string as_html(const ComparedBudgets& budgets) {
    std::vector<ComparisonTally> tallies;
    std::string body =
        fmt::format("<h1>{}</h1>\n<div class=\"says\">", escaped_html(budgets.title));
    for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
        tallies.push_back(tally_of(budgets, i));
        body += "<p>" + escaped_html(tally_sentence(budgets.schemes[i], tallies[i])) + "</p>";
    }
    body += "</div>\n" + picture(budgets) + bands(budgets, tallies) + practices_table(budgets);
    body += fmt::format(
        "<p class=\"quiet\">Budgets before entries of the year and hand-backs; the change is from "
        "the opening, the distance from the fair share.</p>\n<p><strong>{}</strong></p>\n",
        indicative_budget_sentence);
    return html_page(budgets.title, body, {.style = comparison_style, .paper = Paper::on_its_side});
}

}  // namespace purse
