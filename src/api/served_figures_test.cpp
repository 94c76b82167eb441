// What the figures' addresses answer, on a real site.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "desk/packs.hpp"
#include "render/pack_pages.hpp"
#include "support/front_door_house.hpp"

namespace purse {
namespace {

namespace json = boost::json;
using testing::got;
using testing::House;
using testing::read;
using testing::SignedIn;

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

TEST(ServedFigures, APackIsTheDesksOwn_AndOnPaperToo) {
    House& house = House::open();
    const std::string path = "/api/v1/practices/" + house.practice() + "/pack";
    const Site& site = house.office().site;
    const auto packs = got(MonthPacks::gather(site, Month(2017, 4), site.today()));
    const auto pack = house.ask("GET", path, &house.as(Role::practice_gp));
    EXPECT_EQ(*pack.body, as_json(got(packs.of(house.practice()))));
    for (const auto& [format, begins] :
         {std::pair("pdf", "%PDF-"), {"xlsx", "PK"}, {"html", "<!DOCTYPE html>"}}) {
        const auto file =
            house.ask("GET", path + "?format=" + format, &house.as(Role::practice_gp));
        EXPECT_EQ(file.status, 200) << format;
        EXPECT_TRUE(file.body->starts_with(begins)) << format;
    }
    EXPECT_EQ(house.ask("GET", path + "?format=csv", &house.as(Role::practice_gp)).status, 400);
}

}  // namespace
}  // namespace purse
