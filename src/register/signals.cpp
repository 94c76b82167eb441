#include "register/signals.hpp"

#include <algorithm>

#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view alert_columns =
    "number, month, practice, measure, seen_by, side, since, says, closing, made_at";

StoredAlert alert_in(const SqlRow& row) {
    return {.number = number_in(row, 0),
            .alert = {.month = stored(parse_month(text_in(row, 1))),
                      .practice = PracticeCode(text_in(row, 2)),
                      .measure = text_in(row, 3),
                      .seen_by = text_in(row, 4),
                      .side = static_cast<int>(number_in(row, 5)),
                      .since = stored(parse_month(text_in(row, 6))),
                      .says = text_in(row, 7),
                      .closing = static_cast<int>(number_in(row, 8)),
                      .at = text_in(row, 9)}};
}

LetterSetting setting_in(const SqlRow& row) {
    return {.account = {number_in(row, 0)},
            .how_often = stored(parse_letter_frequency(text_in(row, 1))),
            .told_up_to = number_in(row, 2),
            .sent_at = text_in(row, 3)};
}

Outcome is_sound(const NewChartRebase& rebase) {
    if (rebase.person.empty()) return bad_input("limits are moved by a person: give a name");
    if (rebase.reason.empty()) return bad_input("limits are moved for a reason: give it");
    if (rebase.practice.empty() || rebase.measure.empty()) {
        return bad_input("limits are those of a practice and a measure: name both");
    }
    return Nothing{};
}

StoredAlert kept(Session& session, const NewAlert& alert) {
    StoredAlert added{next_number(session, "alert"), alert};
    added.alert.says = storable(alert.says);
    session.insert(
        "alert", alert_columns,
        std::vector<SqlRow>{{added.number, to_text(alert.month), std::string(alert.practice.text()),
                             storable(alert.measure), storable(alert.seen_by),
                             std::int64_t{alert.side}, to_text(alert.since), added.alert.says,
                             std::int64_t{alert.closing}, storable(alert.at)}});
    return added;
}

bool is_known(Session& session, const NewAlert& alert) {
    return session.number(
               "select count(*) from alert where month = ? and practice = ? and measure = ?"
               " and seen_by = ?",
               {to_text(alert.month), std::string(alert.practice.text()), storable(alert.measure),
                storable(alert.seen_by)}) > 0;
}

void put(Session& session, const LetterSetting& setting) {
    session.run("delete from alert_letters where account = ?", {setting.account.value});
    session.insert(
        "alert_letters", "account, how_often, told_up_to, sent_at",
        std::vector<SqlRow>{{setting.account.value, std::string(to_text(setting.how_often)),
                             setting.told_up_to, storable(setting.sent_at)}});
}

}  // namespace

std::string_view to_text(LetterFrequency how_often) {
    switch (how_often) {
        case LetterFrequency::weekly:
            return "weekly";
        case LetterFrequency::monthly:
            return "monthly";
        case LetterFrequency::none:
            break;
    }
    return "none";
}

Result<LetterFrequency> parse_letter_frequency(std::string_view text) {
    for (const auto how_often :
         {LetterFrequency::none, LetterFrequency::weekly, LetterFrequency::monthly}) {
        if (to_text(how_often) == text) return how_often;
    }
    return bad_input("'" + std::string(text) + "': letters come none, weekly or monthly");
}

Result<StoredChartRebase> Register::record_chart_rebase(const NewChartRebase& rebase) {
    if (const auto sound = is_sound(rebase); !sound) return sound.problem();
    return state_->store.write("move a chart's limits", [&](Session& session) {
        StoredChartRebase added{next_number(session, "chart_rebase"), rebase};
        added.rebase.person = storable(rebase.person);
        added.rebase.reason = storable(rebase.reason);
        session.insert(
            "chart_rebase", "number, practice, measure, from_month, person, reason, made_at",
            std::vector<SqlRow>{{added.number, std::string(rebase.practice.text()),
                                 storable(rebase.measure), to_text(rebase.from),
                                 added.rebase.person, added.rebase.reason, storable(rebase.at)}});
        add_to_trail(
            session, actor_,
            {"chart_rebased", std::string(rebase.practice.text()) + " " + storable(rebase.measure),
             "from " + to_text(rebase.from) + " by " + added.rebase.person + ": " +
                 added.rebase.reason},
            rebase.at);
        return Result<StoredChartRebase>(added);
    });
}

std::vector<StoredChartRebase> Register::chart_rebases() const {
    return state_->store.read("read charts' limits", [](Session& session) {
        std::vector<StoredChartRebase> found;
        for (const SqlRow& row :
             session.rows("select number, practice, measure, from_month, person, reason, made_at"
                          " from chart_rebase order by number",
                          "ntttttt")) {
            found.push_back({number_in(row, 0),
                             {.practice = PracticeCode(text_in(row, 1)),
                              .measure = text_in(row, 2),
                              .from = stored(parse_month(text_in(row, 3))),
                              .person = text_in(row, 4),
                              .reason = text_in(row, 5),
                              .at = text_in(row, 6)}});
        }
        return found;
    });
}

std::vector<StoredAlert> Register::record_alerts(std::span<const NewAlert> alerts) {
    return state_->store.write("keep alerts", [&](Session& session) {
        std::vector<StoredAlert> added;
        for (const NewAlert& alert : alerts) {
            if (is_known(session, alert)) continue;
            added.push_back(kept(session, alert));
            add_to_trail(session, actor_,
                         {"alert_kept", std::string(alert.practice.text()) + " " + alert.measure,
                          to_text(alert.month) + ", by the " + alert.seen_by},
                         alert.at);
        }
        return added;
    });
}

std::vector<StoredAlert> Register::alerts(std::int64_t after) const {
    return state_->store.read("read alerts", [&](Session& session) {
        std::vector<StoredAlert> found;
        for (const SqlRow& row : session.rows("select " + std::string(alert_columns) +
                                                  " from alert where number > ? order by number",
                                              "nttttnttnt", {after})) {
            found.push_back(alert_in(row));
        }
        return found;
    });
}

std::vector<LetterSetting> Register::letter_settings() const {
    return state_->store.read("read who wants letters", [](Session& session) {
        std::vector<LetterSetting> found;
        for (const SqlRow& row :
             session.rows("select account, how_often, told_up_to, sent_at from alert_letters"
                          " order by account",
                          "ntnt")) {
            found.push_back(setting_in(row));
        }
        return found;
    });
}

Result<LetterSetting> Register::set_letters(AccountNumber account, LetterFrequency how_often) {
    return state_->store.write(
        "set who wants letters", [&](Session& session) -> Result<LetterSetting> {
            const auto name =
                session.row("select name from user_account where number = ?", "t", {account.value});
            if (!name) return not_found("there is no such account");
            const auto known = session.row(
                "select account, how_often, told_up_to, sent_at from alert_letters where account = "
                "?",
                "ntnt", {account.value});
            LetterSetting setting = known ? setting_in(*known) : LetterSetting{account, {}, 0, ""};
            // Who had no letters is told of what comes, not of all that was.
            if (setting.how_often == LetterFrequency::none) {
                setting.told_up_to = session.number("select coalesce(max(number), 0) from alert");
            }
            setting.how_often = how_often;
            put(session, setting);
            add_to_trail(
                session, actor_,
                {"letters_set", "account " + text_in(*name, 0), std::string(to_text(how_often))},
                "");
            return setting;
        });
}

void Register::letter_sent(AccountNumber account, std::int64_t told_up_to, const std::string& at) {
    state_->store.write("note a letter", [&](Session& session) {
        session.run("update alert_letters set told_up_to = ?, sent_at = ? where account = ?",
                    {told_up_to, storable(at), account.value});
    });
}

}  // namespace purse
