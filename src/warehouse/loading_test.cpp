#include "warehouse/loading.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <sstream>

#include "support/intake_files.hpp"
#include "support/shared_data.hpp"
#include "warehouse/episode_stage.hpp"

namespace purse {
namespace {

using testing::test_context;

class Folder {
  public:
    Folder() {
        static int count = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("purse-loading-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path at(std::string_view name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

void write_file(const std::filesystem::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::string text_of(const std::filesystem::path& file) {
    std::stringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

LoadRequest request_for(const Folder& folder, const std::filesystem::path& file, DataSet set,
                        int threads = 2, std::size_t piece_size = 4096) {
    return {.read = {.file = file,
                     .shown_as = "",
                     .layouts = testing::shipped_layouts(),
                     .layout = "",
                     .context = test_context(set),
                     .staging_folder = folder.at("staging"),
                     .threads = threads,
                     .piece_size = piece_size,
                     .progress = {}},
            .records_out = folder.at("records.parquet"),
            .rejects_out = folder.at("rejects.csv"),
            .most_warnings_listed = 100,
            .limits = {}};
}

std::uint64_t rejected_rows(const LoadSummary& summary) {
    std::uint64_t rows = 0;
    for (const auto& [reason, count] : summary.rejected) rows += count.rows;
    return rows;
}

void expect_control_totals(const LoadSummary& summary) {
    EXPECT_EQ(summary.totals.rows_read,
              summary.written.rows + summary.totals.rows_folded + summary.totals.rows_rejected);
    EXPECT_EQ(rejected_rows(summary), summary.totals.rows_rejected);
    std::uint64_t by_practice = 0;
    for (const auto& [key, rows] : summary.rejected_by_practice) by_practice += rows;
    EXPECT_EQ(by_practice, summary.totals.rows_rejected);
}

const std::string heading =
    "record_id,spell_id,nhs_number,practice,provider,age,admission_date,discharge_date,"
    "episode_number,last_episode,episode_start,episode_end,admission_method,"
    "patient_classification,hrg,critical_care_days,treatment_function,main_specialty,"
    "administrative_category\n";

// Spells of one, two and three episodes, some faulty, one record twice.
std::vector<std::string> mixed_rows() {
    std::vector<std::string> rows;
    for (int i = 0; i < 400; ++i) {
        const int episodes = 1 + i % 3;
        for (int e = 1; e <= episodes; ++e) {
            rows.push_back(fmt::format(
                "R{0}-{1},S{0},,A8100{2},RV{3},{4},2017-06-{5:02},{6},{1},{7},2017-06-{8:02},"
                "2017-06-{9:02},{10},1,EB03D,1,320,300,01\n",
                i, e, i % 7, i % 2 == 0 ? 'R' : 'T', i % 90, 1 + i % 10,
                i % 50 == 49 ? "" : fmt::format("2017-06-{:02}", 12 + i % 10),
                e == episodes && i % 31 != 5 ? 1 : 2, 1 + i % 10 + e - 1, 2 + i % 10 + e - 1,
                i % 40 == 39 ? 77 : 21));
        }
    }
    rows.push_back(rows.front());
    return rows;
}

std::string joined(const std::vector<std::string>& rows) {
    return std::accumulate(rows.begin(), rows.end(), heading);
}

TEST(Loading, counts_every_row_once) {
    const Folder folder;
    write_file(folder.at("in.csv"), joined(mixed_rows()));
    const auto summary =
        load_file(request_for(folder, folder.at("in.csv"), DataSet::admitted_care));
    ASSERT_TRUE(summary.ok()) << summary.problem().says;
    expect_control_totals(*summary);
    EXPECT_EQ(summary->totals.rows_read, 800U);
    EXPECT_EQ(summary->rejected.at("duplicate_record").rows, 1U);
    EXPECT_GT(summary->rejected.at("spell_without_last_episode").rows, 5U);
    EXPECT_GT(summary->rejected.at("code_not_in_list").rows, 5U);
    EXPECT_GT(summary->totals.rows_folded, 300U);
    EXPECT_EQ(summary->totals.layout, "purse_apc");
    EXPECT_TRUE(std::filesystem::exists(folder.at("records.parquet")));
}

TEST(Loading, gives_the_same_bytes_with_any_threads_and_pieces) {
    const Folder folder;
    write_file(folder.at("in.csv"), joined(mixed_rows()));
    std::string checksum;
    std::string rejects;
    for (const auto& [threads, piece_size] :
         {std::pair{1, std::size_t{1} << 20}, {2, std::size_t{512}}, {4, std::size_t{4096}}}) {
        const auto summary = load_file(
            request_for(folder, folder.at("in.csv"), DataSet::admitted_care, threads, piece_size));
        ASSERT_TRUE(summary.ok()) << summary.problem().says;
        if (checksum.empty()) {
            checksum = summary->written.checksum;
            rejects = text_of(folder.at("rejects.csv"));
        }
        EXPECT_EQ(summary->written.checksum, checksum) << threads;
        EXPECT_EQ(text_of(folder.at("rejects.csv")), rejects) << threads;
    }
    EXPECT_GT(std::count(rejects.begin(), rejects.end(), '\n'), 20);
}

TEST(Loading, rejects_a_spell_that_comes_whole_twice_under_two_record_identifiers) {
    const Folder folder;
    const auto row = [](const char* record, const char* spell, const char* provider) {
        return fmt::format(
            "{},{},,A81001,{},40,2017-06-01,2017-06-02,1,1,,,21,1,EB03D,,320,300,01\n", record,
            spell, provider);
    };
    write_file(folder.at("in.csv"), heading + row("R1", "S1", "RVR") + row("R2", "S1", "RVR") +
                                        row("R3", "S1", "RTG") + row("R1", "S2", "RVR") +
                                        row("R4", "S2", "RVR") + row("R5", "", "RVR") +
                                        row("R6", "", "RVR"));
    const auto summary =
        load_file(request_for(folder, folder.at("in.csv"), DataSet::admitted_care));
    ASSERT_TRUE(summary.ok()) << summary.problem().says;
    expect_control_totals(*summary);
    EXPECT_EQ(summary->written.rows, 5U);
    EXPECT_EQ(summary->rejected.at("duplicate_spell").rows, 1U) << "R2 only";
    EXPECT_EQ(summary->rejected.at("duplicate_record").rows, 1U) << "the second R1";
}

TEST(Loading, counts_the_money_of_prescribing_rows_that_come_twice) {
    const Folder folder;
    const std::string row = "2017-06,A81001,0401010Z0AAAAAA,Zopiclone,9,32.5,1.60,2.49001\n";
    write_file(folder.at("in.csv"),
               "month,practice,bnf_code,bnf_name,items,quantity,net_ingredient_cost,actual_cost\n" +
                   row + row);
    const auto summary = load_file(request_for(folder, folder.at("in.csv"), DataSet::prescribing));
    ASSERT_TRUE(summary.ok()) << summary.problem().says;
    expect_control_totals(*summary);
    EXPECT_EQ(summary->totals.money_read.actual_cost.thousandths(), 2 * 249001);
    EXPECT_EQ(summary->totals.money_rejected.actual_cost.thousandths(), 249001);
    EXPECT_EQ(summary->rejected.at("duplicate_record").actual_cost.thousandths(), 249001);
}

TEST(Loading, leaves_nothing_in_the_staging_folder) {
    const Folder folder;
    write_file(folder.at("in.csv"), joined(mixed_rows()));
    ASSERT_TRUE(load_file(request_for(folder, folder.at("in.csv"), DataSet::admitted_care)).ok());
    EXPECT_TRUE(std::filesystem::is_empty(folder.at("staging")));
}

TEST(Loading, reports_progress_to_the_last_byte) {
    const Folder folder;
    const std::string text = joined(mixed_rows());
    write_file(folder.at("in.csv"), text);
    auto request = request_for(folder, folder.at("in.csv"), DataSet::admitted_care);
    LoadProgress last;
    request.read.progress = [&](const LoadProgress& progress) {
        EXPECT_GE(progress.bytes_done, last.bytes_done);
        last = progress;
    };
    ASSERT_TRUE(load_file(request).ok());
    EXPECT_EQ(last.bytes_done, last.bytes_total);
    EXPECT_EQ(last.bytes_total, text.size() - heading.size());
    EXPECT_EQ(last.records, 800U);
}

TEST(Loading, says_what_is_wrong_with_a_file_that_cannot_be_read) {
    const Folder folder;
    write_file(folder.at("empty.csv"), "");
    write_file(folder.at("other.csv"), "a,b\n1,2\n");
    for (const char* name : {"empty.csv", "other.csv", "missing.csv"}) {
        const auto summary =
            load_file(request_for(folder, folder.at(name), DataSet::admitted_care));
        ASSERT_FALSE(summary.ok()) << name;
        EXPECT_NE(summary.problem().says.find(name), std::string::npos) << summary.problem().says;
        EXPECT_FALSE(std::filesystem::exists(folder.at("records.parquet")));
    }
}

TEST(Loading, loads_the_published_files_with_their_control_totals) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    PURSE_NEEDS_SHARED("data/prescribing");
    const std::tuple<const char*, DataSet, std::size_t> files[] = {
        {"synthetic_records/artificial_hes_apc_0102_sample.csv", DataSet::admitted_care, 1816},
        {"synthetic_records/artificial_hes_op_0304_sample.csv", DataSet::outpatients, 911},
        {"synthetic_records/artificial_hes_ae_0708_sample.csv", DataSet::emergency, 1000},
        {"prescribing/epd_201709_fixture.csv", DataSet::prescribing, 10027},
        {"prescribing/hscic_pdpi_format_sample_2014.csv", DataSet::prescribing, 51},
    };
    for (const auto& [name, set, rows] : files) {
        const Folder folder;
        const auto summary =
            load_file(request_for(folder, testing::shared_folder() / "data" / name, set));
        ASSERT_TRUE(summary.ok()) << summary.problem().says;
        expect_control_totals(*summary);
        EXPECT_EQ(summary->written.rows, rows) << name;
    }
}

TEST(Loading, lists_so_many_warnings_of_a_reason_and_counts_the_rest) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    const Folder folder;
    const auto summary = load_file(request_for(
        folder,
        testing::shared_folder() / "data/synthetic_records/artificial_hes_ae_0708_sample.csv",
        DataSet::emergency));
    ASSERT_TRUE(summary.ok()) << summary.problem().says;
    EXPECT_EQ(summary->warned.at("ungrouped_hrg"), 1000U);
    const std::string rejects = text_of(folder.at("rejects.csv"));
    EXPECT_EQ(std::count(rejects.begin(), rejects.end(), '\n'), 101);
}

TEST(EpisodeStage, gives_back_from_disk_what_it_was_given) {
    const Folder folder;
    const auto file = testing::test_file(FileBytes::of(joined(mixed_rows())));
    const Intake intake = testing::intake_for(file, test_context(DataSet::admitted_care));
    PieceOut out;
    intake.read_piece(file.rest, out);
    ASSERT_GT(out.episodes.rows.rows, 400U);
    EpisodeStage in_memory(folder.at("."));
    EpisodeStage on_disk(folder.at("."), 1000);
    for (int i = 0; i < 2; ++i) {
        in_memory.append(out.episodes);
        on_disk.append(out.episodes);
    }
    std::size_t rows = 0;
    for (std::size_t i = 0; i < EpisodeStage::parts; ++i) {
        const EpisodeBatch a = in_memory.part(i);
        const EpisodeBatch b = on_disk.part(i);
        ASSERT_EQ(a.rows.rows, b.rows.rows);
        rows += a.rows.rows;
        for (std::size_t row = 0; row < a.rows.rows; ++row) {
            EXPECT_EQ(testing::row_of(a.rows, row), testing::row_of(b.rows, row));
            EXPECT_EQ(a.extras[row].start, b.extras[row].start);
            EXPECT_EQ(a.extras[row].number, b.extras[row].number);
        }
    }
    EXPECT_EQ(rows, 2 * out.episodes.rows.rows);
}

}  // namespace
}  // namespace purse
