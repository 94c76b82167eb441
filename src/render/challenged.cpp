#include "render/challenged.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "render/text_table.hpp"
#include "render/wording.hpp"
#include "reports/to_come.hpp"

namespace purse {

namespace {

namespace json = boost::json;

// A statement's and a summary's alike.
struct Shown {
    std::string what;  // "line", "practice"
    const std::vector<ChallengedRow>& rows;
    const std::optional<ChallengedRow>& total;
    std::optional<Date> as_at;
    std::optional<Pence> month_cost;  // reported, of the total
    std::optional<Pence> cost_to_date;
};

Shown shown(const Statement& statement) {
    return {"line",
            statement.challenged,
            statement.challenged_total,
            statement.challenged_as_at,
            statement.total.month.cost,
            statement.total.year_to_date.cost};
}
Shown shown(const Summary& summary) {
    return {"practice",
            summary.challenged,
            summary.challenged_total,
            summary.challenged_as_at,
            summary.total.month.cost,
            summary.total.year_to_date.cost};
}

std::string heading(const Shown& part) {
    return fmt::format("Challenged, as known on {}", in_words(*part.as_at));
}

// "Reported to date £12,000.00; corrected by −£450.00: £11,550.00, of which £99.00 is disputed."
std::string sentence(const Shown& part) {
    if (!part.total || !part.cost_to_date) return {};
    return fmt::format("Reported to date {}; corrected by {}: {}, of which {} is disputed.",
                       in_pounds(*part.cost_to_date), in_pounds(part.total->corrected_to_date),
                       in_pounds(*part.cost_to_date + part.total->corrected_to_date),
                       in_pounds(part.total->disputed_to_date));
}

std::vector<std::vector<std::string>> cells_of(const Shown& part, const std::string& indent) {
    std::vector<std::vector<std::string>> cells = {{indent + part.what, "disputed in month",
                                                    "disputed to date", "corrected in month",
                                                    "corrected to date"}};
    const auto push = [&](const ChallengedRow& row) {
        cells.push_back({indent + row.label, in_pounds(row.disputed_month),
                         in_pounds(row.disputed_to_date), in_pounds(row.corrected_month),
                         in_pounds(row.corrected_to_date)});
    };
    for (const ChallengedRow& row : part.rows) push(row);
    if (part.total) push(*part.total);
    return cells;
}

std::string table_text(const Shown& part) {
    if (part.rows.empty()) return {};
    constexpr auto right = Align::right;
    return heading(part) + " (in no total above):\n" +
           aligned(cells_of(part, "  "), {Align::left, right, right, right, right}) +
           sentence(part) + "\n";
}

std::string table_html(const Shown& part) {
    std::string out = fmt::format(
        "<h2>{}</h2><p>{}</p><p class=\"quiet\">These amounts are in no total above.</p>"
        "<div class=\"scroll\"><table><thead><tr>",
        heading(part), sentence(part));
    const auto cells = cells_of(part, "");
    for (const std::string& name : cells.front()) out += "<th scope=\"col\">" + name + "</th>";
    out += "</tr></thead><tbody>\n";
    for (std::size_t i = 1; i < cells.size(); ++i) {
        out += "<tr>";
        for (const std::string& text : cells[i]) out += "<td>" + escaped_html(text) + "</td>";
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::vector<std::vector<std::string>> correction_cells(const Statement& statement) {
    std::vector<std::vector<std::string>> cells;
    for (const CorrectionRow& row : statement.corrections) {
        cells.push_back({fmt::format("challenge {}", row.challenge), in_words(row.falls_on),
                         row.label, fmt::format("{} ({})", row.about, row.reason),
                         in_pounds(row.amount)});
    }
    return cells;
}

json::object object_of(const Shown& part) {
    json::array rows;
    for (const ChallengedRow& row : part.rows) rows.push_back(challenged_object(row));
    json::object object{{"as_at", to_text(*part.as_at)}, {"rows", std::move(rows)}};
    object["total"] =
        part.total ? json::value(challenged_object(*part.total)) : json::value(nullptr);
    return object;
}

}  // namespace

json::object challenged_object(const ChallengedRow& row) {
    return {{"code", row.code},
            {"label", row.label},
            {"disputed_month_pence", row.disputed_month.count()},
            {"disputed_to_date_pence", row.disputed_to_date.count()},
            {"corrected_month_pence", row.corrected_month.count()},
            {"corrected_to_date_pence", row.corrected_to_date.count()}};
}

std::string challenged_text(const Statement& statement) {
    std::string out = table_text(shown(statement));
    if (!statement.corrections.empty()) {
        constexpr auto left = Align::left;
        auto cells = correction_cells(statement);
        for (auto& row : cells) row.front() = "  " + row.front();
        out += "Correcting records, year to date:\n" +
               aligned(cells, {left, left, left, left, Align::right});
    }
    const std::string coming = upheld_to_come(statement.corrections_to_come);
    return coming.empty() ? out : out + coming + "\n";
}

std::string challenged_text(const Summary& summary) { return table_text(shown(summary)); }

std::string challenged_html(const Statement& statement) {
    std::string out;
    if (!statement.challenged.empty()) out += table_html(shown(statement));
    if (!statement.corrections.empty()) {
        out += "<h3>Correcting records, year to date</h3><ul>\n";
        for (const auto& cells : correction_cells(statement)) {
            out += fmt::format("<li>{}: {}, {}, {}: {}</li>\n", cells[1], cells[0],
                               escaped_html(cells[2]), escaped_html(cells[3]), cells[4]);
        }
        out += "</ul>\n";
    }
    const std::string coming = upheld_to_come(statement.corrections_to_come);
    return coming.empty() ? out : out + "<p>" + coming + "</p>\n";
}

std::string challenged_html(const Summary& summary) {
    return summary.challenged.empty() ? std::string() : table_html(shown(summary));
}

void add_challenged(json::object& object, const Statement& statement) {
    if (statement.challenged.empty() && statement.corrections_to_come == Pence(0)) return;
    json::object challenges = object_of(shown(statement));
    json::array corrections;
    for (const CorrectionRow& row : statement.corrections) {
        corrections.push_back(json::object{{"challenge", row.challenge},
                                           {"line", row.label},
                                           {"reason", row.reason},
                                           {"about", row.about},
                                           {"falls_on", to_text(row.falls_on)},
                                           {"amount_pence", row.amount.count()}});
    }
    challenges["corrections"] = std::move(corrections);
    challenges["to_come_pence"] = statement.corrections_to_come.count();
    object["challenges"] = std::move(challenges);
}

void add_challenged(json::object& object, const Summary& summary) {
    if (!summary.challenged.empty()) object["challenges"] = object_of(shown(summary));
}

void add_challenged(ReportTable& table, const Statement& statement) {
    const auto add = [&](const ChallengedRow& row, const std::string& kind, Pence month,
                         Pence to_date) {
        std::vector<TableCell> cells = {statement.code, kind + "_" + row.code, std::int64_t{0},
                                        row.label + " (" + kind + ")", "no"};
        cells.resize(table.headings.size());
        cells[6] = month;
        cells[8] = to_date;
        table.rows.push_back(std::move(cells));
    };
    for (const ChallengedRow& row : statement.challenged) {
        add(row, "disputed", row.disputed_month, row.disputed_to_date);
        add(row, "corrected", row.corrected_month, row.corrected_to_date);
    }
}

}  // namespace purse
