// One question to another machine's web server and its answer: over HTTPS with the certificate
// verified, with time and size limits, and no redirect followed. Plain HTTP goes to the loopback
// only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace purse {

struct WebRequest {
    std::string address;
    std::string form;  // posted as application/x-www-form-urlencoded; empty: the request is a GET
    std::vector<std::string> headers;   // "Accept: application/json"
    std::filesystem::path authorities;  // certificates (PEM) to trust; empty: the machine's
};

struct WebAnswer {
    int status = 0;
    std::string content_type;
    std::string body;  // 1 MiB at most
};

// Blocks for 10 seconds at most. `unavailable`: no answer; any status is an answer.
Result<WebAnswer> ask(const WebRequest& request);

}  // namespace purse
