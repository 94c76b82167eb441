// The published organisation files, read as they are: every row is read, passed over with a reason,
// or unread with a reason, and the counts are those of the files' own description
// (data/organisations/README.md).
#include <gtest/gtest.h>

#include <algorithm>

#include "organisation/affiliation.hpp"
#include "organisation/organisation_file.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

OrganisationFile read(const char* name) {
    auto file = read_organisations(testing::shared_folder() / "data/organisations" / name);
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.problem().says);
    if (!file) return {};
    EXPECT_EQ(file->rows, file->rows_read() + file->rows_passed_over() + file->unread.size());
    return std::move(file).value();
}

TEST(PublishedOrganisations, epraccur_has_15536_rows_and_6859_active_general_practices) {
    PURSE_NEEDS_SHARED("data/organisations/epraccur_2022_12.csv");
    const auto file = read("epraccur_2022_12.csv");
    EXPECT_EQ(file.rows, 15'536u);
    EXPECT_EQ(file.rows_read(), 15'536u);
    EXPECT_EQ(std::ranges::count_if(file.practices,
                                    [](const Practice& practice) {
                                        return practice.status == 'A' &&
                                               practice.prescribing_setting == 4;
                                    }),
              6'859);
    EXPECT_EQ(file.memberships.size(), 15'364u) << "172 Welsh ones name no commissioner";
}

TEST(PublishedOrganisations, every_file_is_recognised_and_read_whole) {
    PURSE_NEEDS_SHARED("data/organisations");
    struct Case {
        const char* name;
        OrganisationKind kind;
        std::size_t rows, read;
    };
    using Kind = OrganisationKind;
    for (const Case& c :
         {Case{"etr_nhs_trusts_2022.csv", Kind::trusts, 218, 218},
          {"trust_list.csv", Kind::trusts, 228, 228},
          {"trust_mergers.csv", Kind::trust_mergers, 11, 11},
          {"pct_sha_2012.csv", Kind::pcts, 151, 151},
          {"pct_to_ccg_lookup.csv", Kind::pct_to_ccg, 237, 237},
          {"ccg_icb_code.csv", Kind::ccg_to_icb, 249, 248},
          {"epcn_pcn_details_2023.csv", Kind::networks, 1'329, 1'329},
          {"epcn_practice_to_pcn_2023.csv", Kind::network_memberships, 7'455, 7'455},
          {"gp_reg_pat_prac_map_2022_01.csv", Kind::practice_map, 6'527, 6'527},
          {"practice_closures_and_mergers_heec.csv", Kind::closures, 802, 322},
          {"practice_predecessors_2013_2022_sidhu.csv", Kind::predecessors, 8'073, 1'078}}) {
        const auto file = read(c.name);
        EXPECT_EQ(file.kind, c.kind) << c.name;
        EXPECT_EQ(file.rows, c.rows) << c.name;
        EXPECT_EQ(file.rows_read(), c.read) << c.name;
    }
}

TEST(PublishedOrganisations, what_is_not_read_is_named) {
    PURSE_NEEDS_SHARED("data/organisations");
    const auto icbs = read("ccg_icb_code.csv");
    ASSERT_EQ(icbs.unread.size(), 1u) << "one row has a name where the code should be";
    EXPECT_EQ(icbs.unread[0].column, "CCG Code");
    const auto predecessors = read("practice_predecessors_2013_2022_sidhu.csv");
    EXPECT_EQ(predecessors.rows_passed_over(), 6'987u) << "8,073 less the 1,086 of another code";
    EXPECT_EQ(predecessors.unread.size(), 8u) << "codes that kept a list of their own";
}

TEST(PublishedOrganisations, every_practice_of_one_commissioner_is_attributed_on_its_own_record) {
    PURSE_NEEDS_SHARED("data/organisations/epraccur_2022_12.csv");
    const auto file = read("epraccur_2022_12.csv");
    const auto successions = read("practice_predecessors_2013_2022_sidhu.csv").successions;
    AffiliationRules rules;
    rules.ours = {CommissionerCode("36L")};
    const Affiliations affiliations(rules, file.practices, file.memberships, successions);
    EXPECT_TRUE(affiliations.findings().empty());
    const Date day = Date::of(2022, 11, 1);
    const auto ours = affiliations.ours_on(day);
    EXPECT_EQ(ours.size(), 183u) << "counted from the file by another program";
    for (const PracticeCode practice : ours) {
        EXPECT_EQ(affiliations.account_of(practice, CommissionerCode("07Y"), day), practice);
    }
}

TEST(PublishedOrganisations, mergers_published_by_name_are_resolved_where_one_practice_has_it) {
    PURSE_NEEDS_SHARED("data/organisations/epraccur_2022_12.csv");
    const auto practices = read("epraccur_2022_12.csv").practices;
    const auto mergers = read("practice_closures_and_mergers_heec.csv").named_mergers;
    const auto out = resolved(mergers, practices);
    EXPECT_EQ(out.successions.size() + out.unresolved.size(), mergers.size());
    EXPECT_EQ(out.successions.size(), 117u) << "counted from the files by another program";
}

}  // namespace
}  // namespace purse
