#include "access/site_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace purse {

namespace {

constexpr std::size_t key_bytes = 32;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == key_bytes);
static_assert(crypto_generichash_KEYBYTES_MAX >= key_bytes);

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* place_in(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string hex_of(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

}  // namespace

Result<SiteKey> SiteKey::from_file(const std::filesystem::path& file) {
    CHECK(sodium_init() >= 0);
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) {
        return not_found("the site's access key " + file.string() +
                         " is missing: restore it from a backup");
    }
    if ((status.st_mode & 077) != 0) {
        return Problem{ProblemKind::forbidden,
                       "others may read the access key " + file.string() + ": set its mode to 600"};
    }
    std::ifstream in(file);
    std::string hex;
    in >> hex;
    SiteKey key;
    std::size_t length = 0;
    if (sodium_hex2bin(key.bytes_.data(), key.bytes_.size(), hex.data(), hex.size(), nullptr,
                       &length, nullptr) != 0 ||
        length != key.bytes_.size()) {
        return bad_input("the access key " + file.string() + " is not 64 hex digits");
    }
    return key;
}

Result<SiteKey> SiteKey::create(const std::filesystem::path& file) {
    CHECK(sodium_init() >= 0);
    SiteKey key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return conflict("cannot create the access key " + file.string());
    const std::string hex = hex_of(key.bytes_.data(), key.bytes_.size());
    const auto size = static_cast<ssize_t>(hex.size());
    const bool written =
        ::write(descriptor, hex.data(), hex.size()) == size && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written) return Problem{ProblemKind::unavailable, "cannot write " + file.string()};
    return key;
}

SiteKey SiteKey::from_phrase(std::string_view phrase) {
    CHECK(sodium_init() >= 0);
    SiteKey key;
    crypto_generichash(key.bytes_.data(), key.bytes_.size(), unsigned_bytes(phrase), phrase.size(),
                       nullptr, 0);
    return key;
}

std::array<unsigned char, key_bytes> SiteKey::subkey(std::string_view purpose) const {
    std::array<unsigned char, key_bytes> key{};
    crypto_generichash(key.data(), key.size(), unsigned_bytes(purpose), purpose.size(),
                       bytes_.data(), bytes_.size());
    return key;
}

std::string SiteKey::hash(std::string_view purpose, std::string_view text) const {
    const auto key = subkey(purpose);
    std::array<unsigned char, 32> out{};
    crypto_generichash(out.data(), out.size(), unsigned_bytes(text), text.size(), key.data(),
                       key.size());
    return hex_of(out.data(), out.size());
}

std::string SiteKey::seal(std::string_view purpose, std::string_view owner,
                          std::string_view plain) const {
    const auto key = subkey(purpose);
    std::string sealed(nonce_bytes + plain.size() + tag_bytes, '\0');
    randombytes_buf(sealed.data(), nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        place_in(sealed) + nonce_bytes, nullptr, unsigned_bytes(plain), plain.size(),
        unsigned_bytes(owner), owner.size(), nullptr, place_in(sealed), key.data());
    return base64url(sealed);
}

std::optional<std::string> SiteKey::open(std::string_view purpose, std::string_view owner,
                                         std::string_view sealed) const {
    const auto bytes = from_base64url(sealed);
    if (!bytes || bytes->size() < nonce_bytes + tag_bytes) return std::nullopt;
    const auto key = subkey(purpose);
    std::string plain(bytes->size() - nonce_bytes - tag_bytes, '\0');
    const std::string_view box = std::string_view(*bytes).substr(nonce_bytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            place_in(plain), nullptr, nullptr, unsigned_bytes(box), box.size(),
            unsigned_bytes(owner), owner.size(), unsigned_bytes(std::string_view(*bytes)),
            key.data()) != 0) {
        return std::nullopt;
    }
    return plain;
}

std::string random_token() {
    CHECK(sodium_init() >= 0);
    std::string bytes(32, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return base64url(bytes);
}

bool is_token(std::string_view text) {
    const auto bytes = from_base64url(text);
    return bytes && bytes->size() == 32;
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

const unsigned char* unsigned_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64url(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), unsigned_bytes(bytes), bytes.size(), variant);
    text.resize(std::strlen(text.c_str()));
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    if (sodium_base642bin(place_in(bytes), bytes.size(), text.data(), text.size(), nullptr, &length,
                          nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        return std::nullopt;
    }
    bytes.resize(length);
    return bytes;
}

}  // namespace purse
