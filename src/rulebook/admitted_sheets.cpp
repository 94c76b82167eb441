#include <fmt/format.h>

#include "rulebook/heading.hpp"
#include "rulebook/tariff_sheets.hpp"

namespace purse {
namespace {

struct AdmittedColumns {
    std::optional<std::size_t> name, outpatient_procedure, combined, day_case, elective,
        elective_trim, non_elective, non_elective_trim, per_day, short_stay, short_stay_share,
        short_stay_price;
};

struct WantedColumn {
    std::optional<std::size_t> AdmittedColumns::* place;
    Heading heading;
};

// The maternity sheets print no outpatient procedure price.
std::vector<WantedColumn> wanted_columns(bool maternity) {
    using C = AdmittedColumns;
    return {
        {&C::name, {"HRG name", {"hrgname"}}},
        {&C::outpatient_procedure,
         {"Outpatient procedure tariff", {"outpatientprocedure"}, {}, !maternity}},
        {&C::combined,
         {"Combined day case / ordinary elective spell tariff",
          {"combineddaycase", "spelltariff"}}},
        {&C::day_case, {"Day case spell tariff", {"daycasespelltariff"}}},
        {&C::elective,
         {"Ordinary elective spell tariff", {"electivespelltariff"}, {"daycase", "nonelective"}}},
        {&C::elective_trim,
         {"Ordinary elective long stay trim point", {"electivelongstaytrim"}, {"nonelective"}}},
        {&C::non_elective, {"Non-elective spell tariff", {"nonelectivespelltariff"}, {"combined"}}},
        {&C::non_elective_trim, {"Non-elective long stay trim point", {"nonelectivelongstaytrim"}}},
        {&C::per_day, {"Per day long stay payment", {"perdaylongstay"}}},
        {&C::short_stay,
         {"Reduced short stay emergency tariff applicable?", {"shortstayemergency", "applicable"}}},
        {&C::short_stay_share,
         {"% applied in calculation of reduced short stay emergency tariff",
          {"appliedincalculation"}}},
        {&C::short_stay_price,
         {"Reduced short stay emergency tariff",
          {"reducedshortstayemergencytariff"},
          {"applicable", "appliedin"}}},
    };
}

Result<AdmittedColumns> find_columns(const SheetReading& reading, const PriceTable& table,
                                     bool maternity) {
    AdmittedColumns columns;
    for (const auto& wanted : wanted_columns(maternity)) {
        auto place = reading.column(table, wanted.heading);
        if (!place) return place.problem();
        columns.*wanted.place = *place;
    }
    return columns;
}

Result<AdmittedPrice> read_row(const SheetReading& reading, const PriceTable& table,
                               const AdmittedColumns& columns, const Sheet::Row& row) {
    RowCells cells(reading, table, row);
    AdmittedPrice price;
    price.name = cells.text(columns.name);
    price.outpatient_procedure = cells.price(columns.outpatient_procedure);
    price.combined = cells.price(columns.combined);
    price.day_case = cells.price(columns.day_case);
    price.elective = cells.price(columns.elective);
    price.elective_trim_days = cells.days(columns.elective_trim);
    price.non_elective = cells.price(columns.non_elective);
    price.non_elective_trim_days = cells.days(columns.non_elective_trim);
    price.long_stay_per_day = cells.price(columns.per_day);
    price.short_stay_applies = plain(cells.text(columns.short_stay)) == "yes";
    price.short_stay_share = cells.share(columns.short_stay_share);
    price.short_stay_emergency = cells.price(columns.short_stay_price);
    price.source = reading.source(row);
    if (cells.problem()) return *cells.problem();
    if (price.short_stay_applies && !price.short_stay_emergency)
        return reading.problem_at(row, "Reduced short stay emergency tariff",
                                  "the reduction applies but no reduced price is printed");
    return price;
}

Outcome read_price_table(SheetReading& reading, const PriceTable& table, bool maternity,
                         Tariff& tariff) {
    const auto columns = find_columns(reading, table, maternity);
    if (!columns) return columns.problem();
    const auto code = table.column({"HRG code", {"hrgcode"}});
    for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
        const auto& row = reading.rows()[i];
        const auto hrg = hrg_of(row.cell(code.value_or(0)));
        if (!hrg) continue;
        auto price = read_row(reading, table, *columns, row);
        if (!price) return price.problem();
        price->from_maternity_sheet = maternity;
        const auto [at, added] = tariff.admitted.emplace(*hrg, *price);
        if (!added)
            return reading.problem_at(row, "HRG code",
                                      fmt::format("{} is priced twice; first in {}", hrg->text(),
                                                  place_of(tariff, at->second.source)));
        reading.read(row);
    }
    return Nothing{};
}

}  // namespace

Outcome read_admitted_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"hrgcode"}, "HRG code");
    if (!table) return table.problem();
    return read_price_table(reading, *table, false, tariff);
}

Outcome read_maternity_sheet(SheetReading& reading, Tariff& tariff) {
    for (const auto& other : reading.tables({"code"}))
        for (std::size_t i = other.heading_row + 1; i < other.end; ++i)
            if (plain(reading.rows()[i].cell(0)) == "na" ||
                plain(reading.rows()[i].cell(1)) == "na")
                reading.unread(reading.rows()[i],
                               "a maternity pathway payment, made to a provider and not by record");
    const auto table = reading.only_table({"hrgcode"}, "HRG code");
    if (!table) return table.problem();
    return read_price_table(reading, *table, true, tariff);
}

}  // namespace purse
