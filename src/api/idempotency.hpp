// Idempotency keys: a write that is sent again, because its answer got lost, has the first answer
// and is done once. Kept in memory, for a day.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "api/message.hpp"

namespace purse {

class IdempotencyKeys {
  public:
    static constexpr std::size_t most_kept = 10'000;

    // Nothing: go on, and `finish` it. Else what to answer instead: the first answer, or a conflict
    // (another request with this key, or the first one still runs).
    std::optional<HttpResponse> begin(const std::string& person, const HttpRequest& request);
    // Keeps the answer; one that failed is forgotten, so that it may be tried again.
    void finish(const std::string& person, const HttpRequest& request,
                const HttpResponse& response);

  private:
    using Clock = std::chrono::steady_clock;
    struct Kept {
        std::string request;  // digest of what was asked
        std::optional<HttpResponse> answer;
        Clock::time_point at;
    };
    void forget_old(Clock::time_point now);

    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

}  // namespace purse
