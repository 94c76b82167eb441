// What the encoder writes is read back by DuckDB, whatever way each column was encoded.
#include "warehouse/parquet_writer.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "warehouse/batch_queue.hpp"
#include "warehouse/stored_records.hpp"
#include "warehouse/warehouse_test_support.hpp"

namespace purse {

namespace {

void append(const RecordBatch& from, RecordBatch& to) {
    for (std::size_t i = 0; i < to.columns.size(); ++i) {
        const RecordColumn& a = from.columns[i];
        RecordColumn& b = to.columns[i];
        b.texts.insert(b.texts.end(), a.texts.begin(), a.texts.end());
        b.numbers.insert(b.numbers.end(), a.numbers.begin(), a.numbers.end());
        b.pseudonyms.insert(b.pseudonyms.end(), a.pseudonyms.begin(), a.pseudonyms.end());
        b.present.insert(b.present.end(), a.present.begin(), a.present.end());
    }
    to.rows += from.rows;
}

void expect_read_back(const std::vector<RecordBatch>& batches, std::size_t group_rows) {
    const TestFolder folder;
    const std::filesystem::path file = folder.path() / "out.parquet";
    ParquetWriter writer(batches.front().set, file);
    BatchQueue queue(writer, group_rows, std::size_t{1} << 20);
    RecordBatch whole = RecordBatch::empty(batches.front().set);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        queue.put(i, PackedBatch(batches[i]));
        append(batches[i], whole);
    }
    queue.finish();
    EXPECT_EQ(writer.bytes(), std::filesystem::file_size(file));
    EXPECT_EQ(writer.checksum(), *digest_of_file(file));
    const auto read = read_records(file, whole.set, {}, test_limits(folder));
    ASSERT_TRUE(read.ok()) << read.problem().says;
    expect_same_records(*read, whole);
}

TEST(ParquetWriter, GivesBackManySpellsOverSeveralRowGroups) {
    std::vector<RecordBatch> batches;
    for (std::uint64_t i = 0; i < 9; ++i) batches.push_back(many_spells(i, 1000 + 333 * i));
    expect_read_back(batches, 4000);
}

// Numbers at their bounds, texts that share starts with others, absences in every rhythm.
TEST(ParquetWriter, GivesBackOddValuesWithAndWithoutADictionary) {
    for (const int distinct : {3, 70, 2000}) {
        BatchMaker maker(DataSet::emergency);
        for (int i = 0; i < 2000; ++i) {
            const int value = i % distinct;
            std::map<std::string, std::string> row = {
                {"record_id",
                 std::string(static_cast<std::size_t>(value % 11), 'x') + std::to_string(value)},
                {"line",
                 std::to_string(value % 2 == 0 ? std::numeric_limits<std::int64_t>::min() + value
                                               : std::numeric_limits<std::int64_t>::max() - value)},
                {"costing_date", std::to_string(value - 1000)},
                {"provider", value % 5 == 0 ? "" : "Zo\xC3\xAB" + std::to_string(value)},
                {"excluded_by_provider", i % 3 == 0 ? "1" : "0"}};
            if (i % 7 < 3) row.erase("record_id");
            if (i % 100 > 20) row.erase("costing_date");
            if (i % 13 == 0) row.erase("line");
            if (i % 9 == 4) row.erase("excluded_by_provider");
            if (i % 4 != 1) row["patient"] = std::to_string(i);
            maker.add(row);
        }
        expect_read_back({maker.batch()}, 1);
    }
}

TEST(ParquetWriter, WritesWithoutTheDictionaryWhatItHasNoRoomFor) {
    std::vector<RecordBatch> batches;
    for (int b = 0; b < 20; ++b) {
        BatchMaker maker(DataSet::emergency);
        for (int i = 0; i < 8000; ++i) {
            const std::string value = std::to_string(b * 4000 + i % 4000);
            maker.add({{"record_id", "R" + value}, {"line", value}});
        }
        batches.push_back(maker.batch());
    }
    expect_read_back(batches, 1'000'000);
}

}  // namespace

}  // namespace purse
