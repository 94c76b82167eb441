// Drafts of a year's budgets: what every practice would get, line by line, and how the lines add up
// to the commissioner's allocation. Any number of drafts may stand; a dialogue's offer names one.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "calendar/month.hpp"
#include "money/pence.hpp"
#include "organisation/codes.hpp"
#include "register/batches.hpp"

namespace purse {

struct DraftNumber {
    std::int64_t value = 0;  // 1, 2, 3, ... without gaps
    friend auto operator<=>(DraftNumber, DraftNumber) = default;
};

// One line of one practice: 100% is given out (gross); the practice hands back agreed amounts to
// the risk pool and to management, and keeps the net.
struct DraftAmount {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    Pence gross;
    Pence risk_pool;
    Pence management;
    Pence net;  // = gross - risk_pool - management
    friend auto operator<=>(const DraftAmount&, const DraftAmount&) = default;
};

// One line of the commissioner: allocation = the practices' net amounts + risk_pool + management +
// reserve + blocked_back.
struct DraftTotal {
    BudgetLine line = BudgetLine::day_case;
    Pence allocation;
    Pence risk_pool;
    Pence management;
    Pence reserve;
    Pence blocked_back;
    friend auto operator<=>(const DraftTotal&, const DraftTotal&) = default;
};

struct NewDraft {
    FinancialYear year;
    std::string name;     // within its year one of its kind: "first offer"
    std::string scheme;   // its name in rules/schemes: the dialogue goes by its dates
    std::string made_at;  // the caller's clock, ISO 8601 in UTC
    std::string made_by;
    // The derivation file: its path relative to the site and its checksum (digest_of_file).
    StoredFile derivation;
    std::string note;
    std::vector<DraftAmount> amounts;  // a practice and line once; in any order
    std::vector<DraftTotal> totals;    // every line of the amounts has one
};

// What makes two drafts the same: year, name, scheme, derivation, amounts and totals, in any order
// of rows. Who made it when, and the note, do not count.
std::string digest_of(const NewDraft& draft);

// A draft without its rows, which draft_amounts and draft_totals give.
struct Draft {
    DraftNumber number;
    FinancialYear year;
    std::string name;
    std::string scheme;
    std::string made_at;
    std::string made_by;
    StoredFile derivation;
    std::string note;
    std::string digest;
};

// The draft that was recorded, or the one that had been recorded before with the same digest
// (nothing changed).
struct RecordedDraft {
    Draft draft;
    bool already_recorded = false;
};

// What is on the table between one practice and the commissioner: its amounts of the draft and the
// draft's derivation, so that neither can change unseen. The amounts are of one practice.
std::string offer_digest(std::string_view derivation_checksum,
                         std::span<const DraftAmount> amounts);

}  // namespace purse
