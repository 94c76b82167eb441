#include "desk/block_contracts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "desk/kept_table.hpp"
#include "desk/month_inputs.hpp"
#include "population/list_size.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

fs::path kept_file(const Site& site) { return site.folder() / "local" / "block_contracts.csv"; }

Result<std::vector<BlockContract>> kept_contracts(const Site& site) {
    if (!fs::exists(kept_file(site))) return std::vector<BlockContract>{};
    auto kept = read_block_contracts(kept_file(site));
    if (!kept) return kept.problem();
    if (const auto whole = all_read(kept_file(site), kept->unread); !whole) return whole.problem();
    return std::move(kept->contracts);
}

auto key_of(const BlockContract& one) { return std::tuple(one.year, one.line, one.provider); }

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

// What a contract is shared out by, of the accounts that statements show.
class BlockWeights {
  public:
    BlockWeights(const Site& site, const MonthReports& reports)
        : reports_(reports),
          april_(reports.setting.month.financial_year().first_month().first_day()),
          affiliations_(affiliations_of(site)) {
        const KnownLists known = site.decisions().lists();
        lists_.emplace(known.sizes, known.weighted);
    }

    std::map<PracticeCode, std::int64_t> of(const BlockContract& contract,
                                            std::vector<std::string>& notes) const {
        std::map<PracticeCode, std::int64_t> weights;
        for (const auto& [practice, share] : contract.shares) {
            weights[reports_.roll_up(practice)] += share;
        }
        if (contract.rule == BlockRule::activity || contract.rule == BlockRule::given) {
            return weights;
        }
        std::vector<std::string> without;
        for (const PracticeCode practice : affiliations_->ours_on(april_)) {
            const auto list = contract.rule == BlockRule::list ? lists_->total(practice, april_)
                                                               : lists_->weighted(practice, april_);
            if (list) {
                weights[reports_.roll_up(practice)] += list->thousandths();
            } else {
                without.push_back(practice.text());
            }
        }
        if (!without.empty()) notes.push_back(note_on(contract, without, weights.empty()));
        return weights;
    }

  private:
    [[nodiscard]] std::string note_on(const BlockContract& contract,
                                      const std::vector<std::string>& without, bool all) const {
        constexpr std::size_t named = 5;
        const std::string who = all ? "any practice"
                                : without.size() > named
                                    ? fmt::format("{} practices", without.size())
                                    : fmt::format("{}", fmt::join(without, ", "));
        return fmt::format(
            "The block contract for {} of {} is apportioned by {}, which are not "
            "known on {} of {}: {}.",
            name_of(contract.line).name, contract.provider.text(), in_words(contract.rule),
            to_text(april_), who, all ? "it is shared with nobody" : "they bear nothing of it");
    }

    const MonthReports& reports_;
    Date april_;
    std::shared_ptr<const Affiliations> affiliations_;
    std::optional<Lists> lists_;
};

}  // namespace

Result<ImportReport> import_blocks(Site& site, const fs::path& file) {
    auto read = read_block_contracts(file);
    if (!read) return read.problem();
    for (const BlockContract& one : read->contracts) {
        if (!source_of(one.line)) continue;
        return bad_input(fmt::format(
            "{}: the contract of {} is for {}, whose records are priced one by one: a block is for "
            "community, mental_health or primary_care",
            file.string(), one.provider.text(), name_of(one.line).code));
    }
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
                {.place = kept_file(site),
                 .before = before,
                 .after = as_csv(*kept),
                 .holds = "block contracts",
                 .action = "set_budgets"},
                report);
}

Result<BlocksOfMonth> block_shares(const Site& site, const MonthReports& reports) {
    const Month month = reports.setting.month;
    auto contracts = kept_contracts(site);
    if (!contracts) return contracts.problem();
    std::erase_if(*contracts,
                  [&](const BlockContract& one) { return one.year != month.financial_year(); });
    BlocksOfMonth blocks;
    if (contracts->empty()) return blocks;
    const BlockWeights all(site, reports);
    for (const BlockContract& contract : *contracts) {
        const auto weights = all.of(contract, blocks.notes);
        for (const auto& [practice, weight] : weights) {
            const auto share = block_share(contract, weights, practice, month);
            if (share) blocks.shares[practice].push_back(*share);
        }
    }
    return blocks;
}

}  // namespace purse
