// One published file of registered lists read into list sizes, its layout recognised from its
// heading. docs/lists.md describes every layout column by column.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "organisation/published_row.hpp"
#include "population/list_size.hpp"

namespace purse {

enum class ListLayout : unsigned char {
    extract,   // gp-reg-pat-prac-all, -quin-age, -sing-age: a row a practice, sex and age
    banded,    // a row a practice, a column a band
    payments,  // NHS Payments to General Practice: registered and weighted patients
    plain,     // Purse's own: practice, age_band, sex, patients
};
std::string_view in_words(ListLayout layout);

struct ListFile {
    ListLayout layout = ListLayout::plain;
    std::string file;
    std::size_t rows = 0;             // of data: read, passed over and unread together
    std::optional<Date> day_in_file;  // the extract date that the file gives
    std::vector<ListSize> sizes;
    std::vector<WeightedList> weighted;
    // Practices whose bands cover every age once and do not add up to the published total.
    std::vector<std::string> disagreements;
    std::vector<PassedOver> passed_over;
    std::vector<UnreadRow> unread;
};

// All sizes are of the day `as_at`, whatever day the file gives (the desk may warn when the two
// differ). Overlapping bands are kept as published. A problem when the file cannot be opened or no
// layout is recognised.
Result<ListFile> read_lists(const std::filesystem::path& file, Date as_at);
Result<ListFile> read_lists_text(std::string text, std::string name, Date as_at);

}  // namespace purse
