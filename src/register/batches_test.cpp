#include "register/batches.hpp"

#include <gtest/gtest.h>

#include "register/backends_test.hpp"

namespace purse {
namespace {

using testing::load_of;

class BatchesOn : public testing::OnEachBackend {};

const Month june(2017, 6);

std::vector<std::string> texts(const std::vector<ProviderCode>& codes) {
    std::vector<std::string> all;
    for (const ProviderCode code : codes) all.push_back(code.text());
    return all;
}

// "1:RVR,RYJ 2:RRV": the batches that count and for whom.
std::string current(const Register& one, Month first = june, Month last = june) {
    std::string line;
    for (const auto& each : one.current_batches(DataSet::admitted_care, first, last)) {
        line += (line.empty() ? "" : " ") + std::to_string(each.batch.number.value) + ":";
        for (const auto& code : texts(each.providers)) {
            line += (line.back() == ':' ? "" : ",") + code;
        }
    }
    return line;
}

TEST_P(BatchesOn, a_load_is_read_back_whole) {
    auto one = made();
    auto load = load_of(Extract::flex, "d1", {"RVR", "RYJ"});
    load.files.push_back({"apc-2.csv", "d2"});
    const auto recorded = one.record_batch(load);
    ASSERT_TRUE(recorded.ok());
    EXPECT_FALSE(recorded->already_loaded);
    EXPECT_EQ(recorded->batch.number, BatchNumber{1});
    const auto read = one.batch(BatchNumber{1});
    ASSERT_TRUE(read.ok());
    const NewBatch& back = read->load;
    EXPECT_EQ(back.set, DataSet::admitted_care);
    EXPECT_EQ(back.month, june);
    EXPECT_EQ(back.stage, Extract::flex);
    ASSERT_EQ(back.files.size(), 2U);
    EXPECT_EQ(back.files[1].name, "apc-2.csv");
    EXPECT_EQ(back.files[1].digest, "d2");
    EXPECT_EQ(back.layout, "plain");
    EXPECT_EQ(back.rows.in, 10);
    EXPECT_EQ(back.rows.accepted, 8);
    EXPECT_EQ(back.rows.rejected, 2);
    EXPECT_EQ(back.rows.warned, 1);
    EXPECT_EQ(back.money.in, FinePence(1'000'000'000'000));
    EXPECT_EQ(back.money.accepted, FinePence(999'999'999'999));
    EXPECT_EQ(back.money.rejected, FinePence(1));
    EXPECT_EQ(back.records, load.records);
    EXPECT_EQ(back.rejects, load.rejects);
    ASSERT_EQ(back.reasons.size(), 2U);
    EXPECT_EQ(back.reasons[1].reason, "unknown_practice");
    EXPECT_EQ(back.reasons[1].severity, "warning");
    EXPECT_EQ(back.reasons[1].count, 1);
    ASSERT_EQ(back.practice_rejects.size(), 1U);
    EXPECT_EQ(back.practice_rejects[0].practice, PracticeCode("A81001"));
    EXPECT_EQ(back.practice_rejects[0].count, 2);
    ASSERT_EQ(back.providers.size(), 2U);
    EXPECT_EQ(back.providers[1].provider, ProviderCode("RYJ"));
    EXPECT_EQ(back.providers[1].rows, 8);
    EXPECT_EQ(back.loaded_at, load.loaded_at);
    EXPECT_EQ(one.batch(BatchNumber{2}).problem().kind, ProblemKind::not_found);
}

TEST_P(BatchesOn, the_same_content_again_changes_nothing) {
    auto one = made();
    auto load = load_of(Extract::flex, "d1", {"RVR"});
    load.files.push_back({"more.csv", "d0"});
    ASSERT_TRUE(one.record_batch(load).ok());
    EXPECT_TRUE(one.find_batch(load).has_value());
    std::swap(load.files[0], load.files[1]);
    load.files[0].name = "renamed.csv";
    load.loaded_at = "2018-01-01T00:00:00Z";
    load.records = {"elsewhere.parquet", "other"};
    const auto again = one.record_batch(load);
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->already_loaded);
    EXPECT_EQ(again->batch.number, BatchNumber{1});
    EXPECT_EQ(again->batch.load.records.checksum, "sum-d1");
    EXPECT_EQ(one.batches().size(), 1U);
    ASSERT_EQ(one.stored_files().size(), 1U);
    EXPECT_EQ(one.stored_files()[0].path, "records/apc/2017-06/d1.parquet");
}

TEST_P(BatchesOn, the_same_files_at_another_stage_or_month_are_another_load) {
    auto one = made();
    for (const Extract stage : {Extract::early, Extract::flex, Extract::freeze}) {
        EXPECT_FALSE(one.record_batch(load_of(stage, "d1", {"RVR"}))->already_loaded);
    }
    auto july = load_of(Extract::early, "d1", {"RVR"}, Month(2017, 7));
    EXPECT_FALSE(one.record_batch(july)->already_loaded);
    july.set = DataSet::outpatients;
    EXPECT_FALSE(one.record_batch(july)->already_loaded);
    EXPECT_EQ(one.batches().size(), 5U);
    EXPECT_EQ(one.batches_of(june).size(), 3U);
}

TEST_P(BatchesOn, a_later_extract_replaces_the_earlier_for_its_own_providers) {
    auto one = made();
    ASSERT_TRUE(one.record_batch(load_of(Extract::flex, "d1", {"RYJ", "RVR"})).ok());
    EXPECT_EQ(current(one), "1:RVR,RYJ");
    ASSERT_TRUE(one.record_batch(load_of(Extract::freeze, "d2", {"RVR"})).ok());
    EXPECT_EQ(current(one), "1:RYJ 2:RVR");
    ASSERT_TRUE(one.record_batch(load_of(Extract::freeze, "d3", {"RVR", "RRV"})).ok());
    EXPECT_EQ(current(one), "1:RYJ 3:RRV,RVR");
    ASSERT_TRUE(one.record_batch(load_of(Extract::flex, "d4", {"RYJ"})).ok());
    EXPECT_EQ(current(one), "3:RRV,RVR 4:RYJ");
    EXPECT_TRUE(one.batch(BatchNumber{1}).ok());
    EXPECT_EQ(one.stored_files().size(), 4U);
}

TEST_P(BatchesOn, an_earlier_stage_is_refused_whole_and_says_why) {
    auto one = made();
    ASSERT_TRUE(one.record_batch(load_of(Extract::freeze, "d1", {"RVR"})).ok());
    const auto late = load_of(Extract::flex, "d2", {"RYJ", "RVR"});
    EXPECT_FALSE(one.may_load(late).ok());
    const auto refused = one.record_batch(late);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().kind, ProblemKind::conflict);
    EXPECT_EQ(refused.problem().says.find(
                  "freeze is already loaded for RVR June 2017 (admitted care, batch 1)"),
              0U)
        << refused.problem().says;
    EXPECT_EQ(current(one), "1:RVR");
    EXPECT_TRUE(one.may_load(load_of(Extract::flex, "d2", {"RYJ"})).ok());
    EXPECT_EQ(one.record_batch(load_of(Extract::flex, "d2", {"RYJ"}))->batch.number,
              BatchNumber{2});
}

TEST_P(BatchesOn, of_several_loads_all_are_kept_or_none) {
    auto one = made();
    ASSERT_TRUE(one.record_batch(load_of(Extract::freeze, "d1", {"RVR"})).ok());
    const std::vector<NewBatch> spoiled = {load_of(Extract::flex, "d2", {"RYJ"}),
                                           load_of(Extract::flex, "d3", {"RVR"})};
    EXPECT_FALSE(one.record_batches(spoiled).ok());
    EXPECT_EQ(current(one), "1:RVR");
    const std::vector<NewBatch> sound = {load_of(Extract::flex, "d2", {"RYJ"}),
                                         load_of(Extract::freeze, "d3", {"RVR"})};
    ASSERT_TRUE(one.record_batches(sound).ok());
    EXPECT_EQ(current(one), "2:RYJ 3:RVR");
}

TEST_P(BatchesOn, months_and_data_sets_stand_apart) {
    auto one = made();
    const Month may = june - 1;
    ASSERT_TRUE(one.record_batch(load_of(Extract::freeze, "d1", {"RVR"}, june)).ok());
    ASSERT_TRUE(one.record_batch(load_of(Extract::flex, "d2", {"RVR"}, may)).ok());
    auto outpatients = load_of(Extract::flex, "d3", {"RVR"});
    outpatients.set = DataSet::outpatients;
    ASSERT_TRUE(one.record_batch(outpatients).ok());
    EXPECT_EQ(current(one, may, june), "2:RVR 1:RVR");
    EXPECT_EQ(current(one, Month(2016, 4), may), "2:RVR");
    EXPECT_EQ(current(one, Month(2018, 4), Month(2019, 3)), "");
    EXPECT_EQ(one.current_batches(DataSet::outpatients, june, june).size(), 1U);
}

TEST_P(BatchesOn, a_data_set_without_providers_and_a_load_of_rejects_only_are_kept) {
    auto one = made();
    auto prescribing = load_of(Extract::freeze, "d1", {""});
    prescribing.set = DataSet::prescribing;
    ASSERT_TRUE(one.record_batch(prescribing).ok());
    EXPECT_EQ(one.current_batches(DataSet::prescribing, june, june).size(), 1U);
    auto rejects_only = load_of(Extract::flex, "d2", {});
    rejects_only.rows = {.in = 3, .accepted = 0, .rejected = 3, .warned = 0};
    rejects_only.records = {};
    ASSERT_TRUE(one.record_batch(rejects_only).ok());
    EXPECT_EQ(current(one), "");
    EXPECT_EQ(one.stored_files().size(), 1U);
    auto early = load_of(Extract::early, "d3", {""});
    early.set = DataSet::prescribing;
    EXPECT_EQ(one.record_batch(early).problem().says.find(
                  "freeze is already loaded for prescribing June 2017"),
              0U);
}

TEST_P(BatchesOn, many_details_are_kept_in_order) {
    auto one = made();
    auto load = load_of(Extract::flex, "d1", {"RVR"});
    load.practice_rejects.clear();
    for (int i = 0; i < 5000; ++i) {
        load.practice_rejects.push_back(
            {PracticeCode("A" + std::to_string(10000 + i)), "unknown_practice", i});
    }
    ASSERT_TRUE(one.record_batch(load).ok());
    const auto back = one.batch(BatchNumber{1}).value().load.practice_rejects;
    ASSERT_EQ(back.size(), 5000U);
    for (std::size_t i = 0; i < back.size(); ++i) {
        EXPECT_EQ(back[i].count, static_cast<std::int64_t>(i));
    }
}

PURSE_ON_EACH_BACKEND(BatchesOn);

}  // namespace
}  // namespace purse
