// The arguments of a vectorised function, one after the other, as the spans that column kernels
// take. Buffers are kept from call to call.
#pragma once

#include <duckdb.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace purse {

struct ReaderBuffers {
    std::array<std::vector<std::uint64_t>, 16> codes;
    std::array<std::vector<std::int32_t>, 16> numbers;
    std::array<std::vector<std::uint8_t>, 4> flags;
    std::array<std::vector<std::string_view>, 8> texts;
};

class VectorReader {
  public:
    // `given` says of each argument whether the chunk has it; what it has not reads as absent.
    // Empty: it has all.
    VectorReader(duckdb_data_chunk chunk, ReaderBuffers& buffers,
                 std::span<const std::uint8_t> given = {});

    [[nodiscard]] std::size_t rows() const { return rows_; }
    // Each reads the next argument.
    std::span<const std::uint64_t> codes();                      // VARCHAR; 0 absent
    std::span<const std::int32_t> numbers(std::int32_t absent);  // BIGINT, held within 32 bits
    std::span<const std::int32_t> days(std::int32_t absent);     // DATE, since 1970-01-01
    std::span<const std::uint8_t> flags();                       // BOOLEAN; 0 absent
    std::span<const std::string_view> texts();                   // VARCHAR; "" absent

  private:
    struct Argument {
        const void* data;
        const std::uint64_t* validity;  // nullptr: all are present
    };
    Argument next();
    template <class Put, class Leave>
    void for_each_row(const Argument& from, Put put, Leave leave) const;

    duckdb_data_chunk chunk_;
    ReaderBuffers& buffers_;
    std::span<const std::uint8_t> given_;
    std::size_t rows_;
    std::size_t argument_ = 0;
    idx_t vector_ = 0;  // of the chunk
    std::size_t codes_ = 0;
    std::size_t numbers_ = 0;
    std::size_t flags_ = 0;
    std::size_t texts_ = 0;
};

}  // namespace purse
