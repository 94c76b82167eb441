#include "access/one_time_codes.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "access/percent_encoding.hpp"
#include "access/site_key.hpp"
#include "base/check.hpp"

namespace purse {

namespace {

std::string random_bytes(std::size_t count) {
    CHECK(sodium_init() >= 0);
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::array<unsigned char, 20> hmac_sha1(std::string_view key, std::string_view message) {
    std::array<unsigned char, 20> out{};
    unsigned int length = 0;
    CHECK(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
               reinterpret_cast<const unsigned char*>(message.data()), message.size(), out.data(),
               &length) != nullptr);
    CHECK(length == out.size());
    return out;
}

}  // namespace

std::string new_code_secret() { return random_bytes(20); }

std::string base32(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31];
    }
    if (bits > 0) text += letters[(held << (5 - bits)) & 31];
    return text;
}

std::string one_time_code(std::string_view secret, std::uint64_t counter, int digits) {
    std::string message(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) message[i] = static_cast<char>(counter >> (56 - 8 * i));
    const auto mac = hmac_sha1(secret, message);
    const std::size_t offset = mac.back() & 15U;  // dynamic truncation, RFC 4226 section 5.3
    const std::uint32_t number = (mac[offset] & 0x7FU) << 24 |
                                 std::uint32_t{mac[offset + 1]} << 16 |
                                 std::uint32_t{mac[offset + 2]} << 8 | mac[offset + 3];
    std::uint32_t limit = 1;
    for (int i = 0; i < digits; ++i) limit *= 10;
    return fmt::format("{:0{}}", number % limit, digits);
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         Instant now) {
    const std::int64_t step = now.seconds() / code_seconds;
    std::optional<std::int64_t> found;
    for (const std::int64_t tried : {step - 1, step, step + 1}) {
        // All three are compared, whichever is right.
        if (same_secret(one_time_code(secret, static_cast<std::uint64_t>(tried)), code)) {
            found = tried;
        }
    }
    return found;
}

std::string enrolment_uri(std::string_view secret, std::string_view issuer,
                          std::string_view account) {
    return fmt::format(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30",
        percent_encoded(issuer), percent_encoded(account), base32(secret));
}

std::vector<std::string> new_recovery_codes() {
    constexpr int how_many = 10;
    std::vector<std::string> codes;
    for (int i = 0; i < how_many; ++i) {
        const std::string plain = plain_recovery_code(base32(random_bytes(10)));
        codes.push_back(plain.substr(0, 4) + "-" + plain.substr(4, 4) + "-" + plain.substr(8, 4) +
                        "-" + plain.substr(12, 4));
    }
    return codes;
}

std::string plain_recovery_code(std::string_view typed) {
    std::string plain;
    for (const char c : typed) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '-' || std::isspace(byte) != 0) continue;
        plain += static_cast<char>(std::tolower(byte));
    }
    return plain;
}

}  // namespace purse
