// The front door on a real site: the table of routes is walked as every role and as nobody, and who
// is let in is who the permissions let in.
#include "api/front_door.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "desk/clock.hpp"
#include "desk/closes.hpp"
#include "support/demo_site.hpp"

namespace purse {
namespace {

namespace json = boost::json;
using testing::got;

constexpr const char* password = "four unrelated words here";

struct SignedIn {
    std::string cookie;
    std::string csrf;
};

// One site for all cases: 6 practices, April 2017 loaded and closed.
class House {
  public:
    static House& open() {
        static House house;
        return house;
    }

    HttpResponse ask(const std::string& method, const std::string& target, const SignedIn* who,
                     const std::string& body = "", const std::string& type = "application/json") {
        HttpRequest request;
        request.method = method;
        request.target = got(parse_target(target));
        request.address = "127.0.0.1";
        request.id = "test";
        request.body = body;
        request.headers = headers_;
        if (!type.empty()) request.headers["content-type"] = type;
        if (who != nullptr) {
            request.headers["cookie"] = who->cookie;
            if (!who->csrf.empty()) request.headers["x-csrf-token"] = who->csrf;
        }
        return front_.answer(request);
    }
    // Headers of the next requests.
    std::map<std::string, std::string> headers_;

    SignedIn sign_in(const std::string& name) {
        const auto response =
            ask("POST", "/api/v1/session", nullptr,
                json::serialize(json::object{{"name", name}, {"password", password}}));
        if (response.status != 200) throw std::runtime_error(*response.body);
        SignedIn signed_in;
        for (const auto& [header, value] : response.headers) {
            if (header == "Set-Cookie") signed_in.cookie = value.substr(0, value.find(';'));
        }
        signed_in.csrf = json::parse(*response.body).at("csrf").as_string();
        return signed_in;
    }
    const SignedIn& as(Role role) { return people_.at(role); }
    Office& office() { return *office_; }
    const std::string& practice() const { return practice_; }
    const std::string& other_practice() const { return other_practice_; }

  private:
    House() : office_(make_office(folder_.path() / "site")), front_(*office_) {
        practice_ = office_->directory.names(office_->site, Date::of(2017, 4, 30))
                        ->practices.front()
                        .code.text();
        other_practice_ = office_->directory.names(office_->site, Date::of(2017, 4, 30))
                              ->practices.back()
                              .code.text();
        for (const Role role : roles()) {
            NewAccount account;
            account.name = std::string(to_text(role));
            account.full_name = "A " + std::string(in_words(role));
            account.role = role;
            if (is_of_a_practice(role)) {
                account.practice = PracticeCode(practice_);
            } else {
                account.commissioner = office_->site.settings().commissioner;
            }
            (void)got(office_->access.accounts.add(account, password,
                                                   {"test", "", "", to_text(Instant(0))}));
            people_[role] = sign_in(account.name);
        }
    }

    static std::unique_ptr<Office> make_office(const std::filesystem::path& folder) {
        {
            Site site = testing::make_demo_site(folder);
            for (const DataSet set : all_data_sets) {
                testing::load_demo(site, set, Month(2017, 4), Extract::freeze);
            }
            (void)got(close_month(site, Month(2017, 4), testing::no_progress));
        }
        return got(Office::open(folder));
    }

    testing::TemporaryFolder folder_;
    std::unique_ptr<Office> office_;
    FrontDoor front_;
    std::map<Role, SignedIn> people_;
    std::string practice_, other_practice_;
};

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
    constexpr std::array names = {"readVariance",   "whyVariance", "repricePractice",
                                  "readForecast",   "whyForecast", "readAllForecasts",
                                  "readLoadChanges"};
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

json::object read(House& house, Role role, const std::string& target) {
    const auto response = house.ask("GET", target, &house.as(role));
    EXPECT_EQ(response.status, 200) << target << *response.body;
    return json::parse(*response.body).as_object();
}

TEST(ServedFigures, AStatementHasTheRowsOfTheDeskAndTheirTwoYears) {
    House& house = House::open();
    const std::string path = "/api/v1/practices/" + house.practice() + "/statement";
    const json::object page = read(house, Role::practice_gp, path + "?explain=1");
    EXPECT_EQ(page.at("month").as_string(), "2017-04");
    const json::object& total = page.at("total").as_object();
    EXPECT_EQ(total.at("series").as_array().size(), 24U);
    const json::object& last = total.at("series").as_array().back().as_object();
    EXPECT_EQ(last.at("cost_pence"), total.at("month").as_object().at("cost_pence"));
    EXPECT_EQ(total.at("working").as_object().at("result_pence"),
              total.at("year_to_date").as_object().at("cost_pence"));
    EXPECT_EQ(read(house, Role::practice_gp, path).at("total").as_object().contains("working"),
              false);
}

TEST(ServedFigures, ARowsReadingIsInTheTrail_AndOnlyTheOwnPracticeHasIt) {
    House& house = House::open();
    const std::string path =
        "/api/v1/practices/" + house.practice() + "/statement/total/why?records=3";
    const json::object own = read(house, Role::practice_gp, path);
    EXPECT_EQ(own.at("records").as_array().size(), 3U);
    const auto trail = got(house.office().site.decisions().audit(
        {.who = "practice_gp", .action = "read_patient_rows", .limit = 1}));
    ASSERT_EQ(trail.entries.size(), 1U);
    EXPECT_EQ(trail.entries.front().act.subject, house.practice());
    const json::object others = read(house, Role::commissioner_finance, path);
    EXPECT_TRUE(others.at("records").as_array().empty());
    EXPECT_TRUE(others.at("records_hidden").is_string());
    EXPECT_TRUE(others.at("records_in_all").is_null());
}

TEST(ServedFigures, AReaderWithoutSmallNumbersReadsThroughTheGate) {
    House& house = House::open();
    const std::string path = "/api/v1/practices/" + house.practice() + "/statement";
    const json::object gated = read(house, Role::commissioner_pbc_lead, path);
    EXPECT_TRUE(gated.contains("gate_says"));
    // Exact counts stand in both.
    EXPECT_TRUE(gated.at("not_in_budget").as_array().empty());
    EXPECT_TRUE(gated.at("budget_changes").as_array().empty());
    for (const json::value& row : gated.at("rows").as_array()) {
        const json::value& count = row.at("month").at("activity");
        if (count.is_int64()) {
            EXPECT_EQ(count.as_int64() % 5, 0) << json::serialize(row);
        }
        EXPECT_TRUE(row.at("series").as_array().empty());
    }
    const SignedIn& lead = house.as(Role::commissioner_pbc_lead);
    const auto csv = house.ask("GET", path + "?format=csv", &lead);
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(std::ranges::count(*csv.body, '\n'),
              static_cast<std::ptrdiff_t>(gated.at("rows").as_array().size() + 2));
    EXPECT_EQ(house.ask("GET", path + "?format=xlsx", &lead).body->substr(0, 2), "PK");
    EXPECT_EQ(house.ask("GET", path + "?format=html", &lead).status, 400);
    EXPECT_EQ(house.ask("GET", "/api/v1/summary?format=csv", &lead).status, 200);
    EXPECT_TRUE(read(house, Role::commissioner_pbc_lead, "/api/v1/summary").contains("gate_says"));
    EXPECT_FALSE(read(house, Role::commissioner_finance, "/api/v1/summary").contains("gate_says"));
}

TEST(ServedFigures, AReaderWithoutSmallNumbersIsToldHowWhatIsShownAddsUp) {
    House& house = House::open();
    const std::string path = "/api/v1/practices/" + house.practice() + "/statement";
    const json::object page = read(house, Role::auditor, path + "?explain=1");
    const json::object why = read(house, Role::auditor, path + "/total/why");
    EXPECT_TRUE(why.at("records").as_array().empty());
    EXPECT_TRUE(why.at("records_hidden").is_string());
    EXPECT_EQ(why.at("result_pence"),
              page.at("total").at("year_to_date").as_object().at("cost_pence"));
    EXPECT_EQ(page.at("total").at("working").as_object().at("steps"), why.at("steps"));
    EXPECT_EQ(house.ask("GET", path + "/pack_1/why", &house.as(Role::auditor)).status, 404);
    const auto file = house.ask("GET", path + "/total/why?format=csv", &house.as(Role::auditor));
    EXPECT_EQ(file.status, 200);
    EXPECT_TRUE(file.body->starts_with("what,cost"));
}

TEST(ServedFigures, EveryFigureOfASummaryHasItsWorking) {
    House& house = House::open();
    const json::object page = read(house, Role::commissioner_finance, "/api/v1/summary?explain=1");
    const auto explained = [](const json::value& row, const char* figure) {
        const json::object& working = row.at("working").as_object();
        std::int64_t sum = 0;
        for (const json::value& step : working.at("steps").as_array()) {
            sum += step.at("amount_pence").as_int64();
        }
        EXPECT_EQ(sum, row.at(figure).as_int64()) << json::serialize(row);
        EXPECT_EQ(working.at("result_pence"), sum);
    };
    for (const json::value& row : page.at("practices").as_array()) {
        explained(row, "year_to_date_cost_pence");
        EXPECT_EQ(row.at("data").is_object(), row.at("is_practice").as_bool());
    }
    for (const char* total : {"practices_total", "unattributed_total", "total"}) {
        explained(page.at(total), "year_to_date_cost_pence");
    }
    EXPECT_EQ(page.at("lines").as_array().back().at("working").at("result_pence"),
              page.at("total").at("year_to_date_cost_pence"));
    const json::object plain = read(house, Role::commissioner_finance, "/api/v1/summary");
    EXPECT_FALSE(plain.at("total").as_object().contains("working"));
}

TEST(ServedFigures, WhatIsLoadedIsPagedAndItsSmallCountsAreHidden) {
    House& house = House::open();
    const json::object whole =
        read(house, Role::commissioner_information, "/api/v1/data?limit=500");
    json::array found;
    std::string cursor;
    for (int pages = 0; pages < 100; ++pages) {
        const json::object page =
            read(house, Role::commissioner_information, "/api/v1/data?limit=2" + cursor);
        for (const json::value& item : page.at("items").as_array()) found.push_back(item);
        if (page.at("next").is_null()) break;
        std::string next(page.at("next").as_string());
        for (std::size_t at; (at = next.find(' ')) != std::string::npos;)
            next.replace(at, 1, "%20");
        cursor = "&cursor=" + next;
    }
    EXPECT_EQ(found, whole.at("items").as_array());
    EXPECT_EQ(house.ask("GET", "/api/v1/data?cursor=no", &house.as(Role::auditor)).status, 400);
    const json::object gated = read(house, Role::auditor, "/api/v1/data?limit=500");
    ASSERT_EQ(gated.at("items").as_array().size(), found.size());
    for (const char* table : {"/api/v1/data", "/api/v1/batches"}) {
        const json::object page = read(house, Role::auditor, table);
        for (const json::value& item : page.at("items").as_array()) {
            for (const char* name :
                 {"records", "batch_rejected", "rows_in", "accepted", "rejected"}) {
                const json::value* count = item.as_object().if_contains(name);
                if (count == nullptr || count->is_null()) continue;
                EXPECT_EQ(count->as_int64() % 5, 0) << json::serialize(item);
            }
        }
    }
}

TEST(ServedFigures, TablesAreFilesToo) {
    House& house = House::open();
    for (const char* target : {"/api/v1/practices", "/api/v1/summary", "/api/v1/budgets/2018-19",
                               "/api/v1/data", "/api/v1/batches"}) {
        for (const char* format : {"csv", "xlsx"}) {
            const auto file = house.ask("GET", std::string(target) + "?format=" + format,
                                        &house.as(Role::commissioner_finance));
            EXPECT_EQ(file.status, 200) << target;
            EXPECT_EQ(file.body->starts_with("PK"), std::string(format) == "xlsx") << target;
        }
    }
    EXPECT_EQ(house.ask("GET", "/api/v1/summary?format=pdf", &house.as(Role::auditor)).status, 400);
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
