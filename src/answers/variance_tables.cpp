#include "answers/variance_tables.hpp"

namespace purse {

namespace {

ReportTable details_table(const VarianceDrill& drill) {
    ReportTable table;
    table.headings = {std::string(to_text(drill.by)),
                      "name",
                      "planned",
                      "planned_cost",
                      "recorded",
                      "recorded_cost",
                      "difference",
                      "of_it_severity",
                      "of_it_price"};
    for (const DetailRow& row : drill.details) {
        table.rows.push_back({row.code, row.name, whole_records(row.planned), row.planned_cost,
                              row.count, row.cost, row.difference(), row.severity, row.price});
    }
    table.rows.push_back({std::string(), std::string("budget and plan on this list"), TableCell(),
                          TableCell(), TableCell(), TableCell(), drill.of_no_detail, TableCell(),
                          TableCell()});
    return table;
}

std::vector<TableCell> parts_of(const std::string& code, const std::string& name,
                                const Variance& sum) {
    std::vector<TableCell> cells = {
        code,     name, sum.budget(), whole_records(sum.planned), whole_records(sum.expected_count),
        sum.count};
    for (const VariancePart part : all_variance_parts) {
        if (part == VariancePart::expected) {
            cells.emplace_back(sum.reported());
            cells.emplace_back(sum.total());
        }
        cells.emplace_back(sum.part(part));
    }
    cells.emplace_back(sum.complete());
    cells.emplace_back(sum.undisputed());
    return cells;
}

}  // namespace

ReportTable table_of(const VarianceDrill& drill) {
    if (!has_parts(drill.by)) return details_table(drill);
    ReportTable table;
    table.headings = {std::string(to_text(drill.by)),
                      "name",
                      "budget",
                      "planned_records",
                      "expected_records",
                      "records"};
    // The statement's parts and its variance, then what comes after.
    for (const VariancePart part : all_variance_parts) {
        if (part == VariancePart::expected) {
            table.headings.insert(table.headings.end(), {"used", "variance"});
        }
        table.headings.emplace_back(to_text(part));
    }
    table.headings.insert(table.headings.end(), {"complete", "complete_less_held_out"});
    for (const VarianceRow& row : drill.rows) {
        table.rows.push_back(parts_of(row.code, row.name, row.sum));
    }
    table.rows.push_back(parts_of("total", "Total", drill.sum));
    return table;
}

ReportTable table_of(const PatientList& list) {
    ReportTable table;
    table.headings = {"patient",  "record",     "provider", "hrg",
                      "admitted", "discharged", "says",     "cost"};
    const auto day = [](const std::optional<Date>& date) {
        return date ? TableCell(to_text(*date)) : TableCell();
    };
    for (const PatientRow& row : list.rows) {
        table.rows.push_back({row.patient, row.record_id, row.provider, row.hrg, day(row.admitted),
                              day(row.discharged), row.says, row.cost});
    }
    return table;
}

}  // namespace purse
