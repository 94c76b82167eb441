// Counters of what was asked and how long it took, for Prometheus; and the log, a JSON line a
// request: no names, no addresses, no query.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace purse {

class Metrics {
  public:
    static constexpr std::array<double, 9> limits = {0.001, 0.005, 0.01, 0.025, 0.05,
                                                     0.1,   0.5,   1,    5};  // seconds

    void count(const std::string& route, int status, double seconds);
    [[nodiscard]] std::string as_text() const;

  private:
    struct Times {
        std::array<std::uint64_t, limits.size()> within{};
        std::uint64_t all = 0;
        double sum = 0;
    };
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::uint64_t> requests_;
    std::map<std::string, Times> times_;
};

// {"at":"...","id":"...","method":"GET","route":"readStatement","status":200,"bytes":1,"ms":1.2}
std::string log_line(const std::string& at, const std::string& id, const std::string& method,
                     const std::string& route, int status, std::uint64_t bytes, double seconds);

}  // namespace purse
