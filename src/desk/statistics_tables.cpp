#include "desk/statistics_tables.hpp"

#include <fmt/format.h>

#include <fstream>
#include <map>

#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"

namespace purse {

namespace {

std::vector<StatisticsTable> all_tables() {
    std::vector<StatisticsTable> all;
    for (auto part : {rate_tables(), standardised_rate_tables(), quantile_tables(), funnel_tables(),
                      chart_tables(), survey_tables(), forecast_tables(), completion_tables()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

// Cases in the order in which they first come.
std::vector<StatisticsCase> cases_of(const TextTable& table) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::size_t>> rows;
    const bool named = table.has("case_id");
    const std::size_t place = named ? *table.column("case_id") : 0;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const std::string id = named ? table.rows[row].cells[place] : "all";
        auto& of_case = rows[id];
        if (of_case.empty()) order.push_back(id);
        of_case.push_back(row);
    }
    std::vector<StatisticsCase> cases;
    for (const std::string& id : order) cases.emplace_back(table, id, rows[id]);
    return cases;
}

Outcome refuse_unless_columns(const StatisticsTable& table, const TextTable& input) {
    for (const StatisticsColumn& column : table.columns_in) {
        if (!column.required || input.has(column.name)) continue;
        const Problem missing = input.column(column.name).problem();
        return bad_input(
            fmt::format("{}; the table '{}' needs it ({})", missing.says, table.name, column.says));
    }
    if (input.rows.empty()) return bad_input(fmt::format("{} holds no rows", input.file));
    return Nothing{};
}

}  // namespace

const std::vector<StatisticsTable>& statistics_tables() {
    static const std::vector<StatisticsTable> tables = all_tables();
    return tables;
}

Result<const StatisticsTable*> find_statistics_table(std::string_view name) {
    for (const StatisticsTable& table : statistics_tables()) {
        if (table.name == name || (!table.also.empty() && table.also == name)) return &table;
    }
    return not_found(
        fmt::format("there is no table '{}'. There are:\n{}", name, list_of_statistics_tables()));
}

std::string list_of_statistics_tables() {
    std::string list;
    for (const StatisticsTable& table : statistics_tables()) {
        list += fmt::format("  {:<20} {}\n", table.name, table.says);
    }
    return list;
}

std::string described(const StatisticsTable& table) {
    std::string text = fmt::format("{}: {}\n\nColumns in:\n", table.name, table.says);
    text += fmt::format("  {:<22} {}\n", "case_id",
                        "rows of the same are one case; without it the file is one (optional)");
    for (const StatisticsColumn& column : table.columns_in) {
        text += fmt::format("  {:<22} {}{}\n", column.name, column.says,
                            column.required ? "" : " (optional)");
    }
    text += "Columns out:\n  case_id";
    for (const std::string_view column : table.columns_out) text += fmt::format(", {}", column);
    return text + "\n";
}

Result<StatisticsReport> work_out_statistics(const StatisticsTable& table, const TextTable& input,
                                             std::string& csv) {
    if (auto fault = refuse_unless_columns(table, input); !fault) return fault.problem();
    std::vector<std::string> headings{"case_id"};
    headings.insert(headings.end(), table.columns_out.begin(), table.columns_out.end());
    csv = csv_line(headings);
    StatisticsReport report;
    for (StatisticsCase& one : cases_of(input)) {
        ++report.cases;
        StatisticsAnswers answers(one.id());
        Outcome done = table.work(one, answers);
        if (auto read = one.outcome(); !read) done = read;
        if (!done) {
            report.refused.push_back(fmt::format("{}, case {} from line {}: {}", input.file,
                                                 one.id(), one.line(), done.problem().says));
            continue;
        }
        for (const auto& row : answers.rows()) {
            CHECK(row.size() == headings.size());
            csv += csv_line(row);
        }
        report.rows += answers.rows().size();
    }
    return report;
}

Result<StatisticsReport> work_out_statistics(const StatisticsTable& table,
                                             const std::filesystem::path& input,
                                             const std::filesystem::path& out) {
    const auto read = read_table(input);
    if (!read) return read.problem();
    std::string csv;
    auto report = work_out_statistics(table, *read, csv);
    if (!report) return report;
    std::ofstream file(out, std::ios::binary | std::ios::trunc);
    file << csv;
    file.close();
    if (!file) return not_found(fmt::format("{} cannot be written", out.string()));
    return report;
}

}  // namespace purse
