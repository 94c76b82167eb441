#include "cli/results.hpp"

#include <fstream>

namespace purse {

Outcome write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) return Problem{ProblemKind::unavailable, "cannot write " + file.string()};
    return Nothing{};
}

}  // namespace purse
