// Delimited text read into records that know their line and column.
//
// Encodings: UTF-8 with or without a byte order mark, and Windows-1252 (bytes that are not UTF-8
// are read as such, a field at a time). Lines end in LF, CRLF or a lone CR. Fields may be quoted,
// with doubled quotes, delimiters and line ends inside; a quote opens a field only where the field
// starts (blanks aside), elsewhere it is a character like any other, and what follows a closing
// quote belongs to the field. An unterminated quote spoils one record, not the file: when a quoted
// field reaches `longest_quoted_lines` lines (or its record four times as many) or the end of the
// text without its closing quote, the record's first line alone is given as one faulty record and
// reading goes on at the next line. So it is when the quote that would close a field of several
// lines is followed by text: it opens a field of a later record, which was spoiled as well.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "tables/byte_marks.hpp"

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
    FileBytes(std::string_view bytes, std::shared_ptr<const void> owner)
        : bytes_(bytes), owner_(std::move(owner)) {}

    std::string_view bytes_;
    std::shared_ptr<const void> owner_;
};

// What bytes are that were meant to be delimited text and are not (a workbook, a PDF, UTF-16, other
// binary), with what to do about it.
Outcome refuse_unless_text(std::string_view bytes, std::string_view name);

// Walks the records of a piece of text from first to last. The views of a record's fields hold
// until the bytes go, or, for fields that had to be rewritten (doubled quotes, Windows-1252), until
// the reader's `rewritten` store is released.
class DelimitedReader {
  public:
    // Text that starts at line 1 may start with a byte order mark.
    DelimitedReader(std::string_view bytes, DelimitedFormat format, std::uint64_t first_line = 1);

    // The next record; false at the end. Blank lines are passed over.
    bool next();
    [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
    // Where the record starts, counting line ends as they stand in the bytes.
    [[nodiscard]] std::uint64_t line() const { return line_; }
    // The record's quote never closed: this is its first line alone.
    [[nodiscard]] bool unterminated() const { return unterminated_; }
    // The record's bytes, without line end.
    [[nodiscard]] std::string_view raw() const { return raw_; }
    // What is not read yet, and the line it starts at: for cut_into_pieces after the heading.
    [[nodiscard]] std::string_view rest() const {
        return {at_, static_cast<std::size_t>(marks_.end() - at_)};
    }
    [[nodiscard]] std::uint64_t next_line() const { return next_line_; }
    // Owned copies that fields may point into: hand them on to keep the fields.
    std::vector<std::unique_ptr<std::string>> take_rewritten() { return std::move(rewritten_); }

  private:
    enum class Quotes { must_close, close_at_end };
    struct Scan {
        const char* end = nullptr;    // of the record, before its line end
        std::uint64_t line_ends = 0;  // within quotes
        bool closed = true;
    };
    Scan scan(ByteMarks& marks, const char* start, Quotes quotes);
    const char* quoted_field(ByteMarks& marks, std::uint32_t column, Quotes quotes, Scan& record,
                             const char*& line_start);
    void add_quoted(std::string_view quoted, std::string_view tail, bool doubled,
                    std::uint32_t column);
    Scan read_first_line_alone(ByteMarks& marks, const char* start);
    static const char* past_line_end(ByteMarks& marks, const char* record_end);
    void decode_fields();

    ByteMarks marks_;
    const char* at_ = nullptr;
    DelimitedFormat format_;
    std::uint64_t next_line_;
    std::uint64_t line_ = 0;
    bool unterminated_ = false;
    std::string_view raw_;
    std::vector<Field> fields_;
    std::vector<std::unique_ptr<std::string>> rewritten_;
};

// A run of whole records that can be read alone and gives the same records, lines and faults as it
// gives within the whole.
struct Piece {
    std::string_view bytes;
    std::uint64_t first_line = 1;
};

// Gives the pieces one after another, so that workers may start while the rest is being cut.
class PieceCutter {
  public:
    // Pieces of `piece_size` bytes or a record more.
    PieceCutter(std::string_view bytes, std::uint64_t first_line, DelimitedFormat format,
                std::size_t piece_size);
    bool next(Piece& piece);  // false at the end

  private:
    const char* record_end(const char* start);
    [[nodiscard]] bool opens_a_field(const char* record, const char* quote) const;
    bool to_closing_quote(std::uint64_t& record_line_ends);
    const char* first_line_end();
    const char* past_line_end(const char* mark);

    ByteMarks marks_;
    const char* at_ = nullptr;      // where the next piece starts
    const char* record_ = nullptr;  // and its first record
    DelimitedFormat format_;
    std::uint64_t next_line_;
    std::size_t piece_size_;
};

// All pieces at once.
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

    // Place of a heading (case, blanks and underscores aside), or a problem that lists what is
    // there.
    [[nodiscard]] Result<std::size_t> column(std::string_view heading) const;
    [[nodiscard]] bool has(std::string_view heading) const;
};
// Rows without any value are passed over; a value to the right of the last heading is a problem.
Result<TextTable> read_table(const std::filesystem::path& file, DelimitedFormat format = {});
Result<TextTable> read_table_text(std::string text, std::string name, DelimitedFormat format = {});

// One field, quoted where it must be: delimiters, quotes, line ends, blanks at either end.
void append_field(std::string& line, std::string_view text);
std::string csv_line(const std::vector<std::string>& cells);  // ends in \n

}  // namespace purse
