// What need weights of one's own promise for every commissioner: the sum, the order, the scale, and
// that a practice's own use matters only as a part of the average.
#include "budget/own_need.hpp"

#include <gtest/gtest.h>
// After GoogleTest, which it builds upon.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/wide.hpp"

namespace purse {
namespace {

const std::vector<AgeBand>& bands() {
    static const auto all = parse_age_bands({"0-4", "5-64", "65-84", "85+"}).value();
    return all;
}

struct Commissioner {
    std::vector<NeedPractice> practices;
    std::vector<AgedCost> costs;
};

ListByBand some_list() {
    const auto people = [] {
        std::vector<Patients> sizes;
        for (std::size_t band = 0; band < bands().size(); ++band) {
            sizes.push_back(Patients::from_thousandths(*rc::gen::inRange(500'000, 3'000'000)));
        }
        return sizes;
    };
    return {people(), people()};
}

Commissioner some_commissioner() {
    Commissioner made;
    const int practices = *rc::gen::inRange(2, 20);
    for (int i = 0; i < practices; ++i) {
        const PracticeCode code("P" + std::to_string(10 + i));
        made.practices.push_back({code, some_list(), some_list(), std::nullopt});
        for (const char* component : {"general_and_acute", "maternity"}) {
            for (const AgeBand band : bands()) {
                for (const char sex : {'M', 'F'}) {
                    made.costs.push_back({code, component, sex, band.from, 1,
                                          Pence(*rc::gen::inRange(1'000'000, 2'000'000'000))});
                }
            }
        }
    }
    return made;
}

OwnNeed need_of(const Commissioner& made) {
    auto need = own_need(bands(), made.practices, made.costs, {});
    RC_ASSERT(need.ok());
    return std::move(*need);
}

RC_GTEST_PROP(OwnNeedLaw, WeightsAddUpToTheList, ()) {
    const Commissioner made = some_commissioner();
    const OwnNeed need = need_of(made);
    Patients list;
    for (const NeedPractice& practice : made.practices) list += practice.now.all();
    for (std::size_t component = 0; component < need.components.size(); ++component) {
        wide sum = 0;
        for (const auto& [practice, weights] : need.weights) sum += weights[component];
        RC_ASSERT(sum == wide{list.thousandths()} * 1000);
    }
}

RC_GTEST_PROP(OwnNeedLaw, TheOrderOfPracticesAndRecordsDoesNotMatter, ()) {
    const Commissioner made = some_commissioner();
    Commissioner turned = made;
    std::ranges::reverse(turned.practices);
    std::ranges::reverse(turned.costs);
    RC_ASSERT(need_of(turned).weights == need_of(made).weights);
}

// A rate is rounded to a millionth of a penny, so weights may differ in their last digits.
RC_GTEST_PROP(OwnNeedLaw, PricesOfAnotherLevelGiveTheSameWeights, ()) {
    const Commissioner made = some_commissioner();
    Commissioner dearer = made;
    for (AgedCost& cost : dearer.costs) cost.cost = Pence(cost.cost.count() * 3);
    const OwnNeed a = need_of(made), b = need_of(dearer);
    for (const auto& [practice, weights] : a.weights) {
        for (std::size_t component = 0; component < weights.size(); ++component) {
            RC_ASSERT(std::abs(weights[component] - b.weights.at(practice)[component]) <= 100'000);
        }
    }
}

// Moving a record from one practice to another changes nothing: rates are the commissioner's.
RC_GTEST_PROP(OwnNeedLaw, WhoseTheRecordsAreDoesNotMatter, ()) {
    const Commissioner made = some_commissioner();
    Commissioner moved = made;
    for (AgedCost& cost : moved.costs) cost.practice = made.practices.front().practice;
    RC_ASSERT(need_of(moved).weights == need_of(made).weights);
}

// Expected costs on the lists that the rates are over come to what was spent, but for the rounding
// of rates and of practices' sums.
RC_GTEST_PROP(OwnNeedLaw, ExpectedCostsOnTheSameListsAreTheCost, ()) {
    Commissioner made = some_commissioner();
    for (NeedPractice& practice : made.practices) practice.now = practice.then;
    const OwnNeed need = need_of(made);
    for (std::size_t component = 0; component < need.components.size(); ++component) {
        wide expected = 0;
        for (const auto& [practice, sums] : need.expected) expected += sums[component];
        const wide spent = wide{need.cost.at(need.components[component]).count()} * 1000;
        const wide off = expected > spent ? expected - spent : spent - expected;
        RC_ASSERT(off <= 1000);  // a penny
    }
}

}  // namespace
}  // namespace purse
