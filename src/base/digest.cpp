#include "base/digest.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <vector>

namespace purse {

struct Digest::State {
    crypto_generichash_state hash;
};

Digest::Digest() : state_(std::make_unique<State>()) {
    CHECK(sodium_init() >= 0);
    CHECK(crypto_generichash_init(&state_->hash, nullptr, 0, 32) == 0);
}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::string_view bytes) {
    crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
}

std::string Digest::hex() {
    std::array<unsigned char, 32> raw{};
    CHECK(crypto_generichash_final(&state_->hash, raw.data(), raw.size()) == 0);
    std::array<char, 65> text{};
    sodium_bin2hex(text.data(), text.size(), raw.data(), raw.size());
    return std::string(text.data(), 64);
}

std::string digest_of(std::string_view bytes) {
    Digest digest;
    digest.add(bytes);
    return digest.hex();
}

Result<std::string> digest_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return not_found("cannot read " + file.string());
    Digest digest;
    std::vector<char> buffer(1 << 20);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
        digest.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
    }
    return digest.hex();
}

}  // namespace purse
