// Files for tests of intake: text in, records and findings out, with the rules that ship.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "intake/intake.hpp"
#include "intake/layout.hpp"
#include "intake/spells.hpp"

namespace purse::testing {

inline const std::filesystem::path& rules_folder() {
    static const std::filesystem::path folder = std::filesystem::path(PURSE_SOURCE_DIR) / "rules";
    return folder;
}

inline const std::vector<Layout>& shipped_layouts() {
    static const std::vector<Layout> layouts = read_layouts(rules_folder()).value();
    return layouts;
}

inline const ValidationRules& shipped_rules() {
    static const ValidationRules rules = read_validation_rules(rules_folder()).value();
    return rules;
}

inline IntakeContext test_context(DataSet set) {
    return {.set = set,
            .month = std::nullopt,
            .key = PseudonymKey::from_phrase("a test"),
            .practices = nullptr,
            .hrgs = nullptr,
            .rules = shipped_rules(),
            .want_given = false};
}

// A file as intake meets it: the heading read, the layout recognised, the rest still to be read.
struct TestFile {
    FileBytes bytes;
    std::vector<std::string> headings;
    Piece rest;
};

inline TestFile test_file(FileBytes bytes) {
    DelimitedReader reader(bytes.bytes(), {});
    std::vector<std::string> headings;
    if (reader.next()) {
        for (const Field& field : reader.fields()) headings.emplace_back(field.text);
    }
    const Piece rest{reader.rest(), reader.next_line()};
    return {std::move(bytes), std::move(headings), rest};
}

inline Intake intake_for(const TestFile& file, const IntakeContext& context) {
    auto layout = recognise(shipped_layouts(), context.set, file.headings);
    if (!layout) throw std::runtime_error(layout.problem().says);
    auto intake = Intake::prepare(*layout, file.headings, context);
    if (!intake) throw std::runtime_error(intake.problem().says);
    return std::move(intake).value();
}

// A cell as text: what a reader of the stored file would see; "" when absent.
inline std::string cell(const RecordBatch& batch, std::string_view column, std::size_t row) {
    const RecordColumn& from = batch.columns[column_index(batch.set, column)];
    if (!from.present.at(row)) return "";
    switch (from.type) {
        case ColumnType::text:
            return std::string(from.texts.at(row));
        case ColumnType::date:
            return to_text(Date(static_cast<std::int32_t>(from.numbers.at(row))));
        case ColumnType::pseudonym:
            return to_text(from.pseudonyms.at(row));
        default:
            return std::to_string(from.numbers.at(row));
    }
}

inline std::map<std::string, std::string> row_of(const RecordBatch& batch, std::size_t row) {
    std::map<std::string, std::string> cells;
    for (const StoredColumn& column : stored_columns(batch.set)) {
        cells[std::string(column.name)] = cell(batch, column.name, row);
    }
    return cells;
}

// Everything that a file gives, pieces of any size joined, spells built.
struct Taken {
    std::vector<std::map<std::string, std::string>> records;  // by line
    std::vector<Finding> findings;                            // by line
    std::uint64_t rows_read = 0;
    std::uint64_t rows_rejected = 0;
    std::uint64_t rows_folded = 0;
    MoneyTotals read;
    MoneyTotals rejected;

    [[nodiscard]] std::map<std::string, int> by_reason() const {
        std::map<std::string, int> counts;
        for (const Finding& finding : findings) ++counts[std::string(code_of(finding.reason))];
        return counts;
    }
};

inline void add_batch(const RecordBatch& batch, Taken& taken) {
    for (std::size_t row = 0; row < batch.rows; ++row) taken.records.push_back(row_of(batch, row));
}

inline void append_episodes(const EpisodeBatch& from, EpisodeBatch& to) {
    for (std::size_t i = 0; i < from.rows.columns.size(); ++i) {
        const RecordColumn& source = from.rows.columns[i];
        RecordColumn& target = to.rows.columns[i];
        target.texts.insert(target.texts.end(), source.texts.begin(), source.texts.end());
        target.numbers.insert(target.numbers.end(), source.numbers.begin(), source.numbers.end());
        target.pseudonyms.insert(target.pseudonyms.end(), source.pseudonyms.begin(),
                                 source.pseudonyms.end());
        target.present.insert(target.present.end(), source.present.begin(), source.present.end());
    }
    to.rows.rows += from.rows.rows;
    to.extras.insert(to.extras.end(), from.extras.begin(), from.extras.end());
    to.rows.keep_alive.insert(to.rows.keep_alive.end(), from.rows.keep_alive.begin(),
                              from.rows.keep_alive.end());
}

inline Taken take(const TestFile& file, const Intake& intake, std::size_t piece_size = 1 << 20) {
    Taken taken;
    PieceOut out;
    EpisodeBatch episodes;
    for (const Piece& piece :
         cut_into_pieces(file.rest.bytes, file.rest.first_line, {}, piece_size)) {
        intake.read_piece(piece, out);
        add_batch(out.records, taken);
        append_episodes(out.episodes, episodes);
        taken.findings.insert(taken.findings.end(), out.findings.begin(), out.findings.end());
        taken.rows_read += out.rows_read;
        taken.rows_rejected += out.rows_rejected;
        taken.read += out.read;
        taken.rejected += out.rejected;
        EXPECT_EQ(out.rows_read, out.records.rows + out.episodes.rows.rows + out.rows_rejected);
    }
    if (intake.context().set == DataSet::admitted_care) {
        const SpellsOut spells = build_spells(intake, episodes);
        add_batch(spells.spells, taken);
        taken.findings.insert(taken.findings.end(), spells.findings.begin(), spells.findings.end());
        taken.rows_rejected += spells.rows_rejected;
        taken.rows_folded = spells.rows_folded;
    }
    std::sort(taken.findings.begin(), taken.findings.end());
    std::sort(taken.records.begin(), taken.records.end(), [](const auto& a, const auto& b) {
        return std::stoll(a.at("line")) < std::stoll(b.at("line"));
    });
    EXPECT_EQ(taken.rows_read, taken.records.size() + taken.rows_rejected + taken.rows_folded);
    return taken;
}

inline Taken take_text(std::string text, const IntakeContext& context) {
    const TestFile file = test_file(FileBytes::of(std::move(text)));
    return take(file, intake_for(file, context));
}

}  // namespace purse::testing
