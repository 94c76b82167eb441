#include "api/static_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "base/digest.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> types = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".ico", "image/x-icon"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
}};

std::string type_of(const fs::path& file) {
    const std::string ending = file.extension().string();
    const auto* found = std::ranges::find(types, ending, [](const auto& row) { return row.first; });
    return found == types.end() ? "application/octet-stream" : std::string(found->second);
}

std::shared_ptr<const std::string> bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return nullptr;
    return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                               std::istreambuf_iterator<char>{});
}

bool takes(std::string_view accepted, std::string_view coding) {
    while (!accepted.empty()) {
        const std::size_t end = std::min(accepted.find(','), accepted.size());
        std::string_view one = accepted.substr(0, end);
        accepted.remove_prefix(std::min(end + 1, accepted.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        const std::string_view name = one.substr(0, one.find_first_of("; "));
        if (name == coding) return !one.ends_with("q=0") && !one.ends_with("q=0.0");
    }
    return false;
}

std::string joined(const std::vector<std::string>& segments) {
    std::string path;
    for (const std::string& segment : segments) {
        path += path.empty() ? segment : "/" + segment;
    }
    return path;
}

constexpr std::string_view no_pages =
    "<!doctype html><html lang=\"en\"><title>Purse</title><h1>Purse</h1><p>The server runs. The "
    "pages are not built: run <code>make web</code> and start it again.</p></html>";

}  // namespace

Result<StaticFiles> StaticFiles::read(const fs::path& folder) {
    if (!fs::is_regular_file(folder / "index.html")) {
        return not_found(
            fmt::format("{} has no index.html: build the pages with 'make web'", folder.string()));
    }
    StaticFiles all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const fs::path& path = entry.path();
        if (!entry.is_regular_file() || path.extension() == ".br" || path.extension() == ".gz") {
            continue;
        }
        File file;
        file.plain = bytes_of(path);
        if (!file.plain) return not_found(fmt::format("cannot read {}", path.string()));
        file.content_type = type_of(path);
        file.etag = fmt::format("\"{}\"", digest_of(*file.plain).substr(0, 32));
        file.brotli = bytes_of(path.string() + ".br");
        file.gzip = bytes_of(path.string() + ".gz");
        const std::string name = fs::relative(path, folder).generic_string();
        file.is_hashed = name.starts_with("assets/");
        all.files_.emplace(name, std::move(file));
    }
    return all;
}

Result<HttpResponse> StaticFiles::serve(const HttpRequest& request) const {
    HttpResponse response;
    if (files_.empty()) {
        response.content_type = "text/html; charset=utf-8";
        response.body = std::make_shared<const std::string>(no_pages);
        return response;
    }
    const std::string path = joined(request.target.segments);
    auto found = files_.find(path);
    if (found == files_.end()) {
        const bool is_page = !path.starts_with("assets/") && !path.starts_with("api/") &&
                             path.find('.', path.rfind('/') + 1) == std::string::npos;
        if (!is_page) return not_found("there is no such file");
        found = files_.find("index.html");
    }
    const File& file = found->second;
    response.content_type = file.content_type;
    response.with("ETag", file.etag).with("Vary", "Accept-Encoding");
    response.with("Cache-Control",
                  file.is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
    if (request.header("if-none-match") == file.etag) {
        response.status = 304;
        response.content_type.clear();
        return response;
    }
    const std::string_view accepted = request.header("accept-encoding");
    if (file.brotli && takes(accepted, "br")) {
        response.body = file.brotli;
        response.with("Content-Encoding", "br");
    } else if (file.gzip && takes(accepted, "gzip")) {
        response.body = file.gzip;
        response.with("Content-Encoding", "gzip");
    } else {
        response.body = file.plain;
    }
    return response;
}

void add_security_headers(HttpResponse& response, bool is_tls) {
    response
        .with("Content-Security-Policy",
              "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
              "object-src 'none'")
        .with("X-Content-Type-Options", "nosniff")
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (is_tls) response.with("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace purse
