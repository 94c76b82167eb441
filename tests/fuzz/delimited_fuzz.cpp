// Any bytes are read as delimited text without a crash, and read in pieces as they are read whole.
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "base/check.hpp"
#include "tables/delimited.hpp"

namespace {

using namespace purse;

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

}  // namespace

// The first byte chooses delimiter, quoted lines and piece size; the rest is the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const unsigned choice = data[0];
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    constexpr char delimiters[] = {',', '\t', '|', ' '};
    const DelimitedFormat format{.delimiter = delimiters[choice % 4],
                                 .longest_quoted_lines = 1 + static_cast<int>(choice / 4 % 8)};
    std::vector<Record> whole;
    read_into(whole, {text, 1}, format);
    std::vector<Record> parts;
    for (const Piece& piece : cut_into_pieces(text, 1, format, 1 + choice / 8)) {
        read_into(parts, piece, format);
    }
    CHECK(parts == whole);
    (void)read_table_text(text, "fuzz.csv", format).ok();
    return 0;
}
