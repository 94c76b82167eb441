// A text as a part of an address or a form (RFC 3986, section 2): all but the unreserved characters
// as their bytes, %2F.
#pragma once

#include <string>
#include <string_view>

namespace purse {

std::string percent_encoded(std::string_view text);

}  // namespace purse
