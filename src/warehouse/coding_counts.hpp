// How providers code admitted care, counted by month and HRG root: what a check for a change of
// coding compares.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "warehouse/priced_month.hpp"

namespace purse {

enum class CodingQuestion : std::uint8_t {
    day_case_as_ordinary,  // of elective stays of no nights: ordinary admission in place of day
                           // case
    dearest_split,         // of all stays: the dearest HRG of its root
};
inline constexpr std::array all_coding_questions = {CodingQuestion::day_case_as_ordinary,
                                                    CodingQuestion::dearest_split};
std::string_view to_text(CodingQuestion question);
std::string_view asks_of(CodingQuestion question);   // "elective stays without a night"
std::string_view coded_as(CodingQuestion question);  // "ordinary admissions"

struct CodingCount {
    ProviderCode provider;
    Account account;
    std::string root;  // the HRG's first four characters
    Month month;
    std::int64_t coded = 0;  // as the question asks
    std::int64_t others = 0;
    Pence price_of_coded;
    Pence price_of_others;
};

// Over the batches of admitted care and their charges. By provider, root, month and account.
Result<std::vector<CodingCount>> coding_counts(CodingQuestion question,
                                               const std::vector<BatchToPrice>& batches,
                                               const std::filesystem::path& charges,
                                               const DatabaseLimits& limits);

}  // namespace purse
