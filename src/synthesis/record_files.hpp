// The monthly extracts: records/<data set>/<month>-<flex|freeze>.csv.
#pragma once

#include <filesystem>

#include "synthesis/prescriptions.hpp"
#include "synthesis/record_rows.hpp"

namespace purse {

struct ExtractCounts {
    std::int64_t rows = 0, late = 0, corrected = 0, doubled = 0, spoiled = 0;
};

struct FilledMonth {
    ExtractCounts flex, freeze;
};

struct RecordSource {
    const SynthesisOptions& options;
    const Calibration& calibration;
    const World& world;
    const std::vector<PracticeEvents>& events;
    const std::vector<Medicine>& medicines;
};

// Writes the month's flex, and its freeze when it has come.
FilledMonth write_month(const RecordSource& source, DataSet set, Month month,
                        const std::filesystem::path& records);

}  // namespace purse
