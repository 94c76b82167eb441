#include "desk/site_access.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

namespace purse {

namespace {

namespace fs = std::filesystem;

Result<SiteKey> access_key_of(const Site& site) {
    const fs::path file = site.access_key_file();
    if (fs::exists(file)) return SiteKey::from_file(file);
    // Accounts without the key that sealed their secrets: a new key would lock everybody out.
    if (!site.decisions().accounts().empty()) return SiteKey::from_file(file);
    auto made = SiteKey::create(file);
    // Two doors that open the site at once: the other one's key is as good.
    return made ? std::move(made) : SiteKey::from_file(file);
}

// A header's value holds no line end, whatever is in it.
std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return line;
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

Result<SiteAccess> open_access(const Site& site) {
    const fs::path rules = site.rules_folder();
    auto permissions = Permissions::read(rules / "permissions.toml");
    if (!permissions) return permissions.problem();
    auto access = read_access_rules(rules);
    if (!access) return access.problem();
    auto disclosure = read_disclosure_policy(rules / "disclosure.toml");
    if (!disclosure) return disclosure.problem();
    auto key = access_key_of(site);
    if (!key) return key.problem();
    return SiteAccess{.accounts = Accounts(site.decisions(), site.settings().commissioner, *key,
                                           std::move(*access)),
                      .permissions = std::move(*permissions),
                      .disclosure = std::move(*disclosure)};
}

Result<fs::path> post(const Site& site, const Message& message, Instant at) {
    fs::create_directories(site.outbox_folder());
    fs::permissions(site.outbox_folder(), fs::perms::owner_all);
    const std::string id = random_token();
    const fs::path file = site.outbox_folder() / (to_text(at.day()) + "-" + id + ".eml");
    const fs::path part = site.outbox_folder() / (id + ".part");
    // No sender: it is the mail system's to say. Lines end as RFC 5322 has them.
    std::string text = fmt::format(
        "To: {}\nSubject: {}\nX-Purse-Written: {}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}",
        in_one_line(message.to), in_one_line(message.subject), to_text(at), message.text);
    std::string lines;
    for (const char c : text) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
    write_whole(part, lines);
    fs::rename(part, file);
    return file;
}

}  // namespace purse
