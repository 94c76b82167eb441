// Comparisons of practices, kept in memory: a closing never changes, and comparing takes a second.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "desk/benchmarking.hpp"

namespace purse {

class KeptBenchmarks {
  public:
    static constexpr std::size_t most_kept = 4;

    // Of the month's closing of this number.
    Result<std::shared_ptr<const Benchmarks>> of(const Site& site, Month month, int closing);

  private:
    std::mutex mutex_;
    std::map<std::pair<Month, int>, std::shared_ptr<const Benchmarks>> kept_;
};

}  // namespace purse
