#include "desk/practice_data.hpp"

#include <fmt/format.h>

#include "desk/month_inputs.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

FinancialYear year_before(FinancialYear year) { return year + -1; }

std::optional<Month> latest_closed(const Site& site, FinancialYear year) {
    for (Month month = year.last_month(); month >= year.first_month(); month = month - 1) {
        if (site.decisions().latest_closing(month)) return month;
    }
    return std::nullopt;
}

std::string line_of_amount(BudgetLine line, Pence amount) {
    return fmt::format("  {}: {}\n", name_of(line).name, in_pounds(amount));
}

}  // namespace

std::vector<PracticeCode> budget_practices(const Site& site, FinancialYear year) {
    return affiliations_of(site)->ours_on(year.first_month().first_day());
}

Result<PracticeData> PracticeData::gather(const Site& site, FinancialYear year, Date today) {
    const KnownLists known = site.decisions().lists();
    PracticeData data(year, today, Lists(known.sizes, known.weighted));
    const auto affiliations = affiliations_of(site);
    data.practices_ = affiliations->ours_on(year.first_month().first_day());
    for (const PracticeCode practice : data.practices_) {
        data.names_[practice] = affiliations->name_of(practice);
    }
    for (const BudgetEntry& entry : site.decisions().budgets(year_before(year))) {
        data.budgets_[entry.row.practice][entry.row.line] = entry.row.annual;
    }
    data.used_to_ = latest_closed(site, year_before(year));
    if (!data.used_to_) return data;
    auto reports = open_month(site, *data.used_to_);
    if (!reports) return reports.problem();
    data.used_ = std::move(*reports);
    return data;
}

std::string PracticeData::name_of(PracticeCode practice) const {
    const auto found = names_.find(practice);
    return found == names_.end() ? practice.text() : found->second;
}

std::string PracticeData::list_lines(PracticeCode practice) const {
    const auto patients = lists_.total(practice, today_);
    const auto day = lists_.day_known(practice, today_);
    if (!patients || !day) return "Registered patients: no list is known\n";
    std::string lines =
        fmt::format("Registered patients on {}: {}\n", in_words(*day), grouped(patients->whole()));
    if (const auto weighted = lists_.weighted(practice, today_)) {
        lines +=
            fmt::format("The same after the Carr-Hill weights: {}\n", grouped(weighted->whole()));
    }
    return lines;
}

std::string PracticeData::budget_lines_of(PracticeCode practice) const {
    const std::string year = to_text(year_before(year_));
    const auto found = budgets_.find(practice);
    if (found == budgets_.end()) return fmt::format("Budget of {}: none is known\n", year);
    std::string lines = fmt::format("Budget of {}, the whole year:\n", year);
    Pence total;
    for (const auto& [line, amount] : found->second) {
        lines += line_of_amount(line, amount);
        total += amount;
    }
    return lines + fmt::format("  in all: {}\n", in_pounds(total));
}

std::string PracticeData::use_lines(PracticeCode practice) const {
    const std::string year = to_text(year_before(year_));
    if (!used_) return fmt::format("Use in {}: no month of that year has been closed\n", year);
    const auto account = used_->accounts.find(practice);
    const auto statement = statement_of(*used_, practice.text());
    if (account == used_->accounts.end() || !statement) {
        return fmt::format("Use in {}: none is known\n", year);
    }
    std::string lines = fmt::format("Use in {} to {}:\n", year, in_words(*used_to_));
    for (const auto& [line, figures] : account->second.lines) {
        lines += line_of_amount(line, figures.year_to_date.cost);
    }
    lines += fmt::format("  in all: {}\n", in_pounds(account->second.total().year_to_date.cost));
    return lines + data_sentence(*statement) + "\n";
}

std::string PracticeData::shown_to(PracticeCode practice) const {
    return fmt::format("Data for the budget of {}: {} ({}), as known on {}\n", to_text(year_),
                       name_of(practice), practice.text(), in_words(today_)) +
           list_lines(practice) + budget_lines_of(practice) + use_lines(practice);
}

}  // namespace purse
