// Pricing alone, on one core, on columns in memory: nanoseconds a record.
#include <benchmark/benchmark.h>

#include <random>

#include "support/demo_tariff.hpp"
#include "support/priced_rows.hpp"

namespace {

using namespace purse;

// About 2,800 HRGs and 250 providers, as many as the national workbook has.
Tariff wide_tariff() {
    Tariff tariff = testing::demo_tariff();
    const AdmittedPrice model = tariff.admitted[Hrg("EB03D")];
    for (int i = 0; i < 2800; ++i) {
        std::string code = "AA00A";
        code[0] = static_cast<char>('A' + i / 676 % 26);
        code[1] = static_cast<char>('A' + i / 26 % 26);
        code[4] = static_cast<char>('A' + i % 26);
        auto& row = tariff.admitted[Hrg(code)] = model;
        row.non_elective = pounds(1000 + i);
        row.short_stay_applies = i % 3 == 0;
    }
    for (int i = 0; i < 250; ++i) {
        std::string code = "R00";
        code[1] = static_cast<char>('A' + i / 26);
        code[2] = static_cast<char>('A' + i % 26);
        tariff.market_forces[ProviderCode(code)] = {"", Factor(1'000'000 + i * 1000), {}};
    }
    return tariff;
}

std::vector<testing::SpellRow> spells(const Tariff& tariff, std::size_t count, bool common) {
    std::mt19937_64 chance(42);
    std::vector<std::string> hrgs, providers;
    for (const auto& [hrg, row] : tariff.admitted) hrgs.push_back(hrg.text());
    for (const auto& [code, row] : tariff.market_forces) providers.push_back(code.text());
    const std::vector<std::string> methods = {"11", "12", "21", "22", "2A", "81"};
    std::vector<testing::SpellRow> rows(count);
    for (auto& row : rows) {
        row.hrg = hrgs[chance() % hrgs.size()];
        row.provider = providers[chance() % providers.size()];
        row.method = methods[chance() % methods.size()];
        row.classification = chance() % 3 == 0 ? "2" : "1";
        row.age = static_cast<int>(chance() % 100);
        row.discharged = row.admitted + static_cast<int>(chance() % 8 * (chance() % 8));
        if (common) continue;
        row.diagnoses = "I509;I10X;E119";
        row.procedures = "W371;Z942";
        if (chance() % 10 == 0) row.unbundled = "SB11Z";
        if (chance() % 10 == 0) row.specialised = "NCBPS06Z";
    }
    return rows;
}

void price_spells(benchmark::State& state) {
    const Tariff tariff = wide_tariff();
    const auto rows = spells(tariff, 4096, state.range(0) == 1);
    const auto book = PriceBook::compile(tariff, testing::demo_rules());
    // In batches of 2,048 records, as DuckDB hands them over.
    constexpr std::size_t batch = 2048;
    std::vector<testing::Buffers> buffers(rows.size() / batch);
    std::vector<std::vector<testing::SpellRow>> parts;
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        const auto from = rows.begin() + static_cast<std::ptrdiff_t>(i * batch);
        parts.emplace_back(from, from + static_cast<std::ptrdiff_t>(batch));
    }
    std::vector<SpellColumns> columns;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        columns.push_back(columns_of(parts[i], buffers[i]));
    }
    ChargeColumns out;
    for (auto _ : state) {
        for (const auto& in : columns) book->price_spells(in, out);
        benchmark::DoNotOptimize(out.final_price_pence.data());
    }
    const auto items = state.iterations() * static_cast<std::int64_t>(rows.size());
    state.SetItemsProcessed(items);
    state.counters["ns_per_spell"] =
        benchmark::Counter(static_cast<double>(items) * 1e-9,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(price_spells)->ArgName("common_path")->Arg(1)->Arg(0);

}  // namespace

BENCHMARK_MAIN();
