#include "replayed_site.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/closes.hpp"
#include "desk/imports.hpp"
#include "desk/loads.hpp"
#include "desk/statements.hpp"
#include "desk/year_forecasts.hpp"
#include "synthesis/synthesis.hpp"

namespace purse::bench {

namespace fs = std::filesystem;

namespace {

const Progress in_silence = [](std::uint64_t, std::uint64_t, std::uint64_t) {};
const FinancialYear first_year(2016);

// The value, or an exception that says the problem: a back-test that cannot run is no result.
template <class T>
T got(Result<T> result) {
    if (!result) throw std::runtime_error(result.problem().says);
    return std::move(result).value();
}

void make_files(const fs::path& out, const ReplayOptions& options) {
    SynthesisOptions made;
    made.out = out;
    made.rules = shipped_rules_folder();
    made.practices = options.practices;
    made.population = options.population;
    made.first_year = first_year;
    made.years = options.years;
    made.months_without_freeze = 0;
    made.providers = 2;
    made.seed = options.seed;
    got(synthesise(made));
}

template <class Import>
void import_each(const fs::path& folder, Import import) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const fs::path& file : files) got(import(file));
}

Site make_site(const fs::path& folder, const fs::path& files) {
    SiteSettings settings;
    settings.commissioner = CommissionerCode("9ZZ");
    settings.name = "Fictional Valley Commissioner";
    Site site = got(Site::create(folder, settings));
    import_each(files / "organisations",
                [&](const fs::path& file) { return import_organisations(site, file); });
    import_each(files / "lists", [&](const fs::path& file) {
        return import_lists(site, file, got(parse_date(file.stem().string())));
    });
    import_each(files / "tariff", [&](const fs::path& file) {
        return import_tariff(site, file, got(parse_financial_year(file.filename().string())));
    });
    import_each(files / "budgets", [&](const fs::path& file) { return import_budget(site, file); });
    return site;
}

void load_month(Site& site, const fs::path& files, Month month, Extract stage) {
    for (const DataSet set : all_data_sets) {
        LoadCommand command;
        command.set = set;
        command.files = {files / "records" / short_name(set) /
                         fmt::format("{}-{}.csv", to_text(month), to_text(stage))};
        command.month = month;
        command.stage = stage;
        got(load(site, command, in_silence));
    }
}

YearForecastInputs inputs_at_end(const Site& site, Month last) {
    const MonthInputs inputs = got(gather_inputs(site, last));
    const MonthReports reports = got(open_month(site, last));
    const SiteHistory history = got(
        history_of(site, last, inputs.history, inputs.books, *inputs.affiliations, *reports.cube));
    return got(forecast_inputs(site, last, inputs, history));
}

// Budgets are the last year's, and only tell sizes.
YearForecastInputs known_at(const YearForecastInputs& all, Month month) {
    YearForecastInputs known = all;
    known.month = month;
    std::erase_if(known.costs, [&](const AccountCost& cost) { return cost.month > month; });
    for (auto& [line, months] : known.known) months.second = std::min(months.second, month);
    known.budgets_left.clear();
    return known;
}

}  // namespace

Result<ForecastScores> frozen_scores(const fs::path& folder, const ReplayOptions& options) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    make_files(folder / "made", options);
    Site site = make_site(folder / "site", folder / "made");
    const FinancialYear end = first_year + options.years;
    const Month last = end.first_month() - 1;
    for (Month month = first_year.first_month(); month <= last; month = month + 1) {
        load_month(site, folder / "made", month, Extract::freeze);
    }
    got(close_month(site, last, in_silence));
    const YearForecastInputs all = inputs_at_end(site, last);
    ForecastScores scores;
    for (FinancialYear year = first_year + 1; year < end; year = year + 1) {
        const YearForecast came = forecast_year(known_at(all, year.last_month()));
        for (Month month = year.first_month(); month < year.last_month(); month = month + 1) {
            score(scores, forecast_year(known_at(all, month)), came);
        }
    }
    for (auto& [level, score] : scores) score.budget = {};  // only the last year's is known
    return scores;
}

Result<ForecastScores> replayed_scores(const fs::path& folder, const ReplayOptions& options) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    make_files(folder / "made", options);
    Site site = make_site(folder / "site", folder / "made");
    const Month first = first_year.first_month();
    const FinancialYear end = first_year + options.years;
    for (Month month = first; month < end.first_month(); month = month + 1) {
        load_month(site, folder / "made", month, Extract::flex);
        if (month > first) load_month(site, folder / "made", month - 1, Extract::freeze);
        if (month - first < 12) continue;
        // The year is over when its last month is frozen: it is closed again.
        if (month.place_in_year() == 1 && month - first > 12)
            got(close_month(site, month - 1, in_silence));
        got(close_month(site, month, in_silence));
    }
    load_month(site, folder / "made", end.first_month() - 1, Extract::freeze);
    got(close_month(site, end.first_month() - 1, in_silence));
    const auto kept = scores_before(site, end);
    if (!kept) return kept.problem();
    return kept->scores;
}

}  // namespace purse::bench
