// Loading a month's extract: files in, a batch of clean records and a list of rejects out. All of
// it or nothing: the register names the records only when they are whole on the disk.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "activity/data_set.hpp"
#include "desk/site.hpp"

namespace purse {

struct LoadCommand {
    DataSet set = DataSet::admitted_care;
    std::vector<std::filesystem::path> files;
    Month month;
    Extract stage = Extract::early;
    std::optional<std::string> layout;  // a name, or the path of a layout file; absent: recognised
};

struct LoadReport {
    BatchInfo batch;
    bool already_loaded = false;
    std::filesystem::path rejects;  // empty when nothing was rejected
    std::vector<ControlTotal> totals;
    double seconds = 0;
};

// Work done of work to do, in bytes, and records read so far.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all, std::uint64_t records)>;

// Each file is a batch of its own; of several files all are loaded or none.
Result<std::vector<LoadReport>> load(Site& site, const LoadCommand& command,
                                     const Progress& progress);

}  // namespace purse
