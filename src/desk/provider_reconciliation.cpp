#include "desk/provider_reconciliation.hpp"

#include <fmt/format.h>

#include "desk/baseline_costs.hpp"
#include "desk/budget_setting.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

Result<std::vector<ContractValue>> read_contracts(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    const auto provider = table->column("provider");
    if (!provider) return provider.problem();
    const auto pence = table->column("pence");
    if (!pence) return pence.problem();
    std::optional<std::size_t> line;
    if (table->has("line")) line = *table->column("line");
    std::vector<ContractValue> contracts;
    for (const TextTable::Row& row : table->rows) {
        const auto wrong = [&](std::string_view says) {
            return bad_input(fmt::format("{} line {}: {}", table->file, row.line, says));
        };
        ContractValue contract;
        contract.provider = ProviderCode(row.cells[*provider]);
        if (contract.provider.empty()) return wrong("the provider is missing");
        const auto amount = parse_pounds(row.cells[*pence]);
        if (!amount || amount->count() % 100 != 0) return wrong("pence must be a whole number");
        contract.value = Pence(amount->count() / 100);
        if (line && !row.cells[*line].empty()) {
            const auto known = parse_budget_line(row.cells[*line]);
            if (!known) return wrong(known.problem().says);
            contract.line = *known;
        }
        contracts.push_back(contract);
    }
    return contracts;
}

BudgetScope scope_of(const DerivationInputs& inputs) {
    BudgetScope scope;
    for (const DerivationPractice& practice : inputs.practices) {
        scope.practices.insert(practice.practice);
        for (const DerivationLine& line : practice.lines) {
            scope.lines.insert(line.line);
            scope.practices_baseline += line.repriced;
        }
    }
    for (const auto& [line, other] : inputs.unattributed) {
        scope.unattributed_baseline += other.repriced;
    }
    return scope;
}

}  // namespace

Result<ProviderReconciliation> reconcile_providers(
    const Site& site, FinancialYear year, const std::optional<std::string>& name,
    const std::optional<std::filesystem::path>& file) {
    std::vector<ContractValue> contracts;
    if (file) {
        auto read = read_contracts(*file);
        if (!read) return read.problem();
        contracts = std::move(*read);
    }
    const auto draft = derivation_of(site, year, name);
    if (!draft) return draft.problem();
    const DerivationInputs& inputs = draft->file.inputs;
    const auto baseline =
        baseline_by_provider(site, inputs.baseline_from, inputs.baseline_to, year);
    if (!baseline) return baseline.problem();
    std::map<ProviderCode, std::string> names;
    for (const Provider& provider : site.decisions().organisations().providers) {
        names[provider.code] = provider.name;
    }
    auto all = reconciled(baseline->costs, contracts, scope_of(inputs), names);
    all.title = fmt::format("The baseline of {} ({} to {}) by provider, at the prices of {}",
                            draft->draft.name, to_text(inputs.baseline_from),
                            to_text(inputs.baseline_to), to_text(year));
    if (baseline->price_source != inputs.price_source) {
        all.notes.push_back(fmt::format("the draft was priced by the {}; now it is the {}",
                                        inputs.price_source, baseline->price_source));
    }
    return all;
}

}  // namespace purse
