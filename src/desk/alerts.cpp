#include "desk/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "benchmarking/signals.hpp"
#include "desk/clock.hpp"
#include "desk/month_inputs.hpp"
#include "desk/site_access.hpp"

namespace purse {

namespace {

constexpr std::int64_t day_seconds = 24 * 60 * 60;

std::vector<NewAlert> new_alerts(const Benchmarks& all, const std::vector<Signal>& found,
                                 const std::string& at) {
    std::vector<NewAlert> alerts;
    for (const Signal& signal : found) {
        NewAlert alert;
        alert.month = all.heading.month;
        alert.practice = signal.practice;
        alert.measure = all.measures.all[signal.measure].code;
        alert.seen_by = std::string(to_text(signal.seen_by));
        alert.side = signal.side;
        alert.since = signal.since;
        alert.says = signal.says;
        alert.closing = all.heading.closing;
        alert.at = at;
        alerts.push_back(std::move(alert));
    }
    return alerts;
}

bool is_commissioners(Role role) {
    return role == Role::commissioner_finance || role == Role::commissioner_information ||
           role == Role::commissioner_pbc_lead;
}

// The same without a number in it, for who may not see small ones.
std::string without_numbers(const NewAlert& alert, const std::string& measure) {
    const char* side = alert.side > 0 ? "more" : "fewer";
    if (alert.seen_by == to_text(SeenBy::chart)) {
        return fmt::format("{}: {} since {} than in the months before", measure, side,
                           in_words(alert.since));
    }
    return fmt::format("{}: {} in the year to {} than chance and honest differences give", measure,
                       side, in_words(alert.since));
}

bool is_told(const UserAccount& account, const NewAlert& alert) {
    return account.practice.empty() ? is_commissioners(account.role)
                                    : account.practice == alert.practice;
}

bool is_due(const LetterSetting& setting, Instant now) {
    if (setting.how_often == LetterFrequency::none) return false;
    if (setting.sent_at.empty()) return true;
    const auto last = parse_instant(setting.sent_at);
    CHECK(last.ok());
    const std::int64_t days = setting.how_often == LetterFrequency::weekly ? 7 : 28;
    return *last + days * day_seconds <= now;
}

Message letter_to(const UserAccount& account, const std::vector<AlertReport::Row>& alerts,
                  bool sees_numbers) {
    std::string text =
        fmt::format("Dear {},\n\nsomething began that chance alone seldom gives:\n\n",
                    account.full_name.empty() ? account.name : account.full_name);
    for (const AlertReport::Row& row : alerts) {
        const NewAlert& alert = row.kept.alert;
        text += fmt::format("- {} ({}), {}\n  {}\n\n", row.practice_name, alert.practice.text(),
                            in_words(alert.month), sees_numbers ? alert.says : row.without_numbers);
    }
    text +=
        "Counts do not say why: need, records and care all bear on them. The charts are in Purse.\n"
        "You get this letter because you asked for it; how often is yours to change there.\n";
    return {.to = account.email,
            .subject = fmt::format("Purse: {} to look at", alerts.size()),
            .text = text};
}

// Every alert that is kept, with the names as they are now.
Result<std::vector<AlertReport::Row>> all_rows(const Site& site) {
    const auto measures = read_measures(site.rules_folder() / "benchmarking" / "measures.toml");
    if (!measures) return measures.problem();
    const auto affiliations = affiliations_of(site);
    std::vector<AlertReport::Row> rows;
    for (StoredAlert& one : site.decisions().alerts()) {
        const auto place = measures->find(one.alert.measure);
        // A measure that is compared no longer has its code for a name.
        std::string measure = place ? measures->all[*place].name : one.alert.measure;
        std::string plain = without_numbers(one.alert, measure);
        rows.push_back({.kept = one,
                        .practice_name = affiliations->name_of(one.alert.practice),
                        .measure_name = std::move(measure),
                        .without_numbers = std::move(plain)});
    }
    return rows;
}

}  // namespace

Result<KeptAlerts> keep_alerts(Site& site, Month month, const std::string& at) {
    const auto all = compare_practices(site, month);
    if (!all) return all.problem();
    const ChartRebases rebases = chart_rebases_of(site);
    const RebasesOf rebases_of = [&](PracticeCode practice, const std::string& measure) {
        const auto found = rebases.find({practice, measure});
        return found == rebases.end() ? std::vector<ChartRebase>() : found->second;
    };
    const auto found = signals(all->counts, all->measures, rebases_of, all->rules);
    KeptAlerts kept;
    kept.fresh = site.decisions().record_alerts(new_alerts(*all, found, at));
    for (StoredAlert& alert : site.decisions().alerts()) {
        if (alert.alert.month == month) kept.all.push_back(std::move(alert));
    }
    return kept;
}

std::string alerts_after_closing(Site& site, Month month) {
    const auto kept = keep_alerts(site, month, now_utc());
    if (!kept) return "what began in the month was not looked for: " + kept.problem().says;
    if (kept->fresh.empty()) return "";
    return fmt::format(
        "{} began that chance seldom gives",
        kept->fresh.size() == 1 ? "1 thing" : fmt::format("{} things", kept->fresh.size()));
}

Result<AlertReport> alerts_of(const Site& site, Month month, std::optional<PracticeCode> practice) {
    auto rows = all_rows(site);
    if (!rows) return rows.problem();
    std::erase_if(*rows, [&](const AlertReport::Row& row) {
        const NewAlert& alert = row.kept.alert;
        return alert.month != month || (practice && alert.practice != *practice);
    });
    return AlertReport{month, *std::move(rows)};
}

Result<std::vector<std::filesystem::path>> write_alert_letters(Site& site, Instant now) {
    std::vector<std::filesystem::path> letters;
    const auto permissions = Permissions::read(site.rules_folder() / "permissions.toml");
    if (!permissions) return permissions.problem();
    const auto rows = all_rows(site);
    if (!rows) return rows.problem();
    for (const LetterSetting& setting : site.decisions().letter_settings()) {
        const auto account = site.decisions().find_account(setting.account);
        if (!account || account->is_locked || account->email.empty() || !is_due(setting, now)) {
            continue;
        }
        std::vector<AlertReport::Row> theirs;
        for (const AlertReport::Row& row : *rows) {
            if (row.kept.number > setting.told_up_to && is_told(*account, row.kept.alert)) {
                theirs.push_back(row);
            }
        }
        if (theirs.empty()) continue;
        const bool sees_numbers =
            permissions->scope_of(account->role, Action::read_small_counts).has_value();
        auto letter = post(site, letter_to(*account, theirs, sees_numbers), now);
        if (!letter) return letter.problem();
        letters.push_back(std::move(*letter));
        site.decisions().letter_sent(setting.account, rows->back().kept.number, to_text(now));
    }
    return letters;
}

Outcome set_alert_letters(Site& site, const std::string& account, LetterFrequency how_often) {
    const auto found = site.decisions().find_account(account);
    if (!found) return not_found("there is no account '" + account + "': purse account list");
    if (how_often != LetterFrequency::none && found->email.empty()) {
        return conflict("the account '" + account + "' has no address for letters");
    }
    const auto set = site.decisions().set_letters(found->number, how_often);
    if (!set) return set.problem();
    return Nothing{};
}

}  // namespace purse
