#include "register/in_year.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "register/digested_field.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view change_columns =
    "number, year, from_month, draft_digest, made_at, author, note, previous, digest";
constexpr std::string_view change_types = "nnttttttt";

std::string text_of(const InYearMove& move) {
    return digested_field(to_text(move.kind)) + digested_field(code_of(move.line)) +
           digested_field(move.from.text()) + digested_field(move.to.text()) +
           digested_field(move.amount.count()) + digested_field(move.practice.text()) +
           digested_field(move.unfunded.count()) + digested_field(move.reason);
}

InYearChange change_in(const SqlRow& row) {
    return {.number = number_in(row, 0),
            .change = {.year = FinancialYear(static_cast<int>(number_in(row, 1))),
                       .from = stored(parse_month(text_in(row, 2))),
                       .draft = text_in(row, 3),
                       .at = text_in(row, 4),
                       .author = text_in(row, 5),
                       .note = text_in(row, 6),
                       .moves = {},
                       .lists = {},
                       .movements = {},
                       .previous = text_in(row, 7)},
            .hash = text_in(row, 8)};
}

void read_rows(Session& session, InYearChange& change) {
    const SqlRow number = {change.number};
    for (const SqlRow& row :
         session.rows("select kind, line, from_account, to_account, pence, practice,"
                      " unfunded_pence, reason from in_year_move where change_number = ?"
                      " order by place",
                      "ttttntnt", number)) {
        change.change.moves.push_back({stored(parse_in_year_kind(text_in(row, 0))),
                                       stored(parse_budget_line(text_in(row, 1))),
                                       PracticeCode(text_in(row, 2)), PracticeCode(text_in(row, 3)),
                                       Pence(number_in(row, 4)), PracticeCode(text_in(row, 5)),
                                       Pence(number_in(row, 6)), text_in(row, 7)});
    }
    for (const SqlRow& row :
         session.rows("select practice, thousandths from in_year_list where change_number = ?",
                      "tn", number)) {
        change.change.lists[PracticeCode(text_in(row, 0))] =
            Patients::from_thousandths(number_in(row, 1));
    }
    for (const SqlRow& row :
         session.rows("select from_practice, to_practice, thousandths from in_year_movement"
                      " where change_number = ? order by place",
                      "ttn", number)) {
        change.change.movements.push_back({PracticeCode(text_in(row, 0)),
                                           PracticeCode(text_in(row, 1)),
                                           Patients::from_thousandths(number_in(row, 2))});
    }
}

std::vector<InYearChange> changes_where(Session& session, std::string_view rest,
                                        const SqlRow& values = {}) {
    std::vector<InYearChange> found;
    for (const SqlRow& row : session.rows(
             "select " + std::string(change_columns) + " from in_year_change " + std::string(rest),
             change_types, values)) {
        found.push_back(change_in(row));
        read_rows(session, found.back());
    }
    return found;
}

void add_change(Session& session, const InYearChange& added) {
    const NewInYearChange& change = added.change;
    session.insert("in_year_change", change_columns,
                   std::vector<SqlRow>{{added.number, std::int64_t{change.year.starts()},
                                        to_text(change.from), change.draft, change.at,
                                        change.author, change.note, change.previous, added.hash}});
    std::vector<SqlRow> moves, lists, movements;
    for (const InYearMove& move : change.moves) {
        moves.push_back({added.number, static_cast<std::int64_t>(moves.size()),
                         std::string(to_text(move.kind)), code_of(move.line), move.from.text(),
                         move.to.text(), move.amount.count(), move.practice.text(),
                         move.unfunded.count(), move.reason});
    }
    for (const auto& [practice, list] : change.lists) {
        lists.push_back({added.number, practice.text(), list.thousandths()});
    }
    for (const InYearMovement& moved : change.movements) {
        movements.push_back({added.number, static_cast<std::int64_t>(movements.size()),
                             moved.from.text(), moved.to.text(), moved.patients.thousandths()});
    }
    session.insert("in_year_move",
                   "change_number, place, kind, line, from_account, to_account, pence, practice,"
                   " unfunded_pence, reason",
                   moves);
    session.insert("in_year_list", "change_number, practice, thousandths", lists);
    session.insert("in_year_movement",
                   "change_number, place, from_practice, to_practice, thousandths", movements);
}

Outcome is_sound(const NewInYearChange& change) {
    if (change.author.empty()) return bad_input("a change of budgets has an author: give a name");
    if (change.from.financial_year() != change.year) {
        return bad_input(to_text(change.from) + " is no month of " + to_text(change.year));
    }
    for (const InYearMove& move : change.moves) {
        if (move.amount < Pence(0) || move.from == move.to || move.from.empty() ||
            move.to.empty()) {
            return bad_input("a move of money goes from one account to another");
        }
    }
    return Nothing{};
}

// Hashes are of what is kept.
NewInYearChange as_kept(NewInYearChange change) {
    for (std::string* text : {&change.draft, &change.at, &change.author, &change.note}) {
        *text = storable(*text);
    }
    for (InYearMove& move : change.moves) move.reason = storable(move.reason);
    return change;
}

Result<InYearChange> add(Session& session, const NewInYearChange& wanted) {
    if (!draft_with(session, wanted.draft)) {
        return not_found("the draft that the change names is not in the register");
    }
    const auto before = changes_where(session, "where year = ? order by number",
                                      {std::int64_t{wanted.year.starts()}});
    const std::string last = before.empty() ? "" : before.back().hash;
    if (wanted.previous != last) {
        return conflict("the budgets were changed by somebody else meanwhile: look, and try again");
    }
    if (!before.empty() && before.back().change.from > wanted.from) {
        return conflict("there is a change from " + to_text(before.back().change.from) +
                        " on: a later one cannot go back to " + to_text(wanted.from));
    }
    InYearChange added{next_number(session, "in_year_change"), as_kept(wanted), ""};
    added.hash = hash_of(added.number, added.change);
    add_change(session, added);
    return added;
}

}  // namespace

std::string hash_of(std::int64_t number, const NewInYearChange& change) {
    Digest digest;
    digest.add(digested_field(number) + digested_field(to_text(change.year)) +
               digested_field(to_text(change.from)) + digested_field(change.draft) +
               digested_field(change.at) + digested_field(change.author) +
               digested_field(change.note) + digested_field(change.previous));
    digest.add(digested_field(static_cast<std::int64_t>(change.moves.size())));
    for (const InYearMove& move : change.moves) digest.add(text_of(move));
    digest.add(digested_field(static_cast<std::int64_t>(change.lists.size())));
    for (const auto& [practice, list] : change.lists) {
        digest.add(digested_field(practice.text()) + digested_field(list.thousandths()));
    }
    for (const InYearMovement& moved : change.movements) {
        digest.add(digested_field(moved.from.text()) + digested_field(moved.to.text()) +
                   digested_field(moved.patients.thousandths()));
    }
    return digest.hex();
}

Outcome check_in_year_chain(std::span<const InYearChange> changes) {
    std::string previous;
    for (const InYearChange& one : changes) {
        const std::string which = "change " + std::to_string(one.number) + " ";
        if (hash_of(one.number, one.change) != one.hash) {
            return conflict(which + "is not as it was written: restore the register from a backup");
        }
        if (one.change.previous != previous) {
            return conflict(which +
                            "does not follow the change before it: one is missing or was "
                            "added; restore the register from a backup");
        }
        previous = one.hash;
    }
    return Nothing{};
}

Result<InYearChange> Register::record_in_year_change(const NewInYearChange& change) {
    if (const auto sound = is_sound(change); !sound) return sound.problem();
    return state_->store.write("record a change of budgets",
                               [&](Session& session) { return add(session, change); });
}

std::vector<InYearChange> Register::in_year_changes(FinancialYear year) const {
    return state_->store.read("read changes of budgets", [&](Session& session) {
        return changes_where(session, "where year = ? order by number",
                             {std::int64_t{year.starts()}});
    });
}

std::vector<InYearChange> Register::in_year_changes() const {
    return state_->store.read("read changes of budgets", [](Session& session) {
        return changes_where(session, "order by number");
    });
}

}  // namespace purse
