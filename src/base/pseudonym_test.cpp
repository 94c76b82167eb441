#include "base/pseudonym.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace purse {
namespace {

class KeyFile : public ::testing::Test {
  protected:
    void TearDown() override { std::filesystem::remove(file_); }
    void write(std::string_view text, mode_t mode) {
        std::ofstream(file_) << text;
        ASSERT_EQ(::chmod(file_.c_str(), mode), 0);
    }
    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / ("purse_key_" + std::to_string(::getpid()));
};

TEST(Pseudonym, IsTheSameForTheSameKeyKindAndNumber) {
    const PseudonymKey key = PseudonymKey::from_phrase("one");
    EXPECT_EQ(key.of('n', "9434765919"), key.of('n', "9434765919"));
    EXPECT_NE(key.of('n', "9434765919"), key.of('l', "9434765919"));
    EXPECT_NE(key.of('n', "9434765919"), key.of('n', "9434765918"));
    EXPECT_NE(key.of('n', "9434765919"), PseudonymKey::from_phrase("two").of('n', "9434765919"));
}

TEST(Pseudonym, TellsLongIdentifiersApartAboutItsBuffersEnd) {
    const PseudonymKey key = PseudonymKey::from_phrase("one");
    for (std::size_t size = 60; size < 70; ++size) {
        EXPECT_NE(key.of('l', std::string(size, 'x')), key.of('l', std::string(size + 1, 'x')));
    }
}

TEST(Pseudonym, IsPrintedAs32HexDigits) {
    EXPECT_EQ(to_text(Pseudonym{1, 0xabc}), "00000000000000010000000000000abc");
}

TEST_F(KeyFile, IsMadeOnceForItsOwnerAlone) {
    const auto made = PseudonymKey::create(file_);
    ASSERT_TRUE(made.ok());
    struct stat status{};
    ASSERT_EQ(::stat(file_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    const auto read = PseudonymKey::from_file(file_);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->of('n', "1"), made->of('n', "1"));
    EXPECT_EQ(PseudonymKey::create(file_).problem().kind, ProblemKind::conflict);
}

TEST_F(KeyFile, IsRefusedWhenOthersMayReadItOrItIsNoKey) {
    EXPECT_EQ(PseudonymKey::from_file(file_).problem().kind, ProblemKind::not_found);
    write("00112233445566778899aabbccddeeff", 0644);
    EXPECT_EQ(PseudonymKey::from_file(file_).problem().kind, ProblemKind::forbidden);
    write("00112233445566778899aabbccddeeff", 0600);
    EXPECT_TRUE(PseudonymKey::from_file(file_).ok());
    for (const std::string_view text :
         {"", "0011", "00112233445566778899aabbccddeefg", "00112233445566778899aabbccddeeff00"}) {
        write(text, 0600);
        EXPECT_EQ(PseudonymKey::from_file(file_).problem().kind, ProblemKind::bad_input) << text;
    }
}

}  // namespace
}  // namespace purse
