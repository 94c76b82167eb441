#include "api/serving.hpp"

#include <gtest/gtest.h>

#include "api/metrics.hpp"
#include "api/problem_response.hpp"
#include "api/response_head.hpp"

namespace purse {
namespace {

TEST(ListenAddress, HasAnAddressAndAPort) {
    EXPECT_EQ(parse_listen_address("127.0.0.1:8080")->port, 8080);
    EXPECT_EQ(parse_listen_address("[::1]:0")->address, "::1");
    for (const char* bad : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999",
                            "127.0.0.1:80x", "[]:80"}) {
        EXPECT_FALSE(parse_listen_address(bad).ok()) << bad;
    }
}

TEST(Problems, HaveTheirStatusFromOneTable) {
    EXPECT_EQ(http_status(ProblemKind::bad_input), 400);
    EXPECT_EQ(http_status(ProblemKind::not_signed_in), 401);
    EXPECT_EQ(http_status(ProblemKind::forbidden), 403);
    EXPECT_EQ(http_status(ProblemKind::not_found), 404);
    EXPECT_EQ(http_status(ProblemKind::conflict), 409);
    EXPECT_EQ(http_status(ProblemKind::too_many), 429);
    EXPECT_EQ(http_status(ProblemKind::unavailable), 503);
    const HttpResponse response = problem_response(not_found("no \"June\""), "id-1");
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(*response.body,
              R"({"type":"/problems/not-found","title":"There is no such thing","status":404,)"
              R"("detail":"no \"June\"","request_id":"id-1"})");
}

TEST(ResponseHead, CarriesTheSecurityHeaders_AndNoValueBeginsAnother) {
    HttpResponse response = json_response("{}");
    response.with("X-Test", "a\r\nSet-Cookie: evil=1");
    const std::string head = response_head(response, 2, true, true);
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(head.find("Content-Security-Policy: default-src 'self';"), std::string::npos);
    EXPECT_NE(head.find("Strict-Transport-Security:"), std::string::npos);
    EXPECT_NE(head.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
    EXPECT_EQ(response_head(response, 2, true, false).find("Strict-Transport"), std::string::npos);
}

TEST(ResponseHead, WithoutAContentThereIsNoLength) {
    EXPECT_EQ(response_head(empty_response(), 0, false, false).find("Content-Length"),
              std::string::npos);
}

TEST(Log, ALineHasTheRouteAndNothingOfWhoAsked) {
    EXPECT_EQ(log_line("2017-07-14T09:30:00Z", "id-1", "GET", "readStatement", 200, 12, 0.5),
              R"({"at":"2017-07-14T09:30:00Z","id":"id-1","method":"GET","route":"readStatement",)"
              R"("status":200,"bytes":12,"ms":5E2})"
              "\n");
}

TEST(Metrics, CountRequestsAndTheirTimes) {
    Metrics metrics;
    metrics.count("health", 200, 0.003);
    metrics.count("health", 200, 2);
    const std::string text = metrics.as_text();
    EXPECT_NE(text.find("purse_requests_total{route=\"health\",status=\"200\"} 2"),
              std::string::npos);
    EXPECT_NE(text.find("purse_request_seconds_bucket{route=\"health\",le=\"0.005\"} 1"),
              std::string::npos);
    EXPECT_NE(text.find("purse_request_seconds_count{route=\"health\"} 2"), std::string::npos);
}

}  // namespace
}  // namespace purse
