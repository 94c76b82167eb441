// Cookies of the pages: for this host only (`__Host-`), out of scripts' reach, over HTTPS alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace purse {

// For `Set-Cookie`. Lax: a link in a message opens the page signed in, and an identity provider's
// answer finds what its question was. Zero seconds remove the cookie.
std::string set_cookie(std::string_view name, std::string_view value, std::int64_t seconds);
// Its value in a request's `Cookie` header; empty when it is not there.
std::string cookie_in(std::string_view cookie_header, std::string_view name);

}  // namespace purse
