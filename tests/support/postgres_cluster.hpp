// A throw-away PostgreSQL for tests: made from Debian's postgresql in a temporary folder on first
// use, reached by a socket only, gone when the test program ends however it ends.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace purse::testing {

class PostgresCluster {
  public:
    // The newest /usr/lib/postgresql/*/bin; empty where PostgreSQL is not installed.
    static std::filesystem::path programs();
    // The one cluster of this test program, started on the first call; a std::runtime_error when it
    // does not start.
    static PostgresCluster& running();

    ~PostgresCluster();
    PostgresCluster(const PostgresCluster&) = delete;
    PostgresCluster& operator=(const PostgresCluster&) = delete;

    // The URL of a new, empty database; a password may stand in it (the cluster asks for none).
    std::string new_database(const std::string& password = "");

    // As when the database's machine is away for a while: every connection is lost.
    void stop();
    void start_again();

  private:
    PostgresCluster();
    void start();
    void run(const std::string& program, std::vector<std::string> arguments) const;
    void watch_over();

    std::filesystem::path folder_;
    int databases_ = 0;
    int lifeline_ = -1;  // while this end of a pipe is open, the watcher lets the server run
    int watcher_ = -1;
};

inline bool postgres_is_required() {
    const char* flag = std::getenv("PURSE_REQUIRE_POSTGRES");
    return flag != nullptr && *flag == '1';
}

}  // namespace purse::testing

// First line of a test that needs PostgreSQL; PURSE_REQUIRE_POSTGRES=1 (as CI sets) makes its
// absence a failure.
#define PURSE_NEEDS_POSTGRES()                                                            \
    do {                                                                                  \
        if (::purse::testing::PostgresCluster::programs().empty()) {                      \
            if (::purse::testing::postgres_is_required()) {                               \
                FAIL() << "PostgreSQL is required here and not installed";                \
            }                                                                             \
            GTEST_SKIP() << "PostgreSQL is not on this machine (apt install postgresql)"; \
        }                                                                                 \
    } while (false)
