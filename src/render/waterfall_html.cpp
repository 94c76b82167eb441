#include <fmt/format.h>

#include <algorithm>

#include "budget/indicative.hpp"
#include "render/html_page.hpp"
#include "render/waterfall_pages.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

// Paper: A4 upright, the table of lines on its side; a line of a table is never cut in two.
constexpr std::string_view waterfall_style = R"(
figure{margin:1rem 0}figcaption{color:#4c6272;font-size:.9rem}
td{vertical-align:top}td.why{text-align:left;white-space:normal;min-width:16rem}tr.total td.why{font-weight:normal}
h3::first-letter{text-transform:uppercase}.sum{display:block;color:#4c6272;font-size:.85rem}
.from{display:block;color:#4c6272;font-size:.8rem}
table.working td:first-child,table.working th:first-child{min-width:1.5rem;width:1.5rem}
details{margin:.5rem 0}summary{cursor:pointer;font-weight:bold;color:#005eb8;padding:.25rem 0}
.indicative{font-weight:bold}
@page wide{size:A4 landscape}
@media print{html{font-size:10.5px}body{font-size:10.5px}h1{font-size:17px}h2{font-size:13.5px}h3{font-size:11.5px}
.wide{page:wide}.wide table{font-size:8px}.wide th,.wide td{padding:.25rem .3rem}
.wide th:first-child,.wide td:first-child{min-width:0}
details{break-inside:avoid}summary{break-after:avoid}td.why,th:first-child,td:first-child{min-width:0}
.screen{display:none}details summary{list-style:none;color:#212b32}}
)";

// Pence mapped onto the picture's width between the least and the most that it shows.
struct Scale {
    std::int64_t least = 0;
    std::int64_t most = 1;
    static constexpr std::int64_t left = 225;
    static constexpr std::int64_t width = 560;

    [[nodiscard]] std::int64_t at(std::int64_t pence) const {
        const std::int64_t inside = std::max(pence, least);
        return left + static_cast<std::int64_t>(wide{inside - least} * width / (most - least));
    }
};

struct Bar {
    const WaterfallStep* step = nullptr;
    std::int64_t from = 0, to = 0;
};

std::vector<Bar> bars_of(const Waterfall& waterfall) {
    std::vector<Bar> bars;
    std::int64_t sum = 0;
    for (const std::size_t at : steps_with_figures(waterfall)) {
        const WaterfallStep& step = waterfall.steps[at];
        const std::int64_t amount = step.amount.count();
        bars.push_back({&step, step.is_level ? 0 : sum, step.is_level ? amount : sum + amount});
        sum = bars.back().to;
    }
    return bars;
}

// Steps are small beside sums: the axis begins below the lowest of them, and says so.
Scale scale_of(const std::vector<Bar>& bars) {
    Scale scale;
    std::int64_t lowest = bars.front().to;
    for (const Bar& bar : bars) {
        scale.most = std::max({scale.most, bar.from, bar.to});
        lowest = std::min(lowest, bar.step->is_level ? bar.to : std::min(bar.from, bar.to));
    }
    scale.least = std::max<std::int64_t>(0, lowest - (scale.most - lowest) - scale.most / 50);
    return scale;
}

std::string bar_svg(const Bar& bar, const Bar* next, const Scale& scale, int top) {
    const WaterfallStep& step = *bar.step;
    const auto left = scale.at(std::min(bar.from, bar.to));
    const auto right = std::max(scale.at(std::max(bar.from, bar.to)), left + 1);
    const char* colour = step.is_level ? "#005eb8" : step.amount < Pence(0) ? "#d5281b" : "#007f3b";
    std::string svg = fmt::format(
        "<text x=\"215\" y=\"{0}\" text-anchor=\"end\" font-size=\"14\"{1}>{2}</text>"
        "<rect x=\"{3}\" y=\"{4}\" width=\"{5}\" height=\"18\" fill=\"{6}\"/>"
        "<text x=\"{7}\" y=\"{0}\" font-size=\"13\"{1}>{8}</text>",
        top + 17, step.is_level ? " font-weight=\"bold\"" : "", escaped_html(step.title), left,
        top + 3, right - left, colour, right + 7, signed_amount(step, step.amount));
    if (next != nullptr) {
        svg += fmt::format(
            "<line x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\" stroke=\"#4c6272\" "
            "stroke-dasharray=\"2 2\"/>",
            scale.at(bar.to), top + 3, top + 26 + 21);
    }
    return svg + "\n";
}

std::string picture(const Waterfall& waterfall) {
    const std::vector<Bar> bars = bars_of(waterfall);
    const Scale scale = scale_of(bars);
    constexpr int row = 26;
    const int height = row * static_cast<int>(bars.size());
    std::string out = fmt::format(
        "<figure><svg viewBox=\"0 0 960 {}\" width=\"100%\" role=\"img\" "
        "aria-labelledby=\"picture-title\" font-family=\"Arial,Helvetica,sans-serif\">"
        "<title id=\"picture-title\">From {} to {} in {} steps; the table below has every "
        "figure</title>\n",
        height, in_pounds(bars.front().step->amount), in_pounds(waterfall.net), bars.size());
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const Bar* next = i + 1 < bars.size() ? &bars[i + 1] : nullptr;
        out += bar_svg(bars[i], next, scale, row * static_cast<int>(i));
    }
    out += "</svg><figcaption>Blue: what stands. Green: added. Red: taken away.";
    if (scale.least > 0) {
        out += fmt::format(" The blue bars are cut: the picture begins at {}.",
                           roughly(Pence(scale.least)));
    }
    return out + "</figcaption></figure>\n";
}

// The largest steps in words, for who cannot see the picture and for who will not read the table.
std::string summary(const Waterfall& waterfall) {
    std::vector<const WaterfallStep*> steps;
    for (const WaterfallStep& step : waterfall.steps) {
        if (!step.is_level && step.amount != Pence(0)) steps.push_back(&step);
    }
    std::ranges::stable_sort(steps, [](const WaterfallStep* a, const WaterfallStep* b) {
        return std::abs(a->amount.count()) > std::abs(b->amount.count());
    });
    if (steps.empty()) return "";
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, steps.size()); ++i) {
        list += fmt::format("<li>{}</li>", escaped_html(steps[i]->says));
    }
    return "<p>What changed it most:</p><ul>" + list + "</ul>\n";
}

// `told`: a source that the reader has seen beside the same step of the whole.
std::string step_row(const WaterfallStep& step, std::string_view told) {
    std::string why = fmt::format("<strong>{}</strong><br/>{}", escaped_html(step.title),
                                  escaped_html(step.says));
    if (is_sum(step)) {
        why += fmt::format("<span class=\"sum\">{} = {}</span>", escaped_html(step.arithmetic),
                           in_pounds(step.amount));
    }
    if (!step.source.empty() && step.source != told) {
        why += fmt::format("<span class=\"from\">From: {}</span>", escaped_html(step.source));
    }
    return fmt::format("<tr{}><td class=\"why\">{}</td><td>{}</td><td>{}</td></tr>\n",
                       step.is_level ? " class=\"total\"" : "", why,
                       signed_amount(step, step.amount), signed_amount(step, step.commissioner));
}

std::string steps_html(const Waterfall& waterfall, const Waterfall* whole = nullptr) {
    std::string out =
        "<table><thead><tr><th scope=\"col\">Step</th><th scope=\"col\">Yours</th>"
        "<th scope=\"col\">All practices</th></tr></thead><tbody>\n";
    for (const std::size_t at : steps_with_figures(waterfall)) {
        const WaterfallStep& step = waterfall.steps[at];
        const WaterfallStep* same = whole == nullptr ? nullptr : step_named(*whole, step.title);
        out += step_row(step, same == nullptr ? std::string_view() : same->source);
    }
    out += "</tbody></table>\n";
    const std::string without = steps_without_figures(waterfall);
    return without.empty() ? out : out + "<p class=\"quiet\">" + without + "</p>\n";
}

std::string block_table(const ToldBlock& block) {
    std::string out = fmt::format(
        "<h3>{}</h3>\n<p class=\"quiet\">{}</p>\n<table class=\"working\"><thead><tr><th "
        "scope=\"col\"></th><th scope=\"col\" class=\"text\">Step and sum</th><th "
        "scope=\"col\">Comes to</th></tr>"
        "</thead><tbody>\n",
        escaped_html(block.name), escaped_html(block.lines));
    int number = 0;
    for (const ToldStep& step : block.steps) {
        const std::string sum =
            step.arithmetic.empty()
                ? ""
                : fmt::format("<span class=\"sum\">{}</span>", escaped_html(step.arithmetic));
        out += fmt::format(
            "<tr><td>{}</td><td class=\"text\">{}{}</td><td><strong>{}</strong></td></tr>\n",
            ++number, escaped_html(step.says), sum, escaped_html(step.result));
    }
    return out + "</tbody></table>\n";
}

std::string fair_share(const Waterfall& waterfall) {
    std::string out;
    if (!waterfall.notes.empty()) out += "<h2>How far from the fair share</h2>\n";
    for (const std::string& note : waterfall.notes) out += "<p>" + escaped_html(note) + "</p>\n";
    if (!waterfall.blocks.empty()) {
        out +=
            "<h2>Towards the fair share: the sums</h2>\n<p>Lines that one need weight fits are "
            "moved together. With a pocket calculator you get the same pence.</p>\n";
    }
    for (const ToldBlock& block : waterfall.blocks) out += block_table(block);
    return out;
}

std::string amounts_row(std::string_view name, const Waterfall& own, const char* row_class,
                        const std::vector<std::string>& titles) {
    std::string out = fmt::format("<tr{}><td>{}</td>", row_class, escaped_html(name));
    for (const std::string& title : titles) {
        out += fmt::format("<td>{}</td>", amount_of(own, title));
    }
    return out + "</tr>\n";
}

std::string lines_section(const Waterfall& waterfall) {
    std::vector<std::string> titles;
    std::string out =
        "<section class=\"wide\"><h2>Line by line</h2>\n<div class=\"scroll\"><table><thead><tr>"
        "<th scope=\"col\">Line</th>";
    for (const std::size_t at : steps_with_figures(waterfall)) {
        titles.push_back(waterfall.steps[at].title);
        out += fmt::format("<th scope=\"col\">{}</th>", escaped_html(titles.back()));
    }
    out += "</tr></thead><tbody>\n";
    for (const Waterfall& own : waterfall.by_line) out += amounts_row(own.what, own, "", titles);
    out += amounts_row(waterfall.what, waterfall, " class=\"total\"", titles);
    out += "</tbody></table></div></section>\n<h2>The working of each line</h2>\n";
    for (const Waterfall& own : waterfall.by_line) {
        out += fmt::format("<details><summary>{}: {} net</summary>\n{}</details>\n",
                           escaped_html(own.what), in_pounds(own.net), steps_html(own, &waterfall));
    }
    return out;
}

}  // namespace

std::string as_html(const Waterfall& waterfall) {
    std::string body = fmt::format(
        "<h1>{}</h1>\n<div class=\"says\"><p>{}</p><p class=\"indicative\">{}</p></div>\n{}{}"
        "<h2>Step by step</h2>\n{}{}",
        escaped_html(title_of(waterfall)), escaped_html(in_a_sentence(waterfall)),
        indicative_budget_sentence, summary(waterfall), picture(waterfall), steps_html(waterfall),
        fair_share(waterfall));
    if (!waterfall.by_line.empty()) body += lines_section(waterfall);
    if (!waterfall.file.empty()) {
        body += fmt::format(
            "<p class=\"quiet\">Every input and every result is a row of {}, which anyone can work "
            "out again: purse budget rederive.</p>\n",
            escaped_html(waterfall.file));
    }
    // A document of the same figures has the same bytes: its date is the budget's first day.
    const std::string created = to_text(waterfall.year.first_month().first_day());
    return html_page(title_of(waterfall), body, {.style = waterfall_style, .created = created});
}

}  // namespace purse
