// The head of an answer as text: status line and headers, security's among them.
#pragma once

#include <cstdint>
#include <string>

#include "api/message.hpp"

namespace purse {

std::string response_head(const HttpResponse& response, std::uint64_t length, bool keep_alive,
                          bool is_tls);
std::string event_stream_head(const HttpResponse& response, bool is_tls);

}  // namespace purse
