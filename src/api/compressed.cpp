#include "api/compressed.hpp"

#include <zlib.h>

#include <algorithm>

#include "base/check.hpp"

namespace purse {

std::string gzipped(std::string_view text, Effort effort) {
    constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more for a gzip header
    z_stream stream{};
    const int level = effort == Effort::least_bytes ? Z_BEST_COMPRESSION : 4;
    CHECK(deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    // zlib reads the input without changing it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool takes_gzip(const HttpRequest& request) {
    const std::string_view encodings = request.header("accept-encoding");
    return encodings.find("gzip") != std::string_view::npos &&
           encodings.find("gzip;q=0") == std::string_view::npos;
}

namespace {

constexpr std::size_t shortest_compressed = 2048;

bool is_text(std::string_view content_type) {
    return content_type.starts_with("application/json") || content_type.starts_with("text/");
}

}  // namespace

HttpResponse compressed_for(const HttpRequest& request, HttpResponse response) {
    if (!response.body || response.body->size() < shortest_compressed ||
        !is_text(response.content_type)) {
        return response;
    }
    const auto is_told = [&](std::string_view name) {
        return std::ranges::any_of(response.headers,
                                   [&](const auto& header) { return header.first == name; });
    };
    if (is_told("Content-Encoding")) return response;
    if (!is_told("Vary")) response.with("Vary", "Accept-Encoding");
    if (!takes_gzip(request)) return response;
    response.body =
        std::make_shared<const std::string>(gzipped(*response.body, Effort::least_time));
    response.with("Content-Encoding", "gzip");
    return response;
}

}  // namespace purse
