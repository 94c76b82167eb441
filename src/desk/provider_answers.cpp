#include "desk/provider_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace purse {

namespace {

// Why an answer cannot be put on record, in the terms of its line.
std::optional<RefusedAnswer> fault_of(const Challenge* challenge, const ChallengeAnswer& answer,
                                      ProviderCode provider) {
    const std::string number = std::to_string(answer.challenge);
    if (challenge == nullptr || challenge->what.provider != provider) {
        return RefusedAnswer{answer.line, "challenge", number,
                             fmt::format("is no challenge at {}", provider.text()),
                             "leave the number as it is in the file you were sent"};
    }
    const ChallengePosition position = challenge->position();
    if (position.state != ChallengeState::with_provider) {
        return RefusedAnswer{
            answer.line, "challenge", number,
            fmt::format("does not wait for the provider: it stands at '{}'",
                        in_words(position.state)),
            "nothing needs to be done: the answer came too late, or another was taken before"};
    }
    if (answer.accepted && *answer.accepted > position.disputed) {
        return RefusedAnswer{
            answer.line, "accepted_pounds", plain_pounds(*answer.accepted),
            fmt::format("is more than the {} that is disputed", in_pounds(position.disputed)),
            "write the amount that is disputed, or less"};
    }
    return std::nullopt;
}

// The same answer was put on record as the provider's last.
bool said_before(const Challenge& challenge, const ChallengeAnswer& answer) {
    const auto last = std::ranges::find_if(
        challenge.events.rbegin(), challenge.events.rend(), [](const ChallengeEvent& event) {
            return event.step == ChallengeStep::provider_answer ||
                   event.step == ChallengeStep::pass;
        });
    return last != challenge.events.rend() && last->step == ChallengeStep::provider_answer &&
           last->says == answer.says &&
           last->amount == answer.accepted.value_or(challenge.position().disputed);
}

ChallengeAct act_of(const ChallengeRules& rules, const ChallengeCommand& command,
                    std::int64_t number, ChallengeStep step) {
    ChallengeAct act;
    act.challenge = number;
    act.step = step;
    act.role = command.role;
    act.author = command.author;
    act.at = command.at;
    act.says = command.says;
    act.days = rules.days;
    return act;
}

Result<Date> day_of(const ChallengeCommand& command) {
    return parse_date(std::string_view(command.at).substr(0, 10));
}

}  // namespace

Result<ProviderFile> provider_file(const Site& site, ProviderCode provider, Date today) {
    auto waiting = challenges_standing(
        site, {.provider = provider, .state = ChallengeState::with_provider}, today);
    if (!waiting) return waiting.problem();
    ProviderFile file;
    file.provider = provider;
    file.name = provider.text();
    for (const Provider& known : site.decisions().organisations().providers) {
        if (known.code == provider) file.name = known.name;
    }
    file.challenges = std::move(*waiting);
    return file;
}

Result<ProviderFile> pass_to_provider(Site& site, ProviderCode provider,
                                      const ChallengeCommand& command) {
    const auto today = day_of(command);
    if (!today) return today.problem();
    const auto rules = challenge_rules_of(site);
    if (!rules) return rules.problem();
    const auto marked =
        challenges_standing(site, {.provider = provider, .state = ChallengeState::marked}, *today);
    if (!marked) return marked.problem();
    std::vector<ChallengeAct> acts;
    for (const ChallengeStanding& standing : *marked) {
        acts.push_back(act_of(*rules, command, standing.challenge.number, ChallengeStep::pass));
    }
    const auto passed = site.decisions().record_challenge_events(acts);
    if (!passed) return passed.problem();
    return provider_file(site, provider, *today);
}

const std::vector<std::string>& provider_file_headings() {
    static const std::vector<std::string> headings = {
        "challenge", "data_set", "record",          "began",  "ended", "hrg_or_function",
        "line",      "month",    "pounds",          "reason", "note",  "beside",
        "answer_by", "answer",   "accepted_pounds", "words"};
    return headings;
}

std::vector<std::string> provider_file_row(const ChallengeStanding& standing) {
    const NewChallenge& what = standing.challenge.what;
    const ChallengedRecord none;
    const bool is_record = what.record.has_value();
    const ChallengedRecord& record = is_record ? *what.record : none;
    return {std::to_string(standing.challenge.number),
            is_record ? std::string(short_name(record.set)) : "",
            record.record_id,
            is_record ? to_text(record.began) : "",
            is_record ? to_text(record.ended) : "",
            record.what,
            std::string(name_of(what.amounts.front().line).code),
            to_text(what.month),
            plain_pounds(what.disputed()),
            std::string(in_words(what.reason)),
            what.note,
            what.beside_provider == what.provider ? what.beside : "",
            to_text(standing.turn.by),
            "",
            "",
            ""};
}

Result<ProviderAnswersTaken> take_provider_answers(Site& site, ProviderCode provider,
                                                   std::string text, const std::string& name,
                                                   const ChallengeCommand& command) {
    auto read = read_provider_answers(std::move(text), name);
    if (!read) return read.problem();
    const auto rules = challenge_rules_of(site);
    if (!rules) return rules.problem();
    std::map<std::int64_t, Challenge> known;
    for (Challenge& challenge : site.decisions().challenges()) {
        known.emplace(challenge.number, std::move(challenge));
    }
    ProviderAnswersTaken result;
    result.refused = std::move(read->refused);
    std::vector<ChallengeAct> acts;
    for (const ChallengeAnswer& answer : read->answers) {
        const auto found = known.find(answer.challenge);
        const Challenge* challenge = found == known.end() ? nullptr : &found->second;
        if (challenge != nullptr && challenge->what.provider == provider &&
            said_before(*challenge, answer)) {
            ++result.unchanged;
            continue;
        }
        if (auto fault = fault_of(challenge, answer, provider)) {
            result.refused.push_back(std::move(*fault));
            continue;
        }
        ChallengeAct act =
            act_of(*rules, command, answer.challenge, ChallengeStep::provider_answer);
        act.amount = answer.accepted.value_or(challenge->position().disputed);
        act.says = answer.says;
        acts.push_back(std::move(act));
    }
    std::ranges::sort(result.refused, {}, &RefusedAnswer::line);
    auto taken = site.decisions().record_challenge_events(acts);
    if (!taken) return taken.problem();
    result.taken = std::move(*taken);
    return result;
}

}  // namespace purse
