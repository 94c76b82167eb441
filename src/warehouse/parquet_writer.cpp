#include "warehouse/parquet_writer.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "warehouse/compact_thrift.hpp"

namespace purse {

namespace {

constexpr std::string_view magic = "PAR1";

// The numbers of parquet.thrift.
enum : std::int32_t { boolean = 0, int32 = 1, int64 = 2, byte_array = 6, fixed_bytes = 7 };
enum : std::int32_t { converted_text = 0, converted_date = 6 };
enum : std::int32_t { logical_text = 1, logical_date = 6, logical_uuid = 14 };
constexpr std::int32_t optional = 1;
constexpr std::int32_t uncompressed = 0;

std::int32_t physical(ColumnType type) {
    switch (type) {
        case ColumnType::text:
            return byte_array;
        case ColumnType::number:
            return int64;
        case ColumnType::date:
            return int32;
        case ColumnType::flag:
            return boolean;
        case ColumnType::pseudonym:
            return fixed_bytes;
    }
    return byte_array;
}

bool has_bounds(ColumnType type) { return type == ColumnType::number || type == ColumnType::date; }

void put_logical(CompactThrift& footer, std::int32_t logical) {
    footer.open(10);
    footer.open(logical);
    footer.close();
    footer.close();
}

void put_column(CompactThrift& footer, const StoredColumn& column) {
    footer.open();
    footer.number(1, physical(column.type));
    if (column.type == ColumnType::pseudonym) footer.number(2, 16);
    footer.number(3, optional);
    footer.text(4, column.name);
    if (column.type == ColumnType::text) {
        footer.number(6, converted_text);
        put_logical(footer, logical_text);
    } else if (column.type == ColumnType::date) {
        footer.number(6, converted_date);
        put_logical(footer, logical_date);
    } else if (column.type == ColumnType::pseudonym) {
        put_logical(footer, logical_uuid);
    }
    footer.close();
}

void put_schema(CompactThrift& footer, DataSet set) {
    const auto columns = stored_columns(set);
    footer.structures(2, columns.size() + 1);
    footer.open();
    footer.text(4, "records");
    footer.number(5, static_cast<std::int32_t>(columns.size()));
    footer.close();
    for (const StoredColumn& column : columns) put_column(footer, column);
}

std::string bound(ColumnType type, std::int64_t value) {
    std::string bytes;
    put_little_endian(bytes, static_cast<std::uint64_t>(value), type == ColumnType::date ? 4 : 8);
    return bytes;
}

void put_statistics(CompactThrift& footer, ColumnType type, const ColumnChunk& chunk,
                    std::size_t rows) {
    footer.open(12);
    footer.long_number(3, static_cast<std::int64_t>(rows - chunk.present));
    if (has_bounds(type) && chunk.present > 0) {
        footer.text(5, bound(type, chunk.greatest));
        footer.text(6, bound(type, chunk.least));
    }
    footer.close();
}

void put_chunk(CompactThrift& footer, const StoredColumn& column, const ColumnChunk& chunk,
               std::size_t rows, std::uintmax_t group_start) {
    const auto place = [group_start](std::size_t at) {
        return static_cast<std::int64_t>(group_start + at);
    };
    footer.open();
    footer.long_number(2, place(chunk.start));
    footer.open(3);
    footer.number(1, physical(column.type));
    footer.numbers(2, chunk.encodings.size());
    for (const ParquetEncoding encoding : chunk.encodings) {
        footer.item(static_cast<std::int32_t>(encoding));
    }
    footer.texts(3, 1);
    footer.item(column.name);
    footer.number(4, uncompressed);
    footer.long_number(5, static_cast<std::int64_t>(rows));
    footer.long_number(6, static_cast<std::int64_t>(chunk.size));
    footer.long_number(7, static_cast<std::int64_t>(chunk.size));
    footer.long_number(9, place(chunk.first_data));
    if (chunk.has_dictionary) footer.long_number(11, place(chunk.start));
    put_statistics(footer, column.type, chunk, rows);
    footer.close();
    footer.close();
}

void put_group(CompactThrift& footer, DataSet set, const RowGroup& group, std::uintmax_t start) {
    const auto columns = stored_columns(set);
    std::size_t size = 0;
    footer.open();
    footer.structures(1, columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        put_chunk(footer, columns[i], group.columns[i], group.rows, start);
        size += group.columns[i].size;
    }
    footer.long_number(2, static_cast<std::int64_t>(size));
    footer.long_number(3, static_cast<std::int64_t>(group.rows));
    footer.close();
}

}  // namespace

ParquetWriter::ParquetWriter(DataSet set, const std::filesystem::path& file)
    : set_(set), file_(file), out_(file, std::ios::binary | std::ios::trunc) {
    put(std::string(magic));
}

void ParquetWriter::put(const std::string& bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out_) {
        throw std::runtime_error(fmt::format("cannot write {}: is the disk full?", file_.string()));
    }
    digest_.add(bytes);
    bytes_ += bytes.size();
}

void ParquetWriter::add(RowGroup group) {
    starts_.push_back(bytes_);
    put(group.bytes);
    std::string().swap(group.bytes);
    groups_.push_back(std::move(group));
}

void ParquetWriter::finish() {
    std::size_t rows = 0;
    for (const RowGroup& group : groups_) rows += group.rows;
    std::string tail;
    CompactThrift footer(tail);
    footer.number(1, 1);
    put_schema(footer, set_);
    footer.long_number(3, static_cast<std::int64_t>(rows));
    footer.structures(4, groups_.size());
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        put_group(footer, set_, groups_[i], starts_[i]);
    }
    footer.text(6, "Purse");
    footer.close();
    put_little_endian(tail, tail.size(), 4);
    tail += magic;
    put(tail);
    out_.close();
    if (!out_) {
        throw std::runtime_error(fmt::format("cannot write {}: is the disk full?", file_.string()));
    }
}

}  // namespace purse
