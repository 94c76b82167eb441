#include "warehouse/vector_reader.hpp"

#include <algorithm>
#include <limits>

#include "warehouse/packed_text.hpp"

namespace purse {

VectorReader::VectorReader(duckdb_data_chunk chunk, ReaderBuffers& buffers)
    : chunk_(chunk), buffers_(buffers), rows_(duckdb_data_chunk_get_size(chunk)) {}

VectorReader::Argument VectorReader::next() {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, argument_++);
    return {duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector)};
}

std::span<const std::uint64_t> VectorReader::codes() {
    const Argument from = next();
    const auto* texts = static_cast<const duckdb_string_t*>(from.data);
    std::vector<std::uint64_t>& out = buffers_.codes.at(codes_++);
    out.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
        out[row] = from.present(row) ? packed(texts[row]) : 0;
    }
    return out;
}

std::span<const std::int32_t> VectorReader::numbers(std::int32_t absent) {
    const Argument from = next();
    const auto* values = static_cast<const std::int64_t*>(from.data);
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    std::vector<std::int32_t>& out = buffers_.numbers.at(numbers_++);
    out.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
        out[row] = from.present(row)
                       ? static_cast<std::int32_t>(std::clamp(values[row], -most, most))
                       : absent;
    }
    return out;
}

std::span<const std::int32_t> VectorReader::days(std::int32_t absent) {
    const Argument from = next();
    const auto* values = static_cast<const std::int32_t*>(from.data);
    std::vector<std::int32_t>& out = buffers_.numbers.at(numbers_++);
    out.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row)
        out[row] = from.present(row) ? values[row] : absent;
    return out;
}

std::span<const std::uint8_t> VectorReader::flags() {
    const Argument from = next();
    const auto* values = static_cast<const std::uint8_t*>(from.data);
    std::vector<std::uint8_t>& out = buffers_.flags.at(flags_++);
    out.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
        out[row] = from.present(row) && values[row] != 0 ? 1 : 0;
    }
    return out;
}

std::span<const std::string_view> VectorReader::texts() {
    const Argument from = next();
    const auto* values = static_cast<const duckdb_string_t*>(from.data);
    std::vector<std::string_view>& out = buffers_.texts.at(texts_++);
    out.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
        out[row] = from.present(row) ? view_of(values[row]) : std::string_view();
    }
    return out;
}

}  // namespace purse
