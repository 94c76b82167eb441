#include "budget/deprivation_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "money/factor.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct DeprivationHeadings {
    std::string_view practice, score;
    std::optional<std::string_view> year;
};

Result<DeprivationHeadings> headings_of(const TextTable& table) {
    if (table.has("practice_code") && table.has("imd_score")) {
        return DeprivationHeadings{"practice_code", "imd_score", std::nullopt};
    }
    if (table.has("AreaCode") && table.has("Value") && table.has("Year")) {
        return DeprivationHeadings{"AreaCode", "Value", "Year"};
    }
    if (table.has("practice") && table.has("score")) {
        return DeprivationHeadings{"practice", "score", std::nullopt};
    }
    return bad_input(
        fmt::format("{} holds no deprivation scores that Purse knows: its columns should be "
                    "practice and score, practice_code and imd_score, or AreaCode, Year and Value",
                    table.file));
}

bool is_absent(const std::string& cell) { return cell.empty() || cell == "NA" || cell == "NULL"; }

Result<DeprivationScores> scores_of(const TextTable& table) {
    const auto headings = headings_of(table);
    if (!headings) return headings.problem();
    DeprivationScores found;
    found.file = table.file;
    const std::size_t practice = *table.column(headings->practice);
    const std::size_t score = *table.column(headings->score);
    const bool by_year = headings->year.has_value();
    const std::size_t year = by_year ? *table.column(*headings->year) : 0;
    for (const TextTable::Row& row : table.rows) {
        if (by_year) found.of = std::max(found.of, row.cells[year]);
    }
    for (const TextTable::Row& row : table.rows) {
        if (by_year && row.cells[year] != found.of) continue;
        if (is_absent(row.cells[score])) continue;
        const auto wrong = [&](std::size_t column, std::string_view why) {
            return bad_input(fmt::format("{} line {}, column {}: '{}' {}", table.file, row.line,
                                         table.headings[column], row.cells[column], why));
        };
        const std::uint64_t code = packed(row.cells[practice]);
        if (code == 0 || code == bad_code) {
            // Published files hold areas beside practices, with longer codes.
            if (by_year) continue;
            return wrong(practice, "is no practice code");
        }
        const auto value = parse_factor(row.cells[score]);
        if (!value || *value < Factor(0) || value->millionths() > 1000 * Factor::one) {
            return wrong(score, "is no score: a number from 0 to 1000");
        }
        const bool fresh =
            found.scores.emplace(PracticeCode::from_packed(code), value->millionths()).second;
        if (!fresh) return wrong(practice, "is there twice");
    }
    if (found.scores.empty()) return bad_input(table.file + " holds no score");
    return found;
}

}  // namespace

Result<DeprivationScores> read_deprivation_scores(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return scores_of(*table);
}

Result<DeprivationScores> read_deprivation_scores_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return scores_of(*table);
}

}  // namespace purse
