#include "synthesis/record_rows.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

// Services within a specialty: breast and colorectal surgery within general surgery, diabetes
// within general medicine, well babies within paediatrics (NHS Data Dictionary, main specialty
// code).
std::string main_specialty_of(const std::string& treatment_function) {
    if (treatment_function == "103" || treatment_function == "104") return "100";
    if (treatment_function == "307") return "300";
    if (treatment_function == "424") return "420";
    return treatment_function;
}

constexpr std::string_view apc_columns[] = {"record_id",
                                            "spell_id",
                                            "nhs_number",
                                            "local_patient_id",
                                            "practice",
                                            "provider",
                                            "commissioner",
                                            "sex",
                                            "age",
                                            "admission_date",
                                            "discharge_date",
                                            "episode_number",
                                            "last_episode",
                                            "episode_start",
                                            "episode_end",
                                            "admission_method",
                                            "patient_classification",
                                            "administrative_category",
                                            "discharge_method",
                                            "main_specialty",
                                            "treatment_function",
                                            "hrg",
                                            "critical_care_days",
                                            "rehabilitation_days",
                                            "palliative_days",
                                            "delayed_discharge_days",
                                            "commissioning_serial_number",
                                            "best_practice_flags",
                                            "specialised_flags",
                                            "diagnoses",
                                            "procedures",
                                            "unbundled_hrgs",
                                            "referrer"};
constexpr std::string_view op_columns[] = {"record_id",
                                           "nhs_number",
                                           "local_patient_id",
                                           "practice",
                                           "provider",
                                           "commissioner",
                                           "sex",
                                           "age",
                                           "appointment_date",
                                           "main_specialty",
                                           "treatment_function",
                                           "first_attendance",
                                           "attended",
                                           "multi_professional",
                                           "administrative_category",
                                           "referral_source",
                                           "hrg",
                                           "direct_access",
                                           "commissioning_serial_number",
                                           "best_practice_flags",
                                           "unbundled_hrgs",
                                           "referrer"};
constexpr std::string_view ae_columns[] = {"record_id",
                                           "nhs_number",
                                           "local_patient_id",
                                           "practice",
                                           "provider",
                                           "commissioner",
                                           "sex",
                                           "age",
                                           "arrival_date",
                                           "department_type",
                                           "attendance_category",
                                           "disposal",
                                           "hrg",
                                           "commissioning_serial_number"};
constexpr std::string_view prescribing_columns[] = {
    "month", "practice", "commissioner",        "bnf_code",   "bnf_name",
    "items", "quantity", "net_ingredient_cost", "actual_cost"};

void set_number(std::string& cell, std::int64_t number) {
    const fmt::format_int text(number);
    cell.assign(text.data(), text.size());
}

void set_days(std::string& cell, int days) {
    if (days > 0) set_number(cell, days);
}

void set_date(std::string& cell, Date date) {
    const auto ymd = date.ymd();
    const int year = static_cast<int>(ymd.year());
    const unsigned month = static_cast<unsigned>(ymd.month());
    const unsigned day = static_cast<unsigned>(ymd.day());
    const auto digit = [](unsigned value) { return static_cast<char>('0' + value % 10); };
    const auto y = static_cast<unsigned>(year);
    const char text[] = {
        digit(y / 1000),   digit(y / 100), digit(y / 10), digit(y),        '-',
        digit(month / 10), digit(month),   '-',           digit(day / 10), digit(day)};
    cell.assign(text, sizeof text);
}

// The columns that say whose record it is; their places differ by data set, the order does not.
void set_person(const Bearer& bearer, std::uint32_t person, std::uint8_t provider, Date day,
                Date age_day, Row& row, std::size_t place) {
    const FictionalPerson& who = bearer.practice.people[person];
    const std::uint64_t nhs = bearer.world.nhs_number(who.number);
    if (nhs != 0) set_number(row[place], static_cast<std::int64_t>(nhs));
    row[place + 1] = "H";
    row[place + 1] += fmt::format_int(who.number * 16ULL + provider + 1'000'000).c_str();
    row[place + 2] = answering(bearer.world, bearer.practice, day).text();
    row[place + 3] = bearer.world.providers[provider].code.text();
    row[place + 4] = bearer.commissioner.text();
    row[place + 5] = who.male ? "1" : "2";
    set_number(row[place + 6], age_on(who.born, std::max(age_day, who.born)));
}

void set_record(const Bearer& bearer, char letter, std::string& cell) {
    cell = letter;
    cell += fmt::format_int(bearer.record + 100'000'000).c_str();
}

std::string_view category(std::uint8_t marks) {
    return marks & private_patient ? "02" : marks & amenity_bed ? "03" : "01";
}

std::string_view referrer(const Bearer& bearer, std::uint64_t salt) {
    // Fictional prescriber codes: one of five doctors of the practice.
    static constexpr std::array<std::string_view, 5> doctors = {"G9900011", "G9900022", "G9900033",
                                                                "G9900044", "G9900055"};
    return doctors[mixed(bearer.record ^ salt) % doctors.size()];
}

std::string_view patient_class(const Spell& spell) {
    switch (spell.kind) {
        case SpellKind::day_case:
            return spell.marks & coded_as_ordinary ? "1" : "2";
        case SpellKind::regular_day:
            return "3";
        default:
            return "1";
    }
}

void set_flags(const Bearer& bearer, const Spell& spell, const HrgMix& hrg, Row& row) {
    if (spell.marks & best_practice) {
        for (const BestPracticeMix& mix : bearer.calibration.best_practice) {
            if (mix.hrg == hrg.code) row[27] = mix.flag;
        }
    }
    if (spell.marks & specialised) {
        const auto& flags = bearer.calibration.specialised;
        row[28] = flags[mixed(bearer.record) % flags.size()].flag;
    }
}

void set_episode(const Spell& spell, int episode, Row& row) {
    const bool last = episode == spell.episodes;
    const int days = spell.days();
    const Date start = spell.admission + days * (episode - 1) / spell.episodes;
    const Date end = last ? spell.discharge : spell.admission + days * episode / spell.episodes;
    set_number(row[11], episode);
    row[12] = last ? "1" : "2";
    set_date(row[13], start);
    set_date(row[14], end);
    // Days paid apart stand on the last episode.
    set_days(row[22], last ? spell.critical_care : 0);
    set_days(row[23], last ? spell.rehabilitation : 0);
    set_days(row[24], last ? spell.palliative : 0);
    set_days(row[25], last ? spell.delayed : 0);
}

void set_spell(const Bearer& bearer, const Spell& spell, Row& row) {
    const HrgMix& hrg = bearer.calibration.hrgs[spell.hrg];
    row.clear();
    set_record(bearer, 'A', row[0]);
    set_record(bearer, 'S', row[1]);
    set_person(bearer, spell.person, spell.provider, spell.discharge, spell.admission, row, 2);
    set_date(row[9], spell.admission);
    set_date(row[10], spell.discharge);
    row[15].assign(spell.method.data(), 2);
    row[16] = patient_class(spell);
    row[17] = category(spell.marks);
    row[18] = spell.discharge_method;
    row[19] = main_specialty_of(hrg.treatment_function);
    row[20] = hrg.treatment_function;
    row[21] = hrg.code;
    if (spell.marks & outside_national_price) row[26] = "LOCAL=";
    set_flags(bearer, spell, hrg, row);
    row[29] = hrg.diagnosis;
    row[30] = hrg.procedure;
    row[32] = referrer(bearer, spell.person);
}

std::string attendance_hrg(const Bearer& bearer, const Appointment& made) {
    if (made.attended != '5') return "";
    if (made.procedure != Appointment::none) {
        return bearer.calibration.procedures[made.procedure].code;
    }
    if (made.direct_access != Appointment::none &&
        made.direct_access < bearer.calibration.direct_access.size()) {
        return bearer.calibration.direct_access[made.direct_access].code;
    }
    const bool follow_up = made.first_attendance == '2' || made.first_attendance == '4';
    const bool remote = made.first_attendance >= '3';
    const bool multi = made.multi_professional != '1';
    return fmt::format("WF0{}{}", multi ? 2 : 1,
                       remote      ? (follow_up ? 'C' : 'D')
                       : follow_up ? 'A'
                                   : 'B');
}

}  // namespace

std::span<const std::string_view> plain_columns(DataSet set) {
    switch (set) {
        case DataSet::admitted_care:
            return apc_columns;
        case DataSet::outpatients:
            return op_columns;
        case DataSet::emergency:
            return ae_columns;
        case DataSet::prescribing:
            return prescribing_columns;
    }
    return {};
}

std::string& Row::named(std::string_view column) {
    const auto columns = plain_columns(set_);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == column) return cells_[i];
    }
    check_failed("a column of the plain layout", __FILE__, __LINE__);
    return cells_.front();
}

void Row::append_to(std::string& text) const {
    for (const std::string& cell : cells_) {
        text += cell;
        text += ',';
    }
    text.back() = '\n';
}

std::string date_text(Date date) {
    std::string text;
    set_date(text, date);
    return text;
}

PracticeCode answering(const World& world, const FictionalPractice& practice, Date day) {
    if (practice.closes && day > *practice.closes) return world.practices[practice.successor].code;
    return practice.code;
}

void spell_rows(const Bearer& bearer, const Spell& spell, std::vector<Row>& rows,
                std::size_t& count) {
    count = spell.episodes;
    while (rows.size() < count) rows.emplace_back(DataSet::admitted_care);
    for (std::size_t i = 0; i < count; ++i) {
        set_spell(bearer, spell, rows[i]);
        set_episode(spell, static_cast<int>(i + 1), rows[i]);
        if (i > 0) rows[i][0] += fmt::format("E{}", i + 1);
    }
}

void appointment_row(const Bearer& bearer, const Appointment& made, Row& row) {
    const Calibration& from = bearer.calibration;
    row.clear();
    set_record(bearer, 'O', row[0]);
    set_person(bearer, made.person, made.provider, made.day, made.day, row, 1);
    set_date(row[8], made.day);
    const std::string& function = from.treatment_functions[made.treatment_function].code;
    const bool to_imaging = made.direct_access == from.direct_access.size();
    row[9] = to_imaging ? "810" : main_specialty_of(function);
    row[10] = to_imaging ? "812" : function;
    row[11] = made.first_attendance;
    row[12] = made.attended;
    row[13] = made.multi_professional;
    row[14] = category(made.marks);
    row[15] = from.referral_sources[made.referral_source].code;
    row[16] = attendance_hrg(bearer, made);
    row[17] = made.direct_access != Appointment::none ? "Y" : "N";
    if (made.marks & outside_national_price) row[18] = "LOCAL=";
    if (made.scan != Appointment::none) row[20] = from.imaging_mix[made.scan].code;
    if (to_imaging && made.scan == Appointment::none) row[20] = from.imaging_mix.back().code;
    row[21] = referrer(bearer, made.person);
}

void attendance_row(const Bearer& bearer, const Attendance& came, Row& row) {
    const Calibration& from = bearer.calibration;
    row.clear();
    set_record(bearer, 'E', row[0]);
    set_person(bearer, came.person, came.provider, came.day, came.day, row, 1);
    set_date(row[8], came.day);
    row[9] = from.department_types[came.department].code;
    row[10] = came.category;
    row[11] = came.admitted ? "01" : from.disposals[came.disposal].code;
    row[12] = from.ae_hrgs[came.hrg];
}

}  // namespace purse
