#include "governance/audit_entry.hpp"

#include <string_view>

#include "base/digest.hpp"
#include "governance/chained_text.hpp"

namespace purse {

namespace {

Problem fault(std::int64_t number, const std::string& why) {
    return conflict("entry " + std::to_string(number) + " of the audit trail " + why);
}

}  // namespace

std::string hash_of(const AuditEntry& entry) {
    return digest_of(hashed_field(std::to_string(entry.number)) + hashed_field(entry.actor.who) +
                     hashed_field(entry.actor.role) + hashed_field(entry.actor.address) +
                     hashed_field(entry.actor.at) + hashed_field(entry.act.action) +
                     hashed_field(entry.act.subject) + hashed_field(entry.act.detail) +
                     hashed_field(entry.previous));
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
