#include "render/statement_table.hpp"

#include "render/challenged.hpp"

namespace purse {

namespace {

// Spells, attendances and items together are no activity: the total has none.
TableCell activity_cell(const StatementRow& row, const Figures& figures) {
    return row.one_kind ? TableCell(figures.activity) : TableCell();
}

void add_line_figures(std::vector<TableCell>& cells, const StatementRow& row,
                      const Figures& figures) {
    cells.push_back(activity_cell(row, figures));
    cells.emplace_back(figures.cost);
}

std::vector<TableCell> cells_of(const std::string& code, const StatementRow& row) {
    std::vector<TableCell> cells = {code, row.code, std::int64_t{row.pack_line}, row.label,
                                    std::string(row.of_total ? "yes" : "no")};
    if (row.loaded) {
        for (const Figures& figures : {row.month, row.year_to_date}) {
            add_line_figures(cells, row, figures);
        }
    } else {
        cells.insert(cells.end(), 4, TableCell());
    }
    cells.push_back(amount_cell(row.annual_budget));
    cells.push_back(amount_cell(row.budget_to_date));
    cells.push_back(amount_cell(row.variance()));
    if (row.last_year) {
        add_line_figures(cells, row, *row.last_year);
    } else {
        cells.insert(cells.end(), 2, TableCell());
    }
    const auto range = expected_to_date(row);
    for (const auto part : {&ExpectedRange::expected, &ExpectedRange::low, &ExpectedRange::high}) {
        cells.push_back(range ? TableCell((*range).*part) : TableCell());
    }
    return cells;
}

}  // namespace

TableCell amount_cell(const std::optional<Pence>& amount) {
    return amount ? TableCell(*amount) : TableCell();
}

ReportTable table_of(const Statement& statement) {
    ReportTable table;
    table.headings = {"practice",
                      "line",
                      "pack_line",
                      "label",
                      "counts_in_total",
                      "month_activity",
                      "month_cost",
                      "year_to_date_activity",
                      "year_to_date_cost",
                      "annual_budget",
                      "budget_to_date",
                      "variance",
                      "last_year_activity",
                      "last_year_cost",
                      "expected_when_complete",
                      "expected_low_95",
                      "expected_high_95"};
    for (const StatementRow& row : statement.rows) {
        table.rows.push_back(cells_of(statement.code, row));
    }
    table.rows.push_back(cells_of(statement.code, statement.total));
    for (const OutsideRow& row : statement.outside) {
        std::vector<TableCell> cells = {statement.code, row.code, std::int64_t{0},
                                        row.label + " (" + row.why + ")", "no"};
        cells.resize(table.headings.size());
        cells[5] = row.month.activity;
        cells[6] = row.month.cost;
        cells[7] = row.year_to_date.activity;
        cells[8] = row.year_to_date.cost;
        table.rows.push_back(std::move(cells));
    }
    for (const ChangeRow& change : statement.changes) {
        std::vector<TableCell> cells = {
            statement.code, "change_" + std::to_string(change.number), std::int64_t{0},
            change.label + " from " + to_text(change.from) + ": " + change.says, "no"};
        cells.resize(table.headings.size());
        cells[9] = change.annual;
        cells[10] = change.to_date;
        table.rows.push_back(std::move(cells));
    }
    add_challenged(table, statement);
    if (statement.payable_year_to_date) {
        std::vector<TableCell> cells = {statement.code, "payable", std::int64_t{0},
                                        "Of the total, paid to providers", "no"};
        cells.resize(table.headings.size());
        cells[8] = *statement.payable_year_to_date;
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ReportTable table_of(const Summary& summary) {
    ReportTable table;
    table.headings = {"code",
                      "name",
                      "kind",
                      "month_cost",
                      "year_to_date_cost",
                      "annual_budget",
                      "budget_to_date",
                      "variance",
                      "expected_when_complete"};
    const auto push = [&](const SummaryRow& row, const std::string& kind) {
        table.rows.push_back({row.code, row.name, kind, row.month.cost, row.year_to_date.cost,
                              amount_cell(row.annual_budget), amount_cell(row.budget_to_date),
                              amount_cell(row.variance()),
                              row.more_to_date
                                  ? TableCell(row.year_to_date.cost + row.more_to_date->more)
                                  : TableCell()});
    };
    for (const SummaryRow& row : summary.rows) {
        push(row, row.is_practice ? "practice" : "unattributed");
    }
    push(summary.total, "total");
    for (const OutsideRow& row : summary.outside) {
        std::vector<TableCell> cells = {row.code, row.label + " (" + row.why + ")",
                                        std::string("in no budget"), row.month.cost,
                                        row.year_to_date.cost};
        cells.resize(table.headings.size());
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace purse
