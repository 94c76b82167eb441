#include "api/kept_benchmarks.hpp"

namespace purse {

Result<std::shared_ptr<const Benchmarks>> KeptBenchmarks::of(const Site& site, Month month,
                                                             int closing) {
    return kept_.of({month, closing}, [&] { return compare_practices(site, month); });
}

}  // namespace purse
