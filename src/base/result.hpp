// Result<T> is a value or the Problem that stood in its way.
// A giver's faults (bad record, unknown code, bad argument) travel as Problems; faults of ours stop
// the program at a CHECK; faults of the world (disk, database) are exceptions caught once per door.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/check.hpp"
#include "base/problem.hpp"

namespace purse {

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // The value; asking a failed result for it is a fault of ours.
    T& value() & {
        CHECK(ok());
        return *std::get_if<0>(&state_);
    }
    const T& value() const& {
        CHECK(ok());
        return *std::get_if<0>(&state_);
    }
    T value() && {
        CHECK(ok());
        return std::move(*std::get_if<0>(&state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T value_or(T other) const { return ok() ? *std::get_if<0>(&state_) : std::move(other); }

    const Problem& problem() const {
        CHECK(!ok());
        return *std::get_if<1>(&state_);
    }

  private:
    std::variant<T, Problem> state_;
};

struct Nothing {};
// Done, or the reason why not.
using Outcome = Result<Nothing>;

}  // namespace purse
