#include "warehouse/records_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <memory>
#include <random>
#include <thread>

#include "base/digest.hpp"
#include "warehouse/stored_records.hpp"
#include "warehouse/warehouse_test_support.hpp"

namespace purse {

namespace {

RecordBatch few_attendances() {
    BatchMaker maker(DataSet::emergency);
    maker.add({{"record_id", "1"},
               {"line", "2"},
               {"costing_date", "17000"},
               {"patient", "aa"},
               {"practice", "A81001"},
               {"provider", "RVR"},
               {"age", "40"},
               {"excluded_by_provider", "1"}});
    maker.add({{"record_id", "O'Neill; \"quoted\"\n"}, {"line", "3"}, {"provider", "RVR"}});
    maker.add({{"record_id", "Zo\xC3\xAB \xE2\x82\xAC \xF0\x9F\x8F\xA5"}, {"line", "4"}});
    maker.add({{"record_id", std::string(5000, 'x')}, {"line", "5"}, {"age", "-3"}});
    return maker.batch();
}

TEST(RecordsWriter, GivesBackWhatWasWrittenWithNullsAndOddTexts) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::emergency, folder.path());
    const RecordBatch batch = few_attendances();
    writer.append(batch);
    const auto done = writer.finish(folder.path() / "out.parquet");
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->rows, 4U);
    EXPECT_TRUE(done->duplicates.empty());
    EXPECT_EQ(done->checksum, *digest_of_file(folder.path() / "out.parquet"));

    const auto read =
        read_records(folder.path() / "out.parquet", DataSet::emergency, {}, test_limits(folder));
    ASSERT_TRUE(read.ok()) << read.problem().says;
    expect_same_records(*read, batch);
}

TEST(RecordsWriter, ReadsSomeRecordsByLineOrIdentifier) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::emergency, folder.path());
    writer.append(few_attendances());
    ASSERT_TRUE(writer.finish(folder.path() / "odd [1]*.parquet").ok());
    const auto read =
        read_records(folder.path() / "odd [1]*.parquet", DataSet::emergency,
                     {.lines = {4}, .record_ids = {"O'Neill; \"quoted\"\n"}}, test_limits(folder));
    ASSERT_TRUE(read.ok()) << read.problem().says;
    ASSERT_EQ(read->rows, 2U);
    EXPECT_EQ(read->columns[column_index(DataSet::emergency, "line")].numbers,
              (std::vector<std::int64_t>{3, 4}));
}

TEST(RecordsWriter, RefusesTextsThatAreNotUtf8) {
    for (const std::string text :
         {"\xE9", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
        const TestFolder folder;
        RecordsWriter writer(DataSet::emergency, folder.path());
        BatchMaker maker(DataSet::emergency);
        maker.add({{"record_id", text}});
        EXPECT_THROW(writer.append(maker.batch()), std::runtime_error);
    }
}

TEST(RecordsWriter, KeepsTheFirstOfRecordsWithOneKeyAndListsTheRest) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::emergency, folder.path());
    for (const auto& [provider, id, line] :
         std::vector<std::array<const char*, 3>>{{"RVR", "1", "2"},
                                                 {"RVR", "2", "3"},
                                                 {"RJ1", "1", "4"},
                                                 {"RVR", "1", "5"},
                                                 {"RVR", "1", "6"}}) {
        BatchMaker maker(DataSet::emergency);
        maker.add({{"provider", provider}, {"record_id", id}, {"line", line}});
        writer.append(maker.batch());
    }
    const auto done = writer.finish(folder.path() / "out.parquet");
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->rows, 3U);
    ASSERT_EQ(done->duplicates.size(), 2U);
    EXPECT_EQ(done->duplicates[0].line, 5);
    EXPECT_EQ(done->duplicates[0].kept_line, 2);
    EXPECT_EQ(done->duplicates[1].line, 6);
    EXPECT_EQ(done->duplicates[1].provider, "RVR");
    const auto read =
        read_records(folder.path() / "out.parquet", DataSet::emergency, {}, test_limits(folder));
    EXPECT_EQ(read->columns[column_index(DataSet::emergency, "line")].numbers,
              (std::vector<std::int64_t>{2, 3, 4}));
}

TEST(RecordsWriter, TakesPrescriptionsForDuplicatesOnlyWhenAllButTheLineIsTheSame) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::prescribing, folder.path());
    BatchMaker maker(DataSet::prescribing);
    maker.add({{"line", "2"}, {"practice", "A81001"}, {"bnf_code", "0101"}, {"quantity", "28"}});
    maker.add({{"line", "3"}, {"practice", "A81001"}, {"bnf_code", "0101"}, {"quantity", "56"}});
    maker.add({{"line", "4"}, {"practice", "A81001"}, {"bnf_code", "0101"}, {"quantity", "28"}});
    writer.append(maker.batch());
    const auto done = writer.finish(folder.path() / "out.parquet");
    ASSERT_TRUE(done.ok());
    ASSERT_EQ(done->duplicates.size(), 1U);
    EXPECT_EQ(done->duplicates[0].line, 4);
    EXPECT_EQ(done->duplicates[0].record_id, "0101");
}

TEST(RecordsWriter, RecordsWithoutAnIdentifierAreNoDuplicates) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::emergency, folder.path());
    BatchMaker maker(DataSet::emergency);
    maker.add({{"line", "2"}, {"provider", "RVR"}});
    maker.add({{"line", "3"}, {"provider", "RVR"}});
    writer.append(maker.batch());
    const auto done = writer.finish(folder.path() / "out.parquet");
    EXPECT_EQ(done->rows, 2U);
    EXPECT_TRUE(done->duplicates.empty());
}

TEST(RecordsWriter, WritesAFileOfNoRecords) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::admitted_care, folder.path());
    writer.append(RecordBatch::empty(DataSet::admitted_care));
    ASSERT_TRUE(writer.finish(folder.path() / "out.parquet").ok());
    const auto read = read_records(folder.path() / "out.parquet", DataSet::admitted_care, {},
                                   test_limits(folder));
    ASSERT_TRUE(read.ok()) << read.problem().says;
    EXPECT_EQ(read->rows, 0U);
}

TEST(RecordsWriter, GivenUpLeavesNothingBehind) {
    const TestFolder folder;
    {
        RecordsWriter writer(DataSet::emergency, folder.path());
        writer.append(1, few_attendances());  // number 0 never comes
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

std::string written_by(const std::vector<RecordBatch>& batches, int threads, bool shuffled) {
    const TestFolder folder;
    std::vector<std::uint64_t> order(batches.size());
    for (std::uint64_t i = 0; i < order.size(); ++i) order[i] = i;
    std::mt19937 random(7);
    if (shuffled) std::ranges::shuffle(order, random);
    RecordsWriter writer(DataSet::admitted_care, folder.path(), {.threads = threads});
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&] {
            for (std::size_t i = next++; i < order.size(); i = next++) {
                writer.append(order[i], batches[order[i]]);
            }
        });
    }
    for (std::thread& thread : pool) thread.join();
    return writer.finish(folder.path() / "out.parquet")->checksum;
}

TEST(RecordsWriter, WritesTheSameBytesWithAnyThreadsAndInAnyOrderOfArrival) {
    std::vector<RecordBatch> batches;
    for (std::uint64_t i = 0; i < 30; ++i) batches.push_back(many_spells(i, 4000 + i * 137));
    const std::string expected = written_by(batches, 1, false);
    EXPECT_EQ(written_by(batches, 2, false), expected);
    EXPECT_EQ(written_by(batches, 4, true), expected);
    EXPECT_EQ(written_by(batches, 1, true), expected);
}

TEST(StoredRecords, AMissingOrDamagedFileIsAProblemThatNamesIt) {
    const TestFolder folder;
    const auto missing =
        read_records(folder.path() / "none.parquet", DataSet::emergency, {}, test_limits(folder));
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.problem().kind, ProblemKind::not_found);
    EXPECT_NE(missing.problem().says.find("none.parquet"), std::string::npos);

    std::ofstream(folder.path() / "bad.parquet") << "PAR1 this is not Parquet PAR1";
    const auto damaged =
        read_records(folder.path() / "bad.parquet", DataSet::emergency, {}, test_limits(folder));
    ASSERT_FALSE(damaged.ok());
    EXPECT_NE(damaged.problem().says.find("bad.parquet"), std::string::npos);
}

TEST(StoredRecords, ParquetBecomesCsvWithEveryValueAsText) {
    const TestFolder folder;
    RecordsWriter writer(DataSet::prescribing, folder.path());
    BatchMaker maker(DataSet::prescribing);
    maker.add({{"line", "2"}, {"practice", "A81001"}, {"bnf_name", "Drug, \"A\""}});
    writer.append(maker.batch());
    ASSERT_TRUE(writer.finish(folder.path() / "in.parquet").ok());
    ASSERT_TRUE(
        parquet_to_csv(folder.path() / "in.parquet", folder.path() / "out.csv", test_limits(folder))
            .ok());
    std::ifstream in(folder.path() / "out.csv");
    std::string heading;
    std::string row;
    std::getline(in, heading);
    std::getline(in, row);
    EXPECT_EQ(heading.substr(0, 26), "line,costing_date,practice");
    EXPECT_EQ(row, "2,,A81001,,,\"Drug, \"\"A\"\"\",,,,");
}

}  // namespace

}  // namespace purse
