#include "courier/web_request.hpp"

#include <fmt/format.h>

#include "courier/carried.hpp"

namespace purse {

namespace {

constexpr long answer_seconds = 10;
constexpr std::size_t most_bytes = std::size_t{1} << 20;

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size * count > most_bytes) return 0;  // libcurl stops: a write error
    body.append(bytes, size * count);
    return size * count;
}

CurlList list_of(const std::vector<std::string>& headers) {
    CurlList list;
    for (const std::string& header : headers) {
        curl_slist* longer = curl_slist_append(list.get(), header.c_str());
        CHECK(longer != nullptr);
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

}  // namespace

Result<WebAnswer> ask(const WebRequest& request) {
    const auto destination = parse_destination(request.address);
    if (!destination) return destination.problem();
    const bool is_plain = destination->scheme == "http" && destination->is_on_loopback;
    if (destination->scheme != "https" && !is_plain) {
        return bad_input(fmt::format("'{}' must begin with https://", request.address));
    }
    const CurlHandle handle =
        handle_to(request.address, *destination, request.authorities, answer_seconds);
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_plain ? "http" : "https");
    const CurlList headers = list_of(request.headers);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    if (!request.form.empty()) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.form.c_str());
    }
    WebAnswer answer;
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_WRITE_ERROR) {
        return Problem{ProblemKind::unavailable,
                       destination->host + " answers with more than 1 MiB"};
    }
    if (code != CURLE_OK) return fault_of(code, *destination);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    const char* type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) answer.content_type = type;
    return answer;
}

}  // namespace purse
