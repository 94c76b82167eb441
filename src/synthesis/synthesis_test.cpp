#include "synthesis/synthesis.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "activity/nhs_number.hpp"
#include "base/digest.hpp"
#include "intake/intake.hpp"
#include "organisation/organisation_file.hpp"
#include "population/list_file.hpp"
#include "rulebook/tariff_files.hpp"
#include "synthesis/people.hpp"
#include "tables/delimited.hpp"

namespace purse {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test, gone with it.
class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "purse-synthesis-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }

  private:
    fs::path path_;
};

SynthesisOptions small(const fs::path& out) {
    SynthesisOptions options;
    options.out = out;
    options.rules = fs::path(PURSE_SOURCE_DIR) / "rules";
    options.practices = 10;
    options.population = 30'000;
    options.years = 2;
    return options;
}

std::string digest_of_folder(const fs::path& folder) {
    std::set<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.insert(entry.path());
    }
    Digest digest;
    for (const fs::path& file : files) {
        digest.add(fs::relative(file, folder).string());
        digest.add(digest_of_file(file).value());
    }
    return digest.hex();
}

// The commissioner that most tests look at, made once.
const fs::path& demo() {
    static const Folder folder;
    static const fs::path out = [] {
        const fs::path made = folder / "demo";
        const Outcome outcome = synthesise(small(made));
        EXPECT_TRUE(outcome.ok());
        return made;
    }();
    return out;
}

using Record = std::map<std::string, std::string>;

std::vector<Record> records_of(const std::string& file) {
    const auto bytes = FileBytes::open(demo() / "records" / file);
    EXPECT_TRUE(bytes.ok()) << file;
    DelimitedReader reader(bytes->bytes(), {});
    std::vector<std::string> headings;
    std::vector<Record> records;
    while (reader.next()) {
        const auto& fields = reader.fields();
        if (headings.empty()) {
            for (const Field& field : fields) headings.emplace_back(field.text);
            continue;
        }
        Record record;
        for (std::size_t i = 0; i < std::min(fields.size(), headings.size()); ++i) {
            record[headings[i]] = fields[i].text;
        }
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<Record> freeze_of_year(const std::string& set, int from_year) {
    std::vector<Record> all;
    for (const Month month : FinancialYear(from_year).months()) {
        const std::string file = fmt::format("{}/{}-freeze.csv", set, to_text(month));
        if (!fs::exists(demo() / "records" / file)) continue;
        for (Record& record : records_of(file)) all.push_back(std::move(record));
    }
    return all;
}

std::string teller_of(const std::string& story) {
    const auto table = read_table(demo() / "stories.csv");
    for (const auto& row : table->rows) {
        if (row.cells[0] == story) return row.cells[1];
    }
    ADD_FAILURE() << "no story " << story;
    return "";
}

TEST(Synthesis, gives_the_same_bytes_for_the_same_seed_with_any_number_of_threads) {
    const Folder folder;
    SynthesisOptions options = small(folder / "one");
    options.threads = 1;
    ASSERT_TRUE(synthesise(options).ok());
    EXPECT_EQ(digest_of_folder(folder / "one"), digest_of_folder(demo()));
}

TEST(Synthesis, gives_other_bytes_for_another_seed) {
    const Folder folder;
    SynthesisOptions options = small(folder / "other");
    options.seed = 2;
    options.years = 1;
    options.first_year = FinancialYear(2016);
    ASSERT_TRUE(synthesise(options).ok());
    EXPECT_NE(digest_of_file(folder / "other" / "records/apc/2016-06-freeze.csv").value(),
              digest_of_file(demo() / "records/apc/2016-06-freeze.csv").value());
}

TEST(Synthesis, says_loudly_that_everything_is_fictional) {
    const auto readme = FileBytes::open(demo() / "README.txt");
    ASSERT_TRUE(readme.ok());
    EXPECT_TRUE(readme->bytes().starts_with("EVERYTHING IN THIS FOLDER IS FICTIONAL."));
}

TEST(Synthesis, comes_near_the_volumes_it_is_calibrated_to) {
    std::map<std::string, double> counts;
    for (const Record& record : freeze_of_year("apc", 2016)) {
        if (record.at("episode_number") != "1") continue;
        const std::string& method = record.at("admission_method");
        if (method.starts_with("2")) ++counts["emergency"];
        if (method.starts_with("1")) {
            ++counts[record.at("patient_classification") == "1" ? "elective" : "day case"];
        }
    }
    double attended = 0, firsts = 0, follow_ups = 0, appointments = 0, missed = 0;
    for (const Record& record : freeze_of_year("op", 2016)) {
        ++appointments;
        missed += record.at("attended") == "3";
        if (record.at("attended") != "5") continue;
        ++attended;
        const std::string& kind = record.at("first_attendance");
        (kind == "1" || kind == "3" ? firsts : follow_ups) += 1;
    }
    double came = 0, admitted = 0;
    for (const Record& record : freeze_of_year("ae", 2016)) {
        ++came;
        admitted += record.at("disposal") == "01";
    }
    const double thousands = 30;
    EXPECT_NEAR(counts["emergency"] / thousands, 100.8, 9);
    EXPECT_NEAR(counts["day case"] / thousands, 108.4, 9);
    EXPECT_NEAR(counts["elective"] / thousands, 30, 4);
    // One practice of the ten refers 1.6 times the expected.
    EXPECT_NEAR(appointments / thousands, 1'667, 120);
    EXPECT_NEAR(attended / appointments, 0.799, 0.01);
    EXPECT_NEAR(missed / appointments, 0.078, 0.01);
    EXPECT_NEAR(follow_ups / firsts, 2.35, 0.25);
    EXPECT_NEAR(came / thousands, 308, 25);
    EXPECT_NEAR(admitted / came, 0.22, 0.02);
}

TEST(Synthesis, prescribes_at_a_real_cost_a_head) {
    double pounds_spent = 0;
    for (const Record& record : freeze_of_year("prescribing", 2016)) {
        const auto cost = record.find("actual_cost");  // a broken quote swallows it
        if (cost != record.end()) pounds_spent += std::atof(cost->second.c_str());
    }
    EXPECT_GT(pounds_spent / 30'000, 155);
    EXPECT_LT(pounds_spent / 30'000, 200);
}

TEST(Synthesis, gives_stays_a_long_tail_and_a_right_share_of_short_ones) {
    int emergencies = 0, brief = 0, over_100_days = 0;
    for (const Record& record : freeze_of_year("apc", 2016)) {
        if (record.at("episode_number") != "1" || !record.at("admission_method").starts_with("2")) {
            continue;
        }
        Date from, to;
        if (!read_date(record.at("admission_date"), DateFormat::iso, from)) continue;
        if (!read_date(record.at("discharge_date"), DateFormat::iso, to)) continue;
        ++emergencies;
        brief += to - from < 2;
        over_100_days += to - from > 100;
    }
    EXPECT_NEAR(static_cast<double>(brief) / emergencies, 0.55, 0.07);
    EXPECT_GT(over_100_days, 0);
}

TEST(Synthesis, gives_only_nhs_numbers_of_the_test_range_with_right_check_digits) {
    std::set<std::string> patients;
    for (const Record& record : records_of("ae/2017-05-freeze.csv")) {
        const std::string& number = record.at("nhs_number");
        ASSERT_TRUE(number.starts_with("999")) << number;
        EXPECT_TRUE(parse_nhs_number(number).ok()) << number;
        patients.insert(number);
    }
    EXPECT_GT(patients.size(), 100U);
}

TEST(Synthesis, links_admissions_through_a_and_e_to_an_attendance_of_the_day) {
    std::set<std::pair<std::string, std::string>> admitted;
    for (const char* month : {"2017-04", "2017-05"}) {
        for (const Record& record : records_of(fmt::format("ae/{}-freeze.csv", month))) {
            admitted.emplace(record.at("nhs_number"), record.at("arrival_date"));
        }
    }
    int through = 0, linked = 0;
    for (const Record& record : records_of("apc/2017-05-freeze.csv")) {
        const std::string& day = record.at("admission_date");
        if (record.at("admission_method") != "21" || day < "2017-04-01") continue;
        ++through;
        linked += static_cast<int>(admitted.contains({record.at("nhs_number"), day}));
    }
    ASSERT_GT(through, 100);
    EXPECT_GT(linked, through * 98 / 100);
}

TEST(Synthesis, lets_some_patients_come_back_within_thirty_days) {
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> by_patient;
    int emergencies = 0;
    for (const Record& record : freeze_of_year("apc", 2016)) {
        if (record.at("episode_number") != "1" || !record.at("admission_method").starts_with("2")) {
            continue;
        }
        ++emergencies;
        by_patient[record.at("nhs_number")].emplace_back(record.at("admission_date"),
                                                         record.at("discharge_date"));
    }
    int returned = 0;
    for (auto& [patient, stays] : by_patient) {
        std::sort(stays.begin(), stays.end());
        for (std::size_t i = 1; i < stays.size(); ++i) {
            Date left, back;
            if (!read_date(stays[i - 1].second, DateFormat::iso, left)) continue;
            if (!read_date(stays[i].first, DateFormat::iso, back)) continue;
            returned += back >= left && back - left <= 30;
        }
    }
    EXPECT_GT(returned * 100, emergencies * 4);
    EXPECT_LT(returned * 100, emergencies * 16);
}

TEST(Synthesis, has_late_doubled_and_spoiled_records_at_the_set_rates) {
    double flex = 0, freeze = 0, doubled = 0;
    for (const Month month : FinancialYear(2016).months()) {
        flex +=
            static_cast<double>(records_of(fmt::format("op/{}-flex.csv", to_text(month))).size());
        std::set<std::string> seen;
        for (const Record& record : records_of(fmt::format("op/{}-freeze.csv", to_text(month)))) {
            ++freeze;
            doubled += seen.insert(record.at("record_id")).second ? 0 : 1;
        }
    }
    EXPECT_NEAR(1 - flex / freeze, 0.04, 0.005);
    EXPECT_NEAR(doubled / freeze, 0.001, 0.0006);
    int impossible = 0, all = 0;
    for (const Record& record : freeze_of_year("op", 2016)) {
        ++all;
        impossible += record.at("age") == "207";
    }
    EXPECT_NEAR(static_cast<double>(impossible) / all, 0.003 / 10, 0.0002);
}

TEST(Synthesis, has_no_faults_when_none_are_asked_for) {
    const Folder folder;
    SynthesisOptions options = small(folder / "clean");
    options.years = 1;
    options.faults = {0, 0, 0, 0, 0};
    ASSERT_TRUE(synthesise(options).ok());
    for (const char* set : {"apc", "op", "ae", "prescribing"}) {
        const auto records = folder / "clean" / "records" / set;
        EXPECT_EQ(digest_of_file(records / "2016-07-flex.csv").value(),
                  digest_of_file(records / "2016-07-freeze.csv").value())
            << set;
    }
}

TEST(Synthesis, has_only_the_flex_of_the_last_month) {
    for (const char* set : {"apc", "op", "ae", "prescribing"}) {
        const fs::path folder = demo() / "records" / set;
        EXPECT_TRUE(fs::exists(folder / "2018-03-flex.csv"));
        EXPECT_FALSE(fs::exists(folder / "2018-03-freeze.csv"));
        EXPECT_TRUE(fs::exists(folder / "2018-02-freeze.csv"));
    }
}

// First attendances over follow-ups, beside what is usual with the others.
double firsts_beside_others(const std::string& practice, int year) {
    std::map<std::string, double> firsts, follow_ups;
    for (const Record& record : freeze_of_year("op", year)) {
        const std::string& kind = record.at("first_attendance");
        ++(kind == "1" || kind == "3" ? firsts : follow_ups)[record.at("practice")];
    }
    double all_firsts = 0, all_follow_ups = 0;
    for (const auto& [code, count] : firsts) {
        if (code == practice) continue;
        all_firsts += count;
        all_follow_ups += follow_ups[code];
    }
    return firsts[practice] / follow_ups[practice] / (all_firsts / all_follow_ups);
}

TEST(Stories, one_practice_refers_far_more_and_still_more_later) {
    const std::string practice = teller_of("refers more");
    EXPECT_NEAR(firsts_beside_others(practice, 2016), 1.6, 0.12);
    EXPECT_NEAR(firsts_beside_others(practice, 2017), 2.0, 0.15);
}

TEST(Stories, one_practice_merges_into_another) {
    const std::string closed = teller_of("merger");
    int before = 0, after = 0;
    for (const Record& record : records_of("op/2017-09-freeze.csv")) {
        before += record.at("practice") == closed;
    }
    for (const Record& record : records_of("op/2017-10-freeze.csv")) {
        after += record.at("practice") == closed;
    }
    EXPECT_GT(before, 50);
    EXPECT_LT(after, 5);  // a fault or two still bears the old code
}

TEST(Stories, one_practice_lowers_admissions_for_chest_and_heart) {
    const std::string practice = teller_of("redesign");
    std::map<bool, std::map<bool, double>> counts;  // of the practice, in the second year
    for (const int year : {2016, 2017}) {
        for (const Record& record : freeze_of_year("apc", year)) {
            const std::string& hrg = record.at("hrg");
            const bool chest_or_heart = hrg.starts_with("DZ") || hrg.starts_with("EB03") ||
                                        hrg.starts_with("EB07") || hrg.starts_with("EB14");
            if (!chest_or_heart || !record.at("admission_method").starts_with("2")) continue;
            const std::string& month = record.at("discharge_date").substr(5, 2);
            if (month >= "03" && month < "08") continue;
            counts[record.at("practice") == practice][year == 2017] += 1;
        }
    }
    const double change = counts[true][true] / counts[true][false];
    const double usual = counts[false][true] / counts[false][false];
    EXPECT_LT(change / usual, 0.92);
}

TEST(Stories, one_provider_codes_day_cases_as_ordinary_admissions) {
    const std::string provider = teller_of("coding error");
    const auto day_cases = [&](const std::string& file) {
        int count = 0;
        for (const Record& record : records_of(file)) {
            count +=
                record.at("provider") == provider && record.at("patient_classification") == "2";
        }
        return count;
    };
    EXPECT_GT(day_cases("apc/2017-08-freeze.csv"), 20);
    EXPECT_EQ(day_cases("apc/2017-10-freeze.csv"), 0);
}

TEST(Synthesis, writes_organisations_that_the_register_reads) {
    const auto practices = read_organisations(demo() / "organisations/practices.csv");
    ASSERT_TRUE(practices.ok()) << practices.problem().says;
    EXPECT_EQ(practices->practices.size(), 10U);
    EXPECT_EQ(practices->successions.size(), 1U);
    EXPECT_TRUE(practices->unread.empty());
    const auto providers = read_organisations(demo() / "organisations/providers.csv");
    ASSERT_TRUE(providers.ok()) << providers.problem().says;
    EXPECT_EQ(providers->providers.size(), 4U);
}

TEST(Synthesis, writes_lists_that_are_read_and_add_up) {
    const auto lists = read_lists(demo() / "lists/2017-04-01.csv", Date::of(2017, 4, 1));
    ASSERT_TRUE(lists.ok()) << lists.problem().says;
    EXPECT_TRUE(lists->unread.empty());
    EXPECT_TRUE(lists->disagreements.empty());
    std::int64_t all = 0;
    for (const ListSize& size : lists->sizes) {
        if (size.sex == 'A') all += size.patients.whole();
    }
    EXPECT_NEAR(static_cast<double>(all), 30'000, 900);
}

TEST(Synthesis, writes_a_tariff_that_is_read_again) {
    for (const int year : {2016, 2017}) {
        const FinancialYear of(year);
        const auto read = read_tariff_folder(demo() / "tariff" / as_folder(of), of);
        ASSERT_TRUE(read.ok()) << read.problem().says;
        const Tariff& tariff = read->tariff;
        EXPECT_GT(tariff.admitted.size(), 180U);
        EXPECT_EQ(tariff.market_forces.size(), 4U);
        EXPECT_TRUE(tariff.label.find("ictional") != std::string::npos) << tariff.label;
        for (const auto& [hrg, price] : tariff.admitted) {
            if (price.elective_trim_days && !hrg.text().starts_with("UZ")) {
                EXPECT_GE(*price.elective_trim_days, 5) << hrg.text();
            }
        }
    }
}

struct ReadBack {
    double rows = 0, rejected = 0;
    std::map<Reason, int> reasons;
};

// A file as intake reads it.
void read_back(DataSet set, Month month, ReadBack& into) {
    const fs::path rules = fs::path(PURSE_SOURCE_DIR) / "rules";
    const auto bytes = FileBytes::open(demo() / "records" / short_name(set) /
                                       fmt::format("{}-freeze.csv", to_text(month)));
    DelimitedReader heading(bytes->bytes(), {});
    heading.next();
    std::vector<std::string> headings;
    for (const Field& field : heading.fields()) headings.emplace_back(field.text);
    const auto layout = recognise(read_layouts(rules).value(), set, headings);
    ASSERT_TRUE(layout.ok()) << layout.problem().says;
    const IntakeContext context{.set = set,
                                .month = month,
                                .key = PseudonymKey::from_phrase("a test"),
                                .practices = nullptr,
                                .hrgs = nullptr,
                                .rules = read_validation_rules(rules).value(),
                                .want_given = false};
    const auto intake = Intake::prepare(*layout, headings, context);
    ASSERT_TRUE(intake.ok()) << intake.problem().says;
    PieceOut out;
    intake->read_piece({heading.rest(), heading.next_line()}, out);
    into.rows += static_cast<double>(out.rows_read);
    into.rejected += static_cast<double>(out.rows_rejected);
    for (const Finding& finding : out.findings) ++into.reasons[finding.reason];
}

TEST(Synthesis, writes_records_that_intake_reads_with_rejects_at_about_the_set_rate) {
    for (const DataSet set : all_data_sets) {
        ReadBack read;
        for (const Month month : FinancialYear(2016).months()) read_back(set, month, read);
        // About half of the kinds of fault keep a record out; the others are doubts.
        EXPECT_GT(read.rejected / read.rows, 0.0008) << short_name(set);
        EXPECT_LT(read.rejected / read.rows, 0.0030) << short_name(set);
        EXPECT_GE(read.reasons.size(), 3U) << short_name(set);
    }
}

TEST(Synthesis, sets_a_budget_for_every_practice_and_line) {
    const auto table = read_table(demo() / "budgets/2017-18.csv");
    ASSERT_TRUE(table.ok());
    std::map<std::string, int> lines;
    for (const auto& row : table->rows) {
        ++lines[row.cells[0]];
        const auto amount = parse_pounds(row.cells[3]);
        ASSERT_TRUE(amount.ok());
        EXPECT_GT(amount->count(), 0);
    }
    EXPECT_EQ(lines.size(), 10U);
    for (const auto& [practice, count] : lines) EXPECT_EQ(count, 10) << practice;
}

TEST(Synthesis, refuses_what_cannot_be) {
    const Folder folder;
    const auto says = [&](auto change) {
        SynthesisOptions options = small(folder / "never");
        change(options);
        const Outcome outcome = synthesise(options);
        EXPECT_FALSE(outcome.ok());
        EXPECT_FALSE(fs::exists(folder / "never"));
        return outcome.ok() ? std::string() : outcome.problem().says;
    };
    EXPECT_NE(says([](auto& o) { o.practices = 0; }).find("--practices 0"), std::string::npos);
    EXPECT_NE(says([](auto& o) { o.population = 100; }).find("--population"), std::string::npos);
    EXPECT_NE(says([](auto& o) { o.years = 0; }).find("--years"), std::string::npos);
    EXPECT_NE(says([](auto& o) { o.providers = 9; }).find("--providers"), std::string::npos);
    EXPECT_NE(says([](auto& o) { o.rules = "/nowhere"; }).find("/nowhere"), std::string::npos);
    EXPECT_NE(says([](auto& o) { o.out = demo(); }).find("empty"), std::string::npos);
}

TEST(Synthesis, makes_records_for_a_real_commissioners_practices) {
    const Folder folder;
    SynthesisOptions options = small(folder / "given");
    options.years = 1;
    options.stories = false;
    options.given_practices = {{PracticeCode("A81001"), 4'000}, {PracticeCode("A81002"), 19'000}};
    options.given_providers = {{ProviderCode("RVW"), Factor(1'040'000)}};
    ASSERT_TRUE(synthesise(options).ok());
    EXPECT_FALSE(fs::exists(folder / "given/organisations"));
    EXPECT_FALSE(fs::exists(folder / "given/tariff"));
    const auto readme = FileBytes::open(folder / "given/README.txt");
    ASSERT_TRUE(readme.ok());
    EXPECT_EQ(readme->bytes().find("X9"), std::string_view::npos);
    EXPECT_NE(readme->bytes().find("may be real"), std::string_view::npos);
    const auto bytes = FileBytes::open(folder / "given/records/apc/2016-05-freeze.csv");
    ASSERT_TRUE(bytes.ok());
    EXPECT_NE(bytes->bytes().find(",A81002,RVW,"), std::string_view::npos);
}

}  // namespace
}  // namespace purse
