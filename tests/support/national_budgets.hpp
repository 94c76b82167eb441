// Every practice of England by integrated care board, from the published weighted populations, with
// made-up money: what a year's budgets of the whole country are worked out from.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "budget/derivation.hpp"
#include "budget/need_weights.hpp"
#include "tables/delimited.hpp"

namespace purse::testing {

struct NationalBudgets {
    std::vector<DerivationInputs> boards;  // by code of the integrated care board
    std::size_t practices = 0;
    std::size_t without_a_weight = 0;  // left out: a missing weight is never taken as 1
    Pence allocation;
};

struct MadeUpLine {
    BudgetLine line;
    const char* need;
    int pounds_a_head;  // a weighted head a year. Made up
};

inline constexpr MadeUpLine made_up_lines[] = {
    {BudgetLine::day_case, "general_and_acute", 95},
    {BudgetLine::elective, "general_and_acute", 90},
    {BudgetLine::non_elective, "general_and_acute", 300},
    {BudgetLine::outpatient_first, "general_and_acute", 55},
    {BudgetLine::outpatient_follow_up, "general_and_acute", 60},
    {BudgetLine::outpatient_procedure, "general_and_acute", 25},
    {BudgetLine::diagnostics, "general_and_acute", 20},
    {BudgetLine::emergency_department, "general_and_acute", 45},
    {BudgetLine::maternity, "maternity", 50},
    {BudgetLine::prescribing, "prescribing", 150},
    {BudgetLine::community, "community", 190},
    {BudgetLine::mental_health, "mental_health", 200}};

inline constexpr const char* made_up_components[] = {"general_and_acute", "maternity",
                                                     "prescribing", "community", "mental_health"};

// Between 70% and 130% of what need makes one expect, the same for the same practice and line.
inline std::int64_t made_up_use(PracticeCode practice, std::uint64_t line) {
    std::uint64_t mixed = practice.packed() * 0x9E3779B97F4A7C15U + line * 0xD1B54A32D192ED03U;
    mixed ^= mixed >> 32;
    mixed *= 0xBF58476D1CE4E5B9U;
    return 700 + static_cast<std::int64_t>((mixed >> 40) % 601);
}

inline DerivationPractice made_up_practice(PracticeCode code, Patients list,
                                           std::map<std::string, std::int64_t> needs) {
    DerivationPractice practice{code, code.text(), list, list, std::move(needs), {}};
    std::uint64_t number = 0;
    for (const MadeUpLine& line : made_up_lines) {
        const wide pence = wide{practice.needs.at(line.need)} * line.pounds_a_head * 100 *
                           made_up_use(code, number++);
        const Pence baseline(static_cast<std::int64_t>(pence / (wide{Factor::one} * 1000)));
        practice.lines.push_back(
            {line.line, baseline, scaled(baseline, Factor(1'015'000), Rounding::half_up), {}, {}});
    }
    return practice;
}

// Throws where the file is not as published.
inline NationalBudgets national_budgets(const std::filesystem::path& file,
                                        const std::string& scheme_text) {
    const auto table = read_table(file);
    const auto weights = read_need_weights(file);
    if (!table) throw std::runtime_error(table.problem().says);
    if (!weights) throw std::runtime_error(weights.problem().says);
    const std::size_t code = table->column("Practice_Code").value();
    const std::size_t board = table->column("ICS22").value();
    const std::size_t list = table->column("pop 2022/23").value();
    NationalBudgets national;
    std::map<std::string, DerivationInputs> boards;
    for (const TextTable::Row& row : table->rows) {
        const PracticeCode practice(row.cells[code]);
        std::map<std::string, std::int64_t> needs;
        for (const char* component : made_up_components) {
            if (const auto need = weights->of(practice, component)) needs[component] = *need;
        }
        if (needs.size() < std::size(made_up_components)) {
            ++national.without_a_weight;
            continue;
        }
        ++national.practices;
        boards[row.cells[board]].practices.push_back(
            made_up_practice(practice, parse_patients(row.cells[list]).value(), std::move(needs)));
    }
    for (auto& [name, inputs] : boards) {
        inputs.year = FinancialYear(2023);
        inputs.name = name;
        inputs.scheme_text = scheme_text;
        inputs.baseline_from = Month(2022, 4);
        inputs.baseline_to = Month(2023, 3);
        std::ranges::sort(inputs.practices, {}, &DerivationPractice::practice);
        for (const DerivationPractice& practice : inputs.practices) {
            for (const DerivationLine& line : practice.lines) {
                inputs.allocation[line.line] += line.repriced;
            }
        }
        // Six per cent more, to the pound.
        for (auto& [line, amount] : inputs.allocation) {
            amount = pounds(scaled(amount, Factor(1'060'000), Rounding::half_up).count() / 100);
            national.allocation += amount;
        }
        national.boards.push_back(std::move(inputs));
    }
    return national;
}

// What practices, pool, management and reserves come to, line by line; they should be the
// allocation.
inline Pence given_out(const Derivation& derivation) {
    Pence sum;
    for (const DerivedLine& line : derivation.lines) sum += line.net;
    for (const DerivedTotal& total : derivation.totals) {
        sum += total.risk_pool + total.management + total.reserve() + total.blocked_back;
    }
    return sum;
}

}  // namespace purse::testing
