// Names that every page needs: the commissioner's practices with their lists, and the providers.
// Looked up at most every five seconds: the command line may import others meanwhile.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "desk/practices.hpp"

namespace purse {

struct Names {
    std::vector<SitePractice> practices;  // ours on the day, by code
    std::map<ProviderCode, std::string> providers;
    std::map<PracticeCode, std::string> all_practices;
};

class Directory {
  public:
    std::shared_ptr<const Names> names(const Site& site, Date day);

  private:
    using Clock = std::chrono::steady_clock;
    std::mutex mutex_;
    Clock::time_point looked_;
    std::shared_ptr<const Names> names_;
};

}  // namespace purse
