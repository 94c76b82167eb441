// To whom a record belongs: a practice of ours, or a named account of what no practice of ours
// answers for. Decided by the memberships, closings and successions of the register on the record's
// activity date, the same for any order of them.
//
// - A record of no practice (V81997, V81998, V81999, or nothing) is `~UNREG`.
// - A practice answers for itself until the day of its succession; from that day its successor
// does,
//   and the successor's own successor after that.
// - The practice that answers is ours when a membership of ours covers the day.
// - When the register says nothing of the day, the commissioner on the record decides; when that is
//   missing too, before the first membership known the first one decides, otherwise the record is
//   not ours.
// - What is not ours is told apart: `~BORDER`, `~OTHER`, `~CLOSED`, `~NOTGP`, `~UNKNOWN`.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "organisation/organisation.hpp"

namespace purse {

using Account = PracticeCode;  // of a practice, or one of those below

namespace account {
inline constexpr Account unregistered{"~UNREG"};
inline constexpr Account unknown_practice{"~UNKNOWN"};
inline constexpr Account cross_border{"~BORDER"};
inline constexpr Account other_commissioner{"~OTHER"};
inline constexpr Account closed_practice{"~CLOSED"};
inline constexpr Account not_general_practice{"~NOTGP"};
}  // namespace account

std::span<const Account> unattributed_accounts();
inline bool is_unattributed(Account account) { return account.packed() >> 56 == '~'; }

struct AffiliationRules {
    std::set<CommissionerCode> ours;  // a commissioner and those it took over from
    // Codes that say "no practice" in the practice column of hospital records: V81997 no registered
    // practice, V81998 practice unknown, V81999 not known at all (NHS Data Dictionary, GENERAL
    // MEDICAL PRACTICE CODE defaults).
    std::set<PracticeCode> no_practice{PracticeCode("V81997"), PracticeCode("V81998"),
                                       PracticeCode("V81999")};
    // Practices beyond the border, by first letter: W Wales, S Scotland, Z Northern Ireland.
    std::string border_letters = "WSZ";
    // Prescribing cost centres that are not general practices (a hospice, an out-of-hours service)
    // hold no budget: true keeps them in an account of their own.
    bool only_general_practices = true;
};

class Affiliations {
  public:
    // Reads everything once; later changes to the vectors do not matter.
    Affiliations(AffiliationRules rules, const std::vector<Practice>& practices,
                 const std::vector<Membership>& memberships,
                 const std::vector<Succession>& successions);

    // What in the register contradicts itself and how it was taken: successions in a circle or to a
    // practice that is not in the register (left out), several successors on one day.
    [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }

    [[nodiscard]] Account account_of(PracticeCode on_record,
                                     CommissionerCode commissioner_on_record, Date activity) const;

    // The same for columns of equal length, as packed codes and days since 1970. `commissioners`
    // may be empty: none on record. For any number of threads at once.
    void accounts_of(std::span<const std::uint64_t> practices,
                     std::span<const std::uint64_t> commissioners,
                     std::span<const std::int32_t> days, std::span<std::uint64_t> accounts) const;

    // The practice that answers for this one on a day: itself, or the end of its chain of
    // successors.
    [[nodiscard]] PracticeCode current_of(PracticeCode practice, Date as_at) const;
    // For pages: the practice's name (its code when the register has none), or what the
    // unattributed account holds.
    [[nodiscard]] std::string name_of(Account account) const;
    [[nodiscard]] const Practice* practice(PracticeCode code) const;
    // Practices of ours that answer for themselves on the day, in the order of their codes.
    [[nodiscard]] std::vector<PracticeCode> ours_on(Date day) const;
    // Empty when the practice is in no network on the day.
    [[nodiscard]] NetworkCode network_of(PracticeCode practice, Date day) const;

  private:
    struct Known {
        Practice practice;
        std::vector<Membership> memberships;  // in commissioners, sorted
        std::vector<Membership> networks;
        std::map<Date, PracticeCode> successors;
    };
    // What a record is accounted to from a day on, by what stands on the record.
    struct Piece {
        std::int32_t from = 0;
        bool record_decides = false;  // else the three are the same
        std::uint64_t if_ours = 0;
        std::uint64_t if_another = 0;
        std::uint64_t if_not_said = 0;
        [[nodiscard]] bool same_accounts(const Piece& other) const {
            return if_ours == other.if_ours && if_another == other.if_another &&
                   if_not_said == other.if_not_said;
        }
    };
    struct Slot {
        std::uint64_t practice = 0;
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    enum class Belongs : unsigned char { to_us, to_another, not_said };

    void add(const std::vector<Practice>& practices, const std::vector<Membership>& memberships);
    void add(std::vector<Succession> successions);
    [[nodiscard]] std::string why_left_out(const Succession& succession) const;
    [[nodiscard]] const Known* known(PracticeCode code) const;
    [[nodiscard]] std::set<PracticeCode> reachable(PracticeCode practice) const;
    [[nodiscard]] bool is_ours(const Membership& membership) const;
    [[nodiscard]] bool beyond_border(std::uint64_t practice) const;
    [[nodiscard]] Belongs belongs(const Known& practice, Date day) const;
    [[nodiscard]] Belongs at_the_end(const Known& practice) const;
    [[nodiscard]] Belongs by_first_membership(const Known& practice, Date day) const;
    [[nodiscard]] Belongs on_the_record(std::uint64_t commissioner) const;
    [[nodiscard]] Account account_on(PracticeCode on_record, Belongs on_the_record, Date day) const;
    [[nodiscard]] Account of_unlisted(PracticeCode practice) const;
    [[nodiscard]] Account of_known(const Known& known, Belongs on_the_record, Date day) const;

    void build_table();
    void insert(PracticeCode practice);
    [[nodiscard]] std::set<Date> turning_points(PracticeCode practice) const;
    [[nodiscard]] Piece piece_from(PracticeCode practice, Date day) const;
    [[nodiscard]] const Slot* slot_of(std::uint64_t practice) const;
    [[nodiscard]] std::uint64_t account_in_table(std::uint64_t practice, std::uint64_t commissioner,
                                                 std::int32_t day) const;

    AffiliationRules rules_;
    std::map<PracticeCode, Known> known_;
    std::vector<std::string> findings_;
    std::vector<Piece> pieces_;
    std::vector<Slot> slots_;  // open addressing, a power of two
    std::vector<std::uint64_t> ours_;
};

}  // namespace purse
