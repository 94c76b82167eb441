#include "access/passwords.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <cctype>
#include <cstring>
#include <stdexcept>

namespace purse {

namespace {

std::string in_small_letters(std::string_view text) {
    std::string small;
    for (const char c : text) {
        small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return small;
}

// Characters, not bytes: what begins one in UTF-8.
int characters(std::string_view text) {
    int count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? 0 : 1;
    return count;
}

// "aaaaaaaaaaaa", "abcabcabcabc": nothing but one short piece again and again.
bool repeats_itself(std::string_view text) {
    constexpr std::size_t longest_piece = 4;
    for (std::size_t piece = 1; piece <= longest_piece; ++piece) {
        bool repeats = text.size() > piece;
        for (std::size_t i = piece; i < text.size() && repeats; ++i) {
            repeats = text[i] == text[i - piece];
        }
        if (repeats) return true;
    }
    return false;
}

// Without the digits and signs at its end: "password2026!" is "password".
std::string_view stem(std::string_view text) {
    while (!text.empty() && std::isalpha(static_cast<unsigned char>(text.back())) == 0) {
        text.remove_suffix(1);
    }
    return text;
}

bool is_common(const std::string& small, const PasswordRules& rules) {
    return rules.common.contains(small) || rules.common.contains(std::string(stem(small)));
}

// Letters and digits only: "Jane Smith" and "jane.smith" are the same name.
std::string letters_and_digits(std::string_view text) {
    std::string left;
    for (const char c : in_small_letters(text)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) left += c;
    }
    return left;
}

// The name, or the name and little else.
bool is_built_on(const std::string& password, const std::string& word) {
    constexpr std::size_t little = 4;
    return word.size() >= 4 && password.find(word) != std::string::npos &&
           password.size() - word.size() <= little;
}

// Verifying against it takes as long as against anybody's: made once, with these parameters.
std::string nobodys_hash(const PasswordRules& rules) {
    static const std::string hash = hashed_password("nobody's password", rules);
    return hash;
}

}  // namespace

Outcome acceptable_password(std::string_view password, const UserAccount& account,
                            const PasswordRules& rules) {
    if (characters(password) < rules.shortest) {
        return bad_input(
            fmt::format("a password has at least {} characters: three or four words "
                        "that do not belong together are easy to remember",
                        rules.shortest));
    }
    if (characters(password) > rules.longest) {
        return bad_input(fmt::format("a password has at most {} characters", rules.longest));
    }
    const std::string small = in_small_letters(password);
    if (is_common(small, rules) || repeats_itself(small)) {
        return bad_input("this password is one of those that are tried first: take another");
    }
    const std::string mailbox = account.email.substr(0, account.email.find('@'));
    for (const std::string& word : {account.name, account.full_name, account.email, mailbox}) {
        if (is_built_on(letters_and_digits(password), letters_and_digits(word))) {
            return bad_input("a password is not one's own name: take another");
        }
    }
    return Nothing{};
}

std::string hashed_password(std::string_view password, const PasswordRules& rules) {
    CHECK(sodium_init() >= 0);
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), rules.passes,
                              rules.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::runtime_error("there is not enough memory to hash a password");
    }
    hash.resize(std::strlen(hash.c_str()));
    return hash;
}

bool password_is_right(std::string_view password, const std::string& hash,
                       const PasswordRules& rules) {
    CHECK(sodium_init() >= 0);
    const std::string& tried = hash.empty() ? nobodys_hash(rules) : hash;
    std::string whole = tried;
    whole.resize(crypto_pwhash_STRBYTES, '\0');
    const bool right =
        crypto_pwhash_str_verify(whole.c_str(), password.data(), password.size()) == 0;
    return right && !hash.empty();
}

}  // namespace purse
