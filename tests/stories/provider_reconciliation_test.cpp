// A made-up commissioner's baseline by provider: every pound of the records is in the draft's
// budgets, unattributed or named as out of scope, and the total is the draft's baseline.
#include "desk/provider_reconciliation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "desk/budget_setting.hpp"
#include "render/provider_pages.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

class BaselineByProvider : public ::testing::Test {
  protected:
    void SetUp() override {
        site_.emplace(make_demo_site(folder_.path() / "site"));
        for (const DataSet set : all_data_sets) {
            for (Month month(2016, 4); month <= Month(2016, 6); month = month + 1) {
                load_demo(*site_, set, month, Extract::freeze);
            }
        }
        // No allocation for diagnostics: that care is in no budget.
        std::string allocation = "line,pence\n";
        for (const char* line :
             {"day_case", "elective", "non_elective", "maternity", "outpatient_first",
              "outpatient_follow_up", "outpatient_procedure", "ae", "prescribing"}) {
            allocation += std::string(line) + ",100000000\n";
        }
        write_bytes(folder_.path() / "allocation.csv", allocation);
        SetBudgetsRequest request;
        request.year = FinancialYear(2017);
        request.scheme = "pbc-2006";
        request.draft = "offer";
        request.by = "Fiona Finch";
        request.allocation = folder_.path() / "allocation.csv";
        request.baseline_from = Month(2016, 4);
        request.baseline_to = Month(2016, 6);
        report_ = got(set_budgets(*site_, request));
    }

    TemporaryFolder folder_;
    std::optional<Site> site_;
    SetBudgetsReport report_;
};

TEST_F(BaselineByProvider, adds_up_to_the_drafts_baseline_to_the_penny) {
    const auto all = got(reconcile_providers(*site_, FinancialYear(2017), {}, {}));
    EXPECT_EQ(all.changed_since(), Pence(0));
    Pence in_budgets, unattributed, repriced;
    for (const ProviderRow& row : all.rows) {
        in_budgets += row.in_budgets;
        unattributed += row.unattributed;
        EXPECT_FALSE(row.difference());
    }
    for (const DerivationPractice& practice : report_.inputs.practices) {
        for (const DerivationLine& line : practice.lines) repriced += line.repriced;
    }
    EXPECT_EQ(in_budgets, repriced);
    EXPECT_EQ(all.total.in_budgets, repriced);
    EXPECT_GT(repriced, Pence(0));
    EXPECT_GT(unattributed, Pence(0));
    EXPECT_GT(all.total.out_of_scope, Pence(0));
    EXPECT_EQ(all.rows.back().name, "Prescribing (no provider)");
    EXPECT_NE(as_text(all).find("the same to the penny"), std::string::npos);
}

TEST_F(BaselineByProvider, names_the_difference_from_each_contract) {
    const auto without = got(reconcile_providers(*site_, FinancialYear(2017), {}, {}));
    const ProviderRow& first = without.rows.front();
    const Pence value = first.cost() + pounds(123);
    write_bytes(folder_.path() / "contracts.csv",
                "provider,pence\n" + first.code + "," + std::to_string(value.count()) + "\n");
    const auto all = got(reconcile_providers(*site_, FinancialYear(2017), "offer",
                                             folder_.path() / "contracts.csv"));
    EXPECT_EQ(all.rows.front().difference(), pounds(123));
    EXPECT_EQ(all.total.cost(), without.total.cost());
    EXPECT_EQ(*all.total.difference() + all.without_contract, pounds(123));
    for (const std::string& out : {as_text(all), as_csv(all), as_json(all), as_html(all)}) {
        EXPECT_NE(out.find(first.code), std::string::npos);
    }
    EXPECT_NE(as_html(all).find("+£123.00"), std::string::npos);
    write_bytes(folder_.path() / "contracts.csv", "provider,pence\n,12\n");
    EXPECT_FALSE(
        reconcile_providers(*site_, FinancialYear(2017), {}, folder_.path() / "contracts.csv")
            .ok());
}

}  // namespace
}  // namespace purse::testing
