#include "api/compressed.hpp"

#include <zlib.h>

#include "base/check.hpp"

namespace purse {

std::string gzipped(std::string_view text) {
    constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more for a gzip header
    z_stream stream{};
    CHECK(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, 8,
                       Z_DEFAULT_STRATEGY) == Z_OK);
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

}  // namespace purse
