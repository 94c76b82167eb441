// What records of a grain come to by its plan: at their condition's price (X5), at their own code's
// (X6). So the parts recorded severity and price can be told apart by provider or referrer: what
// each one's records add to them, which over all of a grain's records is these parts.
#pragma once

#include <map>
#include <string>

#include "monitoring/variance.hpp"

namespace purse {

// Thousandths of a penny, each rounded once.
struct CodesAndPrices {
    std::int64_t severity = 0;  // at their codes' plan prices, less at their conditions'
    std::int64_t price = 0;     // as paid, less at their codes' plan prices
};

class PlanPrices {
  public:
    explicit PlanPrices(const VarianceGrain& grain);

    // Of as many records of a root and split, and what was paid for them; nothing of a cell that
    // the grain does not have: its records came after their month's close.
    [[nodiscard]] CodesAndPrices of(const std::string& root, const std::string& split,
                                    std::int64_t count, std::int64_t paid) const;

  private:
    // What a record comes to: cost over count.
    struct Price {
        wide cost = 0;
        std::int64_t count = 1;
    };
    std::map<std::pair<std::string, std::string>, Price> codes_;
    std::map<std::string, Price> conditions_;
};

}  // namespace purse
