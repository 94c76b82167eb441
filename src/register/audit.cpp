// The audit trail: entries are chained inside the transaction that makes the change they tell of.
#include "governance/audit_entry.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view entry_columns =
    "number, who, role, address, happened_at, action, subject, detail, previous, digest";
constexpr std::string_view entry_types = "nttttttttt";

AuditEntry entry_in(const SqlRow& row) {
    return {
        .number = number_in(row, 0),
        .actor = {.who = text_in(row, 1),
                  .role = text_in(row, 2),
                  .address = text_in(row, 3),
                  .at = text_in(row, 4)},
        .act = {.action = text_in(row, 5), .subject = text_in(row, 6), .detail = text_in(row, 7)},
        .previous = text_in(row, 8),
        .hash = text_in(row, 9)};
}

std::vector<AuditEntry> entries_where(Session& session, const std::string& rest,
                                      const SqlRow& values) {
    std::vector<AuditEntry> found;
    for (const SqlRow& row :
         session.rows("select " + std::string(entry_columns) + " from audit_entry where " + rest,
                      entry_types, values)) {
        found.push_back(entry_in(row));
    }
    return found;
}

AuditHead head_of(Session& session) {
    const auto row = session.row("select number, digest from audit_head", "nt");
    return row ? AuditHead{number_in(*row, 0), text_in(*row, 1)} : AuditHead{};
}

void move_head(Session& session, const AuditHead& head) {
    session.run("delete from audit_head");
    session.run("insert into audit_head (place, number, digest) values (1, ?, ?)",
                {head.number, head.hash});
}

// Hashes are of what is kept.
Actor as_kept(const Actor& actor, const std::string& at) {
    return {.who = storable(actor.who),
            .role = storable(actor.role),
            .address = storable(actor.address),
            .at = storable(at.empty() ? actor.at : at)};
}

// The condition that the search is, and its values in order.
std::pair<std::string, SqlRow> condition_of(const AuditSearch& search) {
    std::string condition = "1 = 1";
    SqlRow values;
    const auto demand = [&](std::string_view what, SqlValue value) {
        condition += " and " + std::string(what);
        values.push_back(std::move(value));
    };
    if (!search.who.empty()) demand("who = ?", storable(search.who));
    if (!search.action.empty()) demand("action = ?", storable(search.action));
    if (!search.subject.empty()) demand("subject = ?", storable(search.subject));
    if (search.from) demand("happened_at >= ?", to_text(*search.from));
    if (search.to) demand("happened_at < ?", to_text(*search.to + 1));
    if (search.before) demand("number < ?", *search.before);
    return {condition, values};
}

// So many entries are read at a time: a trail of years does not fit in memory.
constexpr std::int64_t entries_at_a_time = 10'000;

}  // namespace

void add_to_trail(Session& session, const Actor& actor, const AuditedAct& act,
                  const std::string& at) {
    const AuditEntry entry =
        next_entry(head_of(session), as_kept(actor, at),
                   {storable(act.action), storable(act.subject), storable(act.detail)});
    session.insert(
        "audit_entry", entry_columns,
        std::vector<SqlRow>{{entry.number, entry.actor.who, entry.actor.role, entry.actor.address,
                             entry.actor.at, entry.act.action, entry.act.subject, entry.act.detail,
                             entry.previous, entry.hash}});
    move_head(session, {entry.number, entry.hash});
}

void Register::record_audit(const AuditedAct& act) {
    state_->store.write("record in the audit trail",
                        [&](Session& session) { add_to_trail(session, actor_, act, ""); });
}

Result<AuditPage> Register::audit(const AuditSearch& search) const {
    if (search.limit < 1 || search.limit > 500) {
        return bad_input("a page of the audit trail has 1 to 500 entries, not " +
                         std::to_string(search.limit));
    }
    auto [condition, values] = condition_of(search);
    const std::string rest =
        condition + " order by number desc limit " + std::to_string(search.limit + 1);
    AuditPage page;
    page.entries = state_->store.read("search the audit trail", [&](Session& session) {
        return entries_where(session, rest, values);
    });
    if (page.entries.size() > static_cast<std::size_t>(search.limit)) {
        page.entries.pop_back();
        page.next = page.entries.back().number;
    }
    return page;
}

Result<AuditHead> Register::check_audit() const {
    return state_->store.read("check the audit trail", [](Session& session) -> Result<AuditHead> {
        AuditChain chain;
        for (std::int64_t after = std::numeric_limits<std::int64_t>::min();;) {
            const auto entries = entries_where(
                session, "number > ? order by number limit " + std::to_string(entries_at_a_time),
                {after});
            if (entries.empty()) break;
            for (const AuditEntry& entry : entries) {
                if (const auto fine = chain.follow(entry); !fine) return fine.problem();
            }
            after = entries.back().number;
        }
        const AuditHead head = head_of(session);
        if (head == chain.head()) return head;
        return conflict("the audit trail ends at entry " + std::to_string(chain.head().number) +
                        ", and it ended at " + std::to_string(head.number) +
                        ": entries were removed or put in");
    });
}

}  // namespace purse
