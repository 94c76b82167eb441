// The identity provider, as it is talked to: its configuration and keys fetched and kept, people
// sent there, and their answer turned into checked claims. What a browser carries meanwhile is
// sealed in a cookie of its own, so that an answer is taken only from the browser that asked, once
// and within ten minutes. One IdentityProvider serves any number of threads.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "access/open_id.hpp"
#include "access/site_key.hpp"
#include "courier/web_request.hpp"

namespace purse {

// What the provider appended to the address that it sent the browser back to.
struct ProviderAnswer {
    std::string code;
    std::string state;
    std::string issuer;  // RFC 9207; may be empty
    std::string error;   // RFC 6749, section 4.1.2.1; empty: none
};

class IdentityProvider {
  public:
    // How questions go out: the courier, or a test's own.
    using Ask = std::function<Result<WebAnswer>(const WebRequest&)>;
    IdentityProvider(OpenIdSettings settings, SiteKey key, Ask ask = purse::ask);

    [[nodiscard]] const OpenIdSettings& settings() const { return settings_; }

    struct Departure {
        std::string address;  // where the browser is sent
        std::string cookie;   // what it carries, for Set-Cookie
    };
    // `page` is where the person wants to be afterwards ("/practices/Y00001").
    Result<Departure> depart(std::string_view page, Instant now);

    // What the browser carried.
    struct Journey {
        OpenIdAttempt attempt;
        std::string page;
    };
    // Refused: another browser's answer, an old one, one to another question.
    [[nodiscard]] Result<Journey> journey_of(const ProviderAnswer& answer,
                                             std::string_view cookie_header, Instant now) const;
    static std::string cookie_of_no_journey();

    // The checked claims that the code of the answer stands for. Talks to the provider.
    Result<std::string> claims_for(const ProviderAnswer& answer, const Journey& journey,
                                   Instant now);

    // So long what was fetched is kept; keys are fetched anew besides when a token names one that
    // is not known, but not more often than `keys_again_seconds`.
    static constexpr std::int64_t kept_seconds = 3600;
    static constexpr std::int64_t keys_again_seconds = 15;
    // After a failure nobody is made to wait for another one so soon.
    static constexpr std::int64_t pause_seconds = 5;

  private:
    Result<OpenIdProvider> provider(Instant now);
    Result<KeySet> keys(const OpenIdProvider& provider, Instant now, bool again);
    Result<std::string> document_at(const std::string& address, std::string_view what) const;
    Result<OpenIdTokens> tokens_for(const OpenIdProvider& provider, const std::string& code,
                                    const OpenIdAttempt& attempt, Instant now) const;

    OpenIdSettings settings_;
    SiteKey key_;
    Ask ask_;
    std::mutex mutex_;  // of what follows, and of fetching it
    std::optional<OpenIdProvider> provider_;
    std::optional<KeySet> keys_;
    std::optional<Problem> failed_;
    Instant provider_fetched_;
    Instant keys_fetched_;
    Instant failed_at_;
};

// A page of ours to go on to ("/practices/Y00001?month=2017-06"); anything else is "/".
std::string own_page(std::string_view asked);

}  // namespace purse
