// A register whose database is away for a while: everybody is told so in words, pages still come,
// and all goes on when it is back, without the server being started anew.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/front_door.hpp"
#include "support/demo_site.hpp"
#include "support/postgres_cluster.hpp"

namespace purse {
namespace {

HttpRequest request_for(const std::string& target) {
    HttpRequest request;
    request.method = "GET";
    request.target = parse_target(target).value();
    request.address = "127.0.0.1";
    request.id = "0000000000000042";
    return request;
}

TEST(DatabaseAway, IsToldInWordsAndOverWhenItIsBack) {
    PURSE_NEEDS_POSTGRES();
    testing::PostgresCluster& cluster = testing::PostgresCluster::running();
    const testing::TemporaryFolder folder;
    testing::DemoSiteOptions options;
    options.register_address = cluster.new_database();
    {
        const Site made = testing::make_demo_site(folder.path() / "site", options);
    }
    const auto office = testing::got(Office::open(folder.path() / "site"));
    FrontDoor front(*office);
    EXPECT_EQ(front.answer(request_for("/health")).status, 200);

    cluster.stop();
    const HttpResponse away = front.answer(request_for("/health"));
    EXPECT_EQ(away.status, 503);
    EXPECT_EQ(away.content_type, "application/problem+json");
    const auto problem = boost::json::parse(*away.body).as_object();
    const std::string says(problem.at("detail").as_string());
    EXPECT_NE(says.find("Nothing that you typed is lost"), std::string::npos) << says;
    EXPECT_EQ(says.find("postgresql"), std::string::npos) << "the address is nobody's business";
    EXPECT_EQ(problem.at("request_id").as_string(), "0000000000000042");
    // Who is signed in cannot be known now: that is no reason to ask for a password.
    HttpRequest as_somebody = request_for("/api/v1/session");
    as_somebody.headers["cookie"] = "__Host-purse=" + std::string(43, 'A');
    EXPECT_EQ(front.answer(as_somebody).status, 503);

    cluster.start_again();
    EXPECT_EQ(front.answer(request_for("/health")).status, 200);
    EXPECT_EQ(front.answer(as_somebody).status, 401);
}

}  // namespace
}  // namespace purse
