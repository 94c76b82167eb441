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

TEST(Compressed, LongTextsAreAndNothingElseIs) {
    HttpRequest request;
    request.headers["accept-encoding"] = "gzip";
    const auto sent = [&](const std::string& type, std::size_t length) {
        HttpResponse response;
        response.content_type = type;
        response.body = std::make_shared<const std::string>(length, 'x');
        return compressed_for(request, std::move(response));
    };
    const HttpResponse json = sent("application/json", 5000);
    EXPECT_EQ(unpacked(*json.body), std::string(5000, 'x'));
    EXPECT_EQ(json.headers, (std::vector<std::pair<std::string, std::string>>{
                                {"Vary", "Accept-Encoding"}, {"Content-Encoding", "gzip"}}));
    EXPECT_EQ(compressed_for(request, json).body->size(), json.body->size()) << "not twice";
    EXPECT_EQ(sent("application/json", 1000).body->size(), 1000U);
    EXPECT_EQ(sent("image/png", 5000).body->size(), 5000U);
    request.headers.clear();
    EXPECT_EQ(sent("text/csv; charset=utf-8", 5000).body->size(), 5000U);
}

}  // namespace
}  // namespace purse
