#include "register/drafts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view draft_columns =
    "number, year, name, scheme, made_at, made_by, derivation_path, derivation_digest, note,"
    " digest";
constexpr std::string_view draft_types = "nntttttttt";

template <class T>
std::vector<T> in_order(std::span<const T> items) {
    std::vector<T> ordered(items.begin(), items.end());
    std::sort(ordered.begin(), ordered.end());
    return ordered;
}

std::string text_of(const DraftAmount& amount) {
    return amount.practice.text() + "," + code_of(amount.line) + "," +
           std::to_string(amount.gross.count()) + "," + std::to_string(amount.risk_pool.count()) +
           "," + std::to_string(amount.management.count()) + "," +
           std::to_string(amount.net.count()) + "\n";
}

std::string text_of(const DraftTotal& total) {
    return code_of(total.line) + "," + std::to_string(total.allocation.count()) + "," +
           std::to_string(total.risk_pool.count()) + "," +
           std::to_string(total.management.count()) + "," + std::to_string(total.reserve.count()) +
           "," + std::to_string(total.blocked_back.count()) + "\n";
}

Outcome nets_are_right(const NewDraft& draft) {
    std::set<std::pair<PracticeCode, BudgetLine>> seen;
    for (const DraftAmount& amount : draft.amounts) {
        const std::string where = amount.practice.text() + " " + code_of(amount.line);
        if (!seen.insert({amount.practice, amount.line}).second) {
            return bad_input("the draft gives " + where +
                             " twice: keep one amount for each practice and line");
        }
        if (amount.gross - amount.risk_pool - amount.management != amount.net) {
            return bad_input("the net amount of " + where + " is " + in_pounds(amount.net) +
                             ", but gross less hand-backs is " +
                             in_pounds(amount.gross - amount.risk_pool - amount.management));
        }
    }
    return Nothing{};
}

std::map<BudgetLine, Pence> net_by_line(const NewDraft& draft) {
    std::map<BudgetLine, Pence> sums;
    for (const DraftAmount& amount : draft.amounts) sums[amount.line] += amount.net;
    return sums;
}

// Practice budgets + pool + management + reserve + blocked back = allocation, line by line.
Outcome lines_add_up(const NewDraft& draft) {
    auto left = net_by_line(draft);
    std::set<BudgetLine> seen;
    for (const DraftTotal& total : draft.totals) {
        if (!seen.insert(total.line).second) {
            return bad_input("the draft gives the line " + code_of(total.line) + " twice");
        }
        const Pence parts = left[total.line] + total.risk_pool + total.management + total.reserve +
                            total.blocked_back;
        if (parts != total.allocation) {
            return bad_input("the parts of the line " + code_of(total.line) + " are " +
                             in_pounds(parts) + ", its allocation is " +
                             in_pounds(total.allocation));
        }
    }
    for (const auto& [line, sum] : left) {
        if (!seen.contains(line)) {
            return bad_input("the draft gives practices a line " + code_of(line) +
                             " and the commissioner none: give its allocation");
        }
    }
    return Nothing{};
}

Outcome is_sound(const NewDraft& draft) {
    if (draft.name.empty()) return bad_input("the draft has no name: give it one");
    if (draft.amounts.empty()) {
        return bad_input("the draft " + draft.name + " gives no practice anything");
    }
    if (const auto right = nets_are_right(draft); !right) return right.problem();
    return lines_add_up(draft);
}

Draft draft_in(const SqlRow& row) {
    return {.number = {number_in(row, 0)},
            .year = FinancialYear(static_cast<int>(number_in(row, 1))),
            .name = text_in(row, 2),
            .scheme = text_in(row, 3),
            .made_at = text_in(row, 4),
            .made_by = text_in(row, 5),
            .derivation = {text_in(row, 6), text_in(row, 7)},
            .note = text_in(row, 8),
            .digest = text_in(row, 9)};
}

std::vector<Draft> drafts_where(Session& session, std::string_view rest,
                                const SqlRow& values = {}) {
    std::vector<Draft> found;
    for (const SqlRow& row :
         session.rows("select " + std::string(draft_columns) + " from draft " + std::string(rest),
                      draft_types, values)) {
        found.push_back(draft_in(row));
    }
    return found;
}

std::vector<DraftAmount> amounts_where(Session& session, std::string_view condition,
                                       const SqlRow& values) {
    std::vector<DraftAmount> found;
    for (const SqlRow& row : session.rows(
             "select practice, line, gross_pence, risk_pool_pence, management_pence, net_pence"
             " from draft_amount where " +
                 std::string(condition),
             "ttnnnn", values)) {
        found.push_back({PracticeCode(text_in(row, 0)), stored(parse_budget_line(text_in(row, 1))),
                         Pence(number_in(row, 2)), Pence(number_in(row, 3)),
                         Pence(number_in(row, 4)), Pence(number_in(row, 5))});
    }
    std::sort(found.begin(), found.end());
    return found;
}

void add_head(Session& session, const Draft& draft) {
    session.insert("draft", draft_columns,
                   std::vector<SqlRow>{{draft.number.value, std::int64_t{draft.year.starts()},
                                        draft.name, draft.scheme, draft.made_at, draft.made_by,
                                        draft.derivation.path.generic_string(),
                                        draft.derivation.checksum, draft.note, draft.digest}});
}

void add_rows(Session& session, DraftNumber number, const NewDraft& draft) {
    std::vector<SqlRow> amounts;
    for (const DraftAmount& amount : draft.amounts) {
        amounts.push_back({number.value, amount.practice.text(), code_of(amount.line),
                           amount.gross.count(), amount.risk_pool.count(),
                           amount.management.count(), amount.net.count()});
    }
    session.insert("draft_amount",
                   "draft, practice, line, gross_pence, risk_pool_pence, management_pence,"
                   " net_pence",
                   amounts);
    std::vector<SqlRow> totals;
    for (const DraftTotal& total : draft.totals) {
        totals.push_back({number.value, code_of(total.line), total.allocation.count(),
                          total.risk_pool.count(), total.management.count(), total.reserve.count(),
                          total.blocked_back.count()});
    }
    session.insert("draft_total",
                   "draft, line, allocation_pence, risk_pool_pence, management_pence,"
                   " reserve_pence, blocked_back_pence",
                   totals);
}

Draft head_of(DraftNumber number, const NewDraft& draft, const std::string& digest) {
    return {.number = number,
            .year = draft.year,
            .name = draft.name,
            .scheme = draft.scheme,
            .made_at = draft.made_at,
            .made_by = draft.made_by,
            .derivation = draft.derivation,
            .note = draft.note,
            .digest = digest};
}

}  // namespace

std::string digest_of(const NewDraft& draft) {
    Digest digest;
    digest.add(to_text(draft.year) + "\n" + std::to_string(draft.name.size()) + ":" + draft.name +
               "\n" + std::to_string(draft.scheme.size()) + ":" + draft.scheme + "\n" +
               draft.derivation.checksum + "\n");
    for (const auto& amount : in_order<DraftAmount>(draft.amounts)) digest.add(text_of(amount));
    digest.add("totals\n");
    for (const auto& total : in_order<DraftTotal>(draft.totals)) digest.add(text_of(total));
    return digest.hex();
}

std::string offer_digest(std::string_view derivation_checksum,
                         std::span<const DraftAmount> amounts) {
    Digest digest;
    digest.add(std::string(derivation_checksum) + "\n");
    for (const auto& amount : in_order(amounts)) digest.add(text_of(amount));
    return digest.hex();
}

std::optional<Draft> draft_with(Session& session, const std::string& digest) {
    auto found = drafts_where(session, "where digest = ?", {digest});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<DraftAmount> amounts_of(Session& session, DraftNumber number, PracticeCode practice) {
    return amounts_where(session, "draft = ? and practice = ?", {number.value, practice.text()});
}

Result<RecordedDraft> Register::record_draft(const NewDraft& given) {
    if (const auto sound = is_sound(given); !sound) return sound.problem();
    NewDraft draft = given;
    // The digest is of what is kept.
    for (std::string* text : {&draft.name, &draft.scheme, &draft.derivation.checksum}) {
        *text = storable(*text);
    }
    const std::string digest = digest_of(draft);
    return state_->store.write(
        "record a draft of budgets", [&](Session& session) -> Result<RecordedDraft> {
            if (auto before = draft_with(session, digest)) return RecordedDraft{*before, true};
            if (!drafts_where(session, "where year = ? and name = ?",
                              {std::int64_t{draft.year.starts()}, draft.name})
                     .empty()) {
                return conflict("there is another draft of " + to_text(draft.year) + " named '" +
                                draft.name + "': drafts are kept as they are, give this one " +
                                "another name");
            }
            const Draft added = head_of({next_number(session, "draft")}, draft, digest);
            add_head(session, added);
            add_rows(session, added.number, draft);
            add_to_trail(session, actor_,
                         {"set_budgets", to_text(draft.year), "draft '" + draft.name + "'"},
                         draft.made_at);
            return RecordedDraft{added, false};
        });
}

std::vector<Draft> Register::drafts() const {
    return state_->store.read("list its drafts", [](Session& session) {
        return drafts_where(session, "order by number");
    });
}

std::vector<Draft> Register::drafts(FinancialYear year) const {
    return state_->store.read("list its drafts", [&](Session& session) {
        return drafts_where(session, "where year = ? order by number",
                            {std::int64_t{year.starts()}});
    });
}

Result<Draft> Register::draft(DraftNumber number) const {
    return state_->store.read("read a draft", [&](Session& session) -> Result<Draft> {
        auto found = drafts_where(session, "where number = ?", {number.value});
        if (found.empty()) {
            return not_found("there is no draft " + std::to_string(number.value));
        }
        return std::move(found.front());
    });
}

Result<Draft> Register::draft(FinancialYear year, std::string_view name) const {
    return state_->store.read("read a draft", [&](Session& session) -> Result<Draft> {
        auto found = drafts_where(session, "where year = ? and name = ?",
                                  {std::int64_t{year.starts()}, std::string(name)});
        if (found.empty()) {
            return not_found("there is no draft of " + to_text(year) + " named '" +
                             std::string(name) + "'");
        }
        return std::move(found.front());
    });
}

std::vector<DraftAmount> Register::draft_amounts(DraftNumber number) const {
    return state_->store.read("read a draft's amounts", [&](Session& session) {
        return amounts_where(session, "draft = ?", {number.value});
    });
}

std::vector<DraftAmount> Register::draft_amounts(DraftNumber number, PracticeCode practice) const {
    return state_->store.read("read a draft's amounts", [&](Session& session) {
        return amounts_of(session, number, practice);
    });
}

std::vector<DraftTotal> Register::draft_totals(DraftNumber number) const {
    return state_->store.read("read a draft's totals", [&](Session& session) {
        std::vector<DraftTotal> found;
        for (const SqlRow& row :
             session.rows("select line, allocation_pence, risk_pool_pence, management_pence,"
                          " reserve_pence, blocked_back_pence from draft_total where draft = ?",
                          "tnnnnn", {number.value})) {
            found.push_back({stored(parse_budget_line(text_in(row, 0))), Pence(number_in(row, 1)),
                             Pence(number_in(row, 2)), Pence(number_in(row, 3)),
                             Pence(number_in(row, 4)), Pence(number_in(row, 5))});
        }
        std::sort(found.begin(), found.end());
        return found;
    });
}

}  // namespace purse
