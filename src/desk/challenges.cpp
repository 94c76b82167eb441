#include "desk/challenges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace purse {

namespace {

Result<ChallengeAct> act_of(const Site& site, std::int64_t number, ChallengeStep step,
                            const ChallengeCommand& command) {
    const auto rules = challenge_rules_of(site);
    if (!rules) return rules.problem();
    ChallengeAct act;
    act.challenge = number;
    act.step = step;
    act.role = command.role;
    act.author = command.author;
    act.at = command.at;
    act.says = command.says;
    act.days = rules->days;
    act.after = command.after;
    return act;
}

Result<ChallengeEvent> speak(Site& site, std::int64_t number, ChallengeStep step,
                             const ChallengeCommand& command) {
    const auto act = act_of(site, number, step, command);
    if (!act) return act.problem();
    return site.decisions().record_challenge_event(*act);
}

Result<Pence> credit_of(const Challenge& challenge, const ChallengeReasonRule& rule,
                        const std::optional<Pence>& said) {
    if (said) return *said;
    const ChallengePosition position = challenge.position();
    if (position.accepted && *position.accepted > Pence(0)) return *position.accepted;
    if (rule.whole_credit) return position.disputed;
    return bad_input(fmt::format(
        "of what is challenged as '{}' a part may be right: say how much is credited, up to {}",
        in_words(challenge.what.reason), in_pounds(position.disputed)));
}

bool fits(const ChallengeStanding& standing, const ChallengeSearch& search) {
    const NewChallenge& what = standing.challenge.what;
    return (!search.practice || what.practice == *search.practice) &&
           (!search.provider || what.provider == *search.provider) &&
           (!search.state || standing.position.state == *search.state) &&
           (!search.open_only || is_open(standing.position.state));
}

// Names and rules, read once for any number of challenges.
class ChallengeStandingReader {
  public:
    static Result<ChallengeStandingReader> of(const Site& site, Date today) {
        const auto rules = challenge_rules_of(site);
        if (!rules) return rules.problem();
        return ChallengeStandingReader(site, rules->days, today);
    }

    ChallengeStanding standing(Challenge challenge) const {
        ChallengeStanding standing;
        standing.position = challenge.position();
        if (standing.position.since) {
            standing.turn =
                turn_of(standing.position.state, *standing.position.since, days_, today_);
        }
        standing.practice_name = name_in(practices_, challenge.what.practice);
        standing.provider_name = name_in(providers_, challenge.what.provider);
        standing.challenge = std::move(challenge);
        return standing;
    }

  private:
    ChallengeStandingReader(const Site& site, const ChallengeDays& days, Date today)
        : days_(days), today_(today) {
        const Organisations known = site.decisions().organisations();
        for (const Practice& practice : known.practices) practices_[practice.code] = practice.name;
        for (const Provider& provider : known.providers) providers_[provider.code] = provider.name;
    }
    template <class Key>
    static std::string name_in(const std::map<Key, std::string>& names, Key code) {
        const auto found = names.find(code);
        return found == names.end() ? code.text() : found->second;
    }

    ChallengeDays days_;
    Date today_;
    std::map<PracticeCode, std::string> practices_;
    std::map<ProviderCode, std::string> providers_;
};

}  // namespace

Result<ChallengeEvent> pass_challenge(Site& site, std::int64_t number,
                                      const ChallengeCommand& command) {
    const auto challenge = site.decisions().challenge(number);
    if (!challenge) return challenge.problem();
    if (challenge->what.provider.empty()) {
        return conflict(fmt::format(
            "challenge {} is of a line of no one provider: answer it, it cannot be passed on",
            number));
    }
    return speak(site, number, ChallengeStep::pass, command);
}

Result<ChallengeEvent> uphold_challenge(Site& site, std::int64_t number, const Credit& credit,
                                        const ChallengeCommand& command) {
    const auto challenge = site.decisions().challenge(number);
    if (!challenge) return challenge.problem();
    auto act = act_of(site, number, ChallengeStep::uphold, command);
    if (!act) return act.problem();
    const auto rules = challenge_rules_of(site);
    if (!rules) return rules.problem();
    const ChallengeReasonRule& rule = rules->reasons.at(challenge->what.reason);
    act->borne_by = credit.borne_by.value_or(rule.borne_by);
    if (!bears_cost(act->borne_by)) {
        return bad_input(
            fmt::format("'{}' cannot bear the cost: give 'provider', or an account that no "
                        "practice answers for, such as ~UNREG",
                        act->borne_by));
    }
    const auto amount = credit_of(*challenge, rule, credit.amount);
    if (!amount) return amount.problem();
    act->amount = *amount;
    return site.decisions().record_challenge_event(*act);
}

Result<ChallengeEvent> reject_challenge(Site& site, std::int64_t number,
                                        const ChallengeCommand& command) {
    return speak(site, number, ChallengeStep::reject, command);
}

Result<ChallengeEvent> withdraw_challenge(Site& site, std::int64_t number,
                                          const ChallengeCommand& command) {
    return speak(site, number, ChallengeStep::withdraw, command);
}

Result<std::vector<ChallengeStanding>> challenges_standing(const Site& site,
                                                           const ChallengeSearch& search,
                                                           Date today) {
    const auto reader = ChallengeStandingReader::of(site, today);
    if (!reader) return reader.problem();
    auto all = search.practice ? site.decisions().challenges(*search.practice)
                               : site.decisions().challenges();
    std::vector<ChallengeStanding> found;
    for (Challenge& challenge : all) {
        ChallengeStanding standing = reader->standing(std::move(challenge));
        if (fits(standing, search)) found.push_back(std::move(standing));
    }
    return found;
}

Result<ChallengeStanding> challenge_standing(const Site& site, std::int64_t number, Date today) {
    const auto reader = ChallengeStandingReader::of(site, today);
    if (!reader) return reader.problem();
    auto challenge = site.decisions().challenge(number);
    if (!challenge) return challenge.problem();
    return reader->standing(std::move(*challenge));
}

}  // namespace purse
