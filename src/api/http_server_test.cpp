// The server over real connections: limits, slow and broken callers, uploads, stopping.
#include "api/http_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "support/demo_site.hpp"

namespace purse {
namespace {

using namespace std::chrono_literals;

class Caller {
  public:
    explicit Caller(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval limit{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }
    ~Caller() { ::close(socket_); }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    void send(const std::string& bytes) const {
        std::size_t sent = 0;
        while (sent < bytes.size()) {
            const auto some =
                ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (some <= 0) return;
            sent += static_cast<std::size_t>(some);
        }
    }
    // What comes until `end` stands in it or the server closes.
    std::string receive(const std::string& end = "") const {
        std::string all;
        char piece[4096];
        while (end.empty() || all.find(end) == std::string::npos) {
            const auto some = ::recv(socket_, piece, sizeof piece, 0);
            if (some <= 0) break;
            all.append(piece, static_cast<std::size_t>(some));
        }
        return all;
    }
    std::string ask(const std::string& bytes, const std::string& end = "") const {
        send(bytes);
        return receive(end);
    }

  private:
    int socket_;
};

class Serving : public ::testing::Test {
  protected:
    void SetUp() override {
        options.port = 0;
        options.seconds_for_header = 1;
        options.seconds_for_piece = 1;
        options.seconds_to_stop = 5;
        options.largest_upload = 3 << 20;
        options.upload_folder = folder.path() / "uploads";
        door.body_of = [](const HttpRequest& request) {
            const auto& segments = request.target.segments;
            if (segments.empty()) return BodyKind::none;
            return segments.front() == "upload" ? BodyKind::upload
                   : segments.front() == "json" ? BodyKind::json
                                                : BodyKind::none;
        };
        door.refuse_upload = [](const HttpRequest& request) -> std::optional<HttpResponse> {
            if (request.header("authorised") == "yes") return std::nullopt;
            return json_response("refused", 403);
        };
        door.answer = [this](const HttpRequest& request) { return answered(request); };
        door.job = [](std::int64_t number) -> std::optional<Job> {
            Job job;
            job.number = number;
            job.state = JobState::done;
            return job;
        };
        door.told = [](const HttpRequest&, int, std::uint64_t, double) {};
    }
    void start() {
        server = std::make_unique<HttpServer>(options, door);
        testing::got(server->listen());
        port = server->port();
        thread = std::thread([this] { server->run(); });
    }
    void TearDown() override {
        go_on = true;
        if (!server) return;
        server->stop();
        thread.join();
    }
    HttpResponse answered(const HttpRequest& request) {
        const auto& segments = request.target.segments;
        if (segments.empty()) return json_response("root");
        if (segments.front() == "slow") {
            ++slow;
            while (!go_on) std::this_thread::sleep_for(5ms);
        }
        if (segments.front() == "events") {
            HttpResponse response;
            response.follow_job = 7;
            return response;
        }
        if (segments.front() == "upload") {
            const auto size = std::filesystem::file_size(request.body_file);
            std::filesystem::remove(request.body_file);
            return json_response("bytes " + std::to_string(size));
        }
        return json_response("body " + request.body);
    }

    testing::TemporaryFolder folder;
    HttpServerOptions options;
    HttpDoor door;
    std::atomic<bool> go_on = false;
    std::atomic<int> slow = 0;
    std::unique_ptr<HttpServer> server;
    std::thread thread;
    std::uint16_t port = 0;
};

const std::string host = "Host: localhost\r\n";

TEST_F(Serving, ManyRequestsOnOneConnection_AlsoSentAhead) {
    start();
    const Caller caller(port);
    EXPECT_NE(caller.ask("GET / HTTP/1.1\r\n" + host + "\r\n", "root").find("200 OK"),
              std::string::npos);
    const std::string both =
        caller.ask("GET / HTTP/1.1\r\n" + host + "\r\nPOST /json HTTP/1.1\r\n" + host +
                       "Content-Length: 2\r\n\r\n{}",
                   "body {}");
    EXPECT_NE(both.find("root"), std::string::npos);
}

TEST_F(Serving, HeadHasALengthAndNoBody) {
    start();
    const std::string head =
        Caller(port).ask("HEAD / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
    EXPECT_NE(head.find("Content-Length: 4"), std::string::npos);
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST_F(Serving, WhatIsTooBigOrNoHttpIsRefused) {
    start();
    EXPECT_NE(Caller(port)
                  .ask("GET / HTTP/1.1\r\n" + host + "X: " + std::string(40'000, 'a') + "\r\n\r\n")
                  .find(" 431 "),
              std::string::npos);
    EXPECT_NE(Caller(port).ask("hello there\r\n\r\n").find(" 400 "), std::string::npos);
    EXPECT_NE(Caller(port).ask("GET /%zz HTTP/1.1\r\n" + host + "\r\n").find(" 400 "),
              std::string::npos);
    EXPECT_NE(Caller(port)
                  .ask("POST /json HTTP/1.1\r\n" + host + "Content-Length: 300000\r\n\r\n")
                  .find(" 413 "),
              std::string::npos);
    const std::string chunk = "20000\r\n" + std::string(0x20000, 'a') + "\r\n";
    EXPECT_NE(Caller(port)
                  .ask("POST /json HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" +
                       chunk + chunk + chunk)
                  .find(" 413 "),
              std::string::npos);
}

TEST_F(Serving, ASlowCallerIsLeftAfterASecond_OthersDoNotWait) {
    start();
    const Caller slow_caller(port);
    slow_caller.send("GET / HTTP/1.1\r\nHo");
    const auto start_of = std::chrono::steady_clock::now();
    EXPECT_NE(Caller(port).ask("GET / HTTP/1.1\r\n" + host + "\r\n", "root"), "");
    EXPECT_EQ(slow_caller.receive(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start_of, 10s);
}

TEST_F(Serving, AnUploadGoesToTheDiskPieceByPiece) {
    start();
    const std::string bytes(2'500'000, 'x');
    const std::string answer =
        Caller(port).ask("POST /upload HTTP/1.1\r\n" + host +
                         "Authorised: yes\r\nContent-Length: " + std::to_string(bytes.size()) +
                         "\r\nConnection: close\r\n\r\n" + bytes);
    EXPECT_NE(answer.find("bytes 2500000"), std::string::npos) << answer;
}

TEST_F(Serving, AnUploadThatIsRefusedTooLongOrBrokenLeavesNothing) {
    start();
    EXPECT_NE(Caller(port)
                  .ask("POST /upload HTTP/1.1\r\n" + host + "Content-Length: 100\r\n\r\n")
                  .find(" 403 "),
              std::string::npos);
    EXPECT_NE(Caller(port)
                  .ask("POST /upload HTTP/1.1\r\n" + host +
                       "Authorised: yes\r\nContent-Length: 4000000\r\n\r\n")
                  .find(" 413 "),
              std::string::npos);
    // Nobody is told of a file that stopped arriving: the connection is closed after a second.
    EXPECT_EQ(Caller(port).ask("POST /upload HTTP/1.1\r\n" + host +
                               "Authorised: yes\r\nContent-Length: 100\r\n\r\nonly this"),
              "");
    const auto nothing_left = [&] {
        return !std::filesystem::exists(options.upload_folder) ||
               std::filesystem::is_empty(options.upload_folder);
    };
    for (int tries = 0; tries < 100 && !nothing_left(); ++tries) {
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_TRUE(nothing_left());
}

TEST_F(Serving, MoreThanTheQueueHoldsIsRefusedWithRetryAfter) {
    options.workers = 1;
    options.longest_queue = 1;
    start();
    const Caller first(port);
    first.send("GET /slow HTTP/1.1\r\n" + host + "\r\n");
    while (slow == 0) std::this_thread::sleep_for(2ms);
    const Caller second(port);
    second.send("GET /slow HTTP/1.1\r\n" + host + "\r\n");
    while (server->waiting() == 0) std::this_thread::sleep_for(2ms);
    const std::string refused =
        Caller(port).ask("GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
    EXPECT_NE(refused.find(" 503 "), std::string::npos);
    EXPECT_NE(refused.find("Retry-After: 1"), std::string::npos);
    go_on = true;
    EXPECT_NE(second.receive("body").find("200 OK"), std::string::npos);
}

TEST_F(Serving, EventsEndWithTheJob) {
    start();
    const std::string events = Caller(port).ask("GET /events HTTP/1.1\r\n" + host + "\r\n");
    EXPECT_NE(events.find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(events.find("event: ended\ndata: {\"job\":7,"), std::string::npos);
}

TEST_F(Serving, StoppingLetsARequestEndAndTakesNoMore) {
    start();
    const Caller caller(port);
    caller.send("GET /slow HTTP/1.1\r\n" + host + "\r\n");
    while (slow == 0) std::this_thread::sleep_for(2ms);
    server->stop();
    while (!server->is_stopping()) std::this_thread::sleep_for(2ms);
    std::this_thread::sleep_for(50ms);
    EXPECT_THROW(Caller{port}, std::runtime_error);
    go_on = true;
    const std::string answer = caller.receive();
    EXPECT_NE(answer.find("200 OK"), std::string::npos);
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST(HttpServer, ACertificateThatCannotBeReadIsAProblem) {
    HttpServerOptions options;
    options.port = 0;
    options.tls_certificate = "/nowhere/cert.pem";
    options.tls_key = "/nowhere/key.pem";
    const auto listening = HttpServer(options, {}).listen();
    ASSERT_FALSE(listening.ok());
    EXPECT_NE(listening.problem().says.find("/nowhere/cert.pem"), std::string::npos);
}

}  // namespace
}  // namespace purse
