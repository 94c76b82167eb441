#include "base/digest.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace purse {
namespace {

TEST(Digest, IsBlake2b256) {
    EXPECT_EQ(digest_of(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_EQ(digest_of("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Digest, DoesNotCareHowTheBytesCameIn) {
    Digest digest;
    digest.add("a");
    digest.add("");
    digest.add("bc");
    EXPECT_EQ(digest.hex(), digest_of("abc"));
}

TEST(Digest, OfAFileIsThatOfItsBytes) {
    const auto file =
        std::filesystem::temp_directory_path() / ("purse_digest_" + std::to_string(::getpid()));
    const std::string bytes(3'000'000, 'x');
    std::ofstream(file) << bytes;
    EXPECT_EQ(digest_of_file(file).value(), digest_of(bytes));
    std::filesystem::remove(file);
    EXPECT_EQ(digest_of_file(file).problem().kind, ProblemKind::not_found);
}

}  // namespace
}  // namespace purse
