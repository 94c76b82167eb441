// Which column of a file of referrals or of a waiting list holds which field: data, read from
// rules/layouts/referrals and rules/layouts/waiting_list.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "tables/delimited.hpp"

namespace purse {

struct CountedLayout {
    std::string name, title, source;
    std::vector<std::string> recognise;                       // headings that must be there
    std::map<std::string, std::vector<std::string>> columns;  // by field: the first with a value
    // By field: what stands in the file, in capitals, and what it is in Purse.
    std::map<std::string, std::map<std::string, std::string>> codes;
    std::vector<std::string> null_values;
    bool once_for_each_id = false;  // further rows of an identifier are passed over, no fault

    [[nodiscard]] bool fits(const TextTable& table) const;
};

// `fields` are those that there are. The problem names the file and what is wrong in it.
Result<CountedLayout> parse_counted_layout(std::string_view toml, const std::string& name,
                                           const std::vector<std::string_view>& fields);
// Of rules/layouts/<kind>, by name.
Result<std::vector<CountedLayout>> read_counted_layouts(
    const std::filesystem::path& rules_folder, std::string_view kind,
    const std::vector<std::string_view>& fields);

// The one that fits with the most headings, or the named one; the problem lists what there is.
Result<const CountedLayout*> layout_for(const std::vector<CountedLayout>& layouts,
                                        const TextTable& table, const std::string& named);

}  // namespace purse
