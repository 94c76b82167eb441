// The second factor: time-based one-time codes (RFC 6238: HMAC-SHA1, 30 seconds, six digits, what
// every authenticator app makes), and recovery codes for who has lost theirs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.hpp"

namespace purse {

inline constexpr std::int64_t code_seconds = 30;

// A new secret: 160 random bits (RFC 4226, section 4), as bytes.
std::string new_code_secret();
std::string base32(std::string_view bytes);  // RFC 4648, without padding

// HOTP (RFC 4226) of the counter, with so many digits.
std::string one_time_code(std::string_view secret, std::uint64_t counter, int digits = 6);

// The time step whose code it is: now's, or a neighbour's, as clocks differ (RFC 6238, section
// 5.2). Nothing: a wrong code. The caller refuses a step that was taken before.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         Instant now);

// otpauth://totp/Purse%20(X99):jane?secret=...&issuer=...
std::string enrolment_uri(std::string_view secret, std::string_view issuer,
                          std::string_view account);

// Ten of 80 random bits each, as "abcd-efgh-ijkl-mnop".
std::vector<std::string> new_recovery_codes();
// As the register hashes it: small letters without hyphens and blanks.
std::string plain_recovery_code(std::string_view typed);

}  // namespace purse
