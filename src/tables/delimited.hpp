// Delimited text read into records that know their line and column.
//
// Encodings: UTF-8 with or without a byte order mark, and Windows-1252 (bytes that are not UTF-8
// are read as such, a field at a time). Lines end in LF, CRLF or a lone CR. Fields may be quoted,
// with doubled quotes, commas and line ends inside. An unterminated quote spoils one record, not
// the file: when a quoted field reaches `longest_quoted_lines` lines or the end of the file without
// its closing quote, its first line is given as one faulty record and reading goes on at the next
// line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace purse {

struct DelimitedFormat {
    char delimiter = ',';
    int longest_quoted_lines = 16;
};

struct Field {
    std::string_view text;     // unquoted, doubled quotes undone, UTF-8, outer blanks trimmed
    std::uint32_t column = 1;  // byte column at which the field starts on its line, from 1
};

// The bytes of a file: mapped, or inflated when it is gzip (recognised by its first bytes).
class FileBytes {
  public:
    static Result<FileBytes> open(const std::filesystem::path& file);
    static FileBytes of(std::string text);
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] const std::shared_ptr<const void>& owner() const { return owner_; }

  private:
    std::string_view bytes_;
    std::shared_ptr<const void> owner_;
};

// Walks the records of a piece of text from first to last. The views of a record's fields hold
// until the bytes go, or, for fields that had to be rewritten (doubled quotes, Windows-1252), until
// the reader's `rewritten` store is released.
class DelimitedReader {
  public:
    DelimitedReader(std::string_view bytes, DelimitedFormat format, std::uint64_t first_line = 1);

    // The next record; false at the end. Blank lines are passed over.
    bool next();
    [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
    [[nodiscard]] std::uint64_t line() const { return line_; }  // where the record starts
    [[nodiscard]] bool unterminated() const {
        return unterminated_;
    }  // the record's quote never closed
    [[nodiscard]] std::string_view raw() const {
        return raw_;
    }  // the record's bytes, without line end
    // Owned copies that fields may point into: hand them on to keep the fields.
    std::vector<std::unique_ptr<std::string>> take_rewritten() { return std::move(rewritten_); }

  private:
    std::string_view rest_;
    DelimitedFormat format_;
    std::uint64_t next_line_;
    std::uint64_t line_ = 0;
    bool unterminated_ = false;
    std::string_view raw_;
    std::vector<Field> fields_;
    std::vector<std::unique_ptr<std::string>> rewritten_;
};

// Cuts the bytes after the heading into pieces of about `piece_size` bytes that start and end
// between records, with the line number each starts at; a piece can be read alone and gives the
// same records as the whole (quotes considered).
struct Piece {
    std::string_view bytes;
    std::uint64_t first_line = 1;
};
std::vector<Piece> cut_into_pieces(std::string_view bytes, std::uint64_t first_line,
                                   DelimitedFormat format, std::size_t piece_size);

// Small files whole: headings and rows as owned text, each row with its line number.
struct TextTable {
    std::vector<std::string> headings;
    struct Row {
        std::uint64_t line = 0;
        std::vector<std::string>
            cells;  // as many as headings: short rows padded, trailing ones cut
    };
    std::vector<Row> rows;
    std::string file;

    // Place of a heading (case, blanks and underscores aside), or a problem that lists what there
    // is.
    [[nodiscard]] Result<std::size_t> column(std::string_view heading) const;
    [[nodiscard]] bool has(std::string_view heading) const;
};
Result<TextTable> read_table(const std::filesystem::path& file, DelimitedFormat format = {});
Result<TextTable> read_table_text(std::string text, std::string name, DelimitedFormat format = {});

// One field, quoted where it must be.
void append_field(std::string& line, std::string_view text);
std::string csv_line(const std::vector<std::string>& cells);  // ends in \n

}  // namespace purse
