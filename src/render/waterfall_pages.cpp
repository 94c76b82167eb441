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

// One line of the table that sums the lines: its steps in the whole's order.
void add_row(const Waterfall& own, const std::vector<std::string>& titles,
             std::vector<std::vector<std::string>>& rows) {
    std::vector<std::string> row = {own.what};
    for (const std::string& title : titles) row.push_back(amount_of(own, title));
    rows.push_back(std::move(row));
}

std::string lines_text(const Waterfall& waterfall) {
    std::vector<std::string> titles;
    std::vector<std::vector<std::string>> rows = {{"line"}, {}};
    for (const std::size_t step : steps_with_figures(waterfall)) {
        titles.push_back(waterfall.steps[step].title);
        rows[0].push_back(titles.back());
    }
    for (const Waterfall& own : waterfall.by_line) add_row(own, titles, rows);
    rows.emplace_back();
    add_row(waterfall, titles, rows);
    std::vector<Align> align(titles.size() + 1, Align::right);
    align[0] = Align::left;
    return aligned(rows, align);
}

std::string steps_text(const Waterfall& waterfall) {
    std::vector<std::vector<std::string>> rows = {{"step", "yours", "all practices"}, {}};
    for (const std::size_t at : steps_with_figures(waterfall)) {
        const WaterfallStep& step = waterfall.steps[at];
        if (step.is_level && at > 0) rows.emplace_back();
        rows.push_back(
            {step.title, signed_amount(step, step.amount), signed_amount(step, step.commissioner)});
    }
    return aligned(rows, {Align::left, Align::right, Align::right});
}

std::string blocks_text(const Waterfall& waterfall) {
    std::string out;
    for (const ToldBlock& block : waterfall.blocks) {
        out += fmt::format("\nTowards the fair share: {} ({})\n", block.name, block.lines);
        int number = 0;
        for (const ToldStep& step : block.steps) {
            out += fmt::format("  {}. {}\n", ++number, step.says);
            if (!step.arithmetic.empty()) out += fmt::format("       {}\n", step.arithmetic);
            if (!step.result.empty()) out += fmt::format("       = {}\n", step.result);
        }
    }
    return out;
}

boost::json::array json_of(const std::vector<ToldBlock>& blocks) {
    boost::json::array out;
    for (const ToldBlock& block : blocks) {
        boost::json::array steps;
        for (const ToldStep& step : block.steps) {
            steps.push_back(boost::json::object{
                {"says", step.says}, {"arithmetic", step.arithmetic}, {"result", step.result}});
        }
        out.push_back(boost::json::object{
            {"block", block.name}, {"lines", block.lines}, {"steps", std::move(steps)}});
    }
    return out;
}

boost::json::object json_of(const Waterfall& waterfall) {
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
    boost::json::object all{{"lines", waterfall.what},
                            {"net_pence", waterfall.net.count()},
                            {"steps", std::move(steps)},
                            {"notes", std::move(notes)},
                            {"towards_fair_share", json_of(waterfall.blocks)}};
    if (waterfall.by_line.empty()) return all;
    boost::json::array by_line;
    for (const Waterfall& own : waterfall.by_line) by_line.push_back(json_of(own));
    all["by_line"] = std::move(by_line);
    return all;
}

}  // namespace

std::string title_of(const Waterfall& waterfall) {
    return fmt::format("{} ({}): how the budget of {} was worked out", waterfall.name,
                       waterfall.practice.text(), to_text(waterfall.year));
}

std::string signed_amount(const WaterfallStep& step, Pence amount) {
    if (step.is_level || amount <= Pence(0)) return in_pounds(amount);
    return "+" + in_pounds(amount);
}

const WaterfallStep* step_named(const Waterfall& waterfall, const std::string& title) {
    const auto found = std::ranges::find(waterfall.steps, title, &WaterfallStep::title);
    return found == waterfall.steps.end() ? nullptr : &*found;
}

std::string amount_of(const Waterfall& waterfall, const std::string& title) {
    const WaterfallStep* step = step_named(waterfall, title);
    return step == nullptr ? in_pounds(Pence(0)) : signed_amount(*step, step->amount);
}

bool is_sum(const WaterfallStep& step) { return step.arithmetic.find("£") != std::string::npos; }

std::vector<std::size_t> steps_with_figures(const Waterfall& waterfall) {
    std::vector<std::size_t> shown;
    for (std::size_t at = 0; at < waterfall.steps.size(); ++at) {
        const WaterfallStep& step = waterfall.steps[at];
        const bool any = step.amount != Pence(0) || step.commissioner != Pence(0);
        if (any || step.is_level) shown.push_back(at);
    }
    return shown;
}

std::string steps_without_figures(const Waterfall& waterfall) {
    std::string names;
    const auto shown = steps_with_figures(waterfall);
    for (std::size_t at = 0; at < waterfall.steps.size(); ++at) {
        if (std::ranges::binary_search(shown, at)) continue;
        names += (names.empty() ? "" : ", ") + waterfall.steps[at].title;
    }
    return names.empty() ? "" : "Nothing for any practice this year: " + names + ".";
}

std::string in_a_sentence(const Waterfall& waterfall) {
    const Pence start = waterfall.steps.front().amount;
    const Pence more = waterfall.net - start;
    return fmt::format(
        "Your net budget for {} is {}{}. That is {} {} ({}) than your patients' care cost in the "
        "baseline year.",
        to_text(waterfall.year), in_pounds(waterfall.net),
        waterfall.by_line.empty() ? " for " + waterfall.what : "",
        roughly(more < Pence(0) ? -more : more), more < Pence(0) ? "less" : "more",
        percent(more.count(), start.count(), true));
}

std::string as_text(const Waterfall& waterfall) {
    std::string out = fmt::format("{}\n{}\n\n{}\nHow each step came about\n", title_of(waterfall),
                                  in_a_sentence(waterfall), steps_text(waterfall));
    for (const std::size_t at : steps_with_figures(waterfall)) {
        const WaterfallStep& step = waterfall.steps[at];
        out += fmt::format("  {}: {}\n", step.title, step.says);
        if (is_sum(step)) {
            out += fmt::format("       {} = {}\n", step.arithmetic, in_pounds(step.amount));
        }
        if (!step.source.empty()) out += fmt::format("       from: {}\n", step.source);
    }
    if (const auto without = steps_without_figures(waterfall); !without.empty()) {
        out += "  " + without + "\n";
    }
    if (!waterfall.notes.empty()) out += "\nHow far from the fair share\n";
    for (const std::string& note : waterfall.notes) out += "  " + note + "\n";
    out += blocks_text(waterfall);
    if (!waterfall.by_line.empty()) {
        out += fmt::format(
            "\nLine by line\n{}Each line's working: purse budget explain {} --year {} --line "
            "LINE\n",
            lines_text(waterfall), waterfall.practice.text(), to_text(waterfall.year));
    }
    if (!waterfall.file.empty()) {
        out += fmt::format(
            "\nEvery input and result is a row of {}, which anyone can work out again: purse "
            "budget rederive FILE\n",
            waterfall.file);
    }
    return out + fmt::format("\n{}\n", indicative_budget_sentence);
}

std::string as_json(const Waterfall& waterfall) {
    boost::json::object all = json_of(waterfall);
    all["practice"] = waterfall.practice.text();
    all["name"] = waterfall.name;
    all["year"] = to_text(waterfall.year);
    all["derivation"] = waterfall.file;
    all["says"] = indicative_budget_sentence;
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

}  // namespace purse
