#include <fmt/format.h>

#include "access/open_id.hpp"
#include "access/toml_file.hpp"
#include "base/secret_file.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

bool is_address(const std::string& text) {
    return text.starts_with("https://") || text.starts_with("http://127.0.0.1:") ||
           text.starts_with("http://localhost:") || text.starts_with("http://[::1]:");
}

class OpenIdReader {
  public:
    OpenIdReader(const toml::table& whole, const toml::table& table, fs::path file)
        : whole_(whole), table_(table), file_(std::move(file)) {}

    Result<OpenIdSettings> read() {
        for (const auto& part : {names(), proof(), claims(), limits()}) {
            if (!part) return part.problem();
        }
        return settings_;
    }

  private:
    [[nodiscard]] Problem fault(const std::string& says, const toml::node* where = nullptr) const {
        return toml_fault(file_.string(), where != nullptr ? where : &table_, says);
    }
    std::string text(std::string_view key, std::string otherwise = "") const {
        return table_[key].value_or(std::move(otherwise));
    }
    // Of a file named in the settings: beside them, unless its path is absolute.
    [[nodiscard]] fs::path beside(const std::string& name) const {
        return file_.parent_path() / name;
    }

    Outcome names() {
        for (const auto& [key, out] :
             {std::pair{"issuer", &settings_.issuer}, std::pair{"client", &settings_.client},
              std::pair{"redirect", &settings_.redirect}}) {
            *out = text(key);
            if (out->empty()) return fault(fmt::format("'{}' is missing", key));
        }
        settings_.name = text("name", "your organisation's sign-in");
        settings_.scope = text("scope", settings_.scope);
        if (!is_address(settings_.issuer) || !is_address(settings_.redirect)) {
            return fault(
                "'issuer' and 'redirect' must begin with https:// (http:// on the loopback only)");
        }
        if (!settings_.redirect.ends_with(open_id_answer_path)) {
            return fault(
                fmt::format("'redirect' must be the server's address and {}", open_id_answer_path));
        }
        return Nothing{};
    }

    Outcome proof() {
        const auto kind = parse_proof_kind(text("client_proof", "none"));
        if (!kind) return fault(kind.problem().says);
        ClientProof& proof = settings_.proof;
        proof.kind = *kind;
        if (proof.kind == ProofKind::none) return Nothing{};
        const bool by_key = proof.kind == ProofKind::private_key_jwt;
        const std::string key = by_key ? "client_key_file" : "client_secret_file";
        const std::string name = text(key);
        if (name.empty()) return fault(fmt::format("'{}' is missing", key));
        auto secret = read_secret_file(beside(name));
        if (!secret) return fault(secret.problem().says);
        proof.secret = *std::move(secret);
        proof.key_id = text("client_key_id");
        proof.algorithm = text("client_key_algorithm", proof.algorithm);
        if (proof.algorithm != "RS256" && proof.algorithm != "RS512" &&
            proof.algorithm != "ES256") {
            return fault("'client_key_algorithm' must be RS256, RS512 or ES256");
        }
        if (!by_key) return Nothing{};
        const auto tried = client_assertion(proof, settings_.client, settings_.issuer, Instant(0));
        return tried ? Outcome(Nothing{}) : fault(tried.problem().says);
    }

    Outcome claims() {
        ClaimsMap& map = settings_.claims;
        map.roles_in = text("roles_in");
        map.selected_claim = text("selected_claim");
        map.selected_member = text("selected_member");
        map.role_claim = text("role_claim");
        map.organisation_claim = text("organisation_claim");
        if (map.role_claim.empty()) return fault("'role_claim' is missing");
        if (map.organisation_claim.empty()) return fault("'organisation_claim' is missing");
        if (map.selected_claim.empty() != map.selected_member.empty() ||
            (map.roles_in.empty() && !map.selected_claim.empty())) {
            return fault("'selected_claim' and 'selected_member' go together, with 'roles_in'");
        }
        const toml::table* roles = table_["roles"].as_table();
        if (roles == nullptr || roles->empty()) {
            return fault("[oidc.roles] is missing: a role for each claim's value");
        }
        for (const auto& [value, node] : *roles) {
            const auto role = parse_role(node.value_or(std::string_view()));
            if (!role) return fault(role.problem().says, &node);
            map.roles[std::string(value.str())] = *role;
        }
        staff_organisations();
        return Nothing{};
    }

    // The commissioner's own codes, unless the settings list others.
    void staff_organisations() {
        const toml::array* listed = table_["staff_organisations"].as_array();
        const toml::array* former = whole_["commissioner"]["also_ours"].as_array();
        std::set<std::string>& all = settings_.claims.staff_organisations;
        const auto take = [&](const toml::array* codes) {
            if (codes == nullptr) return;
            for (const toml::node& one : *codes) all.insert(one.value_or(std::string()));
        };
        if (listed != nullptr) return take(listed);
        all.insert(whole_["commissioner"]["code"].value_or(std::string()));
        take(former);
        all.erase("");
    }

    Outcome limits() {
        settings_.known_people_only = table_["known_people_only"].value_or(false);
        settings_.asks_user_info = table_["user_info"].value_or(false);
        const std::string authorities = text("authorities");
        if (!authorities.empty()) {
            settings_.authorities = beside(authorities);
            if (!fs::is_regular_file(settings_.authorities)) {
                return fault("cannot read " + settings_.authorities.string());
            }
        }
        settings_.clock_skew_seconds =
            table_["clock_skew_seconds"].value_or(settings_.clock_skew_seconds);
        if (settings_.clock_skew_seconds < 0 || settings_.clock_skew_seconds > 300) {
            return fault("'clock_skew_seconds' must be 0 to 300");
        }
        return Nothing{};
    }

    const toml::table& whole_;
    const toml::table& table_;
    fs::path file_;
    OpenIdSettings settings_;
};

}  // namespace

Result<std::optional<OpenIdSettings>> read_open_id_settings(const fs::path& file) {
    const auto whole = read_toml(file);
    if (!whole) return whole.problem();
    const toml::table* table = (*whole)["oidc"].as_table();
    if (table == nullptr) return std::optional<OpenIdSettings>();
    auto settings = OpenIdReader(*whole, *table, file).read();
    if (!settings) return settings.problem();
    return std::optional(*std::move(settings));
}

}  // namespace purse
