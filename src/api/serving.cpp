#include "api/serving.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <thread>

#include "api/front_door.hpp"
#include "api/http_server.hpp"
#include "desk/alerts.hpp"
#include "desk/clock.hpp"
#include "desk/mail_carrier.hpp"

namespace purse {

namespace {

HttpServerOptions options_of(const ServeCommand& command, const ListenAddress& listen,
                             const Site& site) {
    HttpServerOptions options;
    options.address = listen.address;
    options.port = listen.port;
    options.tls_certificate = command.tls_certificate;
    options.tls_key = command.tls_key;
    options.largest_upload = command.largest_upload_mib << 20;
    options.upload_folder = site.staging_folder() / "uploads";
    options.workers = command.workers > 0
                          ? command.workers
                          : std::max<std::size_t>(4, 2 * std::thread::hardware_concurrency());
    return options;
}

HttpDoor door_of(Office& office, FrontDoor& front, bool quiet) {
    HttpDoor door;
    door.body_of = [](const HttpRequest& request) { return FrontDoor::body_of(request); };
    door.refuse_upload = [&](const HttpRequest& request) { return front.refuse_upload(request); };
    door.answer = [&](const HttpRequest& request) { return front.answer(request); };
    door.job = [&](std::int64_t number) { return office.jobs.find(number); };
    door.told = [&office, quiet](const HttpRequest& request, int status, std::uint64_t bytes,
                                 double seconds) {
        const std::string route = FrontDoor::route_name(request);
        office.metrics.count(route, status, seconds);
        if (quiet) return;
        fmt::print(stderr, "{}",
                   log_line(now_utc(), request.id, request.method, route, status, bytes, seconds));
    };
    return door;
}

void tell_the_log(const std::string& says) {
    const boost::json::object line{{"at", now_utc()}, {"says", says}};
    fmt::print(stderr, "{}\n", boost::json::serialize(line));
}

void open_ahead(Office& office) {
    try {
        const auto month = office.months.open(office.site, std::nullopt);
        if (!month) return;
        (void)office.variances.of(office.site, (*month)->reports());
        (void)office.benchmarks.of(office.site, (*month)->month(),
                                   (*month)->reports().closing.sequence);
    } catch (const std::exception& fault) {
        tell_the_log(std::string("the latest month was not opened ahead: ") + fault.what());
    }
}

Outcome post_alerts(Site& site, Instant now) {
    const auto letters = write_alert_letters(site, now);
    if (!letters) return letters.problem();
    return Nothing{};
}

Result<ListenAddress> checked(const ServeCommand& command) {
    if (command.tls_certificate.empty() != command.tls_key.empty()) {
        return bad_input("TLS needs both: --tls-cert FILE and --tls-key FILE");
    }
    return parse_listen_address(command.listen);
}

}  // namespace

Result<ListenAddress> parse_listen_address(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const Problem wrong =
        bad_input(fmt::format("'{}' is not an address and a port, such as 127.0.0.1:8080", text));
    if (colon == std::string::npos || colon == 0) return wrong;
    ListenAddress listen;
    listen.address = text.substr(0, colon);
    if (listen.address.front() == '[' && listen.address.back() == ']') {
        listen.address = listen.address.substr(1, listen.address.size() - 2);
    }
    const char* end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data() + colon + 1, end, listen.port);
    if (fault != std::errc() || rest != end || listen.address.empty()) return wrong;
    return listen;
}

Outcome serve(const ServeCommand& command) {
    const auto listen = checked(command);
    if (!listen) return listen.problem();
    auto office = Office::open(command.site);
    if (!office) return office.problem();
    if (!command.pages.empty()) {
        auto pages = StaticFiles::read(command.pages);
        if (!pages) return pages.problem();
        (*office)->pages = *std::move(pages);
    }
    const auto mail = read_mail_settings((*office)->site.folder() / "purse.toml");
    if (!mail) return mail.problem();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ,
                SIG_IGN);  // a file that may not grow is a fault of its writer's, as a full disk
    FrontDoor front(**office);
    (*office)->version = command.version;
    (*office)->largest_upload = command.largest_upload_mib << 20;
    const HttpServerOptions options = options_of(command, *listen, (*office)->site);
    HttpServer server(options, door_of(**office, front, command.quiet));
    if (const auto open = server.listen(); !open) return open;
    const std::string shown = listen->address.find(':') == std::string::npos
                                  ? listen->address
                                  : "[" + listen->address + "]";
    const std::string address = fmt::format(
        "{}://{}:{}", command.tls_certificate.empty() ? "http" : "https", shown, server.port());
    (*office)->own_address = command.own_address.empty() ? address : command.own_address;
    (*office)->most_at_the_provider = std::max(2, static_cast<int>(options.workers / 2));
    std::optional<MailCarrier> carrier;
    if (*mail) {
        carrier.emplace((*office)->site, **mail,
                        [&site = (*office)->site](Instant now) { return post_alerts(site, now); },
                        tell_the_log);
    }
    // Whoever asks first should not wait until the latest month is opened.
    const std::jthread ahead([&office] { open_ahead(**office); });
    (*office)->requests_waiting = [&server] { return server.waiting(); };
    fmt::print("serving {} at {}\n", (*office)->site.settings().name, address);
    std::fflush(stdout);
    server.run();
    if (!(*office)->jobs.stop(20)) {
        // A load or closing cut short leaves the register as it was: as if it had been killed.
        fmt::print("stopped; a job was cut short and has changed nothing\n");
        std::fflush(stdout);
        std::_Exit(0);
    }
    fmt::print("stopped\n");
    return Nothing{};
}

}  // namespace purse
