// Chance from a seed: the same seed, stream and place give the same draws on every machine and with
// any number of threads. Whole numbers only: a made-up file must be the same bytes everywhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "base/wide.hpp"

namespace purse {

// SplitMix64 (Steele, Lea, Flood 2014): a bijection of 64 bits that passes for chance.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

class Chance {
  public:
    static constexpr std::int64_t million = 1'000'000;

    Chance(std::uint64_t seed, std::uint64_t stream, std::uint64_t place)
        : state_(mixed(mixed(mixed(seed) ^ stream) ^ place)) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        return mixed(state_);
    }
    // 0 to limit - 1.
    std::uint64_t below(std::uint64_t limit) {
        return static_cast<std::uint64_t>((static_cast<unsigned_wide>(next()) * limit) >> 64);
    }
    int between(int least, int most) {
        return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least + 1)));
    }
    bool happens(std::int64_t per_million) {
        return below(1'000'000) < static_cast<std::uint64_t>(per_million);
    }
    // About normal: the sum of twelve even draws; one standard deviation is 1000.
    std::int64_t normal_thousandths() {
        std::int64_t sum = -6000;
        for (int i = 0; i < 12; ++i) sum += static_cast<std::int64_t>(below(1001));
        return sum;
    }
    // A number of events about a mean given in thousandths, spread as chance alone would spread it.
    std::int64_t events(std::int64_t mean_thousandths);

  private:
    std::uint64_t state_;
};

inline std::int64_t whole_root(std::int64_t square) {
    std::int64_t root = 0;
    for (std::int64_t bit = std::int64_t{1} << 31; bit > 0; bit >>= 1) {
        const std::int64_t tried = root + bit;
        if (tried <= 3'037'000'499 && tried * tried <= square) root = tried;
    }
    return root;
}

inline std::int64_t Chance::events(std::int64_t mean_thousandths) {
    if (mean_thousandths <= 0) return 0;
    // The variance of a Poisson count is its mean: in thousandths, root(mean × 1000).
    const std::int64_t spread = whole_root(mean_thousandths * 1000);
    const std::int64_t drawn = mean_thousandths + spread * normal_thousandths() / 1000;
    const std::int64_t below_mean = std::max<std::int64_t>(drawn, 0);
    return below_mean / 1000 + (happens(below_mean % 1000 * 1000) ? 1 : 0);
}

// Picks a place in proportion to its weight.
class Weighted {
  public:
    void add(std::int64_t weight) {
        total_ += static_cast<std::uint64_t>(std::max<std::int64_t>(weight, 0));
        up_to_.push_back(total_);
    }
    [[nodiscard]] bool empty() const { return total_ == 0; }
    [[nodiscard]] std::int64_t total() const { return static_cast<std::int64_t>(total_); }
    [[nodiscard]] std::size_t pick(Chance& chance) const {
        CHECK(total_ > 0);
        const std::uint64_t drawn = chance.below(total_);
        return static_cast<std::size_t>(std::upper_bound(up_to_.begin(), up_to_.end(), drawn) -
                                        up_to_.begin());
    }

  private:
    std::uint64_t total_ = 0;
    std::vector<std::uint64_t> up_to_;
};

}  // namespace purse
