#include "warehouse/packed_batch.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/check.hpp"
#include "tables/windows_1252.hpp"
#include "warehouse/parquet_encoding.hpp"
#include "warehouse/value_places.hpp"

namespace purse {

namespace {

constexpr std::size_t most_distinct = 4096;
constexpr std::size_t first_look = 512;  // values after which it shows that most are distinct
constexpr std::size_t few = 64;          // distinct values that are worth a dictionary at any rate

// Which rows are present, as levels of definition: 1 or 0, in one bit.
void pack_levels(const RecordColumn& from, std::size_t rows, PackedColumn& to) {
    to.present = static_cast<std::size_t>(
        std::count_if(from.present.begin(), from.present.end(), [](auto p) { return p != 0; }));
    std::string levels;
    if (to.present == 0 || to.present == rows) {
        put_hybrid_run(levels, to.present == 0 ? 0 : 1, rows, 1);
    } else {
        thread_local std::vector<std::uint32_t> bits;
        bits.resize(rows);
        for (std::size_t i = 0; i < rows; ++i) bits[i] = from.present[i] != 0;
        put_hybrid(levels, bits, 1);
    }
    put_little_endian(to.levels, levels.size(), 4);
    to.levels += levels;
}

// Whether the values are few: then they have places.
template <class Value>
bool find_places(const std::vector<Value>& values, const std::vector<std::uint8_t>& present,
                 ValuePlaces<Value>& places, PackedColumn& to) {
    places.start();
    to.places.resize(to.present);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (present[i] == 0) continue;
        const std::size_t distinct = places.values().size();
        if (distinct == most_distinct || (seen == first_look && distinct > first_look / 2)) break;
        to.places[seen++] = places.place_of(values[i]);
    }
    const std::size_t distinct = places.values().size();
    if (seen == to.present && (distinct <= few || 2 * distinct <= seen)) return true;
    to.places.clear();
    return false;
}

template <class Value>
std::vector<Value> present_of(const std::vector<Value>& values,
                              const std::vector<std::uint8_t>& present) {
    std::vector<Value> kept;
    kept.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (present[i] != 0) kept.push_back(values[i]);
    }
    return kept;
}

void refuse_unless_utf8(const std::vector<std::string_view>& texts) {
    for (const std::string_view text : texts) {
        if (!is_utf8(text)) {
            throw std::runtime_error("a text to store is not UTF-8");
        }
    }
}

void pack_texts(const RecordColumn& from, PackedColumn& to) {
    thread_local ValuePlaces<std::string_view> places(most_distinct);
    to.has_dictionary = find_places(from.texts, from.present, places, to);
    if (!to.has_dictionary) {
        const std::vector<std::string_view> texts = present_of(from.texts, from.present);
        refuse_unless_utf8(texts);
        to.encoding = ParquetEncoding::delta_texts;
        return put_delta_texts(to.values, texts);
    }
    refuse_unless_utf8(places.values());
    for (const std::string_view text : places.values()) {
        to.text_bytes += text;
        CHECK(to.text_bytes.size() < (std::size_t{1} << 31));
        to.text_ends.push_back(static_cast<std::uint32_t>(to.text_bytes.size()));
    }
}

void pack_numbers(const RecordColumn& from, PackedColumn& to) {
    thread_local ValuePlaces<std::int64_t> places(most_distinct);
    to.has_dictionary = find_places(from.numbers, from.present, places, to);
    std::vector<std::int64_t> numbers =
        to.has_dictionary ? places.values() : present_of(from.numbers, from.present);
    const auto [least, greatest] = std::ranges::minmax(numbers);
    to.least = least;
    to.greatest = greatest;
    if (to.has_dictionary) {
        to.numbers = std::move(numbers);
    } else if (to.type == ColumnType::date) {
        for (const std::int64_t day : numbers) {
            put_little_endian(to.values, static_cast<std::uint64_t>(day), 4);
        }
    } else {
        to.encoding = ParquetEncoding::deltas;
        put_deltas(to.values, numbers);
    }
}

void pack_flags(const RecordColumn& from, PackedColumn& to) {
    to.values.assign((to.present + 7) / 8, '\0');
    std::size_t at = 0;
    for (std::size_t i = 0; i < from.numbers.size(); ++i) {
        if (from.present[i] == 0) continue;
        if (from.numbers[i] != 0) {
            char& byte = to.values[at / 8];
            byte = static_cast<char>(static_cast<unsigned char>(byte) | (1U << (at % 8)));
        }
        ++at;
    }
}

// A UUID is its sixteen bytes, the highest first.
void pack_pseudonyms(const RecordColumn& from, PackedColumn& to) {
    to.values.reserve(16 * to.present);
    for (std::size_t i = 0; i < from.pseudonyms.size(); ++i) {
        if (from.present[i] == 0) continue;
        put_little_endian(to.values, __builtin_bswap64(from.pseudonyms[i].high), 8);
        put_little_endian(to.values, __builtin_bswap64(from.pseudonyms[i].low), 8);
    }
}

PackedColumn packed_column(const RecordColumn& from, std::size_t rows) {
    CHECK(from.present.size() == rows);
    const bool is_text = from.type == ColumnType::text;
    const bool is_pseudonym = from.type == ColumnType::pseudonym;
    CHECK((is_text        ? from.texts.size()
           : is_pseudonym ? from.pseudonyms.size()
                          : from.numbers.size()) == rows);
    PackedColumn to;
    to.type = from.type;
    pack_levels(from, rows, to);
    if (to.present == 0) return to;
    if (is_text) {
        pack_texts(from, to);
    } else if (is_pseudonym) {
        pack_pseudonyms(from, to);
    } else if (from.type == ColumnType::flag) {
        pack_flags(from, to);
    } else {
        pack_numbers(from, to);
    }
    return to;
}

}  // namespace

std::vector<std::string_view> PackedColumn::texts() const {
    std::vector<std::string_view> all;
    std::size_t start = 0;
    for (const std::uint32_t end : text_ends) {
        all.push_back(std::string_view(text_bytes).substr(start, end - start));
        start = end;
    }
    return all;
}

PackedBatch::PackedBatch(const RecordBatch& batch) : rows(batch.rows) {
    CHECK(batch.columns.size() == stored_columns(batch.set).size());
    columns.reserve(batch.columns.size());
    for (const RecordColumn& column : batch.columns) {
        const PackedColumn& packed = columns.emplace_back(packed_column(column, rows));
        bytes += packed.levels.size() + packed.values.size() + packed.text_bytes.size() +
                 packed.places.size() * sizeof(std::uint32_t);
    }
}

}  // namespace purse
