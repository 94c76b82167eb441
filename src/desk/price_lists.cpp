#include "desk/price_lists.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "rulebook/tariff_files.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

Problem in_row(const TextTable& table, const TextTable::Row& row, const std::string& says) {
    return bad_input(fmt::format("{}, line {}: {}", table.file, row.line, says));
}

// provider,factor: market forces factors of providers that the national list does not have.
Outcome add_local_factors(const fs::path& file, Tariff& tariff) {
    if (!fs::exists(file)) return Nothing{};
    const auto table = read_table(file);
    if (!table) return table.problem();
    const auto provider = table->column("provider");
    const auto factor = table->column("factor");
    if (!provider) return provider.problem();
    if (!factor) return factor.problem();
    for (const auto& row : table->rows) {
        const auto value = parse_factor(row.cells[*factor]);
        if (!value) return in_row(*table, row, value.problem().says);
        tariff.market_forces[ProviderCode(row.cells[*provider])] = {
            "from the site's own list " + file.filename().string(), *value, {}};
    }
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

}  // namespace

Result<SitePriceBook> price_book_of(const Site& site, FinancialYear year,
                                    const std::optional<std::string>& version) {
    const auto known =
        version ? site.decisions().tariff(year, *version) : site.decisions().current_tariff(year);
    if (!known) return known.problem();
    auto read = read_tariff_folder(site.folder() / known->tariff.folder, year);
    if (!read) return read.problem();
    if (read->tariff.version != known->tariff.version) {
        return conflict(fmt::format(
            "the price list in {} is not the one that was imported (version {}): import it again",
            (site.folder() / known->tariff.folder).string(), known->tariff.version.substr(0, 8)));
    }
    if (const auto added = add_local_factors(site.local_market_forces_file(), read->tariff);
        !added) {
        return added.problem();
    }
    auto local = read_local_prices(site.local_prices_file());
    if (!local) return local.problem();
    auto rules = read_pricing_rules(site.rules_folder(), year);
    if (!rules) return rules.problem();
    auto book = PriceBook::compile(std::move(read->tariff), std::move(*rules), std::move(*local));
    if (!book) return book.problem();
    return SitePriceBook{*known, std::make_shared<const PriceBook>(std::move(*book))};
}

std::string pricing_inputs_digest(const Site& site, FinancialYear year) {
    Digest whole;
    for (const fs::path& file : {site.rules_folder() / as_folder(year) / "pricing.toml",
                                 site.local_prices_file(), site.local_market_forces_file()}) {
        const auto digest = digest_of_file(file);
        whole.add(file.filename().string() + " " + (digest ? *digest : "absent") + "\n");
    }
    return whole.hex();
}

}  // namespace purse
