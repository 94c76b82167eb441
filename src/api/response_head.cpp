#include "api/response_head.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <iterator>

#include "api/static_files.hpp"

namespace purse {

namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Other";
    }
}

// A line end in a value would begin another header: none is let through.
std::string one_line(std::string value) {
    std::ranges::replace_if(
        value, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return value;
}

std::string head_of(HttpResponse response, bool is_tls) {
    response.body.reset();
    add_security_headers(response, is_tls);
    const bool says_caching = std::ranges::any_of(
        response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
    if (!says_caching) response.with("Cache-Control", "no-store");
    std::string out =
        fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
    out += fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(std::time(nullptr)));
    if (!response.content_type.empty()) {
        out += fmt::format("Content-Type: {}\r\n", response.content_type);
    }
    for (const auto& [name, value] : response.headers) {
        fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, one_line(value));
    }
    return out;
}

}  // namespace

std::string response_head(const HttpResponse& response, std::uint64_t length, bool keep_alive,
                          bool is_tls) {
    std::string out = head_of(response, is_tls);
    if (response.status != 204 && response.status != 304) {
        out += fmt::format("Content-Length: {}\r\n", length);
    }
    return out + (keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
}

std::string event_stream_head(const HttpResponse& response, bool is_tls) {
    HttpResponse stream = response;
    stream.content_type = "text/event-stream";
    stream.with("X-Accel-Buffering", "no");
    return head_of(std::move(stream), is_tls) + "Connection: close\r\n\r\n";
}

}  // namespace purse
