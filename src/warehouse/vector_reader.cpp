#include "warehouse/vector_reader.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "warehouse/packed_text.hpp"

namespace purse {

namespace {

constexpr std::size_t most_rows = 2048;  // of a chunk: DuckDB's vector size
constexpr std::array<std::uint64_t, most_rows / 64> none_present{};

}  // namespace

VectorReader::VectorReader(duckdb_data_chunk chunk, ReaderBuffers& buffers,
                           std::span<const std::uint8_t> given)
    : chunk_(chunk), buffers_(buffers), given_(given), rows_(duckdb_data_chunk_get_size(chunk)) {
    CHECK(rows_ <= most_rows);
}

VectorReader::Argument VectorReader::next() {
    const std::size_t argument = argument_++;
    if (!given_.empty() && given_[argument] == 0) return {nullptr, none_present.data()};
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, vector_++);
    return {duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector)};
}

// Calls put(row) for the rows that are present and leave(row) for the others, sixty-four at a time:
// most columns are all present or nearly empty.
template <class Put, class Leave>
void VectorReader::for_each_row(const Argument& from, Put put, Leave leave) const {
    if (from.validity == nullptr) {
        for (std::size_t row = 0; row < rows_; ++row) put(row);
        return;
    }
    for (std::size_t start = 0; start < rows_; start += 64) {
        const std::size_t end = std::min(start + 64, rows_);
        const std::uint64_t present = from.validity[start / 64];
        if (present == ~std::uint64_t{0}) {
            for (std::size_t row = start; row < end; ++row) put(row);
        } else if (present == 0) {
            for (std::size_t row = start; row < end; ++row) leave(row);
        } else {
            for (std::size_t row = start; row < end; ++row) {
                (present >> (row - start) & 1) != 0 ? put(row) : leave(row);
            }
        }
    }
}

std::span<const std::uint64_t> VectorReader::codes() {
    const Argument from = next();
    const auto* texts = static_cast<const duckdb_string_t*>(from.data);
    std::vector<std::uint64_t>& out = buffers_.codes.at(codes_++);
    out.resize(rows_);
    for_each_row(
        from, [&](std::size_t row) { out[row] = packed(texts[row]); },
        [&](std::size_t row) { out[row] = 0; });
    return out;
}

std::span<const std::int32_t> VectorReader::numbers(std::int32_t absent) {
    const Argument from = next();
    const auto* values = static_cast<const std::int64_t*>(from.data);
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    std::vector<std::int32_t>& out = buffers_.numbers.at(numbers_++);
    out.resize(rows_);
    for_each_row(
        from,
        [&](std::size_t row) {
            out[row] = static_cast<std::int32_t>(std::clamp(values[row], -most, most));
        },
        [&](std::size_t row) { out[row] = absent; });
    return out;
}

std::span<const std::int32_t> VectorReader::days(std::int32_t absent) {
    const Argument from = next();
    const auto* values = static_cast<const std::int32_t*>(from.data);
    std::vector<std::int32_t>& out = buffers_.numbers.at(numbers_++);
    out.resize(rows_);
    for_each_row(
        from, [&](std::size_t row) { out[row] = values[row]; },
        [&](std::size_t row) { out[row] = absent; });
    return out;
}

std::span<const std::uint8_t> VectorReader::flags() {
    const Argument from = next();
    const auto* values = static_cast<const std::uint8_t*>(from.data);
    std::vector<std::uint8_t>& out = buffers_.flags.at(flags_++);
    out.resize(rows_);
    for_each_row(
        from, [&](std::size_t row) { out[row] = values[row] != 0 ? 1 : 0; },
        [&](std::size_t row) { out[row] = 0; });
    return out;
}

std::span<const std::string_view> VectorReader::texts() {
    const Argument from = next();
    const auto* values = static_cast<const duckdb_string_t*>(from.data);
    std::vector<std::string_view>& out = buffers_.texts.at(texts_++);
    out.resize(rows_);
    for_each_row(
        from, [&](std::size_t row) { out[row] = view_of(values[row]); },
        [&](std::size_t row) { out[row] = {}; });
    return out;
}

}  // namespace purse
