#include "warehouse/parquet_encoding.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

namespace purse {

namespace {

constexpr std::size_t block_size = 128;
constexpr std::size_t miniblock_size = 32;
constexpr std::size_t most_groups = 63;  // of eight values under one header of one byte

// Puts numbers of a width end to end, the lowest bit first.
class BitPacker {
  public:
    explicit BitPacker(std::string& out) : out_(out) {}
    void put(std::uint64_t value, int width) {
        if (width == 0) return;
        bits_ |= value << used_;
        if (used_ + width < 64) {
            used_ += width;
            return;
        }
        put_little_endian(out_, bits_, 8);
        const int taken = 64 - used_;
        bits_ = taken == width ? 0 : value >> taken;
        used_ = width - taken;
    }
    void finish() {
        put_little_endian(out_, bits_, static_cast<std::size_t>(used_ + 7) / 8);
        bits_ = 0;
        used_ = 0;
    }

  private:
    std::string& out_;
    std::uint64_t bits_ = 0;
    int used_ = 0;
};

std::size_t run_at(std::span<const std::uint32_t> values, std::size_t at) {
    std::size_t end = at + 1;
    while (end < values.size() && values[end] == values[at]) ++end;
    return end - at;
}

bool eight_alike(std::span<const std::uint32_t> values, std::size_t at) {
    if (at + 8 > values.size()) return false;
    std::uint32_t differ = 0;
    for (std::size_t i = 1; i < 8; ++i) differ |= values[at] ^ values[at + i];
    return differ == 0;
}

// Groups of eight until eight alike come; where the values end, the last group is filled with 0.
std::size_t put_groups(std::string& out, std::span<const std::uint32_t> values, std::size_t at,
                       int width) {
    const std::size_t header = out.size();
    out += '\0';
    BitPacker packer(out);
    std::size_t groups = 0;
    for (; at < values.size() && groups < most_groups; ++groups, at += 8) {
        if (groups > 0 && eight_alike(values, at)) break;
        for (std::size_t i = at; i < at + 8; ++i) {
            packer.put(i < values.size() ? values[i] : 0, width);
        }
    }
    packer.finish();
    out[header] = static_cast<char>(groups << 1 | 1);
    return std::min(at, values.size());
}

using Block = std::array<std::uint64_t, block_size>;

void put_block(std::string& out, Block& deltas, std::size_t count) {
    std::int64_t least = static_cast<std::int64_t>(deltas[0]);
    for (std::size_t i = 1; i < count; ++i) {
        least = std::min(least, static_cast<std::int64_t>(deltas[i]));
    }
    put_zigzag(out, least);
    for (std::size_t i = 0; i < block_size; ++i) {
        deltas[i] = i < count ? deltas[i] - static_cast<std::uint64_t>(least) : 0;
    }
    std::array<int, block_size / miniblock_size> widths{};
    for (std::size_t i = 0; i < block_size; ++i) {
        int& width = widths[i / miniblock_size];
        width = std::max(width, static_cast<int>(std::bit_width(deltas[i])));
    }
    for (const int width : widths) out += static_cast<char>(width);
    BitPacker packer(out);
    for (std::size_t i = 0; i < block_size; ++i) packer.put(deltas[i], widths[i / miniblock_size]);
    packer.finish();
}

std::size_t shared_start(std::string_view a, std::string_view b) {
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t size = 0;
    while (size < most && a[size] == b[size]) ++size;
    return size;
}

}  // namespace

void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
    out += static_cast<char>(value);
}

void put_zigzag(std::string& out, std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    put_varint(out, (bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void put_little_endian(std::string& out, std::uint64_t value, std::size_t count) {
    static_assert(std::endian::native == std::endian::little);
    char bytes[8];
    std::memcpy(bytes, &value, 8);
    out.append(bytes, count);
}

int bits_for(std::size_t count) {
    return count <= 1 ? 0 : static_cast<int>(std::bit_width(count - 1));
}

void put_hybrid_run(std::string& out, std::uint32_t value, std::size_t count, int width) {
    if (count == 0) return;
    put_varint(out, std::uint64_t{count} << 1);
    put_little_endian(out, value, static_cast<std::size_t>(width + 7) / 8);
}

void put_hybrid(std::string& out, std::span<const std::uint32_t> values, int width) {
    for (std::size_t at = 0; at < values.size();) {
        const std::size_t run = run_at(values, at);
        if (run >= 8) {
            put_hybrid_run(out, values[at], run, width);
            at += run;
        } else {
            at = put_groups(out, values, at, width);
        }
    }
}

void put_deltas(std::string& out, std::span<const std::int64_t> values) {
    put_varint(out, block_size);
    put_varint(out, block_size / miniblock_size);
    put_varint(out, values.size());
    put_zigzag(out, values.empty() ? 0 : values[0]);
    Block deltas{};
    for (std::size_t at = 1; at < values.size(); at += block_size) {
        const std::size_t count = std::min(block_size, values.size() - at);
        for (std::size_t i = 0; i < count; ++i) {
            deltas[i] = static_cast<std::uint64_t>(values[at + i]) -
                        static_cast<std::uint64_t>(values[at + i - 1]);
        }
        // Miniblocks that no value falls in have the width 0 and take no room.
        put_block(out, deltas, count);
    }
}

void put_delta_texts(std::string& out, std::span<const std::string_view> texts) {
    std::vector<std::int64_t> shared;
    std::vector<std::int64_t> left;
    std::string ends;
    shared.reserve(texts.size());
    left.reserve(texts.size());
    std::string_view before;
    for (const std::string_view text : texts) {
        const std::size_t same = shared_start(before, text);
        shared.push_back(static_cast<std::int64_t>(same));
        left.push_back(static_cast<std::int64_t>(text.size() - same));
        ends.append(text.substr(same));
        before = text;
    }
    put_deltas(out, shared);
    put_deltas(out, left);
    out += ends;
}

}  // namespace purse
