#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "rulebook/heading.hpp"
#include "rulebook/tariff_folder.hpp"
#include "rulebook/tariff_sheets.hpp"

namespace purse {
namespace {

using SheetReader = Outcome (*)(SheetReading&, Tariff&);

// Which sheet holds what, by its name. The first row that fits decides; sheets that none fits are
// reported as not needed.
struct SheetKind {
    std::string_view name_holds;
    std::string_view name_lacks;
    std::string_view holds;
    SheetReader read;     // none: not needed
    bool needed = false;  // a workbook without one is refused
};

constexpr std::array sheet_kinds = {
    SheetKind{"apcoproc", "", "admitted care and outpatient procedures", read_admitted_sheet, true},
    SheetKind{"opattendances", "", "outpatient attendances", read_attendance_sheet, true},
    SheetKind{"outpatients", "", "outpatient attendances", read_attendance_sheet, true},
    SheetKind{"a&e", "", "A&E attendances", read_emergency_sheet, true},
    SheetKind{"unbundled", "list", "unbundled services", read_unbundled_sheet, true},
    SheetKind{"othernationalprices", "", "direct access and other national prices",
              read_other_prices_sheet, true},
    SheetKind{"nonmandatory", "", "non-mandatory prices: only non-face-to-face is read",
              read_non_mandatory_sheet},
    SheetKind{"bptflags", "", "best practice flags: age and admission criteria",
              read_best_practice_flags_sheet},
    SheetKind{"bptopcs", "", "not needed: procedure codes behind the best practice flags", nullptr},
    SheetKind{"bpticd", "", "not needed: diagnosis codes behind the best practice flags", nullptr},
    SheetKind{"bpthrg", "", "not needed: HRG lists behind the best practice flags", nullptr},
    SheetKind{"bpt", "", "best practice prices", read_best_practice_sheet, true},
    SheetKind{"maternityprices", "", "delivery prices", read_maternity_sheet, true},
    SheetKind{"hrgswithnonationalprice", "", "HRGs with no national price",
              read_no_price_hrg_sheet},
    SheetKind{"tfcswithnonationalprice", "", "treatment functions with no national price",
              read_no_price_function_sheet},
    SheetKind{"mff", "", "market forces factors", read_market_forces_sheet, true},
    SheetKind{"hcdrugs", "", "high cost drugs, for reference", read_drugs_sheet},
    SheetKind{"hcdevices", "", "high cost devices and listed procedures, for reference",
              read_devices_sheet},
    SheetKind{"processingandzero", "", "processing adjustments and zero prices, for reference",
              read_processing_sheet},
    SheetKind{"specservices", "", "top-up rates and eligible providers",
              read_top_up_providers_sheet},
    SheetKind{"specsscs", "", "diagnosis and procedure codes of top-ups", read_top_up_codes_sheet},
    SheetKind{"specialistflags", "", "top-up rates by flag", read_top_up_flags_sheet},
    SheetKind{"unbundledhrglist", "", "not needed: a list of codes without prices", nullptr},
    SheetKind{"maternity", "", "not needed: what the maternity pathway means", nullptr},
    SheetKind{"frontpage", "", "not needed: title", nullptr},
    SheetKind{"contents", "", "not needed: contents", nullptr},
};

// As `plain`, but "A&E" stays apart from other words with "ae".
std::string plain_name(std::string_view name) {
    std::string text = plain(name);
    if (name.find("A&E") != std::string_view::npos) text += "a&e";
    return text;
}

const SheetKind* kind_of(const Sheet& sheet) {
    const auto name = plain_name(sheet.name);
    const auto fits = [&](const SheetKind& kind) {
        return name.find(kind.name_holds) != std::string::npos &&
               (kind.name_lacks.empty() || name.find(kind.name_lacks) == std::string::npos);
    };
    const auto at = std::find_if(sheet_kinds.begin(), sheet_kinds.end(), fits);
    return at == sheet_kinds.end() ? nullptr : &*at;
}

// The financial year at the end of a sheet's name: "1a APC & OPROC 17.18".
std::optional<FinancialYear> year_in_name(const std::string& name) {
    const auto text = tidy(name);
    if (text.size() < 5 || text[text.size() - 3] != '.') return std::nullopt;
    const auto year = parse_financial_year("20" + text.substr(text.size() - 5, 2) + "/" +
                                           text.substr(text.size() - 2));
    return year ? std::optional(*year) : std::nullopt;
}

// "2016-17", "2017/18" and the like anywhere in the sheet's first row.
std::set<FinancialYear> years_in_title(const Sheet& sheet) {
    std::set<FinancialYear> years;
    if (sheet.rows.empty()) return years;
    for (const auto& cell : sheet.rows.front().cells)
        for (std::size_t i = 0; i + 7 <= cell.size(); ++i)
            if (cell.compare(i, 2, "20") == 0)
                if (const auto year = parse_financial_year(cell.substr(i, 7))) years.insert(*year);
    return years;
}

bool is_admitted(const Sheet& sheet) {
    const auto* kind = kind_of(sheet);
    return kind != nullptr && kind->read == read_admitted_sheet;
}

Outcome check_year(const Workbook& book, FinancialYear year) {
    std::set<FinancialYear> years;
    bool any = false;
    for (const auto& sheet : book.sheets)
        if (is_admitted(sheet)) {
            any = true;
            years.merge(years_in_title(sheet));
        }
    std::vector<std::string> names;
    for (const auto& sheet : book.sheets) names.push_back("'" + sheet.name + "'");
    if (!any)
        return bad_input(fmt::format(
            "this workbook has no sheet of admitted care prices ('APC & OPROC'), so it is not the "
            "national tariff workbook; its sheets are {}",
            fmt::join(names, ", ")));
    if (years.contains(year)) return Nothing{};
    std::vector<std::string> held;
    for (const auto found : years) held.push_back(to_text(found));
    return bad_input(fmt::format(
        "the workbook holds prices of {}, not of {}",
        held.empty() ? std::string("no stated year") : fmt::format("{}", fmt::join(held, " and ")),
        to_text(year)));
}

// The needed kinds that no sheet of the year holds.
Outcome check_all_there(const std::set<std::string_view>& read) {
    for (const auto& kind : sheet_kinds)
        if (kind.needed && !read.contains(kind.holds))
            return bad_input(fmt::format(
                "the workbook lacks the sheet of {} (one with '{}' in its name); check that it is "
                "the complete published workbook",
                kind.holds, kind.name_holds));
    return Nothing{};
}

std::string label_of(const Workbook& book, FinancialYear year) {
    bool consultation = false;
    for (const auto& row : book.sheets.front().rows)
        for (const auto& cell : row.cells)
            consultation = consultation || plain(cell).find("consultation") != std::string::npos;
    return to_text(year) + " national tariff workbook" +
           (consultation ? ", statutory consultation version" : "");
}

// The flags' criteria apply to prices that other sheets hold: they are read last.
bool is_read_last(const SheetKind* kind) {
    return kind != nullptr && kind->read == read_best_practice_flags_sheet;
}

Outcome read_sheets(const Workbook& book, FinancialYear year, TariffRead& out) {
    for (const auto& sheet : book.sheets) {
        out.tariff.sheets.push_back(sheet.name);
        out.sheets.push_back({sheet.name, {}, 0, {}});
    }
    std::set<std::string_view> read;
    for (const bool last : {false, true}) {
        for (std::size_t i = 0; i < book.sheets.size(); ++i) {
            const auto& sheet = book.sheets[i];
            const auto* kind = kind_of(sheet);
            if (is_read_last(kind) != last) continue;
            auto& report = out.sheets[i];
            const auto named = year_in_name(sheet.name);
            report.holds = kind == nullptr ? "not needed: no prices" : kind->holds;
            if (named && *named != year)
                report.holds = fmt::format("not needed: {} of {}", report.holds, to_text(*named));
            if (kind == nullptr || kind->read == nullptr || (named && *named != year)) continue;
            SheetReading reading(sheet, static_cast<std::uint16_t>(i), report);
            if (auto done = kind->read(reading, out.tariff); !done) return done;
            reading.account_for_the_rest();
            read.insert(kind->holds);
        }
    }
    return check_all_there(read);
}

}  // namespace

Result<TariffRead> read_tariff_workbook(const std::filesystem::path& file, FinancialYear year) {
    const auto book = read_workbook(file);
    if (!book) return book.problem();
    const auto in_file = [&](const Problem& problem) {
        return Problem{problem.kind, fmt::format("{}: {}", file.string(), problem.says)};
    };
    if (auto right = check_year(*book, year); !right) return in_file(right.problem());
    TariffRead out;
    out.tariff.year = year;
    out.tariff.label = label_of(*book, year);
    out.tariff.source_file = file.filename().string();
    if (auto done = read_sheets(*book, year, out); !done) return in_file(done.problem());
    out.tariff.version = version_of(out.tariff);
    return out;
}

}  // namespace purse
