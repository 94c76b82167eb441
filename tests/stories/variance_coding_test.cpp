// A hospital codes otherwise than it did: from April it records every condition at its dearest
// code, and from September day cases as ordinary admissions. The check of coding and the recorded
// severity of the variance name that hospital, and no other.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "desk/challenge_findings.hpp"
#include "desk/closes.hpp"
#include "desk/price_lists.hpp"
#include "desk/variance_drill.hpp"
#include "support/demo_site.hpp"
#include "synthesis/synthesis.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const Month april(2017, 4);
const Month december(2017, 12);
const std::string miscoding = "ZX3";  // `purse synth` makes its day cases ordinary from September

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    return cells;
}

// By root, the code that costs most.
std::map<std::string, std::string> dearest_codes(const Site& site) {
    const SitePriceBook book = got(price_book_of(site, FinancialYear(2017)));
    std::map<std::string, std::pair<Pence, std::string>> dearest;
    for (const auto& [hrg, price] : book.book->tariff().admitted) {
        if (!price.non_elective || !price.combined) continue;
        auto& [most, code] = dearest[hrg.text().substr(0, 4)];
        if (*price.non_elective <= most) continue;
        most = *price.non_elective;
        code = hrg.text();
    }
    std::map<std::string, std::string> codes;
    for (const auto& [root, one] : dearest) codes[root] = one.second;
    return codes;
}

// The extract as the hospital would send it: its spells at the dearest code of their root.
fs::path recoded(const fs::path& extract, const std::map<std::string, std::string>& dearest,
                 const fs::path& folder) {
    std::ifstream in(extract);
    const fs::path file = folder / extract.filename();
    std::ofstream out(file);
    std::string line;
    std::getline(in, line);
    out << line << '\n';
    const auto heading = cells_of(line);
    const auto at = [&](const char* name) {
        return static_cast<std::size_t>(std::ranges::find(heading, name) - heading.begin());
    };
    const std::size_t provider = at("provider"), hrg = at("hrg");
    while (std::getline(in, line)) {
        const auto cells = cells_of(line);
        if (cells.size() > hrg && cells[provider] == miscoding) {
            const auto found = dearest.find(cells[hrg].substr(0, 4));
            const std::size_t place = line.find("," + cells[hrg] + ",");
            if (found != dearest.end() && !cells[hrg].empty() && place != std::string::npos) {
                line.replace(place + 1, cells[hrg].size(), found->second);
            }
        }
        out << line << '\n';
    }
    return file;
}

class VarianceCodingStory : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = new TemporaryFolder;
        make_up();
        const fs::path files = folder_->path() / "made";
        site_ = new Site(make_site(files));
        const auto dearest = dearest_codes(*site_);
        for (Month month = april - 12; month <= december; month = month + 1) {
            if (month > december - 12 && month < april) continue;
            fs::path file = files / "records/apc" / (to_text(month) + "-freeze.csv");
            if (month >= april) file = recoded(file, dearest, folder_->path());
            got(load(*site_, load_command(DataSet::admitted_care, month, Extract::freeze, file),
                     no_progress));
        }
        got(close_month(*site_, december, no_progress));
        reports_ = new MonthReports(got(open_month(*site_, december)));
    }
    static void TearDownTestSuite() {
        delete reports_;
        delete site_;
        delete folder_;
    }

    static void make_up() {
        SynthesisOptions options;
        options.out = folder_->path() / "made";
        options.rules = shipped_rules_folder();
        options.practices = 8;  // as few as planted stories need
        options.population = 24'000;
        options.providers = 3;
        options.seed = 29;
        got(synthesise(options));
    }

    static Site make_site(const fs::path& files) {
        SiteSettings settings;
        settings.commissioner = CommissionerCode("9ZZ");
        settings.name = "Fictional Valley Commissioner";
        settings.memory_mib = 512;
        Site site = got(Site::create(folder_->path() / "site", settings));
        for (const auto& entry : fs::directory_iterator(files / "organisations")) {
            got(import_organisations(site, entry.path()));
        }
        for (const auto& entry : fs::directory_iterator(files / "tariff")) {
            got(import_tariff(site, entry.path(),
                              got(parse_financial_year(entry.path().filename().string()))));
        }
        for (const auto& entry : fs::directory_iterator(files / "budgets")) {
            got(import_budget(site, entry.path()));
        }
        return site;
    }

    static inline TemporaryFolder* folder_ = nullptr;
    static inline Site* site_ = nullptr;
    static inline MonthReports* reports_ = nullptr;
};

TEST_F(VarianceCodingStory, TheCheckOfCodingNamesTheHospitalAndNoOther) {
    const ChallengeFindings found = got(find_likely_errors(*site_, december, {}));
    std::set<CodingQuestion> questions;
    for (const CodingFinding& finding : found.coding) {
        EXPECT_EQ(finding.shift.provider.text(), miscoding) << finding.says;
        questions.insert(finding.shift.question);
        if (!finding.shift.root.empty()) continue;
        const bool day_cases = finding.shift.question == CodingQuestion::day_case_as_ordinary;
        EXPECT_EQ(finding.shift.since, day_cases ? Month(2017, 9) : april);
    }
    EXPECT_EQ(questions.size(), all_coding_questions.size());
}

TEST_F(VarianceCodingStory, RecordedSeverityNamesTheHospitalAndNoOther) {
    const auto variances = got(MonthVariances::gather(*site_, *reports_));
    std::map<std::string, Pence> severity;
    std::map<std::string, std::int64_t> records;
    for (const Account account : variances.practices()) {
        const auto drill = got(
            variance_drill(*site_, *reports_, variances, account.text(), VarianceBy::provider, {}));
        Pence of_all, price;
        for (const DetailRow& row : drill.details) {
            severity[row.code] += row.severity;
            records[row.code] += row.count;
            of_all += row.severity;
            price += row.price;
        }
        // Nothing came after the close: the rows are the parts, but for odd pence.
        const auto odd = [](Pence part, Pence rows) { return std::abs((part - rows).count()); };
        EXPECT_LT(odd(drill.sum.part(VariancePart::severity), of_all), 100);
        EXPECT_LT(odd(drill.sum.part(VariancePart::price), price), 100);
    }
    ASSERT_GE(severity.size(), 3U);
    // Dearer by so much a record; at the others chance alone, either way.
    const auto a_record = [&](const std::string& provider) {
        return std::abs(severity.at(provider).count()) / records.at(provider);
    };
    EXPECT_GT(severity.at(miscoding), Pence(0));
    for (const auto& [provider, amount] : severity) {
        if (provider == miscoding) continue;
        EXPECT_LT(amount, severity.at(miscoding)) << provider;
        EXPECT_LT(a_record(provider) * 5, a_record(miscoding))
            << provider << ": " << in_pounds(amount) << " of " << records.at(provider)
            << " records; " << in_pounds(severity.at(miscoding)) << " of " << records.at(miscoding);
    }
}

}  // namespace
}  // namespace purse::testing
