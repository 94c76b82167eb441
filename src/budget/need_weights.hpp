// Need weights of practices: weighted populations by component, as NHS England publishes them for
// its allocations, or a table of the user's own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct NeedWeights {
    std::string file;
    std::string source;                   // what the file says of itself, if it does
    std::vector<std::string> components;  // those the file has: "general_and_acute", "prescribing"
    // In millionths of a weighted patient, one a component; 0 is told of when it is asked for.
    std::map<PracticeCode, std::vector<std::int64_t>> practices;

    // A problem that names the practice and the component where there is no weight above 0.
    [[nodiscard]] Result<std::int64_t> of(PracticeCode practice, std::string_view component) const;
};

// Either layout: NHS England's practice weighted populations (Practice_Code, "G&A WP", "CS WP",
// ...), or `practice`, a column a component, and `source`, which says the same on every row, if
// there is one. Columns are found by their headings.
Result<NeedWeights> read_need_weights(const std::filesystem::path& file);
Result<NeedWeights> read_need_weights_text(std::string text, std::string name);

// Whether weights of the component would be read.
bool is_need_component(std::string_view name);

// The second layout, by practice.
std::string as_csv(const NeedWeights& weights);

}  // namespace purse
