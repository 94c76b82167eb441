#include "register/organisations.hpp"

#include <gtest/gtest.h>

#include "organisation/affiliation.hpp"
#include "register/backends_test.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

class OrganisationsOn : public testing::OnEachBackend {};

NewImport import_of(ImportKind kind, const std::string& digest) {
    return {.kind = kind, .file_name = digest + ".csv", .digest = digest, .rows = 1};
}

Date on(const char* text) { return parse_date(text).value(); }

Practice practice_of(const std::string& code, const std::string& name) {
    return {.code = PracticeCode(code), .name = name};
}

TEST_P(OrganisationsOn, are_read_back_whole_and_in_order) {
    auto one = made();
    OrganisationFile file;
    file.practices = {practice_of("B1", "Second"),
                      {.code = PracticeCode("A81001"),
                       .name = "The Densham Surgery, \"O'Neil\"",
                       .open = on("1974-04-01"),
                       .close = on("2019-03-31"),
                       .status = 'C',
                       .prescribing_setting = 4,
                       .postcode = "TS18 1HU"}};
    file.providers = {{ProviderCode("RVR"), "Epsom", on("1999-04-01"), std::nullopt, "SM5 1AA"}};
    file.commissioners = {{CommissionerCode("08R"), "Merton", "Q71"}};
    file.networks = {
        {NetworkCode("U12345"), "North", on("2019-07-01"), std::nullopt, CommissionerCode("08R")}};
    file.memberships = {
        {PracticeCode("A81001"), MembershipKind::network, "U12345", {on("2019-07-01"), {}}},
        {PracticeCode("A81001"), MembershipKind::commissioner, "08R", {{}, on("2019-03-31")}}};
    file.successions = {{PracticeCode("A81001"), PracticeCode("B1"), on("2019-04-01")}};
    file.named_mergers = {{PracticeCode("C1"), "Second"}, {PracticeCode("C2"), ""}};
    file.provider_successions = {{ProviderCode("RA1"), ProviderCode("RVR"), on("1999-04-01")}};
    file.commissioner_successions = {{CommissionerCode("5M6"), CommissionerCode("08R"), "97.5"}};
    ASSERT_FALSE(one.import_organisations(import_of(ImportKind::organisations, "f1"), file)
                     ->already_imported);

    const Organisations all = one.organisations();
    ASSERT_EQ(all.practices.size(), 2U);
    const Practice& densham = all.practices[0];
    EXPECT_EQ(densham.code, PracticeCode("A81001"));
    EXPECT_EQ(densham.name, "The Densham Surgery, \"O'Neil\"");
    EXPECT_EQ(densham.open, on("1974-04-01"));
    EXPECT_EQ(densham.close, on("2019-03-31"));
    EXPECT_EQ(densham.status, 'C');
    EXPECT_EQ(densham.prescribing_setting, 4);
    EXPECT_EQ(densham.postcode, "TS18 1HU");
    EXPECT_EQ(all.practices[1].status, ' ');
    EXPECT_EQ(all.practices[1].prescribing_setting, std::nullopt);
    ASSERT_EQ(all.providers.size(), 1U);
    EXPECT_EQ(all.providers[0].open, on("1999-04-01"));
    EXPECT_EQ(all.commissioners.at(0).parent, "Q71");
    EXPECT_EQ(all.networks.at(0).commissioner, CommissionerCode("08R"));
    ASSERT_EQ(all.memberships.size(), 2U);
    EXPECT_EQ(all.memberships[0].kind, MembershipKind::commissioner);
    EXPECT_EQ(all.memberships[0].period, (Period{{}, on("2019-03-31")}));
    EXPECT_EQ(all.memberships[1].parent, "U12345");
    EXPECT_EQ(all.successions.at(0).from, on("2019-04-01"));
    EXPECT_EQ(all.named_mergers.at(0).successor_name, "Second");
    EXPECT_EQ(all.provider_successions.at(0).successor, ProviderCode("RVR"));
    EXPECT_EQ(all.commissioner_successions.at(0).percent, "97.5");
}

TEST_P(OrganisationsOn, a_later_file_replaces_rows_and_a_partial_one_only_adds) {
    auto one = made();
    OrganisationFile first;
    first.practices = {{.code = PracticeCode("A1"),
                        .name = "Old name",
                        .open = on("2000-01-01"),
                        .close = on("2017-01-31"),
                        .status = 'C',
                        .prescribing_setting = 4,
                        .postcode = "AB1"}};
    first.memberships = {
        {PracticeCode("A1"), MembershipKind::commissioner, "08R", {on("2013-04-01"), {}}}};
    const auto import = [&](const char* digest, const OrganisationFile& file) {
        return one.import_organisations(import_of(ImportKind::organisations, digest), file).ok();
    };
    ASSERT_TRUE(import("f1", first));
    OrganisationFile names_only;
    names_only.practices = {practice_of("A1", "New name")};
    ASSERT_TRUE(import("f2", names_only));
    const auto after_names = one.organisations().practices.at(0);
    EXPECT_EQ(after_names.name, "New name");
    EXPECT_EQ(after_names.close, on("2017-01-31"));
    EXPECT_EQ(after_names.status, 'C');

    OrganisationFile reopened;
    reopened.practices = {{.code = PracticeCode("A1"), .name = "New name", .status = 'A'}};
    reopened.memberships = {
        {PracticeCode("A1"),
         MembershipKind::commissioner,
         "08R",
         {on("2013-04-01"), on("2018-03-31")}},
        {PracticeCode("A1"), MembershipKind::commissioner, "99M", {on("2018-04-01"), {}}}};
    ASSERT_TRUE(import("f3", reopened));
    const auto all = one.organisations();
    ASSERT_EQ(all.practices.size(), 1U);
    EXPECT_EQ(all.practices[0].close, std::nullopt);
    EXPECT_EQ(all.practices[0].open, std::nullopt);
    ASSERT_EQ(all.memberships.size(), 2U);
    EXPECT_EQ(all.memberships[0].period.to, on("2018-03-31"));
    EXPECT_EQ(all.memberships[1].parent, "99M");

    // The first file again changes nothing, and says so.
    EXPECT_TRUE(one.import_organisations(import_of(ImportKind::organisations, "f1"), first)
                    ->already_imported);
    EXPECT_EQ(one.organisations().practices[0].status, 'A');
}

TEST_P(OrganisationsOn, of_two_rows_of_one_code_in_a_file_the_later_counts) {
    auto one = made();
    OrganisationFile file;
    file.practices = {practice_of("A1", "First"), practice_of("A1", "Second")};
    ASSERT_TRUE(one.import_organisations(import_of(ImportKind::organisations, "f1"), file).ok());
    ASSERT_EQ(one.organisations().practices.size(), 1U);
    EXPECT_EQ(one.organisations().practices[0].name, "Second");
}

TEST_P(OrganisationsOn, the_published_registers_come_back_as_they_were_read) {
    PURSE_NEEDS_SHARED("data/organisations/epraccur_2022_12.csv");
    auto one = made();
    const auto read =
        read_organisations(testing::shared_folder() / "data/organisations/epraccur_2022_12.csv");
    ASSERT_TRUE(read.ok()) << read.problem().says;
    ASSERT_TRUE(
        one.import_organisations(import_of(ImportKind::organisations, "epraccur"), *read).ok());
    const auto all = one.organisations();
    std::map<PracticeCode, Practice> published;
    for (const Practice& practice : read->practices) published[practice.code] = practice;
    ASSERT_EQ(all.practices.size(), published.size());
    for (const Practice& practice : all.practices) {
        const Practice& expected = published.at(practice.code);
        EXPECT_EQ(practice.name, expected.name);
        EXPECT_EQ(practice.open, expected.open);
        EXPECT_EQ(practice.close, expected.close);
        EXPECT_EQ(practice.status, expected.status);
        EXPECT_EQ(practice.prescribing_setting, expected.prescribing_setting);
        EXPECT_EQ(practice.postcode, expected.postcode);
    }
    EXPECT_GT(all.practices.size(), 10'000U);
}

ListSize size_of(const std::string& practice, char sex, AgeBand ages, std::int64_t patients,
                 const char* day = "2017-04-01") {
    return {PracticeCode(practice), on(day), sex, ages, Patients(patients)};
}

TEST_P(OrganisationsOn, lists_are_read_back_and_a_later_file_of_the_day_replaces_them) {
    auto one = made();
    ListFile april;
    april.sizes = {size_of("A2", 'M', {0, 4}, 10), size_of("A1", 'A', {}, 5000),
                   size_of("A1", 'F', {95, oldest_age}, 7)};
    april.weighted = {
        {PracticeCode("A1"), on("2017-04-01"), Patients::from_thousandths(4'095'250)}};
    ASSERT_TRUE(one.import_lists(import_of(ImportKind::lists, "l1"), april).ok());
    EXPECT_TRUE(one.import_lists(import_of(ImportKind::lists, "l1"), april)->already_imported);
    ListFile corrected;
    corrected.sizes = {size_of("A1", 'A', {}, 5001), size_of("A1", 'A', {}, 6000, "2017-07-01")};
    ASSERT_TRUE(one.import_lists(import_of(ImportKind::lists, "l2"), corrected).ok());

    const auto known = one.lists();
    ASSERT_EQ(known.sizes.size(), 4U);
    EXPECT_EQ(known.sizes[0].patients, Patients(5001));
    EXPECT_EQ(known.sizes[0].ages, AgeBand());
    EXPECT_EQ(known.sizes[1].ages, (AgeBand{95, oldest_age}));
    EXPECT_EQ(known.sizes[1].sex, 'F');
    EXPECT_EQ(known.sizes[2].as_at, on("2017-07-01"));
    EXPECT_EQ(known.sizes[3].practice, PracticeCode("A2"));
    ASSERT_EQ(known.weighted.size(), 1U);
    EXPECT_EQ(known.weighted[0].patients.thousandths(), 4'095'250);
    const Lists lists(known.sizes, known.weighted);
    EXPECT_EQ(lists.total(PracticeCode("A1"), on("2017-06-30")), Patients(5001));
}

PURSE_ON_EACH_BACKEND(OrganisationsOn);

}  // namespace
}  // namespace purse
