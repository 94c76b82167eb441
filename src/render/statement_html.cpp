#include <fmt/format.h>

#include "render/challenged.hpp"
#include "render/html_page.hpp"
#include "render/rendering.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

std::string row_class(const StatementRow& row) {
    if (row.code == "total") return " class=\"total\"";
    if (!row.of_total && row.code != "consultant_referrals") return " class=\"below\"";
    return "";
}

std::string row_html(const StatementRow& row) {
    std::string out = fmt::format("<tr id=\"{}\"{}>", row.code, row_class(row));
    const bool numbered = row.code != "total" && row_class(row).empty();
    out += fmt::format("<td>{}{}</td>", numbered ? fmt::format("{}. ", row.pack_line) : "",
                       escaped_html(row.label));
    if (!row.loaded) {
        return out + "<td colspan=\"4\" class=\"quiet\">" +
               std::string(row.outside ? "not in the budget" : "no data loaded") + "</td>" +
               html_cell(amount_or_dash(row.budget_to_date)) + html_cell("–") + html_cell("") +
               "</tr>\n";
    }
    const bool money = row.code != "consultant_referrals";
    const std::string in_another = "within line 3";
    out += html_cell(row.one_kind ? grouped(row.month.activity) : "");
    out += html_cell(money ? in_pounds(row.month.cost) : in_another);
    out += html_cell(row.one_kind ? grouped(row.year_to_date.activity) : "");
    out += html_cell(money ? in_pounds(row.year_to_date.cost) : in_another);
    out += html_cell(amount_or_dash(row.budget_to_date)) +
           html_cell(variance_in_words(row.variance()));
    out += html_cell(!row.last_year ? "–"
                     : money        ? in_pounds(row.last_year->cost)
                                    : grouped(row.last_year->activity));
    return out + "</tr>\n";
}

std::string lines_table(const std::vector<StatementRow>& rows, Month month) {
    std::string out = fmt::format(
        "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Line</th>"
        "<th scope=\"col\">{0}</th><th scope=\"col\">Cost in {0}</th>"
        "<th scope=\"col\">Year to date</th><th scope=\"col\">Cost to date</th>"
        "<th scope=\"col\">Budget to date</th><th scope=\"col\">Over (+) or under (−)</th>"
        "<th scope=\"col\">Last year, same months</th></tr></thead><tbody>\n",
        in_words(month));
    for (const StatementRow& row : rows) out += row_html(row);
    return out + "</tbody></table></div>\n";
}

std::string contracts_html(const std::vector<std::string>& says) {
    std::string out;
    for (const std::string& one : says) out += "<p>" + escaped_html(one) + "</p>\n";
    return out;
}

std::string completion_html(const Statement& statement) {
    const std::string says = completion_sentence(statement);
    if (says.empty()) return {};
    const std::string head =
        fmt::format("<h2>Months that are not complete</h2><p>{}</p>", escaped_html(says));
    std::string rows;
    for (const StatementRow& row : statement.rows) {
        const auto range = row.heading ? std::nullopt : expected_to_date(row);
        if (!range) continue;
        rows += fmt::format("<tr><td>{}</td>{}{}{}{}</tr>\n", escaped_html(row.label),
                            html_cell(in_pounds(row.year_to_date.cost)),
                            html_cell(in_pounds(range->expected)), html_cell(in_pounds(range->low)),
                            html_cell(in_pounds(range->high)));
    }
    if (rows.empty()) return head + "\n";
    return head +
           "<div class=\"scroll\"><table><thead><tr>"
           "<th scope=\"col\">Line</th><th scope=\"col\">Reported to date</th>"
           "<th scope=\"col\">Expected when complete</th><th scope=\"col\">From</th>"
           "<th scope=\"col\">To</th></tr></thead><tbody>\n" +
           rows + "</tbody></table></div>\n";
}

std::string set_aside_html(const std::vector<SetAside>& set_aside) {
    if (set_aside.empty()) return {};
    std::string out =
        "<h2>Not in the figures</h2><div class=\"scroll\"><table><thead><tr>"
        "<th scope=\"col\">Why</th><th scope=\"col\" class=\"text\">What became of them</th>"
        "<th scope=\"col\">Records, year to date</th></tr></thead><tbody>\n";
    for (const SetAside& group : set_aside) {
        out += fmt::format("<tr><td>{}</td><td class=\"text\">{}</td>{}</tr>\n",
                           escaped_html(group.says), escaped_html(group.outcome),
                           html_cell(grouped(group.records)));
    }
    return out + "</tbody></table></div>\n";
}

std::string rejects_html(const Statement& statement) {
    if (statement.rejects.empty()) return {};
    std::string out =
        "<h2>Rejected records that name this practice</h2>"
        "<p class=\"quiet\">Sent back to their providers with a reason; not in the figures.</p>"
        "<table><thead><tr><th scope=\"col\">Reason</th><th scope=\"col\">Records, year to date"
        "</th></tr></thead><tbody>\n";
    for (const RejectCount& reject : statement.rejects) {
        out += fmt::format("<tr><td>{}</td>{}</tr>\n", escaped_html(reject.reason),
                           html_cell(grouped(reject.records)));
    }
    return out + "</tbody></table>\n";
}

std::string outside_html(const std::vector<OutsideRow>& outside) {
    if (outside.empty()) return {};
    std::string out =
        "<h2>Not in the budget</h2><p class=\"quiet\">These lines are in no total above.</p>"
        "<table><thead><tr><th scope=\"col\">Line</th><th scope=\"col\">Cost in the month</th>"
        "<th scope=\"col\">Cost to date</th><th scope=\"col\" "
        "class=\"text\">Why</th></tr></thead><tbody>\n";
    for (const OutsideRow& row : outside) {
        out += fmt::format("<tr><td>{}</td>{}{}<td class=\"text\">{}</td></tr>\n",
                           escaped_html(row.label), html_cell(in_pounds(row.month.cost)),
                           html_cell(in_pounds(row.year_to_date.cost)), escaped_html(row.why));
    }
    return out + "</tbody></table>\n";
}

std::string changes_html(const Statement& statement) {
    if (statement.changes.empty()) return {};
    std::string out = fmt::format(
        "<h2>Changes of the budget in the year</h2><p>{}</p><div class=\"scroll\"><table><thead>"
        "<tr><th scope=\"col\">From</th><th scope=\"col\" class=\"text\">Line</th><th "
        "scope=\"col\">A year</th>"
        "<th scope=\"col\">To date</th><th scope=\"col\" "
        "class=\"text\">Why</th></tr></thead><tbody>\n",
        escaped_html(changes_sentence(statement)));
    for (const ChangeRow& change : statement.changes) {
        out += fmt::format(
            "<tr><td>{}</td><td class=\"text\">{}</td>{}{}<td class=\"text\">{}"
            "</td></tr>\n",
            in_words(change.from), escaped_html(change.label),
            html_cell(variance_in_words(change.annual)),
            html_cell(variance_in_words(change.to_date)), escaped_html(change.says));
    }
    return out + "</tbody></table></div>\n";
}

std::string merged_html(const Statement& statement) {
    if (statement.merged.empty()) return {};
    std::string out =
        "<h2>Before merging</h2><table><thead><tr><th scope=\"col\">Practice</th>"
        "<th scope=\"col\">Cost, year to date</th></tr></thead><tbody>\n";
    for (const MergedPart& part : statement.merged) {
        out += fmt::format("<tr><td>{} ({})</td>{}</tr>\n", escaped_html(part.name),
                           escaped_html(part.code), html_cell(in_pounds(part.year_to_date.cost)));
    }
    return out + "</tbody></table>\n";
}

std::string footer_html(const std::vector<TariffUsed>& tariffs, int closing) {
    std::string out = fmt::format("<p class=\"quiet\">Closing {} of the month.", closing);
    for (const TariffUsed& tariff : tariffs) {
        out += " Priced by the tariff of " + escaped_html(tariff_in_words(tariff)) + ".";
    }
    return out + "</p>\n";
}

std::string stay_html(const Statement& statement) {
    for (const StatementRow& row : statement.rows) {
        if (row.code != "non_elective" || !row.loaded) continue;
        const std::string stay = average_stay(row.year_to_date);
        if (!stay.empty()) {
            return "<p>Average non-elective stay, year to date: " + stay + ".</p>\n";
        }
    }
    return {};
}

std::string summary_cells(const SummaryRow& row) {
    return html_cell(in_pounds(row.month.cost)) + html_cell(in_pounds(row.year_to_date.cost)) +
           html_cell(amount_or_dash(row.budget_to_date)) +
           html_cell(variance_in_words(row.variance())) + "</tr>\n";
}

}  // namespace

std::string as_html(const Statement& statement) {
    const std::string title =
        fmt::format("{} · {} · to {}", statement.name, to_text(statement.month.financial_year()),
                    in_words(statement.month));
    std::string body = fmt::format(
        "<p class=\"quiet\"><a href=\"index.html\">{}</a> · {}</p><h1>{}</h1>\n"
        "<div class=\"says\"><p>{}</p><p class=\"quiet\">{}</p></div>\n",
        escaped_html(statement.commissioner), escaped_html(statement.code), escaped_html(title),
        escaped_html(first_sentence(statement)), escaped_html(data_sentence(statement)));
    if (statement.list_size) {
        body +=
            fmt::format("<p>Registered list: {} patients.</p>\n", grouped(*statement.list_size));
    }
    std::vector<StatementRow> rows = statement.rows;
    rows.push_back(statement.total);
    body += "<h2>The nine lines</h2>\n" + lines_table(rows, statement.month);
    const std::string paid = payable_sentence(statement);
    if (!paid.empty()) body += "<p>" + escaped_html(paid) + "</p>\n";
    body += completion_html(statement) + contracts_html(statement.contracts_say);
    body += changes_html(statement) + outside_html(statement.outside);
    body += challenged_html(statement);
    body += stay_html(statement) + merged_html(statement) + set_aside_html(statement.set_aside) +
            rejects_html(statement);
    body += fmt::format(
        "<p>How a line was worked out: <code>purse statement {} --month {} --why "
        "LINE</code></p>\n",
        escaped_html(statement.code), to_text(statement.month));
    body += footer_html(statement.tariffs, statement.closing);
    if (statement.is_practice) {
        body += fmt::format("<p><strong>{}</strong></p>\n", indicative_sentence());
    }
    return html_page(title, body);
}

std::string as_html(const Summary& summary) {
    const std::string title =
        fmt::format("{} · all practices · {} · to {}", summary.commissioner,
                    to_text(summary.month.financial_year()), in_words(summary.month));
    std::string body = fmt::format(
        "<h1>{}</h1>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Practice</th>"
        "<th scope=\"col\">Cost in {}</th><th scope=\"col\">Cost to date</th><th "
        "scope=\"col\">Budget to date</th>"
        "<th scope=\"col\">Over (+) or under (−)</th></tr></thead><tbody>\n",
        escaped_html(title), in_words(summary.month));
    for (const SummaryRow& row : summary.rows) {
        body += fmt::format("<tr><td><a href=\"{0}.html\">{1} ({0})</a></td>",
                            escaped_html(row.code), escaped_html(row.name)) +
                summary_cells(row);
    }
    for (const SummaryRow* row : {&summary.practices, &summary.unattributed, &summary.total}) {
        body += fmt::format("<tr class=\"total\"><td>{}</td>", escaped_html(row->name)) +
                summary_cells(*row);
    }
    body += "</tbody></table></div>\n<h2>All practices by line</h2>\n" +
            lines_table(summary.lines, summary.month);
    body += contracts_html(summary.contracts_say);
    body += outside_html(summary.outside) + challenged_html(summary);
    body += set_aside_html(summary.set_aside) + footer_html(summary.tariffs, summary.closing);
    return html_page(title, body);
}

}  // namespace purse
