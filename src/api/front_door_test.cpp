// The front door on a real site: the table of routes is walked as every role and as nobody, and who
// is let in is who the permissions let in.
#include "api/front_door.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "desk/clock.hpp"
#include "support/front_door_house.hpp"

namespace purse {
namespace {

namespace json = boost::json;
using testing::got;
using testing::House;
using testing::password;
using testing::read;
using testing::SignedIn;

// The route's path with something real in its braces.
std::string filled_in(const Route& route, const std::string& practice) {
    std::string path(route.path);
    const std::map<std::string, std::string> parts = {{"{practice}", practice},
                                                      {"{line}", "non_elective"},
                                                      {"{record}", "X1"},
                                                      {"{year}", "2018-19"},
                                                      {"{month}", "2031-01"},
                                                      {"{batch}", "1"},
                                                      {"{job}", "1"},
                                                      {"{account}", "nobody"},
                                                      {"{challenge}", "1"},
                                                      {"{part}", "volume"},
                                                      {"{kind}", "high_users"},
                                                      {"{provider}", "ZX1"},
                                                      {"{measure}", "first_outpatient"}};
    for (const auto& [name, value] : parts) {
        const auto at = path.find(name);
        if (at != std::string::npos) path.replace(at, name.size(), value);
    }
    return path;
}

std::string type_of(const Route& route) {
    return route.body == BodyKind::upload ? "application/octet-stream" : "application/json";
}

bool shows_small_numbers(const Route& route) {
    constexpr std::array names = {"readVariance",    "whyVariance", "repricePractice",
                                  "readForecast",    "whyForecast", "readAllForecasts",
                                  "readLoadChanges", "readPack",    "repriceSite"};
    return std::ranges::find(names, route.name) != names.end();
}

TEST(FrontDoor, NobodyGetsNothingButWhatIsForEverybody) {
    for (const Route& route : routes()) {
        if (route.entry == Entry::everybody || route.entry == Entry::this_machine) continue;
        const auto response =
            House::open().ask(std::string(route.method), filled_in(route, House::open().practice()),
                              nullptr, "{}", type_of(route));
        EXPECT_EQ(response.status, 401) << route.name;
        EXPECT_EQ(response.content_type, "application/problem+json") << route.name;
    }
}

// On the practice's own things and on another's: the answer is 403 exactly where the matrix says
// no.
TEST(FrontDoor, EveryRoleGetsWhatTheMatrixGives) {
    House& house = House::open();
    for (const std::string& practice : {house.practice(), house.other_practice()}) {
        for (const Role role : roles()) {
            const UserAccount account =
                *house.office().site.decisions().find_account(std::string(to_text(role)));
            const Date today = got(parse_date(now_utc().substr(0, 10)));
            const Person person = house.office().access.accounts.person_of(account, today);
            for (const Route& route : routes()) {
                if (route.entry != Entry::with_permission) continue;
                const bool of_practice = route.path.find("{practice}") != std::string_view::npos;
                const Accounts& accounts = house.office().access.accounts;
                const auto allowed = house.office().access.permissions.may(
                    person, *route.action,
                    of_practice ? accounts.whose(PracticeCode(practice), today)
                                : accounts.whose_commissioner());
                const auto response =
                    house.ask(std::string(route.method), filled_in(route, practice),
                              &house.as(role), "{}", type_of(route));
                const std::string what = std::string(route.name) + " as " +
                                         std::string(to_text(role)) + ": " +
                                         (response.body ? *response.body : "");
                if (!allowed) {
                    EXPECT_EQ(response.status, 403) << what;
                } else {
                    EXPECT_NE(response.status, 401) << what;
                    EXPECT_LT(response.status, 500) << what;
                    // Workings show small numbers, which not everybody who reads a month may see.
                    if (!shows_small_numbers(route)) {
                        EXPECT_NE(response.status, 403) << what;
                    }
                }
            }
        }
    }
}

TEST(FrontDoor, AChangeNeedsTheSessionsOwnToken) {
    House& house = House::open();
    for (const Route& route : routes()) {
        if (route.method == "GET" || route.entry == Entry::everybody) continue;
        for (const std::string& csrf :
             {std::string(), std::string("wrong"), house.as(Role::arbiter).csrf}) {
            const SignedIn forged{house.as(Role::administrator).cookie, csrf};
            const auto response =
                house.ask(std::string(route.method), filled_in(route, house.practice()), &forged,
                          "{}", type_of(route));
            EXPECT_EQ(response.status, 403) << route.name;
        }
    }
    EXPECT_EQ(house.ask("GET", "/api/v1/session", &house.as(Role::administrator)).status, 200);
}

TEST(FrontDoor, AChangeFromAnotherSiteIsRefused_TheSignInToo) {
    House& house = House::open();
    for (const auto& headers : std::vector<std::map<std::string, std::string>>{
             {{"host", "purse.example"}, {"origin", "https://evil.example"}},
             {{"host", "purse.example"}, {"origin", "null"}},
             {{"host", "purse.example"}, {"origin", "https://purse.example.evil.example"}},
             {{"host", "purse.example"}, {"sec-fetch-site", "cross-site"}}}) {
        house.headers_ = headers;
        EXPECT_EQ(house.ask("POST", "/api/v1/session", nullptr, "{}").status, 403);
    }
    house.headers_ = {{"host", "purse.example"},
                      {"origin", "https://purse.example"},
                      {"sec-fetch-site", "same-origin"}};
    EXPECT_EQ(house.ask("POST", "/api/v1/session", nullptr, "{}").status, 400);
    house.headers_.clear();
}

TEST(FrontDoor, MetricsAreForTheMachineItself) {
    House& house = House::open();
    EXPECT_EQ(house.ask("GET", "/metrics", nullptr).status, 200);
    house.headers_ = {{"x-forwarded-for", "10.1.2.3"}};
    EXPECT_EQ(house.ask("GET", "/metrics", nullptr).status, 403);
    house.headers_.clear();
}

TEST(FrontDoor, AnotherMediaTypeOrMethodOrPathIsToldSo) {
    House& house = House::open();
    EXPECT_EQ(house.ask("POST", "/api/v1/session", nullptr, "name=x", "text/plain").status, 415);
    EXPECT_EQ(house.ask("PUT", "/api/v1/session", nullptr, "{}").status, 405);
    EXPECT_EQ(house.ask("GET", "/api/v1/nothing", nullptr).status, 404);
    EXPECT_EQ(house.ask("POST", "/practices", nullptr, "{}").status, 405);
}

TEST(FrontDoor, AWrongPasswordAndAnUnknownNameSoundTheSame) {
    House& house = House::open();
    const auto wrong = house.ask("POST", "/api/v1/session", nullptr,
                                 R"({"name":"arbiter","password":"not the right one"})");
    const auto unknown = house.ask("POST", "/api/v1/session", nullptr,
                                   R"({"name":"no.such.name","password":"not the right one"})");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(*wrong.body, *unknown.body);
}

std::string etag(const HttpResponse& response) {
    for (const auto& [name, value] : response.headers) {
        if (name == "ETag") return value;
    }
    return "";
}

TEST(Dialogue, GoesByTheEventThatWasSeenLast) {
    House& house = House::open();
    const std::string path = "/api/v1/practices/" + house.practice() + "/budgets/2017-18/dialogue";
    const auto before = house.ask("GET", path, &house.as(Role::commissioner_finance));
    ASSERT_EQ(before.status, 200) << *before.body;
    EXPECT_EQ(etag(before), "\"none\"");
    const std::string show = R"({"step":"show_data","says":"Here they are"})";
    const SignedIn& finance = house.as(Role::commissioner_finance);
    EXPECT_EQ(house.ask("POST", path + "/steps", &finance, show).status, 428);
    house.headers_ = {{"if-match", "\"0123\""}};
    EXPECT_EQ(house.ask("POST", path + "/steps", &finance, show).status, 412);
    house.headers_ = {{"if-match", "\"none\""}, {"idempotency-key", "show-the-data"}};
    const auto shown = house.ask("POST", path + "/steps", &finance, show);
    ASSERT_EQ(shown.status, 201) << *shown.body;
    // Sent again it is not done again: the first answer comes back.
    EXPECT_EQ(*house.ask("POST", path + "/steps", &finance, show).body, *shown.body);
    house.headers_ = {{"if-match", etag(shown)}};
    const auto mine = R"({"step":"offer","draft":"x"})";
    EXPECT_EQ(house.ask("POST", path + "/steps", &house.as(Role::practice_gp), mine).status, 403);
    const auto comment = house.ask("POST", path + "/steps", &house.as(Role::practice_manager),
                                   R"({"step":"comment","says":"Our list is larger."})");
    EXPECT_EQ(comment.status, 201) << *comment.body;
    house.headers_.clear();
    const json::object after = read(house, Role::practice_gp, path);
    EXPECT_EQ(after.at("state").as_string(), "commented");
    EXPECT_EQ(after.at("events").as_array().size(), 2U);
    EXPECT_EQ("\"" + std::string(after.at("last_event").as_string()) + "\"", etag(comment));
}

TEST(SignIn, WithoutAnIdentityProviderThereIsOnlyThePassword) {
    House& house = House::open();
    const auto ways = house.ask("GET", "/api/v1/sign-in", nullptr);
    EXPECT_EQ(*ways.body, R"({"provider":null,"says":null})");
    EXPECT_EQ(house.ask("GET", "/api/v1/sign-in/provider", nullptr).status, 404);
    EXPECT_EQ(house.ask("GET", "/api/v1/sign-in/provider/answer?code=x&state=y", nullptr).status,
              404);
}

TEST(SignIn, NobodyPutsWordsOntoTheSignInPage) {
    House& house = House::open();
    house.headers_ = {{"cookie", "__Host-purse-says=Your%20account%20moved"}};
    const auto ways = house.ask("GET", "/api/v1/sign-in", nullptr);
    EXPECT_EQ(*ways.body, R"({"provider":null,"says":null})");
    house.headers_.clear();
}

TEST(Health, TellsThatTheSiteIsNoDemonstration) {
    const auto health = House::open().ask("GET", "/health", nullptr);
    EXPECT_TRUE(json::parse(*health.body).as_object().at("demonstration_day").is_null());
}

TEST(Accounts, AnAccountIsMadeChangedAndLocked) {
    House& house = House::open();
    const SignedIn& administrator = house.as(Role::administrator);
    const auto made = house.ask("POST", "/api/v1/accounts", &administrator,
                                json::serialize(json::object{{"name", "new.gp"},
                                                             {"full_name", "Dr New"},
                                                             {"role", "practice_gp"},
                                                             {"practice", house.practice()}}));
    ASSERT_EQ(made.status, 201) << *made.body;
    EXPECT_NE(made.body->find("/new-password"), std::string::npos);
    const auto account = house.ask("GET", "/api/v1/accounts/new.gp", &administrator);
    house.headers_ = {{"if-match", etag(account)}};
    const auto locked =
        house.ask("PATCH", "/api/v1/accounts/new.gp", &administrator, R"({"is_locked":true})");
    EXPECT_EQ(locked.status, 200) << *locked.body;
    EXPECT_EQ(
        house.ask("PATCH", "/api/v1/accounts/new.gp", &administrator, R"({"is_locked":false})")
            .status,
        412);
    house.headers_.clear();
}

TEST(JobsOfTheServer, AClosingRunsAndTellsHowItEnded) {
    House& house = House::open();
    const auto taken = house.ask("POST", "/api/v1/months/2017-04/closings",
                                 &house.as(Role::commissioner_finance), "", "");
    ASSERT_EQ(taken.status, 202) << *taken.body;
    const std::int64_t number = json::parse(*taken.body).at("job").as_int64();
    for (int i = 0; i < 600 && !house.office().jobs.find(number)->ended(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    const json::object job =
        read(house, Role::commissioner_finance, "/api/v1/jobs/" + std::to_string(number));
    EXPECT_EQ(job.at("state").as_string(), "done") << json::serialize(job);
    EXPECT_EQ(job.at("result").as_object().at("already_closed").as_bool(), true);
}

// A record of the practice's and what it costs, from the working of a line.
json::object record_of_practice(House& house) {
    const json::object why =
        read(house, Role::practice_gp,
             "/api/v1/practices/" + house.practice() + "/statement/non_elective/why?records=1");
    return why.at("records").as_array().at(0).as_object();
}

TEST(ServedChallenges, GoFromThePracticesMarkToTheCommissionersCredit) {
    House& house = House::open();
    const SignedIn& gp = house.as(Role::practice_gp);
    const SignedIn& finance = house.as(Role::commissioner_finance);
    const json::object record = record_of_practice(house);
    const std::string path = "/api/v1/practices/" + house.practice() + "/challenges";
    const std::string mark = json::serialize(json::object{{"month", "2017-04"},
                                                          {"reason", "duplicate"},
                                                          {"data_set", record.at("data_set")},
                                                          {"record_id", record.at("record_id")},
                                                          {"provider", record.at("provider")},
                                                          {"note", "one stay, two records"}});
    // Neither the commissioner nor another practice marks it.
    EXPECT_EQ(house.ask("POST", path, &finance, mark).status, 403);
    EXPECT_EQ(
        house.ask("POST", "/api/v1/practices/" + house.other_practice() + "/challenges", &gp, mark)
            .status,
        403);
    const auto marked = house.ask("POST", path, &gp, mark);
    ASSERT_EQ(marked.status, 201) << *marked.body;
    const json::object challenge = json::parse(*marked.body).as_object();
    EXPECT_EQ(challenge.at("disputed_pence"), record.at("price_pence"));
    EXPECT_EQ(house.ask("POST", path, &gp, mark).status, 409);
    const std::string one = path + "/" + std::to_string(challenge.at("number").as_int64());
    const std::string uphold = R"({"step":"uphold","says":"seen in the notes"})";
    EXPECT_EQ(house.ask("POST", one + "/steps", &gp, uphold).status, 403);
    EXPECT_EQ(house.ask("POST", one + "/steps", &finance, uphold).status, 428);
    house.headers_ = {{"if-match", "\"0123\""}};
    EXPECT_EQ(house.ask("POST", one + "/steps", &finance, uphold).status, 412);
    house.headers_ = {{"if-match", etag(marked)}};
    const auto upheld = house.ask("POST", one + "/steps", &finance, uphold);
    house.headers_.clear();
    ASSERT_EQ(upheld.status, 201) << *upheld.body;
    const json::object event = json::parse(*upheld.body).as_object();
    EXPECT_EQ(event.at("falls_on").as_string(), "2017-05");
    EXPECT_EQ(event.at("amount_pence"), record.at("price_pence"));
    const json::object figures =
        read(house, Role::practice_gp,
             "/api/v1/practices/" + house.practice() + "/challenge-figures?month=2017-04");
    EXPECT_EQ(figures.at("to_come_pence").as_int64(), -record.at("price_pence").as_int64());
    for (const std::string& report : {"/api/v1/practices/" + house.practice() + "/challenge-return",
                                      std::string("/api/v1/challenge-return")}) {
        const Role who = report.find("practices") == std::string::npos ? Role::commissioner_finance
                                                                       : Role::practice_gp;
        EXPECT_EQ(read(house, who, report).at("total").as_object().at("recovered_pence"),
                  record.at("price_pence"));
    }
}

TEST(ServedChallenges, AreReadByThoseWhoWorkWithThem_AndTheReadIsInTheTrail) {
    House& house = House::open();
    const std::string path = "/api/v1/practices/" + house.practice() + "/challenges";
    for (const Role role : {Role::auditor, Role::analyst, Role::commissioner_pbc_lead,
                            Role::arbiter, Role::panel_member, Role::administrator}) {
        EXPECT_EQ(house.ask("GET", path, &house.as(role)).status, 403) << to_text(role);
        EXPECT_EQ(house.ask("GET", "/api/v1/challenges", &house.as(role)).status, 403);
    }
    EXPECT_EQ(house.ask("GET", "/api/v1/challenges", &house.as(Role::practice_gp)).status, 403);
    (void)read(house, Role::commissioner_information, "/api/v1/challenges");
    const auto trail = got(house.office().site.decisions().audit(
        {.who = "commissioner_information", .action = "read_challenges", .limit = 1}));
    EXPECT_EQ(trail.entries.size(), 1U);
    // Likely errors are rows of patients: for the practice alone.
    const std::string errors = "/api/v1/practices/" + house.practice() + "/likely-errors";
    (void)read(house, Role::practice_gp, errors);
    EXPECT_EQ(house.ask("GET", errors, &house.as(Role::commissioner_information)).status, 403);
    EXPECT_EQ(got(house.office().site.decisions().audit(
                      {.who = "practice_gp", .action = "read_patient_rows", .limit = 1}))
                  .entries.front()
                  .act.detail,
              "likely errors, 2017-04");
}

}  // namespace
}  // namespace purse
