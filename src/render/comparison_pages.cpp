#include "render/comparison_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "budget/indicative.hpp"
#include "money/factor.hpp"
#include "render/comparison.hpp"
#include "render/text_table.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

// "-2.3456", for files.
std::string plain_percent(std::optional<std::int64_t> millionths) {
    if (!millionths) return "";
    return fmt::format("{}{}.{:04}", *millionths < 0 ? "-" : "", std::abs(*millionths) / 10'000,
                       std::abs(*millionths) % 10'000);
}

std::string bands_table(const ComparedBudgets& budgets,
                        const std::vector<ComparisonTally>& tallies) {
    std::vector<std::vector<std::string>> rows = {{"from the fair share", "by history"}, {}};
    std::vector<Align> align = {Align::left, Align::right};
    const auto known = std::ranges::find_if(
        tallies, [](const ComparisonTally& tally) { return tally.within + tally.beyond > 0; });
    if (known == tallies.end()) return "";
    for (const ComparedName& scheme : budgets.schemes) {
        rows[0].push_back(scheme.name);
        align.push_back(Align::right);
    }
    for (std::size_t band = 0; band < distance_bands.size(); ++band) {
        std::vector<std::string> row = {std::string(distance_bands[band]),
                                        std::to_string(known->before[band])};
        for (const ComparisonTally& tally : tallies) {
            const bool any = tally.within + tally.beyond > 0;
            row.push_back(any ? std::to_string(tally.after[band]) : "–");
        }
        rows.push_back(std::move(row));
    }
    return "\nPractices by their distance\n" + aligned(rows, align);
}

std::vector<ComparisonTally> tallies_of(const ComparedBudgets& budgets) {
    std::vector<ComparisonTally> tallies;
    for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
        tallies.push_back(tally_of(budgets, i));
    }
    return tallies;
}

boost::json::value number_or_null(std::optional<std::int64_t> millionths) {
    if (!millionths) return nullptr;
    return static_cast<double>(*millionths) / 10'000;
}

boost::json::object json_of(const ComparedName& scheme, const ComparisonTally& tally) {
    boost::json::object before, after;
    for (std::size_t band = 0; band < distance_bands.size(); ++band) {
        before[distance_bands[band]] = tally.before[band];
        after[distance_bands[band]] = tally.after[band];
    }
    return {{"name", scheme.name},
            {"title", scheme.title},
            {"opening_pence", tally.opening.count()},
            {"budget_pence", tally.budget.count()},
            {"growth_percent", number_or_null(tally.growth)},
            {"gain", tally.gain},
            {"lose", tally.lose},
            {"alike", tally.alike},
            {"moved_pence", tally.moved.count()},
            {"within_10_percent", tally.within},
            {"beyond_10_percent", tally.beyond},
            {"distance_by_history", std::move(before)},
            {"distance_after", std::move(after)}};
}

}  // namespace

std::string signed_percent(std::optional<std::int64_t> millionths) {
    if (!millionths) return "–";
    const std::int64_t tenths = divided(*millionths, 1000, Rounding::half_up);
    const char* sign = tenths < 0 ? "−" : tenths > 0 ? "+" : "";
    return fmt::format("{}{}.{}%", sign, std::abs(tenths) / 10, std::abs(tenths) % 10);
}

std::string tally_sentence(const ComparedName& scheme, const ComparisonTally& tally) {
    std::string says = fmt::format(
        "{} ({}): {} for practices, {} on their openings. Beside that growth {} gain, {} lose, {} "
        "stay as they were; {} moves from those who lose to those who gain.",
        scheme.name, scheme.title, in_pounds(tally.budget), signed_percent(tally.growth),
        tally.gain, tally.lose, tally.alike, roughly(tally.moved));
    if (tally.within + tally.beyond > 0) {
        says += fmt::format(" After it {} of {} practices are within 10% of their fair share.",
                            tally.within, tally.within + tally.beyond);
    }
    return says;
}

std::string as_text(const ComparedBudgets& budgets) {
    const std::vector<ComparisonTally> tallies = tallies_of(budgets);
    std::string out = budgets.title + "\n\n";
    for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
        out += tally_sentence(budgets.schemes[i], tallies[i]) + "\n";
    }
    out += bands_table(budgets, tallies) + "\n";
    std::vector<std::vector<std::string>> rows = {{"practice", "opening"}, {}};
    std::vector<Align> align = {Align::left, Align::right};
    for (const ComparedName& scheme : budgets.schemes) {
        rows[0].insert(rows[0].end(), {scheme.name, "change", "distance"});
        align.insert(align.end(), {Align::right, Align::right, Align::right});
    }
    for (const ComparedPractice& practice : budgets.practices) {
        std::vector<std::string> row = {practice.code + " " + practice.name,
                                        in_pounds(practice.under.front().opening)};
        for (const ComparedAmounts& own : practice.under) {
            row.insert(row.end(), {in_pounds(own.budget), signed_percent(change_of(own)),
                                   signed_percent(distance_after(own))});
        }
        rows.push_back(std::move(row));
    }
    return out + aligned(rows, align) +
           fmt::format(
               "Budgets before entries of the year and hand-backs; change from the opening; "
               "distance from the fair share after.\n{}\n",
               indicative_budget_sentence);
}

std::string as_json(const ComparedBudgets& budgets) {
    boost::json::array schemes, practices;
    for (std::size_t i = 0; i < budgets.schemes.size(); ++i) {
        schemes.push_back(json_of(budgets.schemes[i], tally_of(budgets, i)));
    }
    for (const ComparedPractice& practice : budgets.practices) {
        boost::json::array under;
        for (const ComparedAmounts& own : practice.under) {
            under.push_back(boost::json::object{
                {"opening_pence", own.opening.count()},
                {"budget_pence", own.budget.count()},
                {"change_percent", number_or_null(change_of(own))},
                {"distance_by_history_percent", number_or_null(distance_before(own))},
                {"distance_after_percent", number_or_null(distance_after(own))}});
        }
        practices.push_back(boost::json::object{
            {"practice", practice.code}, {"name", practice.name}, {"under", std::move(under)}});
    }
    const boost::json::object all{{"title", budgets.title},
                                  {"schemes", std::move(schemes)},
                                  {"practices", std::move(practices)},
                                  {"says", indicative_budget_sentence}};
    return boost::json::serialize(all) + "\n";
}

std::string as_csv(const ComparedBudgets& budgets) {
    std::vector<std::string> headings = {"practice", "name", "opening_pence"};
    for (const ComparedName& scheme : budgets.schemes) {
        headings.insert(headings.end(), {scheme.name + "_pence", scheme.name + "_change_percent",
                                         scheme.name + "_distance_percent"});
    }
    std::string out = csv_line(headings);
    for (const ComparedPractice& practice : budgets.practices) {
        std::vector<std::string> cells = {practice.code, practice.name,
                                          std::to_string(practice.under.front().opening.count())};
        for (const ComparedAmounts& own : practice.under) {
            cells.insert(cells.end(),
                         {std::to_string(own.budget.count()), plain_percent(change_of(own)),
                          plain_percent(distance_after(own))});
        }
        out += csv_line(cells);
    }
    return out;
}

}  // namespace purse
