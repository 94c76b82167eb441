#include <fmt/format.h>

#include <array>

#include "rulebook/heading.hpp"
#include "rulebook/tariff_sheets.hpp"

namespace purse {
namespace {

constexpr std::string_view note_of_another_price = "attractthetarifffor";

// The HRGs named in a sentence, in order.
std::vector<Hrg> hrgs_in(std::string_view sentence) {
    std::vector<Hrg> found;
    for (std::size_t i = 0; i + 5 <= sentence.size(); ++i) {
        const auto hrg = hrg_of(sentence.substr(i, 5));
        if (!hrg) continue;
        found.push_back(*hrg);
        i += 4;
    }
    return found;
}

// 2016/17 prices VB99Z by a note under the table: "... grouped to VB99Z attract the tariff for
// VB09Z".
void read_note(SheetReading& reading, const Sheet::Row& row, Tariff& tariff) {
    for (const auto& cell : row.cells) {
        if (plain(cell).find(note_of_another_price) == std::string::npos) continue;
        const auto hrgs = hrgs_in(cell);
        if (hrgs.size() != 2) continue;
        const auto like = tariff.emergency.find(hrgs[1]);
        if (like == tariff.emergency.end() || tariff.emergency.contains(hrgs[0])) continue;
        EmergencyPrice price = like->second;
        price.name = "As " + hrgs[1].text() + ": " + tidy(cell);
        price.source = reading.source(row);
        tariff.emergency.emplace(hrgs[0], std::move(price));
        reading.read(row);
    }
}

const Heading non_face_to_face{"Tariff", {"tariff"}};

}  // namespace

Outcome read_attendance_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"treatmentfunction"}, "Treatment function");
    if (!table) return table.problem();
    const std::array headings = {Heading{"Treatment function name", {"treatmentfunction", "name"}},
                                 Heading{"WF01B First Attendance - Single Professional", {"wf01b"}},
                                 Heading{"WF02B First Attendance - Multi Professional", {"wf02b"}},
                                 Heading{"WF01A Follow Up - Single Professional", {"wf01a"}},
                                 Heading{"WF02A Follow Up - Multi Professional", {"wf02a"}}};
    std::array<std::optional<std::size_t>, headings.size()> places;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        auto heading = headings[i];
        if (i == 0) heading.needed = false;
        auto place = reading.column(*table, heading);
        if (!place) return place.problem();
        places[i] = *place;
    }
    if (!places[0]) places[0] = table->column({"description", {"treatmentfunctiondescription"}});
    const auto code = table->column({"Treatment function", {"treatmentfunction"}});
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        const auto function = treatment_function_of(row.cell(code.value_or(0)));
        if (!function) continue;
        RowCells cells(reading, *table, row);
        AttendancePrice price{cells.text(places[0]),  cells.price(places[1]),
                              cells.price(places[2]), cells.price(places[3]),
                              cells.price(places[4]), reading.source(row)};
        if (cells.problem()) return *cells.problem();
        if (!tariff.attendances.emplace(*function, std::move(price)).second)
            return reading.problem_at(row, "Treatment function",
                                      function->text() + " is priced twice");
        reading.read(row);
    }
    return Nothing{};
}

Outcome read_emergency_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"hrgcode"}, "HRG code");
    if (!table) return table.problem();
    const auto first = reading.column(*table, {"Type 1 and 2 Departments", {"type1and2"}});
    if (!first) return first.problem();
    const auto third = reading.column(*table, {"Type 3 Departments", {"type3"}});
    if (!third) return third.problem();
    const auto name = table->column({"HRG name", {"hrgname"}});
    const auto code = table->column({"HRG code", {"hrgcode"}});
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        const auto hrg = hrg_of(row.cell(code.value_or(0)));
        if (!hrg) {
            read_note(reading, row, tariff);
            continue;
        }
        RowCells cells(reading, *table, row);
        EmergencyPrice price{cells.text(name), cells.price(*first), cells.price(*third),
                             reading.source(row)};
        if (cells.problem()) return *cells.problem();
        tariff.emergency.emplace(*hrg, std::move(price));
        reading.read(row);
    }
    return Nothing{};
}

Outcome read_non_mandatory_sheet(SheetReading& reading, Tariff& tariff) {
    for (const auto& table : reading.tables({"description"})) {
        const auto place = table.column(non_face_to_face);
        for (std::size_t i = table.heading_row + 1; place && i < table.end; ++i) {
            const auto& row = reading.rows()[i];
            std::string name;
            for (std::size_t c = 0; c < *place; ++c) name += plain(row.cell(c));
            if (name != "nonfacetofaceoutpatientattendances") continue;
            RowCells cells(reading, table, row);
            tariff.non_face_to_face = cells.price(place);
            if (cells.problem()) return *cells.problem();
            reading.read(row);
        }
    }
    const auto priced = reading.tables({"hrgcode", "description", "treatmentfunction", "task"});
    for (std::size_t i = 0; !priced.empty() && i < priced.front().heading_row; ++i)
        reading.passed_over(reading.rows()[i]);  // the list of what the sheet covers
    for (const auto& table :
         reading.tables({"hrgcode", "description", "treatmentfunction", "code", "task"}))
        for (std::size_t i = table.heading_row + 1; i < table.end; ++i)
            if (looks_like_data(reading.rows()[i]))
                reading.unread(reading.rows()[i], "a non-mandatory price: agreed locally");
    return Nothing{};
}

}  // namespace purse
