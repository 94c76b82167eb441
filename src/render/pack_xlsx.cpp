#include <fmt/format.h>

#include "render/pack_pages.hpp"
#include "render/table_files.hpp"
#include "render/year_end_pages.hpp"

namespace purse {

namespace {

// An empty cell where it is not known. (No conditional expressions over cells: GCC 12 takes the
// empty ones for uninitialised texts.)
template <class Value>
void add(std::vector<TableCell>& cells, const std::optional<Value>& value) {
    cells.emplace_back();
    if (value) cells.back() = *value;
}

void add_figures(std::vector<TableCell>& cells, const StatementRow& row,
                 const std::optional<Figures>& figures) {
    std::optional<std::int64_t> activity;
    std::optional<Pence> cost;
    if (figures && row.one_kind) activity = figures->activity;
    if (figures && row.code != "consultant_referrals") cost = figures->cost;
    add(cells, activity);
    add(cells, cost);
}

void add_period(std::vector<TableCell>& cells, const StatementRow& row, const Figures& figures,
                const std::optional<Pence>& budget, const std::optional<Pence>& variance,
                const std::optional<Figures>& last_year) {
    std::optional<Figures> recorded;
    if (row.loaded) recorded = figures;
    add_figures(cells, row, recorded);
    add(cells, budget);
    add(cells, variance);
    add_figures(cells, row, last_year);
}

ReportTable lines_of(const Pack& pack) {
    ReportTable table;
    table.headings = {"line", "label", "counts_in_total"};
    for (const std::string period : {"month", "to_date"}) {
        for (const std::string_view what :
             {"activity", "cost", "budget", "variance", "last_year_activity", "last_year_cost"}) {
            table.headings.push_back(fmt::format("{}_{}", period, what));
        }
    }
    table.headings.insert(table.headings.end(), {"rate_practice", "rate_all", "rate_national"});
    for (const PackRow& one : pack.rows) {
        const StatementRow& row = one.row;
        std::vector<TableCell> cells = {row.code, row.label,
                                        std::string(row.of_total ? "yes" : "no")};
        add_period(cells, row, row.month, one.month_budget, one.month_variance(),
                   one.last_years_month);
        add_period(cells, row, row.year_to_date, row.budget_to_date, row.variance(), row.last_year);
        for (const auto& rate : {one.rates.practice, one.rates.commissioner, one.rates.national}) {
            add(cells, rate);
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ReportTable rates_of(const Pack& pack) {
    ReportTable table;
    table.headings = {"measure",  "name",          "practice", "lower_95",
                      "upper_95", "all_practices", "national", "standing"};
    for (const PackStandardised& one : pack.standardised) {
        std::vector<TableCell> cells = {one.code, one.name};
        std::optional<double> lower, upper;
        if (one.rate_95) {
            lower = one.rate_95->lower;
            upper = one.rate_95->upper;
        }
        for (const auto& rate : {one.rate, lower, upper, one.commissioner, one.national}) {
            add(cells, rate);
        }
        cells.emplace_back(one.standing);
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ReportTable blocks_of(const Pack& pack) {
    ReportTable table;
    table.headings = {"provider", "line",  "apportioned_by", "contract_annual", "annual",
                      "to_date",  "month", "weight",         "weight_of_all"};
    for (const BlockShare& share : pack.blocks) {
        table.rows.push_back({share.provider.text(), std::string(name_of(share.line).code),
                              std::string(to_text(share.rule)), share.contract, share.annual,
                              share.to_date, share.month, static_cast<double>(share.weight) / 1000,
                              static_cast<double>(share.whole) / 1000});
    }
    return table;
}

ReportTable reasons_of(const Pack& pack) {
    ReportTable table;
    table.headings = {"amount", "reason"};
    for (const PackReason& reason : pack.reasons) {
        table.rows.push_back({reason.amount, reason.says});
    }
    if (pack.everything_else) {
        table.rows.push_back({*pack.everything_else, std::string("everything else")});
        std::vector<TableCell> together;
        add(together, pack.statement.total.variance());
        together.emplace_back(std::string("together: the total of the nine lines"));
        table.rows.push_back(std::move(together));
    }
    if (!pack.beyond_statement.empty()) {
        table.rows.push_back({TableCell(), "in none of them: " + pack.beyond_statement});
    }
    return table;
}

}  // namespace

std::string as_xlsx(const Pack& pack) {
    const Statement& statement = pack.statement;
    const std::string title =
        fmt::format("{} ({}) – {} – monthly pack of {}", statement.name, statement.code,
                    statement.commissioner, in_words(statement.month));
    std::vector<std::string> lines = {title, first_sentence(statement), data_sentence(statement)};
    if (const std::string stay = stay_sentence(pack); !stay.empty()) lines.push_back(stay);
    lines.push_back(
        "Rates of the lines: for 1,000 patients a year, the months to date as if a year went on "
        "like them, by the registered list; ages are not allowed for. " +
        pack.national);
    lines.emplace_back(indicative_sentence());
    std::vector<std::string> why = {title};
    if (!pack.no_reasons.empty()) why.push_back(pack.no_reasons);
    why.insert(why.end(), pack.prescribing.begin(), pack.prescribing.end());
    why.push_back(pack.challenges);
    if (!pack.year_end) why.push_back("Where the year may end: " + pack.no_year_end);
    why.insert(why.end(), pack.notes.begin(), pack.notes.end());
    const std::string compared =
        pack.standardised.empty()
            ? "Not compared: " + pack.not_standardised
            : fmt::format(
                  "For 1,000 patients a year, {} to {}, as if the practice had the "
                  "commissioner's ages and sexes",
                  in_words(pack.rates_from), in_words(statement.month));
    std::vector<Sheet> sheets = {{"Nine lines", lines, lines_of(pack)},
                                 {"Rates", {title, compared}, rates_of(pack)},
                                 {"Why", why, reasons_of(pack)}};
    if (pack.year_end) {
        std::vector<std::string> says = {title, pack.year_end->says};
        for (const std::string_view one : {what_the_total_leaves_out(*pack.year_end),
                                           how_earlier_ones_did(*pack.year_end), about_ranges()}) {
            if (!one.empty()) says.emplace_back(one);
        }
        sheets.push_back({"Year-end", std::move(says), table_of(*pack.year_end)});
    }
    if (!pack.blocks.empty()) {
        sheets.push_back({"Blocks",
                          {title,
                           "Block contracts, apportioned by a stated rule: in the lines of "
                           "community, mental health and primary care"},
                          blocks_of(pack)});
    }
    return xlsx_of(sheets);
}

}  // namespace purse
