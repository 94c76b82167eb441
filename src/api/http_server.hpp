// HTTP/1.1 over TCP or TLS: connections, time limits, size limits and back-pressure. What a request
// means is the door's to say; Boost.Beast and Asio are known in http_server.cpp alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/jobs.hpp"
#include "api/message.hpp"
#include "base/result.hpp"

namespace purse {

struct HttpServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                       // 0: any free one
    std::filesystem::path tls_certificate, tls_key;  // both, or neither: plain HTTP
    std::size_t workers = 4;
    std::size_t longest_queue = 256;  // of requests that wait for a worker
    std::size_t most_connections = 2000;
    std::uint32_t largest_header = 16 << 10;
    std::uint64_t largest_body = 256 << 10;  // of what is not an upload
    std::uint64_t largest_upload = std::uint64_t{4} << 30;
    std::filesystem::path upload_folder;
    int seconds_for_header = 30;  // a connection may be idle for so long
    int seconds_for_piece = 30;   // of a body, in or out
    int seconds_to_stop = 20;     // requests that run may end
};

enum class BodyKind : unsigned char { none, json, upload };

// What the server asks about requests; called from any worker. Must not throw.
struct HttpDoor {
    // By the route alone.
    std::function<BodyKind(const HttpRequest&)> body_of;
    // Whether an upload is worth reading: the answer that refuses it, or nothing.
    std::function<std::optional<HttpResponse>(const HttpRequest&)> refuse_upload;
    std::function<HttpResponse(const HttpRequest&)> answer;
    std::function<std::optional<Job>(std::int64_t)> job;
    // Told after each answer: for the log and the counters.
    std::function<void(const HttpRequest&, int status, std::uint64_t bytes, double seconds)> told;
};

class HttpServer {
  public:
    HttpServer(HttpServerOptions options, HttpDoor door);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    // Begins to listen; a problem when the address is taken or the certificate cannot be read.
    Outcome listen();
    [[nodiscard]] std::uint16_t port() const;  // after listen
    // Serves until SIGTERM, SIGINT or stop(); then takes no more, lets what runs end, and returns.
    void run();
    void stop();  // from any thread

    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] bool is_stopping() const;

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace purse
