#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "tables/delimited.hpp"

namespace purse {

namespace {

constexpr std::size_t most_inflated = std::size_t{64} << 30;

class Descriptor {
  public:
    explicit Descriptor(const std::filesystem::path& file)
        : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

// Bytes that grow in place where the allocator can move pages instead of copying.
class Growing {
  public:
    Growing() = default;
    ~Growing() { std::free(bytes_); }
    Growing(const Growing&) = delete;
    Growing& operator=(const Growing&) = delete;

    [[nodiscard]] bool grow_to(std::size_t size) {
        void* const grown = std::realloc(bytes_, size);
        if (grown == nullptr) return false;
        bytes_ = static_cast<char*>(grown);
        size_ = size;
        return true;
    }
    [[nodiscard]] char* at(std::size_t place) { return bytes_ + place; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::shared_ptr<const void> hand_over() {
        return {std::exchange(bytes_, nullptr), [](void* bytes) { std::free(bytes); }};
    }

  private:
    char* bytes_ = nullptr;
    std::size_t size_ = 0;
};

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

Problem cannot_read(const std::filesystem::path& file) {
    const int fault = errno;
    const std::string says = fmt::format("cannot read {}: {}", file.string(), std::strerror(fault));
    if (fault == ENOENT || fault == ENOTDIR) return not_found(says);
    return {fault == EACCES ? ProblemKind::forbidden : ProblemKind::unavailable, says};
}

struct Owned {
    std::string_view bytes;
    std::shared_ptr<const void> owner;
};

Problem file_too_large(const std::string& name) {
    return bad_input(
        fmt::format("{} is larger than this machine can hold: split it into months", name));
}

// A pipe, or a file whose size is not known beforehand.
Result<Owned> read_to_end(const Descriptor& from, const std::filesystem::path& file) {
    Growing read;
    std::size_t count = 0;
    for (;;) {
        if (count == read.size() && !read.grow_to(std::max<std::size_t>(1 << 16, 2 * count))) {
            return file_too_large(file.string());
        }
        const ssize_t more = ::read(from.number(), read.at(count), read.size() - count);
        if (more < 0 && errno == EINTR) continue;
        if (more < 0) return cannot_read(file);
        if (more == 0) break;
        count += static_cast<std::size_t>(more);
    }
    const std::string_view bytes(read.at(0), count);
    return Owned{bytes, read.hand_over()};
}

// The file must not be cut short while it is read: a mapping cannot survive that.
Result<Owned> mapped(const Descriptor& from, std::size_t size, const std::filesystem::path& file) {
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, from.number(), 0);
    if (start == MAP_FAILED) return cannot_read(file);
    ::madvise(start, size, MADV_SEQUENTIAL);
    return Owned{{static_cast<const char*>(start), size},
                 {start, [size](void* bytes) { ::munmap(bytes, size); }}};
}

Result<Owned> stored_bytes(const std::filesystem::path& file) {
    const Descriptor from(file);
    struct stat status{};
    if (from.number() < 0 || ::fstat(from.number(), &status) != 0) return cannot_read(file);
    if (S_ISDIR(status.st_mode)) {
        return bad_input(fmt::format("{} is a folder: name a file in it", file.string()));
    }
    if (!S_ISREG(status.st_mode) || status.st_size == 0) return read_to_end(from, file);
    return mapped(from, static_cast<std::size_t>(status.st_size), file);
}

class Inflater {
  public:
    Inflater(std::string_view packed, std::string name) : packed_(packed), name_(std::move(name)) {
        CHECK(::inflateInit2(&stream_, 15 + 16) == Z_OK);
    }
    ~Inflater() { ::inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    Result<Owned> run() {
        while (true) {
            if (!make_room()) return file_too_large(name_);
            const int state = step();
            if (state == Z_STREAM_END) {
                if (!another_member()) break;
            } else if (state != Z_OK && state != Z_BUF_ERROR) {
                return damaged("is damaged");
            } else if (used_ == packed_.size() && stream_.avail_out > 0) {
                return damaged("is cut short");
            }
        }
        if (!only_padding_left()) return damaged("is followed by something that is no gzip");
        const std::string_view bytes(out_.at(0), count_);
        return Owned{bytes, out_.hand_over()};
    }

  private:
    bool make_room() {
        if (count_ < out_.size()) return true;
        const std::size_t wanted = std::max({std::size_t{1} << 16, 4 * packed_.size(), 2 * count_});
        return count_ < most_inflated && out_.grow_to(std::min(wanted, most_inflated));
    }

    int step() {
        constexpr std::size_t most = std::size_t{1} << 30;
        const std::size_t in = std::min(most, packed_.size() - used_);
        const std::size_t room = std::min(most, out_.size() - count_);
        stream_.next_in =
            reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data() + used_));  // zlib reads only
        stream_.avail_in = static_cast<uInt>(in);
        stream_.next_out = reinterpret_cast<Bytef*>(out_.at(count_));
        stream_.avail_out = static_cast<uInt>(room);
        const int state = ::inflate(&stream_, Z_NO_FLUSH);
        used_ += in - stream_.avail_in;
        count_ += room - stream_.avail_out;
        return state;
    }

    bool another_member() {
        return is_gzip(packed_.substr(used_)) && ::inflateReset(&stream_) == Z_OK;
    }
    [[nodiscard]] bool only_padding_left() const {
        return packed_.find_first_not_of('\0', used_) == std::string_view::npos;
    }
    [[nodiscard]] Problem damaged(std::string_view how) const {
        return bad_input(fmt::format("the gzip file {} {}, at byte {}: ask its sender for it again",
                                     name_, how, used_));
    }

    std::string_view packed_;
    std::string name_;
    z_stream stream_{};
    Growing out_;
    std::size_t used_ = 0;
    std::size_t count_ = 0;
};

}  // namespace

Result<FileBytes> FileBytes::open(const std::filesystem::path& file) {
    Result<Owned> stored = stored_bytes(file);
    if (stored.ok() && is_gzip(stored->bytes)) {
        stored = Inflater(stored->bytes, file.string()).run();
    }
    if (!stored.ok()) return stored.problem();
    return FileBytes(stored->bytes, std::move(stored->owner));
}

FileBytes FileBytes::of(std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    const std::string_view bytes = *owner;
    return {bytes, std::move(owner)};
}

Outcome refuse_unless_text(std::string_view bytes, std::string_view name) {
    struct Sign {
        std::string_view first_bytes;
        std::string_view says;
    };
    static constexpr Sign signs[] = {
        {"PK\x03\x04", "is a spreadsheet (.xlsx) or zip file, not CSV: open it and save it as CSV"},
        {"\xD0\xCF\x11\xE0", "is an old spreadsheet (.xls), not CSV: open it and save it as CSV"},
        {"%PDF-", "is a PDF, not CSV: ask for the table itself, as CSV"},
        {"PAR1", "is a Parquet file, not CSV"},
        {"\xFF\xFE", "is UTF-16 text: save it as CSV UTF-8"},
        {"\xFE\xFF", "is UTF-16 text: save it as CSV UTF-8"},
    };
    for (const Sign& sign : signs) {
        if (bytes.starts_with(sign.first_bytes)) {
            return bad_input(fmt::format("{} {}", name, sign.says));
        }
    }
    // A stray NUL happens in real text; one byte in ten does not.
    const std::string_view start = bytes.substr(0, 4096);
    const auto nuls = static_cast<std::size_t>(std::ranges::count(start, '\0'));
    if (nuls * 10 > start.size()) {
        return bad_input(fmt::format("{} is not text: export the table as CSV", name));
    }
    return Nothing{};
}

}  // namespace purse
