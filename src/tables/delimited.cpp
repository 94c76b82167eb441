#include "tables/delimited.hpp"

#include "tables/quote_rules.hpp"
#include "tables/windows_1252.hpp"

namespace purse {

namespace {

std::string_view between(const char* from, const char* to) {
    return {from, static_cast<std::size_t>(to - from)};
}

std::string_view trimmed(std::string_view text, char delimiter) {
    while (!text.empty() && is_blank(text.front(), delimiter)) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back(), delimiter)) text.remove_suffix(1);
    return text;
}

// Every quote within is one of a pair.
std::string with_single_quotes(std::string_view text) {
    std::string single;
    single.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        single.push_back(text[at]);
        if (text[at] == '"') ++at;
    }
    return single;
}

std::uint32_t column_of(const char* field, const char* line_start) {
    return static_cast<std::uint32_t>(field - line_start) + 1;
}

}  // namespace

DelimitedReader::DelimitedReader(std::string_view bytes, DelimitedFormat format,
                                 std::uint64_t first_line)
    : format_(format), next_line_(first_line) {
    check_format(format);
    bytes.remove_prefix(byte_order_mark(bytes, first_line));
    marks_ = ByteMarks(bytes, format.delimiter);
    at_ = bytes.data();
}

bool DelimitedReader::next() {
    ByteMarks marks = marks_;  // a copy of its own stays in registers
    while (at_ != marks.end()) {
        const char* const start = at_;
        line_ = next_line_;
        fields_.clear();
        marks.forget_high();
        Scan record = scan(marks, start, Quotes::must_close);
        unterminated_ = !record.closed;
        if (unterminated_) record = read_first_line_alone(marks, start);
        raw_ = between(start, record.end);
        at_ = past_line_end(marks, record.end);
        next_line_ += record.line_ends + 1;
        if (fields_.size() == 1 && trimmed(raw_, format_.delimiter).empty()) continue;
        if (marks.high()) decode_fields();
        marks_ = marks;
        return true;
    }
    marks_ = marks;
    fields_.clear();
    return false;
}

const char* DelimitedReader::past_line_end(ByteMarks& marks, const char* record_end) {
    if (record_end == marks.end()) return record_end;
    if (*record_end == '\r' && record_end + 1 != marks.end() && record_end[1] == '\n') {
        return marks.next() + 1;
    }
    return record_end + 1;
}

DelimitedReader::Scan DelimitedReader::scan(ByteMarks& marks, const char* start, Quotes quotes) {
    Scan record;
    const char* const end = marks.end();
    const char delimiter = format_.delimiter;
    const char* line_start = start;
    const char* field = start;
    for (;;) {
        const char* text = field;
        while (text != end && is_blank(*text, delimiter)) ++text;
        const std::uint32_t column = column_of(field, line_start);
        const char* stop = nullptr;
        if (text != end && *text == '"') {
            stop = quoted_field(marks, column, quotes, record, line_start);
            if (!record.closed) return record;
        } else {
            stop = marks.next();
            while (stop != end && *stop == '"') stop = marks.next();
            const char* last = stop;
            while (last != text && is_blank(last[-1], delimiter)) --last;
            fields_.push_back({between(text, last), column});
        }
        if (stop == end || *stop != delimiter) {
            record.end = stop;
            return record;
        }
        field = stop + 1;
    }
}

const char* DelimitedReader::quoted_field(ByteMarks& marks, std::uint32_t column, Quotes quotes,
                                          Scan& record, const char*& line_start) {
    const char* const end = marks.end();
    const char* const content = marks.next() + 1;
    bool doubled = false;
    std::uint64_t line_ends = 0;
    const char* mark = marks.next();
    for (; mark != end; mark = marks.next()) {
        if (*mark == '"') {
            if (mark + 1 == end || mark[1] != '"') break;
            doubled = true;
            marks.next();
        } else if (*mark == '\n' || (*mark == '\r' && (mark + 1 == end || mark[1] != '\n'))) {
            line_start = mark + 1;
            ++record.line_ends;
            if (runs_on_too_long(++line_ends, record.line_ends, format_)) break;
        }
    }
    record.closed =
        quotes == Quotes::close_at_end ||
        (mark != end && *mark == '"' && closes_field(mark, end, line_ends, format_.delimiter));
    if (!record.closed) return end;

    const char* stop = mark;
    if (mark != end) {
        do stop = marks.next();
        while (stop != end && *stop == '"');
    }
    const std::string_view tail = mark == end ? std::string_view() : between(mark + 1, stop);
    add_quoted(between(content, mark), tail, doubled, column);
    return stop;
}

void DelimitedReader::add_quoted(std::string_view quoted, std::string_view tail, bool doubled,
                                 std::uint32_t column) {
    const std::string_view more = trimmed(tail, format_.delimiter);
    if (doubled || !more.empty()) {
        std::string text = with_single_quotes(quoted);
        if (!more.empty()) text += tail;
        quoted = *rewritten_.emplace_back(std::make_unique<std::string>(std::move(text)));
    }
    fields_.push_back({trimmed(quoted, format_.delimiter), column});
}

DelimitedReader::Scan DelimitedReader::read_first_line_alone(ByteMarks& marks, const char* start) {
    fields_.clear();
    marks.seek(start);
    const char* line_end = marks.next();
    while (line_end != marks.end() && *line_end != '\r' && *line_end != '\n') {
        line_end = marks.next();
    }
    ByteMarks line(between(start, line_end), format_.delimiter);
    return scan(line, start, Quotes::close_at_end);
}

void DelimitedReader::decode_fields() {
    for (Field& field : fields_) {
        if (is_utf8(field.text)) continue;
        field.text =
            *rewritten_.emplace_back(std::make_unique<std::string>(from_windows_1252(field.text)));
    }
}

}  // namespace purse
