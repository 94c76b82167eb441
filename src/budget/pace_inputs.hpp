// What a pace of change refuses before it works anything out, naming the practices.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "budget/pace_of_change.hpp"

namespace purse {

// The first ten of the practices that are refused, and how many more.
class RefusedPractices {
  public:
    void add(PracticeCode practice);
    [[nodiscard]] bool any() const { return count_ > 0; }
    [[nodiscard]] Problem because(std::string_view says) const;

  private:
    std::string text_;
    int count_ = 0;
};

// Inputs stand by practice code.
Outcome check_pace(const std::vector<PaceInput>& inputs, Pence envelope, const PaceRule& rule);

}  // namespace purse
