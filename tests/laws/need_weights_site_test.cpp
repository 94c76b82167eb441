// A year's budgets on a whole site: need weights of its own records, and the practice whose first
// attendances doubled in the baseline, seen among those that went on as before.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "budget/derivation_file.hpp"
#include "desk/budget_setting.hpp"
#include "desk/need_setting.hpp"
#include "support/demo_site.hpp"
#include "tables/delimited.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const PracticeCode grower("X90002");
constexpr int months = 3;

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    return cells;
}

// The extract with every first attendance of the practice a second time, under another identifier,
// without an age. Lines with quotes (some are faulty, by design) are left as they are.
fs::path with_twice_the_firsts(const fs::path& extract, const fs::path& out) {
    std::istringstream in(bytes_of(extract));
    std::string line;
    std::getline(in, line);
    std::string text = line + "\n";
    const auto headings = cells_of(line);
    const auto at = [&](std::string_view heading) {
        return static_cast<std::size_t>(std::ranges::find(headings, heading) - headings.begin());
    };
    while (std::getline(in, line)) {
        text += line + "\n";
        auto cells = cells_of(line);
        cells.resize(headings.size());
        if (line.find('"') != std::string::npos || cells.at(at("practice")) != grower.text() ||
            cells.at(at("first_attendance")) != "1") {
            continue;
        }
        cells.at(at("record_id")) += "B";
        cells.at(at("age")).clear();
        text += csv_line(cells);
    }
    write_bytes(out, text);
    return out;
}

class NeedWeightsSite : public ::testing::Test {
  protected:
    // April to June of both years at freeze; made once.
    static Site& site() {
        static const TemporaryFolder kept;
        static Site made = [] {
            Site site = make_demo_site(kept.path() / "site");
            for (const int year : {2016, 2017}) {
                for (int i = 0; i < months; ++i) {
                    const Month month = Month(year, 4) + i;
                    for (const DataSet set : all_data_sets) load_month(site, set, month);
                }
            }
            return site;
        }();
        return made;
    }
    static void load_month(Site& site, DataSet set, Month month) {
        fs::path file = demo_extract(set, month, Extract::freeze);
        if (set == DataSet::outpatients && month.year() == 2017) {
            file = with_twice_the_firsts(file, site.folder() / (to_text(month) + ".csv"));
        }
        got(load(site, load_command(set, month, Extract::freeze, file), no_progress));
    }
    static WeighNeedsRequest request() {
        WeighNeedsRequest request;
        request.year = FinancialYear(2018);
        request.baseline_from = Month(2017, 4);
        request.baseline_to = Month(2017, 6);
        return request;
    }
    static std::int64_t sum_of(const NeedWeights& weights, std::size_t component) {
        std::int64_t sum = 0;
        for (const auto& [practice, own] : weights.practices) sum += own[component];
        return sum;
    }
    TemporaryFolder folder_;
};

TEST_F(NeedWeightsSite, of_its_own_add_up_to_the_list_and_are_read_back_with_their_source) {
    const WeighedNeeds made = got(weigh_needs(site(), request()));
    ASSERT_EQ(made.weights.components,
              (std::vector<std::string>{"general_and_acute", "maternity", "prescribing"}));
    EXPECT_EQ(made.weights.practices.size(), 6U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(sum_of(made.weights, i), made.patients.thousandths() * 1000);
    }
    const NeedWeights again = got(read_need_weights_text(as_csv(made.weights), "w.csv"));
    EXPECT_EQ(again.practices, made.weights.practices);
    EXPECT_EQ(again.source, made.weights.source);
    EXPECT_NE(again.source.find("records at freeze 2017-04 to 2017-06"), std::string::npos);
    EXPECT_NE(again.source.find("prescribing by ASTRO-PU 2009"), std::string::npos);
    const bool told = std::ranges::any_of(made.notes, [](const std::string& note) {
        return note.find("general_and_acute: ") == 0 &&
               note.find("say no age or sex") != std::string::npos;
    });
    EXPECT_TRUE(told);
    EXPECT_NE(made.working.find("rate,general_and_acute,,M,85+"), std::string::npos);
}

// ASTRO-PU by hand from the published list of one practice, against all.
TEST_F(NeedWeightsSite, of_prescribing_units_are_shares_of_units) {
    auto asked = request();
    asked.method = NeedMethod::astro_pu;
    const WeighedNeeds cost = got(weigh_needs(site(), asked));
    asked.group = "items";
    const WeighedNeeds items = got(weigh_needs(site(), asked));
    EXPECT_EQ(cost.weights.components, std::vector<std::string>{"prescribing"});
    EXPECT_EQ(sum_of(cost.weights, 0), sum_of(items.weights, 0));
    EXPECT_NE(cost.weights.practices, items.weights.practices);
    asked.method = NeedMethod::star_pu;
    asked.group = "statins_cost";
    EXPECT_TRUE(weigh_needs(site(), asked).ok());
    asked.group.clear();
    const auto none = weigh_needs(site(), asked);
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.problem().says.find("statins_cost"), std::string::npos);
}

TEST_F(NeedWeightsSite, refuse_a_day_without_lists_and_too_few_practices_for_deprivation) {
    auto asked = request();
    asked.list_then = Date::of(2015, 1, 1);
    const auto without = weigh_needs(site(), asked);
    ASSERT_FALSE(without.ok());
    EXPECT_NE(without.problem().says.find("X90001 has no registered list on 2015-01-01"),
              std::string::npos);
    asked = request();
    asked.deprivation = folder_.path() / "d.csv";
    std::string scores = "practice,score\n";
    for (int i = 1; i <= 6; ++i)
        scores += "X9000" + std::to_string(i) + ",1" + std::to_string(i) + "\n";
    write_bytes(*asked.deprivation, scores);
    const auto few = weigh_needs(site(), asked);
    ASSERT_FALSE(few.ok());
    EXPECT_NE(few.problem().says.find("at least 3 are asked for"), std::string::npos);
}

TEST_F(NeedWeightsSite, set_budgets_that_say_who_grew_and_from_what_weights) {
    const fs::path weights = folder_.path() / "weights.csv";
    write_bytes(weights, as_csv(got(weigh_needs(site(), request())).weights));
    const fs::path allocation = folder_.path() / "allocation.csv";
    write_bytes(allocation,
                "line,pence\nday_case,200000000\nelective,200000000\nnon_elective,400000000\n"
                "maternity,100000000\noutpatient_first,100000000\noutpatient_follow_up,100000000\n"
                "outpatient_procedure,100000000\ndiagnostics,100000000\nae,100000000\n"
                "prescribing,200000000\n");
    SetBudgetsRequest asked;
    asked.year = FinancialYear(2017);  // the tariff's last year here
    asked.scheme = "fair-shares";
    asked.draft = "first";
    asked.by = "F. Director";
    asked.allocation = allocation;
    asked.weights = weights;
    asked.baseline_from = Month(2017, 4);
    asked.baseline_to = Month(2017, 6);
    const SetBudgetsReport report = got(set_budgets(site(), asked));
    ASSERT_FALSE(report.inputs.remarks.empty());
    for (const BaselineRemark& remark : report.inputs.remarks) {
        EXPECT_EQ(remark.practice, grower) << remark.practice.text() << ": " << remark.says;
    }
    EXPECT_EQ(report.inputs.remarks.front().line, BudgetLine::outpatient_first);
    EXPECT_NE(report.inputs.remarks.front().says.find("2016-04 to 2016-06"), std::string::npos);
    EXPECT_NE(report.inputs.need_source.find("weights.csv: Purse's own weights"),
              std::string::npos);
    const DraftDerivation kept =
        got(derivation_of(site(), asked.year, std::optional<std::string>("first")));
    EXPECT_EQ(kept.file.inputs.remarks, report.inputs.remarks);
    const Waterfall told =
        got(waterfall_of(kept.file.inputs, kept.file.derivation, grower, std::nullopt));
    EXPECT_EQ(std::ranges::count(told.notes, report.inputs.remarks.front().says), 1);
}

}  // namespace
}  // namespace purse::testing
