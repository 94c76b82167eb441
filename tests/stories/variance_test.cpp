// A practice asks why it is over: the parts of its variance add up to its statement's at every
// turn, and what came between flex and freeze is told apart.
#include "desk/variance.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "desk/closes.hpp"
#include "desk/patient_lists.hpp"
#include "desk/repricing.hpp"
#include "desk/variance_drill.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

const Month april(2017, 4);
const Month june(2017, 6);

void load(Site& site, Month first, Month last, Extract stage) {
    for (Month month = first; month <= last; month = month + 1) {
        for (const DataSet set : all_data_sets) load_demo(site, set, month, stage);
    }
}

// Last year's quarter at freeze, this year's at flex: closed month by month, then frozen and closed
// again.
class VarianceStory : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = new TemporaryFolder;
        site_ = new Site(make_demo_site(folder_->path() / "site"));
        load(*site_, april - 12, june - 12, Extract::freeze);
        for (Month month = april; month <= june; month = month + 1) {
            load(*site_, month, month, Extract::flex);
            got(close_month(*site_, month, no_progress));
        }
        flex_ = new MonthReports(got(open_month(*site_, june)));
        load(*site_, april, june, Extract::freeze);
        got(close_month(*site_, june, no_progress));
        frozen_ = new MonthReports(got(open_month(*site_, june)));
    }
    static void TearDownTestSuite() {
        delete flex_;
        delete frozen_;
        delete site_;
        delete folder_;
    }

    static void adds_up(const MonthReports& reports, const MonthVariances& variances) {
        ASSERT_GE(variances.practices().size(), 5U);
        for (const Account account : variances.practices()) {
            const PracticeVariance variance = got(variances.of(account.text()));
            const Statement statement = got(statement_of(reports, account.text()));
            EXPECT_EQ(variance.total.total(), statement.total.variance()) << account.text();
            // Prescribing is rounded by month in statements and by section here.
            EXPECT_EQ(variance.total.reported(), statement.total.year_to_date.cost);
            EXPECT_LT(variance.total.part(VariancePart::other), Pence(100));
            EXPECT_EQ(variance.reasons.total(), variance.total.total());
            Variance lines;
            for (const LineVariance& line : variance.lines) {
                Variance specialties;
                for (const auto& [code, one] : line.by_specialty) specialties += one;
                EXPECT_EQ(specialties, line.sum);
                lines += line.sum;
            }
            EXPECT_EQ(lines, variance.total);
        }
    }

    static inline TemporaryFolder* folder_ = nullptr;
    static inline Site* site_ = nullptr;
    static inline MonthReports* flex_ = nullptr;
    static inline MonthReports* frozen_ = nullptr;
};

TEST_F(VarianceStory, PartsAddUpToTheStatementOfEveryPractice) {
    adds_up(*flex_, got(MonthVariances::gather(*site_, *flex_)));
    adds_up(*frozen_, got(MonthVariances::gather(*site_, *frozen_)));
}

TEST_F(VarianceStory, WhatCameAfterAMonthsCloseIsLateOrCorrected) {
    const auto flex = got(MonthVariances::gather(*site_, *flex_));
    const auto frozen = got(MonthVariances::gather(*site_, *frozen_));
    Pence late, since;
    for (const Account account : frozen.practices()) {
        const PracticeVariance before = got(flex.of(account.text()));
        const PracticeVariance after = got(frozen.of(account.text()));
        late += after.total.part(VariancePart::late);
        since += after.total.part(VariancePart::late) + after.total.part(VariancePart::corrected);
        // What was explained at flex stays explained as it was.
        EXPECT_EQ(before.total.part(VariancePart::volume), after.total.part(VariancePart::volume));
        EXPECT_EQ(before.total.part(VariancePart::price), after.total.part(VariancePart::price));
        for (const MonthClose& close : after.closes) EXPECT_EQ(close.month, close.closed);
    }
    EXPECT_GT(late, Pence(0));
    EXPECT_NE(since, late);
}

TEST_F(VarianceStory, DrillingDownAddsUp) {
    const auto variances = got(MonthVariances::gather(*site_, *frozen_));
    const std::string practice = variances.practices().front().text();
    for (const VarianceBy by : {VarianceBy::line, VarianceBy::specialty, VarianceBy::hrg}) {
        const auto drill = got(variance_drill(*site_, *frozen_, variances, practice, by, {}));
        Variance sum;
        for (const VarianceRow& row : drill.rows) sum += row.sum;
        EXPECT_EQ(sum, drill.sum) << to_text(by);
        EXPECT_FALSE(drill.rows.empty());
    }
    for (const VarianceBy by : {VarianceBy::provider, VarianceBy::referrer}) {
        const auto drill = got(variance_drill(*site_, *frozen_, variances, practice, by,
                                              BudgetLine::outpatient_first));
        Pence sum = drill.of_no_detail;
        std::int64_t count = 0;
        for (const DetailRow& row : drill.details) {
            sum += row.difference();
            count += row.count;
        }
        EXPECT_EQ(sum, drill.sum.total()) << to_text(by);
        EXPECT_GT(count, 0);
    }
    EXPECT_FALSE(variance_drill(*site_, *frozen_, variances, "X90999", VarianceBy::line, {}));
}

// Two cells of day cases and one of prescribing, which names no specialty, are not complete; three
// challenges are open, one of them of a line without records of its specialty.
TEST_F(VarianceStory, GoesOnFromTheStatementToWhatIsExpectedAndWhatIsHeldOut) {
    const auto plain = got(MonthVariances::gather(*site_, *frozen_));
    const Account account = plain.practices().front();
    MonthReports reports = *frozen_;
    const auto not_complete = [&](BudgetLine line, const char* function, std::int64_t more) {
        IncompleteCell cell;
        cell.account = account;
        cell.line = line;
        cell.treatment_function = TreatmentFunction(function);
        cell.month = june;
        cell.more = Pence(more);
        cell.factor = CompletionFactor{};
        reports.incomplete.push_back(cell);
    };
    not_complete(BudgetLine::day_case, "100", 40'000);
    not_complete(BudgetLine::day_case, "300", 27'890);
    not_complete(BudgetLine::prescribing, "", -890);
    add_expected(reports.accounts, reports.incomplete, june, reports.roll_up, reports.outside);
    ChallengedMonth challenged;
    challenged.month = june;
    challenged.as_at = Date::of(2017, 8, 1);
    const auto disputed = [&](BudgetLine line, const char* function, std::int64_t pence) {
        ChallengeFigure figure{account, line, TreatmentFunction(function), {}};
        figure.sums.disputed_to_date = Pence(pence);
        challenged.figures.push_back(figure);
    };
    disputed(BudgetLine::non_elective, "300", 12'345);
    disputed(BudgetLine::non_elective, "", 55);
    disputed(BudgetLine::day_case, "999", 600);
    const auto with = got(MonthVariances::gather(*site_, reports)).holding_out(reports, challenged);
    adds_up(reports, with);

    const PracticeVariance before = got(plain.of(account.text()));
    const PracticeVariance after = got(with.of(account.text()));
    EXPECT_EQ(after.total.part(VariancePart::expected), Pence(67'000));
    EXPECT_EQ(after.total.part(VariancePart::disputed), Pence(-13'000));
    EXPECT_EQ(after.total.total(), before.total.total());
    EXPECT_EQ(after.reasons.total(), before.reasons.total());
    EXPECT_EQ(after.line(BudgetLine::day_case)->by_specialty.at("300").part(VariancePart::expected),
              Pence(27'890));
    EXPECT_EQ(after.line(BudgetLine::day_case)->by_specialty.at("999").undisputed(), Pence(-600));
    // Both ends are the statement's.
    const Statement statement = got(statement_of(reports, account.text()));
    EXPECT_EQ(after.total.reported(), statement.total.year_to_date.cost);
    ASSERT_TRUE(expected_to_date(statement.total));
    EXPECT_EQ(after.total.complete(), expected_to_date(statement.total)->expected);
    EXPECT_EQ(after.total.undisputed(), after.total.complete() - Pence(13'000));
    for (const VarianceBy by : {VarianceBy::line, VarianceBy::specialty, VarianceBy::hrg}) {
        const auto drill = got(variance_drill(*site_, reports, with, account.text(), by, {}));
        Variance sum;
        for (const VarianceRow& row : drill.rows) sum += row.sum;
        EXPECT_EQ(sum, after.total) << to_text(by);
    }
    EXPECT_EQ(got(variance_working(after, {})).result, after.total.undisputed());
    EXPECT_EQ(beyond_statement(before.total), "");
    EXPECT_NE(beyond_statement(after.total).find("+£670.00 not yet reported, by estimate: £"),
              std::string::npos);
    EXPECT_NE(beyond_statement(after.total).find("−£130.00 under open challenge, held out: £"),
              std::string::npos);
}

TEST_F(VarianceStory, EveryPartHasItsWorking) {
    const auto variances = got(MonthVariances::gather(*site_, *frozen_));
    const PracticeVariance variance = got(variances.of(variances.practices().front().text()));
    for (const VariancePart part : all_variance_parts) {
        for (const LineVariance& line : variance.lines) {
            const Working working = got(variance_working(variance, part, line.line));
            EXPECT_EQ(working.result, line.sum.part(part));
            EXPECT_EQ(*working.steps[1].amount - *working.steps[0].amount, working.result);
        }
        EXPECT_EQ(got(variance_working(variance, part, {})).result, variance.total.part(part));
    }
    const Working whole = got(variance_working(variance, {}));
    Pence sum;
    for (const Step& step : whole.steps) sum += *step.amount;
    EXPECT_EQ(sum, whole.result);
    EXPECT_FALSE(variance_working(variance, VariancePart::volume, BudgetLine::primary_care));
}

TEST_F(VarianceStory, PatientsOfAPracticeAreItsOwn) {
    const std::string practice =
        got(MonthVariances::gather(*site_, *frozen_)).practices().front().text();
    const PatientList users =
        got(patient_list(*site_, *frozen_, practice, PatientListKind::high_users));
    ASSERT_FALSE(users.rows.empty());
    EXPECT_TRUE(std::ranges::is_sorted(users.rows, std::ranges::greater(), &PatientRow::cost));
    for (const PatientListKind kind :
         {PatientListKind::readmissions, PatientListKind::ambulatory_care_sensitive,
          PatientListKind::long_stays}) {
        const PatientList list = got(patient_list(*site_, *frozen_, practice, kind));
        for (const PatientRow& row : list.rows) {
            EXPECT_EQ(row.patient.size(), 32U);
            EXPECT_FALSE(row.says.empty());
        }
    }
    EXPECT_FALSE(patient_list(*site_, *frozen_, "~UNREG", PatientListKind::high_users));
}

TEST_F(VarianceStory, AYearAtOtherPricesDiffersByWhatTheFactorSays) {
    RepriceRequest request;
    request.month = june;
    EXPECT_FALSE(reprice(*site_, request));  // nothing to change
    request.tariff = FinancialYear(2016);
    const Repricing other = got(reprice(*site_, request));
    Pence lines;
    for (const RepricedLine& line : other.lines) lines += line.difference();
    EXPECT_EQ(lines, other.total.difference());
    EXPECT_NE(other.total.difference(), Pence(0));
    // The hospital lines of the statements, to the penny.
    Pence statements;
    for (const auto& [account, figures] : frozen_->accounts) {
        for (const auto& [line, of_line] : figures.lines) {
            if (line != BudgetLine::prescribing) statements += of_line.year_to_date.cost;
        }
    }
    EXPECT_EQ(other.total.now, statements);
    request.tariff.reset();
    request.market_forces = Factor(2 * Factor::one);
    const Repricing dearer = got(reprice(*site_, request));
    EXPECT_GT(dearer.total.difference().count(), dearer.total.now.count() / 2);
    // As many records as the statements count; unbundled imaging counts in those alone.
    std::int64_t spells = 0, counted = 0;
    for (const auto& [account, figures] : frozen_->accounts) {
        const auto line = figures.lines.find(BudgetLine::day_case);
        if (line != figures.lines.end()) counted += line->second.year_to_date.activity;
    }
    for (const RepricedLine& line : dearer.lines) {
        if (line.line == BudgetLine::day_case) spells = line.records;
    }
    EXPECT_EQ(spells, counted);
    request.provider = ProviderCode("NOBODY");
    EXPECT_FALSE(reprice(*site_, request));
    request.market_forces.reset();
    EXPECT_FALSE(reprice(*site_, request)) << "a provider without a factor";
    request.provider = {};
    request.market_forces = Factor(105 * Factor::one);
    EXPECT_FALSE(reprice(*site_, request)) << "105 for 1.05";
}

}  // namespace
}  // namespace purse::testing
