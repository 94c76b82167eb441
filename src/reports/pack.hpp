// A practice's monthly pack, as a value: the nine lines for the month and the year to date beside
// last year and others' rates, and what a GP is told with them. Its totals are the statement's.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "budget/block_contracts.hpp"
#include "reports/statement.hpp"
#include "reports/year_end.hpp"
#include "statistics/confidence.hpp"

namespace purse {

// For 1,000 patients a year: the months of the year to date that are loaded, as if twelve went on
// like them. By the registered list; not adjusted for age.
struct PackRates {
    std::optional<double> practice;
    std::optional<double> commissioner;  // of all practices whose lists are known
    std::optional<double> national;      // as imported
};

struct PackRow {
    StatementRow row;
    std::optional<Pence> month_budget;
    std::optional<Figures> last_years_month;
    PackRates rates;
    Figures all_practices;  // year to date, of those whose lists are known

    [[nodiscard]] std::optional<Pence> month_variance() const;
};

// One of the rates that the pack must have, standardised for age and sex to the commissioner.
struct PackStandardised {
    std::string code, name, means;
    std::optional<double> rate;  // for 1,000 patients a year
    std::optional<Interval> rate_95;
    std::optional<double> commissioner;
    std::optional<double> national;
    std::string standing;  // "within what practices differ by"; or why it cannot be told
};

struct PackReason {
    Pence amount;
    std::string says;
};

// Who waits, and what they would cost at the commissioner's averages of the year.
struct PackWaiting {
    Date as_at;
    std::int64_t for_outpatients = 0, for_admission = 0;
    std::int64_t weeks_18_and_more = 0;
    Pence to_come;              // about: of those whose specialty has an average
    std::int64_t unpriced = 0;  // patients of specialties without one
};

struct Pack {
    Statement statement;
    std::vector<PackRow> rows;  // as the statement has them; the total last
    std::int64_t all_patients = 0;
    Month rates_from;                            // first month of the standardised rates
    std::vector<PackStandardised> standardised;  // empty: `not_standardised` says why
    std::string not_standardised;
    std::vector<BlockShare> blocks;   // line 7 and 8 by contract, as closed
    std::vector<PackReason> reasons;  // with `everything_else` they add up to the variance
    std::optional<Pence> everything_else;
    std::string beyond_statement;  // not yet reported, held out: what they make of the variance
    std::string no_reasons;        // why there are none
    std::vector<std::string> prescribing;
    std::optional<PackWaiting> waiting;  // none: no waiting list is imported
    std::string challenges;
    std::optional<YearEnd> year_end;  // as kept with the closing; none: `no_year_end` says why
    std::string no_year_end;
    std::string national;  // where the national rates come from, or that there are none
    std::vector<std::string> notes;

    [[nodiscard]] const PackRow* find(std::string_view code) const;
};

// All practices' year to date by row of the statement, of those whose lists are known, and the
// patients on their lists.
struct RowOfAll {
    Figures year_to_date;
    std::int64_t patients = 0;
};
std::vector<RowOfAll> rows_of_all(std::span<const Statement> statements);

struct PackSetting {
    const std::vector<RowOfAll>& all;
    // Thousandths of a record for 1,000 patients a year, by code of the row.
    const std::map<std::string, std::int64_t>& national;
};
// `last_year` is the statement of the same month a year ago, `before` one of the month before for
// its budgets to date; none: its budgets are not known any more, and the month's are not told.
std::vector<PackRow> pack_rows(const Statement& statement, const Statement& last_year,
                               const Statement* before, const PackSetting& setting);

// "4.2 days (all practices 4.6)"; empty without stays.
std::string stay_sentence(const Pack& pack);

// "On 31 March 2018 212 patients were waiting (150 for a first appointment, 62 for an admission;
// ...) and would cost about £98,000 ...". Empty without a list.
std::string waiting_sentence(const Pack& pack);

}  // namespace purse
