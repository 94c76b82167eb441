#include "budget/block_contracts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "activity/contract_line.hpp"
#include "budget/profile.hpp"
#include "money/factor.hpp"
#include "money/grouped.hpp"
#include "money/shares.hpp"
#include "organisation/published_table.hpp"

namespace purse {

namespace {

constexpr std::array block_rules = {BlockRule::list, BlockRule::weighted_list, BlockRule::activity,
                                    BlockRule::given};
constexpr std::int64_t most_thousandths = 1'000'000'000'000;

bool is_by_file(BlockRule rule) { return rule == BlockRule::activity || rule == BlockRule::given; }

Result<BudgetLine> parse_contract_line(std::string_view text) {
    const auto line = parse_budget_line(text);
    if (!line || is_paid_by_contract(*line)) return line;
    return bad_input(fmt::format(
        "the records of '{}' are priced: a block is for community, mental_health or primary_care",
        text));
}

using ContractKey = std::tuple<FinancialYear, BudgetLine, ProviderCode>;

// "12.5", "1,203": thousandths without needless zeros.
std::string in_units(std::int64_t thousandths) {
    std::string text = grouped(thousandths / 1000);
    if (thousandths % 1000 == 0) return text;
    text += fmt::format(".{:03}", thousandths % 1000);
    return text.erase(text.find_last_not_of('0') + 1);
}

class BlockReader {
  public:
    explicit BlockReader(PublishedTable published) : table_(std::move(published.table)) {
        file_.rows = table_.rows.size() + published.unread.size();
        file_.unread = std::move(published.unread);
    }

    Result<BlockFile> read() {
        if (!provider_ || !line_ || !year_ || !annual_ || !rule_) {
            return bad_input(fmt::format(
                "{}, line 1: block contracts have the columns provider, line, year, annual_amount "
                "and rule (and practice and share, where the rule is activity or given); its "
                "columns are: {}",
                table_.file, fmt::join(table_.headings, ", ")));
        }
        for (const TextTable::Row& cells : table_.rows) {
            PublishedRow row(table_, cells);
            take(row);
            if (row.fault()) file_.unread.push_back(*row.fault());
        }
        for (auto& [key, contract] : contracts_) {
            if (!spoilt_.contains(key)) file_.contracts.push_back(std::move(contract));
        }
        std::ranges::sort(file_.unread, {}, &UnreadRow::line);
        return std::move(file_);
    }

  private:
    using Place = std::optional<std::size_t>;

    template <class T>
    std::optional<T> parsed(PublishedRow& row, Place place, Result<T> (*parse)(std::string_view)) {
        auto value = parse(row.text(place));
        if (value) return std::move(value).value();
        row.refuse(place, value.problem().says);
        return std::nullopt;
    }

    void take(PublishedRow& row) {
        const auto provider = row.code<ProviderCode>(provider_);
        const auto line = parsed(row, line_, parse_contract_line);
        const auto year = parsed(row, year_, parse_financial_year);
        const auto annual = parsed(row, annual_, parse_pounds);
        const auto rule = parsed(row, rule_, parse_block_rule);
        if (!row.good() && (!line || !year)) return;
        const ContractKey key{*year, *line, provider};
        if (row.good()) add(row, key, {provider, *line, *year, *annual, *rule, {}});
        if (!row.good()) spoilt_.insert(key);
    }

    void add(PublishedRow& row, const ContractKey& key, BlockContract contract) {
        if (contract.annual < Pence(0)) {
            row.refuse(annual_, "a contract below zero: give what it costs a year");
        }
        const auto [at, fresh] = contracts_.try_emplace(key, contract);
        const BlockContract& known = at->second;
        if (!fresh && (known.annual != contract.annual || known.rule != contract.rule)) {
            row.refuse(annual_, "another row of the same contract gives another amount or rule");
        }
        if (!is_by_file(contract.rule)) {
            if (!fresh) row.refuse(provider_, "the contract stands on an earlier row: keep one");
            return;
        }
        const auto practice = row.code<PracticeCode>(practice_);
        const auto share = parse_factor(row.text(share_));
        const std::int64_t thousandths =
            share ? divided(share->millionths(), 1000, Rounding::half_up) : -1;
        if (thousandths < 0 || thousandths > most_thousandths) {
            row.refuse(share_ ? share_ : rule_,
                       "a contract by activity or given shares has a share for each practice: a "
                       "number from 0 on");
        }
        if (!row.good()) return;
        if (!at->second.shares.emplace(practice, thousandths).second) {
            row.refuse(practice_,
                       "the practice stands on an earlier row of the contract: keep one");
        }
    }

    TextTable table_;
    Place provider_ = place_of(table_, {"provider"}),
          line_ = place_of(table_, {"line", "budget_line"}), year_ = place_of(table_, {"year"}),
          annual_ = place_of(table_, {"annual_amount", "annual"}),
          rule_ = place_of(table_, {"rule"}), practice_ = place_of(table_, {"practice"}),
          share_ = place_of(table_, {"share"});
    BlockFile file_;
    std::map<ContractKey, BlockContract> contracts_;
    std::set<ContractKey> spoilt_;
};

std::int64_t sum_of(const std::map<PracticeCode, std::int64_t>& weights) {
    return std::accumulate(weights.begin(), weights.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
}

Working working_of(const BlockShare& share, const BlockContract& contract, Month month) {
    const std::string what =
        fmt::format("{} of {}", name_of(contract.line).name, contract.provider.text());
    const Pence to_date = contract_to_date(contract, month);
    const auto part_of = [&](Pence whole) {
        return fmt::format("{} × {} ÷ {}", in_pounds(whole), in_units(share.weight),
                           in_units(share.whole));
    };
    Working working;
    working.title = fmt::format("{}: block, apportioned by {}, to {} to {}", what,
                                in_words(contract.rule), share.practice.text(), in_words(month));
    working.steps.push_back({fmt::format("the contract of {}", to_text(contract.year)),
                             "",
                             contract.annual,
                             {"block contracts as imported", contract.provider.text()}});
    working.steps.push_back(
        {fmt::format("the practice's part of the year by {}; odd pence by largest remainder",
                     in_words(contract.rule)),
         part_of(contract.annual),
         share.annual,
         {}});
    working.steps.push_back(
        {fmt::format("of the contract from April to {}, by calendar days", in_words(month)),
         "",
         to_date,
         {}});
    working.steps.push_back(
        {"the practice's part of that, in the same way", part_of(to_date), share.to_date, {}});
    working.result = share.to_date;
    return working;
}

// Shares of an amount, in the order of the weights.
std::vector<Pence> parts_of(Pence amount, const std::map<PracticeCode, std::int64_t>& weights) {
    std::vector<std::int64_t> in_order;
    for (const auto& [practice, weight] : weights) in_order.push_back(weight);
    return shared_out(amount, in_order);
}

}  // namespace

std::string_view to_text(BlockRule rule) {
    switch (rule) {
        case BlockRule::list:
            return "list";
        case BlockRule::weighted_list:
            return "weighted_list";
        case BlockRule::activity:
            return "activity";
        case BlockRule::given:
            return "given";
    }
    return "";
}

std::string_view in_words(BlockRule rule) {
    switch (rule) {
        case BlockRule::list:
            return "registered lists";
        case BlockRule::weighted_list:
            return "weighted lists";
        case BlockRule::activity:
            return "counted activity";
        case BlockRule::given:
            return "given shares";
    }
    return "";
}

Result<BlockRule> parse_block_rule(std::string_view text) {
    for (const BlockRule rule : block_rules) {
        if (to_text(rule) == text) return rule;
    }
    return bad_input(fmt::format(
        "'{}' is no rule of a block contract: use list, weighted_list, activity or given", text));
}

Result<BlockFile> read_block_contracts(const std::filesystem::path& file) {
    auto table = read_published_table(file);
    if (!table) return table.problem();
    return BlockReader(std::move(table).value()).read();
}

Result<BlockFile> read_block_contracts_text(std::string text, std::string name) {
    auto table = read_published_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return BlockReader(std::move(table).value()).read();
}

std::string as_csv(const std::vector<BlockContract>& contracts) {
    std::string csv =
        csv_line({"provider", "line", "year", "annual_amount", "rule", "practice", "share"});
    for (const BlockContract& one : contracts) {
        const auto add = [&](const std::string& practice, const std::string& share) {
            csv += csv_line({one.provider.text(), std::string(name_of(one.line).code),
                             to_text(one.year), plain_pounds(one.annual),
                             std::string(to_text(one.rule)), practice, share});
        };
        if (one.shares.empty()) add("", "");
        for (const auto& [practice, share] : one.shares) {
            add(practice.text(), fmt::format("{}.{:03}", share / 1000, share % 1000));
        }
    }
    return csv;
}

std::map<PracticeCode, Pence> apportioned(const BlockContract& contract,
                                          const std::map<PracticeCode, std::int64_t>& weights) {
    std::map<PracticeCode, Pence> parts;
    if (sum_of(weights) <= 0) return parts;
    const std::vector<Pence> shares = parts_of(contract.annual, weights);
    std::size_t at = 0;
    for (const auto& [practice, weight] : weights) parts[practice] = shares[at++];
    return parts;
}

Pence contract_to_date(const BlockContract& contract, Month month) {
    CHECK(month.financial_year() == contract.year);
    return budget_to_date(contract.annual,
                          profile_of_year(ProfileKind::calendar_days, contract.year), month);
}

std::map<PracticeCode, BlockShare> block_shares(const BlockContract& contract,
                                                const std::map<PracticeCode, std::int64_t>& weights,
                                                Month month) {
    std::map<PracticeCode, BlockShare> shares;
    const std::int64_t whole = sum_of(weights);
    if (whole <= 0) return shares;
    const std::vector<Pence> annual = parts_of(contract.annual, weights);
    const std::vector<Pence> to_date = parts_of(contract_to_date(contract, month), weights);
    const std::vector<Pence> before =
        month.place_in_year() == 1 ? std::vector<Pence>(weights.size())
                                   : parts_of(contract_to_date(contract, month - 1), weights);
    std::size_t at = 0;
    for (const auto& [practice, weight] : weights) {
        const std::size_t place = at++;
        if (weight == 0) continue;
        BlockShare& share = shares[practice];
        share.practice = practice;
        share.provider = contract.provider;
        share.line = contract.line;
        share.rule = contract.rule;
        share.contract = contract.annual;
        share.weight = weight;
        share.whole = whole;
        share.annual = annual[place];
        share.to_date = to_date[place];
        share.month = to_date[place] - before[place];
        share.working = working_of(share, contract, month);
    }
    return shares;
}

}  // namespace purse
