#include "base/secret_file.hpp"

#include <fstream>
#include <iterator>

namespace purse {

namespace fs = std::filesystem;

Result<std::string> read_secret_file(const fs::path& file) {
    constexpr std::uintmax_t longest = std::uintmax_t{64} << 10;
    std::error_code fault;
    const fs::file_status status = fs::status(file, fault);
    if (fault || !fs::is_regular_file(status)) return not_found("cannot read " + file.string());
    if ((status.permissions() & (fs::perms::group_all | fs::perms::others_all)) !=
        fs::perms::none) {
        return Problem{ProblemKind::forbidden,
                       "others may read the secret in " + file.string() + ": set its mode to 600"};
    }
    if (fs::file_size(file, fault) > longest || fault) {
        return bad_input(file.string() + " is too long for a secret");
    }
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty()) return bad_input(file.string() + " is empty");
    return text;
}

}  // namespace purse
