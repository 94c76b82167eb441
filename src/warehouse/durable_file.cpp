#include "warehouse/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace purse {

namespace {

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

void sync(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!done) {
        throw std::system_error(error, std::generic_category(), "cannot sync " + path.string());
    }
}

}  // namespace

void put_in_place(const std::filesystem::path& written, const std::filesystem::path& place) {
    std::error_code other_disk;
    const std::filesystem::path near = folder_of(place) / (place.filename().string() + ".part");
    std::filesystem::rename(written, near, other_disk);
    if (other_disk) {
        std::filesystem::copy_file(written, near,
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::remove(written);
    }
    sync(near, O_RDONLY);
    std::filesystem::rename(near, place);
    sync(folder_of(place), O_RDONLY | O_DIRECTORY);
}

}  // namespace purse
