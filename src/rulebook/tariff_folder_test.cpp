#include "rulebook/tariff_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "rulebook/tariff_files.hpp"

namespace purse {
namespace {

Tariff small_tariff() {
    Tariff tariff;
    tariff.year = FinancialYear(2017);
    tariff.label = "a \"small\" tariff, made up";
    tariff.source_file = "small.xlsx";
    tariff.sheets = {"Front, page", "1a APC & OPROC"};
    AdmittedPrice heart;
    heart.name = "Heart failure, with \"CC\"\nand more";
    heart.combined = pounds(2242);
    heart.non_elective = Pence(211'905);
    heart.elective_trim_days = 21;
    heart.short_stay_applies = true;
    heart.short_stay_share = Factor(300'000);
    heart.short_stay_emergency = pounds(636);
    heart.source = {1, 1204};
    tariff.admitted.emplace(Hrg("EB03D"), heart);
    tariff.market_forces.emplace(ProviderCode("RRV"),
                                 MarketForcesFactor{"UCLH", Factor(1'297'607), {1, 9}});
    BestPracticePrice pain;
    pain.hrg = Hrg("FZ90B");
    pain.section = "Same day emergency care";
    pain.published_flag = "BP61";
    pain.non_elective = pounds(698);
    pain.most_stay_days = 0;
    pain.emergency_only = pain.automated = true;
    tariff.best_practice = {pain};
    tariff.unbundled.emplace(Hrg("RD01A"),
                             UnbundledPrice{"MRI", UnbundledKind::imaging, std::nullopt, {1, 13}});
    tariff.top_up_flags.push_back({"NCBPS23B", "Cardiac", Factor(890'196), {1, 29}});
    tariff.non_face_to_face = pounds(23);
    return tariff;
}

class TariffFolder : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::path(::testing::TempDir()) /
                  (std::string("purse_folder_") +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string text_of(const char* file) {
        std::ifstream in(folder_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    // Writes the small tariff with one text of a file put in place of another.
    void write_with(const char* file, const std::string& from, const std::string& to) {
        write_tariff_folder(small_tariff(), folder_);
        std::string text = text_of(file);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << text;
        text.replace(at, from.size(), to);
        std::ofstream(folder_ / file, std::ios::binary) << text;
    }
    void expect_refused(const std::string& says) {
        const auto read = read_tariff_folder(folder_, FinancialYear(2017));
        ASSERT_FALSE(read);
        EXPECT_NE(read.problem().says.find(says), std::string::npos) << read.problem().says;
    }

    std::filesystem::path folder_;
};

TEST_F(TariffFolder, GivesBackWhatWasWrittenAndTheSameBytes) {
    const auto version = write_tariff_folder(small_tariff(), folder_);
    const auto read = read_tariff_folder(folder_, FinancialYear(2017));
    ASSERT_TRUE(read) << read.problem().says;
    EXPECT_EQ(read->tariff.version, version);
    EXPECT_EQ(canonical_tables(read->tariff), canonical_tables(small_tariff()));
    const auto& heart = read->tariff.admitted.at(Hrg("EB03D"));
    EXPECT_EQ(heart.name, small_tariff().admitted.begin()->second.name);
    EXPECT_EQ(heart.non_elective, Pence(211'905));
    EXPECT_EQ(heart.day_case, std::nullopt);
    EXPECT_EQ(place_of(read->tariff, heart.source), "sheet '1a APC & OPROC' row 1204");
    EXPECT_EQ(read->tariff.best_practice.at(0).most_stay_days, 0);
    EXPECT_EQ(read->tariff.non_face_to_face, pounds(23));
    EXPECT_EQ(read->sheets.size(), 14U);
}

TEST_F(TariffFolder, AnotherPriceIsAnotherVersionAnotherLabelIsNot) {
    const auto version = version_of(small_tariff());
    auto renamed = small_tariff();
    renamed.label = "the same prices from another file";
    renamed.source_file = "copy.xlsx";
    EXPECT_EQ(version_of(renamed), version);
    auto dearer = small_tariff();
    dearer.admitted.begin()->second.combined = Pence(224'201);
    EXPECT_NE(version_of(dearer), version);
    auto later = small_tariff();
    later.year = FinancialYear(2018);
    EXPECT_NE(version_of(later), version);
}

TEST_F(TariffFolder, NamesFileLineColumnAndValueOfABadPrice) {
    write_with("admitted_care.csv", "2242.00", "2,242 pounds");
    const auto read = read_tariff_folder(folder_, FinancialYear(2017));
    ASSERT_FALSE(read);
    for (const char* part : {"admitted_care.csv", "line 2"})
        EXPECT_NE(read.problem().says.find(part), std::string::npos) << read.problem().says;
}

TEST_F(TariffFolder, RefusesValuesThatAreNoneOfTheirColumn) {
    write_with("best_practice.csv", ",yes,", ",perhaps,");
    expect_refused("'perhaps' is not yes or no");
    write_with("unbundled.csv", "imaging", "magic");
    expect_refused("'magic' is not imaging");
    write_with("market_forces.csv", "1.297607", "-1.3");
    expect_refused("'-1.3' is not a factor");
    write_with("market_forces.csv", "RRV", "ninelettr");
    expect_refused("'ninelettr' is not a code");
    write_with("admitted_care.csv", "1a APC & OPROC", "1z");
    expect_refused("a sheet that sheets.csv lists");
}

TEST_F(TariffFolder, RefusesAMissingColumnAndATwiceGivenCode) {
    write_with("unbundled.csv", "price_pounds", "price_dollars");
    expect_refused("price_pounds");
    write_tariff_folder(small_tariff(), folder_);
    std::ofstream(folder_ / "market_forces.csv", std::ios::app | std::ios::binary)
        << "RRV,UCLH,1.2,1a APC & OPROC,9\n";
    expect_refused("here once only");
}

TEST_F(TariffFolder, RefusesAnotherYearAndAMissingFolder) {
    write_tariff_folder(small_tariff(), folder_);
    const auto other = read_tariff_folder(folder_, FinancialYear(2016));
    ASSERT_FALSE(other);
    EXPECT_NE(other.problem().says.find("2017/18"), std::string::npos);
    const auto none = read_tariff_folder(folder_ / "none", FinancialYear(2017));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.problem().kind, ProblemKind::not_found);
    std::filesystem::remove(folder_ / "top_up_flags.csv");
    EXPECT_FALSE(read_tariff_folder(folder_, FinancialYear(2017)));
}

TEST_F(TariffFolder, ReadsMarketForcesFactorsOfTheSite) {
    std::filesystem::create_directories(folder_);
    const auto file = folder_ / "factors.csv";
    std::ofstream(file) << "provider,factor,source\nR0A,1.060912,merger of RM2 and RW3\n";
    const auto read = read_local_market_forces(file);
    ASSERT_TRUE(read) << read.problem().says;
    ASSERT_EQ(read->size(), 1U);
    EXPECT_EQ(read->front().first, ProviderCode("R0A"));
    EXPECT_EQ(read->front().second.factor, Factor(1'060'912));
    EXPECT_EQ(read->front().second.name, "merger of RM2 and RW3");
    std::ofstream(file) << "provider,factor,source\nR0A,dear,x\n";
    EXPECT_FALSE(read_local_market_forces(file));
}

}  // namespace
}  // namespace purse
