// The table of routes is the contract: every documented operation has its route, and the reverse.
#include "api/routes.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace purse {
namespace {

// "GET /health health": of each operation of api/openapi.yaml, read by its indents.
std::set<std::string> documented() {
    std::ifstream in(std::string(PURSE_SOURCE_DIR) + "/api/openapi.yaml");
    std::set<std::string> operations;
    std::string line, path, method;
    bool in_paths = false;
    while (std::getline(in, line)) {
        if (!line.empty() && line.front() != ' ') in_paths = line == "paths:";
        if (!in_paths) continue;
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        for (const char* each : {"get", "post", "delete", "patch", "put"}) {
            if (line == "    " + std::string(each) + ":") method = each;
        }
        const std::string id = "      operationId: ";
        if (!line.starts_with(id)) continue;
        for (char& c : method) c = static_cast<char>(std::toupper(c));
        operations.insert(method + " " + path + " " + line.substr(id.size()));
    }
    return operations;
}

TEST(Routes, AreTheOperationsOfTheContract) {
    std::set<std::string> ours;
    for (const Route& route : routes()) {
        ours.insert(std::string(route.method) + " " + std::string(route.path) + " " +
                    std::string(route.name));
    }
    EXPECT_EQ(ours, documented());
    EXPECT_GT(ours.size(), 30U);
}

TEST(Routes, EveryOneSaysWhoMayAsk) {
    for (const Route& route : routes()) {
        EXPECT_EQ(route.entry == Entry::with_permission, route.action.has_value()) << route.name;
        EXPECT_NE(route.handler, nullptr) << route.name;
    }
}

Target target(const char* text) { return parse_target(text).value(); }

TEST(Routes, PartsInBracesAreGiven) {
    const Matched matched =
        match("GET", target("/api/v1/practices/Y00001/statement/non_elective/why"));
    ASSERT_NE(matched.route, nullptr);
    EXPECT_EQ(matched.route->name, "whyLine");
    EXPECT_EQ(matched.in_path.at("practice"), "Y00001");
    EXPECT_EQ(matched.in_path.at("line"), "non_elective");
}

TEST(Routes, HeadIsAskedAsGet) {
    EXPECT_EQ(match("HEAD", target("/health")).route->name, "health");
}

TEST(Routes, AnotherMethodIsToldApartFromAnotherPath) {
    EXPECT_TRUE(match("PUT", target("/api/v1/session")).other_methods);
    EXPECT_FALSE(match("GET", target("/api/v1/nothing")).other_methods);
    EXPECT_EQ(match("GET", target("/api/v1/session/x/y")).route, nullptr);
}

}  // namespace
}  // namespace purse
