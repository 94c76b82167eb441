// Texts that are kept and asked for again and again, compressed once for browsers that take gzip.
#pragma once

#include <string>
#include <string_view>

#include "api/message.hpp"

namespace purse {

std::string gzipped(std::string_view text);
bool takes_gzip(const HttpRequest& request);

}  // namespace purse
