// The site's access key: what keyed hashes of tokens, seals of secrets and CSRF tokens are made
// with. Who holds the register without it can neither use nor forge them. Also random tokens and
// comparison in constant time.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

class SiteKey {
  public:
    // Reads the key; refuses a key file that others may read (mode other than 600).
    static Result<SiteKey> from_file(const std::filesystem::path& file);
    // Makes a new random key and writes it with mode 600; refuses to overwrite.
    static Result<SiteKey> create(const std::filesystem::path& file);
    // For tests: the key from a phrase.
    static SiteKey from_phrase(std::string_view phrase);

    // BLAKE2b-256 under the key, as 64 hex digits; `purpose` ("session", "recovery code") keeps
    // kinds apart.
    [[nodiscard]] std::string hash(std::string_view purpose, std::string_view text) const;
    // XChaCha20-Poly1305 under the key, in base64url. What was sealed for one purpose and owner
    // opens for no other: nothing.
    [[nodiscard]] std::string seal(std::string_view purpose, std::string_view owner,
                                   std::string_view plain) const;
    [[nodiscard]] std::optional<std::string> open(std::string_view purpose, std::string_view owner,
                                                  std::string_view sealed) const;

  private:
    [[nodiscard]] std::array<unsigned char, 32> subkey(std::string_view purpose) const;
    std::array<unsigned char, 32> bytes_{};
};

// 256 random bits in base64url: 43 characters.
std::string random_token();
// 43 characters of base64url.
bool is_token(std::string_view text);
// Takes the same time wherever they differ.
bool same_secret(std::string_view a, std::string_view b);

// A text's bytes, as libsodium and OpenSSL take them.
const unsigned char* unsigned_bytes(std::string_view text);

std::string base64url(std::string_view bytes);  // without padding
// Nothing unless it is canonical base64url without padding.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace purse
