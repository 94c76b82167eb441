#include "desk/budget_dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "desk/dialogue_rules.hpp"
#include "desk/practice_data.hpp"

namespace purse {

namespace {

constexpr std::size_t shortest_offer_hash = 8;

Result<Date> day_of(const DialogueCommand& command) {
    return parse_date(std::string_view(command.at).substr(0, 10));
}

// The dates, the rules behind them and the dialogues so far: what every step looks at.
class YearOfDialogues {
  public:
    static Result<YearOfDialogues> of(const Site& site, FinancialYear year) {
        auto all = without_events(site, year);
        if (all) all->events_ = site.decisions().dialogues(year);
        return all;
    }
    static Result<YearOfDialogues> of(const Site& site, FinancialYear year, PracticeCode practice) {
        auto all = without_events(site, year);
        if (all) all->events_[practice] = site.decisions().dialogue(practice, year);
        return all;
    }

    [[nodiscard]] const DialogueDates& dates() const { return dates_; }
    [[nodiscard]] const std::string& scheme() const { return scheme_; }
    [[nodiscard]] std::span<const DialogueEvent> events(PracticeCode practice) const {
        const auto found = events_.find(practice);
        return found == events_.end() ? std::span<const DialogueEvent>() : found->second;
    }
    [[nodiscard]] DialogueDates dates_at(const DialoguePosition& position) const {
        return position.reopened ? reopened_dates(dates_, rules_, *position.reopened) : dates_;
    }
    // Practices that have a dialogue, ours or no more.
    [[nodiscard]] std::vector<PracticeCode> practices() const {
        std::vector<PracticeCode> all;
        for (const auto& [practice, events] : events_) all.push_back(practice);
        return all;
    }

    [[nodiscard]] DialogueAct act(PracticeCode practice, DialogueStep step,
                                  const DialogueCommand& command) const {
        DialogueAct act;
        act.practice = practice;
        act.year = command.year;
        act.step = step;
        act.role = command.role;
        act.author = command.author;
        act.at = command.at;
        act.says = command.says;
        act.after = command.after;
        act.dates = dates_at(position_of(events(practice)));
        return act;
    }

  private:
    static Result<YearOfDialogues> without_events(const Site& site, FinancialYear year) {
        const auto rules = dialogue_rules_of(site, year);
        if (!rules) return rules.problem();
        const auto dates = dates_of(rules->rules, year);
        if (!dates) return dates.problem();
        YearOfDialogues all;
        all.rules_ = rules->rules;
        all.scheme_ = rules->scheme;
        all.dates_ = *dates;
        return all;
    }

    std::string scheme_;
    DialogueRules rules_;
    DialogueDates dates_;
    std::map<PracticeCode, std::vector<DialogueEvent>> events_;
};

Outcome is_ours(const Site& site, PracticeCode practice, FinancialYear year) {
    const auto ours = budget_practices(site, year);
    if (std::ranges::binary_search(ours, practice)) return Nothing{};
    if (!site.decisions().dialogue(practice, year).empty()) return Nothing{};
    return not_found(fmt::format(
        "{} is not a practice of the commissioner's on {}: 'purse practices' lists them",
        practice.text(), in_words(year.first_month().first_day())));
}

Result<DialogueAct> act_of(const Site& site, PracticeCode practice, DialogueStep step,
                           const DialogueCommand& command) {
    if (const auto ours = is_ours(site, practice, command.year); !ours) return ours.problem();
    const auto year = YearOfDialogues::of(site, command.year, practice);
    if (!year) return year.problem();
    return year->act(practice, step, command);
}

void put_data(DialogueAct& act, const PracticeData& data) {
    if (!act.says.empty()) act.says += "\n";
    act.says += data.shown_to(act.practice);
    act.on_table = digest_of(act.says);
}

// What a draft offers a practice.
struct OfferOf {
    std::string draft;
    std::string hash;
};

Result<OfferOf> offer_of(const Site& site, PracticeCode practice, FinancialYear year,
                         const std::string& name) {
    const auto draft = site.decisions().draft(year, name);
    if (!draft) return draft.problem();
    const auto amounts = site.decisions().draft_amounts(draft->number, practice);
    if (amounts.empty()) {
        return not_found(fmt::format("the draft '{}' has nothing for {}", name, practice.text()));
    }
    return OfferOf{draft->digest, offer_digest(draft->derivation.checksum, amounts)};
}

std::map<PracticeCode, std::vector<DraftAmount>> by_practice(std::vector<DraftAmount> amounts) {
    std::map<PracticeCode, std::vector<DraftAmount>> found;
    for (DraftAmount& amount : amounts) found[amount.practice].push_back(amount);
    return found;
}

// Takes the steps that can be taken, all at once, and says which cannot. A step that could be taken
// for nobody is refused with the first practice's reason.
Result<StepsTaken> take_all(Site& site, const YearOfDialogues& year,
                            const std::vector<DialogueAct>& acts) {
    StepsTaken steps;
    std::vector<DialogueAct> possible;
    std::optional<Problem> first;
    for (const DialogueAct& act : acts) {
        if (const auto event = next_event(year.events(act.practice), act, 0); !event) {
            if (!first) first = event.problem();
            steps.left_out.push_back({act.practice, event.problem().says});
        } else {
            possible.push_back(act);
        }
    }
    if (possible.empty() && first) return *first;
    auto taken = site.decisions().record_dialogue_events(possible);
    if (!taken) return taken.problem();
    steps.taken = std::move(*taken);
    return steps;
}

Pence net_of(std::span<const DraftAmount> amounts) {
    Pence net;
    for (const DraftAmount& amount : amounts) net += amount.net;
    return net;
}

// Drafts by their digests, with their amounts read once.
class DraftsOfYear {
  public:
    DraftsOfYear(const Site& site, FinancialYear year) : site_(site) {
        for (Draft& draft : site.decisions().drafts(year)) drafts_[draft.digest] = draft;
    }
    [[nodiscard]] const Draft* find(const std::string& digest) const {
        const auto found = drafts_.find(digest);
        return found == drafts_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const std::vector<DraftAmount>& amounts(const Draft& draft,
                                                          PracticeCode practice) {
        const auto [found, is_new] = amounts_.try_emplace(draft.number);
        if (is_new) found->second = by_practice(site_.decisions().draft_amounts(draft.number));
        return found->second[practice];
    }

  private:
    const Site& site_;
    std::map<std::string, Draft> drafts_;
    std::map<DraftNumber, std::map<PracticeCode, std::vector<DraftAmount>>> amounts_;
};

class DialogueStandingReader {
  public:
    DialogueStandingReader(const Site& site, const YearOfDialogues& year, FinancialYear which,
                           Date today)
        : year_(year), drafts_(site, which), today_(today), names_(names_of(site)) {}

    DialogueStanding standing(PracticeCode practice) {
        const auto events = year_.events(practice);
        DialogueStanding standing;
        standing.practice = practice;
        standing.name = names_.contains(practice) ? names_.at(practice) : practice.text();
        standing.position = position_of(events);
        standing.last_at = events.empty() ? "" : events.back().at;
        standing.dates = year_.dates_at(standing.position);
        standing.turn = turn_of(standing.position.state, standing.dates, today_);
        if (const Draft* draft = drafts_.find(standing.position.draft)) {
            standing.draft = draft->name;
            standing.net = net_of(drafts_.amounts(*draft, practice));
        }
        return standing;
    }
    std::vector<DraftAmount> amounts(const DialogueStanding& standing) {
        const Draft* draft = drafts_.find(standing.position.draft);
        if (draft == nullptr) return {};
        return drafts_.amounts(*draft, standing.practice);
    }
    Pence net_in(const std::string& digest, PracticeCode practice) {
        return net_of(drafts_.amounts(*drafts_.find(digest), practice));
    }

  private:
    static std::map<PracticeCode, std::string> names_of(const Site& site) {
        std::map<PracticeCode, std::string> names;
        for (const Practice& practice : site.decisions().organisations().practices) {
            names[practice.code] = practice.name;
        }
        return names;
    }

    const YearOfDialogues& year_;
    DraftsOfYear drafts_;
    Date today_;
    std::map<PracticeCode, std::string> names_;
};

// "£12.00 more than"
std::string compared(Pence more) {
    if (more == Pence(0)) return "as much as";
    return in_pounds(more < Pence(0) ? -more : more) +
           (more < Pence(0) ? " less than" : " more than");
}

// The newest draft on the table, and how many there are.
struct DraftsOnTable {
    std::map<std::string, std::pair<std::string, std::size_t>> names;  // by digest
    std::string newest;
};

DraftsOnTable drafts_on_table(const Site& site, const DialogueStatus& status) {
    DraftsOnTable found;
    for (const DialogueStanding& standing : status.practices) {
        if (standing.draft.empty()) continue;
        auto& [name, count] = found.names[standing.position.draft];
        name = standing.draft;
        ++count;
    }
    for (const Draft& draft : site.decisions().drafts(status.year)) {
        if (found.names.contains(draft.digest)) found.newest = draft.digest;
    }
    return found;
}

// Each draft adds up to its allocation; offers of several together need not.
void note_several_drafts(const Site& site, DialogueStatus& status, DialogueStandingReader& reader) {
    const DraftsOnTable drafts = drafts_on_table(site, status);
    if (drafts.names.size() < 2) return;
    std::string list;
    for (const auto& [digest, named] : drafts.names) {
        list += fmt::format("{}'{}' ({})", list.empty() ? "" : ", ", named.first, named.second);
    }
    Pence together;
    Pence in_newest;
    for (const DialogueStanding& standing : status.practices) {
        if (!standing.net) continue;
        together += *standing.net;
        in_newest += reader.net_in(drafts.newest, standing.practice);
    }
    status.notes.push_back(fmt::format(
        "what is on the table comes from several drafts: {}. Together it is {}, {} the same "
        "practices have in '{}'",
        list, in_pounds(together), compared(together - in_newest),
        drafts.names.at(drafts.newest).first));
}

}  // namespace

Result<DialogueEvent> show_budget_data(Site& site, PracticeCode practice,
                                       const DialogueCommand& command) {
    auto act = act_of(site, practice, DialogueStep::show_data, command);
    if (!act) return act.problem();
    const auto today = day_of(command);
    if (!today) return today.problem();
    const auto data = PracticeData::gather(site, command.year, *today);
    if (!data) return data.problem();
    put_data(*act, *data);
    return site.decisions().record_dialogue_event(*act);
}

Result<StepsTaken> show_budget_data_to_all(Site& site, const DialogueCommand& command) {
    const auto today = day_of(command);
    if (!today) return today.problem();
    const auto year = YearOfDialogues::of(site, command.year);
    if (!year) return year.problem();
    const auto data = PracticeData::gather(site, command.year, *today);
    if (!data) return data.problem();
    StepsTaken shown_before;
    std::vector<DialogueAct> acts;
    for (const PracticeCode practice : data->practices()) {
        const DialoguePosition position = position_of(year->events(practice));
        if (position.state != DialogueState::nothing_shown) {
            shown_before.left_out.push_back(
                {practice, fmt::format("the data were shown before; the dialogue stands at '{}'",
                                       in_words(position.state))});
            continue;
        }
        DialogueAct act = year->act(practice, DialogueStep::show_data, command);
        put_data(act, *data);
        acts.push_back(std::move(act));
    }
    auto steps = take_all(site, *year, acts);
    if (steps) std::ranges::move(shown_before.left_out, std::back_inserter(steps->left_out));
    return steps;
}

Result<DialogueEvent> offer_budget(Site& site, PracticeCode practice, const std::string& draft,
                                   const DialogueCommand& command) {
    auto act = act_of(site, practice, DialogueStep::offer, command);
    if (!act) return act.problem();
    const auto offer = offer_of(site, practice, command.year, draft);
    if (!offer) return offer.problem();
    act->draft = offer->draft;
    act->on_table = offer->hash;
    return site.decisions().record_dialogue_event(*act);
}

Result<StepsTaken> offer_budget_to_all(Site& site, const std::string& draft,
                                       const DialogueCommand& command) {
    const auto year = YearOfDialogues::of(site, command.year);
    if (!year) return year.problem();
    const auto found = site.decisions().draft(command.year, draft);
    if (!found) return found.problem();
    std::vector<DialogueAct> acts;
    for (const auto& [practice, amounts] :
         by_practice(site.decisions().draft_amounts(found->number))) {
        DialogueAct act = year->act(practice, DialogueStep::offer, command);
        act.draft = found->digest;
        act.on_table = offer_digest(found->derivation.checksum, amounts);
        acts.push_back(std::move(act));
    }
    return take_all(site, *year, acts);
}

Result<DialogueEvent> speak_in_dialogue(Site& site, PracticeCode practice, DialogueStep step,
                                        const DialogueCommand& command) {
    const auto act = act_of(site, practice, step, command);
    if (!act) return act.problem();
    return site.decisions().record_dialogue_event(*act);
}

Result<DialogueEvent> agree_budget(Site& site, PracticeCode practice, const std::string& offer,
                                   const DialogueCommand& command) {
    auto act = act_of(site, practice, DialogueStep::agree, command);
    if (!act) return act.problem();
    if (offer.size() < shortest_offer_hash) {
        return bad_input(fmt::format(
            "'{}' is too short for the hash of an offer: give {} characters at least, as 'purse "
            "budget history {}' prints them",
            offer, shortest_offer_hash, practice.text()));
    }
    const auto position = position_of(site.decisions().dialogue(practice, command.year));
    act->on_table = position.on_table.starts_with(offer) ? position.on_table : offer;
    return site.decisions().record_dialogue_event(*act);
}

Result<DialogueEvent> rule_on_budget(Site& site, PracticeCode practice,
                                     const std::optional<std::string>& draft,
                                     const DialogueCommand& command) {
    auto act = act_of(site, practice, DialogueStep::rule, command);
    if (!act) return act.problem();
    if (draft) {
        const auto offer = offer_of(site, practice, command.year, *draft);
        if (!offer) return offer.problem();
        act->draft = offer->draft;
        act->on_table = offer->hash;
    }
    return site.decisions().record_dialogue_event(*act);
}

Result<DialogueHistory> dialogue_history(const Site& site, PracticeCode practice,
                                         FinancialYear year, Date today) {
    if (const auto ours = is_ours(site, practice, year); !ours) return ours.problem();
    const auto all = YearOfDialogues::of(site, year, practice);
    if (!all) return all.problem();
    DialogueStandingReader reader(site, *all, year, today);
    DialogueHistory history;
    history.standing = reader.standing(practice);
    const auto events = all->events(practice);
    history.events.assign(events.begin(), events.end());
    history.amounts = reader.amounts(history.standing);
    return history;
}

std::size_t DialogueStatus::at(DialogueState state) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        practices, [&](const auto& standing) { return standing.position.state == state; }));
}

std::size_t DialogueStatus::late() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        practices, [](const auto& standing) { return standing.turn.late(); }));
}

std::size_t DialogueStatus::waiting_for(DialogueSide side) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        practices, [&](const auto& standing) { return standing.turn.side == side; }));
}

Result<DialogueStatus> dialogue_status(const Site& site, FinancialYear year, Date today) {
    const auto all = YearOfDialogues::of(site, year);
    if (!all) return all.problem();
    DialogueStatus status{
        .year = year, .today = today, .scheme = all->scheme(), .dates = all->dates()};
    std::vector<PracticeCode> practices = budget_practices(site, year);
    std::ranges::move(all->practices(), std::back_inserter(practices));
    std::ranges::sort(practices);
    practices.erase(std::ranges::unique(practices).begin(), practices.end());
    DialogueStandingReader reader(site, *all, year, today);
    for (const PracticeCode practice : practices) {
        status.practices.push_back(reader.standing(practice));
    }
    note_several_drafts(site, status, reader);
    return status;
}

}  // namespace purse
