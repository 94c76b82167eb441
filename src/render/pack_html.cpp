#include <fmt/format.h>

#include "money/rough_range.hpp"
#include "render/html_page.hpp"
#include "render/pack_pages.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

// Two landscape sides: the nine lines, and what they mean.
constexpr std::string_view pack_style = R"(
body{max-width:84rem}.lines{font-size:.85rem}.lines th,.lines td{padding:.25rem .4rem}
.lines thead th[colspan]{text-align:center}.lines .first{border-left:2px solid #d8dde0}
.reasons .figure{text-align:right;min-width:6rem;white-space:nowrap}
.side{break-before:page}
@media print{.quiet{font-size:9px}.lines{font-size:8.5px}.lines tr.below,.lines .quiet{font-size:8.5px}
.lines tr.below td:first-child{padding-left:12px}.lines th:first-child,.lines td:first-child{min-width:0}
th,td,.lines th,.lines td{padding:2px 4px}table{font-size:9px}h1{font-size:17px;margin:0 0 4px}h2{font-size:12px;margin:6px 0 2px}
p{margin:2px 0;font-size:10px}.says{padding:5px 10px}}
)";

// The table is read at a glance: whole pounds, and the pence in the statement.
std::string pounds_or_dash(const std::optional<Pence>& amount) {
    return amount ? whole_pounds(*amount) : "–";
}
std::string signed_pounds(const std::optional<Pence>& amount) {
    if (!amount) return "–";
    return (*amount > Pence(0) ? "+" : "") + whole_pounds(*amount);
}

std::string heading_of(const StatementRow& row) {
    const bool below = !row.of_total && row.code != "consultant_referrals";
    if (row.code == "total") return "<tr class=\"total\"><td>Total</td>";
    if (below) {
        return fmt::format("<tr class=\"below\"><td>{}</td>", escaped_html(row.label));
    }
    return fmt::format("<tr><td>{}. {}</td>", row.pack_line, escaped_html(row.label));
}

struct Period {
    const Figures& figures;
    const std::optional<Pence>& budget;
    const std::optional<Pence> variance;
    const std::optional<Figures>& last_year;
};

std::string period_cells(const StatementRow& row, const Period& period) {
    const bool money = row.code != "consultant_referrals";
    std::string out = html_cell(row.one_kind ? grouped(period.figures.activity) : "", "first");
    out += html_cell(!row.one_kind      ? ""
                     : period.last_year ? grouped(period.last_year->activity)
                                        : "–");
    if (!money) return out + "<td colspan=\"4\" class=\"quiet\">cost is within line 3</td>";
    out += html_cell(whole_pounds(period.figures.cost));
    out += html_cell(pounds_or_dash(period.budget)) + html_cell(signed_pounds(period.variance));
    return out + html_cell(period.last_year ? whole_pounds(period.last_year->cost) : "–");
}

std::string row_html(const PackRow& one) {
    const StatementRow& row = one.row;
    std::string out = heading_of(row);
    if (!row.loaded) {
        const std::string_view why = row.outside ? "not in the budget" : "no data loaded";
        out += fmt::format("<td colspan=\"3\" class=\"quiet first\">{}</td>", why) +
               html_cell(pounds_or_dash(one.month_budget)) + "<td colspan=\"2\"></td>";
        out += fmt::format("<td colspan=\"3\" class=\"quiet first\">{}</td>", why) +
               html_cell(pounds_or_dash(row.budget_to_date)) + "<td colspan=\"2\"></td>";
        return out + "<td colspan=\"3\" class=\"first\"></td></tr>\n";
    }
    out += period_cells(row,
                        {row.month, one.month_budget, one.month_variance(), one.last_years_month});
    out += period_cells(row, {row.year_to_date, row.budget_to_date, row.variance(), row.last_year});
    if (!row.one_kind) return out + "<td colspan=\"3\" class=\"first\"></td></tr>\n";
    return out + html_cell(rate_text(one.rates.practice), "first") +
           html_cell(rate_text(one.rates.commissioner)) + html_cell(rate_text(one.rates.national)) +
           "</tr>\n";
}

std::string period_headings() {
    return "<th scope=\"col\" class=\"first\">Activity</th><th scope=\"col\">Last year</th>"
           "<th scope=\"col\">Cost</th><th scope=\"col\">Budget</th>"
           "<th scope=\"col\">Over (+) or under (−)</th><th scope=\"col\">Cost last year</th>";
}

std::string lines_html(const Pack& pack) {
    std::string out = fmt::format(
        "<h2>The nine lines</h2><div class=\"scroll\"><table class=\"lines\"><thead><tr>"
        "<th rowspan=\"2\" scope=\"col\">Line</th>"
        "<th colspan=\"6\" scope=\"colgroup\" class=\"first\">{}</th>"
        "<th colspan=\"6\" scope=\"colgroup\" class=\"first\">Year to {}</th>"
        "<th colspan=\"3\" scope=\"colgroup\" class=\"first\">For 1,000 patients a year</th></tr>"
        "<tr>{}{}<th scope=\"col\" class=\"first\">You</th><th scope=\"col\">All practices</th>"
        "<th scope=\"col\">National</th></tr></thead><tbody>\n",
        in_words(pack.statement.month), in_words(pack.statement.month), period_headings(),
        period_headings());
    for (const PackRow& row : pack.rows) out += row_html(row);
    return out +
           "</tbody></table></div>\n<p class=\"quiet\">In whole pounds; the statement and the "
           "spreadsheet have the pence. Rates of the lines: the months to date as if a year went "
           "on like them, by the registered list; ages are not allowed for. " +
           escaped_html(pack.national) + "</p>\n";
}

std::string standardised_html(const Pack& pack) {
    std::string out =
        "<h2 class=\"side\">Referrals, admissions and outpatients beside others</h2>\n";
    if (pack.standardised.empty()) {
        return out + "<p>Not compared: " + escaped_html(pack.not_standardised) + "</p>\n";
    }
    out += fmt::format(
        "<p class=\"quiet\">For 1,000 patients a year, {} to {}, as if you had the commissioner's "
        "ages and sexes. No direction is better than the other.</p>"
        "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Rate</th>"
        "<th scope=\"col\">You</th><th scope=\"col\">95% range</th><th scope=\"col\">All practices"
        "</th><th scope=\"col\">National</th><th scope=\"col\" class=\"text\">What it "
        "says</th></tr></thead>"
        "<tbody>\n",
        in_words(pack.rates_from), in_words(pack.statement.month));
    for (const PackStandardised& one : pack.standardised) {
        const std::string range =
            one.rate_95 ? fmt::format("{:.1f} to {:.1f}", one.rate_95->lower, one.rate_95->upper)
                        : "–";
        out += fmt::format("<tr><td>{}</td>{}{}{}{}{}</tr>\n", escaped_html(one.name),
                           html_cell(rate_text(one.rate)), html_cell(range),
                           html_cell(rate_text(one.commissioner)),
                           html_cell(rate_text(one.national)), html_cell(one.standing, "text"));
    }
    return out + "</tbody></table></div>\n";
}

std::string reasons_html(const Pack& pack) {
    std::string out = "<h2>Why: the three largest reasons</h2>\n";
    if (!pack.everything_else) return out + "<p>" + escaped_html(pack.no_reasons) + "</p>\n";
    out +=
        "<table class=\"reasons\"><thead><tr><th scope=\"col\" class=\"figure\">Over (+) or under "
        "(−)</th>"
        "<th scope=\"col\" class=\"text\">Reason</th></tr></thead><tbody>\n";
    for (const PackReason& reason : pack.reasons) {
        out += "<tr>" + html_cell(variance_in_words(reason.amount), "figure") +
               html_cell(reason.says, "text") + "</tr>\n";
    }
    out += "<tr>" + html_cell(variance_in_words(*pack.everything_else), "figure") +
           html_cell("everything else", "text") + "</tr>\n";
    out += "<tr class=\"total\">" +
           html_cell(variance_in_words(pack.statement.total.variance()), "figure") +
           html_cell("together: the total of the nine lines", "text") + "</tr></tbody></table>\n";
    if (pack.beyond_statement.empty()) return out;
    return out + "<p>In none of them: " + escaped_html(pack.beyond_statement) + "</p>\n";
}

std::string paragraphs(const std::vector<std::string>& says) {
    std::string out;
    for (const std::string& one : says) {
        if (!one.empty()) out += "<p>" + escaped_html(one) + "</p>\n";
    }
    return out;
}

std::string blocks_html(const Pack& pack) {
    std::string out;
    for (const BlockShare& share : pack.blocks) {
        out += "<p>" + escaped_html(block_sentence(share, pack.statement.month)) + "</p>\n";
    }
    return out;
}

std::string year_end_row(const YearEndRow& row, std::string_view class_of) {
    const AccountForecast& one = row.forecast;
    const bool possible = one.basis != ForecastBasis::not_possible;
    return fmt::format("<tr{}>", class_of) + html_cell(row.label) +
           html_cell(whole_pounds(one.to_date)) +
           html_cell(possible ? whole_pounds(one.outturn()) : "no forecast") +
           html_cell(one.range_80 ? whole_pounds(one.range_80->low) + " to " +
                                        whole_pounds(one.range_80->high)
                                  : "–") +
           html_cell(pounds_or_dash(one.budget)) + html_cell(signed_pounds(row.over())) + "</tr>\n";
}

std::string year_end_html(const Pack& pack) {
    std::string out = "<h2>Where the year may end</h2>\n";
    if (!pack.year_end) return out + paragraphs({pack.no_year_end});
    const YearEnd& year_end = *pack.year_end;
    out += paragraphs({year_end.says});
    if (!is_possible(year_end)) return out;
    out += fmt::format(
        "<div class=\"scroll\"><table class=\"lines\"><thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">Reported to {}</th><th scope=\"col\">Year-end</th>"
        "<th scope=\"col\">80% range</th><th scope=\"col\">Budget</th>"
        "<th scope=\"col\">Over (+) or under (−)</th></tr></thead><tbody>\n",
        to_text(year_end.month.financial_year()), in_words(year_end.month));
    for (const YearEndRow& row : year_end.lines) out += year_end_row(row, "");
    out += year_end_row(year_end.total, " class=\"total\"") + "</tbody></table></div>\n";
    return out + fmt::format("<p class=\"quiet\">{} {} {}</p>\n",
                             escaped_html(std::string(what_the_total_leaves_out(year_end))),
                             escaped_html(std::string(how_earlier_ones_did(year_end))),
                             escaped_html(std::string(about_ranges())));
}

}  // namespace

std::string as_html(const Pack& pack) {
    const Statement& statement = pack.statement;
    const std::string title =
        fmt::format("{} · monthly pack · {}", statement.name, in_words(statement.month));
    std::string body = fmt::format(
        "<p class=\"quiet\"><a href=\"index.html\">{}</a> · {} · closing {}{}</p><h1>{}</h1>\n"
        "<div class=\"says\"><p>{}</p><p class=\"quiet\">{}</p></div>\n",
        escaped_html(statement.commissioner), escaped_html(statement.code), statement.closing,
        statement.list_size
            ? fmt::format(" · registered list {} patients", grouped(*statement.list_size))
            : "",
        escaped_html(title), escaped_html(first_sentence(statement)),
        escaped_html(data_sentence(statement)));
    body += lines_html(pack) + paragraphs({stay_sentence(pack)}) + blocks_html(pack);
    body += standardised_html(pack) + reasons_html(pack);
    body += "<h2>Prescribing</h2>\n" + paragraphs(pack.prescribing);
    body += year_end_html(pack);
    body += "<h2>Waiting lists and challenges</h2>\n" +
            paragraphs({waiting_sentence(pack), pack.challenges});
    body += paragraphs(pack.notes);
    body += fmt::format("<p><strong>{}</strong></p>\n", indicative_sentence());
    return html_page(title, body, {.style = pack_style, .paper = Paper::on_its_side});
}

}  // namespace purse
