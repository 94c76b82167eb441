#include <fmt/format.h>

#include <algorithm>

#include "budget/indicative.hpp"
#include "render/html_page.hpp"
#include "render/text_table.hpp"
#include "render/waterfall_pages.hpp"
#include "render/wording.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

std::string percent(std::int64_t millionths) {
    const std::int64_t tenths = divided(millionths, 1000, Rounding::half_up);
    return fmt::format("{}{}.{}%", tenths < 0 ? "−" : "+", std::abs(tenths) / 10,
                       std::abs(tenths) % 10);
}

// Of the budget over the opening, in millionths.
std::int64_t change(const ComparedPractice& practice, std::size_t scheme) {
    const std::int64_t opening = practice.opening.count();
    if (opening == 0) return 0;
    const wide more = practice.gross[scheme].count() - opening;
    return divided(more * Factor::one, opening, Rounding::half_up);
}

struct Tally {
    std::size_t gain = 0, lose = 0, within = 0, beyond = 0;
};

Tally tally(const ComparedBudgets& budgets, std::size_t scheme) {
    Tally tally;
    std::int64_t mean = 0;
    Pence all_opening, all_gross;
    for (const ComparedPractice& practice : budgets.practices) {
        all_opening += practice.opening;
        all_gross += practice.gross[scheme];
    }
    if (all_opening > Pence(0)) {
        mean = divided(wide{(all_gross - all_opening).count()} * Factor::one,
                       wide{all_opening.count()}, Rounding::half_up);
    }
    for (const ComparedPractice& practice : budgets.practices) {
        (change(practice, scheme) >= mean ? tally.gain : tally.lose) += 1;
        if (!practice.distance[scheme]) continue;
        (std::abs(*practice.distance[scheme]) <= 100'000 ? tally.within : tally.beyond) += 1;
    }
    return tally;
}

std::string tally_sentence(const ComparedBudgets& budgets, std::size_t scheme) {
    const Tally counts = tally(budgets, scheme);
    return fmt::format(
        "{}: {} practices gain beside the whole, {} lose; after it {} are within 10% of their fair "
        "share, {} are not",
        budgets.schemes[scheme], counts.gain, counts.lose, counts.within, counts.beyond);
}

// One strip a scheme: a dot a practice, by the change of its budget from −15% to +15%.
std::string picture(const ComparedBudgets& budgets) {
    constexpr int row = 46;
    std::string out = fmt::format(
        "<svg viewBox=\"0 0 960 {}\" width=\"100%\" role=\"img\" aria-label=\"Change of each "
        "practice's budget under each scheme; the table below has the figures\">\n",
        row * static_cast<int>(budgets.schemes.size()) + 30);
    for (std::size_t scheme = 0; scheme < budgets.schemes.size(); ++scheme) {
        const int y = row * static_cast<int>(scheme) + 25;
        out += fmt::format(
            "<text x=\"195\" y=\"{}\" text-anchor=\"end\" font-size=\"14\">{}</text>"
            "<line x1=\"210\" y1=\"{}\" x2=\"940\" y2=\"{}\" stroke=\"#aeb7bd\"/>",
            y + 5, escaped_html(budgets.schemes[scheme]), y, y);
        for (const ComparedPractice& practice : budgets.practices) {
            const auto held = std::clamp<std::int64_t>(change(practice, scheme), -150'000, 150'000);
            out += fmt::format(
                "<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"#005eb8\" fill-opacity=\"0.5\"><title>"
                "{}: {}</title></circle>",
                575 + held * 365 / 150'000, y, escaped_html(practice.name),
                percent(change(practice, scheme)));
        }
        out += "\n";
    }
    const int bottom = row * static_cast<int>(budgets.schemes.size()) + 20;
    for (const int mark : {-15, -10, -5, 0, 5, 10, 15}) {
        out += fmt::format(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\">{}%"
            "</text>",
            575 + mark * 365 / 15, bottom, mark);
    }
    return out + "</svg>\n";
}

}  // namespace

std::string as_text(const ComparedBudgets& budgets) {
    std::vector<std::vector<std::string>> rows = {{"practice", "opening"}, {}};
    std::vector<Align> align = {Align::left, Align::right};
    for (const std::string& scheme : budgets.schemes) {
        rows[0].insert(rows[0].end(), {scheme, "change"});
        align.insert(align.end(), {Align::right, Align::right});
    }
    for (const ComparedPractice& practice : budgets.practices) {
        std::vector<std::string> row = {practice.code + " " + practice.name,
                                        in_pounds(practice.opening)};
        for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
            row.insert(row.end(), {in_pounds(practice.gross[i]), percent(change(practice, i))});
        }
        rows.push_back(std::move(row));
    }
    std::string out = budgets.title + "\n" + aligned(rows, align) + "\n";
    for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
        out += tally_sentence(budgets, i) + "\n";
    }
    return out + std::string(indicative_budget_sentence) + "\n";
}

std::string as_csv(const ComparedBudgets& budgets) {
    std::vector<std::string> headings = {"practice", "name", "opening_pence"};
    for (const std::string& scheme : budgets.schemes) {
        headings.insert(headings.end(), {scheme + "_pence", scheme + "_change_percent"});
    }
    std::string out = csv_line(headings);
    for (const ComparedPractice& practice : budgets.practices) {
        std::vector<std::string> cells = {practice.code, practice.name,
                                          std::to_string(practice.opening.count())};
        for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
            const std::int64_t millionths = change(practice, i);
            cells.push_back(std::to_string(practice.gross[i].count()));
            cells.push_back(fmt::format("{}{}.{:04}", millionths < 0 ? "-" : "",
                                        std::abs(millionths) / 10'000,
                                        std::abs(millionths) % 10'000));
        }
        out += csv_line(cells);
    }
    return out;
}

std::string as_html(const ComparedBudgets& budgets) {
    std::string body =
        fmt::format("<h1>{}</h1>\n<div class=\"says\">", escaped_html(budgets.title));
    for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
        body += "<p>" + escaped_html(tally_sentence(budgets, i)) + ".</p>";
    }
    body += "</div>\n" + picture(budgets) +
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Practice</th>"
            "<th scope=\"col\">Opening</th>";
    for (const std::string& scheme : budgets.schemes) {
        body += fmt::format("<th scope=\"col\">{}</th><th scope=\"col\">Change</th>",
                            escaped_html(scheme));
    }
    body += "</tr></thead><tbody>\n";
    for (const ComparedPractice& practice : budgets.practices) {
        body += fmt::format("<tr><td>{} ({})</td><td>{}</td>", escaped_html(practice.name),
                            escaped_html(practice.code), in_pounds(practice.opening));
        for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
            body += fmt::format("<td>{}</td><td>{}</td>", in_pounds(practice.gross[i]),
                                percent(change(practice, i)));
        }
        body += "</tr>\n";
    }
    body += fmt::format("</tbody></table></div>\n<p><strong>{}</strong></p>\n",
                        indicative_budget_sentence);
    return html_page(budgets.title, body);
}

}  // namespace purse
