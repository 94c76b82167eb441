#include "desk/block_contracts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "desk/kept_table.hpp"
#include "population/list_size.hpp"
#include "reports/statement.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

fs::path contracts_file(const Site& site) {
    return site.folder() / "local" / "block_contracts.csv";
}

Result<std::vector<BlockContract>> kept_contracts(const Site& site) {
    if (!fs::exists(contracts_file(site))) return std::vector<BlockContract>{};
    auto kept = read_block_contracts(contracts_file(site));
    if (!kept) return kept.problem();
    if (const auto whole = all_read(contracts_file(site), kept->unread); !whole)
        return whole.problem();
    return std::move(kept->contracts);
}

using ContractKey = std::tuple<FinancialYear, BudgetLine, ProviderCode>;
ContractKey key_of(const BlockContract& one) { return {one.year, one.line, one.provider}; }

ImportReport report_of(const fs::path& file, const BlockFile& read) {
    ImportReport report;
    report.file = file.string();
    ImportedPart part{file.filename().string(), "block contracts", read.rows - read.unread.size(),
                      in_words(read.unread)};
    report.parts.push_back(std::move(part));
    Pence total;
    for (const BlockContract& one : read.contracts) total += one.annual;
    report.says =
        fmt::format("{} block contracts, {} in all", read.contracts.size(), in_pounds(total));
    return report;
}

// What a contract is shared out by, as it is known today.
class BlockWeights {
  public:
    BlockWeights(const Site& site, const Affiliations& affiliations) : affiliations_(affiliations) {
        const KnownLists known = site.decisions().lists();
        lists_.emplace(known.sizes, known.weighted);
    }

    [[nodiscard]] SharedContract shared(BlockContract contract) const {
        SharedContract one{std::move(contract), {}, ""};
        const Date april = one.contract.year.first_month().first_day();
        if (one.contract.rule == BlockRule::activity || one.contract.rule == BlockRule::given) {
            for (const auto& [practice, share] : one.contract.shares) {
                one.weights[affiliations_.account_of(practice, {}, april)] += share;
            }
            one.contract.shares.clear();
        } else {
            add_lists(one, april);
        }
        if (std::ranges::none_of(one.weights, [](const auto& entry) { return entry.second > 0; })) {
            one.weights = {{account::unknown_practice, 1000}};
        }
        return one;
    }

  private:
    void add_lists(SharedContract& one, Date april) const {
        std::vector<std::string> without;
        for (const PracticeCode practice : affiliations_.ours_on(april)) {
            const auto list = one.contract.rule == BlockRule::list
                                  ? lists_->total(practice, april)
                                  : lists_->weighted(practice, april);
            if (list) {
                one.weights[practice] = list->thousandths();
            } else {
                without.push_back(practice.text());
            }
        }
        const bool nobody = one.weights.empty();
        if (nobody || !without.empty()) one.note = note_on(one.contract, without, nobody);
    }

    static std::string note_on(const BlockContract& contract,
                               const std::vector<std::string>& without, bool nobody) {
        constexpr std::size_t named = 5;
        const std::string who = nobody ? "any practice"
                                : without.size() > named
                                    ? fmt::format("{} practices", without.size())
                                    : fmt::format("{}", fmt::join(without, ", "));
        return fmt::format(
            "The block contract for {} of {} is apportioned by {}, which were not known on {} of "
            "{}: {}.",
            name_of(contract.line).name, contract.provider.text(), in_words(contract.rule),
            to_text(contract.year.first_month().first_day()), who,
            nobody ? "all of it stands with unknown practices" : "they bear nothing of it");
    }

    const Affiliations& affiliations_;
    std::optional<Lists> lists_;
};

}  // namespace

Result<ImportReport> import_blocks(Site& site, const fs::path& file) {
    auto read = read_block_contracts(file);
    if (!read) return read.problem();
    auto kept = kept_contracts(site);
    if (!kept) return kept.problem();
    const std::string before = as_csv(*kept);
    const ImportReport report = report_of(file, *read);
    for (BlockContract& one : read->contracts) {
        std::erase_if(*kept, [&](const BlockContract& old) { return key_of(old) == key_of(one); });
        kept->push_back(std::move(one));
    }
    std::ranges::sort(*kept, {}, key_of);
    return keep(site,
                {.place = contracts_file(site),
                 .before = before,
                 .after = as_csv(*kept),
                 .holds = "block contracts",
                 .action = "set_budgets"},
                report);
}

Result<std::vector<SharedContract>> contracts_to_close(const Site& site, Month month,
                                                       const Affiliations& affiliations) {
    auto kept = kept_contracts(site);
    if (!kept) return kept.problem();
    std::vector<SharedContract> shared;
    if (kept->empty()) return shared;
    const BlockWeights weights(site, affiliations);
    for (BlockContract& one : *kept) {
        if (one.year != month.financial_year() && one.year != (month - 12).financial_year()) {
            continue;
        }
        shared.push_back(weights.shared(std::move(one)));
    }
    return shared;
}

Result<std::vector<std::string>> contract_notes(const Site& site,
                                                const std::vector<SharedContract>& closed,
                                                Month month) {
    const FinancialYear year = month.financial_year();
    std::vector<std::string> notes;
    std::map<ContractKey, std::pair<Pence, BlockRule>> in_closing, imported;
    for (const SharedContract& one : closed) {
        if (one.contract.year != year) continue;
        if (!one.note.empty()) notes.push_back(one.note);
        in_closing[key_of(one.contract)] = {one.contract.annual, one.contract.rule};
    }
    const auto kept = kept_contracts(site);
    if (!kept) return kept.problem();
    for (const BlockContract& one : *kept) {
        if (one.year == year) imported[key_of(one)] = {one.annual, one.rule};
    }
    if (in_closing == imported) return notes;
    const std::string what =
        in_closing.empty()
            ? "The block contracts of {0} are in no figure here: this month was closed before they "
              "were imported, or by an earlier Purse. To count them close it again (purse close "
              "{1})."
            : "The block contracts of {0} have changed since this month was closed: the figures "
              "have those of its closing. To count them close it again (purse close {1}).";
    notes.push_back(fmt::format(fmt::runtime(what), to_text(year), to_text(month)));
    return notes;
}

}  // namespace purse
