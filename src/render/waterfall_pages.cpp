#include "render/waterfall_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "budget/indicative.hpp"
#include "render/html_page.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

std::string title_of(const Waterfall& waterfall) {
    return fmt::format("{} ({}): how the budget of {} was worked out", waterfall.name,
                       waterfall.practice.text(), to_text(waterfall.year));
}

std::string signed_amount(const WaterfallStep& step, Pence amount) {
    if (step.is_level || amount <= Pence(0)) return in_pounds(amount);
    return "+" + in_pounds(amount);
}

// Of the picture, in its own units: pence are mapped onto the width between least and most.
struct Scale {
    std::int64_t least = 0;
    std::int64_t most = 1;
    static constexpr std::int64_t width = 560;

    [[nodiscard]] std::int64_t at(std::int64_t pence) const {
        return static_cast<std::int64_t>(wide{pence - least} * width / (most - least));
    }
};

struct Bar {
    std::int64_t from = 0, to = 0;
};

std::vector<Bar> bars_of(const Waterfall& waterfall) {
    std::vector<Bar> bars;
    std::int64_t sum = 0;
    for (const WaterfallStep& step : waterfall.steps) {
        const std::int64_t amount = step.amount.count();
        bars.push_back(step.is_level ? Bar{0, amount} : Bar{sum, sum + amount});
        sum = step.is_level ? amount : sum + amount;
    }
    return bars;
}

// Steps are small beside levels: the picture begins a little below the lowest of them.
Scale scale_of(const std::vector<Bar>& bars) {
    Scale scale;
    std::int64_t lowest = bars.front().to;
    for (const Bar& bar : bars) {
        scale.most = std::max({scale.most, bar.from, bar.to});
        lowest = std::min(lowest, bar.from == 0 ? bar.to : std::min(bar.from, bar.to));
    }
    scale.least = std::max<std::int64_t>(0, lowest - (scale.most - lowest) - scale.most / 50);
    return scale;
}

std::string picture(const Waterfall& waterfall) {
    const std::vector<Bar> bars = bars_of(waterfall);
    const Scale scale = scale_of(bars);
    constexpr int row = 26;
    const int height = row * static_cast<int>(bars.size());
    std::string out = fmt::format(
        "<svg viewBox=\"0 0 960 {0}\" width=\"100%\" role=\"img\" aria-label=\"The steps from "
        "the baseline to the net budget; the table below has the figures\">\n",
        height);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const WaterfallStep& step = waterfall.steps[i];
        const auto left = scale.at(std::max(scale.least, std::min(bars[i].from, bars[i].to)));
        const auto right = scale.at(std::max(bars[i].from, bars[i].to));
        const char* colour = step.is_level            ? "#005eb8"
                             : step.amount < Pence(0) ? "#d5281b"
                                                      : "#007f3b";
        const auto top = row * static_cast<int>(i);
        out += fmt::format(
            "<text x=\"215\" y=\"{0}\" text-anchor=\"end\" font-size=\"14\">{1}</text>"
            "<rect x=\"{2}\" y=\"{3}\" width=\"{4}\" height=\"18\" fill=\"{5}\"/>"
            "<text x=\"{6}\" y=\"{0}\" font-size=\"13\">{7}</text>\n",
            top + 17, escaped_html(step.title), 225 + left, top + 3,
            std::max<std::int64_t>(right - left, 1), colour, 232 + right,
            signed_amount(step, step.amount));
    }
    return out + "</svg>\n";
}

}  // namespace

std::string as_text(const Waterfall& waterfall) {
    std::string out = fmt::format("{}\n{}\n\n", title_of(waterfall), waterfall.what);
    for (const WaterfallStep& step : waterfall.steps) {
        out += fmt::format("{:<26}{:>18}   {}\n", step.title, signed_amount(step, step.amount),
                           step.says);
        if (!step.arithmetic.empty()) out += fmt::format("{:>47}{}\n", "", step.arithmetic);
        out += fmt::format("{:>47}all practices: {}", "", signed_amount(step, step.commissioner));
        out += step.source.empty() ? "\n" : fmt::format("; {}\n", step.source);
    }
    if (!waterfall.notes.empty()) out += "\nHow far from the fair share\n";
    for (const std::string& note : waterfall.notes) out += "  " + note + "\n";
    return out + fmt::format("\n{}\n", indicative_budget_sentence);
}

std::string as_json(const Waterfall& waterfall) {
    boost::json::array steps;
    for (const WaterfallStep& step : waterfall.steps) {
        steps.push_back(boost::json::object{{"title", step.title},
                                            {"says", step.says},
                                            {"arithmetic", step.arithmetic},
                                            {"pence", step.amount.count()},
                                            {"all_practices_pence", step.commissioner.count()},
                                            {"source", step.source},
                                            {"is_level", step.is_level}});
    }
    boost::json::array notes;
    for (const std::string& note : waterfall.notes) notes.emplace_back(note);
    const boost::json::object all{{"practice", waterfall.practice.text()},
                                  {"name", waterfall.name},
                                  {"year", to_text(waterfall.year)},
                                  {"lines", waterfall.what},
                                  {"net_pence", waterfall.net.count()},
                                  {"steps", std::move(steps)},
                                  {"notes", std::move(notes)},
                                  {"says", indicative_budget_sentence}};
    return boost::json::serialize(all) + "\n";
}

std::string as_csv(const Waterfall& waterfall) {
    std::string out = csv_line(
        {"step", "says", "arithmetic", "pence", "all_practices_pence", "source", "is_level"});
    for (const WaterfallStep& step : waterfall.steps) {
        out += csv_line(
            {step.title, step.says, step.arithmetic, std::to_string(step.amount.count()),
             std::to_string(step.commissioner.count()), step.source, step.is_level ? "yes" : "no"});
    }
    return out;
}

std::string as_html(const Waterfall& waterfall) {
    std::string body = fmt::format(
        "<h1>{}</h1>\n<div class=\"says\"><p>Your net budget for {} is <strong>{}</strong> "
        "({}).</p></div>\n{}<table><thead><tr><th scope=\"col\">Step</th><th scope=\"col\">Yours"
        "</th><th scope=\"col\">All practices</th><th scope=\"col\">Where from</th></tr></thead>"
        "<tbody>\n",
        escaped_html(title_of(waterfall)), to_text(waterfall.year), in_pounds(waterfall.net),
        escaped_html(waterfall.what), picture(waterfall));
    for (const WaterfallStep& step : waterfall.steps) {
        const std::string arithmetic =
            step.arithmetic.empty()
                ? ""
                : fmt::format("<br><span class=\"quiet\">{}</span>", escaped_html(step.arithmetic));
        body += fmt::format(
            "<tr{}><td><strong>{}</strong><br>{}{}</td><td>{}</td><td>{}</td>"
            "<td class=\"text quiet\">{}</td></tr>\n",
            step.is_level ? " class=\"total\"" : "", escaped_html(step.title),
            escaped_html(step.says), arithmetic, signed_amount(step, step.amount),
            signed_amount(step, step.commissioner), escaped_html(step.source));
    }
    body += "</tbody></table>\n";
    if (!waterfall.notes.empty()) body += "<h2>How far from the fair share</h2>\n";
    for (const std::string& note : waterfall.notes) {
        body += "<p>" + escaped_html(note) + "</p>\n";
    }
    body += fmt::format("<p><strong>{}</strong></p>\n", indicative_budget_sentence);
    return html_page(title_of(waterfall), body);
}

}  // namespace purse
