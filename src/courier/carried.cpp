#include "courier/carried.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace purse {

namespace {

constexpr long connect_seconds = 5;

// Once for the program, before the first handle (libcurl's own rule).
void begin_libcurl() {
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(begun == CURLE_OK);
}

std::string part_of(CURLU* address, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(address, part, &text, 0) != CURLUE_OK) return "";
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool is_loopback(std::string_view host) {
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

}  // namespace

Result<Destination> parse_destination(const std::string& address) {
    begin_libcurl();
    const CurlAddress parsed(curl_url());
    CHECK(parsed != nullptr);
    if (curl_url_set(parsed.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
        CURLUE_OK) {
        return bad_input(fmt::format("'{}' is not an address", address));
    }
    if (!part_of(parsed.get(), CURLUPART_USER).empty() ||
        !part_of(parsed.get(), CURLUPART_PASSWORD).empty()) {
        return bad_input(
            "an address holds no user and no password: they have settings of their own");
    }
    Destination destination{.scheme = part_of(parsed.get(), CURLUPART_SCHEME),
                            .host = part_of(parsed.get(), CURLUPART_HOST)};
    std::ranges::transform(destination.scheme, destination.scheme.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    destination.is_on_loopback = is_loopback(destination.host);
    return destination;
}

CurlHandle handle_to(const std::string& address, const Destination& destination,
                     const std::filesystem::path& authorities, long seconds) {
    begin_libcurl();
    CurlHandle handle(curl_easy_init());
    CHECK(handle != nullptr);
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
    // The machine's proxy settings are followed, but not to the machine itself.
    if (destination.is_on_loopback) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    return handle;
}

Problem fault_of(CURLcode code, const Destination& destination) {
    return {ProblemKind::unavailable,
            fmt::format("{} cannot be reached: {}", destination.host, curl_easy_strerror(code))};
}

}  // namespace purse
