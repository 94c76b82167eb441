#include "money/shares.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/wide.hpp"

namespace purse {

std::vector<Pence> shared_out(Pence total, std::span<const std::int64_t> weights) {
    if (total < Pence(0)) {
        std::vector<Pence> mirrored = shared_out(-total, weights);
        for (Pence& share : mirrored) share = -share;
        return mirrored;
    }
    wide sum = 0;
    for (const std::int64_t weight : weights) {
        CHECK(weight >= 0);
        sum += weight;
    }
    CHECK(sum > 0);

    std::vector<Pence> shares(weights.size());
    std::vector<wide> remainders(weights.size());
    std::int64_t left = total.count();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const wide product = wide{total.count()} * weights[i];
        shares[i] = Pence(static_cast<std::int64_t>(product / sum));
        remainders[i] = product % sum;
        left -= shares[i].count();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    CHECK(left >= 0 && static_cast<std::size_t>(left) <= order.size());
    std::ranges::nth_element(order, order.begin() + left, [&](auto a, auto b) {
        return std::tuple(remainders[b], a) < std::tuple(remainders[a], b);
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) shares[order[i]] += Pence(1);
    return shares;
}

}  // namespace purse
