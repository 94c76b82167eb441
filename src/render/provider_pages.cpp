#include "render/provider_pages.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "render/html_page.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

namespace json = boost::json;

std::string line_of(const ProviderRow& row) {
    return row.line ? std::string(name_of(*row.line).name) : "";
}

std::vector<std::string> cells_of(const ProviderRow& row) {
    return {row.code,
            row.name,
            line_of(row),
            amount_or_dash(row.contract),
            in_pounds(row.in_budgets),
            in_pounds(row.unattributed),
            in_pounds(row.out_of_scope),
            variance_in_words(row.difference()),
            grouped(row.excluded),
            grouped(row.unpriced),
            grouped(row.refused)};
}

const std::vector<std::string> provider_headings = {
    "provider",     "",           "line",     "contract", "in budgets", "unattributed",
    "out of scope", "difference", "excluded", "unpriced", "refused"};

std::vector<std::string> sentences(const ProviderReconciliation& all) {
    std::vector<std::string> says = {
        "contract = in budgets + unattributed + out of scope + difference; records excluded, "
        "unpriced or refused cost nothing here and may explain it"};
    if (all.total.contract && all.without_contract != Pence(0)) {
        says.push_back(fmt::format(
            "{} of the cost has no contract in the file: with it the contracts' own difference is "
            "{}",
            in_pounds(all.without_contract),
            variance_in_words(*all.total.difference() + all.without_contract)));
    }
    says.push_back(fmt::format(
        "the draft's baseline: {} of practices and {} unattributed; {}",
        in_pounds(all.practices_baseline), in_pounds(all.unattributed_baseline),
        all.changed_since() == Pence(0)
            ? std::string("the same to the penny")
            : fmt::format("{} more than the records come to now", in_pounds(all.changed_since()))));
    says.insert(says.end(), all.notes.begin(), all.notes.end());
    return says;
}

json::object object_of(const ProviderRow& row) {
    const auto difference = row.difference();
    return {
        {"provider", row.code},
        {"name", row.name},
        {"line", row.line ? json::value(name_of(*row.line).code) : json::value(nullptr)},
        {"contract_pence",
         row.contract ? json::value(row.contract->count()) : json::value(nullptr)},
        {"in_budgets_pence", row.in_budgets.count()},
        {"unattributed_pence", row.unattributed.count()},
        {"out_of_scope_pence", row.out_of_scope.count()},
        {"difference_pence", difference ? json::value(difference->count()) : json::value(nullptr)},
        {"excluded_records", row.excluded},
        {"unpriced_records", row.unpriced},
        {"refused_records", row.refused}};
}

std::string csv_row(const ProviderRow& row, const std::string& kind) {
    const auto difference = row.difference();
    const auto pence = [](Pence amount) { return std::to_string(amount.count()); };
    return csv_line({kind, row.code, row.name, row.line ? std::string(name_of(*row.line).code) : "",
                     row.contract ? pence(*row.contract) : "", pence(row.in_budgets),
                     pence(row.unattributed), pence(row.out_of_scope),
                     difference ? pence(*difference) : "", std::to_string(row.excluded),
                     std::to_string(row.unpriced), std::to_string(row.refused)});
}

}  // namespace

std::string as_text(const ProviderReconciliation& all) {
    std::vector<std::vector<std::string>> rows = {provider_headings, {}};
    for (const ProviderRow& row : all.rows) rows.push_back(cells_of(row));
    rows.emplace_back();
    rows.push_back(cells_of(all.total));
    std::vector<Align> align(provider_headings.size(), Align::right);
    std::fill_n(align.begin(), 3, Align::left);
    std::string out = all.title + "\n\n" + aligned(rows, align) + "\n";
    for (const std::string& says : sentences(all)) out += "  " + says + "\n";
    return out;
}

std::string as_json(const ProviderReconciliation& all) {
    json::array rows, notes;
    for (const ProviderRow& row : all.rows) rows.emplace_back(object_of(row));
    for (const std::string& note : all.notes) notes.emplace_back(note);
    const json::object object{
        {"title", all.title},
        {"providers", std::move(rows)},
        {"total", object_of(all.total)},
        {"without_contract_pence", all.without_contract.count()},
        {"draft_practices_baseline_pence", all.practices_baseline.count()},
        {"draft_unattributed_baseline_pence", all.unattributed_baseline.count()},
        {"changed_since_pence", all.changed_since().count()},
        {"notes", std::move(notes)}};
    return json::serialize(object) + "\n";
}

std::string as_csv(const ProviderReconciliation& all) {
    std::string out =
        csv_line({"kind", "provider", "name", "line", "contract_pence", "in_budgets_pence",
                  "unattributed_pence", "out_of_scope_pence", "difference_pence",
                  "excluded_records", "unpriced_records", "refused_records"});
    for (const ProviderRow& row : all.rows) out += csv_row(row, "provider");
    out += csv_row(all.total, "total");
    ProviderRow draft;
    draft.name = "The draft's baseline";
    draft.in_budgets = all.practices_baseline;
    draft.unattributed = all.unattributed_baseline;
    return out + csv_row(draft, "draft");
}

std::string as_html(const ProviderReconciliation& all) {
    std::string body =
        "<h1>" + escaped_html(all.title) + "</h1>\n<div class=\"scroll\"><table><thead><tr>";
    const auto opening_of = [](std::string_view tag, std::size_t column) {
        return fmt::format("<{}{}>", tag, column < 3 ? " class=\"text\"" : "");
    };
    for (std::size_t i = 0; i < provider_headings.size(); ++i) {
        body += opening_of("th scope=\"col\"", i) + escaped_html(provider_headings[i]) + "</th>";
    }
    body += "</tr></thead><tbody>\n";
    const auto push = [&](const ProviderRow& row, std::string_view opening) {
        body += opening;
        const auto cells = cells_of(row);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            body += opening_of("td", i) + escaped_html(cells[i]) + "</td>";
        }
        body += "</tr>\n";
    };
    for (const ProviderRow& row : all.rows) push(row, "<tr>");
    push(all.total, "<tr class=\"total\">");
    body += "</tbody></table></div>\n";
    for (const std::string& says : sentences(all)) body += "<p>" + escaped_html(says) + ".</p>\n";
    return html_page(all.title, body);
}

}  // namespace purse
