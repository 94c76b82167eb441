#include "base/pseudonym.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace purse {

static_assert(crypto_shorthash_siphashx24_KEYBYTES == 16);
static_assert(crypto_shorthash_siphashx24_BYTES == 16);

std::string to_text(Pseudonym pseudonym) {
    return fmt::format("{:016x}{:016x}", pseudonym.high, pseudonym.low);
}

Result<PseudonymKey> PseudonymKey::from_file(const std::filesystem::path& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) {
        return not_found("the site's pseudonym key " + file.string() + " is missing");
    }
    if ((status.st_mode & 077) != 0) {
        return Problem{ProblemKind::forbidden, "others may read the pseudonym key " +
                                                   file.string() + ": set its mode to 600"};
    }
    std::ifstream in(file);
    std::string hex;
    in >> hex;
    PseudonymKey key;
    std::size_t length = 0;
    if (sodium_hex2bin(key.bytes_.data(), key.bytes_.size(), hex.data(), hex.size(), nullptr,
                       &length, nullptr) != 0 ||
        length != key.bytes_.size()) {
        return bad_input("the pseudonym key " + file.string() + " is not 32 hex digits");
    }
    return key;
}

Result<PseudonymKey> PseudonymKey::create(const std::filesystem::path& file) {
    CHECK(sodium_init() >= 0);
    PseudonymKey key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return conflict("cannot create the pseudonym key " + file.string());
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), key.bytes_.data(), key.bytes_.size());
    const bool written = ::write(descriptor, hex.data(), 32) == 32 && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written) return Problem{ProblemKind::unavailable, "cannot write " + file.string()};
    return key;
}

PseudonymKey PseudonymKey::from_phrase(std::string_view phrase) {
    PseudonymKey key;
    crypto_generichash(key.bytes_.data(), key.bytes_.size(),
                       reinterpret_cast<const unsigned char*>(phrase.data()), phrase.size(),
                       nullptr, 0);
    return key;
}

Pseudonym PseudonymKey::of(char kind, std::string_view identifier) const {
    std::array<unsigned char, 16> out{};
    std::array<char, 64> plain{};
    if (identifier.size() < plain.size()) {
        plain[0] = kind;
        std::memcpy(plain.data() + 1, identifier.data(), identifier.size());
        crypto_shorthash_siphashx24(out.data(),
                                    reinterpret_cast<const unsigned char*>(plain.data()),
                                    identifier.size() + 1, bytes_.data());
    } else {
        const std::string longer = kind + std::string(identifier);
        crypto_shorthash_siphashx24(out.data(),
                                    reinterpret_cast<const unsigned char*>(longer.data()),
                                    longer.size(), bytes_.data());
    }
    Pseudonym pseudonym;
    std::memcpy(&pseudonym.high, out.data(), 8);
    std::memcpy(&pseudonym.low, out.data() + 8, 8);
    return pseudonym;
}

}  // namespace purse
