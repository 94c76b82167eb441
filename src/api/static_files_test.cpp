#include "api/static_files.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/demo_site.hpp"

namespace purse {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;
using testing::write_bytes;

class Pages : public ::testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(folder.path() / "dist/assets");
        write_bytes(folder.path() / "secret.txt", "not for anybody");
        write_bytes(folder.path() / "dist/index.html", "<p>pages</p>");
        write_bytes(folder.path() / "dist/assets/app-1a2b.js", "plain");
        write_bytes(folder.path() / "dist/assets/app-1a2b.js.br", "brotli");
        write_bytes(folder.path() / "dist/assets/app-1a2b.js.gz", "gzip");
        files = testing::got(StaticFiles::read(folder.path() / "dist"));
    }
    Result<HttpResponse> get(const std::string& path, const std::string& accepts = "") {
        HttpRequest request;
        request.method = "GET";
        request.target = testing::got(parse_target(path));
        if (!accepts.empty()) request.headers["accept-encoding"] = accepts;
        return files.serve(request);
    }
    static std::string header(const HttpResponse& response, const std::string& name) {
        for (const auto& [each, value] : response.headers) {
            if (each == name) return value;
        }
        return "";
    }
    TemporaryFolder folder;
    StaticFiles files;
};

TEST_F(Pages, TheRootAndDeepLinksAreTheOnePage) {
    for (const char* path : {"/", "/index.html", "/practices/Y00001", "/budget/2017-18"}) {
        const auto page = get(path);
        ASSERT_TRUE(page.ok()) << path;
        EXPECT_EQ(*page->body, "<p>pages</p>");
        EXPECT_EQ(header(*page, "Cache-Control"), "no-cache");
    }
}

TEST_F(Pages, AMissingFileIsNotThePage) {
    EXPECT_FALSE(get("/assets/app-9z9z.js").ok());
    EXPECT_FALSE(get("/favicon.ico").ok());
    EXPECT_FALSE(get("/secret.txt").ok());
    EXPECT_FALSE(get("/assets/app-1a2b.js.br").ok());
}

TEST_F(Pages, CompressedWhereTheAskerTakesIt) {
    EXPECT_EQ(*get("/assets/app-1a2b.js")->body, "plain");
    EXPECT_EQ(*get("/assets/app-1a2b.js", "gzip")->body, "gzip");
    EXPECT_EQ(*get("/assets/app-1a2b.js", "gzip, deflate, br")->body, "brotli");
    EXPECT_EQ(*get("/assets/app-1a2b.js", "br;q=0, gzip;q=0.5")->body, "gzip");
    const auto compressed = get("/assets/app-1a2b.js", "br");
    EXPECT_EQ(header(*compressed, "Content-Encoding"), "br");
    EXPECT_EQ(header(*compressed, "Vary"), "Accept-Encoding");
    EXPECT_EQ(compressed->content_type, "text/javascript; charset=utf-8");
}

TEST_F(Pages, HashedAssetsAreKeptForAYear) {
    EXPECT_EQ(header(*get("/assets/app-1a2b.js"), "Cache-Control"),
              "public, max-age=31536000, immutable");
}

TEST_F(Pages, AFolderWithoutPagesIsRefused) {
    const auto none = StaticFiles::read(folder.path());
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.problem().says.find("make web"), std::string::npos);
}

}  // namespace
}  // namespace purse
