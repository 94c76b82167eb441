#include "desk/outbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "access/site_key.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

// A header's value holds no line end, whatever is in it.
std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return line;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string base64(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    text.resize(std::strlen(text.c_str()));
    return text;
}

// RFC 2047: encoded words of at most 75 characters, none of which ends inside a character.
std::string as_header(std::string_view text) {
    const std::string line = in_one_line(text);
    if (is_ascii(line)) return line;
    constexpr std::size_t most_bytes = 42;
    std::string words;
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = std::min(at + most_bytes, line.size());
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
        words += (words.empty() ? "" : "\n ") +
                 fmt::format("=?utf-8?B?{}?=", base64(std::string_view(line).substr(at, end - at)));
        at = end;
    }
    return words;
}

// Relays that know seven bits only exist: what is not ASCII goes as base64.
std::string as_content(const std::string& text) {
    const std::string start = "Content-Type: text/plain; charset=utf-8\n";
    if (is_ascii(text)) return start + "Content-Transfer-Encoding: 7bit\n\n" + text;
    std::string lines;
    const std::string all = base64(text);
    constexpr std::size_t line_length = 76;
    for (std::size_t at = 0; at < all.size(); at += line_length) {
        lines += all.substr(at, line_length) + "\n";
    }
    return start + "Content-Transfer-Encoding: base64\n\n" + lines;
}

void write_whole(const fs::path& file, const std::string& text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error("cannot create " + file.string());
    const bool written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

Result<fs::path> post(const Site& site, const Message& message, Instant at) {
    fs::create_directories(site.outbox_folder());
    fs::permissions(site.outbox_folder(), fs::perms::owner_all);
    const std::string id = random_token();
    const fs::path file = site.outbox_folder() / (to_text(at.day()) + "-" + id + ".eml");
    const fs::path part = site.outbox_folder() / (id + ".part");
    // No sender: it is the mail system's, or the carrier's, to say.
    const std::string text = fmt::format(
        "To: {}\nSubject: {}\nX-Purse-Written: {}\nMIME-Version: 1.0\n{}", in_one_line(message.to),
        as_header(message.subject), to_text(at), as_content(message.text));
    std::string lines;  // end as RFC 5322 has them
    for (const char c : text) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
    write_whole(part, lines);
    fs::rename(part, file);
    return file;
}

}  // namespace purse
