// Tokens that an identity provider signed (RFC 7515, 7517, 7519): their signature is checked
// against the provider's published keys. RS256 and ES256 only; a token never says itself how it is
// checked.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

// The keys of a provider, by their identifier (RFC 7517). Keys for other uses or of other kinds are
// left out.
class KeySet {
  public:
    // The JSON document at the provider's jwks_uri.
    static Result<KeySet> parse(std::string_view json);
    [[nodiscard]] std::size_t size() const { return keys_.size(); }

    // The claims (JSON) of a token whose signature is right. A token signed by a key that is not
    // here is not_found: fetch the keys again, once, as providers change them. All else is
    // forbidden.
    [[nodiscard]] Result<std::string> claims_of(std::string_view token) const;

  private:
    struct Key;
    std::map<std::string, std::shared_ptr<const Key>> keys_;
};

// Why a token is not taken, as the person who signs in reads it.
Problem refused_token(std::string_view why);

}  // namespace purse
