// Patients' numbers become keyed pseudonyms at the door: only who holds the key can match them.
// SipHash-2-4 with a 128-bit result under a 128-bit secret key (libsodium): a keyed pseudo-random
// function, chosen over keyed BLAKE2b because it is twenty times faster on ten-byte inputs.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

struct Pseudonym {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend auto operator<=>(const Pseudonym&, const Pseudonym&) = default;
};

std::string to_text(Pseudonym pseudonym);  // 32 hex digits

class PseudonymKey {
  public:
    // Reads the key; refuses a key file that others may read (mode other than 600).
    static Result<PseudonymKey> from_file(const std::filesystem::path& file);
    // Makes a new random key and writes it with mode 600; refuses to overwrite.
    static Result<PseudonymKey> create(const std::filesystem::path& file);
    // For demonstrations and tests, whose patients are made up: the key from a phrase.
    static PseudonymKey from_phrase(std::string_view phrase);

    // `kind` keeps numbers of different kinds apart ('n' NHS number, 'l' local identifier).
    [[nodiscard]] Pseudonym of(char kind, std::string_view identifier) const;

  private:
    std::array<unsigned char, 16> bytes_{};
};

}  // namespace purse
