#include <fmt/format.h>

#include "access/open_id.hpp"
#include "access/toml_file.hpp"

namespace purse {

Result<std::optional<OpenIdSettings>> read_open_id_settings(const std::filesystem::path& file) {
    const auto whole = read_toml(file);
    if (!whole) return whole.problem();
    const toml::table* table = (*whole)["oidc"].as_table();
    if (table == nullptr) return std::optional<OpenIdSettings>();
    const std::string name = file.string();
    OpenIdSettings settings;
    for (const auto& [key, out] :
         {std::pair{"issuer", &settings.issuer}, std::pair{"client", &settings.client},
          std::pair{"redirect", &settings.redirect}, std::pair{"role_claim", &settings.role_claim},
          std::pair{"practice_claim", &settings.practice_claim}}) {
        *out = (*table)[key].value_or(std::string());
        if (out->empty()) return toml_fault(name, table, fmt::format("'{}' is missing", key));
    }
    settings.scope = (*table)["scope"].value_or(settings.scope);
    settings.clock_skew_seconds =
        (*table)["clock_skew_seconds"].value_or(settings.clock_skew_seconds);
    if (!settings.issuer.starts_with("https://") || !settings.redirect.starts_with("https://")) {
        return toml_fault(name, table, "'issuer' and 'redirect' must begin with https://");
    }
    if (settings.clock_skew_seconds < 0 || settings.clock_skew_seconds > 300) {
        return toml_fault(name, table, "'clock_skew_seconds' must be 0 to 300");
    }
    const toml::table* roles = (*table)["roles"].as_table();
    if (roles == nullptr || roles->empty()) {
        return toml_fault(name, table, "[oidc.roles] is missing: a role for each claim's value");
    }
    for (const auto& [value, node] : *roles) {
        const auto role = parse_role(node.value_or(std::string_view()));
        if (!role) return toml_fault(name, &node, role.problem().says);
        settings.roles[std::string(value.str())] = *role;
    }
    return std::optional(settings);
}

}  // namespace purse
