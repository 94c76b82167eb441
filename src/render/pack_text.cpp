#include <fmt/format.h>

#include "render/pack_pages.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"
#include "render/year_end_pages.hpp"

namespace purse {

namespace {

std::string activity_of(const StatementRow& row, const std::optional<Figures>& figures) {
    if (!row.one_kind) return "";
    return figures ? grouped(figures->activity) : "–";
}

std::vector<std::string> period_cells(const StatementRow& row, const Figures& figures,
                                      const std::optional<Pence>& budget,
                                      const std::optional<Pence>& variance,
                                      const std::optional<Figures>& last_year) {
    if (!row.loaded) {
        return {label_of(row),
                row.outside ? "not in the budget" : "no data loaded",
                "",
                "",
                amount_or_dash(budget),
                "–",
                ""};
    }
    const bool money = row.code != "consultant_referrals";
    return {label_of(row),
            activity_of(row, figures),
            activity_of(row, last_year),
            money ? in_pounds(figures.cost) : "in 3",
            money ? amount_or_dash(budget) : "",
            money ? variance_in_words(variance) : "",
            !money      ? ""
            : last_year ? in_pounds(last_year->cost)
                        : "–"};
}

std::string month_table(const Pack& pack) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {in_words(pack.statement.month), "activity", "last year", "cost", "budget", "over/under",
         "last year"},
        {}};
    for (const PackRow& one : pack.rows) {
        if (one.row.code == "total") cells.emplace_back();
        cells.push_back(period_cells(one.row, one.row.month, one.month_budget, one.month_variance(),
                                     one.last_years_month));
    }
    return aligned(cells, {left, right, right, right, right, right, right});
}

std::string year_table(const Pack& pack) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {"Year to " + in_words(pack.statement.month), "activity", "last year", "cost", "budget",
         "over/under", "last year", "1,000 a year", "all", "national"},
        {}};
    for (const PackRow& one : pack.rows) {
        if (one.row.code == "total") cells.emplace_back();
        auto row = period_cells(one.row, one.row.year_to_date, one.row.budget_to_date,
                                one.row.variance(), one.row.last_year);
        const bool rated = one.row.loaded && one.row.one_kind;
        row.push_back(rated ? rate_text(one.rates.practice) : "");
        row.push_back(rated ? rate_text(one.rates.commissioner) : "");
        row.push_back(rated ? rate_text(one.rates.national) : "");
        cells.push_back(std::move(row));
    }
    return aligned(cells, {left, right, right, right, right, right, right, right, right, right});
}

std::string standardised_text(const Pack& pack) {
    using enum Align;
    if (pack.standardised.empty()) return "Not compared: " + pack.not_standardised + "\n";
    std::vector<std::vector<std::string>> cells = {
        {"For 1,000 patients a year, by age and sex", "you", "all", "national", ""}, {}};
    for (const PackStandardised& one : pack.standardised) {
        cells.push_back({one.name, rate_text(one.rate), rate_text(one.commissioner),
                         rate_text(one.national), one.standing});
    }
    return aligned(cells, {left, right, right, right, left});
}

std::string reasons_text(const Pack& pack) {
    using enum Align;
    if (!pack.everything_else) return "Why: " + pack.no_reasons + "\n";
    std::vector<std::vector<std::string>> cells;
    for (const PackReason& reason : pack.reasons) {
        cells.push_back({"  " + variance_in_words(reason.amount), reason.says});
    }
    cells.push_back({"  " + variance_in_words(*pack.everything_else), "everything else"});
    cells.push_back(
        {"= " + variance_in_words(pack.statement.total.variance()), "the total of the nine lines"});
    std::string out = "Why: the three largest reasons\n" + aligned(cells, {right, left});
    if (!pack.beyond_statement.empty()) out += "In none of them: " + pack.beyond_statement + "\n";
    return out;
}

std::vector<std::string> year_end_cells(const YearEndRow& row) {
    const AccountForecast& one = row.forecast;
    const bool possible = one.basis != ForecastBasis::not_possible;
    return {row.label,
            in_pounds(one.to_date),
            possible ? in_pounds(one.outturn()) : "no forecast",
            range_in_words(one.range_80),
            amount_or_dash(one.budget),
            variance_in_words(row.over())};
}

std::string year_end_text(const Pack& pack) {
    using enum Align;
    if (!pack.year_end) return "Where the year may end: " + pack.no_year_end + "\n";
    const YearEnd& year_end = *pack.year_end;
    std::string out = "Where the year may end: " + year_end.says + "\n";
    if (!is_possible(year_end)) return out;
    std::vector<std::vector<std::string>> cells = {
        {to_text(year_end.month.financial_year()), "reported", "year-end", "80% range", "budget",
         "over/under"},
        {}};
    for (const YearEndRow& row : year_end.lines) cells.push_back(year_end_cells(row));
    cells.emplace_back();
    cells.push_back(year_end_cells(year_end.total));
    out += aligned(cells, {left, right, right, right, right, right});
    for (const std::string_view says :
         {what_the_total_leaves_out(year_end), how_earlier_ones_did(year_end)}) {
        if (!says.empty()) out += std::string(says) + "\n";
    }
    return out;
}

}  // namespace

std::string as_text(const Pack& pack) {
    const Statement& statement = pack.statement;
    std::string out = fmt::format("{} ({}) – {} – monthly pack of {}\n{}\n{}\n", statement.name,
                                  statement.code, statement.commissioner, in_words(statement.month),
                                  first_sentence(statement), data_sentence(statement));
    if (statement.list_size) {
        out += fmt::format("Registered list: {} patients.\n", grouped(*statement.list_size));
    }
    out += "\n" + month_table(pack) + "\n" + year_table(pack);
    if (const std::string stay = stay_sentence(pack); !stay.empty()) out += "\n" + stay + "\n";
    for (const BlockShare& share : pack.blocks) {
        out += block_sentence(share, statement.month) + "\n";
    }
    out += pack.national + "\n\n" + standardised_text(pack) + "\n" + reasons_text(pack) + "\n";
    for (const std::string& says : pack.prescribing) {
        if (!says.empty()) out += "Prescribing: " + says + "\n";
    }
    out += "\n" + year_end_text(pack) + "\n";
    if (const std::string says = waiting_sentence(pack); !says.empty()) out += says + "\n";
    out += pack.challenges + "\n";
    for (const std::string& note : pack.notes) out += note + "\n";
    return out + std::string(indicative_sentence()) + "\n";
}

}  // namespace purse
