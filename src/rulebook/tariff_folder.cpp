#include "rulebook/tariff_folder.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <map>

#include "base/digest.hpp"
#include "rulebook/tariff_columns.hpp"
#include "rulebook/tariff_files.hpp"
#include "tables/delimited.hpp"

namespace purse {
namespace {

constexpr std::pair<UnbundledKind, std::string_view> kinds[] = {
    {UnbundledKind::imaging, "imaging"},
    {UnbundledKind::nuclear_medicine, "nuclear_medicine"},
    {UnbundledKind::chemotherapy, "chemotherapy"},
    {UnbundledKind::radiotherapy, "radiotherapy"},
    {UnbundledKind::other, "other"},
};

std::string cell_text(const std::string& value, const Tariff&) { return value; }
std::string cell_text(bool value, const Tariff&) { return value ? "yes" : "no"; }
std::string cell_text(int value, const Tariff&) { return std::to_string(value); }
std::string cell_text(Pence value, const Tariff&) { return plain_pounds(value); }
std::string cell_text(Factor value, const Tariff&) { return to_text(value); }
template <class Tag>
std::string cell_text(Code<Tag> value, const Tariff&) {
    return value.text();
}
std::string cell_text(UnbundledKind value, const Tariff&) {
    for (const auto& [kind, text] : kinds)
        if (kind == value) return std::string(text);
    CHECK(false);
    return {};
}
template <class T>
std::string cell_text(const std::optional<T>& value, const Tariff& tariff) {
    return value ? cell_text(*value, tariff) : std::string();
}

struct NameColumns {
    std::vector<std::string> cells;
    template <class T>
    void operator()(std::string_view name, T&) {
        cells.emplace_back(name);
    }
    void operator()(std::string_view, TariffSource&) {
        cells.insert(cells.end(), {"source_sheet", "source_row"});
    }
};

struct WriteColumns {
    const Tariff& tariff;
    std::vector<std::string> cells;
    template <class T>
    void operator()(std::string_view, T& value) {
        cells.push_back(cell_text(value, tariff));
    }
    void operator()(std::string_view, TariffSource& source) {
        cells.push_back(source.sheet < tariff.sheets.size() ? tariff.sheets[source.sheet] : "");
        cells.push_back(std::to_string(source.row));
    }
};

struct WriteTables {
    const Tariff& tariff;
    std::vector<std::pair<std::string, std::string>> files;

    template <class Key, class Row>
    void keyed(std::string_view file, std::string_view key, std::map<Key, Row>& rows) {
        std::string text = headings<Row>({std::string(key)});
        for (auto& [code, row] : rows) text += line({code.text()}, row);
        files.emplace_back(file, std::move(text));
    }
    template <class Row>
    void listed(std::string_view file, std::vector<Row>& rows) {
        std::string text = headings<Row>({});
        for (auto& row : rows) text += line({}, row);
        files.emplace_back(file, std::move(text));
    }
    template <class Row>
    std::string headings(std::vector<std::string> first) {
        NameColumns names{std::move(first)};
        Row row;
        visit_columns(names, row);
        return csv_line(names.cells);
    }
    template <class Row>
    std::string line(std::vector<std::string> first, Row& row) {
        WriteColumns cells{tariff, std::move(first)};
        visit_columns(cells, row);
        return csv_line(cells.cells);
    }
};

bool read_cell(const std::string& text, std::string& out) {
    out = text;
    return true;
}
bool read_cell(const std::string& text, bool& out) {
    out = text == "yes";
    return out || text == "no";
}
bool read_cell(const std::string& text, int& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && out >= 0;
}
bool read_cell(const std::string& text, Pence& out) {
    const auto price = parse_pounds(text);
    if (price) out = *price;
    return price.ok() && out.count() >= 0;
}
bool read_cell(const std::string& text, Factor& out) {
    const auto factor = parse_factor(text);
    if (factor) out = *factor;
    return factor.ok() && out.millionths() >= 0;
}
template <class Tag>
bool read_cell(const std::string& text, Code<Tag>& out) {
    out = Code<Tag>(text);
    return !out.empty() && out.packed() != bad_code;
}
bool read_cell(const std::string& text, UnbundledKind& out) {
    for (const auto& [kind, name] : kinds)
        if (name == text) {
            out = kind;
            return true;
        }
    return false;
}
template <class T>
bool read_cell(const std::string& text, std::optional<T>& out) {
    out.reset();
    if (text.empty()) return true;
    T value{};
    if (!read_cell(text, value)) return false;
    out = value;
    return true;
}

template <class T>
constexpr std::string_view kind_name() {
    if constexpr (std::is_same_v<T, bool>) return "yes or no";
    if constexpr (std::is_same_v<T, int> || std::is_same_v<T, std::optional<int>>)
        return "a whole number of 0 or more";
    if constexpr (std::is_same_v<T, std::optional<Pence>>) return "an amount in pounds or nothing";
    if constexpr (std::is_same_v<T, Factor> || std::is_same_v<T, std::optional<Factor>>)
        return "a factor such as 1.036391";
    if constexpr (std::is_same_v<T, UnbundledKind>)
        return "imaging, nuclear_medicine, chemotherapy, radiotherapy or other";
    return "a code of at most eight letters and digits";
}

using SheetPlaces = std::map<std::string, std::uint16_t>;

// Reads one row by the names of its columns; the first fault is kept.
struct ReadColumns {
    const TextTable& table;
    const TextTable::Row& row;
    const SheetPlaces& sheets;
    std::optional<Problem> problem;

    template <class T>
    void operator()(std::string_view name, T& value) {
        const auto* text = cell(name);
        if (text != nullptr && !read_cell(*text, value)) fault(name, *text, kind_name<T>());
    }
    void operator()(std::string_view, TariffSource& source) {
        if (const auto* sheet = cell("source_sheet"); sheet != nullptr && !sheet->empty()) {
            const auto at = sheets.find(*sheet);
            if (at == sheets.end())
                fault("source_sheet", *sheet, "a sheet that sheets.csv lists");
            else
                source.sheet = at->second;
        }
        int number = 0;
        const auto* text = cell("source_row");
        if (text != nullptr && !read_cell(*text, number))
            fault("source_row", *text, "a row number");
        source.row = static_cast<std::uint32_t>(number);
    }

    const std::string* cell(std::string_view name) {
        const auto column = table.column(name);
        if (column) return &row.cells[*column];
        if (!problem) problem = column.problem();
        return nullptr;
    }
    void fault(std::string_view name, const std::string& text, std::string_view wanted) {
        if (!problem)
            problem = bad_input(fmt::format("{}, line {}, column '{}': '{}' is not {}", table.file,
                                            row.line, name, text, wanted));
    }
};

struct ReadTables {
    std::filesystem::path folder;
    SheetPlaces sheets;
    std::vector<SheetRead> report;
    std::optional<Problem> problem;

    template <class Key, class Row>
    void keyed(std::string_view file, std::string_view key, std::map<Key, Row>& rows) {
        each_row<Row>(file, [&](ReadColumns& columns, Row row) {
            Key code;
            columns(key, code);
            if (!columns.problem && !rows.emplace(code, std::move(row)).second)
                columns.fault(key, code.text(), "a code that stands here once only");
        });
    }
    template <class Row>
    void listed(std::string_view file, std::vector<Row>& rows) {
        each_row<Row>(file, [&](ReadColumns&, Row row) { rows.push_back(std::move(row)); });
    }

    template <class Row, class Take>
    void each_row(std::string_view file, Take take) {
        if (problem) return;
        const auto table = read_table(folder / file);
        if (!table) {
            problem = table.problem();
            return;
        }
        for (const auto& line : table->rows) {
            ReadColumns columns{*table, line, sheets, {}};
            Row row;
            visit_columns(columns, row);
            take(columns, std::move(row));
            if (columns.problem) {
                problem = columns.problem;
                return;
            }
        }
        report.push_back(
            {std::string(file), "a table of the tariff folder", table->rows.size(), {}});
    }
};

std::string about_text(const Tariff& tariff) {
    return csv_line({"item", "value"}) + csv_line({"label", tariff.label}) +
           csv_line({"source_file", tariff.source_file});
}

std::string general_text(const Tariff& tariff) {
    return csv_line({"item", "value"}) + csv_line({"year", to_text(tariff.year)}) +
           csv_line({"non_face_to_face_pounds", cell_text(tariff.non_face_to_face, tariff)});
}

std::string sheets_text(const Tariff& tariff) {
    std::string text = csv_line({"sheet"});
    for (const auto& sheet : tariff.sheets) text += csv_line({sheet});
    return text;
}

// Items of about.csv and general.csv.
Result<std::map<std::string, std::string>> read_items(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    std::map<std::string, std::string> items;
    for (const auto& row : table->rows)
        if (row.cells.size() >= 2) items[row.cells[0]] = row.cells[1];
    return items;
}

Outcome read_general(const std::filesystem::path& folder, FinancialYear year, Tariff& tariff) {
    const auto items = read_items(folder / "general.csv");
    if (!items) return items.problem();
    const auto text = [&](const char* item) {
        const auto at = items->find(item);
        return at == items->end() ? std::string() : at->second;
    };
    const auto stated = parse_financial_year(text("year"));
    if (!stated || *stated != year)
        return bad_input(fmt::format("{}: the year is '{}', not {}",
                                     (folder / "general.csv").string(), text("year"),
                                     to_text(year)));
    tariff.year = year;
    if (!read_cell(text("non_face_to_face_pounds"), tariff.non_face_to_face))
        return bad_input(fmt::format("{}: non_face_to_face_pounds '{}' is no amount in pounds",
                                     (folder / "general.csv").string(),
                                     text("non_face_to_face_pounds")));
    return Nothing{};
}

Outcome read_sheet_names(const std::filesystem::path& folder, Tariff& tariff, SheetPlaces& places) {
    const auto table = read_table(folder / "sheets.csv");
    if (!table) return table.problem();
    for (const auto& row : table->rows) {
        places.emplace(row.cells.at(0), static_cast<std::uint16_t>(tariff.sheets.size()));
        tariff.sheets.push_back(row.cells.at(0));
    }
    return Nothing{};
}

void write_file(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.exceptions(std::ios::badbit | std::ios::failbit);
    out << text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> canonical_tables(const Tariff& tariff) {
    WriteTables write{tariff, {}};
    write.files.emplace_back("about.csv", about_text(tariff));
    write.files.emplace_back("general.csv", general_text(tariff));
    write.files.emplace_back("sheets.csv", sheets_text(tariff));
    Tariff rows = tariff;  // visited through one signature with the reader, which writes to it
    visit_tables(write, rows);
    return std::move(write.files);
}

std::string version_of(const Tariff& tariff) {
    Digest digest;
    for (const auto& [file, text] : canonical_tables(tariff)) {
        if (file == "about.csv") continue;
        digest.add(fmt::format("{} {}\n", file, text.size()));
        digest.add(text);
    }
    return digest.hex();
}

std::string write_tariff_folder(const Tariff& tariff, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const auto& [file, text] : canonical_tables(tariff)) write_file(folder / file, text);
    return version_of(tariff);
}

Result<TariffRead> read_tariff_folder(const std::filesystem::path& folder, FinancialYear year) {
    if (!std::filesystem::is_directory(folder))
        return not_found(fmt::format("there is no tariff folder '{}'", folder.string()));
    TariffRead out;
    if (auto done = read_general(folder, year, out.tariff); !done) return done.problem();
    ReadTables read{folder, {}, {}, {}};
    if (auto done = read_sheet_names(folder, out.tariff, read.sheets); !done) return done.problem();
    const auto about = read_items(folder / "about.csv");
    if (!about) return about.problem();
    visit_tables(read, out.tariff);
    if (read.problem) return *read.problem;
    if (about->contains("label")) out.tariff.label = about->at("label");
    out.tariff.source_file =
        about->contains("source_file") ? about->at("source_file") : folder.filename().string();
    out.sheets = std::move(read.report);
    out.tariff.version = version_of(out.tariff);
    return out;
}

Result<std::vector<std::pair<ProviderCode, MarketForcesFactor>>> read_local_market_forces(
    const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    const SheetPlaces no_sheets;
    std::vector<std::pair<ProviderCode, MarketForcesFactor>> factors;
    for (const auto& row : table->rows) {
        ReadColumns columns{*table, row, no_sheets, {}};
        std::pair<ProviderCode, MarketForcesFactor> factor;
        columns("provider", factor.first);
        columns("factor", factor.second.factor);
        columns("source", factor.second.name);
        if (columns.problem) return *columns.problem;
        factors.push_back(std::move(factor));
    }
    return factors;
}

}  // namespace purse
