#include "desk/price_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "rulebook/root_estimate.hpp"
#include "rulebook/tariff_files.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

Problem in_row(const TextTable& table, const TextTable::Row& row, const std::string& says) {
    return bad_input(fmt::format("{}, line {}: {}", table.file, row.line, says));
}

// Market forces factors of providers that the national list does not have.
Outcome add_local_factors(const fs::path& file, Tariff& tariff) {
    if (!fs::exists(file)) return Nothing{};
    const auto factors = read_local_market_forces(file);
    if (!factors) return factors.problem();
    for (const auto& [provider, factor] : *factors) tariff.market_forces[provider] = factor;
    return Nothing{};
}

// data_set,provider,code,price_pounds,times_market_forces: prices for what has no national one.
Result<std::vector<LocalPrice>> read_local_prices(const fs::path& file) {
    std::vector<LocalPrice> prices;
    if (!fs::exists(file)) return prices;
    const auto table = read_table(file);
    if (!table) return table.problem();
    std::array<std::size_t, 5> at{};
    constexpr std::array<std::string_view, 5> wanted = {"data_set", "provider", "code",
                                                        "price_pounds", "times_market_forces"};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto column = table->column(wanted[i]);
        if (!column) return column.problem();
        at[i] = *column;
    }
    for (const auto& row : table->rows) {
        const auto set = parse_data_set(row.cells[at[0]]);
        if (!set) return in_row(*table, row, set.problem().says);
        const auto price = parse_pounds(row.cells[at[3]]);
        if (!price) return in_row(*table, row, price.problem().says);
        prices.push_back({*set, ProviderCode(row.cells[at[1]]), row.cells[at[2]], *price,
                          row.cells[at[4]] == "yes",
                          fmt::format("{} line {}", file.filename().string(), row.line)});
    }
    return prices;
}

// Every year's, in order: a year may inherit from any other.
std::vector<fs::path> pricing_rule_files(const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fs::is_directory(folder)) return files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path file = entry.path() / "pricing.toml";
        if (fs::is_regular_file(file)) files.push_back(file);
    }
    std::ranges::sort(files);
    return files;
}

// As it was imported: a folder that was changed since is refused.
Result<Tariff> tariff_of(const Site& site, const TariffVersion& known) {
    const fs::path folder = site.folder() / known.tariff.folder;
    auto read = read_tariff_folder(folder, known.tariff.year);
    if (!read) return read.problem();
    if (read->tariff.version != known.tariff.version) {
        return conflict(fmt::format(
            "the price list in {} is not the one that was imported (version {}): import it again",
            folder.string(), known.tariff.version.substr(0, 8)));
    }
    return std::move(read->tariff);
}

// With the site's own factors; with `estimate_for`, estimates for HRGs of that year's list.
Result<Tariff> tariff_with_factors(const Site& site, const TariffVersion& known,
                                   std::optional<FinancialYear> estimate_for) {
    auto tariff = tariff_of(site, known);
    if (!tariff) return tariff.problem();
    if (estimate_for) {
        const auto other = site.decisions().current_tariff(*estimate_for);
        if (!other) return other.problem();
        const auto grouped_by = tariff_of(site, *other);
        if (!grouped_by) return grouped_by.problem();
        *tariff = with_root_estimates(std::move(*tariff), *grouped_by).tariff;
    }
    if (const auto added = add_local_factors(site.local_market_forces_file(), *tariff); !added) {
        return added.problem();
    }
    return tariff;
}

Result<SitePriceBook> compiled(const Site& site, const TariffVersion& known, Tariff tariff) {
    auto local = read_local_prices(site.local_prices_file());
    if (!local) return local.problem();
    auto rules =
        read_pricing_rules(site.own_rules_folder(), site.rules_folder(), known.tariff.year);
    if (!rules) return rules.problem();
    auto book = PriceBook::compile(std::move(tariff), std::move(*rules), std::move(*local));
    if (!book) return book.problem();
    return SitePriceBook{known, std::make_shared<const PriceBook>(std::move(*book))};
}

void add_file(Digest& whole, const fs::path& file) {
    const auto digest = digest_of_file(file);
    const fs::path shown = file.parent_path().filename() / file.filename();
    whole.add(shown.string() + " " + (digest ? *digest : "absent") + "\n");
}

}  // namespace

Result<SitePriceBook> price_book_of(const Site& site, FinancialYear year,
                                    const std::optional<std::string>& version,
                                    std::optional<FinancialYear> estimate_for) {
    const auto known =
        version ? site.decisions().tariff(year, *version) : site.decisions().current_tariff(year);
    if (!known) return known.problem();
    auto tariff = tariff_with_factors(site, *known, estimate_for);
    if (!tariff) return tariff.problem();
    return compiled(site, *known, std::move(*tariff));
}

Result<SitePriceBook> price_book_with_factor(const Site& site, FinancialYear year,
                                             const std::optional<std::string>& version,
                                             Factor factor, ProviderCode provider) {
    const auto known =
        version ? site.decisions().tariff(year, *version) : site.decisions().current_tariff(year);
    if (!known) return known.problem();
    auto tariff = tariff_with_factors(site, *known, {});
    if (!tariff) return tariff.problem();
    if (!provider.empty() && !tariff->market_forces.contains(provider)) {
        return not_found(fmt::format("the price list of {} has no market forces factor for {}",
                                     to_text(year), provider.text()));
    }
    for (auto& [code, own] : tariff->market_forces) {
        if (provider.empty() || code == provider) own.factor = factor;
    }
    return compiled(site, *known, std::move(*tariff));
}

Result<EmergencyBaselines> read_emergency_baselines(const fs::path& file) {
    EmergencyBaselines baselines;
    if (!fs::exists(file)) return baselines;
    const auto table = read_table(file);
    if (!table) return table.problem();
    std::array<std::size_t, 4> at{};
    constexpr std::array<std::string_view, 4> wanted = {"provider", "year", "baseline_pounds",
                                                        "source"};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto column = table->column(wanted[i]);
        if (!column) return column.problem();
        at[i] = *column;
    }
    for (const auto& row : table->rows) {
        const auto year = parse_financial_year(row.cells[at[1]]);
        if (!year) return in_row(*table, row, year.problem().says);
        const ProviderCode provider(row.cells[at[0]]);
        auto& entry = baselines[*year];
        if (entry.contains(provider)) {
            return in_row(*table, row, provider.text() + " has a baseline of that year already");
        }
        entry[provider] = std::nullopt;
        if (row.cells[at[2]] == "none") continue;
        const auto baseline = parse_pounds(row.cells[at[2]]);
        if (!baseline) return in_row(*table, row, baseline.problem().says);
        if (*baseline < Pence(0)) return in_row(*table, row, "a baseline cannot be below £0.00");
        entry[provider] = *baseline;
    }
    return baselines;
}

std::string pricing_inputs_digest(const Site& site, FinancialYear year) {
    Digest whole;
    for (const fs::path& folder : {site.own_rules_folder(), site.rules_folder()}) {
        for (const fs::path& file : pricing_rule_files(folder)) add_file(whole, file);
    }
    whole.add(as_folder(year) + "\n");
    for (const fs::path& file :
         {site.local_prices_file(), site.local_market_forces_file(), site.local_baselines_file()}) {
        add_file(whole, file);
    }
    return whole.hex();
}

}  // namespace purse
