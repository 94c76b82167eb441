// Comparisons as tables for CSV and spreadsheets.
#include <algorithm>

#include "render/benchmark_pages.hpp"

namespace purse {

namespace {

// Not by `?:`: GCC 12 takes an empty cell beside a full one for one that is not initialised.
TableCell rate_cell(const std::optional<double>& value) {
    if (value) return *value;
    return std::monostate();
}
TableCell lower(const std::optional<Interval>& limits, double scale = 1) {
    if (limits) return std::max(0.0, limits->lower) * scale;
    return std::monostate();
}
TableCell upper(const std::optional<Interval>& limits, double scale = 1) {
    if (limits) return limits->upper * scale;
    return std::monostate();
}

void add_position(std::vector<TableCell>& row, const PracticePosition& position,
                  double reference_rate) {
    row.insert(
        row.end(),
        {position.observed, position.expected, position.patient_years, rate_cell(position.rate),
         lower(position.rate_95), upper(position.rate_95), reference_rate,
         lower(position.limits_95, reference_rate), upper(position.limits_95, reference_rate),
         lower(position.limits_998, reference_rate), upper(position.limits_998, reference_rate),
         std::string(to_text(position.standing)), position.why});
}

const std::vector<std::string> position_headings = {"observed",
                                                    "expected",
                                                    "patient_years",
                                                    "rate",
                                                    "rate_95_lower",
                                                    "rate_95_upper",
                                                    "commissioner",
                                                    "limit_95_lower",
                                                    "limit_95_upper",
                                                    "limit_998_lower",
                                                    "limit_998_upper",
                                                    "standing",
                                                    "why"};

}  // namespace

ReportTable table_of(const PracticeBenchmarks& report) {
    ReportTable table;
    table.headings = {"practice", "month", "measure", "name"};
    table.headings.insert(table.headings.end(), position_headings.begin(), position_headings.end());
    for (const char* heading : {"peers_quarter", "peers_half", "peers_three_quarters", "says"}) {
        table.headings.emplace_back(heading);
    }
    for (const ComparedMeasure& measure : report.measures) {
        std::vector<TableCell> row = {report.practice.text(), to_text(report.heading.month),
                                      measure.code, measure.name};
        add_position(row, measure.position, measure.reference_rate);
        for (std::size_t i = 0; i < 3; ++i) {
            std::optional<double> quartile;
            if (measure.peers_quartiles) quartile = measure.peers_quartiles->at(i);
            row.push_back(rate_cell(quartile));
        }
        row.emplace_back(measure.says);
        table.rows.push_back(std::move(row));
    }
    return table;
}

ReportTable table_of(const MeasureComparison& report) {
    ReportTable table;
    table.headings = {"measure", "month", "practice", "name"};
    table.headings.insert(table.headings.end(), position_headings.begin(), position_headings.end());
    for (std::size_t i = 0; i < report.funnel.positions.size(); ++i) {
        const PracticePosition& position = report.funnel.positions[i];
        std::vector<TableCell> row = {report.measure.code, to_text(report.heading.month),
                                      position.practice.text(), report.names[i]};
        add_position(row, position, report.funnel.reference_rate);
        table.rows.push_back(std::move(row));
    }
    return table;
}

ReportTable table_of(const ChartReport& report) {
    ReportTable table;
    table.headings = {"practice", "measure", "month",       "observed",    "expected",
                      "index",    "mean",    "limit_lower", "limit_upper", "cause",
                      "type",     "group",   "decile_1",    "decile_5",    "decile_9"};
    for (const ChartMonth& month : report.chart.months) {
        std::optional<double> mean;
        if (report.chart.why.empty()) mean = month.mean;
        const auto decile = [&](std::size_t which) {
            std::optional<double> value;
            if (month.deciles) value = month.deciles->at(which);
            return rate_cell(value);
        };
        table.rows.push_back(
            {report.practice.text(), report.measure.code, to_text(month.month),
             month.count.observed, month.count.expected, month.index, rate_cell(mean),
             lower(month.limits), upper(month.limits), std::string(name_of(month.point.cause)),
             std::string(name_of(month.point.type)), static_cast<std::int64_t>(month.point.group),
             decile(0), decile(4), decile(8)});
    }
    return table;
}

}  // namespace purse
