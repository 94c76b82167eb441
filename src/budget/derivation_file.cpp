#include "budget/derivation_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>

#include "tables/delimited.hpp"

namespace purse {

namespace {

// One row, as written and as compared.
struct Entry {
    std::string kind, practice, line, item, value;
};

using Entries = std::vector<Entry>;

std::string pence(Pence amount) { return std::to_string(amount.count()); }
// Line by line: a cell of many lines is what readers take an open quote for.
void add_scheme(std::string_view text, Entries& entries) {
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = text.find('\n');
        entries.push_back(
            {"scheme", "", "", std::to_string(line), std::string(text.substr(0, end))});
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

void add_inputs(const DerivationInputs& inputs, Entries& entries) {
    const auto about = [&](std::string item, std::string value) {
        entries.push_back({"about", "", "", std::move(item), std::move(value)});
    };
    about("year", to_text(inputs.year));
    about("draft", inputs.name);
    about("baseline_from", to_text(inputs.baseline_from));
    about("baseline_to", to_text(inputs.baseline_to));
    about("price_source", inputs.price_source);
    about("list_source", inputs.list_source);
    about("need_source", inputs.need_source);
    add_scheme(inputs.scheme_text, entries);
    for (const auto& [line, allocation] : inputs.allocation) {
        entries.push_back({"allocation", "", code_of(line), "pence", pence(allocation)});
    }
    for (const auto& [line, other] : inputs.unattributed) {
        entries.push_back({"unattributed", "", code_of(line), "baseline", pence(other.baseline)});
        entries.push_back({"unattributed", "", code_of(line), "repriced", pence(other.repriced)});
    }
    for (const DerivationPractice& practice : inputs.practices) {
        const std::string code = practice.practice.text();
        entries.push_back({"practice", code, "", "name", practice.name});
        entries.push_back({"practice", code, "", "list_then", to_text(practice.list_then)});
        entries.push_back({"practice", code, "", "list_now", to_text(practice.list_now)});
        for (const auto& [component, need] : practice.needs) {
            entries.push_back({"need", code, "", component, to_text(Factor(need))});
        }
        for (const DerivationLine& line : practice.lines) {
            const std::string name = code_of(line.line);
            entries.push_back({"input", code, name, "baseline", pence(line.baseline)});
            entries.push_back({"input", code, name, "repriced", pence(line.repriced)});
        }
    }
    for (const BudgetAdjustment& entry : inputs.adjustments) {
        entries.push_back(
            {"entry", entry.practice.text(), code_of(entry.line),
             fmt::format("{} {} {}", to_text(entry.date), entry.recurrent ? "recurrent" : "one_off",
                         to_text(entry.kind)),
             fmt::format("{} by {}: {}", entry.amount.count(), entry.author, entry.reason)});
    }
    for (const RecordedSaving& saving : inputs.savings) {
        entries.push_back({"saving", saving.practice.text(), code_of(saving.line),
                           fmt::format("{} {}", to_text(saving.date), to_text(saving.year)),
                           fmt::format("{} of {} by {}: {}", saving.saved.count(),
                                       saving.before.count(), saving.author, saving.reason)});
    }
    for (const BaselineRemark& remark : inputs.remarks) {
        entries.push_back(
            {"remark", remark.practice.text(), code_of(remark.line), "baseline", remark.says});
    }
}

void add_results(const Derivation& derivation, Entries& entries) {
    for (const DerivedLine& line : derivation.lines) {
        const auto result = [&](std::string item, Pence amount) {
            entries.push_back({"result", line.practice.text(), code_of(line.line), std::move(item),
                               pence(amount)});
        };
        result("price_change", line.repriced - line.baseline);
        result("protected_saving", line.protected_saving);
        result("on_new_list", line.on_new_list);
        result("with_growth", line.with_growth);
        result("with_efficiency", line.with_efficiency);
        result("opening", line.opening);
        result("stand_still", line.stand_still);
        result("paced", line.paced);
        result("gross", line.gross);
        result("risk_pool", line.risk_pool);
        result("management", line.management);
        result("net", line.net);
    }
    for (const DerivedTotal& total : derivation.totals) {
        const auto result = [&](std::string item, Pence amount) {
            entries.push_back({"total", "", code_of(total.line), std::move(item), pence(amount)});
        };
        result("envelope", total.envelope);
        result("growth_reserve", total.growth_reserve);
        result("unattributed_price_change", total.unattributed_price_change);
        result("unattributed", total.unattributed);
        result("one_off", total.one_off);
        result("kept", total.kept);
        result("risk_pool", total.risk_pool);
        result("management", total.management);
        result("blocked_back", total.blocked_back);
    }
}

bool is_result(const std::string& kind) { return kind == "result" || kind == "total"; }

// Puts rows back into inputs, refusing what it does not know by its line.
class InputsReader {
  public:
    explicit InputsReader(const TextTable& table) : table_(table) {}

    Result<DerivationInputs> read() {
        for (const TextTable::Row& row : table_.rows) {
            if (is_result(row.cells[0])) continue;
            if (auto done = take(row); !done) {
                return bad_input(
                    fmt::format("{} line {}: {}", table_.file, row.line, done.problem().says));
            }
        }
        for (const char* item : {"year", "baseline_from", "baseline_to"}) {
            if (!about_.contains(item)) {
                return bad_input(fmt::format("{} is no derivation file: it does not say its {}",
                                             table_.file, item));
            }
        }
        for (auto& [code, practice] : practices_) {
            std::ranges::sort(practice.lines, {}, &DerivationLine::line);
            inputs_.practices.push_back(std::move(practice));
        }
        if (auto done = put_adjustments(inputs_, std::move(adjustments_)); !done) {
            return bad_input(table_.file + ": " + done.problem().says);
        }
        if (auto done = put_savings(inputs_, std::move(savings_)); !done) {
            return bad_input(table_.file + ": " + done.problem().says);
        }
        return std::move(inputs_);
    }

  private:
    Outcome take(const TextTable::Row& row) {
        const std::string& kind = row.cells[0];
        const std::string& item = row.cells[3];
        const std::string& value = row.cells[4];
        if (kind == "about") return take_about(item, value);
        if (kind == "scheme") {
            inputs_.scheme_text += value + "\n";
            return Nothing{};
        }
        if (kind == "practice" || kind == "need" || kind == "input") {
            const std::uint64_t code = packed(row.cells[1]);
            if (code == 0 || code == bad_code) return bad_input("there is no practice code");
            DerivationPractice& practice = practices_[code];
            practice.practice = PracticeCode::from_packed(code);
            if (kind == "practice") return take_practice(practice, item, value);
            if (kind == "need") return take_need(practice, item, value);
            return take_input(practice, row.cells[2], item, value);
        }
        const auto line = parse_budget_line(row.cells[2]);
        if (!line) return line.problem();
        if (kind == "entry") return take_entry(row.cells[1], *line, item, value);
        if (kind == "saving") return take_saving(row.cells[1], *line, item, value);
        if (kind == "remark") {
            inputs_.remarks.push_back({PracticeCode(row.cells[1]), *line, value});
            return Nothing{};
        }
        if (kind == "allocation") return put(inputs_.allocation[*line], value);
        if (kind == "unattributed") {
            UnattributedLine& other = inputs_.unattributed[*line];
            return put(item == "baseline" ? other.baseline : other.repriced, value);
        }
        return bad_input(fmt::format("'{}' is no kind of row in a derivation", kind));
    }

    Outcome take_about(const std::string& item, const std::string& value) {
        about_.insert(item);
        if (item == "year") return put(inputs_.year, parse_financial_year(value));
        if (item == "baseline_from") return put(inputs_.baseline_from, parse_month(value));
        if (item == "baseline_to") return put(inputs_.baseline_to, parse_month(value));
        for (const auto& [name, out] :
             {std::pair{"draft", &inputs_.name}, std::pair{"price_source", &inputs_.price_source},
              std::pair{"list_source", &inputs_.list_source},
              std::pair{"need_source", &inputs_.need_source}}) {
            if (item != name) continue;
            *out = value;
            return Nothing{};
        }
        return bad_input(fmt::format("'{}' says nothing about a derivation", item));
    }

    static Outcome take_practice(DerivationPractice& practice, const std::string& item,
                                 const std::string& value) {
        if (item == "name") {
            practice.name = value;
            return Nothing{};
        }
        if (item == "list_then") return put(practice.list_then, parse_patients(value));
        if (item == "list_now") return put(practice.list_now, parse_patients(value));
        return bad_input(fmt::format("'{}' says nothing of a practice", item));
    }

    static Outcome take_need(DerivationPractice& practice, const std::string& component,
                             const std::string& value) {
        const auto need = parse_factor(value);
        if (!need) return need.problem();
        practice.needs[component] = need->millionths();
        return Nothing{};
    }

    static Outcome take_input(DerivationPractice& practice, const std::string& line_code,
                              const std::string& item, const std::string& value) {
        const auto line = parse_budget_line(line_code);
        if (!line) return line.problem();
        auto found = std::ranges::find(practice.lines, *line, &DerivationLine::line);
        if (found == practice.lines.end()) {
            practice.lines.push_back({});
            found = practice.lines.end() - 1;
            found->line = *line;
        }
        if (item == "baseline") return put(found->baseline, value);
        if (item == "repriced") return put(found->repriced, value);
        return bad_input(fmt::format("'{}' is no input of a budget", item));
    }

    // "2017-04-01 one_off transfer", "-2000 by A. Author: what for".
    Outcome take_entry(const std::string& practice, BudgetLine line, const std::string& item,
                       const std::string& value) {
        const std::vector<std::string> words = words_of(item);
        const auto said = said_by(value);
        if (words.size() != 3 || !said) {
            return bad_input(
                "an entry is 'date recurrent kind' or 'date one_off kind', and 'pence by author: "
                "reason'");
        }
        if (words[1] != "recurrent" && words[1] != "one_off") {
            return bad_input(fmt::format("'{}' is neither recurrent nor one_off", words[1]));
        }
        BudgetAdjustment entry;
        entry.practice = PracticeCode(practice);
        entry.line = line;
        entry.recurrent = words[1] == "recurrent";
        entry.author = said->author;
        entry.reason = said->reason;
        if (auto done = put(entry.date, parse_date(words[0])); !done) return done;
        if (auto done = put(entry.kind, parse_entry_kind(words[2])); !done) return done;
        if (auto done = put(entry.amount, said->figure); !done) return done;
        adjustments_.push_back(std::move(entry));
        return Nothing{};
    }

    // "2018-04-01 2016/17", "2000 of 90000 by A. Author: what was done".
    Outcome take_saving(const std::string& practice, BudgetLine line, const std::string& item,
                        const std::string& value) {
        const std::vector<std::string> words = words_of(item);
        const auto said = said_by(value);
        const std::vector<std::string> figures =
            said ? words_of(said->figure) : std::vector<std::string>();
        if (words.size() != 2 || figures.size() != 3 || figures[1] != "of") {
            return bad_input("a saving is 'date year', and 'pence of pence by author: reason'");
        }
        RecordedSaving saving;
        saving.practice = PracticeCode(practice);
        saving.line = line;
        saving.author = said->author;
        saving.reason = said->reason;
        if (auto done = put(saving.date, parse_date(words[0])); !done) return done;
        if (auto done = put(saving.year, parse_financial_year(words[1])); !done) return done;
        if (auto done = put(saving.saved, figures[0]); !done) return done;
        if (auto done = put(saving.before, figures[2]); !done) return done;
        savings_.push_back(std::move(saving));
        return Nothing{};
    }

    struct Said {
        std::string figure, author, reason;
    };
    static std::optional<Said> said_by(const std::string& value) {
        const std::size_t by = value.find(" by ");
        const std::size_t colon = value.find(": ", by);
        if (by == std::string::npos || colon == std::string::npos) return std::nullopt;
        return Said{value.substr(0, by), value.substr(by + 4, colon - by - 4),
                    value.substr(colon + 2)};
    }
    static std::vector<std::string> words_of(const std::string& text) {
        std::istringstream in(text);
        return {std::istream_iterator<std::string>(in), {}};
    }

    template <class T>
    static Outcome put(T& out, const Result<T>& parsed) {
        if (!parsed) return parsed.problem();
        out = *parsed;
        return Nothing{};
    }
    static Outcome put(Pence& out, const std::string& text) {
        std::int64_t count = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (fault != std::errc() || end != text.data() + text.size()) {
            return bad_input(fmt::format("'{}' is no whole number of pence", text));
        }
        out = Pence(count);
        return Nothing{};
    }

    const TextTable& table_;
    DerivationInputs inputs_;
    std::set<std::string> about_;
    std::vector<BudgetAdjustment> adjustments_;
    std::vector<RecordedSaving> savings_;
    std::map<std::uint64_t, DerivationPractice> practices_;
};

std::string key_of(const std::string& kind, const std::string& practice, const std::string& line,
                   const std::string& item) {
    return kind + "," + practice + "," + line + "," + item;
}

// Results of the file against results worked out anew, both ways.
void compare(const TextTable& table, DerivationFile& file) {
    Entries entries;
    add_results(file.derivation, entries);
    std::map<std::string, std::string> expected;
    for (const Entry& entry : entries) {
        expected[key_of(entry.kind, entry.practice, entry.line, entry.item)] = entry.value;
    }
    for (const TextTable::Row& row : table.rows) {
        const auto& cells = row.cells;
        if (!is_result(cells[0])) continue;
        ++file.figures;
        const auto found = expected.find(key_of(cells[0], cells[1], cells[2], cells[3]));
        if (found == expected.end()) {
            file.differences.push_back(
                fmt::format("{} line {}: {} {} {} is no result of these "
                            "inputs, or is there twice",
                            table.file, row.line, cells[1], cells[2], cells[3]));
            continue;
        }
        if (found->second != cells[4]) {
            file.differences.push_back(fmt::format(
                "{} line {}: {} {} {} is {} pence in the file, and {} worked out anew", table.file,
                row.line, cells[1], cells[2], cells[3], cells[4], found->second));
        }
        expected.erase(found);
    }
    for (const auto& [key, value] : expected) {
        file.differences.push_back(
            fmt::format("{}: the result {} ({} pence) is missing", table.file, key, value));
    }
}

Result<DerivationFile> rederive_table(const TextTable& table) {
    if (table.headings != std::vector<std::string>{"kind", "practice", "line", "item", "value"}) {
        return bad_input(
            fmt::format("{} is no derivation file: its columns should be kind, "
                        "practice, line, item, value",
                        table.file));
    }
    auto inputs = InputsReader(table).read();
    if (!inputs) return inputs.problem();
    auto derivation = derive(*inputs);
    if (!derivation) return derivation.problem();
    DerivationFile file;
    file.practices = inputs->practices.size();
    file.inputs = std::move(*inputs);
    file.derivation = std::move(*derivation);
    compare(table, file);
    return file;
}

}  // namespace

std::string derivation_csv(const DerivationInputs& inputs, const Derivation& derivation) {
    Entries entries;
    add_inputs(inputs, entries);
    add_results(derivation, entries);
    std::string csv = csv_line({"kind", "practice", "line", "item", "value"});
    for (const Entry& entry : entries) {
        csv += csv_line({entry.kind, entry.practice, entry.line, entry.item, entry.value});
    }
    return csv;
}

Result<DerivationFile> rederive(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    return rederive_table(*table);
}

Result<DerivationFile> rederive_text(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return rederive_table(*table);
}

}  // namespace purse
