// What was done on a site, by whom and when: sign-ins, reads of patients' rows and every change, as
// entries that are only ever added. Each holds the hash of the one before it, so that an altered,
// removed or inserted one is found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "calendar/date.hpp"

namespace purse {

// Who acts, for the trail: never a patient.
struct Actor {
    std::string who;      // the account's name, or "command line (root)"
    std::string role;     // the role in which they act; may be empty
    std::string address;  // where they come from; may be empty
    std::string at;       // when, ISO 8601 in UTC
};

// What was done. `action` is the name of a permission (access/permissions.hpp) or one of the
// accounts' own ("signed_in", "sign_in_refused"); `subject` what it was done to ("A81001",
// "2017-06", "account jane.smith"). Neither holds a secret or a patient's number.
struct AuditedAct {
    std::string action;
    std::string subject;
    std::string detail;
};

struct AuditEntry {
    std::int64_t number = 0;  // 1, 2, 3, ... without gaps
    Actor actor;
    AuditedAct act;
    std::string previous;  // hash of the entry before; empty for the first
    std::string hash;
};

// Over every field but itself.
std::string hash_of(const AuditEntry& entry);

// The last entry of a trail, by which the next one is chained; of an empty trail 0 and nothing.
struct AuditHead {
    std::int64_t number = 0;
    std::string hash;
    friend bool operator==(const AuditHead&, const AuditHead&) = default;
};
AuditEntry next_entry(const AuditHead& last, const Actor& actor, const AuditedAct& act);

// Follows entries from the first. The problem names the first that is altered, missing or inserted;
// after it nothing more can be said.
class AuditChain {
  public:
    Outcome follow(const AuditEntry& entry);
    [[nodiscard]] const AuditHead& head() const { return head_; }

  private:
    AuditHead head_;
};

// What to look for: every field that is given must fit.
struct AuditSearch {
    std::string who;
    std::string action;
    std::string subject;
    std::optional<Date> from;  // days, both included
    std::optional<Date> to;
    std::optional<std::int64_t> before;  // the cursor: entries older than this number
    int limit = 50;                      // 1 to 500
};

// What was found, newest first.
struct AuditPage {
    std::vector<AuditEntry> entries;
    std::optional<std::int64_t> next;  // the `before` of the next page; none: this was the last
};

}  // namespace purse
