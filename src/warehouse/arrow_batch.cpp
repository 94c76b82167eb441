#include "warehouse/arrow_batch.hpp"

#include <cstring>
#include <stdexcept>

#include "base/check.hpp"

namespace purse {

namespace {

const char* arrow_format(ColumnType type) {
    switch (type) {
        case ColumnType::text:
            return "u";
        case ColumnType::number:
            return "l";
        case ColumnType::date:
            return "tdD";
        case ColumnType::flag:
            return "b";
        case ColumnType::pseudonym:
            return "w:16";
    }
    return "n";
}

// One pair, as the interface encodes it: counts and lengths as 32-bit numbers before the bytes.
// DuckDB knows the extension as its UUID.
constexpr char uuid_metadata[] =
    "\x01\0\0\0"
    "\x14\0\0\0"
    "ARROW:extension:name"
    "\x0a\0\0\0"
    "arrow.uuid";

constexpr std::int64_t nullable = 2;

void nothing_to_release(ArrowSchema* schema) { schema->release = nullptr; }

bool all_ascii(const std::vector<char>& bytes) {
    std::size_t at = 0;
    std::uint64_t seen = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        seen |= word;
    }
    for (; at < bytes.size(); ++at) seen |= static_cast<unsigned char>(bytes[at]);
    return (seen & 0x8080808080808080U) == 0;
}

// The number of bytes of the UTF-8 character at `text[0]`; 0 when it is none (RFC 3629: no
// overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [text](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return follows(1) ? 2 : 0;
    if (first < 0xF0) {
        if (first == 0xE0 && byte(1) < 0xA0) return 0;
        if (first == 0xED && byte(1) > 0x9F) return 0;
        return follows(1) && follows(2) ? 3 : 0;
    }
    if (first > 0xF4) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return follows(1) && follows(2) && follows(3) ? 4 : 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

void set_bit(std::vector<std::uint64_t>& bits, std::size_t at) {
    bits[at / 64] |= std::uint64_t{1} << (at % 64);
}

template <class T>
char* stored(char* to, T value) {
    std::memcpy(to, &value, sizeof value);
    return to + sizeof value;
}

void fill_texts(const std::vector<std::string_view>& texts, std::vector<std::int32_t>& offsets,
                std::vector<char>& bytes) {
    std::size_t total = 0;
    for (const std::string_view text : texts) total += text.size();
    CHECK(total < (std::size_t{1} << 31));
    bytes.resize(total);
    offsets.resize(texts.size() + 1);
    std::size_t end = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!texts[i].empty()) std::memcpy(bytes.data() + end, texts[i].data(), texts[i].size());
        end += texts[i].size();
        offsets[i + 1] = static_cast<std::int32_t>(end);
    }
    if (all_ascii(bytes)) return;
    for (const std::string_view text : texts) {
        if (!is_utf8(text)) throw std::runtime_error("a text to store is not UTF-8");
    }
}

void fill_dates(const std::vector<std::int64_t>& days, std::vector<char>& bytes) {
    bytes.resize(days.size() * sizeof(std::int32_t));
    char* to = bytes.data();
    for (const std::int64_t day : days) to = stored(to, static_cast<std::int32_t>(day));
}

void fill_flags(const std::vector<std::int64_t>& flags, std::vector<char>& bytes) {
    bytes.assign((flags.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < flags.size(); ++i) {
        if (flags[i] != 0) {
            bytes[i / 8] =
                static_cast<char>(static_cast<unsigned char>(bytes[i / 8]) | (1U << (i % 8)));
        }
    }
}

// Arrow's UUID is its sixteen bytes, the highest first.
void fill_pseudonyms(const std::vector<Pseudonym>& pseudonyms, std::vector<char>& bytes) {
    bytes.resize(pseudonyms.size() * 16);
    char* to = bytes.data();
    for (const Pseudonym& pseudonym : pseudonyms) {
        to = stored(to, __builtin_bswap64(pseudonym.high));
        to = stored(to, __builtin_bswap64(pseudonym.low));
    }
}

void release_batch(ArrowArray* array) {
    delete static_cast<ArrowBatch*>(array->private_data);
    array->release = nullptr;
}

void release_with_the_batch(ArrowArray* array) { array->release = nullptr; }

}  // namespace

ArrowColumns::ArrowColumns(DataSet set) {
    const auto columns = stored_columns(set);
    names_.reserve(columns.size());
    children_.reserve(columns.size());
    for (const StoredColumn& column : columns) {
        names_.emplace_back(column.name);
        ArrowSchema child{};
        child.format = arrow_format(column.type);
        child.name = names_.back().c_str();
        child.metadata = column.type == ColumnType::pseudonym ? uuid_metadata : nullptr;
        child.flags = nullable;
        child.release = nothing_to_release;
        children_.push_back(child);
        pointers_.push_back(&children_.back());
    }
}

void ArrowColumns::describe(ArrowSchema& out) {
    out = ArrowSchema{};
    out.format = "+s";
    out.name = "";
    out.n_children = static_cast<std::int64_t>(pointers_.size());
    out.children = pointers_.data();
    out.release = nothing_to_release;
    for (ArrowSchema& child : children_) child.release = nothing_to_release;
}

ArrowBatch::ArrowBatch(const RecordBatch& batch) : rows_(batch.rows) {
    CHECK(batch.columns.size() == stored_columns(batch.set).size());
    columns_.resize(batch.columns.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) fill(columns_[i], batch.columns[i]);
}

void ArrowBatch::fill(Column& column, const RecordColumn& from) {
    CHECK(from.present.size() == rows_);
    column.present.assign((rows_ + 63) / 64, 0);
    std::size_t present = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
        if (from.present[i] == 0) continue;
        set_bit(column.present, i);
        ++present;
    }
    column.absent = static_cast<std::int64_t>(rows_ - present);
    column.buffers[0] = column.absent == 0 ? nullptr : column.present.data();
    switch (from.type) {
        case ColumnType::text:
            CHECK(from.texts.size() == rows_);
            fill_texts(from.texts, column.offsets, column.bytes);
            column.buffers[1] = column.offsets.data();
            column.buffers[2] = column.bytes.data();
            break;
        case ColumnType::number:
            CHECK(from.numbers.size() == rows_);
            column.bytes.resize(rows_ * sizeof(std::int64_t));
            if (rows_ > 0) std::memcpy(column.bytes.data(), from.numbers.data(), rows_ * 8);
            column.buffers[1] = column.bytes.data();
            break;
        case ColumnType::date:
            CHECK(from.numbers.size() == rows_);
            fill_dates(from.numbers, column.bytes);
            column.buffers[1] = column.bytes.data();
            break;
        case ColumnType::flag:
            CHECK(from.numbers.size() == rows_);
            fill_flags(from.numbers, column.bytes);
            column.buffers[1] = column.bytes.data();
            break;
        case ColumnType::pseudonym:
            CHECK(from.pseudonyms.size() == rows_);
            fill_pseudonyms(from.pseudonyms, column.bytes);
            column.buffers[1] = column.bytes.data();
            break;
    }
    bytes_ += column.present.size() * 8 + column.offsets.size() * 4 + column.bytes.size();
}

void ArrowBatch::hand_over(std::unique_ptr<ArrowBatch> batch, ArrowArray& out) {
    ArrowBatch& self = *batch;
    const auto rows = static_cast<std::int64_t>(self.rows_);
    self.children_.resize(self.columns_.size());
    for (std::size_t i = 0; i < self.columns_.size(); ++i) {
        Column& column = self.columns_[i];
        ArrowArray& child = self.children_[i];
        child = ArrowArray{};
        child.length = rows;
        child.null_count = column.absent;
        child.n_buffers = column.offsets.empty() ? 2 : 3;
        child.buffers = column.buffers;
        child.release = release_with_the_batch;
        self.pointers_.push_back(&child);
    }
    out = ArrowArray{};
    out.length = rows;
    out.n_buffers = 1;
    out.buffers = &self.no_buffer_;
    out.n_children = static_cast<std::int64_t>(self.pointers_.size());
    out.children = self.pointers_.data();
    out.release = release_batch;
    out.private_data = batch.release();
}

}  // namespace purse
