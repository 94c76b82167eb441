#include "desk/month_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "budget/in_year.hpp"
#include "budget/profile.hpp"
#include "desk/block_contracts.hpp"
#include "desk/budgets_in_force.hpp"
#include "intake/validation.hpp"
#include "population/list_size.hpp"

namespace purse {

namespace {

// Raised whenever the same inputs give another forecast than before: a month that was closed by an
// earlier method and is closed again then is another closing, and what was kept stays.
constexpr int forecast_method = 2;

std::vector<CurrentBatch> batches_of(const Site& site, Month month) {
    std::vector<CurrentBatch> all;
    const Month this_april = month.financial_year().first_month();
    for (const DataSet set : all_data_sets) {
        for (const auto& [first, last] :
             {std::pair(this_april - 12, month - 12), std::pair(this_april, month)}) {
            auto part = site.decisions().current_batches(set, first, last);
            std::ranges::move(part, std::back_inserter(all));
        }
    }
    return all;
}

Result<std::map<FinancialYear, SitePriceBook>> books_of(const Site& site,
                                                        const std::vector<CurrentBatch>& batches) {
    std::map<FinancialYear, SitePriceBook> books;
    for (const CurrentBatch& batch : batches) {
        const NewBatch& load = batch.batch.load;
        const FinancialYear year = load.month.financial_year();
        if (load.set == DataSet::prescribing || books.contains(year)) continue;
        auto book = price_book_of(site, year);
        if (!book) return book.problem();
        books.emplace(year, std::move(*book));
    }
    return books;
}

std::vector<DataStatus> data_of(const std::vector<CurrentBatch>& batches, Month month) {
    std::map<std::pair<DataSet, Month>, DataState> states;
    const Month this_april = month.financial_year().first_month();
    for (const DataSet set : all_data_sets) {
        for (Month at = this_april; at <= month; at = at + 1) {
            states[{set, at}] = DataState::none;
            states[{set, at - 12}] = DataState::none;
        }
    }
    for (const CurrentBatch& batch : batches) {
        const NewBatch& load = batch.batch.load;
        const auto state = static_cast<DataState>(static_cast<int>(load.stage) + 1);
        DataState& known = states[{load.set, load.month}];
        known = known == DataState::none ? state : std::min(known, state);
    }
    std::vector<DataStatus> data;
    for (const auto& [key, state] : states) data.push_back({key.first, key.second, state});
    return data;
}

bool any_readmissions_on(const std::map<FinancialYear, SitePriceBook>& books) {
    return std::ranges::any_of(
        books, [](const auto& entry) { return entry.second.book->rules().readmissions_on; });
}

bool is_priced(const MonthInputs& inputs, const CurrentBatch& batch) {
    return std::ranges::any_of(inputs.batches, [&](const CurrentBatch& priced) {
        return priced.batch.number == batch.batch.number;
    });
}

// The months before each April whose elective spells may come before its readmissions; their years'
// price lists join the books.
Outcome add_earlier(const Site& site, Month month, MonthInputs& inputs) {
    if (!any_readmissions_on(inputs.books)) return Nothing{};
    const Month this_april = month.financial_year().first_month();
    for (const Month april : {this_april - 12, this_april}) {
        for (const CurrentBatch& batch :
             site.decisions().current_batches(DataSet::admitted_care, april - 3, april - 1)) {
            if (is_priced(inputs, batch)) continue;
            inputs.earlier.push_back(batch);
            const FinancialYear year = batch.batch.load.month.financial_year();
            if (inputs.books.contains(year)) continue;
            auto book = price_book_of(site, year);
            if (!book) return book.problem();
            inputs.books.emplace(year, std::move(*book));
        }
    }
    return Nothing{};
}

// What the snapshot says of practices: gathered once over the register's content.
class SnapshotMaker {
  public:
    SnapshotMaker(const Site& site, Month month, const Affiliations& affiliations)
        : site_(site), month_(month), affiliations_(affiliations) {
        snapshot_.commissioner = site.settings().name;
    }

    void add_accounts(const Organisations& organisations) {
        for (const Practice& practice : organisations.practices) {
            const PracticeCode current = affiliations_.current_of(practice.code, month_.last_day());
            if (current != practice.code) snapshot_.rolls_to[practice.code] = current;
        }
        for (const PracticeCode practice : affiliations_.ours_on(month_.last_day())) {
            name(practice);
        }
        for (const Account account : unattributed_accounts()) name(account);
        for (const auto& [part, whole] : snapshot_.rolls_to) {
            if (snapshot_.names.contains(whole)) name(part);
        }
    }

    void add_lists(const KnownLists& known) {
        const Lists lists(known.sizes, known.weighted);
        for (const PracticeCode practice : affiliations_.ours_on(month_.last_day())) {
            if (const auto total = lists.total(practice, month_.last_day())) {
                snapshot_.lists[practice] = total->whole();
            }
        }
    }

    Outcome add_budgets() {
        const auto rules = read_profile_rules(site_.rules_folder() / "budget_lines.toml");
        if (!rules) return rules.problem();
        for (const BudgetEntry& entry : site_.decisions().budgets(month_.financial_year())) {
            const BudgetRow& row = entry.row;
            const Profile profile = row.profile ? Profile{*row.profile, "as given"}
                                                : default_profile(*rules, row.line, row.year);
            snapshot_.budgets[row.practice][row.line] = {
                row.annual, budget_to_date(row.annual, profile, month_)};
            name(row.practice);
        }
        return Nothing{};
    }

    // Budgets and actuals have one scope; a merged practice's holds for its successor.
    void add_outside() {
        snapshot_.outside = not_in_budgets(site_, month_.financial_year());
        for (const auto& [part, whole] : snapshot_.rolls_to) {
            const auto outside = snapshot_.outside.find(part);
            if (outside == snapshot_.outside.end() || snapshot_.budgets.contains(whole)) continue;
            snapshot_.outside.emplace(whole, outside->second);
        }
    }

    Outcome add_changes() {
        const auto profiles = LineProfiles::of(site_, month_.financial_year());
        if (!profiles) return profiles.problem();
        for (const InYearChange& one : site_.decisions().in_year_changes(month_.financial_year())) {
            if (one.change.from > month_) continue;
            for (const InYearMove& move : one.change.moves) {
                for (const auto& [account, amount] :
                     {std::pair(move.from, -move.amount), std::pair(move.to, move.amount)}) {
                    if (is_unattributed(account) || amount == Pence(0)) continue;
                    add_change(one, move, account, amount, profiles->at(move.line));
                }
            }
        }
        return Nothing{};
    }

    void add_batches(const std::vector<CurrentBatch>& batches) {
        snapshot_.data = data_of(batches, month_);
        for (const CurrentBatch& batch : batches) {
            const NewBatch& load = batch.batch.load;
            if (load.month.financial_year() != month_.financial_year()) continue;
            for (const PracticeReasonCount& rejects : load.practice_rejects) {
                const Account account =
                    affiliations_.current_of(rejects.practice, month_.last_day());
                if (snapshot_.names.contains(account)) {
                    snapshot_.rejects[account][rejects.reason] += rejects.count;
                }
            }
        }
    }

    void add_books(const std::map<FinancialYear, SitePriceBook>& books) {
        for (const auto& [year, book] : books) {
            const NewTariff& tariff = book.version.tariff;
            snapshot_.tariffs.push_back({year, tariff.version, tariff.label});
            const auto reasons = book.book->reasons();
            for (std::size_t i = 1; i < reasons.size(); ++i) {
                snapshot_.says[reasons[i]] = book.book->says(static_cast<std::uint16_t>(i));
            }
        }
    }

    Outcome add_contracts() {
        auto contracts = contracts_to_close(site_, month_, affiliations_);
        if (!contracts) return contracts.problem();
        snapshot_.contracts = std::move(*contracts);
        for (const SharedContract& one : snapshot_.contracts) {
            for (const auto& [account, weight] : one.weights) name(account);
        }
        return Nothing{};
    }

    MonthSnapshot take() { return std::move(snapshot_); }

  private:
    void add_change(const InYearChange& one, const InYearMove& move, Account account, Pence amount,
                    const Profile& profile) {
        BudgetChange change;
        change.account = account;
        change.line = move.line;
        change.from = one.change.from;
        change.number = one.number;
        change.budget = {amount,
                         budget_to_date(amount, rest_of_year(profile, one.change.from), month_)};
        change.says = fmt::format("{}: {} ({}, {})", in_words(move.kind), move.reason,
                                  one.change.author, one.change.at.substr(0, 10));
        snapshot_.changes.push_back(std::move(change));
        name(account);
    }

    void name(Account account) { snapshot_.names[account] = affiliations_.name_of(account); }

    const Site& site_;
    Month month_;
    const Affiliations& affiliations_;
    MonthSnapshot snapshot_;
};

std::string other_inputs_digest(const Site& site, const MonthInputs& inputs) {
    Digest rest;
    rest.add(site.settings().commissioner.text() + "\n");
    for (const CommissionerCode code : site.settings().also_ours) rest.add(code.text() + "\n");
    for (const ImportedFile& file : site.decisions().imported_files()) {
        if (file.file.kind != ImportKind::organisations) continue;
        rest.add(file.file.digest + "\n");
    }
    for (const auto& [year, book] : inputs.books) rest.add(pricing_inputs_digest(site, year));
    for (const CurrentBatch& batch : inputs.earlier) {
        rest.add(fmt::format("earlier batch {}", batch.batch.number.value));
        for (const ProviderCode provider : batch.providers) rest.add(" " + provider.text());
        rest.add("\n");
    }
    rest.add("history " + inputs.history.digest + "\n");
    const auto forecast_rules = digest_of_file(site.rules_folder() / "forecast.toml");
    rest.add("forecast rules " + (forecast_rules ? *forecast_rules : "absent") + "\n");
    rest.add(fmt::format("forecast method {}\n", forecast_method));
    const auto commitments = digest_of_file(site.local_commitments_file());
    rest.add("commitments " + (commitments ? *commitments : "absent") + "\n");
    return digest_of(as_csv(inputs.snapshot)) + "+" + rest.hex();
}

}  // namespace

std::int64_t MonthInputs::rows_in(DataSet set) const {
    std::int64_t rows = 0;
    for (const CurrentBatch& current : batches) {
        if (current.batch.load.set != set) continue;
        for (const ProviderRows& provider : current.batch.load.providers) {
            if (std::ranges::binary_search(current.providers, provider.provider)) {
                rows += provider.rows;
            }
        }
    }
    return rows;
}

std::shared_ptr<const Affiliations> affiliations_of(const Site& site) {
    AffiliationRules rules;
    rules.ours.insert(site.settings().commissioner);
    for (const CommissionerCode code : site.settings().also_ours) rules.ours.insert(code);
    const Organisations known = site.decisions().organisations();
    return std::make_shared<const Affiliations>(rules, known.practices, known.memberships,
                                                known.successions);
}

Result<MonthInputs> gather_inputs(const Site& site, Month month) {
    MonthInputs inputs;
    inputs.batches = batches_of(site, month);
    const bool any = std::ranges::any_of(
        inputs.batches, [&](const CurrentBatch& batch) { return batch.batch.load.month == month; });
    if (!any) {
        return conflict(
            fmt::format("nothing is loaded for {}: load its extracts first", in_words(month)));
    }
    auto books = books_of(site, inputs.batches);
    if (!books) return books.problem();
    inputs.books = std::move(*books);
    if (const auto added = add_earlier(site, month, inputs); !added) return added.problem();
    auto baselines = read_emergency_baselines(site.local_baselines_file());
    if (!baselines) return baselines.problem();
    inputs.baselines = std::move(*baselines);
    inputs.affiliations = affiliations_of(site);
    SnapshotMaker maker(site, month, *inputs.affiliations);
    maker.add_accounts(site.decisions().organisations());
    maker.add_lists(site.decisions().lists());
    if (const auto added = maker.add_budgets(); !added) return added.problem();
    maker.add_outside();
    if (const auto added = maker.add_changes(); !added) return added.problem();
    maker.add_batches(inputs.batches);
    maker.add_books(inputs.books);
    if (const auto added = maker.add_contracts(); !added) return added.problem();
    inputs.snapshot = maker.take();
    inputs.history = history_inputs(site, month);
    inputs.other_inputs = other_inputs_digest(site, inputs);
    return inputs;
}

}  // namespace purse
