#include <fmt/format.h>

#include "rulebook/heading.hpp"
#include "rulebook/tariff_sheets.hpp"

namespace purse {
namespace {

// Titles of sections ("1 | Direct access and outpatient diagnostic imaging services") say what
// kind the HRGs of the next table are. 2016/17 prices nuclear medicine within imaging.
UnbundledKind kind_of(const std::string& title) {
    const auto has = [&](std::string_view part) { return title.find(part) != std::string::npos; };
    if (has("nuclearmedicine")) return UnbundledKind::nuclear_medicine;
    if (has("diagnosticimaging")) return UnbundledKind::imaging;
    if (has("chemotherapy")) return UnbundledKind::chemotherapy;
    if (has("radiotherapy")) return UnbundledKind::radiotherapy;
    return UnbundledKind::other;
}

// The last text above the table that stands in a row led by a whole number.
std::string section_title(const SheetReading& reading, const PriceTable& table) {
    for (std::size_t i = table.heading_row; i-- > 0;) {
        std::vector<std::string> filled;
        for (const auto& cell : reading.rows()[i].cells)
            if (!cell.empty()) filled.push_back(tidy(cell));
        if (filled.size() >= 2 && filled[0].size() <= 2 && is_number(filled[0])) return filled[1];
    }
    return {};
}

struct CodeTable {
    std::size_t code = 0;
    std::optional<std::size_t> name, price;
};

Result<CodeTable> code_table(const SheetReading& reading, const PriceTable& table) {
    CodeTable found;
    found.code = table.column({"HRG code", {"hrgcode"}}).value_or(0);
    auto name = reading.column(table, {"HRG name", {"hrgname"}});
    if (!name) return name.problem();
    auto price = reading.column(table, {"Tariff", {"tariff"}});
    if (!price) return price.problem();
    return CodeTable{found.code, *name, *price};
}

}  // namespace

Outcome read_unbundled_sheet(SheetReading& reading, Tariff& tariff) {
    if (auto first = reading.only_table({"hrgcode"}, "HRG code"); !first) return first.problem();
    for (const auto& table : reading.tables({"hrgcode"})) {
        const auto columns = code_table(reading, table);
        if (!columns) return columns.problem();
        const auto kind = kind_of(plain(section_title(reading, table)));
        for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
            const auto& row = reading.rows()[i];
            const auto hrg = hrg_of(row.cell(columns->code));
            if (!hrg) continue;
            RowCells cells(reading, table, row);
            UnbundledPrice price{cells.text(columns->name), kind, cells.price(columns->price),
                                 reading.source(row)};
            if (cells.problem()) return *cells.problem();
            if (!tariff.unbundled.emplace(*hrg, std::move(price)).second)
                return reading.problem_at(row, "HRG code", hrg->text() + " is priced twice");
            reading.read(row);
        }
    }
    return Nothing{};
}

Outcome read_other_prices_sheet(SheetReading& reading, Tariff& tariff) {
    if (auto first = reading.only_table({"hrgcode"}, "HRG code"); !first) return first.problem();
    for (const auto& table : reading.tables({"hrgcode", "description", "band", "task"})) {
        const auto price = reading.column(table, {"Tariff", {"tariff"}});
        if (!price) return price.problem();
        const auto code = table.column({"HRG code", {"hrgcode"}});
        const auto title = section_title(reading, table);
        for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
            const auto& row = reading.rows()[i];
            RowCells cells(reading, table, row);
            const auto amount = cells.price(*price);
            if (cells.problem() || !amount) continue;
            const auto name = cells.text(**price - 1);
            const auto hrg = code ? hrg_of(row.cell(*code)) : std::nullopt;
            if (hrg) {
                tariff.direct_access.emplace(*hrg,
                                             DirectAccessPrice{name, amount, reading.source(row)});
            } else {
                tariff.exclusion_notes.push_back({"other national prices", title + ": " + name,
                                                  in_pounds(*amount), reading.source(row)});
            }
            reading.read(row);
        }
    }
    return Nothing{};
}

Outcome read_market_forces_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"providercode"}, "Provider code");
    if (!table) return table.problem();
    const auto factor = reading.column(*table, {"Payment index value", {"paymentindex"}});
    if (!factor) return factor.problem();
    const auto name = table->column({"Provider name", {"providername"}});
    const auto code = table->column({"Provider code", {"providercode"}});
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        RowCells cells(reading, *table, row);
        const auto share = cells.share(*factor);
        if (cells.problem()) return *cells.problem();
        if (!share) continue;
        const ProviderCode provider(cells.text(code));
        if (provider.packed() == bad_code || provider.empty())
            return reading.problem_at(row, "Provider code", "no code of a provider");
        tariff.market_forces.emplace(
            provider, MarketForcesFactor{cells.text(name), *share, reading.source(row)});
        reading.read(row);
    }
    return Nothing{};
}

Outcome read_no_price_hrg_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"hrgcode"}, "HRG code");
    if (!table) return table.problem();
    const auto unbundled = reading.column(*table, {"Core or unbundled?", {"unbundled"}});
    if (!unbundled) return unbundled.problem();
    const auto everywhere =
        reading.column(*table, {"HRG with no national price across all settings", {"allsettings"}});
    if (!everywhere) return everywhere.problem();
    const auto name = table->column({"HRG name", {"hrgname"}});
    const auto code = table->column({"HRG code", {"hrgcode"}});
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        const auto hrg = hrg_of(row.cell(code.value_or(0)));
        if (!hrg) continue;
        const RowCells cells(reading, *table, row);
        tariff.no_national_price.emplace(
            *hrg, NoNationalPrice{cells.text(name), plain(cells.text(*unbundled)) == "u",
                                  plain(cells.text(*everywhere)) == "y", reading.source(row)});
        reading.read(row);
    }
    return Nothing{};
}

Outcome read_no_price_function_sheet(SheetReading& reading, Tariff& tariff) {
    if (auto any = reading.only_table({"treatmentfunction"}, "Treatment function"); !any)
        return any.problem();
    // The sheet's title begins like the heading: what looks like a first table has no rows.
    for (const auto& table : reading.tables({"treatmentfunction"})) {
        const auto name = table.column({"Treatment function name", {"treatmentfunctionname"}});
        const auto code = table.column({"Treatment function", {"treatmentfunction"}, {"name"}});
        for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
            const auto& row = reading.rows()[i];
            const auto function = treatment_function_of(row.cell(code.value_or(0)));
            if (!function) continue;
            const RowCells cells(reading, table, row);
            tariff.functions_without_price.emplace(
                *function, NoNationalPrice{cells.text(name), false, false, reading.source(row)});
            reading.read(row);
        }
    }
    return Nothing{};
}

}  // namespace purse
