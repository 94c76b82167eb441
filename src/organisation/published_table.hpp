// A published table read whole, one bad record not standing in the way of the others: what could
// not be cut into cells is an unread row with its reason.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "organisation/published_row.hpp"

namespace purse {

struct PublishedTable {
    TextTable table;  // every row has as many cells as there are headings, blank headings counted
    std::vector<UnreadRow> unread;
};

// A problem when the file cannot be opened, is no text or has no first line.
Result<PublishedTable> read_published_table(const std::filesystem::path& file);
Result<PublishedTable> read_published_table_text(std::string text, std::string name);

}  // namespace purse
