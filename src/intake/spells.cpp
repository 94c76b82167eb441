#include "intake/spells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <tuple>

#include "intake/intake_plan.hpp"
#include "intake/record_checks.hpp"
#include "intake/text_arena.hpp"

namespace purse {

namespace {

using Rows = std::span<const std::size_t>;

std::size_t place(std::string_view name) { return column_index(DataSet::admitted_care, name); }

// The columns by what a spell does with them.
struct Columns {
    std::size_t line = place("line");
    std::size_t record_id = place("record_id");
    std::size_t spell_id = place("spell_id");
    std::size_t provider = place("provider");
    std::size_t practice = place("practice");
    std::size_t costing_date = place("costing_date");
    std::size_t admission = place("admission_date");
    std::size_t discharge = place("discharge_date");
    std::size_t episodes = place("episodes");
    std::size_t discharge_method = place("discharge_method");
    std::size_t hrg = place("hrg");
    std::size_t episode_rules = place("episode_rules");
    std::size_t excluded = place("excluded_by_provider");
    std::size_t treatment_function = place("treatment_function");
    std::size_t main_specialty = place("main_specialty");
    std::size_t administrative_category = place("administrative_category");
    std::vector<std::size_t> taken_out = {place("critical_care_days"), place("rehabilitation_days"),
                                          place("palliative_days")};
    std::size_t delayed = place("delayed_discharge_days");
    std::vector<std::size_t> lists = {place("best_practice_flags"), place("specialised_flags"),
                                      place("diagnoses"), place("procedures"),
                                      place("unbundled_hrgs")};
};

class SpellBuilder {
  public:
    SpellBuilder(const IntakePlan& plan, const EpisodeBatch& from, SpellsOut& out)
        : plan_(plan), from_(from), out_(out) {}

    void build();

  private:
    void build_spell(Rows rows);
    [[nodiscard]] std::vector<std::size_t> in_order() const;
    std::vector<std::size_t> without_duplicates(Rows rows);
    [[nodiscard]] std::size_t last_of(Rows rows, bool& known) const;
    void check_sequence(Rows rows);
    void put_spell(Rows rows, std::size_t last);
    void put_dates(Rows rows, std::size_t last);
    void put_hrg(Rows rows, std::size_t last);
    void put_days(Rows rows);
    void put_lists(Rows rows);
    void put_episode_rules(Rows rows);
    void check_spell(std::int64_t days_out);
    void close_spell(Rows rows, std::size_t last);

    [[nodiscard]] std::string_view text(std::size_t column, std::size_t row) const {
        return from_.rows.columns[column].texts[row];
    }
    [[nodiscard]] std::int64_t number(std::size_t column, std::size_t row) const {
        return from_.rows.columns[column].numbers[row];
    }
    [[nodiscard]] bool present(std::size_t column, std::size_t row) const {
        return from_.rows.columns[column].present[row] != 0;
    }
    [[nodiscard]] std::uint64_t line(std::size_t row) const {
        return static_cast<std::uint64_t>(number(columns_.line, row));
    }
    void set_text(std::size_t column, std::string_view value);
    void set_number(std::size_t column, std::int64_t value);
    void find(std::size_t row, Reason reason, std::string_view field, std::string_view value);

    const IntakePlan& plan_;
    const EpisodeBatch& from_;
    SpellsOut& out_;
    Columns columns_;
    TextArena arena_;
    std::size_t first_finding_ = 0;
};

void SpellBuilder::set_text(std::size_t column, std::string_view value) {
    out_.spells.columns[column].texts.back() = value;
    out_.spells.columns[column].present.back() = !value.empty();
}

void SpellBuilder::set_number(std::size_t column, std::int64_t value) {
    out_.spells.columns[column].numbers.back() = value;
    out_.spells.columns[column].present.back() = 1;
}

void SpellBuilder::find(std::size_t row, Reason reason, std::string_view field,
                        std::string_view value) {
    add_finding(plan_, line(row), reason, field, value, out_.findings);
}

std::vector<std::size_t> SpellBuilder::in_order() const {
    std::vector<std::size_t> order(from_.rows.rows);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t row) {
        const EpisodeBatch::Extra& extra = from_.extras[row];
        return std::tuple(text(columns_.provider, row), text(columns_.spell_id, row), extra.number,
                          extra.start.value_or(Date()), text(columns_.record_id, row), line(row));
    };
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    return order;
}

void SpellBuilder::build() {
    const std::vector<std::size_t> order = in_order();
    out_.rows_read = order.size();
    for (std::size_t start = 0; start < order.size();) {
        std::size_t end = start + 1;
        while (end < order.size() &&
               text(columns_.provider, order[end]) == text(columns_.provider, order[start]) &&
               text(columns_.spell_id, order[end]) == text(columns_.spell_id, order[start])) {
            ++end;
        }
        build_spell(Rows(order).subspan(start, end - start));
        start = end;
    }
    out_.spells.keep_alive = arena_.release();
    for (const auto& owner : from_.rows.keep_alive) out_.spells.keep_alive.push_back(owner);
}

// The same record identifier twice: the earliest line stays.
std::vector<std::size_t> SpellBuilder::without_duplicates(Rows rows) {
    std::vector<std::size_t> by_line(rows.begin(), rows.end());
    std::sort(by_line.begin(), by_line.end(),
              [&](std::size_t a, std::size_t b) { return line(a) < line(b); });
    std::set<std::string_view> seen;
    std::set<std::size_t> dropped;
    for (const std::size_t row : by_line) {
        if (seen.insert(text(columns_.record_id, row)).second) continue;
        dropped.insert(row);
        ++out_.rows_rejected;
        find(row, Reason::duplicate_record, "record_id", text(columns_.record_id, row));
        Finding& finding = out_.findings.back();
        finding.severity = Severity::reject;
        finding.rows = 1;
        finding.record_id = text(columns_.record_id, row);
        finding.practice = text(columns_.practice, row);
        finding.provider = text(columns_.provider, row);
    }
    std::vector<std::size_t> kept;
    for (const std::size_t row : rows) {
        if (!dropped.contains(row)) kept.push_back(row);
    }
    return kept;
}

// The last of those marked as last; where no mark is given at all, the last in order.
std::size_t SpellBuilder::last_of(Rows rows, bool& known) const {
    bool given = false;
    for (std::size_t i = rows.size(); i-- > 0;) {
        if (from_.extras[rows[i]].last) {
            known = true;
            return rows[i];
        }
        given = given || from_.extras[rows[i]].last_given;
    }
    known = !given;
    return rows.back();
}

void SpellBuilder::build_spell(Rows all_rows) {
    const std::vector<std::size_t> kept = without_duplicates(all_rows);
    const Rows rows(kept);
    first_finding_ = out_.findings.size();
    bool last_known = false;
    const std::size_t last = last_of(rows, last_known);
    if (!last_known) {
        find(rows.front(), Reason::spell_without_last_episode, "last_episode",
             text(columns_.spell_id, rows.front()));
    } else if (!present(columns_.discharge, last)) {
        find(last, Reason::unfinished_spell, "discharge_date", "");
    } else {
        check_sequence(rows);
    }
    put_spell(rows, last);
    close_spell(rows, last);
}

void SpellBuilder::check_sequence(Rows rows) {
    std::string numbers;
    bool follow_on = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::int64_t episode = from_.extras[rows[i]].number;
        follow_on = follow_on && (episode == 0 || episode == static_cast<std::int64_t>(i) + 1);
        numbers += fmt::format("{}{}", i == 0 ? "" : ", ", episode);
    }
    if (!follow_on) {
        find(rows.front(), Reason::spell_episode_missing, "episode_number",
             "there are the numbers " + numbers);
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto& before = from_.extras[rows[i - 1]].end;
        const auto& start = from_.extras[rows[i]].start;
        if (!before || !start || *start >= *before) continue;
        find(rows[i], Reason::spell_episodes_overlap, "episode_start", to_text(*start));
    }
    for (const std::size_t row : rows) {
        if (number(columns_.admission, row) == number(columns_.admission, rows.front())) continue;
        std::int64_t earliest = number(columns_.admission, rows.front());
        for (const std::size_t each : rows) {
            earliest = std::min(earliest, number(columns_.admission, each));
        }
        find(rows.front(), Reason::spell_conflicting_dates, "admission_date",
             to_text(Date(static_cast<std::int32_t>(earliest))));
        break;
    }
}

void SpellBuilder::put_spell(Rows rows, std::size_t last) {
    for (std::size_t i = 0; i < out_.spells.columns.size(); ++i) {
        const RecordColumn& source = from_.rows.columns[i];
        RecordColumn& target = out_.spells.columns[i];
        target.present.push_back(source.present[rows.front()]);
        if (source.type == ColumnType::text) {
            target.texts.push_back(source.texts[rows.front()]);
        } else if (source.type == ColumnType::pseudonym) {
            target.pseudonyms.push_back(source.pseudonyms[rows.front()]);
        } else {
            target.numbers.push_back(source.numbers[rows.front()]);
        }
    }
    ++out_.spells.rows;
    put_dates(rows, last);
    put_hrg(rows, last);
    put_days(rows);
    put_lists(rows);
    if (rows.size() > 1) put_episode_rules(rows);
}

void SpellBuilder::put_dates(Rows rows, std::size_t last) {
    std::int64_t admission = number(columns_.admission, rows.front());
    bool all_excluded = true;
    for (const std::size_t row : rows) {
        admission = std::min(admission, number(columns_.admission, row));
        all_excluded = all_excluded && number(columns_.excluded, row) != 0;
    }
    set_number(columns_.admission, admission);
    set_number(columns_.discharge, number(columns_.discharge, last));
    set_number(columns_.costing_date, number(columns_.discharge, last));
    set_number(columns_.episodes, static_cast<std::int64_t>(rows.size()));
    set_text(columns_.discharge_method, text(columns_.discharge_method, last));
    if (present(columns_.excluded, rows.front())) set_number(columns_.excluded, all_excluded);
}

void SpellBuilder::put_hrg(Rows rows, std::size_t last) {
    std::set<std::string_view> named;
    for (const std::size_t row : rows) {
        if (present(columns_.hrg, row)) named.insert(text(columns_.hrg, row));
    }
    if (named.size() == 1) return set_text(columns_.hrg, *named.begin());
    if (named.size() > 1) {
        std::string both;
        for (const std::string_view hrg : named)
            both += fmt::format("{}{}", both.empty() ? "" : ", ", hrg);
        find(rows.front(), Reason::spell_conflicting_hrgs, "hrg", both);
        std::size_t from = last;
        for (const std::size_t row : rows) {
            if (!present(columns_.hrg, from) && present(columns_.hrg, row)) from = row;
        }
        return set_text(columns_.hrg, text(columns_.hrg, from));
    }
    std::string_view hrg = from_.extras[last].episode_hrg;
    for (const std::size_t row : rows) {
        const EpisodeBatch::Extra& extra = from_.extras[row];
        if (extra.dominant && !extra.episode_hrg.empty()) hrg = extra.episode_hrg;
    }
    if (hrg.empty() || packed(hrg) == bad_code) return;
    find(rows.front(), Reason::spell_hrg_from_episode, "episode_hrg", hrg);
    set_text(columns_.hrg, hrg);
}

void SpellBuilder::put_days(Rows rows) {
    std::vector<std::size_t> summed = columns_.taken_out;
    summed.push_back(columns_.delayed);
    for (const std::size_t column : summed) {
        std::int64_t days = 0;
        bool any = false;
        for (const std::size_t row : rows) {
            days += number(column, row);
            any = any || present(column, row);
        }
        if (any) set_number(column, days);
    }
}

void SpellBuilder::put_lists(Rows rows) {
    for (const std::size_t column : columns_.lists) {
        std::string joined;
        for (const std::size_t row : rows) {
            if (!present(column, row)) continue;
            if (!joined.empty()) joined += ';';
            joined += text(column, row);
        }
        set_text(column, arena_.copy(joined));
    }
}

void SpellBuilder::put_episode_rules(Rows rows) {
    std::string joined;
    for (const std::size_t row : rows) {
        if (!joined.empty()) joined += ';';
        joined += fmt::format("{}/{}/{}/{}", text(columns_.treatment_function, row),
                              text(columns_.main_specialty, row),
                              text(columns_.administrative_category, row),
                              number(columns_.excluded, row));
    }
    set_text(columns_.episode_rules, arena_.copy(joined));
}

void SpellBuilder::check_spell(std::int64_t days_out) {
    const auto last_number = [&](std::size_t column) {
        return Date(static_cast<std::int32_t>(out_.spells.columns[column].numbers.back()));
    };
    const std::string_view practice = out_.spells.columns[columns_.practice].texts.back();
    const std::string_view hrg = out_.spells.columns[columns_.hrg].texts.back();
    check_record(
        plan_,
        {.line = static_cast<std::uint64_t>(out_.spells.columns[columns_.line].numbers.back()),
         .practice = practice,
         .practice_code = packed(practice),
         .hrg = hrg,
         .hrg_code = packed(hrg),
         .costing_date = last_number(columns_.costing_date),
         .admission_date = last_number(columns_.admission),
         .days_out_of_stay = days_out},
        out_.findings);
}

// A rejected spell takes all its episodes with it.
void SpellBuilder::close_spell(Rows rows, std::size_t last) {
    const auto rejects = [](const Finding& finding) {
        return finding.severity == Severity::reject;
    };
    const auto first = out_.findings.begin() + static_cast<std::ptrdiff_t>(first_finding_);
    if (std::none_of(first, out_.findings.end(), rejects)) {
        std::int64_t days_out = 0;
        for (const std::size_t column : columns_.taken_out) {
            days_out += out_.spells.columns[column].numbers.back();
        }
        check_spell(days_out);
    }
    bool rejected = false;
    for (std::size_t i = first_finding_; i < out_.findings.size(); ++i) {
        Finding& finding = out_.findings[i];
        finding.record_id = text(columns_.record_id, rows.front());
        finding.practice = text(columns_.practice, rows.front());
        finding.provider = text(columns_.provider, rows.front());
        finding.rows = finding.severity == Severity::warn ? 1 : 0;
        if (finding.severity == Severity::warn || rejected) continue;
        rejected = true;
        finding.rows = static_cast<std::uint32_t>(rows.size());
    }
    if (!rejected) {
        out_.rows_folded += rows.size() - 1;
        for (std::size_t i = 0; i < out_.given.texts.size(); ++i) {
            out_.given.texts[i].push_back(from_.given.texts[i][last]);
        }
        return;
    }
    out_.rows_rejected += rows.size();
    --out_.spells.rows;
    for (RecordColumn& column : out_.spells.columns) {
        column.present.pop_back();
        if (!column.texts.empty()) column.texts.pop_back();
        if (!column.numbers.empty()) column.numbers.pop_back();
        if (!column.pseudonyms.empty()) column.pseudonyms.pop_back();
    }
}

}  // namespace

SpellsOut build_spells(const Intake& intake, const EpisodeBatch& episodes) {
    CHECK(intake.context().set == DataSet::admitted_care);
    SpellsOut out;
    out.spells = RecordBatch::empty(DataSet::admitted_care);
    out.given.names = episodes.given.names;
    out.given.texts.resize(episodes.given.texts.size());
    SpellBuilder(intake.plan(), episodes, out).build();
    return out;
}

}  // namespace purse
