// Comparisons of practices, kept in memory: a closing never changes, and comparing takes a second.
#pragma once

#include <memory>

#include "api/kept_values.hpp"
#include "desk/benchmarking.hpp"

namespace purse {

class KeptBenchmarks {
  public:
    // Of the month's closing of this number.
    Result<std::shared_ptr<const Benchmarks>> of(const Site& site, Month month, int closing);

  private:
    KeptValues<std::pair<Month, int>, Benchmarks> kept_{4};
};

}  // namespace purse
