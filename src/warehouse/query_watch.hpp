// Tells how far the statements of a database have come while they run, some times a second, from a
// thread of its own. DuckDB's estimate: it may stand still or jump, and never falls.
#pragma once

#include <functional>
#include <thread>

#include "warehouse/database.hpp"

namespace purse {

class QueryWatch {
  public:
    // `tell` is called with percent done, 0 to 100; without one nothing is watched.
    QueryWatch(Database& database, std::function<void(double percent)> tell);

  private:
    std::jthread watching_;  // joined on destruction
};

}  // namespace purse
