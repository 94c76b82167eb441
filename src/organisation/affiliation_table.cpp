// The kernel of Affiliations: for every practice the days on which its account changes, in one
// array, found through a table of packed codes.
#include <algorithm>
#include <limits>

#include "organisation/affiliation.hpp"

namespace purse {

namespace {

std::size_t place(std::uint64_t practice, std::size_t slots) {
    const std::uint64_t mixed = practice * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(mixed >> 32) & (slots - 1);
}

}  // namespace

// Every day from which something may change for the practice or one that may answer for it.
std::set<Date> Affiliations::turning_points(PracticeCode practice) const {
    std::set<Date> days{Date(std::numeric_limits<std::int32_t>::min())};
    for (const PracticeCode code : reachable(practice)) {
        const Known* at = known(code);
        if (at == nullptr) continue;
        for (const auto& [from, successor] : at->successors) days.insert(from);
        if (at->practice.close) days.insert(*at->practice.close + 1);
        for (const Membership& membership : at->memberships) {
            if (membership.period.from) days.insert(*membership.period.from);
            if (membership.period.to) days.insert(*membership.period.to + 1);
        }
    }
    return days;
}

Affiliations::Piece Affiliations::piece_from(PracticeCode practice, Date day) const {
    Piece piece{day.days(), false, account_on(practice, Belongs::to_us, day).packed(),
                account_on(practice, Belongs::to_another, day).packed(),
                account_on(practice, Belongs::not_said, day).packed()};
    piece.record_decides = piece.if_ours != piece.if_another || piece.if_ours != piece.if_not_said;
    return piece;
}

void Affiliations::insert(PracticeCode practice) {
    std::size_t at = place(practice.packed(), slots_.size());
    while (slots_[at].practice != 0) at = (at + 1) & (slots_.size() - 1);
    const auto first = static_cast<std::uint32_t>(pieces_.size());
    for (const Date day : turning_points(practice)) {
        const Piece piece = piece_from(practice, day);
        if (pieces_.size() > first && pieces_.back().same_accounts(piece)) continue;
        pieces_.push_back(piece);
    }
    slots_[at] = {practice.packed(), first, static_cast<std::uint32_t>(pieces_.size())};
}

void Affiliations::build_table() {
    std::set<PracticeCode> listed = rules_.no_practice;
    for (const auto& [code, known] : known_) listed.insert(code);
    listed.erase(PracticeCode());
    std::size_t size = 16;
    while (size < 2 * listed.size()) size *= 2;
    slots_.assign(size, Slot());
    for (const PracticeCode code : listed) insert(code);
}

const Affiliations::Slot* Affiliations::slot_of(std::uint64_t practice) const {
    std::size_t at = place(practice, slots_.size());
    while (slots_[at].practice != practice) {
        if (slots_[at].practice == 0) return nullptr;
        at = (at + 1) & (slots_.size() - 1);
    }
    return &slots_[at];
}

std::uint64_t Affiliations::account_in_table(std::uint64_t practice, std::uint64_t commissioner,
                                             std::int32_t day) const {
    if (practice == 0) return account::unregistered.packed();
    const Slot* slot = slot_of(practice);
    if (slot == nullptr) return of_unlisted(PracticeCode::from_packed(practice)).packed();
    const Piece* piece = &pieces_[slot->last - 1];
    while (piece->from > day) --piece;  // ends: the first piece is from the beginning of days
    if (!piece->record_decides) return piece->if_not_said;
    const Belongs said = on_the_record(commissioner);
    if (said == Belongs::to_us) return piece->if_ours;
    return said == Belongs::to_another ? piece->if_another : piece->if_not_said;
}

void Affiliations::accounts_of(std::span<const std::uint64_t> practices,
                               std::span<const std::uint64_t> commissioners,
                               std::span<const std::int32_t> days,
                               std::span<std::uint64_t> accounts) const {
    CHECK(days.size() == practices.size() && accounts.size() == practices.size());
    CHECK(commissioners.empty() || commissioners.size() == practices.size());
    for (std::size_t i = 0; i < practices.size(); ++i) {
        const std::uint64_t commissioner = commissioners.empty() ? 0 : commissioners[i];
        accounts[i] = account_in_table(practices[i], commissioner, days[i]);
    }
}

}  // namespace purse
