#include "support/demo_site.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "synthesis/synthesis.hpp"

namespace purse::testing {

namespace fs = std::filesystem;

namespace {

struct DemoFiles {
    DemoFiles() {
        SynthesisOptions options;
        options.out = folder.path() / "made";
        options.rules = shipped_rules_folder();
        options.practices = 6;
        options.population = 9'000;
        options.providers = 2;
        options.seed = 17;
        if (const auto made = synthesise(options); !made) {
            throw std::runtime_error(made.problem().says);
        }
    }
    TemporaryFolder folder;
};

template <class Import>
void import_each(const fs::path& folder, Import import) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const fs::path& file : files) got(import(file));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    static std::atomic<int> count{0};
    path_ = fs::temp_directory_path() /
            ("purse-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    fs::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

const fs::path& demo_files() {
    static const DemoFiles made;
    static const fs::path folder = made.folder.path() / "made";
    return folder;
}

fs::path demo_extract(DataSet set, Month month, Extract stage) {
    return demo_files() / "records" / short_name(set) /
           (to_text(month) + "-" + std::string(to_text(stage)) + ".csv");
}

Site make_demo_site(const fs::path& folder, const DemoSiteOptions& options) {
    SiteSettings settings;
    settings.commissioner = CommissionerCode("9ZZ");
    settings.name = "Fictional Valley Commissioner";
    settings.register_address = options.register_address;
    settings.threads = options.threads;
    settings.memory_mib = 512;
    fs::create_directories(folder);
    if (!options.key.empty()) fs::copy_file(options.key, folder / "pseudonym.key");
    Site site = got(Site::create(folder, settings));
    const fs::path& files = demo_files();
    import_each(files / "organisations",
                [&](const fs::path& file) { return import_organisations(site, file); });
    import_each(files / "lists", [&](const fs::path& file) {
        return import_lists(site, file, got(parse_date(file.stem().string())));
    });
    import_each(files / "tariff", [&](const fs::path& file) {
        return import_tariff(site, file, got(parse_financial_year(file.filename().string())));
    });
    import_each(files / "budgets", [&](const fs::path& file) { return import_budget(site, file); });
    return site;
}

Site make_empty_site(const std::filesystem::path& folder) {
    SiteSettings settings;
    settings.commissioner = CommissionerCode("9ZZ");
    settings.name = "Fictional Valley Commissioner";
    return got(Site::create(folder, settings));
}

const std::filesystem::path& first_session_files() {
    static const auto files =
        std::filesystem::path(PURSE_SOURCE_DIR) / "tests/stories/data/first_session";
    return files;
}

Site make_first_session_site(const std::filesystem::path& folder) {
    Site site = make_empty_site(folder);
    got(import_organisations(site, first_session_files() / "practices.csv"));
    got(import_organisations(site, first_session_files() / "providers.csv"));
    return site;
}

LoadCommand load_command(DataSet set, Month month, Extract stage, fs::path file) {
    LoadCommand command;
    command.set = set;
    command.files = {std::move(file)};
    command.month = month;
    command.stage = stage;
    return command;
}

LoadReport load_demo(Site& site, DataSet set, Month month, Extract stage) {
    const fs::path file = demo_extract(set, month, stage);
    return got(load(site, load_command(set, month, stage, file), no_progress)).front();
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

void expect_golden(const fs::path& file, const std::string& printed) {
    if (std::getenv("PURSE_REWRITE_GOLDEN") != nullptr) write_bytes(file, printed);
    EXPECT_EQ(printed, bytes_of(file)) << file.filename();
}

void write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace purse::testing
