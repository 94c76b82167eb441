#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/handlers.hpp"
#include "api/json_body.hpp"
#include "api/problem_response.hpp"
#include "api/tables.hpp"
#include "base/digest.hpp"

namespace purse {

namespace {

namespace json = boost::json;

Result<std::optional<Date>> day_asked(const Asked& asked, const std::string& name) {
    const auto given = asked.request.target.asked(name);
    if (!given) return std::optional<Date>();
    const auto day = parse_date(*given);
    if (!day) return day.problem();
    return std::optional(*day);
}

Result<AuditSearch> audit_search_asked(const Asked& asked) {
    AuditSearch search;
    search.who = asked.text("who");
    search.action = asked.text("action");
    search.subject = asked.text("subject");
    const auto from = day_asked(asked, "from");
    if (!from) return from.problem();
    const auto to = day_asked(asked, "to");
    if (!to) return to.problem();
    const auto limit = asked.count("limit", 1, 500, 100);
    if (!limit) return limit.problem();
    search.from = *from;
    search.to = *to;
    search.limit = static_cast<int>(*limit);
    if (asked.request.target.asked("cursor")) {
        const auto before = asked.count("cursor", 0, std::size_t{1} << 62, 0);
        if (!before) return before.problem();
        search.before = static_cast<std::int64_t>(*before);
    }
    return search;
}

// Every entry that fits, for a file.
Result<std::vector<AuditEntry>> all_entries(const Register& decisions, AuditSearch search) {
    std::vector<AuditEntry> all;
    search.limit = 500;
    search.before.reset();
    for (;;) {
        auto page = decisions.audit(search);
        if (!page) return page.problem();
        all.insert(all.end(), page->entries.begin(), page->entries.end());
        if (!page->next) return all;
        search.before = page->next;
    }
}

std::string audit_page(const AuditPage& page) {
    json::array items;
    for (const AuditEntry& entry : page.entries) {
        items.push_back(json::object{{"number", entry.number},
                                     {"at", entry.actor.at},
                                     {"who", entry.actor.who},
                                     {"role", entry.actor.role},
                                     {"address", entry.actor.address},
                                     {"action", entry.act.action},
                                     {"subject", entry.act.subject},
                                     {"detail", entry.act.detail},
                                     {"hash", entry.hash}});
    }
    return json::serialize(json::object{
        {"items", std::move(items)},
        {"next", page.next ? json::value(std::to_string(*page.next)) : json::value(nullptr)}});
}

json::object account_object(const UserAccount& account) {
    return {{"name", account.name},
            {"full_name", account.full_name},
            {"email", account.email},
            {"role", to_text(account.role)},
            {"role_in_words", in_words(account.role)},
            {"practice", account.practice.text()},
            {"commissioner", account.commissioner.text()},
            {"is_locked", account.is_locked},
            {"has_password", account.has_password},
            {"has_second_factor", account.has_second_factor},
            {"made_at", account.made_at}};
}

std::string etag_of(const UserAccount& account) {
    return fmt::format("\"{}\"", digest_of(json::serialize(account_object(account))).substr(0, 32));
}

HttpResponse account_page(const UserAccount& account) {
    HttpResponse response = json_response(json::serialize(account_object(account)));
    response.with("ETag", etag_of(account));
    return response;
}

Result<UserAccount> account_asked(const Office& office, const Asked& asked) {
    const std::string& name = asked.in_path.at("account");
    const auto account = office.site.decisions().find_account(name);
    if (!account) return not_found(fmt::format("there is no account '{}'", name));
    return *account;
}

Result<PracticeCode> practice_named(const std::string& text) {
    if (packed(text) == bad_code) return bad_input(fmt::format("'{}' is no practice's code", text));
    return PracticeCode(text);
}

// A practice's people are its own; all others are the commissioner's.
Result<NewAccount> account_given(const Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    NewAccount account;
    account.name = body->text("name", 60);
    account.full_name = body->text("full_name", 100);
    account.email = body->text("email", 200, false);
    const auto role = parse_role(body->text("role", 40));
    const auto practice = practice_named(body->text("practice", 8, false));
    if (const auto done = body->done(); !done) return done.problem();
    if (!role) return role.problem();
    if (!practice) return practice.problem();
    account.role = *role;
    account.practice = *practice;
    if (!is_of_a_practice(*role)) account.commissioner = office.site.settings().commissioner;
    return account;
}

HttpResponse with_link(const UserAccount& account, const std::string& link, int status) {
    HttpResponse response = json_response(
        json::serialize(json::object{{"account", account_object(account)}, {"link", link}}),
        status);
    response.with("ETag", etag_of(account));
    return response;
}

Result<std::string> link_for(Office& office, const Asked& asked, const std::string& name) {
    return office.access.accounts.link_for(name, office.own_address + "/new-password",
                                           asked.actor(), asked.visit.at);
}

// What a change names; what it does not name stays.
struct AccountChange {
    std::optional<Role> role;
    std::optional<PracticeCode> practice;
    std::optional<bool> is_locked;
};

Result<AccountChange> change_given(const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    AccountChange change;
    const std::string role_text = body->text("role", 40, false);
    const bool has_practice = body->has("practice");
    const auto practice = practice_named(body->text("practice", 8, false));
    change.is_locked = body->flag("is_locked");
    if (const auto done = body->done(); !done) return done.problem();
    if (!practice) return practice.problem();
    if (has_practice) change.practice = *practice;
    if (!role_text.empty()) {
        const auto role = parse_role(role_text);
        if (!role) return role.problem();
        change.role = *role;
    }
    if (!change.role && !change.practice && !change.is_locked) {
        return bad_input("nothing is to be changed: name role, practice or is_locked");
    }
    return change;
}

Result<UserAccount> changed(Office& office, const Asked& asked, UserAccount account,
                            const AccountChange& change) {
    Accounts& accounts = office.access.accounts;
    if (change.role || change.practice) {
        const Role role = change.role.value_or(account.role);
        auto set = accounts.set_role(
            account.name, role,
            is_of_a_practice(role) ? change.practice.value_or(account.practice) : PracticeCode(),
            is_of_a_practice(role) ? CommissionerCode() : office.site.settings().commissioner,
            asked.actor());
        if (!set) return set.problem();
        account = *std::move(set);
    }
    if (change.is_locked && *change.is_locked != account.is_locked) {
        return *change.is_locked ? accounts.lock(account.name, asked.actor())
                                 : accounts.unlock(account.name, asked.actor());
    }
    return account;
}

}  // namespace

Result<HttpResponse> search_audit(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto search = audit_search_asked(asked);
    if (!search) return search.problem();
    if (*format != TableFormat::json) {
        const auto all = all_entries(office.site.decisions(), *search);
        if (!all) return all.problem();
        return table_download(table_of(*all), *format, "audit",
                              {office.site.settings().name + ": audit trail"});
    }
    const auto page = office.site.decisions().audit(*search);
    if (!page) return page.problem();
    return json_response(audit_page(*page));
}

Result<HttpResponse> list_accounts(Office& office, const Asked& /*asked*/) {
    json::array items;
    for (const UserAccount& account : office.site.decisions().accounts()) {
        items.push_back(account_object(account));
    }
    return json_response(json::serialize(json::object{{"items", std::move(items)}}));
}

Result<HttpResponse> create_account(Office& office, const Asked& asked) {
    const auto account = account_given(office, asked);
    if (!account) return account.problem();
    const auto made = office.access.accounts.add(*account, "", asked.actor());
    if (!made) return made.problem();
    const auto link = link_for(office, asked, made->name);
    if (!link) return link.problem();
    return with_link(*made, *link, 201);
}

Result<HttpResponse> read_account(Office& office, const Asked& asked) {
    const auto account = account_asked(office, asked);
    if (!account) return account.problem();
    return account_page(*account);
}

Result<HttpResponse> change_account(Office& office, const Asked& asked) {
    const auto change = change_given(asked);
    if (!change) return change.problem();
    const auto account = account_asked(office, asked);
    if (!account) return account.problem();
    const std::string_view seen = asked.request.header("if-match");
    if (seen.empty()) {
        return problem_response(HttpFault::if_match_needed,
                                "say in If-Match which state of the account you have seen",
                                asked.request.id);
    }
    if (seen != etag_of(*account)) {
        return problem_response(HttpFault::changed_meanwhile,
                                "somebody has changed the account since you looked: look again",
                                asked.request.id);
    }
    const auto now = changed(office, asked, *account, *change);
    if (!now) return now.problem();
    return account_page(*now);
}

Result<HttpResponse> make_password_link(Office& office, const Asked& asked) {
    const auto account = account_asked(office, asked);
    if (!account) return account.problem();
    const auto link = link_for(office, asked, account->name);
    if (!link) return link.problem();
    return with_link(*account, *link, 200);
}

}  // namespace purse
