#include "intake/row_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "activity/nhs_number.hpp"

namespace purse {

namespace {

constexpr std::size_t longest_shown_value = 60;
constexpr std::size_t least_room = 8192;  // rows: what a piece of a file commonly holds

void resize(RecordBatch& batch, std::size_t rows) {
    for (RecordColumn& column : batch.columns) {
        column.present.resize(rows);
        if (column.type == ColumnType::text) {
            column.texts.resize(rows);
        } else if (column.type == ColumnType::pseudonym) {
            column.pseudonyms.resize(rows);
        } else {
            column.numbers.resize(rows);
        }
    }
}

void append_row(const RecordBatch& from, std::size_t row, RecordBatch& to) {
    for (std::size_t i = 0; i < from.columns.size(); ++i) {
        const RecordColumn& source = from.columns[i];
        RecordColumn& target = to.columns[i];
        target.present.push_back(source.present[row]);
        if (source.type == ColumnType::text) {
            target.texts.push_back(source.texts[row]);
        } else if (source.type == ColumnType::pseudonym) {
            target.pseudonyms.push_back(source.pseudonyms[row]);
        } else {
            target.numbers.push_back(source.numbers[row]);
        }
    }
    ++to.rows;
}

// What is put only in some rows must not stay behind from a row that left its place.
void clear_text(RecordBatch& batch, std::uint16_t column, std::size_t row) {
    if (column == no_column) return;
    batch.columns[column].texts[row] = {};
    batch.columns[column].present[row] = 0;
}

void put_own(RecordBatch& batch, std::uint16_t column, std::size_t row, std::int64_t number) {
    batch.columns[column].numbers[row] = number;
    batch.columns[column].present[row] = 1;
}

}  // namespace

void RowReader::make_room() {
    at_ = out_.records.rows;
    if (at_ < capacity_) return;
    const std::size_t room_left = out_.records.columns.front().present.size();
    capacity_ = capacity_ == 0 && room_left > 0
                    ? room_left
                    : std::max<std::size_t>(least_room, capacity_ + capacity_ / 8);
    resize(out_.records, capacity_);
}

void RowReader::finish() { resize(out_.records, out_.records.rows); }

void RowReader::read_row(const std::vector<Field>& fields, std::uint64_t line) {
    if (fields.size() < plan_.columns_needed) {
        return reject_whole_row(line, Reason::too_few_columns,
                                fmt::format("{} columns", fields.size()));
    }
    ++out_.rows_read;
    make_room();
    row_ = Row{};
    row_.line = line;
    fields_ = &fields;
    first_finding_ = out_.findings.size();
    clear_text(out_.records, plan_.derived.spell_id, at_);
    clear_text(out_.records, plan_.derived.hrg, at_);
    for (const FieldPlan& field : plan_.fields) read_field(field);
    finish_row();
}

void RowReader::reject_whole_row(std::uint64_t line, Reason reason, std::string value) {
    ++out_.rows_read;
    ++out_.rows_rejected;
    if (plan_.context.set == DataSet::prescribing) {
        ++out_.read.unreadable;
        ++out_.rejected.unreadable;
    }
    add_finding(plan_, line, reason, "", value, out_.findings);
    out_.findings.back().severity = Severity::reject;
    out_.findings.back().rows = 1;
}

void RowReader::read_field(const FieldPlan& field) {
    if (field.kind == FieldKind::list) return put_list(field);
    for (const std::uint32_t source : field.sources) {
        const Field& from = (*fields_)[source];
        std::string_view text = from.text;
        while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') {
            text.remove_suffix(1);
        }
        if (!plan_.is_null(text)) return put_value(field, from, text);
    }
    put_absent(field, (*fields_)[field.sources.front()].column);
}

void RowReader::fault(const FieldPlan& field, std::uint32_t column, Reason reason,
                      std::string_view value, Severity severity) {
    Finding& finding = out_.findings.emplace_back();
    finding.line = row_.line;
    finding.column = column;
    finding.reason = reason;
    finding.severity = severity;
    finding.field = field.heading;
    finding.value = identifies(field.kind) ? hidden_value : value;
    row_.rejected = row_.rejected || severity == Severity::reject;
}

bool RowReader::is_part_of_spell() const {
    if (!plan_.episodes_expected) return false;
    if (row_.episode.number > 1) return true;
    return plan_.last_episode_read && !row_.episode.last;
}

void RowReader::finish_row() {
    put_own(out_.records, plan_.derived.line, at_, static_cast<std::int64_t>(row_.line));
    if (plan_.derived.patient != no_column) put_patient();
    const bool part = is_part_of_spell();
    if (part && row_.spell_id.empty()) {
        add_finding(plan_, row_.line, Reason::episode_without_spell, "spell_id", "", out_.findings);
    }
    if (!part) check_whole();
    for (std::size_t i = first_finding_; i < out_.findings.size(); ++i) {
        row_.rejected = row_.rejected || out_.findings[i].severity == Severity::reject;
    }
    if (out_.findings.size() > first_finding_) complete_findings();
    if (plan_.context.set == DataSet::prescribing) count_money();
    if (row_.rejected) {
        ++out_.rows_rejected;
    } else if (part) {
        move_to_episodes();
    } else {
        put_given();
        ++out_.records.rows;
    }
}

// NHS number, if its check digit is right; else a pseudonym shared by all providers; else the
// local identifier, which means something at its provider only.
void RowReader::put_patient() {
    RecordColumn& column = out_.records.columns[plan_.derived.patient];
    column.present[at_] = 1;
    Pseudonym& patient = column.pseudonyms[at_];
    std::array<char, 10> digits{};
    const PseudonymKey& key = plan_.context.key;
    const bool right = read_nhs_number(row_.nhs_number, digits);
    if (right) {
        patient = key.of('n', {digits.data(), digits.size()});
    } else if (!row_.shared_pseudonym.empty()) {
        patient = key.of('p', row_.shared_pseudonym);
    } else if (!row_.local_id.empty()) {
        std::array<char, 128> text{};
        const std::string_view local = row_.local_id.substr(0, 100);
        char* end = std::copy(
            row_.provider.begin(),
            row_.provider.begin() +
                static_cast<std::ptrdiff_t>(std::min<std::size_t>(row_.provider.size(), 16)),
            text.data());
        *end++ = ':';
        end = std::copy(local.begin(), local.end(), end);
        patient = key.of('l', {text.data(), static_cast<std::size_t>(end - text.data())});
    } else {
        patient = {};
        column.present[at_] = 0;
    }
    if (!right && !row_.nhs_number.empty()) {
        add_finding(plan_, row_.line, Reason::bad_nhs_number, "nhs_number", hidden_value,
                    out_.findings);
    }
    if (plan_.layout.spell_from_patient && column.present[at_]) put_spell_from_patient(patient);
}

void RowReader::put_spell_from_patient(const Pseudonym& patient) {
    if (!row_.admission || !is_part_of_spell()) return;
    const std::string text = to_text(patient) + "-" + to_text(*row_.admission);
    RecordColumn& column = out_.records.columns[plan_.derived.spell_id];
    row_.spell_id = arena_.copy(text);
    column.texts[at_] = row_.spell_id;
    column.present[at_] = 1;
}

// What can be said of a record that is whole: an attendance, a prescription, a finished spell.
void RowReader::check_whole() {
    const DerivedColumns& derived = plan_.derived;
    RecordBatch& records = out_.records;
    if (plan_.context.set == DataSet::admitted_care) {
        put_own(records, derived.episodes, at_, 1);
        if (!row_.costing && !row_.rejected) {
            add_finding(plan_, row_.line, Reason::unfinished_spell, "discharge_date", "",
                        out_.findings);
        }
        if (row_.hrg.empty() && !row_.episode.episode_hrg.empty() &&
            packed(row_.episode.episode_hrg) != bad_code) {
            row_.hrg = row_.episode.episode_hrg;
            row_.hrg_code = packed(row_.hrg);
            records.columns[derived.hrg].texts[at_] = row_.hrg;
            records.columns[derived.hrg].present[at_] = 1;
        }
        put_own(records, derived.costing_date, at_, row_.costing ? row_.costing->days() : 0);
    }
    check_record(plan_,
                 {.line = row_.line,
                  .practice = row_.practice,
                  .practice_code = row_.practice_code,
                  .hrg = row_.hrg,
                  .hrg_code = row_.hrg_code,
                  .costing_date = row_.costing,
                  .admission_date = row_.admission,
                  .days_out_of_stay = row_.days_out},
                 out_.findings);
}

void RowReader::move_to_episodes() {
    EpisodeBatch& episodes = out_.episodes;
    append_row(out_.records, at_, episodes.rows);
    episodes.extras.push_back(row_.episode);
    for (std::size_t i = 0; i < plan_.given.size(); ++i) {
        episodes.given.texts[i].push_back((*fields_)[plan_.given[i].second].text);
    }
}

void RowReader::put_given() {
    for (std::size_t i = 0; i < plan_.given.size(); ++i) {
        out_.given.texts[i].push_back((*fields_)[plan_.given[i].second].text);
    }
}

void RowReader::count_money() {
    MoneyTotals money;
    if (row_.money_read) {
        static const std::size_t net = column_index(DataSet::prescribing, "net_ingredient_cost");
        static const std::size_t actual = column_index(DataSet::prescribing, "actual_cost");
        money.net_ingredient_cost = FinePence(out_.records.columns[net].numbers[at_]);
        money.actual_cost = FinePence(out_.records.columns[actual].numbers[at_]);
    } else {
        money.unreadable = 1;
    }
    out_.read += money;
    if (!row_.rejected) return;
    out_.rejected += money;
    for (std::size_t i = first_finding_; i < out_.findings.size(); ++i) {
        if (out_.findings[i].rows == 1 && out_.findings[i].severity == Severity::reject) {
            out_.findings[i].actual_cost = money.actual_cost;
        }
    }
}

// Who the record belongs to, where each field stands, and nothing that could name a patient.
void RowReader::complete_findings() {
    for (std::size_t i = first_finding_; i < out_.findings.size(); ++i) {
        Finding& finding = out_.findings[i];
        finding.rows = finding.severity == Severity::warn ? 1 : 0;
        if (finding.column == 0) {
            for (const FieldPlan& field : plan_.fields) {
                if (field.heading != finding.field) continue;
                finding.column = (*fields_)[field.sources.front()].column;
                break;
            }
        }
        finding.record_id = row_.record_id;
        finding.practice = row_.practice;
        finding.provider = row_.provider;
        for (std::string* shown :
             {&finding.value, &finding.record_id, &finding.practice, &finding.provider}) {
            if (hides(*shown)) *shown = hidden_value;
            if (shown->size() > longest_shown_value) shown->resize(longest_shown_value);
        }
    }
    std::stable_sort(out_.findings.begin() + static_cast<std::ptrdiff_t>(first_finding_),
                     out_.findings.end(), [](const Finding& a, const Finding& b) {
                         return std::tie(a.column, a.reason) < std::tie(b.column, b.reason);
                     });
    for (std::size_t i = first_finding_; i < out_.findings.size(); ++i) {
        if (out_.findings[i].severity != Severity::reject) continue;
        out_.findings[i].rows = 1;
        break;
    }
}

// Columns that have moved may bring an identifier under another heading.
bool RowReader::hides(std::string& value) const {
    if (value.empty()) return false;
    for (const std::string_view identifier :
         {row_.nhs_number, row_.local_id, row_.shared_pseudonym}) {
        if (identifier.size() >= 4 && value.find(identifier) != std::string::npos) return true;
        if (identifier == value) return true;
    }
    std::array<char, 10> digits{};
    return read_nhs_number(value, digits);
}

}  // namespace purse
