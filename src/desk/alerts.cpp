#include "desk/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "benchmarking/signals.hpp"
#include "desk/month_inputs.hpp"
#include "desk/site_access.hpp"

namespace purse {

namespace {

constexpr std::int64_t day_seconds = 24 * 60 * 60;

std::vector<NewAlert> alerts_of(const Benchmarks& all, const std::vector<Signal>& found,
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

Message letter_to(const UserAccount& account, const std::vector<StoredAlert>& alerts,
                  const Affiliations& affiliations) {
    std::string text =
        fmt::format("Dear {},\n\nsomething began that chance alone seldom gives:\n\n",
                    account.full_name.empty() ? account.name : account.full_name);
    for (const StoredAlert& one : alerts) {
        text += fmt::format("- {} ({}), {}\n  {}\n\n", affiliations.name_of(one.alert.practice),
                            one.alert.practice.text(), in_words(one.alert.month), one.alert.says);
    }
    text +=
        "Counts do not say why: need, records and care all bear on them. The charts are in Purse.\n"
        "You get this letter because you asked for it; how often is yours to change there.\n";
    return {.to = account.email,
            .subject = fmt::format("Purse: {} to look at", alerts.size()),
            .text = text};
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
    kept.fresh = site.decisions().record_alerts(alerts_of(*all, found, at));
    for (StoredAlert& alert : site.decisions().alerts()) {
        if (alert.alert.month == month) kept.all.push_back(std::move(alert));
    }
    return kept;
}

Result<std::vector<std::filesystem::path>> write_alert_letters(Site& site, Instant now) {
    std::vector<std::filesystem::path> letters;
    const auto affiliations = affiliations_of(site);
    const std::vector<StoredAlert> alerts = site.decisions().alerts();
    for (const LetterSetting& setting : site.decisions().letter_settings()) {
        const auto account = site.decisions().find_account(setting.account);
        if (!account || account->is_locked || account->email.empty() || !is_due(setting, now)) {
            continue;
        }
        std::vector<StoredAlert> theirs;
        for (const StoredAlert& one : alerts) {
            if (one.number > setting.told_up_to && is_told(*account, one.alert)) {
                theirs.push_back(one);
            }
        }
        if (theirs.empty()) continue;
        auto letter = post(site, letter_to(*account, theirs, *affiliations), now);
        if (!letter) return letter.problem();
        letters.push_back(std::move(*letter));
        site.decisions().letter_sent(setting.account, alerts.back().number, to_text(now));
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
