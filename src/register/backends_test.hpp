// Every test of the register runs on SQLite and on PostgreSQL, each in a new, empty place.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "register/register.hpp"
#include "support/postgres_cluster.hpp"

namespace purse::testing {

class OnEachBackend : public ::testing::TestWithParam<RegisterKind> {
  protected:
    void SetUp() override {
        if (GetParam() == RegisterKind::postgresql) {
            PURSE_NEEDS_POSTGRES();
            address_ = RegisterAddress::parse(PostgresCluster::running().new_database()).value();
            return;
        }
        std::string name = "/tmp/purse-register-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        address_ = RegisterAddress::of_file(folder_ / "register.sqlite");
    }
    void TearDown() override {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] const RegisterAddress& address() const { return address_; }
    [[nodiscard]] Register made() const { return Register::create(address_).value(); }

  private:
    std::filesystem::path folder_;
    RegisterAddress address_;
};

inline std::string backend_name(const ::testing::TestParamInfo<RegisterKind>& parameter) {
    return parameter.param == RegisterKind::sqlite ? "SQLite" : "PostgreSQL";
}

// A load of one file for the providers, its content told apart by `digest`.
inline NewBatch load_of(Extract stage, const std::string& digest,
                        const std::vector<std::string>& providers, Month month = Month(2017, 6)) {
    NewBatch batch;
    batch.set = DataSet::admitted_care;
    batch.month = month;
    batch.stage = stage;
    batch.files = {{"apc.csv", digest}};
    batch.layout = "plain";
    batch.rows = {.in = 10, .accepted = 8, .rejected = 2, .warned = 1};
    batch.money = {FinePence(1'000'000'000'000), FinePence(999'999'999'999), FinePence(1)};
    batch.records = {"records/apc/2017-06/" + digest + ".parquet", "sum-" + digest};
    batch.rejects = "rejects/" + digest + ".csv";
    batch.reasons = {{"hrg_not_in_tariff", "reject", 2}, {"unknown_practice", "warning", 1}};
    batch.practice_rejects = {{PracticeCode("A81001"), "hrg_not_in_tariff", 2}};
    for (const auto& provider : providers) batch.providers.push_back({ProviderCode(provider), 8});
    batch.loaded_at = "2017-07-20T09:00:00Z";
    return batch;
}

}  // namespace purse::testing

#define PURSE_ON_EACH_BACKEND(suite)                                                         \
    INSTANTIATE_TEST_SUITE_P(                                                                \
        Each, suite,                                                                         \
        ::testing::Values(::purse::RegisterKind::sqlite, ::purse::RegisterKind::postgresql), \
        ::purse::testing::backend_name)
