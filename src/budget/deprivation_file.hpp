// Deprivation scores of practices as published or one's own, higher for more deprived.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct DeprivationScores {
    std::string file;
    std::map<PracticeCode, std::int64_t> scores;  // in millionths
    std::string of;                               // "2019", where the file has several years
};

// Told from the headings: practice_code and imd_score; AreaCode, Year and Value (OHID Fingertips
// indicator 93553: the latest year); practice and score. Rows without a score are passed over: a
// practice that lacks one is told of when it is asked for. A practice twice is refused.
Result<DeprivationScores> read_deprivation_scores(const std::filesystem::path& file);
Result<DeprivationScores> read_deprivation_scores_text(std::string text, std::string name);

}  // namespace purse
