// What the tests of this room share: a folder of their own, and batches made by hand.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "activity/record_batch.hpp"
#include "warehouse/database.hpp"

namespace purse {

class TestFolder {
  public:
    TestFolder() {
        static std::atomic<int> count{0};
        path_ = std::filesystem::temp_directory_path() /
                ("purse-warehouse-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline DatabaseLimits test_limits(const TestFolder& folder, int threads = 2) {
    return {.threads = threads,
            .memory_bytes = std::size_t{512} << 20,
            .spill_folder = folder.path() / "spill"};
}

// Records by column name; what is not named is absent. Numbers and dates (days since 1970-01-01)
// are read from their digits.
class BatchMaker {
  public:
    explicit BatchMaker(DataSet set) : batch_(RecordBatch::empty(set)) {
        batch_.keep_alive.push_back(texts_);
    }
    void add(const std::map<std::string, std::string>& values) {
        for (std::size_t i = 0; i < batch_.columns.size(); ++i) {
            const auto found = values.find(std::string(stored_columns(batch_.set)[i].name));
            put(batch_.columns[i], found == values.end() ? nullptr : &found->second);
        }
        ++batch_.rows;
    }
    [[nodiscard]] RecordBatch batch() const { return batch_; }

  private:
    void put(RecordColumn& column, const std::string* value) {
        column.present.push_back(value != nullptr ? 1 : 0);
        if (column.type == ColumnType::text) {
            column.texts.push_back(texts_->emplace_back(value != nullptr ? *value : ""));
        } else if (column.type == ColumnType::pseudonym) {
            Pseudonym pseudonym;
            if (value != nullptr) pseudonym = {std::hash<std::string>{}(*value), value->size()};
            column.pseudonyms.push_back(pseudonym);
        } else {
            column.numbers.push_back(value != nullptr ? std::stoll(*value) : 0);
        }
    }
    RecordBatch batch_;
    std::shared_ptr<std::deque<std::string>> texts_ = std::make_shared<std::deque<std::string>>();
};

// Spells with every kind of value, the same for the same sequence number.
inline RecordBatch many_spells(std::uint64_t sequence, std::size_t rows) {
    BatchMaker maker(DataSet::admitted_care);
    std::uint64_t random = sequence * 2654435761U + 99;
    const auto below = [&random](std::uint64_t bound) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>((random >> 33) % bound);
    };
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string id = std::to_string(sequence * 1'000'000 + row);
        const std::int64_t admitted = 17257 + below(28);
        maker.add({{"record_id", id},
                   {"spell_id", "S" + id},
                   {"line", id},
                   {"costing_date", std::to_string(admitted + 2)},
                   {"patient", std::to_string(below(1000))},
                   {"practice", "A8100" + std::to_string(below(10))},
                   {"provider", below(2) == 0 ? "RVR" : "RJ1"},
                   {"age", std::to_string(below(100))},
                   {"admission_date", std::to_string(admitted)},
                   {"discharge_date", std::to_string(admitted + 2)},
                   {"admission_method", below(2) == 0 ? "11" : "21"},
                   {"patient_classification", "1"},
                   {"treatment_function", "100"},
                   {"hrg", below(2) == 0 ? "EB03D" : "BZ34C"},
                   {"diagnoses", below(3) == 0 ? "I500;E119;Z999" : "H269"}});
    }
    return maker.batch();
}

inline void expect_same_records(const RecordBatch& a, const RecordBatch& b) {
    ASSERT_EQ(a.rows, b.rows);
    for (std::size_t i = 0; i < a.columns.size(); ++i) {
        EXPECT_EQ(a.columns[i].present, b.columns[i].present) << stored_columns(a.set)[i].name;
        EXPECT_EQ(a.columns[i].texts, b.columns[i].texts) << stored_columns(a.set)[i].name;
        EXPECT_EQ(a.columns[i].numbers, b.columns[i].numbers) << stored_columns(a.set)[i].name;
        EXPECT_EQ(a.columns[i].pseudonyms, b.columns[i].pseudonyms)
            << stored_columns(a.set)[i].name;
    }
}

}  // namespace purse
