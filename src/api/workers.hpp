// The threads that answer requests, behind a queue of bounded length: what does not fit is refused
// at once, so that a rush slows nobody who is already being served.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace purse {

class Workers {
  public:
    Workers(std::size_t threads, std::size_t longest_queue);
    ~Workers();  // finishes what was taken
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False: the queue is full, or the workers are stopping. `work` must not throw.
    bool take(std::function<void()> work);
    [[nodiscard]] std::size_t waiting() const;
    void stop();

  private:
    void run();

    const std::size_t longest_queue_;
    mutable std::mutex mutex_;
    std::condition_variable something_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace purse
