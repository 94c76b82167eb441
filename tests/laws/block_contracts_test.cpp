// Block contracts: what practices bear in the months of a year is the contract, to the penny.
#include "budget/block_contracts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace purse {
namespace {

RC_GTEST_PROP(BlockContracts, practices_and_months_add_up_to_the_contract, ()) {
    BlockContract contract;
    contract.provider = ProviderCode("ZX1");
    contract.year = FinancialYear(2017);
    contract.annual = Pence(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000));
    std::map<PracticeCode, std::int64_t> weights;
    const int practices = *rc::gen::inRange(1, 12);
    for (int i = 0; i < practices; ++i) {
        weights[PracticeCode("X9000" + std::string(1, static_cast<char>('A' + i)))] =
            *rc::gen::inRange<std::int64_t>(0, 20'000'000);
    }
    weights.begin()->second += 1;  // somebody has a part
    Pence all, months;
    for (const auto& [practice, weight] : weights) {
        const auto march = block_share(contract, weights, practice, Month(2018, 3));
        RC_ASSERT(march.has_value() == (weight > 0));
        if (!march) continue;
        all += march->to_date;
        for (Month month(2017, 4); month <= Month(2018, 3); month = month + 1) {
            months += block_share(contract, weights, practice, month)->month;
        }
    }
    RC_ASSERT(all == contract.annual);
    RC_ASSERT(months == contract.annual);
}

}  // namespace
}  // namespace purse
