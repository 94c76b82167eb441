#include <fmt/format.h>

#include <algorithm>

#include "access/toml_file.hpp"
#include "base/secret_file.hpp"
#include "desk/mail_carrier.hpp"

namespace purse {

namespace {

// The address of a sender, with or without a name before it in brackets.
bool is_sender(const std::string& from) {
    const auto open = from.find('<');
    const auto plain = [](char c) { return c >= 0x20 && c < 0x7F; };
    if (!std::ranges::all_of(from, plain)) return false;
    if (open == std::string::npos) return is_mail_address(from);
    return from.ends_with('>') && is_mail_address(from.substr(open + 1, from.size() - open - 2));
}

}  // namespace

Result<std::optional<MailSettings>> read_mail_settings(const std::filesystem::path& file) {
    const auto whole = read_toml(file);
    if (!whole) return whole.problem();
    const toml::table* table = (*whole)["mail"].as_table();
    if (table == nullptr) return std::optional<MailSettings>();
    const auto text = [&](std::string_view key) { return (*table)[key].value_or(std::string()); };
    const auto fault = [&](std::string_view says) {
        return toml_fault(file.string(), table, says);
    };
    MailSettings settings;
    settings.relay.address = text("smtp");
    settings.relay.user = text("user");
    settings.from = text("from");
    if (settings.relay.address.empty()) return fault("'smtp' of [mail] is missing");
    if (const auto fine = may_relay(settings.relay); !fine) return fault(fine.problem().says);
    if (!is_sender(settings.from)) return fault("'from' of [mail] must be an address");
    const std::string password_file = text("password_file");
    if (settings.relay.user.empty() != password_file.empty()) {
        return fault("'user' and 'password_file' of [mail] go together");
    }
    if (!password_file.empty()) {
        auto password = read_secret_file(file.parent_path() / password_file);
        if (!password) return fault(password.problem().says);
        settings.relay.password = *std::move(password);
    }
    if (const std::string authorities = text("authorities"); !authorities.empty()) {
        settings.relay.authorities = file.parent_path() / authorities;
        if (!std::filesystem::is_regular_file(settings.relay.authorities)) {
            return fault("cannot read " + settings.relay.authorities.string());
        }
    }
    return std::optional(std::move(settings));
}

}  // namespace purse
