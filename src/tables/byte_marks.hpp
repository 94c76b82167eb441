// Walks the bytes of a text that matter to its structure (delimiter, quote, CR, LF), 64 at a time.
// SSE2 finds them where there is SSE2 (every x86-64), a plain loop elsewhere.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace purse {

class ByteMarks {
  public:
    // With `delimiter` the same as the quote, delimiters are not among the marks.
    ByteMarks() = default;
    ByteMarks(std::string_view bytes, char delimiter) : delimiter_(delimiter) {
        end_ = bytes.data() + bytes.size();
        seek(bytes.data());
    }

    // The next marked byte, or the end of the text, again and again.
    const char* next() {
        while (bits_ == 0) {
            if (end_ - block_ <= 64) return end_;
            block_ += 64;
            load();
        }
        const char* const found = block_ + std::countr_zero(bits_);
        bits_ &= bits_ - 1;
        return found;
    }

    // Goes on at `place`, which may lie before the marks already given.
    void seek(const char* place) {
        block_ = place;
        load();
        high_ = block_high_;
    }

    // Whether a byte outside ASCII may have been passed since forget_high: true may be a false
    // alarm (a neighbour within 64 bytes), false never.
    [[nodiscard]] bool high() const { return high_; }
    void forget_high() { high_ = block_high_; }
    [[nodiscard]] const char* end() const { return end_; }

  private:
    void load() {
        const auto left = static_cast<std::size_t>(end_ - block_);
        if (left >= 64) {
            mark(block_);
        } else {
            char padded[64] = {};
            if (left > 0) std::memcpy(padded, block_, left);
            mark(padded);
        }
        high_ = high_ || block_high_;
    }

#ifdef __SSE2__
    void mark(const char* at) {
        const __m128i delimiter = _mm_set1_epi8(delimiter_);
        const __m128i quote = _mm_set1_epi8('"');
        const __m128i cr = _mm_set1_epi8('\r');
        const __m128i lf = _mm_set1_epi8('\n');
        bits_ = 0;
        int high = 0;
        for (int part = 0; part < 4; ++part) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16 * part));
            const __m128i marked = _mm_or_si128(
                _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote)),
                _mm_or_si128(_mm_cmpeq_epi8(bytes, cr), _mm_cmpeq_epi8(bytes, lf)));
            const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(marked));
            bits_ |= std::uint64_t{mask} << (16 * part);
            high |= _mm_movemask_epi8(bytes);
        }
        block_high_ = high != 0;
    }
#else
    void mark(const char* at) {
        bits_ = 0;
        block_high_ = false;
        for (int i = 0; i < 64; ++i) {
            const char c = at[i];
            const bool marked = c == delimiter_ || c == '"' || c == '\r' || c == '\n';
            bits_ |= std::uint64_t{marked} << i;
            block_high_ |= static_cast<unsigned char>(c) > 127;
        }
    }
#endif

    const char* block_ = nullptr;
    const char* end_ = nullptr;
    std::uint64_t bits_ = 0;
    char delimiter_ = ',';
    bool block_high_ = false;
    bool high_ = false;
};

}  // namespace purse
