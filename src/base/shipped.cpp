#include "base/shipped.hpp"

namespace purse {

namespace fs = std::filesystem;

fs::path shipped(const fs::path& installed, const fs::path& in_source) {
    std::error_code fault;
    const fs::path program = fs::read_symlink("/proc/self/exe", fault);
    const fs::path beside = program.parent_path().parent_path() / installed;
    if (!fault && fs::exists(beside, fault)) return beside;
    return fs::path(PURSE_SOURCE_TREE) / in_source;
}

}  // namespace purse
