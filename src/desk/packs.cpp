#include "desk/packs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <set>

#include "benchmarking/pack_rates.hpp"
#include "budget/in_year.hpp"
#include "budget/profile.hpp"
#include "desk/budgets_in_force.hpp"
#include "desk/national_rates.hpp"
#include "money/grouped.hpp"
#include "reports/to_come.hpp"

namespace purse {

namespace {

using Budgets = std::map<Account, std::map<BudgetLine, LineBudget>>;

struct BudgetsAtMonth {
    Budgets budgets;
    std::vector<BudgetChange> changes;
};

// What is in force, with the changes that the closing's month has, as it falls on the year up to
// another month.
Result<BudgetsAtMonth> budgets_at(const Site& site, Month closed, Month to) {
    const FinancialYear year = closed.financial_year();
    const auto rules = read_profile_rules(site.rules_folder() / "budget_lines.toml");
    if (!rules) return rules.problem();
    BudgetsAtMonth made;
    for (const BudgetEntry& entry : site.decisions().budgets(year)) {
        const BudgetRow& row = entry.row;
        const Profile profile = row.profile ? Profile{*row.profile, "as given"}
                                            : default_profile(*rules, row.line, row.year);
        made.budgets[row.practice][row.line] = {row.annual,
                                                budget_to_date(row.annual, profile, to)};
    }
    for (const InYearChange& one : site.decisions().in_year_changes(year)) {
        if (one.change.from > closed) continue;
        for (const InYearMove& move : one.change.moves) {
            const Profile profile =
                rest_of_year(default_profile(*rules, move.line, year), one.change.from);
            for (const auto& [account, amount] :
                 {std::pair(move.from, -move.amount), std::pair(move.to, move.amount)}) {
                if (is_unattributed(account) || amount == Pence(0)) continue;
                made.changes.push_back({account,
                                        move.line,
                                        one.change.from,
                                        one.number,
                                        {amount, budget_to_date(amount, profile, to)},
                                        ""});
            }
        }
    }
    return made;
}

std::map<Account, AccountMonth> accounts_of(const BudgetsAtMonth& at, const MonthReports& reports,
                                            Month month) {
    return account_months({}, at.budgets, month, reports.roll_up, reports.outside, at.changes);
}

bool same_budgets(const std::map<Account, AccountMonth>& accounts, const MonthReports& reports) {
    const auto budgets_of = [](const std::map<Account, AccountMonth>& all) {
        std::map<std::pair<Account, BudgetLine>, std::pair<Pence, Pence>> found;
        for (const auto& [account, figures] : all) {
            for (const auto& [line, budget] : figures.budgets) {
                found[{account, line}] = {budget.annual, budget.to_date};
            }
        }
        return found;
    };
    return budgets_of(accounts) == budgets_of(reports.accounts);
}

std::string national_sentence(const std::vector<NationalRate>& rates, FinancialYear year) {
    if (rates.empty()) {
        return fmt::format(
            "National rates: none are imported for {} (purse import national-rates).",
            to_text(year));
    }
    std::set<std::string> sources;
    for (const NationalRate& rate : rates) sources.insert(rate.source);
    return fmt::format("National rates of {}: {}.", to_text(year), fmt::join(sources, "; "));
}

std::string challenges_sentence(const Statement& statement) {
    std::string to_come = upheld_to_come(statement.corrections_to_come);
    if (!to_come.empty()) to_come.insert(0, " ");
    if (!statement.challenged_total) {
        if (!to_come.empty()) return "Challenges: none is open." + to_come;
        return "Challenges: none is open, and none was upheld in the year to date.";
    }
    const ChallengedRow& total = *statement.challenged_total;
    std::string says = fmt::format("Challenges, year to date: {} disputed in open ones",
                                   in_pounds(total.disputed_to_date));
    says += total.corrected_to_date == Pence(0)
                ? "; nothing corrected yet."
                : fmt::format("; {} corrected by upheld ones (below zero: credited to you).",
                              in_pounds(total.corrected_to_date));
    return says + to_come + " The lines above are as they were recorded.";
}

// Where the measures that the pack shows stand among those that are compared; one that counts what
// nobody imports is not among them.
Result<std::vector<std::size_t>> places_of_pack_rates(const Site& site, const Measures& compared) {
    const auto rules = site.rules_folder() / "benchmarking";
    const auto known = read_measures(rules / "measures.toml");
    if (!known) return known.problem();
    const auto rates = read_pack_rates(rules / "pack.toml", *known);
    if (!rates) return rates.problem();
    std::vector<std::size_t> places;
    for (const std::size_t rate : *rates) {
        if (const auto place = compared.find(known->all[rate].code)) places.push_back(*place);
    }
    return places;
}

template <class Part>
Result<std::shared_ptr<const Part>> shared(Result<Part> made) {
    if (!made) return made.problem();
    return std::make_shared<const Part>(*std::move(made));
}

}  // namespace

Result<MonthPacks> MonthPacks::gather(const Site& site, Month month, Date as_at) {
    auto reports = open_month(site, month);
    if (!reports) return reports.problem();
    PackParts parts{.reports = std::make_shared<const MonthReports>(std::move(*reports))};
    const MonthReports& opened = *parts.reports;
    // Three readings of the records that know nothing of each other: at once, where there is more
    // than one processor.
    const auto how =
        site.database_limits().threads > 1 ? std::launch::async : std::launch::deferred;
    auto variances = std::async(how, [&] { return MonthVariances::gather(site, opened); });
    auto prescribing = std::async(how, [&] { return compare_prescribing(site, opened); });
    parts.benchmarks = shared(compare_practices(site, opened));
    parts.variances = shared(variances.get());
    parts.prescribing = shared(prescribing.get());
    return from(site, std::move(parts), as_at);
}

Result<MonthPacks> MonthPacks::from(const Site& site, PackParts parts, Date as_at) {
    MonthPacks packs;
    packs.parts_ = std::move(parts);
    packs.find_last_year();
    if (const Outcome found = packs.find_budgets_before(site); !found) return found.problem();
    if (const Outcome found = packs.find_challenges(site, as_at); !found) return found.problem();
    if (const Outcome found = packs.find_rates(site); !found) return found.problem();
    auto waiting = waiting_by_account(site, packs.reports());
    if (!waiting) return waiting.problem();
    packs.waiting_ = std::move(*waiting);
    packs.forecast_ = forecast_of(site, packs.reports());
    return packs;
}

void MonthPacks::find_last_year() {
    setting_a_year_ago_ = reports().setting;
    const Month then = setting_a_year_ago_.month - 12;
    setting_a_year_ago_.month = then;
    a_year_ago_ = account_months(*reports().cube, {}, then, reports().roll_up, reports().outside);
    add_contracts(a_year_ago_, reports().contracts, then, reports().roll_up, reports().outside);
}

Outcome MonthPacks::find_budgets_before(const Site& site) {
    const Month month = reports().setting.month;
    const auto now = budgets_at(site, month, month);
    if (!now) return now.problem();
    budgets_as_closed_ = same_budgets(accounts_of(*now, reports(), month), reports());
    if (!budgets_as_closed_ || month.place_in_year() == 1) return Nothing{};
    const auto before = budgets_at(site, month, month - 1);
    if (!before) return before.problem();
    before_ = accounts_of(*before, reports(), month - 1);
    return Nothing{};
}

Outcome MonthPacks::find_challenges(const Site& site, Date as_at) {
    const auto challenged = challenged_month(site, reports(), as_at);
    if (!challenged) return challenged.problem();
    statements_ = all_statements(reports());
    all_ = rows_of_all(statements_);
    for (Statement& statement : statements_) add_challenges(statement, *challenged);
    summary_ = summary_of(reports());
    add_challenges(summary_, *challenged);
    const auto& variances = parts_.variances;
    variances_ = variances ? (*variances)->holding_out(reports(), *challenged)
                           : Result<MonthVariances>(variances.problem());
    return Nothing{};
}

Outcome MonthPacks::find_rates(const Site& site) {
    const FinancialYear year = reports().setting.month.financial_year();
    const auto national = national_rates(site, year);
    if (!national) return national.problem();
    for (const NationalRate& rate : *national) national_[rate.code] = rate.thousandths;
    national_says_ = national_sentence(*national, year);
    if (!parts_.benchmarks) return Nothing{};
    auto rates = places_of_pack_rates(site, (*parts_.benchmarks)->measures);
    if (!rates) return rates.problem();
    pack_rates_ = std::move(*rates);
    return Nothing{};
}

std::vector<std::string> MonthPacks::practices() const {
    std::vector<std::string> codes;
    for (const Statement& statement : statements_) {
        if (statement.is_practice) codes.push_back(statement.code);
    }
    return codes;
}

std::vector<Statement> MonthPacks::other_statements() const {
    std::vector<Statement> others;
    for (const Statement& statement : statements_) {
        if (!statement.is_practice) others.push_back(statement);
    }
    return others;
}

Result<Pack> MonthPacks::of(const std::string& practice) const {
    const auto found = std::ranges::find(statements_, practice, &Statement::code);
    if (found == statements_.end()) return statement_of(reports(), practice).problem();
    if (!found->is_practice) {
        return bad_input(practice + " is no practice: it has a statement, and no pack");
    }
    return made(*found);
}

Pack MonthPacks::made(const Statement& statement) const {
    const Account account(statement.code);
    const auto figures_in = [&](const std::map<Account, AccountMonth>& accounts) {
        const auto found = accounts.find(account);
        return found == accounts.end() ? AccountMonth{} : found->second;
    };
    const Statement last_year =
        make_statement(account, figures_in(a_year_ago_), setting_a_year_ago_);
    StatementSetting setting = reports().setting;
    setting.month = setting.month - 1;
    const Statement before = make_statement(account, figures_in(before_), setting);

    Pack pack;
    pack.statement = statement;
    pack.rows =
        pack_rows(statement, last_year, budgets_as_closed_ ? &before : nullptr, {all_, national_});
    for (const RowOfAll& row : all_) pack.all_patients = std::max(pack.all_patients, row.patients);
    pack.blocks = figures_in(reports().accounts).contracts;
    pack.national = national_says_;
    if (const auto own = waiting_.find(account); own != waiting_.end()) pack.waiting = own->second;
    pack.challenges = challenges_sentence(statement);
    if (!budgets_as_closed_) {
        pack.notes.emplace_back(
            "Budgets have changed since this month was closed: what of them fell on the month "
            "alone is not known.");
    }
    for (const OutsideRow& row : statement.outside) {
        pack.notes.push_back(fmt::format(
            "{}: {} to date, {} of it in the month, in no budget and in no total above ({}).",
            row.label, in_pounds(row.year_to_date.cost), in_pounds(row.month.cost), row.why));
    }
    if (!statement.list_size) {
        pack.notes.emplace_back("No registered list is known: there are no rates of the lines.");
    }
    // Its parts are told by the sentences of `blocks`.
    pack.notes.insert(
        pack.notes.end(),
        statement.contracts_say.begin() + static_cast<std::ptrdiff_t>(pack.blocks.size()),
        statement.contracts_say.end());
    add_standardised(pack, account);
    add_reasons(pack);
    add_prescribing(pack);
    add_year_end(pack);
    return pack;
}

void MonthPacks::add_standardised(Pack& pack, PracticeCode practice) const {
    if (!parts_.benchmarks) {
        pack.not_standardised = parts_.benchmarks.problem().says;
        return;
    }
    const Benchmarks& benchmarks = **parts_.benchmarks;
    for (const std::size_t place : pack_rates_) {
        const Measure& measure = benchmarks.measures.all[place];
        const PracticeFunnel& funnel = benchmarks.funnels[place];
        pack.rates_from = funnel.from;
        PackStandardised one{measure.code, measure.name, measure.means, {}, {}, {}, {}, ""};
        if (funnel.patient_years > 0) one.commissioner = funnel.reference_rate;
        if (const auto rate = national_.find(measure.code); rate != national_.end()) {
            one.national = static_cast<double>(rate->second) / 1000;
        }
        const PracticePosition* position = funnel.find(practice);
        if (position != nullptr) {
            one.rate = position->rate;
            one.rate_95 = position->rate_95;
            one.standing =
                position->why.empty() ? std::string(in_words(position->standing)) : position->why;
        } else {
            one.standing = "no list by age and sex is known";
        }
        if (one.standing.empty()) one.standing = funnel.why;
        pack.standardised.push_back(std::move(one));
    }
}

void MonthPacks::add_reasons(Pack& pack) const {
    if (!variances_) {
        pack.no_reasons = variances_.problem().says;
        return;
    }
    const auto variance = variances_->of(pack.statement.code);
    if (!variance) {
        pack.no_reasons = variance.problem().says;
        return;
    }
    for (const VarianceReason& reason : variance->reasons.reasons) {
        pack.reasons.push_back({reason.amount, sentence_of(reason)});
    }
    pack.everything_else = variance->reasons.everything_else;
    pack.beyond_statement = beyond_statement(variance->total);
}

void MonthPacks::add_prescribing(Pack& pack) const {
    const auto report = parts_.prescribing
                            ? prescribing_of(**parts_.prescribing, pack.statement.code)
                            : Result<PrescribingReport>(parts_.prescribing.problem());
    if (!report) {
        pack.prescribing.push_back("Not compared: " + report.problem().says);
        return;
    }
    pack.prescribing.push_back(report->says);
    // The first measure is of all prescribing; the others are for its own page.
    if (!report->measures.empty()) pack.prescribing.push_back(report->measures.front().says);
    pack.prescribing.push_back(report->savings_says);
}

void MonthPacks::add_year_end(Pack& pack) const {
    auto year_end = forecast_ ? year_end_of(reports(), *forecast_, Account(pack.statement.code))
                              : Result<YearEnd>(forecast_.problem());
    if (year_end) {
        pack.year_end = std::move(*year_end);
    } else {
        pack.no_year_end = year_end.problem().says;
    }
}

}  // namespace purse
