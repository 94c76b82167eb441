#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <fstream>
#include <thread>

#include "tables/delimited.hpp"

namespace purse {
namespace {

class FileBytesTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("purse_file_bytes_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file_of(std::string_view bytes) {
        const auto file = folder_ / "file";
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }
    std::string problem_of(std::string_view bytes) {
        const auto read = FileBytes::open(file_of(bytes));
        return read.ok() ? "no problem" : read.problem().says;
    }
    std::filesystem::path folder_;
};

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
    std::string input = text;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

TEST_F(FileBytesTest, AreTheFiles) {
    for (const std::string text : {"", "a", "a,b\nc,d\n"}) {
        const auto read = FileBytes::open(file_of(text));
        ASSERT_TRUE(read.ok());
        EXPECT_EQ(read->bytes(), text);
    }
}

TEST_F(FileBytesTest, OutliveTheReaderThroughTheirOwner) {
    std::shared_ptr<const void> owner;
    std::string_view bytes;
    {
        const auto read = FileBytes::open(file_of(gzip("kept")));
        ASSERT_TRUE(read.ok());
        bytes = read->bytes();
        owner = read->owner();
    }
    EXPECT_EQ(bytes, "kept");
}

TEST_F(FileBytesTest, AreInflatedWhenTheyAreGzip) {
    std::string large;
    for (std::int64_t i = 0; i < 300'000; ++i) large += std::to_string(i * 7919) + ",x\n";
    for (const std::string& text :
         {std::string(), std::string("a,b\n"), large, std::string(5 << 20, 'z')}) {
        const auto read = FileBytes::open(file_of(gzip(text)));
        ASSERT_TRUE(read.ok());
        EXPECT_TRUE(read->bytes() == text);
    }
}

TEST_F(FileBytesTest, AreJoinedFromGzipMembersAndPadding) {
    const auto read =
        FileBytes::open(file_of(gzip("a,b\n") + gzip("") + gzip("c,d\n") + std::string(100, '\0')));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->bytes(), "a,b\nc,d\n");
}

TEST_F(FileBytesTest, OfADamagedGzipAreAProblem) {
    const std::string packed = gzip("a,b\nc,d\ne,f\n");
    for (std::size_t size = 2; size < packed.size(); ++size) {
        EXPECT_NE(problem_of(packed.substr(0, size)).find("is cut short"), std::string::npos)
            << size;
    }
    std::string spoilt = packed;
    spoilt[spoilt.size() - 6] ^= 1;  // the checksum
    EXPECT_NE(problem_of(spoilt).find("is damaged"), std::string::npos);
    EXPECT_NE(problem_of(packed + "more").find("is no gzip"), std::string::npos);
}

TEST_F(FileBytesTest, OfAFolderOrNothingAreAProblem) {
    EXPECT_EQ(FileBytes::open(folder_).problem().says,
              folder_.string() + " is a folder: name a file in it");
    EXPECT_EQ(FileBytes::open(folder_ / "none").problem().kind, ProblemKind::not_found);
}

TEST_F(FileBytesTest, ComeFromAPipeToo) {
    const auto pipe = folder_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const std::string large(300'000, 'p');
    std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << large; });
    const auto read = FileBytes::open(pipe);
    writer.join();
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(read->bytes() == large);
}

TEST(FileBytes, CanBeMadeOfAText) {
    const FileBytes made = FileBytes::of("short");
    const FileBytes copy = made;
    EXPECT_EQ(copy.bytes(), "short");
}

}  // namespace
}  // namespace purse
