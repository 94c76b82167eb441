// The national price workbooks as this program reads them, against tables that others parsed from
// the same workbooks: every price, both ways.
#include <gtest/gtest.h>

#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "support/national_tariffs.hpp"
#include "tables/delimited.hpp"

namespace purse {
namespace {

using testing::tariff;
using testing::tariff_folder;
using testing::tariff_read;
using testing::workbook_2016;
using testing::workbook_2017;

// Calls `row` with each row of a parsed table, cells by heading.
using Cell = std::function<std::string(const char*)>;
std::size_t each_row(const std::string& file, const std::function<void(const Cell&)>& row) {
    const auto table = read_table(tariff_folder() / "csv" / file).value();
    for (const auto& line : table.rows)
        row([&](const char* heading) { return line.cells[table.column(heading).value()]; });
    return table.rows.size();
}

std::optional<Pence> price(const std::string& text) {
    if (text.empty() || text == "-") return std::nullopt;
    return Pence(divided(parse_factor(text).value().millionths(), 10'000, Rounding::half_up));
}

std::optional<int> days(const std::string& text) {
    if (text.empty() || text == "-") return std::nullopt;
    return std::stoi(text);
}

std::string text_of(int year) { return to_text(FinancialYear(year)); }

// 2017/19 in the parsed tables stands for both years of the second workbook.
bool is_of(const std::string& cell, int year) {
    return cell == text_of(year) || (cell == "2017/19" && year >= 2017);
}

class Workbooks : public ::testing::TestWithParam<int> {
  protected:
    void SetUp() override { PURSE_NEEDS_SHARED("data/tariff/raw"); }
};

INSTANTIATE_TEST_SUITE_P(Years, Workbooks, ::testing::Values(2016, 2017, 2018));

TEST_P(Workbooks, GiveEveryAdmittedPrice) {
    const int year = GetParam();
    const auto file =
        "apc_hrg_tariff_" + std::to_string(year) + "_" + std::to_string((year + 1) % 100) + ".csv";
    if (!std::filesystem::exists(tariff_folder() / "csv" / file)) {
        // Nobody parsed 2018/19: two rows printed a second time on its best practice sheet.
        const auto& heart = tariff(year).admitted.at(Hrg("EB03D"));
        EXPECT_EQ(heart.non_elective, pounds(2127));
        EXPECT_EQ(heart.short_stay_emergency, pounds(638));
        EXPECT_EQ(tariff(year).admitted.size(), 2303U + 36U);
        return;
    }
    std::size_t compared = 0;
    each_row(file, [&](const Cell& cell) {
        const auto at = tariff(year).admitted.find(Hrg(cell("hrg_code")));
        ASSERT_NE(at, tariff(year).admitted.end()) << cell("hrg_code");
        const AdmittedPrice& read = at->second;
        EXPECT_EQ(read.outpatient_procedure, price(cell("outpatient_procedure_tariff")));
        EXPECT_EQ(read.combined, price(cell("combined_daycase_elective_tariff")));
        EXPECT_EQ(read.day_case, price(cell("daycase_tariff")));
        EXPECT_EQ(read.elective, price(cell("ordinary_elective_tariff")));
        EXPECT_EQ(read.elective_trim_days, days(cell("elective_trim_point_days")));
        EXPECT_EQ(read.non_elective, price(cell("non_elective_tariff")));
        EXPECT_EQ(read.non_elective_trim_days, days(cell("non_elective_trim_point_days")));
        EXPECT_EQ(read.long_stay_per_day, price(cell("per_day_long_stay_payment")));
        EXPECT_EQ(read.short_stay_applies,
                  cell("reduced_short_stay_emergency_applicable") == "Yes");
        EXPECT_EQ(read.short_stay_emergency, price(cell("reduced_short_stay_emergency_tariff")));
        EXPECT_FALSE(read.from_maternity_sheet);
        ++compared;
    });
    std::size_t from_main = 0;
    for (const auto& [hrg, read] : tariff(year).admitted) from_main += !read.from_maternity_sheet;
    EXPECT_EQ(compared, from_main);
    EXPECT_EQ(from_main, year == 2016 ? 1283U : 2303U);
}

TEST_P(Workbooks, GiveEveryAttendancePrice) {
    std::size_t compared = 0;
    each_row("outpatient_attendance_tariff.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        const auto& read =
            tariff(GetParam()).attendances.at(TreatmentFunction(cell("treatment_function_code")));
        EXPECT_EQ(read.first_single, price(cell("first_single_professional_WF01B")));
        EXPECT_EQ(read.first_multi, price(cell("first_multi_professional_WF02B")));
        EXPECT_EQ(read.follow_up_single, price(cell("followup_single_professional_WF01A")));
        EXPECT_EQ(read.follow_up_multi, price(cell("followup_multi_professional_WF02A")));
        ++compared;
    });
    EXPECT_EQ(compared, 56U);
    EXPECT_EQ(tariff(GetParam()).attendances.size(), compared);
}

TEST_P(Workbooks, GiveEveryEmergencyPrice) {
    std::size_t compared = 0;
    each_row("ae_tariff.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        const auto& read = tariff(GetParam()).emergency.at(Hrg(cell("hrg_code")));
        EXPECT_EQ(read.type_1_and_2, price(cell("type_1_and_2_tariff")));
        EXPECT_EQ(read.type_3, price(cell("type_3_tariff")));
        ++compared;
    });
    // 2016/17 prices VB99Z by a note that the parsed table leaves out.
    EXPECT_EQ(compared, GetParam() == 2016 ? 11U : 12U);
    EXPECT_EQ(tariff(GetParam()).emergency.size(), 12U);
}

TEST_P(Workbooks, GiveEveryUnbundledAndDirectAccessPrice) {
    std::size_t unbundled = 0;
    each_row("unbundled_services_tariff.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        EXPECT_EQ(tariff(GetParam()).unbundled.at(Hrg(cell("hrg_code"))).price,
                  price(cell("tariff")))
            << cell("hrg_code");
        ++unbundled;
    });
    EXPECT_EQ(tariff(GetParam()).unbundled.size(), unbundled);
    EXPECT_GT(unbundled, 60U);
    std::size_t direct = 0;
    each_row("direct_access_hrg_tariff.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        EXPECT_EQ(tariff(GetParam()).direct_access.at(Hrg(cell("hrg_code"))).price,
                  price(cell("tariff")));
        ++direct;
    });
    EXPECT_EQ(direct, 4U);
    EXPECT_EQ(tariff(GetParam()).direct_access.size(), direct);
}

TEST_P(Workbooks, GiveEveryMarketForcesFactor) {
    std::size_t compared = 0;
    each_row("mff_payment_index.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        EXPECT_EQ(tariff(GetParam()).market_forces.at(ProviderCode(cell("provider_code"))).factor,
                  parse_factor(cell("mff_payment_index")).value())
            << cell("provider_code");
        ++compared;
    });
    EXPECT_GT(compared, 200U);
    EXPECT_EQ(tariff(GetParam()).market_forces.size(), compared);
    EXPECT_EQ(tariff(GetParam()).market_forces.at(ProviderCode("RJ8")).factor, Factor(1'000'000));
    EXPECT_EQ(tariff(GetParam()).market_forces.at(ProviderCode("RRV")).factor, Factor(1'297'607));
}

TEST_P(Workbooks, GiveWhatHasNoNationalPrice) {
    std::size_t hrgs = 0;
    each_row("hrg_no_national_price.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        const auto& read = tariff(GetParam()).no_national_price.at(Hrg(cell("hrg_code")));
        EXPECT_EQ(read.unbundled, cell("core_or_unbundled") == "U") << cell("hrg_code");
        EXPECT_EQ(read.all_settings, cell("no_national_price_all_settings") == "Y");
        ++hrgs;
    });
    EXPECT_EQ(tariff(GetParam()).no_national_price.size(), hrgs);
    EXPECT_GT(hrgs, 250U);
    std::size_t functions = 0;
    each_row("tfc_no_national_price.csv", [&](const Cell& cell) {
        if (!is_of(cell("tariff_year"), GetParam())) return;
        EXPECT_TRUE(tariff(GetParam())
                        .functions_without_price.contains(
                            TreatmentFunction(cell("treatment_function_code"))));
        ++functions;
    });
    EXPECT_EQ(functions, 99U);
    EXPECT_EQ(tariff(GetParam()).functions_without_price.size(), functions);
}

TEST_P(Workbooks, ReportEverySheetAndLoseNoPricedRowSilently) {
    const auto& read = tariff_read(GetParam());
    EXPECT_EQ(read.sheets.size(), GetParam() == 2016 ? 27U : 32U);
    EXPECT_EQ(read.sheets.size(), read.tariff.sheets.size());
    for (const auto& sheet : read.sheets) {
        EXPECT_FALSE(sheet.holds.empty()) << sheet.sheet;
        const bool needed = !sheet.holds.starts_with("not needed");
        EXPECT_EQ(sheet.rows_read > 0, needed) << sheet.sheet;
        for (const auto& row : sheet.unread) EXPECT_FALSE(row.reason.empty());
        if (sheet.holds == "admitted care and outpatient procedures") {
            EXPECT_TRUE(sheet.unread.empty()) << sheet.sheet;
        }
    }
}

TEST_P(Workbooks, PromiseThatShortStaysAndExcessDaysNeverMeet) {
    for (const auto& [hrg, read] : tariff(GetParam()).admitted)
        for (const auto& trim : {read.elective_trim_days, read.non_elective_trim_days})
            EXPECT_GE(trim.value_or(5), 5) << hrg.text();
}

TEST_P(Workbooks, ComeBackFromTheFolderUnchanged) {
    const auto folder = std::filesystem::path(::testing::TempDir()) /
                        ("purse_tariff_" + std::to_string(GetParam()));
    std::filesystem::remove_all(folder);
    const auto& first = tariff(GetParam());
    EXPECT_EQ(write_tariff_folder(first, folder), first.version);
    const auto again = read_tariff_folder(folder, FinancialYear(GetParam()));
    ASSERT_TRUE(again) << again.problem().says;
    EXPECT_EQ(again->tariff.version, first.version);
    EXPECT_EQ(again->tariff.label, first.label);
    EXPECT_EQ(again->tariff.admitted.size(), first.admitted.size());
    const auto& one = again->tariff.admitted.begin()->second;
    EXPECT_EQ(place_of(again->tariff, one.source),
              place_of(first, first.admitted.begin()->second.source));
    std::filesystem::remove_all(folder);
}

struct Bands {
    int year;
    std::map<std::int64_t, int> hrgs_by_share;  // millionths
    int not_applicable;
};

TEST(PublishedPrices, KeepTheCountsOfShortStayBands) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const Bands all[] = {
        {2016, {{1'000'000, 56}, {650'000, 23}, {400'000, 54}, {300'000, 190}}, 960},
        {2017, {{750'000, 47}, {500'000, 96}, {300'000, 549}}, 1611},
        {2018, {{750'000, 47}, {500'000, 96}, {300'000, 549}}, 1611}};
    for (const auto& bands : all) {
        std::map<std::int64_t, int> counted;
        int not_applicable = 0;
        for (const auto& [hrg, read] : tariff(bands.year).admitted) {
            if (read.from_maternity_sheet) continue;
            if (read.short_stay_applies)
                ++counted[read.short_stay_share.value().millionths()];
            else
                ++not_applicable;
        }
        EXPECT_EQ(counted, bands.hrgs_by_share) << bands.year;
        EXPECT_EQ(not_applicable, bands.not_applicable) << bands.year;
    }
}

TEST(PublishedPrices, AreThoseOfTheWorkedRows) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto& heart = tariff(2017).admitted.at(Hrg("EB03D"));
    EXPECT_EQ(heart.combined, pounds(2242));
    EXPECT_EQ(heart.elective_trim_days, 21);
    EXPECT_EQ(heart.non_elective, pounds(2119));
    EXPECT_EQ(heart.non_elective_trim_days, 21);
    EXPECT_EQ(heart.long_stay_per_day, pounds(229));
    EXPECT_EQ(heart.short_stay_emergency, pounds(636));
    const auto& pneumonia = tariff(2017).admitted.at(Hrg("DZ11K"));
    EXPECT_EQ(pneumonia.non_elective, pounds(7846));
    EXPECT_EQ(pneumonia.non_elective_trim_days, 92);
    EXPECT_EQ(pneumonia.short_stay_emergency, pounds(2354));
    EXPECT_EQ(tariff(2017).admitted.at(Hrg("BZ34C")).combined, pounds(667));
    EXPECT_EQ(tariff(2017).admitted.at(Hrg("BZ34C")).non_elective, pounds(884));
    EXPECT_EQ(tariff(2017).admitted.at(Hrg("HN12F")).combined, pounds(5431));
    EXPECT_EQ(tariff(2017).admitted.at(Hrg("FZ51Z")).outpatient_procedure, pounds(403));
    const auto& copd = tariff(2016).admitted.at(Hrg("DZ21H"));
    EXPECT_EQ(copd.non_elective, pounds(2768));
    EXPECT_EQ(copd.non_elective_trim_days, 23);
    EXPECT_EQ(copd.long_stay_per_day, pounds(187));
    EXPECT_EQ(copd.short_stay_emergency, pounds(831));
}

TEST(PublishedPrices, OfAccidentAndEmergencyFollowTheTable) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const std::map<int, std::vector<int>> table = {
        {2016, {246, 232, 197, 174, 150, 105, 132, 119, 83, 58, 57, 83, 57}},
        {2017, {322, 293, 212, 192, 161, 113, 141, 130, 91, 82, 63, 91, 63}},
        {2018, {328, 299, 216, 196, 164, 115, 144, 133, 93, 82, 63, 93, 63}}};
    for (const auto& [year, row] : table) {
        std::size_t place = 0;
        for (const auto& [hrg, read] : tariff(year).emergency) {
            EXPECT_EQ(read.type_1_and_2, pounds(row[place++])) << year << " " << hrg.text();
            EXPECT_EQ(read.type_3, pounds(row.back()));
        }
        EXPECT_EQ(place + 1, row.size());
    }
}

TEST(PublishedPrices, OfAttendancesFollowTheTable) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto check = [](int year, const char* function, std::vector<int> row) {
        const auto& read = tariff(year).attendances.at(TreatmentFunction(function));
        EXPECT_EQ(read.first_single, pounds(row[0])) << year << " " << function;
        EXPECT_EQ(read.first_multi, pounds(row[1]));
        EXPECT_EQ(read.follow_up_single, pounds(row[2]));
        EXPECT_EQ(read.follow_up_multi, pounds(row[3]));
    };
    check(2016, "100", {144, 224, 89, 128});
    check(2016, "110", {129, 131, 77, 86});
    check(2016, "330", {107, 123, 70, 77});
    check(2017, "100", {163, 206, 70, 104});
    check(2017, "110", {151, 152, 59, 60});
    EXPECT_EQ(tariff(2016).non_face_to_face, pounds(23));
    EXPECT_EQ(tariff(2017).non_face_to_face, std::nullopt);
}

TEST(PublishedPrices, OfDeliveriesStandOnTheMaternitySheets) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const std::map<int, std::size_t> deliveries = {{2016, 19}, {2017, 36}, {2018, 36}};
    for (const auto& [year, count] : deliveries) {
        std::size_t counted = 0;
        for (const auto& [hrg, read] : tariff(year).admitted) counted += read.from_maternity_sheet;
        EXPECT_EQ(counted, count) << year;
    }
    const auto& normal = tariff(2017).admitted.at(Hrg("NZ30C"));
    EXPECT_EQ(normal.non_elective, pounds(1819));
    EXPECT_EQ(normal.non_elective_trim_days, 6);
    EXPECT_EQ(normal.long_stay_per_day, pounds(347));
    EXPECT_EQ(tariff(2016).admitted.at(Hrg("NZ11A")).combined, pounds(2582));
}

TEST(PublishedTopUps, Of2016And17AreThoseOfTheParsedTables) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto& read = tariff(2016);
    ASSERT_EQ(read.top_up_services.size(), 5U);
    std::size_t place = 0;
    each_row("specialised_topup_rates_2016_17.csv", [&](const Cell& cell) {
        EXPECT_EQ(read.top_up_services[place].service_id, cell("service_id"));
        EXPECT_EQ(read.top_up_services[place++].rate, parse_factor(cell("top_up")).value());
    });
    place = 0;
    each_row("specialised_topup_codes_2016_17.csv", [&](const Cell& cell) {
        ASSERT_LT(place, read.top_up_codes.size());
        const auto& code = read.top_up_codes[place++];
        EXPECT_EQ(code.code, cell("code"));
        EXPECT_EQ(code.is_procedure, cell("code_type") == "OPCS");
        EXPECT_EQ(code.service_id, cell("specialised_service_id"));
        EXPECT_EQ(code.age_criteria, cell("age_criteria"));
    });
    EXPECT_EQ(place, read.top_up_codes.size());
    EXPECT_EQ(place, 7643U);
    const std::map<std::string, std::vector<std::string>> services = {
        {"specialised children's top-up", {"91", "93"}},
        {"spinal specialist top-up", {"6"}},
        {"neurosciences specialist top-up", {"8"}}};
    std::set<std::pair<std::string, std::string>> listed;
    for (const auto& provider : read.top_up_providers)
        listed.emplace(provider.service_id, provider.provider.text());
    std::size_t expected = 0;
    each_row("specialised_topup_providers_2016_17.csv", [&](const Cell& cell) {
        for (const auto& service : services.at(cell("topup"))) {
            EXPECT_TRUE(listed.contains({service, cell("provider_code")})) << cell("topup");
            ++expected;
        }
    });
    EXPECT_EQ(listed.size(), expected);
}

TEST(PublishedTopUps, Of2017To2019GoByFlag) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    EXPECT_TRUE(tariff(2017).top_up_codes.empty());
    ASSERT_EQ(tariff(2017).top_up_flags.size(), 32U);
    std::map<std::string, Factor> rates;
    for (const auto& flag : tariff(2017).top_up_flags) rates.emplace(flag.flag, flag.rate);
    EXPECT_EQ(rates.at("NCBPS01L"), Factor(412'383));  // 41.2383296166133 %
    EXPECT_EQ(rates.at("NCBPS23B"), Factor(890'196));  // 89.0195840297079 %
    EXPECT_EQ(rates.at("NCBPS06Z"), Factor(332'485));  // 33.2484774135338 %
    EXPECT_EQ(rates.at("NCBPS34A"), Factor(428'171));  // 42.8171287674147 %
}

TEST(NationalWorkbooks, AreReadInWellUnderASecond) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto before = std::clock();
    for (const int year : {2016, 2017})
        ASSERT_TRUE(read_tariff_workbook(
            tariff_folder() / "raw" / (year == 2016 ? workbook_2016 : workbook_2017),
            FinancialYear(year)));
    const auto seconds =
        static_cast<double>(std::clock() - before) / static_cast<double>(CLOCKS_PER_SEC);
    RecordProperty("processor_milliseconds", static_cast<int>(seconds * 1000));
    std::cerr << "both workbooks: " << seconds << " s of processor time\n";
#ifdef NDEBUG
    EXPECT_LT(seconds, 1.0);
#endif
}

TEST(NationalWorkbooks, OfAnotherYearOrKindAreRefused) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto raw = tariff_folder() / "raw";
    const auto year = read_tariff_workbook(raw / workbook_2016, FinancialYear(2017));
    ASSERT_FALSE(year);
    EXPECT_NE(year.problem().says.find("holds prices of 2016/17, not of 2017/18"),
              std::string::npos);
    const auto kind = read_tariff_workbook(
        raw / "HRG4__201516_Reference_Costs_Grouper_Roots_v1.0.xlsx", FinancialYear(2016));
    ASSERT_FALSE(kind);
    EXPECT_NE(kind.problem().says.find("'HRG Roots'"), std::string::npos);
}

}  // namespace
}  // namespace purse
