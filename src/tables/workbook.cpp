#include "tables/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <unordered_map>

#include "tables/workbook_archive.hpp"

namespace purse {
namespace {

constexpr std::size_t most_columns = 16'384;
constexpr std::uint32_t most_rows = 1'048'576;

// Names without their prefix: some programs write <x:row>.
std::string_view local(const char* name) {
    const char* colon = std::strchr(name, ':');
    return colon == nullptr ? name : colon + 1;
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
    for (const auto found : node.children())
        if (local(found.name()) == name) return found;
    return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
    for (const auto found : node.attributes())
        if (local(found.name()) == name) return found.value();
    return {};
}

bool read_whole(std::string_view text, std::uint32_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (code >> 6)));
        out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else {
        out.push_back(static_cast<char>(0xE0 | (code >> 12)));
        out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    }
}

// Characters that XML cannot carry are written _x000D_ (ECMA-376, ST_Xstring).
void append_unescaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t at = text.find("_x");
        out += text.substr(0, at);
        if (at == std::string_view::npos) return;
        text.remove_prefix(at);
        unsigned code = 0;
        const bool long_enough = text.size() >= 7 && text[6] == '_';
        const auto hex = long_enough
                             ? std::from_chars(text.data() + 2, text.data() + 6, code, 16)
                             : std::from_chars_result{text.data(), std::errc::invalid_argument};
        const bool surrogate = code >= 0xD800 && code < 0xE000;
        if (hex.ec == std::errc() && hex.ptr == text.data() + 6 && !surrogate && code != 0) {
            append_utf8(out, code);
            text.remove_prefix(7);
        } else {
            out += text.substr(0, 2);
            text.remove_prefix(2);
        }
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Outer blanks of a <t> count only under xml:space="preserve".
void append_text(std::string& out, pugi::xml_node t) {
    const std::string_view text = t.text().get();
    append_unescaped(out, attribute(t, "space") == "preserve" ? text : trimmed(text));
}

// A string item or inline string: one <t>, or runs <r><t>; phonetic runs <rPh> are no text.
std::string string_of(pugi::xml_node item) {
    std::string text;
    for (const auto node : item.children()) {
        const auto name = local(node.name());
        if (name == "t") append_text(text, node);
        if (name == "r") append_text(text, child(node, "t"));
    }
    return text;
}

struct Relation {
    std::string target;
    std::string_view type;  // last part of the type's address: "worksheet", "sharedStrings"
};
using Relations = std::unordered_map<std::string, Relation>;

std::string part_name(std::string_view folder, std::string_view target) {
    if (!target.empty() && target.front() == '/') return std::string(target.substr(1));
    std::string name(folder);
    name += target;
    return name;
}

std::string_view kind_of(std::string_view type) {
    constexpr std::string_view kinds[] = {"officeDocument", "worksheet", "sharedStrings"};
    for (const auto kind : kinds)
        if (type.ends_with(kind)) return kind;
    return {};
}

Result<Relations> read_relations(zip_t* archive, const std::string& name, std::string_view folder,
                                 Allowance& allowance) {
    auto part = read_xml(archive, name, allowance);
    if (!part) return part.problem();
    Relations relations;
    for (const auto node : child((*part)->document, "Relationships").children())
        if (attribute(node, "TargetMode") != "External")
            relations.emplace(attribute(node, "Id"),
                              Relation{part_name(folder, attribute(node, "Target")),
                                       kind_of(attribute(node, "Type"))});
    return relations;
}

std::string target_of_kind(const Relations& relations, std::string_view kind) {
    for (const auto& [id, relation] : relations)
        if (relation.type == kind) return relation.target;
    return {};
}

Result<std::vector<std::string>> read_shared_strings(zip_t* archive, const Relations& relations,
                                                     Allowance& allowance) {
    const std::string name = target_of_kind(relations, "sharedStrings");
    std::vector<std::string> strings;
    if (name.empty()) return strings;
    auto part = read_xml(archive, name, allowance);
    if (!part) return part.problem();
    for (const auto item : child((*part)->document, "sst").children())
        if (local(item.name()) == "si") strings.push_back(string_of(item));
    return strings;
}

// "B3:D7", rows from 1 and columns from 0, both ends within; nothing for other texts.
struct Area {
    std::size_t first_column, last_column;
    std::uint32_t first_row, last_row;
};

bool read_place(std::string_view text, std::size_t& column, std::uint32_t& row) {
    const auto digits = std::min(text.find_first_of("0123456789"), text.size());
    const auto letters = column_of_letters(text.substr(0, digits));
    if (!letters || !read_whole(text.substr(digits), row)) return false;
    column = *letters;
    return true;
}

std::optional<Area> area_of(std::string_view text) {
    const auto colon = text.find(':');
    Area area{};
    if (colon == std::string_view::npos ||
        !read_place(text.substr(0, colon), area.first_column, area.first_row) ||
        !read_place(text.substr(colon + 1), area.last_column, area.last_row))
        return std::nullopt;
    return area;
}

// A merged cell shows its upper left corner only; files keep what lay under the rest.
Outcome clear_under_merged(Sheet& sheet, pugi::xml_node merges, Allowance& allowance) {
    for (const auto merge : merges.children()) {
        const auto area = area_of(attribute(merge, "ref"));
        if (!area) continue;
        auto row = std::lower_bound(sheet.rows.begin(), sheet.rows.end(), area->first_row,
                                    [](const auto& r, auto number) { return r.number < number; });
        for (; row != sheet.rows.end() && row->number <= area->last_row; ++row) {
            const auto end = std::min(area->last_column + 1, row->cells.size());
            if (!spend(allowance.merged, 1 + end)) return too_large();
            for (std::size_t column = area->first_column; column < end; ++column)
                if (row->number != area->first_row || column != area->first_column)
                    row->cells[column].clear();
        }
    }
    return Nothing{};
}

class SheetReader {
  public:
    SheetReader(Sheet& sheet, const std::vector<std::string>& strings, Allowance& allowance)
        : sheet_(sheet), strings_(strings), allowance_(allowance) {}

    Outcome read(pugi::xml_node data) {
        for (const auto row : data.children())
            if (local(row.name()) == "row")
                if (auto done = read_row(row); !done) return done;
        return Nothing{};
    }

  private:
    Outcome read_row(pugi::xml_node node) {
        const auto numbered = attribute(node, "r");
        ++number_;
        if (!numbered.empty() && !read_whole(numbered, number_)) return bad_row(numbered);
        if (number_ <= last_ || number_ > most_rows) return bad_row(numbered);
        last_ = number_;
        Sheet::Row row{number_, {}};
        std::size_t column = 0;
        for (const auto cell : node.children()) {
            if (local(cell.name()) != "c") continue;
            if (auto done = read_cell(cell, column, row); !done) return done;
            ++column;
        }
        if (!row.cells.empty()) sheet_.rows.push_back(std::move(row));
        return Nothing{};
    }

    Outcome read_cell(pugi::xml_node cell, std::size_t& column, Sheet::Row& row) {
        if (const auto place = attribute(cell, "r"); !place.empty()) {
            auto stated = column_of_letters(place.substr(0, place.find_first_of("0123456789")));
            if (!stated) return in_sheet(stated.problem());
            column = *stated;
        }
        if (column >= most_columns) return in_sheet(bad_input("columns beyond XFD"));
        auto text = text_of(cell);
        if (!text) return in_sheet(text.problem());
        if (text->empty()) return Nothing{};
        const std::size_t more = column < row.cells.size() ? 0 : column + 1 - row.cells.size();
        if (!spend(allowance_.cells, more) || !spend(allowance_.text, text->size()))
            return too_large();
        if (more > 0) row.cells.resize(column + 1);
        row.cells[column] = std::move(text).value();
        return Nothing{};
    }

    Result<std::string> text_of(pugi::xml_node cell) {
        const auto type = attribute(cell, "t");
        if (type == "inlineStr") return string_of(child(cell, "is"));
        const std::string_view value = child(cell, "v").text().get();
        if (type == "s") return shared(value);
        if (type == "b") return std::string(value == "1" ? "TRUE" : value == "0" ? "FALSE" : value);
        std::string text;
        if (type == "str")
            append_unescaped(text, value);
        else
            text = trimmed(value);
        return text;
    }

    Result<std::string> shared(std::string_view index) {
        if (index.empty()) return std::string();
        std::uint32_t place = 0;
        if (!read_whole(index, place) || place >= strings_.size())
            return bad_input(
                fmt::format("a cell refers to the text number '{}', which is not there", index));
        return strings_[place];
    }

    Problem bad_row(std::string_view number) const {
        return in_sheet(bad_input(
            fmt::format("'{}' is no number of a row that follows the row before", number)));
    }
    Problem in_sheet(const Problem& problem) const {
        return bad_input(fmt::format("sheet '{}', row {}: {}; the workbook is damaged", sheet_.name,
                                     number_, problem.says));
    }

    Sheet& sheet_;
    const std::vector<std::string>& strings_;
    Allowance& allowance_;
    std::uint32_t number_ = 0;
    std::uint32_t last_ = 0;
};

Outcome read_sheet(zip_t* archive, const std::string& part_name,
                   const std::vector<std::string>& strings, Allowance& allowance, Sheet& sheet) {
    auto part = read_xml(archive, part_name, allowance);
    if (!part) return part.problem();
    const auto worksheet = child((*part)->document, "worksheet");
    auto done = SheetReader(sheet, strings, allowance).read(child(worksheet, "sheetData"));
    if (!done) return done;
    return clear_under_merged(sheet, child(worksheet, "mergeCells"), allowance);
}

std::string workbook_part(zip_t* archive, Allowance& allowance) {
    const auto relations = read_relations(archive, "_rels/.rels", "", allowance);
    if (!relations) return "xl/workbook.xml";
    const auto named = target_of_kind(*relations, "officeDocument");
    return named.empty() ? "xl/workbook.xml" : named;
}

// "xl/workbook.xml" has its relations in "xl/_rels/workbook.xml.rels".
std::string relations_part(const std::string& part) {
    const auto slash = part.rfind('/') + 1;  // 0 when there is none
    return part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
}

Result<Workbook> read_archive(zip_t* archive, Allowance allowance) {
    const std::string name = workbook_part(archive, allowance);
    auto book = read_xml(archive, name, allowance);
    if (!book) {
        if (book.problem().kind != ProblemKind::not_found) return book.problem();
        return bad_input("this is not a workbook: it has no list of sheets");
    }
    const auto relations = read_relations(archive, relations_part(name),
                                          name.substr(0, name.rfind('/') + 1), allowance);
    if (!relations) return bad_input(relations.problem().says);
    const auto strings = read_shared_strings(archive, *relations, allowance);
    if (!strings) return bad_input(strings.problem().says);
    Workbook workbook;
    for (const auto node : child(child((*book)->document, "workbook"), "sheets").children()) {
        if (local(node.name()) != "sheet") continue;
        const auto at = relations->find(std::string(attribute(node, "id")));
        if (at == relations->end())
            return bad_input(fmt::format("the workbook does not say where its sheet '{}' is",
                                         attribute(node, "name")));
        const auto state = attribute(node, "state");
        Sheet sheet{
            std::string(attribute(node, "name")), state == "hidden" || state == "veryHidden", {}};
        // Sheets of charts and dialogues hold no cells.
        if (at->second.type == "worksheet")
            if (auto done = read_sheet(archive, at->second.target, *strings, allowance, sheet);
                !done)
                return bad_input(done.problem().says);
        workbook.sheets.push_back(std::move(sheet));
    }
    if (workbook.sheets.empty()) return bad_input("the workbook has no sheets");
    return workbook;
}

}  // namespace

Result<Workbook> read_workbook_bytes(std::string_view bytes, std::size_t most_cells) {
    auto archive = open_archive(bytes);
    if (!archive) return archive.problem();
    // No sheet needs more than a few tags and about a kilobyte for each of its cells.
    const std::size_t bytes_allowed = (std::size_t{1} << 20) + 1024 * most_cells;
    return read_archive(archive->get(), {most_cells, 3 * most_cells + 100'000,
                                         std::min(largest_total, bytes_allowed)});
}

Result<Workbook> read_workbook(const std::filesystem::path& file, std::size_t most_cells) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        return not_found(fmt::format("cannot open the workbook '{}'", file.string()));
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto workbook = read_workbook_bytes(bytes, most_cells);
    if (!workbook)
        return Problem{workbook.problem().kind,
                       fmt::format("{}: {}", file.string(), workbook.problem().says)};
    return workbook;
}

Result<std::size_t> column_of_letters(std::string_view letters) {
    std::size_t column = 0;
    bool known = !letters.empty() && letters.size() <= 3;
    for (const char letter : letters) {
        known = known && letter >= 'A' && letter <= 'Z';
        if (known) column = column * 26 + static_cast<std::size_t>(letter - 'A') + 1;
    }
    if (!known || column > most_columns)
        return bad_input(fmt::format("'{}' is no column of a spreadsheet (A to XFD)", letters));
    return column - 1;
}

}  // namespace purse
