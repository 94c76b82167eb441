// What stands outside the tariff, kept for reference; and who gets specialised top-ups for what.
#include <fmt/format.h>

#include "rulebook/heading.hpp"
#include "rulebook/tariff_sheets.hpp"

namespace purse {
namespace {

// The texts of the row after the first, joined.
std::string detail_of(const Sheet::Row& row, std::size_t name_column) {
    std::string detail;
    for (std::size_t i = name_column + 1; i < row.cells.size(); ++i) {
        const auto text = tidy(row.cells[i]);
        if (text.empty()) continue;
        if (!detail.empty()) detail += "; ";
        detail += text;
    }
    return detail;
}

// Lists below a heading row; a row that tells of removals starts the list of what was removed.
Outcome read_list(SheetReading& reading, Tariff& tariff, const PriceTable& from,
                  const std::string& list) {
    std::size_t name_column = 0;
    while (from.headings[name_column].empty()) ++name_column;
    std::string current = list;
    for (std::size_t i = from.heading_row + 1; i < reading.rows().size(); ++i) {
        const auto& row = reading.rows()[i];
        const auto name = tidy(row.cell(name_column));
        const auto text = plain(name);
        if (text.find("removed") != std::string::npos)
            current = list + ", removed since the last tariff";
        if (name.empty() || text == "drugname" || text == "device" || text == "services" ||
            text == "group" || text.find("removed") != std::string::npos)
            continue;
        const auto detail = detail_of(row, name_column);
        tariff.exclusion_notes.push_back({current, name, detail, reading.source(row)});
        reading.read(row);
    }
    return Nothing{};
}

// "1. List of providers eligible for specialised children's top-up" names the services that its
// list is for by a word of their names: both children's services share one list.
std::vector<std::string> services_of(const Tariff& tariff, const std::string& title) {
    std::vector<std::string> ids;
    for (const auto& service : tariff.top_up_services) {
        const auto name = plain(service.name);
        if (title.find(name.substr(0, 6)) != std::string::npos) ids.push_back(service.service_id);
    }
    return ids;
}

std::string title_above(const SheetReading& reading, const PriceTable& table) {
    return table.heading_row == 0 ? std::string()
                                  : plain(detail_of(reading.rows()[table.heading_row - 1], 0)) +
                                        plain(reading.rows()[table.heading_row - 1].cell(0));
}

Outcome read_services(SheetReading& reading, Tariff& tariff, const PriceTable& table) {
    const auto rate = reading.column(table, {"Tariff top-up", {"tarifftopup"}});
    if (!rate) return rate.problem();
    const auto id = table.column({"Service ID", {"serviceid"}});
    for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
        const auto& row = reading.rows()[i];
        RowCells cells(reading, table, row);
        if (!is_number(cells.text(id)) || !is_number(cells.text(*rate))) continue;
        const auto share = cells.share(*rate);
        if (cells.problem()) return *cells.problem();
        tariff.top_up_services.push_back(
            {cells.text(id), cells.text(*id + 1), *share, reading.source(row)});
        reading.read(row);
    }
    return Nothing{};
}

}  // namespace

Outcome read_drugs_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"drugname"}, "Drug name");
    if (!table) return table.problem();
    return read_list(reading, tariff, *table, "high cost drugs");
}

Outcome read_devices_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"device"}, "Device");
    if (!table) return table.problem();
    return read_list(reading, tariff, *table, "high cost devices and listed procedures");
}

Outcome read_processing_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"services"}, "Services");
    if (!table) return table.problem();
    return read_list(reading, tariff, *table, "processing adjustments and zero prices");
}

Outcome read_top_up_providers_sheet(SheetReading& reading, Tariff& tariff) {
    const auto services = reading.only_table({"serviceid"}, "Service ID");
    if (!services) return services.problem();
    if (auto done = read_services(reading, tariff, *services); !done) return done;
    for (const auto& table : reading.tables({"providercode"})) {
        const auto ids = services_of(tariff, title_above(reading, table));
        const auto code = table.column({"Provider code", {"providercode"}});
        for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
            const auto& row = reading.rows()[i];
            const RowCells cells(reading, table, row);
            const auto text = cells.text(code);
            if (text.size() != 3) continue;
            for (const auto& id : ids)
                tariff.top_up_providers.push_back({id, ProviderCode(text), reading.source(row)});
            if (!ids.empty()) reading.read(row);
        }
    }
    return Nothing{};
}

Outcome read_top_up_codes_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"codetype"}, "Code type");
    if (!table) return table.problem();
    const auto code = reading.column(*table, {"Code", {"code"}, {"type", "description"}});
    if (!code) return code.problem();
    const auto service = reading.column(*table, {"Specialised service ID", {"serviceid"}});
    if (!service) return service.problem();
    const auto type = table->column({"Code type", {"codetype"}});
    const auto age = table->column({"Age criteria", {"agecriteria"}});
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        const RowCells cells(reading, *table, row);
        const auto kind = plain(cells.text(type));
        if (kind != "icd" && kind != "opcs") continue;
        std::string text = cells.text(*code);
        std::erase(text, '.');
        tariff.top_up_codes.push_back(
            {text, kind == "opcs", cells.text(*service), cells.text(age), reading.source(row)});
        reading.read(row);
    }
    return Nothing{};
}

// Rates are printed per cent: 41.2383296166133 is 0.412383.
Outcome read_top_up_flags_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"description"}, "Description");
    if (!table) return table.problem();
    const auto flag = reading.column(*table, {"Flags", {"flag"}});
    if (!flag) return flag.problem();
    const auto rate = reading.column(*table, {"Rate", {"rate"}});
    if (!rate) return rate.problem();
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        RowCells cells(reading, *table, row);
        const auto text = cells.text(*flag);
        if (text.empty()) continue;
        const auto per_cent = parse_factor(cells.text(*rate) + "e-2");
        if (!per_cent)
            return reading.problem_at(row, "Rate",
                                      fmt::format("'{}' is no rate", cells.text(*rate)));
        tariff.top_up_flags.push_back(
            {text, cells.text(std::optional<std::size_t>(*flag ? **flag - 1 : 0)), *per_cent,
             reading.source(row)});
        reading.read(row);
    }
    return Nothing{};
}

}  // namespace purse
