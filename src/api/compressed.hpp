// Answers compressed for browsers that take gzip: texts that are kept and asked for again and again
// once and as small as can be, all others on their way out.
#pragma once

#include <string>
#include <string_view>

#include "api/message.hpp"

namespace purse {

enum class Effort : unsigned char { least_time, least_bytes };
std::string gzipped(std::string_view text, Effort effort = Effort::least_bytes);
bool takes_gzip(const HttpRequest& request);

// The answer, compressed where it is a text of some length that nobody compressed before. Short
// ones go as they are: little is won, and a session's answer, with its token, is never beside
// what somebody else wrote.
HttpResponse compressed_for(const HttpRequest& request, HttpResponse response);

}  // namespace purse
