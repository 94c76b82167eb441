#include "register/address.hpp"

namespace purse {

namespace {

constexpr std::string_view hidden = "***";

bool is_url(std::string_view text) {
    return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

// The password of "scheme://user:password@host...", as it stands in the URL.
std::string password_before_host(std::string_view url) {
    const auto begin = url.find("://") + 3;
    const auto authority = url.substr(begin, url.find_first_of("/?", begin) - begin);
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos) return {};
    const auto user = authority.substr(0, at);
    const auto colon = user.find(':');
    return colon == std::string_view::npos ? "" : std::string(user.substr(colon + 1));
}

// The password of "...?password=...&...".
std::string password_among_options(std::string_view url) {
    constexpr std::string_view option = "password=";
    for (auto at = url.find(option); at != std::string_view::npos; at = url.find(option, at + 1)) {
        if (at == 0 || (url[at - 1] != '?' && url[at - 1] != '&')) continue;
        const auto begin = at + option.size();
        return std::string(url.substr(begin, url.find('&', begin) - begin));
    }
    return {};
}

}  // namespace

Result<RegisterAddress> RegisterAddress::parse(std::string_view text) {
    RegisterAddress address;
    if (is_url(text)) {
        address.kind_ = RegisterKind::postgresql;
        address.url_ = text;
        address.password_ = password_before_host(text);
        if (address.password_.empty()) address.password_ = password_among_options(text);
        return address;
    }
    if (text.find("://") != std::string_view::npos) {
        return bad_input(
            "the register's address begins with '" + std::string(text.substr(0, text.find("://"))) +
            "://': give the path of a file, or postgresql://user:password@host:port/database");
    }
    if (text.starts_with("sqlite:")) text.remove_prefix(7);
    if (text.empty()) return bad_input("the register's address is empty: give a file or a URL");
    if (text.find_first_of(std::string_view("\"\0\n", 3)) != std::string_view::npos) {
        return bad_input("the register's path has a quotation mark or a line end: choose another");
    }
    return of_file(std::filesystem::path(text));
}

RegisterAddress RegisterAddress::of_file(std::filesystem::path file) {
    RegisterAddress address;
    address.file_ = std::move(file);
    return address;
}

std::string RegisterAddress::printable() const {
    return kind_ == RegisterKind::sqlite ? file_.string() : without_password(url_);
}

std::string RegisterAddress::without_password(std::string text) const {
    if (password_.empty()) return text;
    for (auto at = text.find(password_); at != std::string::npos;
         at = text.find(password_, at + hidden.size())) {
        text.replace(at, password_.size(), hidden);
    }
    return text;
}

}  // namespace purse
