#include <fmt/format.h>

#include "answers/variance_json.hpp"
#include "cli/commands.hpp"
#include "desk/repricing.hpp"
#include "money/grouped.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

struct RepriceOptions {
    std::string practice, month, year, tariff, factor, provider;
};

std::string as_text(const Repricing& repricing) {
    std::string out = fmt::format("{}\n  now:   {}\n  other: {}\n\n", repricing.title,
                                  repricing.prices_now, repricing.prices_other);
    std::vector<std::vector<std::string>> rows = {{"  ", "records", "now", "other", "difference"}};
    const auto add = [&](std::string_view name, const RepricedLine& line) {
        rows.push_back({"  " + std::string(name), grouped(line.records), in_pounds(line.now),
                        in_pounds(line.other), variance_in_words(line.difference())});
    };
    for (const RepricedLine& line : repricing.lines) add(name_of(line.line).name, line);
    rows.emplace_back();
    add("in all", repricing.total);
    constexpr auto right = Align::right;
    out += aligned(rows, {Align::left, right, right, right, right});
    for (const std::string& note : repricing.notes) out += "Note: " + note + ".\n";
    return out + fmt::format("Priced twice in {:.2f} s\n", repricing.seconds);
}

Result<RepriceRequest> request_of(const RepriceOptions& options) {
    RepriceRequest request;
    if (options.month.empty() == options.year.empty()) {
        return bad_input("say which records: --year 2017/18, or the year to --month 2017-09");
    }
    if (!options.year.empty()) {
        const auto year = parse_financial_year(options.year);
        if (!year) return year.problem();
        request.month = year->last_month();
    } else {
        const auto month = parse_month(options.month);
        if (!month) return month.problem();
        request.month = *month;
    }
    if (!options.practice.empty()) request.practice = PracticeCode(options.practice);
    if (!options.tariff.empty()) {
        const auto year = parse_financial_year(options.tariff);
        if (!year) return year.problem();
        request.tariff = *year;
    }
    if (!options.factor.empty()) {
        const auto factor = parse_factor(options.factor);
        if (!factor) return factor.problem();
        if (factor->millionths() <= 0) return bad_input("a market forces factor is above 0");
        request.market_forces = *factor;
    }
    if (!options.provider.empty()) {
        if (options.factor.empty()) return bad_input("--provider goes with --mff");
        request.provider = ProviderCode(options.provider);
    }
    return request;
}

Outcome tell(Terminal& terminal, const RepriceOptions& options) {
    const auto request = request_of(options);
    if (!request) return request.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto repricing = reprice(*site, *request);
    if (!repricing) return repricing.problem();
    fmt::print("{}", terminal.json ? as_json(*repricing) + "\n" : as_text(*repricing));
    return Nothing{};
}

}  // namespace

void add_reprice_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<RepriceOptions>();
    auto* one = app.add_subcommand(
        "reprice", "What a practice's or the site's year comes to at other prices: what if");
    one->add_option("practice", options->practice, "The practice's code (default: the whole site)");
    one->add_option("--year", options->year, "The records' year, such as 2017/18");
    one->add_option("--month", options->month, "Or the year to this month, such as 2017-09");
    one->add_option("--tariff", options->tariff,
                    "Another year's tariff, of the same HRG version, such as 2016/17");
    one->add_option("--mff", options->factor, "A market forces factor, such as 1.05, in place of");
    one->add_option("--provider", options->provider, "With --mff: this provider's alone");
    one->callback([options, &terminal] { terminal.run([&] { return tell(terminal, *options); }); });
}

}  // namespace purse
