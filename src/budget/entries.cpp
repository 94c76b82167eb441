#include "budget/entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "tables/delimited.hpp"

namespace purse {

namespace {

struct EntryKindName {
    EntryKind kind;
    std::string_view code;
    std::string_view stays;
    std::string_view once;
};

constexpr std::array<EntryKindName, 7> entry_kinds = {{
    {EntryKind::other, "other", "Changes that stay", "Only this year"},
    {EntryKind::full_year_effect, "full_year_effect", "Full-year effects", "Full-year effects"},
    {EntryKind::transfer, "transfer", "Transfers that stay", "Transfers of this year only"},
    {EntryKind::prior_year_item, "prior_year_item", "Items of earlier years",
     "Items of earlier years"},
    {EntryKind::deficit_repayment, "deficit_repayment", "Inherited deficit, taken out for good",
     "Repayment of an earlier deficit"},
    {EntryKind::contingency, "contingency", "Contingency, kept every year",
     "Contingency, kept this year"},
    {EntryKind::top_slice, "top_slice", "Top slice, kept every year", "Top slice, kept this year"},
}};

const EntryKindName& name_of(EntryKind kind) {
    const auto found = std::ranges::find(entry_kinds, kind, &EntryKindName::kind);
    CHECK(found != entry_kinds.end());
    return *found;
}

// A row's cells by heading; what is wrong names the file and the line.
class EntryRow {
  public:
    EntryRow(const TextTable& table, const TextTable::Row& row) : table_(table), row_(row) {}

    [[nodiscard]] const std::string& text(std::string_view heading) const {
        return row_.cells[*table_.column(heading)];
    }
    [[nodiscard]] Problem wrong(std::string_view says) const {
        return bad_input(fmt::format("{} line {}: {}", table_.file, row_.line, says));
    }
    template <class T>
    Outcome read(T& out, const Result<T>& parsed) const {
        if (!parsed) return wrong(parsed.problem().says);
        out = *parsed;
        return Nothing{};
    }
    Outcome read(Pence& out, std::string_view heading) const {
        const std::string& cell = text(heading);
        std::int64_t count = 0;
        const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), count);
        if (fault != std::errc() || end != cell.data() + cell.size()) {
            return wrong(fmt::format("{} must be a whole number of pence: '{}'", heading, cell));
        }
        out = Pence(count);
        return Nothing{};
    }
    // Date, author, reason, practice and line, which every entry has.
    template <class Entry>
    Outcome read_who(Entry& entry) const {
        if (auto done = read(entry.date, parse_date(text("date"))); !done) return done;
        if (auto done = read(entry.line, parse_budget_line(text("line"))); !done) return done;
        entry.author = text("author");
        entry.reason = text("reason");
        if (entry.author.empty() || entry.reason.empty() ||
            entry.author.find(": ") != std::string::npos) {
            return wrong("every entry has an author and a reason");
        }
        const std::uint64_t code = packed(text("practice"));
        if (code == 0 || code == bad_code) {
            return wrong(fmt::format("'{}' is no practice code", text("practice")));
        }
        entry.practice = PracticeCode::from_packed(code);
        return Nothing{};
    }

  private:
    const TextTable& table_;
    const TextTable::Row& row_;
};

Outcome check_headings(const TextTable& table, std::initializer_list<std::string_view> headings) {
    for (const std::string_view heading : headings) {
        if (const auto column = table.column(heading); !column) return column.problem();
    }
    return Nothing{};
}

Outcome read_adjustment(const EntryRow& row, bool with_kind, BudgetAdjustment& entry) {
    if (auto done = row.read_who(entry); !done) return done;
    if (auto done = row.read(entry.amount, "pence"); !done) return done;
    const std::string& recurrent = row.text("recurrent");
    if (recurrent != "yes" && recurrent != "no") return row.wrong("recurrent must be yes or no");
    entry.recurrent = recurrent == "yes";
    if (with_kind && !row.text("kind").empty()) {
        if (auto done = row.read(entry.kind, parse_entry_kind(row.text("kind"))); !done) {
            return done;
        }
    }
    if (auto fine = check_entry(entry); !fine) return row.wrong(fine.problem().says);
    return Nothing{};
}

Outcome read_saving(const EntryRow& row, RecordedSaving& saving) {
    if (auto done = row.read_who(saving); !done) return done;
    if (auto done = row.read(saving.year, parse_financial_year(row.text("year"))); !done) {
        return done;
    }
    if (auto done = row.read(saving.saved, "saved_pence"); !done) return done;
    if (auto done = row.read(saving.before, "before_pence"); !done) return done;
    if (auto fine = check_saving(saving, saving.year + 1); !fine) {
        return row.wrong(fine.problem().says);
    }
    return Nothing{};
}

Result<std::vector<BudgetAdjustment>> entries_of(const TextTable& table) {
    if (auto fine = check_headings(
            table, {"date", "author", "reason", "practice", "line", "recurrent", "pence"});
        !fine) {
        return fine.problem();
    }
    std::vector<BudgetAdjustment> entries;
    for (const TextTable::Row& cells : table.rows) {
        const EntryRow row(table, cells);
        if (auto done = read_adjustment(row, table.has("kind"), entries.emplace_back()); !done) {
            return done.problem();
        }
    }
    return entries;
}

Result<std::vector<RecordedSaving>> savings_of(const TextTable& table) {
    if (auto fine = check_headings(table, {"date", "author", "reason", "practice", "line", "year",
                                           "saved_pence", "before_pence"});
        !fine) {
        return fine.problem();
    }
    std::vector<RecordedSaving> savings;
    for (const TextTable::Row& cells : table.rows) {
        const EntryRow row(table, cells);
        if (auto done = read_saving(row, savings.emplace_back()); !done) return done.problem();
    }
    return savings;
}

}  // namespace

std::string_view to_text(EntryKind kind) { return name_of(kind).code; }

Result<EntryKind> parse_entry_kind(std::string_view text) {
    std::string known;
    for (const EntryKindName& kind : entry_kinds) {
        if (kind.code == text) return kind.kind;
        known += (known.empty() ? "" : ", ") + std::string(kind.code);
    }
    return bad_input(fmt::format("'{}' is no kind of entry: write one of {}", text, known));
}

bool is_kept_by_commissioner(EntryKind kind) {
    return kind == EntryKind::deficit_repayment || kind == EntryKind::contingency ||
           kind == EntryKind::top_slice;
}

std::string_view title_of(EntryKind kind, bool recurrent) {
    return recurrent ? name_of(kind).stays : name_of(kind).once;
}

Outcome check_entry(const BudgetAdjustment& entry) {
    if (entry.kind == EntryKind::full_year_effect && !entry.recurrent) {
        return bad_input("a full-year effect stays: recurrent must be yes");
    }
    if (entry.kind == EntryKind::prior_year_item && entry.recurrent) {
        return bad_input("an item of an earlier year is of this year only: recurrent must be no");
    }
    if (is_kept_by_commissioner(entry.kind) && entry.amount >= Pence(0)) {
        return bad_input(
            fmt::format("a {} takes money away: its pence must be below 0", to_text(entry.kind)));
    }
    return Nothing{};
}

Outcome check_saving(const RecordedSaving& saving, FinancialYear budget_year) {
    if (saving.saved <= Pence(0)) return bad_input("a saving is above £0.00");
    if (saving.before < saving.saved) {
        return bad_input("what the line cost before is at least what was saved");
    }
    if (!(saving.year < budget_year)) {
        return bad_input(fmt::format("a saving of {} cannot bear on the budgets of {}",
                                     to_text(saving.year), to_text(budget_year)));
    }
    return Nothing{};
}

Pence protection_of(Pence baseline, const std::vector<RecordedSaving>& savings,
                    FinancialYear budget_year, int years) {
    Pence before, saved;
    for (const RecordedSaving& saving : savings) {
        if (saving.year + years < budget_year) continue;
        before = std::max(before, saving.before);
        saved += saving.saved;
    }
    return std::min(saved, std::max(Pence(0), before - baseline));
}

Result<std::vector<BudgetAdjustment>> read_entries(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return entries_of(*table);
}

Result<std::vector<BudgetAdjustment>> read_entries_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return entries_of(*table);
}

Result<std::vector<RecordedSaving>> read_savings(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return savings_of(*table);
}

Result<std::vector<RecordedSaving>> read_savings_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return savings_of(*table);
}

}  // namespace purse
