// A Layout says which columns of a source file hold which fields: data (rules/layouts/*.toml), not
// code. docs/layouts.md lists those that ship.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "calendar/date.hpp"

namespace purse {

// Where a field comes from: the first of the columns that holds a value, or, for a list, all of
// them in order.
struct LayoutField {
    std::string field;  // an input field of the data set
    std::vector<std::string> columns;
    bool is_list = false;
};

struct CodeTranslation {
    std::string field;
    std::vector<std::pair<std::string, std::string>> codes;  // as in the file, as in Purse
};

struct Layout {
    std::string name;
    std::string title;
    DataSet set = DataSet::admitted_care;
    std::string source;
    std::vector<std::string> recognise;  // headings that must be there
    std::vector<DateFormat> dates;       // tried in this order
    std::vector<std::string> null_values;
    std::vector<LayoutField> fields;
    std::vector<CodeTranslation> translations;
    std::vector<std::pair<std::string, std::string>> drop_ending;  // field, ending of 5-place codes
    std::vector<std::pair<std::string, std::string>> given;        // SUS's own results by name
    bool spell_from_patient = false;  // no spell number: one patient, provider and admission date
};

// "DIAG_4_{01..20}" is twenty headings; any other text is one.
std::vector<std::string> expanded_columns(std::string_view pattern);

Result<Layout> read_layout(const std::filesystem::path& file);
Result<Layout> read_layout_text(std::string_view toml, const std::string& name);
// All of rules/layouts, by name.
Result<std::vector<Layout>> read_layouts(const std::filesystem::path& rules_folder);

// Headings as they are compared: without case, blanks and underscores.
std::string heading_key(std::string_view heading);

// The layout whose required headings are all there; of several the one with most of them, then the
// one that uses most columns. The problem of an unknown heading names the nearest layout and the
// columns that it misses.
Result<Layout> recognise(const std::vector<Layout>& layouts, DataSet set,
                         const std::vector<std::string>& headings);
// By name. The problem lists the names.
Result<Layout> layout_named(const std::vector<Layout>& layouts, std::string_view name);

}  // namespace purse
