#include "desk/national_rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "activity/budget_line.hpp"
#include "benchmarking/measure.hpp"
#include "desk/kept_table.hpp"
#include "money/factor.hpp"
#include "organisation/published_table.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t most_thousandths = 100'000'000;  // 100,000 records for 1,000 patients

using RatesByYear = std::map<std::pair<std::string, FinancialYear>, NationalRate>;

fs::path rates_file(const Site& site) { return site.folder() / "local" / "national_rates.csv"; }

// What the pack shows a rate of: rows of the statement and measures.
Result<std::set<std::string>> known_codes(const Site& site) {
    const auto measures = read_measures(site.rules_folder() / "benchmarking" / "measures.toml");
    if (!measures) return measures.problem();
    std::set<std::string> codes = {"consultant_referrals"};
    for (const Measure& measure : measures->all) codes.insert(measure.code);
    for (const BudgetLineName& line : budget_lines) {
        codes.insert(std::string(line.code));
        codes.insert(fmt::format("pack_{}", line.pack_line));
    }
    return codes;
}

// Three decimals are kept.
std::int64_t rate_in(PublishedRow& row, std::optional<std::size_t> place) {
    const auto rate = parse_factor(row.text(place));
    if (rate && rate->millionths() > 0) {
        const std::int64_t thousandths = divided(rate->millionths(), 1000, Rounding::half_up);
        if (thousandths > 0 && thousandths <= most_thousandths) return thousandths;
    }
    row.refuse(place, fmt::format("'{}' is no rate: write how many for 1,000 patients a year, "
                                  "such as 215.4",
                                  row.text(place)));
    return 0;
}

struct RatesRead {
    RatesByYear rates;
    std::vector<UnreadRow> unread;
};

Result<RatesRead> read_rates(const fs::path& file, const std::set<std::string>& codes) {
    auto published = read_published_table(file);
    if (!published) return published.problem();
    const TextTable& table = published->table;
    const auto code = place_of(table, {"code", "measure", "line"});
    const auto year = place_of(table, {"year"});
    const auto rate = place_of(table, {"rate", "rate_per_1000"});
    const auto source = place_of(table, {"source"});
    if (!code || !year || !rate || !source) {
        return bad_input(fmt::format(
            "{}, line 1: national rates have the columns code, year, rate and source; its columns "
            "are: {}",
            table.file, fmt::join(table.headings, ", ")));
    }
    RatesRead read;
    read.unread = std::move(published->unread);
    for (const TextTable::Row& cells : table.rows) {
        PublishedRow row(table, cells);
        NationalRate one;
        one.code = row.text(code);
        if (!codes.contains(one.code)) {
            row.refuse(code, fmt::format("'{}' is neither a line nor a measure: use one of {}",
                                         one.code, fmt::join(codes, ", ")));
        }
        const auto of_year = parse_financial_year(row.text(year));
        if (of_year) {
            one.year = *of_year;
        } else {
            row.refuse(year, of_year.problem().says);
        }
        one.thousandths = rate_in(row, rate);
        one.source = row.text(source);
        if (one.source.empty())
            row.refuse(source, "a rate without its source is not shown: say it");
        if (row.good() && read.rates.contains({one.code, one.year})) {
            row.refuse(code, "the same code and year stand on an earlier line: keep one");
        }
        if (row.good()) {
            read.rates[{one.code, one.year}] = one;
        } else {
            read.unread.push_back(*row.fault());
        }
    }
    return read;
}

std::string as_csv(const RatesByYear& rates) {
    std::string csv = csv_line({"code", "year", "rate", "source"});
    for (const auto& [key, rate] : rates) {
        csv += csv_line({rate.code, to_text(rate.year),
                         fmt::format("{}.{:03}", rate.thousandths / 1000, rate.thousandths % 1000),
                         rate.source});
    }
    return csv;
}

Result<RatesByYear> kept_rates(const Site& site, const std::set<std::string>& codes) {
    if (!fs::exists(rates_file(site))) return RatesByYear{};
    auto kept = read_rates(rates_file(site), codes);
    if (!kept) return kept.problem();
    if (const auto whole = all_read(rates_file(site), kept->unread); !whole) return whole.problem();
    return std::move(kept->rates);
}

ImportReport report_of(const fs::path& file, const RatesRead& read) {
    ImportReport report;
    report.file = file.string();
    report.parts.push_back(
        {file.filename().string(), "national rates", read.rates.size(), in_words(read.unread)});
    report.says = fmt::format("{} national rates", read.rates.size());
    return report;
}

}  // namespace

Result<ImportReport> import_national_rates(Site& site, const fs::path& file) {
    const auto codes = known_codes(site);
    if (!codes) return codes.problem();
    const auto read = read_rates(file, *codes);
    if (!read) return read.problem();
    auto kept = kept_rates(site, *codes);
    if (!kept) return kept.problem();
    const std::string before = as_csv(*kept);
    for (const auto& [key, rate] : read->rates) (*kept)[key] = rate;
    return keep(site,
                {.place = rates_file(site),
                 .before = before,
                 .after = as_csv(*kept),
                 .holds = "national rates",
                 .action = "import_organisations"},
                report_of(file, *read));
}

Result<std::vector<NationalRate>> national_rates(const Site& site, FinancialYear year) {
    const auto codes = known_codes(site);
    if (!codes) return codes.problem();
    const auto kept = kept_rates(site, *codes);
    if (!kept) return kept.problem();
    std::vector<NationalRate> rates;
    for (const auto& [key, rate] : *kept) {
        if (rate.year == year) rates.push_back(rate);
    }
    return rates;
}

}  // namespace purse
