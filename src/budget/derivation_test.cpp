#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "budget/derivation_file.hpp"

namespace purse {
namespace {

std::string scheme_text(const char* name) {
    std::ifstream in(
        std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes" / (std::string(name) + ".toml"),
        std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Two practices, two lines. Prescribing of P1, by hand: £1,000.00 × 11,000 ÷ 10,000 = £1,100.00;
// growth 2% → £1,122.00; efficiency 1% → £1,110.78; an entry that stays of £10.00 → £1,120.78.
DerivationInputs two_practices() {
    DerivationInputs inputs;
    inputs.year = FinancialYear(2018);
    inputs.name = "first";
    inputs.scheme_text = scheme_text("pbc-2006");
    inputs.baseline_from = Month(2016, 4);
    inputs.baseline_to = Month(2017, 3);
    inputs.price_source = "tariffs";
    inputs.practices = {{PracticeCode("P1"),
                         "Mill Lane",
                         Patients(10'000),
                         Patients(11'000),
                         {},
                         {{BudgetLine::non_elective, pounds(5'000), pounds(5'200), {}, {}},
                          {BudgetLine::prescribing, pounds(1'000), pounds(1'000), {}, {}}}},
                        {PracticeCode("P2"),
                         "High, \"Street\"",
                         Patients(5'000),
                         Patients(5'000),
                         {},
                         {{BudgetLine::non_elective, pounds(3'000), pounds(3'150), {}, {}},
                          {BudgetLine::prescribing, pounds(900), pounds(900), {}, {}}}}};
    inputs.allocation = {{BudgetLine::non_elective, pounds(10'000)},
                         {BudgetLine::prescribing, pounds(2'100)}};
    inputs.unattributed = {{BudgetLine::non_elective, {pounds(100), pounds(110)}}};
    const Date april = Date::of(2018, 4, 1);
    EXPECT_TRUE(
        put_adjustments(inputs, {{april, "F. Director", "clinic moved here", PracticeCode("P1"),
                                  BudgetLine::prescribing, true, pounds(10)},
                                 {april, "F. Director", "repays: last year's advance",
                                  PracticeCode("P2"), BudgetLine::prescribing, false, pounds(-20)}})
            .ok());
    return inputs;
}

Derivation derived(const DerivationInputs& inputs) {
    auto derivation = derive(inputs);
    EXPECT_TRUE(derivation.ok()) << (derivation.ok() ? "" : derivation.problem().says);
    return derivation.ok() ? std::move(*derivation) : Derivation{};
}

TEST(Derivation, goes_through_the_levels_that_the_sums_by_hand_give) {
    const Derivation derivation = derived(two_practices());
    const DerivedLine& line = derivation.lines[1];
    EXPECT_EQ(line.practice, PracticeCode("P1"));
    EXPECT_EQ(line.line, BudgetLine::prescribing);
    EXPECT_EQ(line.on_new_list, pounds(1'100));
    EXPECT_EQ(line.with_growth, pounds(1'122));
    EXPECT_EQ(line.with_efficiency, line.with_growth);  // pbc-2006 asks for none
    EXPECT_EQ(line.opening, pounds(1'132));
    // Prescribing: £2,100.00 and £20.00 that P2 repays, £2,120.00 by openings 1,132 and 918.
    EXPECT_EQ(line.stand_still, Pence(117'065));
    EXPECT_EQ(line.gross, Pence(117'065));
    EXPECT_EQ(line.risk_pool, Pence(2'341));
    EXPECT_EQ(line.management, Pence(1'171));
    EXPECT_EQ(line.net, Pence(113'553));
    EXPECT_EQ(derivation.lines[3].gross, Pence(94'935 - 2'000));
}

TEST(Derivation, adds_up_to_the_allocation_line_by_line) {
    const Derivation derivation = derived(two_practices());
    for (const DerivedTotal& total : derivation.totals) {
        Pence sum = total.reserve() + total.blocked_back + total.risk_pool + total.management;
        for (const DerivedLine& line : derivation.lines) {
            if (line.line == total.line) sum += line.net;
        }
        EXPECT_EQ(sum, total.allocation);
    }
    EXPECT_EQ(derivation.totals[0].unattributed, pounds(110));
}

TEST(Derivation, tells_every_step_and_the_steps_add_up) {
    const DerivationInputs inputs = two_practices();
    const Derivation derivation = derived(inputs);
    const auto all = waterfall_of(inputs, derivation, PracticeCode("P1"), std::nullopt);
    ASSERT_TRUE(all.ok());
    Pence sum = all->steps.front().amount;
    for (std::size_t i = 1; i < all->steps.size(); ++i) {
        if (!all->steps[i].is_level) sum += all->steps[i].amount;
    }
    EXPECT_EQ(sum, all->net);
    EXPECT_EQ(all->net, derivation.lines[0].net + derivation.lines[1].net);
    EXPECT_EQ(
        all->steps[2].says,
        "Your list grew by 10.0%, from 10,000 to 11,000 patients (all practices: +6.7%), which "
        "added £620.");
    EXPECT_EQ(all->steps[2].commissioner, pounds(620));
    const auto one = waterfall_of(inputs, derivation, PracticeCode("P1"), BudgetLine::prescribing);
    ASSERT_TRUE(one.ok());
    EXPECT_EQ(one->net, derivation.lines[1].net);
    EXPECT_FALSE(waterfall_of(inputs, derivation, PracticeCode("P9"), std::nullopt).ok());
    EXPECT_FALSE(waterfall_of(inputs, derivation, PracticeCode("P1"), BudgetLine::maternity).ok());
}

TEST(Derivation, is_worked_out_again_from_its_file_to_the_penny) {
    const DerivationInputs inputs = two_practices();
    const std::string csv = derivation_csv(inputs, derived(inputs));
    const auto again = rederive_text(csv, "d.csv");
    ASSERT_TRUE(again.ok()) << again.problem().says;
    EXPECT_EQ(again->inputs, inputs);
    EXPECT_TRUE(again->differences.empty()) << again->differences.front();
    EXPECT_EQ(again->practices, 2U);
    EXPECT_EQ(again->figures, 4U * 12 + 2 * 9);
    EXPECT_EQ(derivation_csv(again->inputs, again->derivation), csv);
}

TEST(Derivation, finds_any_cell_that_was_altered) {
    const DerivationInputs inputs = two_practices();
    const std::string csv = derivation_csv(inputs, derived(inputs));
    int altered = 0;
    std::size_t line = csv.find("allocation,");
    while (line != std::string::npos && line < csv.size()) {
        const std::size_t end = csv.find('\n', line);
        const char last = csv[end - 1];
        std::string changed = csv;
        changed[end - 1] = last == '7' ? '8' : '7';
        const bool is_figure = last >= '0' && last <= '9';
        if (is_figure) {
            ++altered;
            const auto again = rederive_text(changed, "d.csv");
            EXPECT_TRUE(!again.ok() || !again->differences.empty()) << csv.substr(line, end - line);
        }
        line = end + 1;
    }
    EXPECT_GT(altered, 50);
    EXPECT_FALSE(rederive_text("practice,pence\nP1,5\n", "d.csv").ok());
}

// P1 freed up £300.00 of its £1,200.00 of drugs in 2016/17: its baseline of £1,000.00 stands at
// £1,200.00, for no more than it has fallen by. × 11 ÷ 10 × 1.02 = £1,346.40; + £10.00.
TEST(Derivation, does_not_cut_a_savers_baseline_for_the_schemes_years) {
    DerivationInputs inputs = two_practices();
    const RecordedSaving saving{
        Date::of(2017, 6, 1),    "F. Director",       "switched: generics", PracticeCode("P1"),
        BudgetLine::prescribing, FinancialYear(2016), pounds(300),          pounds(1'200)};
    ASSERT_TRUE(put_savings(inputs, {saving}).ok());
    const Derivation derivation = derived(inputs);
    EXPECT_EQ(derivation.lines[1].protected_saving, pounds(1'200));
    EXPECT_EQ(derivation.lines[1].opening, Pence(134'640 + 1'000));
    EXPECT_EQ(derivation.lines[0].protected_saving, derivation.lines[0].repriced);
    const auto told = waterfall_of(inputs, derivation, PracticeCode("P1"), std::nullopt);
    ASSERT_TRUE(told.ok());
    EXPECT_EQ(told->steps[2].title, "Saver's protection");
    EXPECT_EQ(told->steps[2].amount, pounds(200));
    EXPECT_NE(told->steps[2].says.find("For 3 years"), std::string::npos);
    EXPECT_NE(told->steps[3].says.find("which added £640"), std::string::npos)
        << told->steps[3].says;  // £120.00, and £520.00 of the other line
    const auto other = waterfall_of(inputs, derivation, PracticeCode("P2"), std::nullopt);
    EXPECT_EQ(other->steps[2].amount, Pence(0));
    EXPECT_EQ(other->steps[2].commissioner, pounds(200));

    const auto again = rederive_text(derivation_csv(inputs, derivation), "d.csv");
    ASSERT_TRUE(again.ok()) << again.problem().says;
    EXPECT_EQ(again->inputs, inputs);
    EXPECT_TRUE(again->differences.empty()) << again->differences.front();

    inputs.year = FinancialYear(2020);  // four years after: the scheme protects for three
    EXPECT_EQ(derived(inputs).lines[1].protected_saving, pounds(1'000));
    inputs.year = FinancialYear(2019);
    EXPECT_EQ(derived(inputs).lines[1].protected_saving, pounds(1'200));
}

TEST(Derivation, tells_each_kind_of_entry_apart_and_keeps_what_the_commissioner_keeps) {
    DerivationInputs inputs = two_practices();
    const auto entry = [](const char* practice, EntryKind kind, bool recurrent,
                          std::int64_t amount) {
        return BudgetAdjustment{
            Date::of(2018, 4, 1),    "F. Director", "as minuted",   PracticeCode(practice),
            BudgetLine::prescribing, recurrent,     pounds(amount), kind};
    };
    const Pence before = derived(inputs).lines[3].gross;
    ASSERT_TRUE(put_adjustments(inputs, {entry("P1", EntryKind::deficit_repayment, false, -50),
                                         entry("P1", EntryKind::transfer, true, 30),
                                         entry("P2", EntryKind::transfer, true, -30),
                                         entry("P2", EntryKind::top_slice, true, -40)})
                    .ok());
    const Derivation derivation = derived(inputs);
    const DerivedTotal& drugs = derivation.totals[1];
    EXPECT_EQ(drugs.kept, pounds(90));
    EXPECT_EQ(drugs.envelope, pounds(2'100 + 20 - 40));
    EXPECT_EQ(drugs.reserve(), pounds(90));
    EXPECT_LT(derivation.lines[3].gross, before);  // a repayment is nobody else's gain

    const auto told = waterfall_of(inputs, derivation, PracticeCode("P1"), std::nullopt);
    ASSERT_TRUE(told.ok());
    const auto amount_of = [&](std::string_view title) {
        const auto step = std::ranges::find(told->steps, title, &WaterfallStep::title);
        return step == told->steps.end() ? std::optional<Pence>() : step->amount;
    };
    EXPECT_EQ(amount_of("Repayment of an earlier deficit"), pounds(-50));
    EXPECT_EQ(amount_of("Transfers that stay"), pounds(30));
    EXPECT_EQ(amount_of("Top slice, kept every year"), Pence(0));
    EXPECT_EQ(amount_of("Changes that stay"), pounds(10));
    EXPECT_EQ(amount_of("Only this year"), Pence(0));

    const auto again = rederive_text(derivation_csv(inputs, derivation), "d.csv");
    ASSERT_TRUE(again.ok()) << again.problem().says;
    EXPECT_EQ(again->inputs, inputs);
    EXPECT_TRUE(again->differences.empty()) << again->differences.front();
}

TEST(Derivation, keeps_remarks_about_the_baseline_and_shows_them_to_their_practice) {
    DerivationInputs inputs = two_practices();
    inputs.remarks = {{PracticeCode("P2"), BudgetLine::non_elective, "more than expected, by far"}};
    const Derivation derivation = derived(inputs);
    const auto again = rederive_text(derivation_csv(inputs, derivation), "d.csv");
    ASSERT_TRUE(again.ok()) << again.problem().says;
    EXPECT_EQ(again->inputs, inputs);
    const auto told = waterfall_of(inputs, derivation, PracticeCode("P2"), std::nullopt);
    EXPECT_EQ(told->notes, std::vector<std::string>{"more than expected, by far"});
    EXPECT_TRUE(waterfall_of(inputs, derivation, PracticeCode("P1"), std::nullopt)->notes.empty());
}

TEST(Derivation, refuses_an_allocation_that_cannot_be_shared) {
    const auto says = [](auto change) {
        auto inputs = two_practices();
        change(inputs);
        const auto derivation = derive(inputs);
        return derivation.ok() ? std::string("accepted") : derivation.problem().says;
    };
    EXPECT_NE(says([](auto& in) {
                  in.allocation[BudgetLine::community] = pounds(5);
              }).find("'community', which is out in the scheme pbc-2006"),
              std::string::npos);
    EXPECT_NE(says([](auto& in) {
                  in.allocation.erase(BudgetLine::prescribing);
              }).find("P1 has care on 'prescribing', which has no allocation"),
              std::string::npos);
    EXPECT_NE(says([](auto& in) {
                  in.practices[1].list_then = Patients(0);
              }).find("P2 has no registered list"),
              std::string::npos);
    EXPECT_NE(says([](auto& in) {
                  in.practices[1].lines[1].one_off = pounds(-99'999);
              }).find("leave the budget of 'prescribing' below £0.00"),
              std::string::npos);
    EXPECT_NE(says([](auto& in) {
                  in.unattributed[BudgetLine::prescribing].repriced = pounds(9'999);
              }).find("leaves nothing for practices"),
              std::string::npos);
}

}  // namespace
}  // namespace purse
