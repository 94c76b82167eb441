#include "tables/windows_1252.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace purse {

namespace {

// Bytes 0x80 to 0x9F; the rest are the Unicode characters of the same number.
constexpr std::array<std::uint16_t, 32> upper_controls = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

struct Lead {
    std::size_t length;   // of the whole sequence; 0 when the byte cannot lead
    unsigned char least;  // the second byte's bounds
    unsigned char most;
};

Lead lead_of(unsigned char byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

// The length of the sequence that starts here, or 0.
std::size_t sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const Lead lead = lead_of(byte(0));
    if (lead.length == 0 || lead.length > text.size()) return 0;
    if (byte(1) < lead.least || byte(1) > lead.most) return 0;
    for (std::size_t i = 2; i < lead.length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    return lead.length;
}

bool eight_are_ascii(const char* bytes) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, 8);
    return (eight & 0x8080808080808080U) == 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (at + 8 <= text.size() && eight_are_ascii(text.data() + at)) {
            at += 8;
        } else if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
        } else {
            const std::size_t length = sequence(text.substr(at));
            if (length == 0) return false;
            at += length;
        }
    }
    return true;
}

std::string from_windows_1252(std::string_view text) {
    std::string converted;
    converted.reserve(text.size() * 2);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const unsigned point = byte >= 0x80 && byte < 0xA0 ? upper_controls[byte - 0x80U] : byte;
        if (point < 0x80) {
            converted.push_back(static_cast<char>(point));
        } else if (point < 0x800) {
            converted.push_back(static_cast<char>(0xC0 | (point >> 6)));
            converted.push_back(static_cast<char>(0x80 | (point & 0x3F)));
        } else {
            converted.push_back(static_cast<char>(0xE0 | (point >> 12)));
            converted.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
            converted.push_back(static_cast<char>(0x80 | (point & 0x3F)));
        }
    }
    return converted;
}

}  // namespace purse
