#include "render/year_end_pages.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "render/html_page.hpp"
#include "render/json_values.hpp"
#include "render/table_files.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

namespace json = boost::json;

std::string title_of(const YearEnd& year_end) {
    return fmt::format("{}{} · where {} may end · known to {}", year_end.name,
                       year_end.code.empty() ? "" : " (" + year_end.code + ")",
                       to_text(year_end.month.financial_year()), in_words(year_end.month));
}

// The cells of a table for people, after the label.
std::vector<std::string> shown_cells(const YearEndRow& row) {
    const AccountForecast& one = row.forecast;
    if (one.basis == ForecastBasis::not_possible) {
        return {in_pounds(one.to_date),     "–", "–", "not possible yet", "–",
                amount_or_dash(one.budget), "–"};
    }
    return {
        in_pounds(one.to_date),
        in_pounds(one.more),
        in_pounds(one.rest),
        in_pounds(one.outturn()) + (one.basis == ForecastBasis::profile ? " (as budgeted)" : ""),
        range_in_words(one.range_80),
        amount_or_dash(one.budget),
        variance_in_words(row.over())};
}

const std::vector<std::string>& shown_headings() {
    static const std::vector<std::string> headings = {"reported",  "still to come", "rest of year",
                                                      "year-end",  "80% range",     "budget",
                                                      "over/under"};
    return headings;
}

std::string text_table(const std::vector<YearEndRow>& rows, const YearEndRow& total) {
    constexpr auto left = Align::left;
    constexpr auto right = Align::right;
    std::vector<std::vector<std::string>> cells = {{""}, {}};
    cells[0].insert(cells[0].end(), shown_headings().begin(), shown_headings().end());
    const auto push = [&](const YearEndRow& row) {
        std::vector<std::string> line = {row.label};
        for (std::string& cell : shown_cells(row)) line.push_back(std::move(cell));
        cells.push_back(std::move(line));
    };
    for (const YearEndRow& row : rows) push(row);
    cells.emplace_back();
    push(total);
    return aligned(cells, {left, right, right, right, right, right, right, right});
}

std::string percent_of(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? "–"
                      : fmt::format("{:.1f}%",
                                    100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string ratio_of(const BesidePlainer& beside) {
    return beside.cases == 0 ? "–" : fmt::format("{:.2f}", beside.ratio());
}

std::vector<std::vector<std::string>> score_cells(const YearEnd& year_end) {
    std::vector<std::vector<std::string>> cells = {
        {"what was forecast", "forecasts", "80% range held", "95% range held", "mean miss",
         "of last year's", "of last month's", "of the budget's"}};
    for (const ScoreRow& row : year_end.scores) {
        const ForecastScore& score = row.score;
        const double mean = score.cases == 0 ? 0 : score.missed / static_cast<double>(score.cases);
        cells.push_back(
            {std::string(in_words(row.level)), grouped(score.cases),
             percent_of(score.within_80, score.cases), percent_of(score.within_95, score.cases),
             in_pounds(Pence(static_cast<std::int64_t>(mean))), ratio_of(score.last_year),
             ratio_of(score.last_month), ratio_of(score.budget)});
    }
    return cells;
}

json::value range_of(const std::optional<ForecastRange>& range) {
    if (!range) return nullptr;
    return json::object{{"low_pence", range->low.count()}, {"high_pence", range->high.count()}};
}

json::object forecast_row_object(const YearEndRow& row) {
    const AccountForecast& one = row.forecast;
    const bool possible = one.basis != ForecastBasis::not_possible;
    return {
        {"code", row.code},
        {"label", row.label},
        {"basis", to_text(one.basis)},
        {"reported_pence", one.to_date.count()},
        {"still_to_come_pence", one.more.count()},
        {"rest_of_year_pence", possible ? json::value(one.rest.count()) : json::value(nullptr)},
        {"committed_pence", one.committed.count()},
        {"year_end_pence", possible ? json::value(one.outturn().count()) : json::value(nullptr)},
        {"range_80", range_of(one.range_80)},
        {"range_95", range_of(one.range_95)},
        {"budget_pence", pence_or_null(one.budget)},
        {"over_pence", pence_or_null(row.over())},
        {"as_last_year_pence", pence_or_null(one.naive.last_year)},
        {"as_last_month_pence", pence_or_null(one.naive.last_month)},
        {"as_budgeted_pence", pence_or_null(one.naive.budget)}};
}

json::object score_object(const ScoreRow& row) {
    const auto ratio = [](const BesidePlainer& beside) {
        return beside.cases == 0 ? json::value(nullptr) : json::value(beside.ratio());
    };
    return {{"level", to_text(row.level)},
            {"says", in_words(row.level)},
            {"forecasts", row.score.cases},
            {"within_80", row.score.within_80},
            {"within_95", row.score.within_95},
            {"mean_miss_pence",
             row.score.cases == 0 ? json::value(nullptr)
                                  : json::value(static_cast<std::int64_t>(
                                        row.score.missed / static_cast<double>(row.score.cases)))},
            {"of_last_years_miss", ratio(row.score.last_year)},
            {"of_last_months_miss", ratio(row.score.last_month)},
            {"of_the_budgets_miss", ratio(row.score.budget)}};
}

std::string html_table(const std::string& first, const std::vector<std::string>& headings,
                       const std::vector<std::vector<std::string>>& rows) {
    std::string out =
        "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">" + first + "</th>";
    for (const std::string& heading : headings) {
        out += "<th scope=\"col\">" + escaped_html(heading) + "</th>";
    }
    out += "</tr></thead><tbody>\n";
    for (const auto& row : rows) {
        out += "<tr>";
        for (const std::string& cell : row) out += "<td>" + escaped_html(cell) + "</td>";
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::string html_table(const std::string& first, const std::vector<YearEndRow>& rows,
                       const YearEndRow& total) {
    std::vector<std::vector<std::string>> cells;
    const auto push = [&](const YearEndRow& row) {
        cells.push_back({row.label});
        for (std::string& cell : shown_cells(row)) cells.back().push_back(std::move(cell));
    };
    for (const YearEndRow& row : rows) push(row);
    push(total);
    return html_table(first, shown_headings(), cells);
}

}  // namespace

std::string range_in_words(const std::optional<ForecastRange>& range) {
    return range ? in_pounds(range->low) + " to " + in_pounds(range->high) : "–";
}

std::string as_text(const YearEnd& year_end) {
    std::string out = title_of(year_end) + "\n\n" + year_end.says + "\n";
    if (!year_end.scored.empty()) out += year_end.scored + "\n";
    out += "\n" + text_table(year_end.lines, year_end.total);
    if (!year_end.accounts.empty()) out += "\n" + text_table(year_end.accounts, year_end.total);
    out += "\n" + std::string(about_ranges()) + "\n";
    if (!year_end.scores.empty()) {
        constexpr auto right = Align::right;
        out += "\nEarlier years' forecasts beside plainer ones (below 1.00 is better):\n" +
               aligned(score_cells(year_end),
                       {Align::left, right, right, right, right, right, right, right});
    }
    return out + fmt::format(
                     "\nForecast of closing {} of the month. How it came about:  purse "
                     "forecast {}--month {} --why LINE\n",
                     year_end.closing, year_end.code.empty() ? "" : year_end.code + " ",
                     to_text(year_end.month));
}

json::object object_of(const YearEnd& year_end) {
    json::object object{{"commissioner", year_end.commissioner},
                        {"code", year_end.code},
                        {"name", year_end.name},
                        {"month", to_text(year_end.month)},
                        {"financial_year", to_text(year_end.month.financial_year())},
                        {"closing", year_end.closing},
                        {"says", year_end.says},
                        {"score_says", year_end.scored},
                        {"about_ranges", about_ranges()},
                        {"lines", array_of(year_end.lines, forecast_row_object)},
                        {"practices", array_of(year_end.accounts, forecast_row_object)},
                        {"total", forecast_row_object(year_end.total)}};
    json::array scores;
    for (const ScoreRow& row : year_end.scores) scores.push_back(score_object(row));
    object["scores"] = std::move(scores);
    return object;
}

std::string as_json(const YearEnd& year_end) { return json::serialize(object_of(year_end)) + "\n"; }

ReportTable table_of(const YearEnd& year_end) {
    ReportTable table;
    table.headings = {"account",  "kind",          "code",          "label",      "basis",
                      "reported", "still_to_come", "rest_of_year",  "committed",  "year_end",
                      "low_80",   "high_80",       "low_95",        "high_95",    "budget",
                      "over",     "as_last_year",  "as_last_month", "as_budgeted"};
    const auto push = [&](const YearEndRow& row, const std::string& kind) {
        const AccountForecast& one = row.forecast;
        const bool possible = one.basis != ForecastBasis::not_possible;
        const auto end = [](const std::optional<ForecastRange>& range, bool low) {
            return range ? TableCell(low ? range->low : range->high) : TableCell();
        };
        table.rows.push_back(
            {year_end.code, kind, row.code, row.label, std::string(to_text(one.basis)), one.to_date,
             one.more, possible ? TableCell(one.rest) : TableCell(), one.committed,
             possible ? TableCell(one.outturn()) : TableCell(), end(one.range_80, true),
             end(one.range_80, false), end(one.range_95, true), end(one.range_95, false),
             amount_cell(one.budget), amount_cell(row.over()), amount_cell(one.naive.last_year),
             amount_cell(one.naive.last_month), amount_cell(one.naive.budget)});
    };
    for (const YearEndRow& row : year_end.lines) push(row, "line");
    for (const YearEndRow& row : year_end.accounts) push(row, "practice");
    push(year_end.total, "total");
    return table;
}

std::string as_csv(const YearEnd& year_end) { return csv_of(table_of(year_end)); }

std::string as_xlsx(const YearEnd& year_end) {
    std::vector<std::string> above = {title_of(year_end), year_end.says};
    if (!year_end.scored.empty()) above.push_back(year_end.scored);
    above.emplace_back(about_ranges());
    return xlsx_of("Year-end", above, table_of(year_end));
}

std::string as_html(const YearEnd& year_end) {
    std::string body = fmt::format("<h1>{}</h1>\n<div class=\"says\"><p>{}</p>",
                                   escaped_html(title_of(year_end)), escaped_html(year_end.says));
    if (!year_end.scored.empty()) {
        body += "<p class=\"quiet\">" + escaped_html(year_end.scored) + "</p>";
    }
    body += "</div>\n<h2>By line</h2>\n" + html_table("Line", year_end.lines, year_end.total);
    if (!year_end.accounts.empty()) {
        body +=
            "<h2>By practice</h2>\n" + html_table("Practice", year_end.accounts, year_end.total);
    }
    body += "<p class=\"quiet\">" + escaped_html(std::string(about_ranges())) + "</p>\n";
    if (!year_end.scores.empty()) {
        auto cells = score_cells(year_end);
        const std::vector<std::string> headings(cells.front().begin() + 1, cells.front().end());
        cells.erase(cells.begin());
        body += "<h2>How earlier years' forecasts did</h2>\n" +
                html_table("What was forecast", headings, cells);
    }
    body += fmt::format("<p class=\"quiet\">Forecast of closing {} of the month.</p>\n",
                        year_end.closing);
    return html_page(title_of(year_end), body);
}

}  // namespace purse
