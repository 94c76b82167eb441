// A code of up to eight characters (A-Z, a-z, 0-9 and ASCII punctuation) packed into one number,
// the first character highest, so that numbers sort as the texts do. What the code names is in its
// Tag: a practice is not a provider.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace purse {

// The packed form; 0 is the empty code. Longer texts and characters outside '!'..'~' give
// `bad_code`.
inline constexpr std::uint64_t bad_code = ~std::uint64_t{0};

constexpr std::uint64_t packed(std::string_view text) {
    if (text.size() > 8) return bad_code;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c < '!' || c > '~') return bad_code;
        value |= std::uint64_t{static_cast<unsigned char>(c)} << (56 - 8 * i);
    }
    return value;
}

inline std::string unpacked(std::uint64_t value) {
    std::string text;
    for (int shift = 56; shift >= 0; shift -= 8) {
        const char c = static_cast<char>((value >> shift) & 0xFF);
        if (c == 0) break;
        text.push_back(c);
    }
    return text;
}

template <class Tag>
class Code {
  public:
    constexpr Code() = default;
    // For a text already known to be right (a literal, a validated column); Tag::parse is the door
    // for outside text where the code has rules of its own.
    constexpr explicit Code(std::string_view text) : packed_(purse::packed(text)) {}
    static constexpr Code from_packed(std::uint64_t value) {
        Code code;
        code.packed_ = value;
        return code;
    }
    [[nodiscard]] constexpr std::uint64_t packed() const { return packed_; }
    [[nodiscard]] constexpr bool empty() const { return packed_ == 0; }
    [[nodiscard]] std::string text() const { return unpacked(packed_); }
    friend constexpr auto operator<=>(Code, Code) = default;

  private:
    std::uint64_t packed_ = 0;
};

}  // namespace purse

template <class Tag>
struct std::hash<purse::Code<Tag>> {
    std::size_t operator()(purse::Code<Tag> code) const noexcept {
        return std::hash<std::uint64_t>{}(code.packed());
    }
};
