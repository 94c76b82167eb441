// A served site for tests of what is behind the front door: 6 practices, April 2017 loaded and
// closed, and an account of every role.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "api/front_door.hpp"
#include "desk/closes.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {

inline constexpr const char* password = "four unrelated words here";

struct SignedIn {
    std::string cookie;
    std::string csrf;
};

// One site for all cases.
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
        const auto response = ask(
            "POST", "/api/v1/session", nullptr,
            boost::json::serialize(boost::json::object{{"name", name}, {"password", password}}));
        if (response.status != 200) throw std::runtime_error(*response.body);
        SignedIn signed_in;
        for (const auto& [header, value] : response.headers) {
            if (header == "Set-Cookie") signed_in.cookie = value.substr(0, value.find(';'));
        }
        signed_in.csrf = boost::json::parse(*response.body).at("csrf").as_string();
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
            Site site = make_demo_site(folder);
            for (const DataSet set : all_data_sets) {
                load_demo(site, set, Month(2017, 4), Extract::freeze);
            }
            (void)got(close_month(site, Month(2017, 4), no_progress));
        }
        return got(Office::open(folder));
    }

    TemporaryFolder folder_;
    std::unique_ptr<Office> office_;
    FrontDoor front_;
    std::map<Role, SignedIn> people_;
    std::string practice_, other_practice_;
};

inline boost::json::object read(House& house, Role role, const std::string& target) {
    const auto response = house.ask("GET", target, &house.as(role));
    EXPECT_EQ(response.status, 200) << target << *response.body;
    return boost::json::parse(*response.body).as_object();
}

}  // namespace purse::testing
