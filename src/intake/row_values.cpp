// How each kind of field is read into its column.
#include <algorithm>
#include <string>

#include "activity/nhs_number.hpp"
#include "intake/packed_text.hpp"
#include "intake/plain_numbers.hpp"
#include "intake/row_reader.hpp"
#include "organisation/codes.hpp"

namespace purse {

namespace {

// A dearer prescribing row than ten million pounds is a slip, and would endanger the totals.
constexpr std::int64_t most_thousandths = 1'000'000'000'000;
constexpr std::int64_t most_count = 1'000'000'000'000;

bool has_lower_case(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

char upper_case_letter(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool says_yes(std::string_view text) {
    return text == "1" || text == "Y" || text == "y" || text == "true" || text == "TRUE" ||
           text == "True" || text == "Yes" || text == "YES";
}

bool says_no(std::string_view text) {
    return text == "0" || text == "N" || text == "n" || text == "false" || text == "FALSE" ||
           text == "False" || text == "No" || text == "NO" || text == "9";
}

// Codes of diagnoses and procedures lose their points, and the separators become one semicolon.
char list_character(char c) {
    if (c == '|' || c == ',') return ';';
    return upper_case_letter(c);
}

// Whether a list stands there as it is to be stored.
bool is_plain_list(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == ';';
    });
    return plain && text.front() != ';' && text.back() != ';' &&
           text.find(";;") == std::string_view::npos;
}

}  // namespace

std::string_view RowReader::upper(std::string_view text) {
    if (!has_lower_case(text)) return text;
    char* const place = arena_.take(text.size());
    std::transform(text.begin(), text.end(), place, upper_case_letter);
    return {place, text.size()};
}

void RowReader::put_value(const FieldPlan& field, const Field& from, std::string_view text) {
    switch (field.kind) {
        case FieldKind::text:
        case FieldKind::bare_code:
            return put_text(field, text);
        case FieldKind::code:
        case FieldKind::practice:
            return put_code(field, from, text);
        case FieldKind::provider:
            return put_provider(field, from, text);
        case FieldKind::hrg:
            return put_hrg(field, from, text);
        case FieldKind::age:
            return put_age(field, from, text);
        case FieldKind::date:
            return put_date(field, from, text);
        case FieldKind::month:
            return put_month(field, from, text);
        case FieldKind::number:
        case FieldKind::thousandths:
        case FieldKind::pounds:
            return put_decimal(field, from, text);
        case FieldKind::flag:
            if (!says_yes(text) && !says_no(text)) {
                fault(field, from.column, Reason::code_not_in_list, text, Severity::warn);
            }
            return put_number(field, says_yes(text));
        case FieldKind::serial_number: {
            const std::string& mark = plan_.context.rules.exclusion_mark;
            return put_number(field,
                              !mark.empty() && (text.starts_with(mark) || text.ends_with(mark)));
        }
        case FieldKind::nhs_number:
            row_.nhs_number = text;
            return;
        case FieldKind::local_id:
            row_.local_id = text;
            return;
        case FieldKind::pseudonym_of:
            row_.shared_pseudonym = text;
            return;
        default:
            return take_episode_field(field, from, text);
    }
}

void RowReader::put_absent(const FieldPlan& field, std::uint32_t at_column) {
    if (field.required) fault(field, at_column, Reason::missing_value, "");
    if (field.stored == no_column) return;
    RecordColumn& column = out_.records.columns[field.stored];
    column.present[at_] = 0;
    if (column.type == ColumnType::text) {
        column.texts[at_] = {};
    } else {
        column.numbers[at_] = 0;
    }
}

void RowReader::note_text(const FieldPlan& field, std::string_view text, std::uint64_t code) {
    switch (field.note) {
        case NoteAs::record_id:
            row_.record_id = text;
            return;
        case NoteAs::spell_id:
            row_.spell_id = text;
            return;
        case NoteAs::practice:
            row_.practice = text;
            row_.practice_code = code;
            return;
        case NoteAs::provider:
            row_.provider = text;
            return;
        case NoteAs::hrg:
            row_.hrg = text;
            row_.hrg_code = code;
            return;
        default:
            return;
    }
}

void RowReader::put_text(const FieldPlan& field, std::string_view text, std::uint64_t code) {
    if (field.note != NoteAs::nothing) note_text(field, text, code);
    RecordColumn& column = out_.records.columns[field.stored];
    column.texts[at_] = text;
    column.present[at_] = 1;
}

void RowReader::put_number(const FieldPlan& field, std::int64_t number) {
    RecordColumn& column = out_.records.columns[field.stored];
    column.numbers[at_] = number;
    column.present[at_] = 1;
}

// The code of the text, which is put in upper case first.
std::uint64_t RowReader::pack_upper(std::string_view& text) {
    const PackedText as_given = pack(text);
    if (!as_given.maybe_lower) return as_given.code;
    text = upper(text);
    return packed(text);
}

void RowReader::put_code(const FieldPlan& field, const Field& from, std::string_view text) {
    std::uint64_t code = pack_upper(text);
    if (field.ending_size != 0 && text.size() == 5 &&
        packed(text.substr(5 - field.ending_size)) == field.ending) {
        text.remove_suffix(field.ending_size);
        code = packed(text);
    }
    const CodeRules* const rules = field.codes;
    if (rules != nullptr) {
        if (const std::string_view* stored = rules->as_stored.find(code)) {
            return put_text(field, *stored, code);
        }
        if (rules->closed) {
            fault(field, from.column, Reason::code_not_in_list, text, rules->severity);
        }
    }
    if (code == bad_code) {
        if (rules == nullptr || !rules->closed) {
            fault(field, from.column, Reason::malformed_code, text,
                  field.required ? Severity::reject : Severity::warn);
        }
        note_text(field, text, code);
        return put_absent(field, from.column);
    }
    put_text(field, text, code);
}

void RowReader::put_provider(const FieldPlan& field, const Field& from, std::string_view text) {
    if (text == last_site_) return put_text(field, last_provider_);
    const std::string_view site = text;
    text = upper(text);
    const ProviderCode code = provider_of_site(text);
    if (code.empty()) {
        fault(field, from.column, Reason::malformed_code, text);
        return put_text(field, text);
    }
    last_site_ = site;
    last_provider_ = text.substr(0, size_of_packed(code.packed()));
    put_text(field, last_provider_);
}

void RowReader::put_hrg(const FieldPlan& field, const Field& from, std::string_view text) {
    const std::uint64_t code = pack_upper(text);
    if (code == bad_code) {
        fault(field, from.column, Reason::malformed_code, text, Severity::warn);
        return put_absent(field, from.column);
    }
    put_text(field, text, code);
}

void RowReader::put_age(const FieldPlan& field, const Field& from, std::string_view text) {
    std::int64_t age = 0;
    const ValidationRules& rules = plan_.context.rules;
    if (!read_decimal(text, 0, false, age)) {
        fault(field, from.column, Reason::bad_number, text);
    } else if (age > rules.greatest_age) {
        const auto& infants = rules.infant_ages;
        if (std::find(infants.begin(), infants.end(), age) != infants.end()) {
            age = 0;
        } else {
            fault(field, from.column, Reason::impossible_age, text);
        }
    }
    put_number(field, age);
}

bool RowReader::read_any_date(std::string_view text, Date& date) const {
    for (const DateFormat format : plan_.layout.dates) {
        if (read_date(text, format, date)) return true;
    }
    return false;
}

void RowReader::put_date(const FieldPlan& field, const Field& from, std::string_view text) {
    Date date;
    if (read_any_date(text, date)) {
        if (field.note == NoteAs::admission_date) row_.admission = date;
        if (field.note == NoteAs::costing_date) row_.costing = date;
    } else {
        fault(field, from.column, Reason::bad_date, text);
    }
    put_number(field, date.days());
}

void RowReader::put_month(const FieldPlan& field, const Field& from, std::string_view text) {
    std::array<char, 6> digits{};
    std::size_t count = 0;
    bool right = text.size() >= 6;
    for (const char c : text) {
        if (c >= '0' && c <= '9' && count < 6) {
            digits[count++] = c;
        } else if (!(count == 4 && (c == '-' || c == '_' || c == '/'))) {
            right = false;
        }
    }
    Date date;
    if (right && count == 6) {
        std::array<char, 8> first{};
        std::copy(digits.begin(), digits.end(), first.begin());
        first[6] = '0';
        first[7] = '1';
        right = read_date({first.data(), first.size()}, DateFormat::compact, date);
    }
    if (!right || count != 6) {
        fault(field, from.column, Reason::bad_date, text);
    } else {
        date = Month::of(date).last_day();
        row_.costing = date;
    }
    put_number(field, date.days());
}

void RowReader::put_decimal(const FieldPlan& field, const Field& from, std::string_view text) {
    const bool pounds = field.kind == FieldKind::pounds;
    const int places = pounds ? 5 : field.kind == FieldKind::thousandths ? 3 : 0;
    // Costs may be adjusted downwards; days and items are counts.
    const std::int64_t most = pounds ? most_thousandths : most_count;
    std::int64_t value = 0;
    if (!read_decimal(text, places, pounds, value) || value > most || value < -most) {
        fault(field, from.column, Reason::bad_number, text);
        if (pounds) row_.money_read = false;
        value = 0;
    } else if (field.note == NoteAs::days_out_of_stay) {
        row_.days_out += value;
    }
    put_number(field, value);
}

void RowReader::put_list(const FieldPlan& field) {
    if (field.sources.size() == 1) {
        const std::string_view text = (*fields_)[field.sources.front()].text;
        if (plan_.is_null(text)) return put_absent(field, 0);
        if (is_plain_list(text)) return put_text(field, text);
    }
    std::size_t size = 0;
    for (const std::uint32_t source : field.sources) size += (*fields_)[source].text.size() + 1;
    char* const place = arena_.take(size);
    char* end = place;
    for (const std::uint32_t source : field.sources) {
        const std::string_view text = (*fields_)[source].text;
        if (plan_.is_null(text)) continue;
        if (end != place && end[-1] != ';') *end++ = ';';
        for (const char c : text) {
            const char listed = list_character(c);
            if (listed == '.' || listed == ' ' || listed == '\t') continue;
            if (listed == ';' && (end == place || end[-1] == ';')) continue;
            *end++ = listed;
        }
    }
    while (end != place && end[-1] == ';') --end;
    if (end == place) return put_absent(field, 0);
    put_text(field, {place, static_cast<std::size_t>(end - place)});
}

void RowReader::take_episode_field(const FieldPlan& field, const Field& from,
                                   std::string_view text) {
    EpisodeBatch::Extra& episode = row_.episode;
    if (field.codes != nullptr) {
        if (const auto* stored = field.codes->as_stored.find(packed(text))) text = *stored;
    }
    Date date;
    switch (field.kind) {
        case FieldKind::episode_number:
            // 98 and 99: not applicable, not known (NHS Data Dictionary, EPISODE NUMBER).
            if (!read_decimal(text, 0, false, episode.number) || episode.number > 999) {
                fault(field, from.column, Reason::bad_number, text);
            } else if (episode.number == 98 || episode.number == 99) {
                episode.number = 0;
            }
            return;
        case FieldKind::last_episode:
            episode.last = says_yes(text);
            episode.last_given = episode.last || says_no(text) || text == "2";
            if (text == "9") episode.last_given = false;
            return;
        case FieldKind::dominant_episode:
            episode.dominant = says_yes(text);
            return;
        case FieldKind::episode_hrg:
            episode.episode_hrg = upper(text);
            return;
        default:
            break;
    }
    if (!read_any_date(text, date)) return fault(field, from.column, Reason::bad_date, text);
    (field.kind == FieldKind::episode_start ? episode.start : episode.end) = date;
}

}  // namespace purse
