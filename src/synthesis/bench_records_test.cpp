#include "synthesis/bench_records.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "intake/layout.hpp"
#include "tables/delimited.hpp"

namespace purse {
namespace {

struct BenchFile {
    std::filesystem::path path;
    explicit BenchFile(BenchLayout layout) {
        std::string name = (std::filesystem::temp_directory_path() / "purse-bench-XXXXXX").string();
        const int handle = mkstemp(name.data());
        CHECK(handle >= 0);
        path = name;
        BenchOptions options;
        options.file = path;
        options.rules = std::filesystem::path(PURSE_SOURCE_DIR) / "rules";
        options.rows = 60'000;
        options.layout = layout;
        const auto written = write_bench_records(options);
        CHECK(written.ok());
        rows = *written;
    }
    ~BenchFile() { std::filesystem::remove(path); }
    BenchFile(const BenchFile&) = delete;
    BenchFile& operator=(const BenchFile&) = delete;
    std::uint64_t rows = 0;
};

class BenchRecords : public ::testing::TestWithParam<std::pair<BenchLayout, std::size_t>> {};

TEST_P(BenchRecords, have_the_layouts_columns_and_a_number_each) {
    const auto [layout, columns] = GetParam();
    const BenchFile file(layout);
    const auto bytes = FileBytes::open(file.path);
    ASSERT_TRUE(bytes.ok());
    DelimitedReader reader(bytes->bytes(), {});
    ASSERT_TRUE(reader.next());
    std::vector<std::string> headings;
    for (const Field& field : reader.fields()) headings.emplace_back(field.text);
    EXPECT_EQ(headings.size(), columns);
    std::set<std::string> records;
    std::uint64_t rows = 0;
    while (reader.next()) {
        ++rows;
        ASSERT_EQ(reader.fields().size(), columns) << "line " << reader.line();
        records.emplace(reader.fields().front().text);
    }
    EXPECT_EQ(rows, file.rows);
    EXPECT_GE(rows, 60'000U);
    EXPECT_EQ(records.size(), rows);
    const auto layouts = read_layouts(std::filesystem::path(PURSE_SOURCE_DIR) / "rules");
    ASSERT_TRUE(layouts.ok());
    const auto recognised = recognise(*layouts, DataSet::admitted_care, headings);
    ASSERT_TRUE(recognised.ok()) << recognised.problem().says;
    EXPECT_EQ(recognised->name, layout == BenchLayout::plain ? "purse_apc" : "sus_classic_apc");
}

INSTANTIATE_TEST_SUITE_P(Layouts, BenchRecords,
                         ::testing::Values(std::pair{BenchLayout::plain, std::size_t{33}},
                                           std::pair{BenchLayout::sus_classic,
                                                     sus_classic_columns}));

}  // namespace
}  // namespace purse
