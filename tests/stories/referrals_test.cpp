// A commissioner imports the referrals of a month and its waiting list: they are counted, compared
// and shown in the pack, and no patient of them is kept anywhere.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "desk/closes.hpp"
#include "desk/counted_imports.hpp"
#include "desk/packs.hpp"
#include "desk/verifying.hpp"
#include "render/pack_pages.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const fs::path& first_session = first_session_files();
const Month april(2017, 4);

class ReferralsStory : public ::testing::Test {
  protected:
    void SetUp() override {
        site_.emplace(make_first_session_site(folder_.path() / "site"));
        write_bytes(folder_.path() / "lists.csv", lists());
        got(import_lists(*site_, folder_.path() / "lists.csv", Date::of(2017, 4, 1)));
        got(import_tariff(*site_, first_session / "tariff", FinancialYear(2017)));
        for (const auto& [set, file] :
             {std::pair(DataSet::admitted_care, "apc.csv"), {DataSet::outpatients, "op.csv"}}) {
            got(load(*site_, load_command(set, april, Extract::freeze, first_session / file),
                     no_progress));
        }
        got(close_month(*site_, april, no_progress));
    }

    // 1,200 women of 40 to 44 at each practice, and nobody else: rates are easy sums.
    static std::string lists() {
        std::string csv = "practice,age_band,sex,patients\n";
        for (const char* practice : {"X90001", "X90002"}) {
            csv += std::string(practice) + ",ALL,ALL,1200\n";
            for (int from = 0; from < 100; from += 5) {
                for (const char* sex : {"FEMALE", "MALE"}) {
                    const bool all = from == 40 && sex[0] == 'F';
                    const std::string band =
                        from == 95 ? "95+" : std::to_string(from) + "-" + std::to_string(from + 4);
                    csv += std::string(practice) + "," + band + "," + sex + "," +
                           (all ? "1200" : "0") + "\n";
                }
            }
        }
        return csv;
    }

    ImportReport import(const std::string& csv, const CountedOptions& options = {}) {
        const fs::path file = folder_.path() / "referrals.csv";
        write_bytes(file, csv);
        return got(import_referrals(*site_, {file}, april, options));
    }

    static std::string rows(int of_first, int of_second) {
        std::string csv = "referral_id,referral_date,practice,provider,specialty,age,sex\n";
        int next = 9'990'000;
        for (const auto& [practice, number] :
             {std::pair("X90001", of_first), std::pair("X90002", of_second)}) {
            for (int i = 0; i < number; ++i) {
                csv += std::to_string(++next) + ",2017-04-11," + practice + ",ZX1,110,42,2\n";
            }
        }
        return csv;
    }

    [[nodiscard]] PackStandardised referrals_of(const std::string& practice) const {
        const Pack pack =
            got(got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1))).of(practice));
        const auto found =
            std::ranges::find(pack.standardised, "referrals_made", &PackStandardised::code);
        return found == pack.standardised.end() ? PackStandardised{} : *found;
    }

    TemporaryFolder folder_;
    std::optional<Site> site_;
};

// 30 and 10 in a month of 1,200 patients each: 300 and 100 for 1,000 a year, 200 for all.
TEST_F(ReferralsStory, are_in_the_pack_for_a_thousand_patients_beside_all_practices) {
    EXPECT_TRUE(referrals_of("X90001").code.empty()) << "none is imported";
    const ImportReport report = import(rows(30, 10));
    EXPECT_EQ(report.says, "40 referrals from 40 of 40 rows, source purse_referrals");
    const PackStandardised first = referrals_of("X90001");
    ASSERT_TRUE(first.rate && first.commissioner);
    EXPECT_DOUBLE_EQ(*first.rate, 300);
    EXPECT_DOUBLE_EQ(*first.commissioner, 200);
    EXPECT_LT(first.rate_95->lower, 300);
    EXPECT_DOUBLE_EQ(*referrals_of("X90002").rate, 100);
}

TEST_F(ReferralsStory, the_same_file_changes_nothing_and_a_later_one_takes_its_place) {
    import(rows(30, 10));
    EXPECT_TRUE(import(rows(30, 10)).already_imported);
    EXPECT_FALSE(import(rows(12, 12)).already_imported);
    EXPECT_DOUBLE_EQ(*referrals_of("X90001").rate, 120);
    EXPECT_EQ(site_->decisions().referrals_of(1).at(0).count, 30) << "the earlier one is readable";
    import(rows(6, 0), {.layout = "", .source = "the private clinic"});
    EXPECT_DOUBLE_EQ(*referrals_of("X90001").rate, 180) << "another source stands beside it";
}

TEST_F(ReferralsStory, no_identifier_is_kept_anywhere_and_rejects_have_their_file) {
    const ImportReport report = import(rows(3, 0) +
                                       "9990001,2017-04-11,X90001,ZX1,110,42,2\n"
                                       "9990077,2017-04-11,,ZX1,110,42,2\n");
    EXPECT_EQ(report.parts.at(0).unread.size(), 2U);
    EXPECT_TRUE(verify(*site_).good());
    EXPECT_TRUE(verify(*site_).orphans.empty()) << "the register names the rejects";
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(site_->folder())) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        EXPECT_EQ(text.str().find("9990001"), std::string::npos) << entry.path();
        EXPECT_EQ(text.str().find("9990077"), std::string::npos) << entry.path();
        ++files;
    }
    EXPECT_GT(files, 5U);
}

TEST_F(ReferralsStory, a_file_of_another_month_is_refused_and_changes_nothing) {
    const fs::path file = folder_.path() / "referrals.csv";
    write_bytes(file, rows(3, 0));
    const auto refused = import_referrals(*site_, {file}, april + 1);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.problem().says.find("3 rows passed over: referred in another month"),
              std::string::npos);
    EXPECT_TRUE(site_->decisions().counted_extracts().empty());
}

// Who waits is priced at the averages of the first session's own records.
TEST_F(ReferralsStory, who_waits_is_told_in_the_pack_and_is_in_no_line_and_no_forecast) {
    const Pack before =
        got(got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1))).of("X90001"));
    EXPECT_FALSE(before.waiting);
    const MonthReports reports = got(open_month(*site_, april));
    Pence cost;
    std::int64_t records = 0;
    std::string specialty;
    for (const CubeRow& row : *reports.cube) {
        if (row.line != BudgetLine::outpatient_first || row.outcome != CostOutcome::priced)
            continue;
        if (specialty.empty()) specialty = row.treatment_function.text();
        if (row.treatment_function.text() != specialty || row.records == 0) continue;
        cost += row.full;
        records += row.records;
    }
    ASSERT_GT(records, 0);
    const fs::path file = folder_.path() / "waiting.csv";
    write_bytes(file,
                "practice,provider,treatment_function,waits_for,weeks_waiting,patients\n"
                "X90001,ZX1," +
                    specialty + ",outpatient,3," + std::to_string(records) +
                    "\nX90001,ZX1,999,admission,40,2\n");
    got(import_waiting_list(*site_, {file}, Date::of(2017, 4, 28)));
    const Pack made =
        got(got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1))).of("X90001"));
    ASSERT_TRUE(made.waiting);
    EXPECT_EQ(made.waiting->for_outpatients, records);
    EXPECT_EQ(made.waiting->for_admission, 2);
    EXPECT_EQ(made.waiting->weeks_18_and_more, 2);
    EXPECT_EQ(made.waiting->unpriced, 2) << "nobody was treated in 999";
    EXPECT_EQ(made.waiting->to_come, cost) << "as many as there were cost as much";
    EXPECT_EQ(made.statement.total.year_to_date.cost, before.statement.total.year_to_date.cost);
    EXPECT_NE(as_text(made).find("not added to a forecast"), std::string::npos);
    EXPECT_NE(as_json(made).find("\"weeks_18_and_more\":2"), std::string::npos);
    write_bytes(file,
                "practice,provider,treatment_function,waits_for,weeks_waiting\n"
                "X90001,ZX1,999,admission,40\n");
    got(import_waiting_list(*site_, {file}, Date::of(2017, 5, 31)));
    EXPECT_EQ(got(got(MonthPacks::gather(*site_, april, Date::of(2017, 6, 1))).of("X90001"))
                  .waiting->for_admission,
              2)
        << "a later list says nothing of April";
}

}  // namespace
}  // namespace purse::testing
