// The pages of a row group.
#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "warehouse/compact_thrift.hpp"
#include "warehouse/parquet_encoding.hpp"
#include "warehouse/parquet_writer.hpp"
#include "warehouse/value_places.hpp"

namespace purse {

namespace {

constexpr std::size_t most_in_dictionary = std::size_t{1} << 16;

// The numbers of parquet.thrift.
enum : std::int32_t { data_page = 0, dictionary_page = 2 };

void put_page_header(std::string& out, std::int32_t page, std::size_t size, std::size_t values,
                     ParquetEncoding encoding) {
    CHECK(size < std::size_t{std::numeric_limits<std::int32_t>::max()});
    CompactThrift header(out);
    header.number(1, page);
    header.number(2, static_cast<std::int32_t>(size));
    header.number(3, static_cast<std::int32_t>(size));
    header.open(page == data_page ? 5 : 7);
    header.number(1, static_cast<std::int32_t>(values));
    header.number(2, static_cast<std::int32_t>(encoding));
    if (page == data_page) {
        header.number(3, static_cast<std::int32_t>(ParquetEncoding::rle));
        header.number(4, static_cast<std::int32_t>(ParquetEncoding::rle));
    }
    header.close();
    header.close();
}

void put_plain(std::string& out, std::string_view text, ColumnType) {
    put_little_endian(out, text.size(), 4);
    out += text;
}
void put_plain(std::string& out, std::int64_t number, ColumnType type) {
    put_little_endian(out, static_cast<std::uint64_t>(number), type == ColumnType::date ? 4 : 8);
}

template <class Value>
std::vector<Value> dictionary_of(const PackedColumn& column) {
    if constexpr (std::is_same_v<Value, std::string_view>) {
        return column.texts();
    } else {
        return column.numbers;
    }
}

// A chunk of texts, or of numbers or dates: the dictionaries of the batches become one. Where it
// would grow beyond all use, the batches that follow are written without.
template <class Value>
class ChunkOfValues {
  public:
    ChunkOfValues(const std::vector<PackedBatch>& batches, std::size_t column)
        : batches_(batches), column_(column) {
        thread_local ValuePlaces<Value> places(most_in_dictionary);
        places.start();
        for (const PackedBatch& batch : batches_) take(batch.columns[column], places);
        values_ = places.values();
    }

    void put_dictionary(std::string& out, ColumnType type) const {
        std::string page;
        for (const Value value : values_) put_plain(page, value, type);
        put_page_header(out, dictionary_page, page.size(), values_.size(), ParquetEncoding::plain);
        out += page;
    }
    [[nodiscard]] bool has_dictionary() const { return !values_.empty(); }
    ParquetEncoding put_values(std::string& page, std::size_t batch) const;

  private:
    void take(const PackedColumn& from, ValuePlaces<Value>& places) {
        std::vector<std::uint32_t>& renamed = renamed_.emplace_back();
        if (!from.has_dictionary) return;
        const std::vector<Value> values = dictionary_of<Value>(from);
        if (places.values().size() + values.size() > most_in_dictionary) return;
        for (const Value value : values) renamed.push_back(places.place_of(value));
    }

    const std::vector<PackedBatch>& batches_;
    std::size_t column_;
    std::vector<Value> values_;
    std::vector<std::vector<std::uint32_t>> renamed_;  // a batch's places in the whole; or empty
};

template <class Value>
ParquetEncoding ChunkOfValues<Value>::put_values(std::string& page, std::size_t batch) const {
    const PackedColumn& from = batches_[batch].columns[column_];
    if (!from.has_dictionary) {
        page += from.values;
        return from.encoding;
    }
    if (renamed_[batch].empty()) {
        const std::vector<Value> values = dictionary_of<Value>(from);
        for (const std::uint32_t place : from.places) put_plain(page, values[place], from.type);
        return ParquetEncoding::plain;
    }
    thread_local std::vector<std::uint32_t> places;
    places.resize(from.places.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = renamed_[batch][from.places[i]];
    const int width = bits_for(values_.size());
    page += static_cast<char>(width);
    put_hybrid(page, places, width);
    return ParquetEncoding::dictionary;
}

// Flags and pseudonyms: as the batches have them.
class ChunkAsPacked {
  public:
    ChunkAsPacked(const std::vector<PackedBatch>& batches, std::size_t column)
        : batches_(batches), column_(column) {}
    [[nodiscard]] bool has_dictionary() const { return false; }
    void put_dictionary(std::string&, ColumnType) const {}
    ParquetEncoding put_values(std::string& page, std::size_t batch) const {
        page += batches_[batch].columns[column_].values;
        return ParquetEncoding::plain;
    }

  private:
    const std::vector<PackedBatch>& batches_;
    std::size_t column_;
};

void note_encoding(ColumnChunk& chunk, ParquetEncoding encoding) {
    if (std::ranges::find(chunk.encodings, encoding) == chunk.encodings.end()) {
        chunk.encodings.push_back(encoding);
    }
}

void note_bounds(ColumnChunk& chunk, const PackedColumn& column) {
    if (column.present == 0) return;
    const bool first = chunk.present == 0;
    chunk.least = first ? column.least : std::min(chunk.least, column.least);
    chunk.greatest = first ? column.greatest : std::max(chunk.greatest, column.greatest);
    chunk.present += column.present;
}

template <class Chunk>
ColumnChunk put_chunk(std::string& out, const std::vector<PackedBatch>& batches,
                      std::size_t column) {
    const Chunk values(batches, column);
    ColumnChunk chunk;
    chunk.start = out.size();
    chunk.has_dictionary = values.has_dictionary();
    chunk.encodings.push_back(ParquetEncoding::rle);  // of the levels
    if (chunk.has_dictionary) {
        note_encoding(chunk, ParquetEncoding::plain);
        values.put_dictionary(out, batches.front().columns[column].type);
    }
    chunk.first_data = out.size();
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (batches[i].rows == 0) continue;
        const PackedColumn& from = batches[i].columns[column];
        std::string page = from.levels;
        const ParquetEncoding encoding =
            from.present == 0 ? ParquetEncoding::plain : values.put_values(page, i);
        put_page_header(out, data_page, page.size(), batches[i].rows, encoding);
        out += page;
        note_encoding(chunk, encoding);
        note_bounds(chunk, from);
    }
    chunk.size = out.size() - chunk.start;
    return chunk;
}

}  // namespace

RowGroup::RowGroup(const std::vector<PackedBatch>& batches) {
    CHECK(!batches.empty());
    for (const PackedBatch& batch : batches) rows += batch.rows;
    for (std::size_t i = 0; i < batches.front().columns.size(); ++i) {
        switch (batches.front().columns[i].type) {
            case ColumnType::text:
                columns.push_back(put_chunk<ChunkOfValues<std::string_view>>(bytes, batches, i));
                break;
            case ColumnType::number:
            case ColumnType::date:
                columns.push_back(put_chunk<ChunkOfValues<std::int64_t>>(bytes, batches, i));
                break;
            default:
                columns.push_back(put_chunk<ChunkAsPacked>(bytes, batches, i));
        }
    }
}

}  // namespace purse
