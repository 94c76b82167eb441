// What a year's derivation promises whatever is entered: it adds up, its file gives the same pence
// again, every waterfall adds up, and a saver is never worse off for having saved.
#include <gtest/gtest.h>
// After GoogleTest, which it builds upon.
#include <rapidcheck/gtest.h>

#include <fstream>

#include "budget/derivation_file.hpp"

namespace purse {
namespace {

std::string scheme_text() {
    std::ifstream in(std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes/pbc-2009.toml",
                     std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr BudgetLine some_lines[] = {BudgetLine::non_elective, BudgetLine::prescribing};

std::int64_t some(std::int64_t least, std::int64_t most) { return *rc::gen::inRange(least, most); }

BudgetAdjustment some_entry(int practices) {
    BudgetAdjustment entry;
    entry.date = Date::of(2018, 4, 1);
    entry.author = "A. Author";
    entry.reason = "as minuted, by both: see the note";
    entry.practice = PracticeCode("P" + std::to_string(10 + some(0, practices)));
    entry.line = some_lines[some(0, 2)];
    entry.kind = static_cast<EntryKind>(some(0, 7));
    entry.recurrent = some(0, 2) == 1;
    if (entry.kind == EntryKind::full_year_effect) entry.recurrent = true;
    if (entry.kind == EntryKind::prior_year_item) entry.recurrent = false;
    entry.amount = Pence(some(1, 200'000));
    if (is_kept_by_commissioner(entry.kind) || some(0, 2) == 1) entry.amount = -entry.amount;
    return entry;
}

DerivationInputs some_inputs() {
    DerivationInputs inputs;
    inputs.year = FinancialYear(2018);
    inputs.name = "some";
    inputs.scheme_text = scheme_text();
    inputs.baseline_from = Month(2017, 4);
    inputs.baseline_to = Month(2018, 3);
    const int practices = static_cast<int>(some(2, 12));
    for (int i = 0; i < practices; ++i) {
        DerivationPractice practice;
        practice.practice = PracticeCode("P" + std::to_string(10 + i));
        practice.name = "Practice";
        practice.list_then = Patients(some(2'000, 10'000));
        practice.list_now =
            Patients::from_thousandths(practice.list_then.thousandths() * some(900, 1'100) / 1000);
        for (const char* need : {"general_and_acute", "prescribing"}) {
            practice.needs[need] = practice.list_now.thousandths() * some(800, 1'200);
        }
        for (const BudgetLine line : some_lines) {
            const Pence baseline(some(20'000'000, 90'000'000));
            practice.lines.push_back({line, baseline, Pence(baseline.count() * 102 / 100), {}, {}});
            inputs.allocation[line] += Pence(baseline.count() * 13 / 10);
        }
        inputs.practices.push_back(std::move(practice));
    }
    std::vector<BudgetAdjustment> entries;
    const auto count = some(0, 12);
    for (std::int64_t i = 0; i < count; ++i) entries.push_back(some_entry(practices));
    RC_ASSERT(put_adjustments(inputs, std::move(entries)).ok());
    return inputs;
}

RecordedSaving some_saving(const DerivationInputs& inputs) {
    const auto& practice = inputs.practices[static_cast<std::size_t>(
        some(0, static_cast<std::int64_t>(inputs.practices.size())))];
    const Pence saved(some(1, 9'000'000));
    RecordedSaving saving;
    saving.date = Date::of(2017, 6, 1);
    saving.author = "A. Author";
    saving.reason = "generics";
    saving.practice = practice.practice;
    saving.line = BudgetLine::prescribing;
    saving.year = FinancialYear(static_cast<int>(some(2012, 2018)));
    saving.saved = saved;
    saving.before = practice.lines[1].baseline + Pence(some(-5'000'000, 12'000'000));
    return saving;
}

RC_GTEST_PROP(DerivationLaw, AddsUpAndIsWorkedOutAgainWhateverIsEntered, ()) {
    DerivationInputs inputs = some_inputs();
    if (some(0, 2) == 1) RC_ASSERT(put_savings(inputs, {some_saving(inputs)}).ok());
    const auto derivation = derive(inputs);
    RC_PRE(derivation.ok());  // an envelope may fall short of the floors
    for (const DerivedTotal& total : derivation->totals) {
        Pence sum = total.reserve() + total.risk_pool + total.management + total.blocked_back;
        for (const DerivedLine& line : derivation->lines) {
            if (line.line == total.line) sum += line.net;
        }
        RC_ASSERT(sum == total.allocation);
    }
    const auto again = rederive_text(derivation_csv(inputs, *derivation), "d.csv");
    RC_ASSERT(again.ok());
    RC_ASSERT(again->differences.empty());
    RC_ASSERT(again->inputs == inputs);
    for (const DerivationPractice& practice : inputs.practices) {
        const auto told = waterfall_of(inputs, *derivation, practice.practice, std::nullopt);
        RC_ASSERT(told.ok());
        Pence sum = told->steps.front().amount, everybodys = told->steps.front().commissioner;
        for (std::size_t i = 1; i < told->steps.size(); ++i) {
            if (told->steps[i].is_level) continue;
            sum += told->steps[i].amount;
            everybodys += told->steps[i].commissioner;
        }
        RC_ASSERT(sum == told->net);
        RC_ASSERT(everybodys == told->steps.back().commissioner);
    }
}

RC_GTEST_PROP(DerivationLaw, ARecordedSavingNeverLowersTheSaversOwnOpening, ()) {
    DerivationInputs inputs = some_inputs();
    const auto before = derive(inputs);
    const RecordedSaving saving = some_saving(inputs);
    RC_ASSERT(put_savings(inputs, {saving}).ok());
    const auto after = derive(inputs);
    RC_PRE(before.ok() && after.ok());
    for (std::size_t i = 0; i < before->lines.size(); ++i) {
        const bool savers =
            after->lines[i].practice == saving.practice && after->lines[i].line == saving.line;
        if (!savers) {
            RC_ASSERT(after->lines[i].opening == before->lines[i].opening);
            continue;
        }
        RC_ASSERT(after->lines[i].opening >= before->lines[i].opening);
        RC_ASSERT(after->lines[i].protected_saving - after->lines[i].repriced <=
                  Pence(saving.saved.count() * 102 / 100 + 1));
    }
}

}  // namespace
}  // namespace purse
