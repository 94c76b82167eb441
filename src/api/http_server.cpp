#include "api/http_server.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <span>

#include "api/problem_response.hpp"
#include "api/response_head.hpp"
#include "api/workers.hpp"

namespace purse {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace fs = std::filesystem;
using tcp = net::ip::tcp;
using Fault = beast::error_code;
using Clock = std::chrono::steady_clock;
using HeaderParser = http::request_parser<http::empty_body>;

namespace {

constexpr auto with_fault = net::as_tuple(net::use_awaitable);
constexpr std::size_t piece_size = std::size_t{256} << 10;

// Runs the work on the workers while the coroutine waits; nothing when their queue is full.
template <class Given>
net::awaitable<std::optional<Given>> run_on(Workers& workers, std::function<Given()> work) {
    auto executor = co_await net::this_coro::executor;
    auto initiate = [&workers, executor, &work](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        const auto give = [executor, resume](std::optional<Given> given) {
            net::post(executor, [resume, given = std::move(given)]() mutable {
                std::move (*resume)(std::move(given));
            });
        };
        if (!workers.take([give, work] { give(work()); })) give(std::nullopt);
    };
    co_return co_await net::async_initiate<const net::use_awaitable_t<>,
                                           void(std::optional<Given>)>(initiate,
                                                                       net::use_awaitable);
}

HttpRequest taken(const HeaderParser& parser, const std::string& address, std::string id) {
    HttpRequest request;
    request.method = std::string(parser.get().method_string());
    request.address = address;
    request.id = std::move(id);
    for (const auto& field : parser.get()) {
        std::string name(field.name_string());
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        std::string& value = request.headers[name];
        // Several of one name are one list (RFC 9110, 5.3).
        if (!value.empty()) value += ", ";
        value += std::string_view(field.value());
    }
    return request;
}

}  // namespace

struct HttpServer::State {
    State(HttpServerOptions given, HttpDoor its_door)
        : options(std::move(given)),
          door(std::move(its_door)),
          workers(options.workers, options.longest_queue),
          disk(1, 64) {}

    HttpServerOptions options;
    HttpDoor door;
    net::io_context context{1};
    net::ssl::context tls{net::ssl::context::tls_server};
    tcp::acceptor acceptor{context};
    Workers workers;
    Workers disk;  // one thread that writes uploads, so that a slow disk slows no page
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> busy = 0;  // requests that are being read or answered
    std::atomic<bool> stopping = false;
    std::atomic<std::uint64_t> last_request = 0;
    std::uint32_t run_number = std::random_device{}();

    [[nodiscard]] bool is_tls() const { return !options.tls_certificate.empty(); }
    std::string next_id() { return fmt::format("{:08x}{:08x}", run_number, ++last_request); }

    net::awaitable<void> accept_all();
    net::awaitable<void> serve_plain(tcp::socket socket);
    net::awaitable<void> serve_tls(tcp::socket socket);
    net::awaitable<void> wait_for_signal();
    void begin_stopping();
    net::awaitable<void> end_when_idle();
};

namespace {

// One connection, over either kind of stream. What is awaited is given named values only, and never
// stands in && or ?: itself: GCC 12 destroys temporaries of awaited expressions twice.
template <class Stream>
class Conversation {
  public:
    Conversation(HttpServer::State& house, Stream& stream, std::string address)
        : house_(house), stream_(stream), address_(std::move(address)) {}

    net::awaitable<void> run() {
        bool goes_on = true;
        while (goes_on && !house_.stopping) goes_on = co_await one_request();
    }

  private:
    void allow(int seconds) {
        beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(seconds));
    }

    net::awaitable<bool> one_request() {
        HeaderParser parser;
        parser.header_limit(house_.options.largest_header);
        parser.body_limit(house_.options.largest_upload);
        allow(house_.options.seconds_for_header);
        const auto [fault, bytes] =
            co_await http::async_read_header(stream_, buffer_, parser, with_fault);
        start_ = Clock::now();
        if (fault) {
            co_await refuse_unreadable(fault);
            co_return false;
        }
        ++house_.busy;
        const bool goes_on = co_await answer_one(parser);
        --house_.busy;
        co_return goes_on;
    }

    net::awaitable<void> refuse_unreadable(Fault fault) {
        HttpRequest request;
        request.id = house_.next_id();
        const std::optional<HttpResponse> refusal = refusal_of(fault, request.id);
        if (refusal) co_await send(request, *refusal, false);
    }

    // Nothing where the caller has gone, or was too slow.
    [[nodiscard]] std::optional<HttpResponse> refusal_of(Fault fault, const std::string& id) const {
        if (fault == http::error::header_limit || fault == http::error::buffer_overflow) {
            return problem_response(HttpFault::headers_too_big,
                                    "the headers are larger than the server takes", id);
        }
        if (fault == http::error::body_limit) return upload_too_large(id);
        if (fault.category() == http::make_error_code(http::error::bad_method).category() &&
            fault != http::error::end_of_stream && fault != http::error::partial_message) {
            return problem_response(bad_input("the request is not HTTP that can be read"), id);
        }
        return std::nullopt;
    }

    static HttpResponse too_large(const std::string& says, const std::string& id) {
        return problem_response(HttpFault::too_large, says, id);
    }
    [[nodiscard]] HttpResponse body_too_large(const std::string& id) const {
        return too_large(fmt::format("the body is larger than the {} kB that the server takes",
                                     house_.options.largest_body >> 10),
                         id);
    }
    [[nodiscard]] HttpResponse upload_too_large(const std::string& id) const {
        return too_large(
            fmt::format("the file is larger than the {} MiB that the server takes: nothing of it "
                        "was kept; send it in parts, such as a provider each",
                        std::max<std::uint64_t>(1, house_.options.largest_upload >> 20)),
            id);
    }

    static HttpResponse too_busy(const std::string& id) {
        return problem_response(HttpFault::too_busy,
                                "the server has more to do than it can: ask again in a moment", id);
    }

    net::awaitable<bool> answer_one(HeaderParser& parser) {
        HttpRequest request = taken(parser, address_, house_.next_id());
        const std::string_view raw = parser.get().target();
        bool keep = parser.keep_alive() && !house_.stopping;
        auto target = parse_target(raw);
        if (!target) {
            const HttpResponse refusal = problem_response(target.problem(), request.id);
            co_return co_await send(request, refusal, false);
        }
        request.target = std::move(*target);
        const BodyKind kind = house_.door.body_of(request);
        HttpResponse response;
        if (kind == BodyKind::upload) {
            auto refused = co_await receive_upload(parser, request);
            if (refused) co_return co_await send(request, *refused, false);
        } else {
            const bool received = co_await receive_body(parser, request, response);
            if (!received) co_return co_await send(request, response, false);
        }
        std::function<HttpResponse()> work = [this, &request] {
            return house_.door.answer(request);
        };
        auto given = co_await run_on<HttpResponse>(house_.workers, std::move(work));
        if (!request.body_file.empty() && !given) {
            std::error_code ignored;
            fs::remove(request.body_file, ignored);
        }
        keep = keep && !house_.stopping;
        if (!given) given = too_busy(request.id);
        co_return co_await send(request, *given, keep);
    }

    // A small body into memory. False: `refused` says why.
    net::awaitable<bool> receive_body(HeaderParser& header, HttpRequest& request,
                                      HttpResponse& refused) {
        if (header.is_done()) co_return true;
        const auto length = header.content_length();
        if (length && *length > house_.options.largest_body) {
            refused = body_too_large(request.id);
            co_return false;
        }
        http::request_parser<http::string_body> parser(std::move(header));
        parser.body_limit(house_.options.largest_body);
        const bool continued = co_await say_continue(request);
        if (!continued) co_return false;
        allow(house_.options.seconds_for_piece);
        const auto [fault, bytes] = co_await http::async_read(stream_, buffer_, parser, with_fault);
        if (fault) {
            refused =
                fault == http::error::body_limit
                    ? body_too_large(request.id)
                    : problem_response(bad_input("the body did not arrive whole"), request.id);
            co_return false;
        }
        request.body = std::move(parser.get().body());
        co_return true;
    }

    // A large body onto the disk, piece by piece; the answer that refuses it, or nothing.
    net::awaitable<std::optional<HttpResponse>> receive_upload(HeaderParser& header,
                                                               HttpRequest& request) {
        std::function<std::optional<HttpResponse>()> ask = [this, &request] {
            return house_.door.refuse_upload(request);
        };
        auto asked = co_await run_on<std::optional<HttpResponse>>(house_.workers, std::move(ask));
        if (!asked) co_return too_busy(request.id);
        if (*asked) co_return std::move(**asked);
        const auto length = header.content_length();
        if (length && *length > house_.options.largest_upload)
            co_return upload_too_large(request.id);
        std::error_code unmade;
        fs::create_directories(house_.options.upload_folder, unmade);
        if (unmade) co_return disk_full(request.id);
        request.body_file = house_.options.upload_folder / (request.id + ".upload");
        const bool continued = co_await say_continue(request);
        if (!continued) co_return too_busy(request.id);
        auto refused = co_await stream_to_disk(header, request);
        if (refused) {
            std::error_code ignored;
            fs::remove(request.body_file, ignored);
        }
        co_return refused;
    }

    net::awaitable<std::optional<HttpResponse>> stream_to_disk(HeaderParser& header,
                                                               const HttpRequest& request) {
        http::request_parser<http::buffer_body> parser(std::move(header));
        parser.body_limit(house_.options.largest_upload);
        std::ofstream out(request.body_file, std::ios::binary | std::ios::trunc);
        std::vector<char> piece(piece_size);
        while (!parser.is_done()) {
            parser.get().body().data = piece.data();
            parser.get().body().size = piece.size();
            allow(house_.options.seconds_for_piece);
            auto [fault, bytes] = co_await http::async_read(stream_, buffer_, parser, with_fault);
            if (fault == http::error::need_buffer) fault = {};
            if (fault == http::error::body_limit) co_return upload_too_large(request.id);
            if (fault) {
                co_return problem_response(
                    bad_input("the file did not arrive whole: send it again"), request.id);
            }
            const std::size_t arrived = piece.size() - parser.get().body().size;
            std::function<bool()> write = [&out, &piece, arrived] {
                out.write(piece.data(), static_cast<std::streamsize>(arrived));
                return out.good();
            };
            const auto written = co_await run_on<bool>(house_.disk, std::move(write));
            if (!written || !*written) co_return disk_full(request.id);
        }
        std::function<bool()> close = [&out] {
            out.close();
            return out.good();
        };
        const auto closed = co_await run_on<bool>(house_.disk, std::move(close));
        if (!closed || !*closed) co_return disk_full(request.id);
        co_return std::nullopt;
    }

    static HttpResponse disk_full(const std::string& id) {
        return problem_response(Problem{ProblemKind::unavailable,
                                        "the file cannot be written: the server's disk may be "
                                        "full. Nothing of it was kept; tell "
                                        "whoever runs Purse, and send it again"},
                                id);
    }

    net::awaitable<bool> say_continue(const HttpRequest& request) {
        if (request.header("expect") != "100-continue") co_return true;
        static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
        allow(house_.options.seconds_for_piece);
        const auto [fault, bytes] =
            co_await net::async_write(stream_, net::buffer(text), with_fault);
        co_return !fault;
    }

    // Whether the connection goes on.
    net::awaitable<bool> send(const HttpRequest& request, const HttpResponse& response, bool keep) {
        std::uint64_t sent = 0;
        bool good = true;
        const int status = response.status;
        if (response.follow_job != 0) {
            good = co_await send_events(response);
            keep = false;
        } else if (!response.file.empty()) {
            good = co_await send_file(request, response, keep, sent);
        } else {
            good = co_await send_body(request, response, keep, sent);
        }
        house_.door.told(request, status, sent,
                         std::chrono::duration<double>(Clock::now() - start_).count());
        if (!keep && good) co_await say_goodbye();
        co_return good&& keep;
    }

    net::awaitable<bool> write_all(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::string_view piece = bytes.substr(0, piece_size);
            allow(house_.options.seconds_for_piece);
            const auto [fault, written] = co_await net::async_write(
                stream_, net::buffer(piece.data(), piece.size()), with_fault);
            if (fault) co_return false;
            bytes.remove_prefix(piece.size());
        }
        co_return true;
    }

    net::awaitable<bool> send_body(const HttpRequest& request, const HttpResponse& response,
                                   bool keep, std::uint64_t& sent) {
        const std::string_view body = response.body ? std::string_view(*response.body) : "";
        std::string bytes = response_head(response, body.size(), keep, house_.is_tls());
        if (request.method != "HEAD") sent = body.size();
        // One write where both are small: a page's data come in one packet.
        if (request.method == "HEAD") co_return co_await write_all(bytes);
        if (body.size() < piece_size) {
            bytes += body;
            co_return co_await write_all(bytes);
        }
        const bool written = co_await write_all(bytes);
        if (!written) co_return false;
        co_return co_await write_all(body);
    }

    net::awaitable<bool> send_file(const HttpRequest& request, const HttpResponse& response,
                                   bool keep, std::uint64_t& sent) {
        std::ifstream in(response.file, std::ios::binary);
        std::error_code fault;
        const std::uint64_t size = fs::file_size(response.file, fault);
        if (!in || fault) {
            const HttpResponse gone = problem_response(
                conflict("a stored file is missing: run 'purse verify' on the site"), request.id);
            co_return co_await send_body(request, gone, keep, sent);
        }
        const std::string head = response_head(response, size, keep, house_.is_tls());
        bool good = co_await write_all(head);
        std::string piece(piece_size, '\0');
        while (good && request.method != "HEAD" && sent < size) {
            in.read(piece.data(), static_cast<std::streamsize>(
                                      std::min<std::uint64_t>(piece.size(), size - sent)));
            const auto got = static_cast<std::size_t>(in.gcount());
            if (got == 0) co_return false;
            good = co_await write_all(std::string_view(piece.data(), got));
            sent += got;
        }
        co_return good;
    }

    // Looks four times a second for changes; a comment line when there was none for 15 seconds.
    net::awaitable<bool> send_events(const HttpResponse& response) {
        const std::string head = event_stream_head(response, house_.is_tls());
        bool good = co_await write_all(head);
        auto executor = co_await net::this_coro::executor;
        net::steady_timer timer(executor);
        std::optional<std::uint64_t> seen;
        auto last = Clock::now();
        while (good && !house_.stopping) {
            const auto job = house_.door.job(response.follow_job);
            if (!job) break;
            if (seen != job->changes) {
                seen = job->changes;
                last = Clock::now();
                const std::string event = fmt::format(
                    "event: {}\ndata: {}\n\n", job->ended() ? "ended" : "progress", job_json(*job));
                good = co_await write_all(event);
                if (job->ended()) break;
            } else if (Clock::now() - last > std::chrono::seconds(15)) {
                last = Clock::now();
                good = co_await write_all(": still here\n\n");
            }
            timer.expires_after(std::chrono::milliseconds(250));
            co_await timer.async_wait(with_fault);
        }
        co_return good;
    }

    // So that the last answer arrives even where the request's body was not read to its end.
    net::awaitable<void> say_goodbye() {
        allow(5);
        if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
            co_await stream_.async_shutdown(with_fault);
        } else {
            Fault ignored;
            stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
            std::array<char, 4096> rest{};
            for (;;) {
                const auto [fault, bytes] =
                    co_await stream_.async_read_some(net::buffer(rest), with_fault);
                if (fault || bytes == 0) break;
            }
        }
    }

    HttpServer::State& house_;
    Stream& stream_;
    std::string address_;
    beast::flat_buffer buffer_{piece_size};
    Clock::time_point start_;
};

std::string address_of(const tcp::socket& socket) {
    Fault fault;
    const auto peer = socket.remote_endpoint(fault);
    return fault ? std::string() : peer.address().to_string();
}

}  // namespace

net::awaitable<void> HttpServer::State::serve_plain(tcp::socket socket) {
    const std::string address = address_of(socket);
    beast::tcp_stream stream(std::move(socket));
    Conversation<beast::tcp_stream> conversation(*this, stream, address);
    co_await conversation.run();
    --connections;
}

net::awaitable<void> HttpServer::State::serve_tls(tcp::socket socket) {
    using TlsStream = beast::ssl_stream<beast::tcp_stream>;
    const std::string address = address_of(socket);
    TlsStream stream(std::move(socket), tls);
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(10));
    const auto [fault] = co_await stream.async_handshake(net::ssl::stream_base::server, with_fault);
    Conversation<TlsStream> conversation(*this, stream, address);
    if (!fault) co_await conversation.run();
    --connections;
}

net::awaitable<void> HttpServer::State::accept_all() {
    for (;;) {
        auto [fault, socket] = co_await acceptor.async_accept(with_fault);
        if (!acceptor.is_open()) co_return;
        if (fault) {
            // Out of file descriptors, most likely: those that are open have to end first.
            net::steady_timer pause(context, std::chrono::milliseconds(50));
            co_await pause.async_wait(with_fault);
            continue;
        }
        if (connections >= options.most_connections) continue;  // closed at once
        ++connections;
        Fault ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const auto end = [this](const std::exception_ptr& thrown) {
            if (thrown) --connections;
        };
        if (is_tls()) {
            net::co_spawn(context, serve_tls(std::move(socket)), end);
        } else {
            net::co_spawn(context, serve_plain(std::move(socket)), end);
        }
    }
}

net::awaitable<void> HttpServer::State::wait_for_signal() {
    net::signal_set signals(context, SIGTERM, SIGINT);
    const auto [fault, number] = co_await signals.async_wait(with_fault);
    if (!fault) begin_stopping();
}

void HttpServer::State::begin_stopping() {
    if (stopping.exchange(true)) return;
    Fault ignored;
    acceptor.close(ignored);
    net::co_spawn(context, end_when_idle(), net::detached);
}

net::awaitable<void> HttpServer::State::end_when_idle() {
    net::steady_timer timer(context);
    const auto latest = Clock::now() + std::chrono::seconds(options.seconds_to_stop);
    while (busy > 0 && Clock::now() < latest) {
        timer.expires_after(std::chrono::milliseconds(20));
        co_await timer.async_wait(with_fault);
    }
    context.stop();
}

HttpServer::HttpServer(HttpServerOptions options, HttpDoor door)
    : state_(std::make_unique<State>(std::move(options), std::move(door))) {}
HttpServer::~HttpServer() = default;

Outcome HttpServer::listen() {
    const HttpServerOptions& options = state_->options;
    Fault fault;
    const auto address = net::ip::make_address(options.address, fault);
    if (fault) return bad_input(fmt::format("'{}' is not an IP address", options.address));
    if (state_->is_tls()) {
        state_->tls.set_options(net::ssl::context::default_workarounds |
                                net::ssl::context::no_tlsv1 | net::ssl::context::no_tlsv1_1);
        state_->tls.use_certificate_chain_file(options.tls_certificate.string(), fault);
        if (!fault) {
            state_->tls.use_private_key_file(options.tls_key.string(), net::ssl::context::pem,
                                             fault);
        }
        if (fault) {
            return bad_input(fmt::format("cannot use the certificate {} with the key {}: {}",
                                         options.tls_certificate.string(), options.tls_key.string(),
                                         fault.message()));
        }
    }
    const tcp::endpoint end(address, options.port);
    state_->acceptor.open(end.protocol(), fault);
    if (!fault) state_->acceptor.set_option(tcp::acceptor::reuse_address(true), fault);
    if (!fault) state_->acceptor.bind(end, fault);
    if (!fault) state_->acceptor.listen(1024, fault);
    if (fault) {
        return Problem{ProblemKind::unavailable,
                       fmt::format("cannot listen on {} port {}: {}", options.address, options.port,
                                   fault.message())};
    }
    return Nothing{};
}

std::uint16_t HttpServer::port() const { return state_->acceptor.local_endpoint().port(); }

void HttpServer::run() {
    net::co_spawn(state_->context, state_->accept_all(), net::detached);
    net::co_spawn(state_->context, state_->wait_for_signal(), net::detached);
    state_->context.run();
    state_->workers.stop();
    state_->disk.stop();
}

void HttpServer::stop() {
    net::post(state_->context, [this] { state_->begin_stopping(); });
}

std::size_t HttpServer::connections() const { return state_->connections; }
std::size_t HttpServer::waiting() const { return state_->workers.waiting(); }
bool HttpServer::is_stopping() const { return state_->stopping; }

}  // namespace purse
