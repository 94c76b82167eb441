#include "tables/delimited.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

using namespace std::string_literals;

struct Seen {
    std::uint64_t line;
    std::vector<std::string> texts;
    bool unterminated = false;
    friend bool operator==(const Seen&, const Seen&) = default;
};

std::ostream& operator<<(std::ostream& out, const Seen& seen) {
    out << seen.line << (seen.unterminated ? "!" : ":");
    for (const std::string& text : seen.texts) out << " [" << text << "]";
    return out;
}

std::vector<Seen> read(std::string_view bytes, DelimitedFormat format = {}) {
    std::vector<Seen> records;
    DelimitedReader reader(bytes, format);
    while (reader.next()) {
        Seen seen{reader.line(), {}, reader.unterminated()};
        for (const Field& field : reader.fields()) seen.texts.emplace_back(field.text);
        records.push_back(std::move(seen));
    }
    return records;
}

struct Case {
    const char* why;
    std::string_view bytes;
    std::vector<Seen> records;
};

TEST(DelimitedReader, ReadsRecordsAsTheyAreMeant) {
    using namespace std::string_view_literals;
    const Case cases[] = {
        {"nothing", "", {}},
        {"only blank lines", "\n\r\n  \n\r", {}},
        {"plain", "a,b\nc,d\n", {{1, {"a", "b"}}, {2, {"c", "d"}}}},
        {"no last line end", "a,b\nc,d", {{1, {"a", "b"}}, {2, {"c", "d"}}}},
        {"CRLF", "a,b\r\nc,d\r\n", {{1, {"a", "b"}}, {2, {"c", "d"}}}},
        {"lone CR", "a,b\rc,d\r", {{1, {"a", "b"}}, {2, {"c", "d"}}}},
        {"mixed", "a\rb\r\nc\nd", {{1, {"a"}}, {2, {"b"}}, {3, {"c"}}, {4, {"d"}}}},
        {"blank lines between", "a\n\n \t\nb\n", {{1, {"a"}}, {4, {"b"}}}},
        {"empty fields", ",,\n", {{1, {"", "", ""}}}},
        {"last field empty", "a,", {{1, {"a", ""}}}},
        {"byte order mark", "\xEF\xBB\xBF\"a\",b\n", {{1, {"a", "b"}}}},
        {"byte order mark later",
         "a\n\xEF\xBB\xBF"
         "b\n",
         {{1, {"a"}}, {2, {"\uFEFFb"}}}},
        {"outer blanks", "  a b ,\tc\t\n", {{1, {"a b", "c"}}}},
        {"quoted", "\"a\",\"b,c\",\"\"\n", {{1, {"a", "b,c", ""}}}},
        {"only an empty quoted field", "\"\"\n", {{1, {""}}}},
        {"blanks about quotes", " \"a,b\" , \" c \"\n", {{1, {"a,b", "c"}}}},
        {"doubled quotes", "\"a \"\"b\"\" c\",\"\"\"\"\n", {{1, {"a \"b\" c", "\""}}}},
        {"quote within", "5\" pipe,a\"b\"\n", {{1, {"5\" pipe", "a\"b\""}}}},
        {"text after the quote", "\"a\"b,\"c\" \"d\"\n", {{1, {"ab", "c \"d\""}}}},
        {"quoted line ends",
         "\"a\nb\",1\n\"c\r\nd\re\",2\nf,3\n",
         {{1, {"a\nb", "1"}}, {3, {"c\r\nd\re", "2"}}, {6, {"f", "3"}}}},
        {"NUL", "a\0b,\0\n"sv, {{1, {"a\0b"s, "\0"s}}}},
        {"Windows-1252", "caf\xE9,\x80 5,\xC3\xA9\n", {{1, {"café", "€ 5", "é"}}}},
        {"Windows-1252 in quotes", "\"\x93hi\x94, \"\"x\"\"\"\n", {{1, {"“hi”, \"x\""}}}},
        {"never closed", "a,\"b\nc,d\n", {{1, {"a", "b"}, true}, {2, {"c", "d"}}}},
        {"two never closed, near each other",
         "1,\"a\n2,b\n3,\"c\n4,d\n",
         {{1, {"1", "a"}, true}, {2, {"2", "b"}}, {3, {"3", "c"}, true}, {4, {"4", "d"}}}},
        {"closed on a later line, blanks after", "\"a\nb\" ,c\n", {{1, {"a\nb", "c"}}}},
        {"never closed, CRLF", "\"b, c\r\nc,d", {{1, {"b, c"}, true}, {2, {"c", "d"}}}},
        {"never closed at the end", "a\n\"", {{1, {"a"}}, {2, {""}, true}}},
        {"never closed, doubled quotes", "\"a\"\",b", {{1, {"a\",b"}, true}}},
        {"never closed in the record's second line",
         "1,\"a\nb\",\"c\n2,d\n",
         {{1, {"1", "a"}, true}, {2, {"b\"", "c"}, true}, {3, {"2", "d"}}}},
    };
    for (const Case& one : cases) EXPECT_EQ(read(one.bytes), one.records) << one.why;
}

TEST(DelimitedReader, KeepsToOtherDelimiters) {
    EXPECT_EQ(read("a\tb c\t\"d\te\"\n", {.delimiter = '\t'}),
              (std::vector<Seen>{{1, {"a", "b c", "d\te"}}}));
    EXPECT_EQ(read("\t\t\n", {.delimiter = '\t'}), (std::vector<Seen>{{1, {"", "", ""}}}));
    EXPECT_EQ(read("a|b,c\n", {.delimiter = '|'}), (std::vector<Seen>{{1, {"a", "b,c"}}}));
}

TEST(DelimitedReader, TellsTheColumnOfEachFieldOnItsLine) {
    DelimitedReader reader("ab, c,\"d\ne\",f\n", {});
    ASSERT_TRUE(reader.next());
    std::vector<std::uint32_t> columns;
    for (const Field& field : reader.fields()) columns.push_back(field.column);
    EXPECT_EQ(columns, (std::vector<std::uint32_t>{1, 4, 7, 4}));
}

TEST(DelimitedReader, GivesARecordsBytesAndWhatIsLeft) {
    DelimitedReader reader("a,\"b\r\nc\"\r\nd\r\n", {});
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.raw(), "a,\"b\r\nc\"");
    EXPECT_EQ(reader.rest(), "d\r\n");
    EXPECT_EQ(reader.next_line(), 3U);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.raw(), "d");
    EXPECT_FALSE(reader.next());
    EXPECT_EQ(reader.rest(), "");
    EXPECT_FALSE(reader.next());
}

TEST(DelimitedReader, SpoilsOneRecordOnlyWhenAQuoteNeverCloses) {
    std::string bytes = "1,\"lost\n";
    for (int line = 2; line <= 40; ++line) bytes += std::to_string(line) + ",\"whole\"\n";
    const auto records = read(bytes);
    ASSERT_EQ(records.size(), 40U);
    EXPECT_EQ(records[0], (Seen{1, {"1", "lost"}, true}));
    for (std::uint64_t line = 2; line <= 40; ++line) {
        EXPECT_EQ(records[line - 1], (Seen{line, {std::to_string(line), "whole"}}));
    }
}

TEST(DelimitedReader, AllowsAQuotedFieldAsManyLinesAsItIsTold) {
    const std::string three = "\"a\nb\nc\",x\ny\n";
    EXPECT_EQ(read(three, {.longest_quoted_lines = 3}),
              (std::vector<Seen>{{1, {"a\nb\nc", "x"}}, {4, {"y"}}}));
    EXPECT_EQ(read(three, {.longest_quoted_lines = 2}),
              (std::vector<Seen>{{1, {"a"}, true}, {2, {"b"}}, {3, {"c\"", "x"}}, {4, {"y"}}}));
}

TEST(DelimitedReader, ReadsAHostileFileInTimeProportionalToItsSize) {
    std::string bytes;
    for (int line = 0; line < 200'000; ++line) bytes += "x\",\"\n";
    EXPECT_EQ(read(bytes).size(), 200'000U);
}

TEST(DelimitedReader, ReadsVeryLongLines) {
    const std::string plain(3 << 20, 'x');
    EXPECT_EQ(read(plain + ",b\n" + plain), (std::vector<Seen>{{1, {plain, "b"}}, {2, {plain}}}));
    const std::string open = "\"" + plain;
    EXPECT_EQ(read(open), (std::vector<Seen>{{1, {plain}, true}}));
    const auto commas = read(std::string(3 << 20, ','));
    ASSERT_EQ(commas.size(), 1U);
    EXPECT_EQ(commas[0].texts.size(), (3U << 20) + 1);
}

// Fields at every place about the edges of the 64-byte blocks that the reader looks at.
TEST(DelimitedReader, DoesNotCareWhereAFieldLiesInMemory) {
    for (std::size_t before = 0; before < 140; ++before) {
        const std::string pad(before, 'p');
        const auto expected =
            std::vector<Seen>{{1, {pad, "q,\"r", "é"}}, {2, {"s", "", "caf\u00E9"}}};
        EXPECT_EQ(read(pad + ",\"q,\"\"r\",\xC3\xA9\r\ns,,caf\xE9"), expected) << before;
    }
}

TEST(DelimitedReader, HandsOnTheFieldsItHadToRewrite) {
    std::vector<std::unique_ptr<std::string>> kept;
    std::string_view text;
    {
        DelimitedReader reader("\"a\"\"b\",\"c\"\n", {});
        ASSERT_TRUE(reader.next());
        text = reader.fields()[0].text;
        kept = reader.take_rewritten();
    }
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(text, "a\"b");
}

}  // namespace
}  // namespace purse
