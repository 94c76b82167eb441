// A small fictional commissioner for tests of the whole house: its files are made up once for each
// test program, and sites are made of them by the desk's own use cases.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "activity/data_set.hpp"
#include "desk/imports.hpp"
#include "desk/loads.hpp"
#include "desk/site.hpp"

namespace purse::testing {

// A folder under the temporary folder, gone with the object.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// 6 practices with 9,000 patients, two hospitals, 2016/17 and 2017/18, every month as flex and (but
// the last) as freeze.
const std::filesystem::path& demo_files();
std::filesystem::path demo_extract(DataSet set, Month month, Extract stage);

struct DemoSiteOptions {
    std::string register_address = "register.db";
    int threads = 2;
    // Pseudonyms by this key, so that the same files give the same bytes in two sites.
    std::filesystem::path key;
};

// The site with everything imported and nothing loaded.
Site make_demo_site(const std::filesystem::path& folder, const DemoSiteOptions& options = {});

// A site of the Fictional Valley Commissioner with nothing in it; and with the hand-made practices
// and providers of the first session.
Site make_empty_site(const std::filesystem::path& folder);
const std::filesystem::path& first_session_files();
Site make_first_session_site(const std::filesystem::path& folder);

inline const Progress no_progress = [](std::uint64_t, std::uint64_t, std::uint64_t) {};

LoadCommand load_command(DataSet set, Month month, Extract stage, std::filesystem::path file);
// Loads the made-up extract; the test stops at a problem.
LoadReport load_demo(Site& site, DataSet set, Month month, Extract stage);

std::string bytes_of(const std::filesystem::path& file);
// What is printed is the file's text. PURSE_REWRITE_GOLDEN=1 writes it anew: read the difference.
void expect_golden(const std::filesystem::path& file, const std::string& printed);
void write_bytes(const std::filesystem::path& file, const std::string& bytes);

// The value, or an exception that says the problem: for steps that a test takes for granted.
template <class T>
T got(Result<T> result) {
    if (!result) throw std::runtime_error(result.problem().says);
    return std::move(result).value();
}

}  // namespace purse::testing
