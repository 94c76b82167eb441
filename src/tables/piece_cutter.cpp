#include "tables/delimited.hpp"
#include "tables/quote_rules.hpp"

namespace purse {

// Delimiters are not marked: whether a quote opens a field is seen by looking back from it.
PieceCutter::PieceCutter(std::string_view bytes, std::uint64_t first_line, DelimitedFormat format,
                         std::size_t piece_size)
    : marks_(bytes, '"'), format_(format), next_line_(first_line), piece_size_(piece_size) {
    check_format(format);
    at_ = bytes.data();
    record_ = at_ + byte_order_mark(bytes, first_line);
}

bool PieceCutter::next(Piece& piece) {
    const char* const start = at_;
    if (start == marks_.end()) return false;
    piece.first_line = next_line_;
    do {
        record_ = record_end(record_);
    } while (record_ != marks_.end() && static_cast<std::size_t>(record_ - start) < piece_size_);
    at_ = record_;
    piece.bytes = {start, static_cast<std::size_t>(at_ - start)};
    return true;
}

const char* PieceCutter::record_end(const char* start) {
    const char* const end = marks_.end();
    std::uint64_t line_ends = 0;
    for (;;) {
        const char* const mark = marks_.next();
        if (mark == end) return end;
        if (*mark != '"') {
            next_line_ += line_ends + 1;
            return past_line_end(mark);
        }
        if (!opens_a_field(start, mark)) continue;
        if (!to_closing_quote(line_ends)) {
            marks_.seek(start);
            return first_line_end();
        }
    }
}

bool PieceCutter::opens_a_field(const char* record, const char* quote) const {
    while (quote != record && is_blank(quote[-1], format_.delimiter)) --quote;
    return quote == record || quote[-1] == format_.delimiter;
}

bool PieceCutter::to_closing_quote(std::uint64_t& record_line_ends) {
    const char* const end = marks_.end();
    std::uint64_t line_ends = 0;
    for (const char* mark = marks_.next(); mark != end; mark = marks_.next()) {
        const bool last = mark + 1 == end;
        if (*mark == '"') {
            if (last || mark[1] != '"') {
                return closes_field(mark, end, line_ends, format_.delimiter);
            }
            marks_.next();
        } else if (*mark == '\n' || last || mark[1] != '\n') {
            if (runs_on_too_long(++line_ends, ++record_line_ends, format_)) return false;
        }
    }
    return false;
}

const char* PieceCutter::first_line_end() {
    const char* mark = marks_.next();
    while (mark != marks_.end() && *mark == '"') mark = marks_.next();
    if (mark == marks_.end()) return mark;
    ++next_line_;
    return past_line_end(mark);
}

const char* PieceCutter::past_line_end(const char* mark) {
    if (*mark == '\r' && mark + 1 != marks_.end() && mark[1] == '\n') return marks_.next() + 1;
    return mark + 1;
}

std::vector<Piece> cut_into_pieces(std::string_view bytes, std::uint64_t first_line,
                                   DelimitedFormat format, std::size_t piece_size) {
    std::vector<Piece> pieces;
    PieceCutter cutter(bytes, first_line, format, piece_size);
    for (Piece piece; cutter.next(piece);) pieces.push_back(piece);
    return pieces;
}

}  // namespace purse
