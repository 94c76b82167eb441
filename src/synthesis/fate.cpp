#include "synthesis/fate.hpp"

namespace purse {

Fate fate_of(const FileFaults& faults, std::uint64_t seed, DataSet set, std::uint64_t record) {
    Chance chance(seed, 301 + static_cast<std::uint64_t>(set), record);
    Fate fate;
    fate.late = chance.happens(faults.late);
    fate.corrected = chance.happens(faults.corrected);
    fate.doubled = chance.happens(faults.doubled);
    // Half of the flex's faults are put right by the freeze, which brings as many of its own.
    const auto drawn = static_cast<std::int64_t>(chance.below(1'000'000));
    fate.spoiled_in_flex = drawn < faults.faulty;
    fate.spoiled_in_freeze =
        drawn >= faults.faulty / 2 && drawn < faults.faulty / 2 + faults.faulty;
    fate.elsewhere = set != DataSet::prescribing && chance.happens(faults.elsewhere);
    fate.salt = chance.next();
    return fate;
}

void send_elsewhere(Row& row, std::uint64_t salt) {
    struct Where {
        std::string_view practice, commissioner;
    };
    // Codes for "no practice" (V81997 no registered practice, V81999 not known) are the NHS data
    // dictionary's; X98 and W98 practices and 9ZY are fictional.
    static constexpr std::array<Where, 5> places = {{{"V81997", "9ZZ"},
                                                     {"V81999", "9ZZ"},
                                                     {"X98001", "9ZY"},
                                                     {"X98002", "9ZY"},
                                                     {"W98001", "9ZW"}}};
    const Where& where = places[salt % places.size()];
    row.named("practice") = where.practice;
    row.named("commissioner") = where.commissioner;
}

void make_provisional(Row& row, std::uint64_t salt, const Calibration& calibration) {
    switch (row.set()) {
        case DataSet::admitted_care:
            row.named("hrg") =
                salt % 3 == 0 ? "UZ01Z" : calibration.hrgs[salt / 3 % calibration.hrgs.size()].code;
            break;
        case DataSet::outpatients:
            row.named("treatment_function") = salt % 2 == 0 ? "300" : "100";
            break;
        case DataSet::emergency:
            row.named("hrg") = calibration.ae_hrgs[salt % calibration.ae_hrgs.size()];
            break;
        case DataSet::prescribing:
            row.named("quantity") += "0";
            break;
    }
}

namespace {

void spoil_prescribing(Row& row, std::uint64_t kind) {
    switch (kind) {
        case 0:
            row.named("month") = "2017-13";
            break;
        case 1:
            row.named("items") = "";
            break;
        case 2:
            row.named("items") = "n/a";
            break;
        case 3:
            row.named("practice") = "X97777";
            break;
        case 4:
            row.named("bnf_name") = "Cr\xE8me (Windows-1252)";
            break;
        default:
            row.named("bnf_name").insert(0, "\"");
            break;
    }
}

std::string_view day_column(DataSet set) {
    return set == DataSet::admitted_care ? "discharge_date"
           : set == DataSet::outpatients ? "appointment_date"
                                         : "arrival_date";
}

std::string_view listed_column(DataSet set) {
    return set == DataSet::admitted_care ? "admission_method"
           : set == DataSet::outpatients ? "first_attendance"
                                         : "department_type";
}

}  // namespace

void spoil(Row& row, std::uint64_t salt, const std::string& closed_practice) {
    const DataSet set = row.set();
    if (set == DataSet::prescribing) return spoil_prescribing(row, salt % 6);
    switch (salt % 10) {
        case 0:
            row.named(day_column(set)) = "31/02/2017";
            break;
        case 1:  // discharge before admission; elsewhere a day outside the month
            row.named(day_column(set)) = "1999-12-31";
            break;
        case 2:
            row.named("provider") = "";
            break;
        case 3:
            row.named(listed_column(set)) = "77";
            break;
        case 4:
            row.named("age") = "207";
            break;
        case 5:
            row.named("practice") = closed_practice;
            break;
        case 6:
            row.named("practice") = "X97777";
            break;
        case 7:
            row.named("hrg").insert(0, "\"");
            break;
        case 8:
            row.named("local_patient_id") = "Andr\xE9";
            break;
        default:
            row.named("hrg") = "ZZ99Z";
            break;
    }
}

}  // namespace purse
