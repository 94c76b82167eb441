// The encodings of Parquet's pages that Purse writes (parquet.apache.org, Encodings): each appends
// to a string of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace purse {

void put_varint(std::string& out, std::uint64_t value);
void put_zigzag(std::string& out, std::int64_t value);

// The lowest `count` bytes of the value, the lowest first.
void put_little_endian(std::string& out, std::uint64_t value, std::size_t count);

// Bits needed for the numbers below `count`.
int bits_for(std::size_t count);

// RLE and bit-packing hybrid, without a length or width before it.
void put_hybrid(std::string& out, std::span<const std::uint32_t> values, int width);
// The same of `count` times one value.
void put_hybrid_run(std::string& out, std::uint32_t value, std::size_t count, int width);

// DELTA_BINARY_PACKED.
void put_deltas(std::string& out, std::span<const std::int64_t> values);
// DELTA_BYTE_ARRAY: what a text shares with the one before it is left out.
void put_delta_texts(std::string& out, std::span<const std::string_view> texts);

}  // namespace purse
