#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tables/delimited.hpp"

namespace purse {
namespace {

using Record = std::tuple<std::uint64_t, bool, std::string, std::vector<std::string>>;

void read_into(std::vector<Record>& records, const Piece& piece, DelimitedFormat format) {
    DelimitedReader reader(piece.bytes, format, piece.first_line);
    while (reader.next()) {
        std::vector<std::string> texts;
        for (const Field& field : reader.fields()) {
            texts.push_back(std::to_string(field.column) + ":" + std::string(field.text));
        }
        records.emplace_back(reader.line(), reader.unterminated(), reader.raw(), std::move(texts));
    }
}

TEST(Pieces, TogetherAreTheWhole) {
    const std::string bytes = "a,b\n\"c\nd\",e\n\nf,g\n";
    for (std::size_t size = 1; size <= bytes.size() + 1; ++size) {
        std::string joined;
        for (const Piece& piece : cut_into_pieces(bytes, 2, {}, size)) joined += piece.bytes;
        EXPECT_EQ(joined, bytes);
    }
}

TEST(Pieces, StartWhereRecordsStartWithTheirLine) {
    const auto pieces = cut_into_pieces("a,b\n\"c\nd\",e\r\nf,g\n", 2, {}, 1);
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_EQ(pieces[1].bytes, "\"c\nd\",e\r\n");
    EXPECT_EQ(pieces[1].first_line, 3U);
    EXPECT_EQ(pieces[2].bytes, "f,g\n");
    EXPECT_EQ(pieces[2].first_line, 5U);
}

TEST(Pieces, OfNothingAreNone) { EXPECT_TRUE(cut_into_pieces("", 1, {}, 10).empty()); }

// Bytes full of what matters to the structure.
rc::Gen<std::string> wild_text() {
    return rc::gen::container<std::string>(rc::gen::weightedElement<char>({{6, '"'},
                                                                           {5, ','},
                                                                           {3, '\n'},
                                                                           {2, '\r'},
                                                                           {2, ' '},
                                                                           {1, '\t'},
                                                                           {6, 'a'},
                                                                           {1, '\xE9'},
                                                                           {1, '\0'}}));
}

void pieces_read_as_the_whole(const std::string& bytes, DelimitedFormat format,
                              std::size_t piece_size) {
    std::vector<Record> whole;
    read_into(whole, {bytes, 1}, format);
    std::vector<Record> parts;
    for (const Piece& piece : cut_into_pieces(bytes, 1, format, piece_size)) {
        read_into(parts, piece, format);
    }
    RC_ASSERT(parts == whole);
}

RC_GTEST_PROP(Pieces, ReadAsTheWholeDoes, ()) {
    std::string bytes;
    const int runs = *rc::gen::inRange(1, 6);
    for (int run = 0; run < runs; ++run) bytes += *wild_text();
    if (*rc::gen::inRange(0, 4) == 0) bytes.insert(0, "\xEF\xBB\xBF");
    const DelimitedFormat format{.delimiter = *rc::gen::element(',', '\t', ' '),
                                 .longest_quoted_lines = *rc::gen::inRange(1, 5)};
    pieces_read_as_the_whole(bytes, format, *rc::gen::inRange<std::size_t>(1, 60));
}

std::string written(const std::vector<std::vector<std::string>>& rows) {
    std::string text;
    for (const auto& row : rows) text += csv_line(row);
    return text;
}

RC_GTEST_PROP(Csv, IsReadAsItWasWritten, ()) {
    const auto cell =
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\",\r\n.")));
    const auto row = rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell));
    const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(row);
    const std::string text = written(rows);
    DelimitedReader reader(text, {.longest_quoted_lines = 1000});
    for (const auto& expected : rows) {
        RC_ASSERT(reader.next());
        RC_ASSERT(!reader.unterminated());
        std::vector<std::string> texts;
        for (const Field& field : reader.fields()) texts.emplace_back(field.text);
        RC_ASSERT(texts == expected);
    }
    RC_ASSERT(!reader.next());
}

}  // namespace
}  // namespace purse
