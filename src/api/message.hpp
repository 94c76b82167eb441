// A request and its answer as values: what handlers see of HTTP. No socket is known here.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace purse {

// What follows the host in an address, taken apart: "/api/v1/practices/Y00001?month=2017-06".
struct Target {
    std::vector<std::string> segments;         // of the path, decoded
    std::map<std::string, std::string> query;  // decoded; a name given twice is refused

    [[nodiscard]] std::optional<std::string> asked(const std::string& name) const;
};
// Refused: a wrong percent sign, a control character, an empty or dotted segment, a name twice.
Result<Target> parse_target(std::string_view target);

struct HttpRequest {
    std::string method;  // "GET"
    Target target;
    std::map<std::string, std::string> headers;  // names in small letters
    std::string body;                            // of a JSON request
    std::filesystem::path body_file;             // of an upload: where it was streamed to
    std::string address;                         // of the caller
    std::string id;                              // of the request, for the log and the answer

    [[nodiscard]] std::string_view header(const std::string& name) const;
};

struct HttpResponse {
    int status = 200;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<const std::string> body;  // none: empty
    std::filesystem::path file;               // in place of a body: streamed from the disk
    std::int64_t follow_job = 0;              // in place of a body: the job's events

    HttpResponse& with(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

HttpResponse json_response(std::string json, int status = 200);
HttpResponse empty_response();  // 204
// With an ETag over its bytes; 304 when the asker's If-None-Match names it.
HttpResponse with_etag(HttpResponse response, const HttpRequest& request);
// What an If-Match names, without its quotes.
std::optional<std::string> state_named(const HttpRequest& request);
// A file to save.
HttpResponse download(std::string bytes, std::string content_type, std::string_view file_name);

}  // namespace purse
