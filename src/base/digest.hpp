// Checksums of files and texts (BLAKE2b-256 by libsodium), as 64 hex digits.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

class Digest {
  public:
    Digest();
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;

    void add(std::string_view bytes);
    // The hex digest of all that was added. The digest is spent afterwards.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string digest_of(std::string_view bytes);
Result<std::string> digest_of_file(const std::filesystem::path& file);

}  // namespace purse
