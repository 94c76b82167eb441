#include <fmt/format.h>

#include <boost/json.hpp>

#include "access/account_names.hpp"
#include "cli/commands.hpp"
#include "cli/password_prompt.hpp"
#include "desk/clock.hpp"
#include "desk/site_access.hpp"

namespace purse {

namespace {

struct AccountOptions {
    std::string name;
    std::string full_name;
    std::string email;
    std::string role;
    std::string practice;
    std::string commissioner;
    std::string page;
    std::string subject;
    bool no_password = false;
};

struct SearchOptions {
    std::string who;
    std::string action;
    std::string subject;
    std::string from;
    std::string to;
    std::int64_t before = 0;
    int limit = 50;
};

// An open site and its accounts.
struct Opened {
    Site site;
    SiteAccess access;
};

Result<Opened> open_accounts(const Terminal& terminal) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    auto access = open_access(*site);
    if (!access) return access.problem();
    return Opened{std::move(*site), std::move(*access)};
}

struct Belonging {
    Role role = Role::practice_gp;
    PracticeCode practice;
    CommissionerCode commissioner;
};

// Whoever is not of a practice is of the site's commissioner, unless told otherwise.
Result<Belonging> belonging_of(const AccountOptions& options, const Site& site) {
    const auto role = parse_role(options.role);
    if (!role) return role.problem();
    for (const std::string& code : {options.practice, options.commissioner}) {
        if (packed(code) == bad_code) {
            return bad_input(fmt::format("'{}' is not an organisation's code", code));
        }
    }
    Belonging belonging{*role, PracticeCode(options.practice),
                        CommissionerCode(options.commissioner)};
    if (!is_of_a_practice(*role) && belonging.commissioner.empty()) {
        belonging.commissioner = site.settings().commissioner;
    }
    return belonging;
}

std::string where_of(const UserAccount& account) {
    return account.practice.empty() ? account.commissioner.text() : account.practice.text();
}

void say(const char* what, const UserAccount& account) {
    fmt::print("{} the account '{}' ({}, {})\n", what, account.name, in_words(account.role),
               where_of(account));
}

Outcome add_account(const Terminal& terminal, const AccountOptions& options) {
    auto opened = open_accounts(terminal);
    if (!opened) return opened.problem();
    const auto belonging = belonging_of(options, opened->site);
    if (!belonging) return belonging.problem();
    std::string password;
    if (!options.no_password) {
        auto typed = new_password(options.name);
        if (!typed) return typed.problem();
        password = std::move(*typed);
    }
    const auto added = opened->access.accounts.add({.name = options.name,
                                                    .full_name = options.full_name,
                                                    .email = options.email,
                                                    .role = belonging->role,
                                                    .practice = belonging->practice,
                                                    .commissioner = belonging->commissioner},
                                                   password, Terminal::actor());
    if (!added) return added.problem();
    say("added", *added);
    if (!added->has_password) {
        fmt::print("nobody can sign in with it yet: purse account reset-password {}\n",
                   added->name);
    }
    return Nothing{};
}

Outcome list_accounts(const Terminal& terminal) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    boost::json::array all;
    if (!terminal.json) {
        fmt::print("{:<24} {:<34} {:<8} {:<8} {:<6} {}\n", "name", "role", "of", "password",
                   "factor", "locked");
    }
    for (const UserAccount& account : site->decisions().accounts()) {
        if (terminal.json) {
            all.push_back({{"name", account.name},
                           {"full_name", account.full_name},
                           {"email", account.email},
                           {"role", to_text(account.role)},
                           {"practice", account.practice.text()},
                           {"commissioner", account.commissioner.text()},
                           {"is_locked", account.is_locked},
                           {"has_password", account.has_password},
                           {"has_second_factor", account.has_second_factor},
                           {"made_at", account.made_at}});
            continue;
        }
        const auto yes = [](bool is) { return is ? "yes" : "no"; };
        fmt::print("{:<24} {:<34} {:<8} {:<8} {:<6} {}\n", account.name, in_words(account.role),
                   where_of(account), yes(account.has_password), yes(account.has_second_factor),
                   yes(account.is_locked));
    }
    if (terminal.json) fmt::print("{}\n", boost::json::serialize(all));
    return Nothing{};
}

Outcome set_role(const Terminal& terminal, const AccountOptions& options) {
    auto opened = open_accounts(terminal);
    if (!opened) return opened.problem();
    const auto belonging = belonging_of(options, opened->site);
    if (!belonging) return belonging.problem();
    const auto changed =
        opened->access.accounts.set_role(options.name, belonging->role, belonging->practice,
                                         belonging->commissioner, Terminal::actor());
    if (!changed) return changed.problem();
    say("changed", *changed);
    return Nothing{};
}

Outcome set_locked(const Terminal& terminal, const std::string& name, bool locked) {
    auto opened = open_accounts(terminal);
    if (!opened) return opened.problem();
    Accounts& accounts = opened->access.accounts;
    const auto changed =
        locked ? accounts.lock(name, Terminal::actor()) : accounts.unlock(name, Terminal::actor());
    if (!changed) return changed.problem();
    say(locked ? "locked" : "unlocked", *changed);
    return Nothing{};
}

Outcome reset_password(const Terminal& terminal, const AccountOptions& options) {
    auto opened = open_accounts(terminal);
    if (!opened) return opened.problem();
    Accounts& accounts = opened->access.accounts;
    if (!options.page.empty()) {
        const auto link = accounts.link_for(options.name, options.page, Terminal::actor(),
                                            parse_instant(now_utc()).value());
        if (!link) return link.problem();
        fmt::print("{}\ngood once, for {} minutes: send it to {} and nobody else\n", *link,
                   accounts.rules().link_seconds / 60, options.name);
        return Nothing{};
    }
    const auto password = new_password(options.name);
    if (!password) return password.problem();
    const auto set = accounts.set_password(options.name, *password, Terminal::actor());
    if (!set) return set.problem();
    fmt::print("the account '{}' has a new password; all of its sessions have ended\n",
               options.name);
    return Nothing{};
}

Outcome drop_second_factor(const Terminal& terminal, const std::string& name) {
    auto opened = open_accounts(terminal);
    if (!opened) return opened.problem();
    const auto dropped = opened->access.accounts.drop_second_factor(name, Terminal::actor());
    if (!dropped) return dropped.problem();
    fmt::print("the account '{}' has no second factor now\n", name);
    return Nothing{};
}

Outcome link_identity(const Terminal& terminal, const AccountOptions& options) {
    auto opened = open_accounts(terminal);
    if (!opened) return opened.problem();
    const auto settings = read_open_id_settings(opened->site.folder() / "purse.toml");
    if (!settings) return settings.problem();
    if (!*settings) return conflict("purse.toml has no [oidc]: there is no identity provider");
    const auto account = opened->site.decisions().find_account(account_name_form(options.name));
    if (!account) {
        return not_found("there is no account '" + options.name + "': purse account list");
    }
    const auto linked = opened->site.decisions()
                            .acting_for(Terminal::actor())
                            .link_identity(account->number, (*settings)->issuer, options.subject);
    if (!linked) return linked.problem();
    say("linked", *account);
    return Nothing{};
}

Result<std::optional<Date>> day_or_none(const std::string& text) {
    if (text.empty()) return std::optional<Date>();
    const auto day = parse_date(text);
    if (!day) return day.problem();
    return std::optional(*day);
}

boost::json::object as_json_value(const AuditEntry& entry) {
    return {{"number", entry.number},         {"at", entry.actor.at},
            {"who", entry.actor.who},         {"role", entry.actor.role},
            {"address", entry.actor.address}, {"action", entry.act.action},
            {"subject", entry.act.subject},   {"detail", entry.act.detail},
            {"previous", entry.previous},     {"hash", entry.hash}};
}

void print(const AuditPage& page, bool json) {
    if (json) {
        boost::json::array entries;
        for (const AuditEntry& entry : page.entries) entries.push_back(as_json_value(entry));
        boost::json::object whole{{"entries", std::move(entries)}};
        if (page.next) whole["next"] = *page.next;
        fmt::print("{}\n", boost::json::serialize(whole));
        return;
    }
    for (const AuditEntry& entry : page.entries) {
        fmt::print("{:>6}  {}  {}  {}  {}{}\n", entry.number, entry.actor.at,
                   entry.actor.who.empty() ? "nobody" : entry.actor.who, entry.act.action,
                   entry.act.subject, entry.act.detail.empty() ? "" : "  " + entry.act.detail);
    }
    if (page.next) fmt::print("older ones: --before {}\n", *page.next);
}

Outcome search_audit(const Terminal& terminal, const SearchOptions& options) {
    const auto from = day_or_none(options.from);
    if (!from) return from.problem();
    const auto to = day_or_none(options.to);
    if (!to) return to.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    AuditSearch search{.who = options.who,
                       .action = options.action,
                       .subject = options.subject,
                       .from = *from,
                       .to = *to,
                       .limit = options.limit};
    if (options.before > 0) search.before = options.before;
    const auto page = site->decisions().audit(search);
    if (!page) return page.problem();
    print(*page, terminal.json);
    return Nothing{};
}

Outcome show_audit_head(const Terminal& terminal) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto head = site->decisions().check_audit();
    if (!head) return head.problem();
    fmt::print("the audit trail is as it was written: {} entries, the last has the hash\n{}\n",
               head->number, head->hash.empty() ? "-" : head->hash);
    return Nothing{};
}

using SharedAccountOptions = std::shared_ptr<AccountOptions>;
using Work = Outcome (*)(const Terminal&, const AccountOptions&);

std::pair<CLI::App*, SharedAccountOptions> add_one(CLI::App& account, Terminal& terminal,
                                                   const std::string& name, const std::string& says,
                                                   Work work) {
    auto options = std::make_shared<AccountOptions>();
    auto* command = account.add_subcommand(name, says);
    command->add_option("name", options->name, "The name to sign in with")->required();
    command->callback(
        [options, &terminal, work] { terminal.run([&] { return work(terminal, *options); }); });
    return {command, options};
}

void add_belonging(CLI::App& command, const SharedAccountOptions& options) {
    command
        .add_option("--role", options->role,
                    "Such as practice-gp, commissioner-finance, auditor (docs/access.md says who "
                    "may do what)")
        ->required();
    command.add_option("--practice", options->practice, "Of a practice's people: its code");
    command.add_option("--commissioner", options->commissioner,
                       "Of all others (default: the site's)");
}

void add_audit_commands(CLI::App& app, Terminal& terminal) {
    auto* audit = app.add_subcommand("audit", "Who did what: the audit trail");
    audit->require_subcommand(1);
    auto options = std::make_shared<SearchOptions>();
    auto* search = audit->add_subcommand("search", "Search the trail, newest first");
    search->add_option("--who", options->who, "The account's name");
    search->add_option("--action", options->action, "Such as signed_in, load_records");
    search->add_option("--subject", options->subject, "Such as A81001, 2017-06, 'account jane'");
    search->add_option("--from", options->from, "The first day, such as 2026-04-01");
    search->add_option("--to", options->to, "The last day");
    search->add_option("--before", options->before, "Entries older than this number");
    search->add_option("--limit", options->limit, "How many, 1 to 500 (default 50)");
    search->callback(
        [options, &terminal] { terminal.run([&] { return search_audit(terminal, *options); }); });
    audit->add_subcommand("head", "Check the trail; print the last entry's hash, to be noted down")
        ->callback([&terminal] { terminal.run([&] { return show_audit_head(terminal); }); });
}

}  // namespace

void add_account_commands(CLI::App& app, Terminal& terminal) {
    auto* account = app.add_subcommand("account", "Who may sign in");
    account->require_subcommand(1);
    auto [add, added] =
        add_one(*account, terminal, "add",
                "Add an account; its password is asked for, or read from stdin", add_account);
    add_belonging(*add, added);
    add->add_option("--full-name", added->full_name, "As pages and dialogues show it");
    add->add_option("--email", added->email, "Where links to a new password go");
    add->add_flag("--no-password", added->no_password,
                  "Without one: for a link, or the identity provider");
    account->add_subcommand("list", "The accounts")->callback([&terminal] {
        terminal.run([&] { return list_accounts(terminal); });
    });
    auto [role, to_role] =
        add_one(*account, terminal, "set-role", "Give it another role; its sessions end", set_role);
    add_belonging(*role, to_role);
    add_one(*account, terminal, "lock", "Nobody signs in with it; its sessions end",
            [](const Terminal& at, const AccountOptions& options) {
                return set_locked(at, options.name, true);
            });
    add_one(*account, terminal, "unlock", "Undo a lock",
            [](const Terminal& at, const AccountOptions& options) {
                return set_locked(at, options.name, false);
            });
    auto [reset, by_link] = add_one(*account, terminal, "reset-password",
                                    "Set a new password, asked for or read from stdin; or make a "
                                    "link to one",
                                    reset_password);
    reset->add_option("--link", by_link->page,
                      "The address of the page for a new password: print a link to it instead");
    auto [link, linked] =
        add_one(*account, terminal, "link", "Let somebody in with it by the identity provider",
                link_identity);
    link->add_option("--subject", linked->subject,
                     "Who they are there ('sub'): refusals in the trail show it")
        ->required();
    add_one(*account, terminal, "drop-second-factor",
            "For who has lost it and their recovery codes: check first who they are",
            [](const Terminal& at, const AccountOptions& options) {
                return drop_second_factor(at, options.name);
            });
    add_audit_commands(app, terminal);
}

}  // namespace purse
