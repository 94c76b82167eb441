// Published data and reference answers that stand beside the checkout, not in it. A test that needs
// them is skipped with a line that says so; PURSE_REQUIRE_SHARED=1 (as CI sets) makes that a
// failure.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace purse::testing {

// PURSE_SHARED, or `shared` beside the checkout; empty when there is neither.
inline std::filesystem::path shared_folder() {
    if (const char* named = std::getenv("PURSE_SHARED")) return named;
    const auto beside = std::filesystem::path(PURSE_SOURCE_DIR).parent_path() / "shared";
    return std::filesystem::is_directory(beside) ? beside : std::filesystem::path();
}

inline bool shared_is_required() {
    const char* flag = std::getenv("PURSE_REQUIRE_SHARED");
    return flag != nullptr && *flag == '1';
}

}  // namespace purse::testing

// First line of a test that reads shared data: PURSE_NEEDS_SHARED("data/tariff/raw");
#define PURSE_NEEDS_SHARED(part)                                                              \
    do {                                                                                      \
        if (!std::filesystem::exists(::purse::testing::shared_folder() / (part))) {           \
            if (::purse::testing::shared_is_required()) {                                     \
                FAIL() << "the shared data '" << (part) << "' are required here and missing"; \
            }                                                                                 \
            GTEST_SKIP() << "the shared data '" << (part)                                     \
                         << "' are not on this machine (set PURSE_SHARED)";                   \
        }                                                                                     \
    } while (false)
