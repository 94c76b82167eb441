#include "desk/extract_reading.hpp"

#include <array>
#include <fstream>

#include "warehouse/stored_records.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// What is read of a file: itself, or its content as CSV when it is Parquet.
Result<fs::path> readable_file(const Site& site, const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 4> magic{};
    in.read(magic.data(), magic.size());
    if (std::string_view(magic.data(), magic.size()) != "PAR1") return file;
    const fs::path csv = site.staging_folder() / (file.stem().string() + ".from-parquet.csv");
    const auto turned = parquet_to_csv(file, csv, site.database_limits());
    if (!turned) return turned.problem();
    return csv;
}

// A user's own layout file joins those that ship, under its own name.
Result<std::string> add_layout(std::vector<Layout>& layouts, const std::string& named) {
    if (!fs::exists(named)) return named;
    auto own = read_layout(named);
    if (!own) return own.problem();
    const std::string name = own->name;
    layouts.insert(layouts.begin(), std::move(*own));
    return name;
}

Result<IntakeContext> context_of(const Site& site, DataSet set) {
    IntakeContext context;
    context.set = set;
    const auto key = site.pseudonym_key();
    if (!key) return key.problem();
    context.key = *key;
    auto rules = read_validation_rules(site.rules_folder());
    if (!rules) return rules.problem();
    context.rules = std::move(*rules);
    return context;
}

}  // namespace

Result<ReadRequest> reading_of(const Site& site, DataSet set, const fs::path& file,
                               const std::optional<std::string>& layout, const Progress& progress) {
    ReadRequest request;
    auto layouts = read_layouts(site.rules_folder());
    if (!layouts) return layouts.problem();
    request.layouts = std::move(*layouts);
    if (layout) {
        const auto name = add_layout(request.layouts, *layout);
        if (!name) return name.problem();
        request.layout = *name;
    }
    auto context = context_of(site, set);
    if (!context) return context.problem();
    request.context = std::move(*context);
    const auto readable = readable_file(site, file);
    if (!readable) return readable.problem();
    request.file = *readable;
    request.shown_as = file.filename().string();
    request.staging_folder = site.staging_folder();
    request.threads = site.threads();
    request.progress = [progress](const LoadProgress& at) {
        progress(at.bytes_done, at.bytes_total, at.records);
    };
    return request;
}

}  // namespace purse
