// `purse serve`: one site's pages and API over HTTP or HTTPS, until it is told to stop.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace purse {

struct ServeCommand {
    std::filesystem::path site;
    std::string listen = "127.0.0.1:8080";           // address and port; [::1]:8080
    std::filesystem::path tls_certificate, tls_key;  // both or neither
    std::filesystem::path pages;                     // the built pages; empty: none
    std::string own_address;                         // in links; default from where it listens
    std::string version;
    std::uint64_t largest_upload_mib = 4096;
    std::size_t workers = 0;  // 0: twice the cores, four at least
    bool quiet = false;       // no log
};

struct ListenAddress {
    std::string address;
    std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen_address(const std::string& text);

// Returns when the server has been stopped (SIGTERM, SIGINT).
Outcome serve(const ServeCommand& command);

}  // namespace purse
