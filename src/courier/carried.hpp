// What every errand of the courier has in common: a handle of libcurl with our limits on it, and
// its faults as sentences. The only files that know libcurl are this room's.
#pragma once

#include <curl/curl.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

struct CurlFreed {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* address) const { curl_url_cleanup(address); }
};
using CurlHandle = std::unique_ptr<CURL, CurlFreed>;
using CurlList = std::unique_ptr<curl_slist, CurlFreed>;
using CurlAddress = std::unique_ptr<CURLU, CurlFreed>;

// An address taken apart; refused: what is none, and one with a user or a password in it.
struct Destination {
    std::string scheme;  // in small letters
    std::string host;
    bool is_on_loopback = false;  // 127.0.0.1, ::1, localhost
};
Result<Destination> parse_destination(const std::string& address);

// With TLS 1.2 at least, certificates verified against the machine's authorities (or those of the
// file), time limits, no signals, and nothing followed.
CurlHandle handle_to(const std::string& address, const Destination& destination,
                     const std::filesystem::path& authorities, long seconds);

// "login.example cannot be reached: Timeout was reached"
Problem fault_of(CURLcode code, const Destination& destination);

}  // namespace purse
