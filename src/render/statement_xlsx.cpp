#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "render/rendering.hpp"
#include "render/table_files.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

// Spreadsheets hold doubles: whole pence up to 2^53 divided by 100 show the right two decimals.
double in_spreadsheet(Pence amount) { return static_cast<double>(amount.count()) / 100.0; }

class SpreadsheetFile {
  public:
    SpreadsheetFile() : path_(temporary_file()) {
        book_ = workbook_new(path_.c_str());
        CHECK(book_ != nullptr);
        // A fixed date of creation: the same figures give the same bytes.
        lxw_doc_properties properties{};
        properties.created = 946'684'800;
        workbook_set_properties(book_, &properties);
        bold_ = workbook_add_format(book_);
        format_set_bold(bold_);
        money_ = workbook_add_format(book_);
        format_set_num_format(money_, "#,##0.00;[Red]-#,##0.00");
        count_ = workbook_add_format(book_);
        format_set_num_format(count_, "#,##0");
        rate_ = workbook_add_format(book_);
        format_set_num_format(rate_, "#,##0.00");
    }
    SpreadsheetFile(const SpreadsheetFile&) = delete;
    SpreadsheetFile& operator=(const SpreadsheetFile&) = delete;
    ~SpreadsheetFile() { std::filesystem::remove(path_); }

    void add_sheet(const std::string& name, const std::vector<std::string>& above,
                   const ReportTable& table) {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
        lxw_row_t at = 0;
        for (const std::string& line : above) {
            worksheet_write_string(sheet, at, 0, line.c_str(), at == 0 ? bold_ : nullptr);
            ++at;
        }
        ++at;
        lxw_col_t column = 0;
        for (const std::string& heading : table.headings) {
            worksheet_write_string(sheet, at, column++, heading.c_str(), bold_);
        }
        worksheet_freeze_panes(sheet, ++at, 0);
        for (const auto& row : table.rows) write_row(sheet, at++, row);
        worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(table.headings.size() - 1), 16,
                             nullptr);
    }

    std::string close() {
        if (workbook_close(book_) != LXW_NO_ERROR) {
            throw std::runtime_error("cannot write the spreadsheet " + path_.string());
        }
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

  private:
    void write_row(lxw_worksheet* sheet, lxw_row_t at, const std::vector<TableCell>& row) {
        lxw_col_t column = 0;
        for (const TableCell& cell : row) {
            if (const auto* text = std::get_if<std::string>(&cell)) {
                worksheet_write_string(sheet, at, column, text->c_str(), nullptr);
            } else if (const auto* count = std::get_if<std::int64_t>(&cell)) {
                worksheet_write_number(sheet, at, column, static_cast<double>(*count), count_);
            } else if (const auto* rate = std::get_if<double>(&cell)) {
                worksheet_write_number(sheet, at, column, *rate, rate_);
            } else if (const auto* amount = std::get_if<Pence>(&cell)) {
                worksheet_write_number(sheet, at, column, in_spreadsheet(*amount), money_);
            }
            ++column;
        }
    }

    // The library writes files only.
    static std::filesystem::path temporary_file() {
        std::string name = (std::filesystem::temp_directory_path() / "purse-XXXXXX").string();
        const int descriptor = ::mkstemp(name.data());
        if (descriptor < 0) throw std::runtime_error("cannot make a temporary file: " + name);
        ::close(descriptor);
        return name;
    }

    std::filesystem::path path_;
    lxw_workbook* book_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* money_ = nullptr;
    lxw_format* count_ = nullptr;
    lxw_format* rate_ = nullptr;
};

std::vector<std::string> lines_above(const Statement& statement) {
    std::vector<std::string> lines = {
        fmt::format("{} ({}) – {} – to {}", statement.name, statement.code, statement.commissioner,
                    in_words(statement.month)),
        first_sentence(statement), data_sentence(statement)};
    if (const std::string says = completion_sentence(statement); !says.empty()) {
        lines.push_back(says);
    }
    for (const TariffUsed& tariff : statement.tariffs) {
        lines.push_back("Priced by the tariff of " + tariff_in_words(tariff));
    }
    lines.emplace_back(indicative_sentence());
    return lines;
}

}  // namespace

std::string as_xlsx(const Statement& statement) {
    SpreadsheetFile file;
    file.add_sheet("Statement", lines_above(statement), table_of(statement));
    return file.close();
}

std::string as_xlsx(const Summary& summary) {
    SpreadsheetFile file;
    file.add_sheet(
        "Practices",
        {fmt::format("{} – all practices – to {}", summary.commissioner, in_words(summary.month))},
        table_of(summary));
    return file.close();
}

std::string xlsx_of(const std::string& sheet, const std::vector<std::string>& above,
                    const ReportTable& table) {
    SpreadsheetFile file;
    file.add_sheet(sheet, above, table);
    return file.close();
}

std::string xlsx_of(const std::vector<Sheet>& sheets) {
    SpreadsheetFile file;
    for (const Sheet& sheet : sheets) file.add_sheet(sheet.name, sheet.above, sheet.table);
    return file.close();
}

}  // namespace purse
