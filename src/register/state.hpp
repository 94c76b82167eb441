// What a Register holds, and what its parts share.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "calendar/month.hpp"
#include "money/fine_pence.hpp"
#include "register/register.hpp"
#include "register/store.hpp"

namespace purse {

struct Register::State {
    explicit State(const RegisterAddress& address) : store(address) {}
    mutable Store store;
    std::vector<std::string> migrations;
};

// Stored texts were checked when they were written: one that cannot be read is a fault of ours.
template <class T>
T stored(Result<T> read) {
    CHECK(read.ok());
    return std::move(read).value();
}

inline std::int64_t next_number(Session& session, std::string_view table) {
    return session.number("select coalesce(max(number), 0) + 1 from " + std::string(table));
}

// The audit trail (audit.cpp), for every change; `at` is the change's own time, where it has one.
void add_to_trail(Session& session, const Actor& actor, const AuditedAct& act,
                  const std::string& at);

// Imports (imports.cpp), for the parts that bring their own rows.
std::optional<ImportedFile> find_imported(Session& session, const NewImport& file);
ImportedFile add_import(Session& session, const NewImport& file);
ImportedFile imported_file(Session& session, FileNumber number);
// In place of all that is in force for the practice and year.
void replace_budget(Session& session, PracticeCode practice, FinancialYear year,
                    std::span<const BudgetRow> rows, FileNumber file);

// Drafts (drafts.cpp), for the dialogue about them.
std::optional<Draft> draft_with(Session& session, const std::string& digest);
std::vector<DraftAmount> amounts_of(Session& session, DraftNumber number, PracticeCode practice);

}  // namespace purse
