// Any address, and any body of a request: taken apart or refused, never a crash, and no path leads
// out of where it belongs. The input is the address, a line end, and the body.
#include <cstdint>
#include <string>
#include <string_view>

#include "api/json_body.hpp"
#include "api/path_pattern.hpp"
#include "base/check.hpp"

namespace {

using namespace purse;

void read_address(std::string_view text) {
    const auto target = parse_target(text);
    if (!target) return;
    for (const std::string& segment : target->segments) {
        CHECK(!segment.empty() && segment != "." && segment != "..");
        CHECK(segment.find_first_of("/\\") == std::string::npos);
    }
    for (const char* pattern :
         {"/health", "/api/v1/practices/{practice}/statement/{line}/why", "/api/v1/jobs/{job}"}) {
        const auto in_path = fitted(pattern, *target);
        if (!in_path) continue;
        for (const auto& [name, value] : *in_path) CHECK(!value.empty());
    }
}

void read_body(std::string_view text) {
    auto body = JsonBody::parse(text);
    if (!body) return;
    const std::string name = body->text("name", 60);
    (void)body->text("says", 20'000, false);
    (void)body->flag("is_locked");
    if (body->done()) CHECK(!name.empty() && name.find('\0') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = text.find('\n');
    read_address(text.substr(0, end));
    if (end != std::string_view::npos) read_body(text.substr(end + 1));
    return 0;
}
