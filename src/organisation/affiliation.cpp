#include "organisation/affiliation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace purse {

namespace {

constexpr std::array unattributed = {account::unregistered,    account::unknown_practice,
                                     account::cross_border,    account::other_commissioner,
                                     account::closed_practice, account::not_general_practice};

// Every membership of a practice in one order, whatever order the register gave.
bool earlier(const Membership& a, const Membership& b) {
    return std::tie(a.period, a.parent) < std::tie(b.period, b.parent);
}

// Several files may tell of a practice: what the later one says goes before, what it leaves out
// stays.
void fill_in(Practice& known, const Practice& said) {
    known.code = said.code;
    if (!said.name.empty()) known.name = said.name;
    if (said.open) known.open = said.open;
    if (said.close) known.close = said.close;
    if (said.status != ' ') known.status = said.status;
    if (said.prescribing_setting) known.prescribing_setting = said.prescribing_setting;
    if (!said.postcode.empty()) known.postcode = said.postcode;
}

}  // namespace

std::span<const Account> unattributed_accounts() { return unattributed; }

Affiliations::Affiliations(AffiliationRules rules, const std::vector<Practice>& practices,
                           const std::vector<Membership>& memberships,
                           const std::vector<Succession>& successions)
    : rules_(std::move(rules)) {
    for (const CommissionerCode code : rules_.ours) ours_.push_back(code.packed());
    add(practices, memberships);
    add(successions);
    build_table();
}

void Affiliations::add(const std::vector<Practice>& practices,
                       const std::vector<Membership>& memberships) {
    for (const Practice& practice : practices) fill_in(known_[practice.code].practice, practice);
    for (const Membership& membership : memberships) {
        Known& known = known_[membership.practice];
        known.practice.code = membership.practice;
        (membership.kind == MembershipKind::commissioner ? known.memberships : known.networks)
            .push_back(membership);
    }
    for (auto& [code, known] : known_) {
        std::ranges::sort(known.memberships, earlier);
        std::ranges::sort(known.networks, earlier);
    }
}

// Taken from the first to the last: a circle of successors could not say who answers, so the one
// that would close it is left out.
void Affiliations::add(std::vector<Succession> successions) {
    std::ranges::sort(successions, {}, [](const Succession& s) {
        return std::tuple(s.from, s.practice, s.successor);
    });
    for (const Succession& succession : successions) {
        if (const auto why = why_left_out(succession); !why.empty()) {
            findings_.push_back(
                fmt::format("{} is succeeded by {} from {}: {}; this succession is left out",
                            succession.practice.text(), succession.successor.text(),
                            to_text(succession.from), why));
            continue;
        }
        Known& known = known_[succession.practice];
        known.practice.code = succession.practice;
        known.successors.emplace(succession.from, succession.successor);
    }
}

std::string Affiliations::why_left_out(const Succession& succession) const {
    if (!known_.contains(succession.successor)) return "the successor is not in the register";
    if (reachable(succession.successor).contains(succession.practice)) {
        return "the chain of successors would lead back to the practice itself";
    }
    const Known* practice = known(succession.practice);
    if (practice == nullptr) return {};
    const auto same_day = practice->successors.find(succession.from);
    if (same_day == practice->successors.end() || same_day->second == succession.successor) {
        return {};
    }
    return fmt::format("it has another successor, {}, on the same day", same_day->second.text());
}

// The practice and all that may ever answer for it.
std::set<PracticeCode> Affiliations::reachable(PracticeCode practice) const {
    std::set<PracticeCode> seen{practice};
    std::vector<PracticeCode> open{practice};
    while (!open.empty()) {
        const Known* at = known(open.back());
        open.pop_back();
        if (at == nullptr) continue;
        for (const auto& [from, successor] : at->successors) {
            if (seen.insert(successor).second) open.push_back(successor);
        }
    }
    return seen;
}

const Affiliations::Known* Affiliations::known(PracticeCode code) const {
    const auto found = known_.find(code);
    return found == known_.end() ? nullptr : &found->second;
}

PracticeCode Affiliations::current_of(PracticeCode practice, Date as_at) const {
    for (const Known* at = known(practice); at != nullptr; at = known(practice)) {
        const auto after = at->successors.upper_bound(as_at);
        if (after == at->successors.begin()) break;
        practice = std::prev(after)->second;  // ends: circles are left out
    }
    return practice;
}

bool Affiliations::is_ours(const Membership& membership) const {
    return rules_.ours.contains(CommissionerCode(membership.parent));
}

Affiliations::Belongs Affiliations::belongs(const Known& practice, Date day) const {
    auto found = Belongs::not_said;
    for (const Membership& membership : practice.memberships) {
        if (!membership.period.covers(day)) continue;
        if (is_ours(membership)) return Belongs::to_us;
        found = Belongs::to_another;
    }
    return found;
}

// Whose it was on its last day.
Affiliations::Belongs Affiliations::at_the_end(const Known& practice) const {
    const auto last = belongs(practice, *practice.practice.close);
    if (last != Belongs::not_said || practice.memberships.empty()) return last;
    return is_ours(practice.memberships.back()) ? Belongs::to_us : Belongs::to_another;
}

// What the register does not say: before its first membership a practice counts as that one's.
Affiliations::Belongs Affiliations::by_first_membership(const Known& practice, Date day) const {
    if (practice.memberships.empty()) return Belongs::to_another;
    const auto first = practice.memberships.front().period.from;
    if (!first || *first <= day) return Belongs::to_another;
    return belongs(practice, *first);
}

bool Affiliations::beyond_border(std::uint64_t practice) const {
    return rules_.border_letters.find(static_cast<char>(practice >> 56)) != std::string::npos;
}

Account Affiliations::account_on(PracticeCode on_record, Belongs on_the_record, Date day) const {
    if (on_record.empty() || rules_.no_practice.contains(on_record)) return account::unregistered;
    const PracticeCode holder = current_of(on_record, day);
    const Known* practice = known(holder);
    if (practice == nullptr) return of_unlisted(holder);
    return of_known(*practice, on_the_record, day);
}

Account Affiliations::of_unlisted(PracticeCode practice) const {
    return beyond_border(practice.packed()) ? account::cross_border : account::unknown_practice;
}

Account Affiliations::of_known(const Known& known, Belongs on_the_record, Date day) const {
    const Practice& practice = known.practice;
    const bool closed = practice.close && *practice.close < day;
    Belongs whose = closed ? at_the_end(known) : belongs(known, day);
    if (whose == Belongs::not_said) whose = on_the_record;
    if (whose == Belongs::not_said) whose = by_first_membership(known, day);
    if (whose != Belongs::to_us) {
        return beyond_border(practice.code.packed()) ? account::cross_border
                                                     : account::other_commissioner;
    }
    if (closed) return account::closed_practice;
    const bool general =
        practice.prescribing_setting.value_or(general_practice_setting) == general_practice_setting;
    return general || !rules_.only_general_practices ? practice.code
                                                     : account::not_general_practice;
}

Account Affiliations::account_of(PracticeCode on_record, CommissionerCode commissioner_on_record,
                                 Date activity) const {
    return account_on(on_record, on_the_record(commissioner_on_record.packed()), activity);
}

// Commissioners stand on hospital records with three characters or with "00" after them.
Affiliations::Belongs Affiliations::on_the_record(std::uint64_t commissioner) const {
    if (commissioner == 0) return Belongs::not_said;
    constexpr std::uint64_t after_three = 0xFFFFFFFFFFU;
    constexpr std::uint64_t zeros = 0x3030000000U;
    const std::uint64_t shorter =
        (commissioner & after_three) == zeros ? commissioner & ~after_three : commissioner;
    for (const std::uint64_t ours : ours_) {
        if (ours == commissioner || ours == shorter) return Belongs::to_us;
    }
    return Belongs::to_another;
}

std::string Affiliations::name_of(Account account) const {
    if (account == account::unregistered) return "Unattributed: patients of no practice";
    if (account == account::unknown_practice) return "Unattributed: practice codes nobody knows";
    if (account == account::cross_border) return "Unattributed: practices beyond the border";
    if (account == account::other_commissioner)
        return "Unattributed: other commissioners' practices";
    if (account == account::closed_practice)
        return "Unattributed: closed practices without successor";
    if (account == account::not_general_practice) {
        return "Unattributed: prescribers that are not general practices";
    }
    const Practice* found = practice(account);
    return found == nullptr || found->name.empty() ? account.text() : found->name;
}

const Practice* Affiliations::practice(PracticeCode code) const {
    const Known* found = known(code);
    return found == nullptr ? nullptr : &found->practice;
}

std::vector<PracticeCode> Affiliations::ours_on(Date day) const {
    std::vector<PracticeCode> ours;
    for (const auto& [code, known] : known_) {
        if (account_on(code, Belongs::not_said, day) == code) ours.push_back(code);
    }
    return ours;
}

NetworkCode Affiliations::network_of(PracticeCode practice, Date day) const {
    NetworkCode network;
    if (const Known* found = known(practice)) {
        for (const Membership& membership : found->networks) {
            if (membership.period.covers(day)) network = NetworkCode(membership.parent);
        }
    }
    return network;
}

}  // namespace purse
