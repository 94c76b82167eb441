#include "api/compressed.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace purse {
namespace {

std::string unpacked(const std::string& bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0');
    std::string in = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(Compressed, UnpacksToWhatItWas) {
    for (const std::string& text :
         {std::string(), std::string("{}"), std::string(300'000, 'x'), std::string("\0\xFF", 2)}) {
        EXPECT_EQ(unpacked(gzipped(text)), text);
    }
    EXPECT_LT(gzipped(std::string(300'000, 'x')).size(), 1000U);
}

TEST(Compressed, IsForThoseWhoTakeIt) {
    HttpRequest request;
    EXPECT_FALSE(takes_gzip(request));
    request.headers["accept-encoding"] = "gzip, deflate, br, zstd";
    EXPECT_TRUE(takes_gzip(request));
    request.headers["accept-encoding"] = "gzip;q=0, br";
    EXPECT_FALSE(takes_gzip(request));
}

}  // namespace
}  // namespace purse
