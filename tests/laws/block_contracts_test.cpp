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
    Pence months;
    std::map<PracticeCode, Pence> by_practice;
    for (Month month(2017, 4); month <= Month(2018, 3); month = month + 1) {
        const auto shares = block_shares(contract, weights, month);
        Pence to_date, of_month;
        for (const auto& [practice, share] : shares) {
            RC_ASSERT(weights.at(practice) > 0);
            to_date += share.to_date;
            of_month += share.month;
            by_practice[practice] += share.month;
            RC_ASSERT(by_practice[practice] == share.to_date);
        }
        RC_ASSERT(to_date == contract_to_date(contract, month));
        months += of_month;
    }
    RC_ASSERT(months == contract.annual);
    for (const auto& [practice, share] : apportioned(contract, weights)) {
        RC_ASSERT(by_practice[practice] == share);
    }
}

}  // namespace
}  // namespace purse
