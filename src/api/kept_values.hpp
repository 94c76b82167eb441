// Values that take long to make and then do not change, kept in memory by key: of a key only one is
// made at a time, those who ask for it meanwhile wait for it, and nobody waits for another key's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <mutex>

#include "base/result.hpp"

namespace purse {

template <class Key, class Value>
class KeptValues {
  public:
    using Shared = std::shared_ptr<const Value>;
    explicit KeptValues(std::size_t most) : most_(most) {}

    // `make` gives Result<Value> or Result<Shared>, or throws; what went wrong is told to all who
    // wait, and not kept.
    template <class Make>
    Result<Shared> of(const Key& key, const Make& make) {
        std::unique_lock lock(mutex_);
        if (const auto kept = kept_.find(key); kept != kept_.end()) {
            kept->second.used = ++uses_;
            return kept->second.value;
        }
        if (const auto other = making_.find(key); other != making_.end()) {
            const auto made = other->second;
            lock.unlock();
            return made.get();
        }
        std::promise<Result<Shared>> promise;
        making_.emplace(key, promise.get_future().share());
        const std::uint64_t generation = generation_;
        lock.unlock();
        try {
            Result<Shared> made = shared_of(make());
            lock.lock();
            if (generation == generation_) keep(key, made);
            promise.set_value(made);
            return made;
        } catch (...) {
            if (!lock.owns_lock()) lock.lock();
            if (generation == generation_) making_.erase(key);
            promise.set_exception(std::current_exception());
            throw;
        }
    }

    // Also what is being made now is not kept: who asks from now on gets another.
    void clear() {
        const std::lock_guard lock(mutex_);
        kept_.clear();
        making_.clear();
        ++generation_;
    }

  private:
    struct Kept {
        Shared value;
        std::uint64_t used = 0;
    };

    static Result<Shared> shared_of(Result<Shared> made) { return made; }
    template <class Made>
    static Result<Shared> shared_of(Result<Made> made) {
        if (!made) return made.problem();
        return Shared(std::make_shared<const Value>(*std::move(made)));
    }

    void keep(const Key& key, const Result<Shared>& made) {
        making_.erase(key);
        if (!made) return;
        if (kept_.size() >= most_) {
            kept_.erase(std::ranges::min_element(
                kept_, {}, [](const auto& entry) { return entry.second.used; }));
        }
        kept_[key] = {*made, ++uses_};
    }

    std::size_t most_;
    std::mutex mutex_;
    std::map<Key, Kept> kept_;
    std::map<Key, std::shared_future<Result<Shared>>> making_;
    std::uint64_t uses_ = 0;
    std::uint64_t generation_ = 0;
};

}  // namespace purse
