#include "register/imports.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "activity/contract_line.hpp"
#include "register/state.hpp"

namespace purse {

std::string_view to_text(ImportKind kind) {
    switch (kind) {
        case ImportKind::organisations:
            return "organisations";
        case ImportKind::lists:
            return "lists";
        case ImportKind::tariff:
            return "tariff";
        case ImportKind::budget:
            return "budget";
        case ImportKind::dialogue:
            return "dialogue";
    }
    return "";
}

namespace {

constexpr std::string_view import_columns =
    "number, kind, about, file_name, digest, row_count, imported_at";
constexpr std::string_view import_types = "nttttnt";

ImportKind stored_kind(std::string_view text) {
    for (const auto kind :
         {ImportKind::organisations, ImportKind::lists, ImportKind::tariff, ImportKind::budget}) {
        if (to_text(kind) == text) return kind;
    }
    CHECK(text == to_text(ImportKind::dialogue));
    return ImportKind::dialogue;
}

ImportedFile import_in(const SqlRow& row) {
    return {.number = {number_in(row, 0)},
            .file = {.kind = stored_kind(text_in(row, 1)),
                     .about = text_in(row, 2),
                     .file_name = text_in(row, 3),
                     .digest = text_in(row, 4),
                     .rows = number_in(row, 5),
                     .imported_at = text_in(row, 6)}};
}

}  // namespace

std::optional<ImportedFile> find_imported(Session& session, const NewImport& file) {
    const auto row =
        session.row("select " + std::string(import_columns) +
                        " from imported_file"
                        " where kind = ? and about = ? and digest = ?",
                    import_types, {std::string(to_text(file.kind)), file.about, file.digest});
    return row ? std::optional(import_in(*row)) : std::nullopt;
}

ImportedFile add_import(Session& session, const NewImport& file) {
    const ImportedFile added{.number = {next_number(session, "imported_file")}, .file = file};
    session.run("insert into imported_file (" + std::string(import_columns) +
                    ") values (?, ?, ?, ?, ?, ?, ?)",
                {added.number.value, std::string(to_text(file.kind)), file.about, file.file_name,
                 file.digest, file.rows, file.imported_at});
    return added;
}

ImportedFile imported_file(Session& session, FileNumber number) {
    const auto row = session.row(
        "select " + std::string(import_columns) + " from imported_file where number = ?",
        import_types, {number.value});
    CHECK(row.has_value());
    return import_in(*row);
}

std::vector<ImportedFile> Register::imported_files() const {
    return state_->store.read("list its imported files", [](Session& session) {
        std::vector<ImportedFile> all;
        for (const SqlRow& row : session.rows(
                 "select " + std::string(import_columns) + " from imported_file order by number",
                 import_types)) {
            all.push_back(import_in(row));
        }
        return all;
    });
}

std::optional<ImportedFile> Register::find_import(ImportKind kind, const std::string& about,
                                                  const std::string& digest) const {
    return state_->store.read("look for an import", [&](Session& session) {
        return find_imported(session, {.kind = kind, .about = about, .digest = digest});
    });
}

namespace {

std::string key_of(const BudgetRow& row) {
    return row.practice.text() + " " + to_text(row.year) + " " +
           std::string(name_of(row.line).code);
}

Outcome each_line_once(std::span<const BudgetRow> rows, const std::string& file_name) {
    std::set<std::string> seen;
    for (const BudgetRow& row : rows) {
        if (!seen.insert(key_of(row)).second) {
            return bad_input(file_name + " gives the budget " + key_of(row) +
                             " twice: keep one row for each practice, year and line");
        }
    }
    return Nothing{};
}

SqlValue profile_text(const BudgetRow& row) {
    if (!row.profile) return {};
    std::string text;
    for (const std::int64_t weight : *row.profile) {
        text += (text.empty() ? "" : " ") + std::to_string(weight);
    }
    return text;
}

std::optional<std::array<std::int64_t, 12>> stored_profile(const SqlRow& row, std::size_t column) {
    if (is_null(row, column)) return std::nullopt;
    std::array<std::int64_t, 12> profile{};
    const std::string& text = text_in(row, column);
    std::size_t at = 0;
    for (std::int64_t& weight : profile) {
        std::size_t used = 0;
        weight = std::stoll(text.substr(at), &used);
        at += used;
    }
    return profile;
}

void supersede(Session& session, const BudgetRow& row, FileNumber by) {
    session.run(
        "update budget set superseded_by = ?"
        " where practice = ? and year = ? and line = ? and superseded_by is null",
        {by.value, row.practice.text(), std::int64_t{row.year.starts()},
         std::string(name_of(row.line).code)});
}

void add_budgets(Session& session, std::span<const BudgetRow> rows, FileNumber file) {
    std::vector<SqlRow> values;
    for (const BudgetRow& row : rows) {
        values.push_back({file.value, row.practice.text(), std::int64_t{row.year.starts()},
                          std::string(name_of(row.line).code), row.annual.count(),
                          profile_text(row)});
    }
    session.insert("budget", "file, practice, year, line, annual_pence, profile", values);
}

// An agreed or ruled budget changes by a new version of its dialogue only. What block contracts pay
// for is in no dialogue that does not name it.
Outcome none_is_frozen(Session& session, std::span<const BudgetRow> rows) {
    std::set<std::pair<std::string, std::int64_t>> frozen;
    std::set<std::tuple<std::string, std::int64_t, BudgetLine>> lines;
    for (const SqlRow& row :
         session.rows("select distinct budget.practice, budget.year, budget.line from budget"
                      " join imported_file on imported_file.number = budget.file"
                      " where imported_file.kind = ? and budget.superseded_by is null",
                      "tnt", {std::string(to_text(ImportKind::dialogue))})) {
        frozen.insert({text_in(row, 0), number_in(row, 1)});
        lines.insert(
            {text_in(row, 0), number_in(row, 1), stored(parse_budget_line(text_in(row, 2)))});
    }
    for (const BudgetRow& row : rows) {
        if (is_paid_by_contract(row.line) &&
            !lines.contains({row.practice.text(), row.year.starts(), row.line})) {
            continue;
        }
        if (!frozen.contains({row.practice.text(), row.year.starts()})) continue;
        return conflict("the budget of " + row.practice.text() + " for " + to_text(row.year) +
                        " was agreed or ruled in its dialogue and is frozen: leave it out of the "
                        "file, or reopen the dialogue (purse budget reopen)");
    }
    return Nothing{};
}

BudgetEntry budget_in(const SqlRow& row) {
    BudgetEntry entry;
    entry.row = {.practice = PracticeCode(text_in(row, 1)),
                 .year = FinancialYear(static_cast<int>(number_in(row, 2))),
                 .line = stored(parse_budget_line(text_in(row, 3))),
                 .annual = Pence(number_in(row, 4)),
                 .profile = stored_profile(row, 5)};
    entry.file = {number_in(row, 0)};
    if (!is_null(row, 6)) entry.superseded_by = FileNumber{number_in(row, 6)};
    return entry;
}

std::vector<BudgetEntry> budgets_where(Session& session, FinancialYear year,
                                       std::string_view condition) {
    std::vector<BudgetEntry> found;
    for (const SqlRow& row :
         session.rows("select file, practice, year, line, annual_pence, profile, superseded_by"
                      " from budget where year = ? and " +
                          std::string(condition) + "",
                      "ntntntn", {std::int64_t{year.starts()}})) {
        found.push_back(budget_in(row));
    }
    std::sort(found.begin(), found.end(), [](const BudgetEntry& a, const BudgetEntry& b) {
        return std::tie(a.row.practice, a.row.line, a.file) <
               std::tie(b.row.practice, b.row.line, b.file);
    });
    return found;
}

}  // namespace

void replace_budget(Session& session, PracticeCode practice, FinancialYear year,
                    std::span<const BudgetRow> rows, FileNumber file) {
    for (const BudgetLineName& line : budget_lines) {
        const bool named =
            std::ranges::any_of(rows, [&](const BudgetRow& row) { return row.line == line.line; });
        if (is_paid_by_contract(line.line) && !named) continue;  // budgeted beside the dialogue
        supersede(session, {practice, year, line.line, {}, {}}, file);
    }
    add_budgets(session, rows, file);
}

Result<Imported> Register::import_budgets(const NewImport& file, std::span<const BudgetRow> rows) {
    if (const auto once = each_line_once(rows, file.file_name); !once) return once.problem();
    return state_->store.write("import budgets", [&](Session& session) -> Result<Imported> {
        if (const auto before = find_imported(session, file)) return Imported{*before, true};
        if (const auto free = none_is_frozen(session, rows); !free) return free.problem();
        const ImportedFile added = add_import(session, file);
        for (const BudgetRow& row : rows) supersede(session, row, added.number);
        add_budgets(session, rows, added.number);
        add_to_trail(session, actor_, {"set_budgets", file.about, "from " + file.file_name},
                     file.imported_at);
        return Imported{added, false};
    });
}

std::vector<BudgetEntry> Register::budgets(FinancialYear year) const {
    return state_->store.read("read its budgets", [&](Session& session) {
        return budgets_where(session, year, "superseded_by is null");
    });
}

std::vector<BudgetEntry> Register::budget_history(FinancialYear year) const {
    return state_->store.read("read its budgets", [&](Session& session) {
        return budgets_where(session, year, "1 = 1");
    });
}

}  // namespace purse
