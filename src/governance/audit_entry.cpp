#include "governance/audit_entry.hpp"

#include <string_view>

#include "base/digest.hpp"

namespace purse {

namespace {

// A field and its length, so that no two entries read the same.
std::string field(std::string_view text) {
    return std::to_string(text.size()) + ":" + std::string(text) + "\n";
}

Problem fault(std::int64_t number, const std::string& why) {
    return conflict("entry " + std::to_string(number) + " of the audit trail " + why);
}

}  // namespace

std::string hash_of(const AuditEntry& entry) {
    return digest_of(field(std::to_string(entry.number)) + field(entry.actor.who) +
                     field(entry.actor.role) + field(entry.actor.address) + field(entry.actor.at) +
                     field(entry.act.action) + field(entry.act.subject) + field(entry.act.detail) +
                     field(entry.previous));
}

AuditEntry next_entry(const AuditHead& last, const Actor& actor, const AuditedAct& act) {
    AuditEntry entry{
        .number = last.number + 1, .actor = actor, .act = act, .previous = last.hash, .hash = {}};
    entry.hash = hash_of(entry);
    return entry;
}

Outcome AuditChain::follow(const AuditEntry& entry) {
    const std::int64_t expected = head_.number + 1;
    if (entry.number > expected) return fault(expected, "is missing");
    if (entry.number < expected) return fault(entry.number, "was inserted");
    if (hash_of(entry) != entry.hash) return fault(expected, "is not as it was written");
    if (entry.previous != head_.hash) {
        return fault(expected, "does not follow the one before it: one was removed or put in");
    }
    head_ = {entry.number, entry.hash};
    return Nothing{};
}

}  // namespace purse
