// A table from packed codes to values: open addressing at most a third full, read-only once
// filled. Key 0 (the empty code) is never found.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.hpp"

namespace purse {

template <class Value>
class CodeTable {
  public:
    // Room for `count` codes; put() more than that is a fault of ours.
    explicit CodeTable(std::size_t count = 0)
        : room_(count),
          shift_(64 - std::countr_zero(std::bit_ceil(3 * count + 4))),
          slots_(std::bit_ceil(3 * count + 4)) {
        values_.reserve(count);
    }

    // The value of the code, made when there is none.
    Value& put(std::uint64_t code) {
        CHECK(code != 0);
        std::size_t at = home_of(code);
        while (slots_[at].code != 0 && slots_[at].code != code) at = next(at);
        if (slots_[at].code == 0) {
            CHECK(values_.size() < room_);
            slots_[at] = {code, values_.size()};
            values_.emplace_back();
        }
        return values_[slots_[at].place];
    }

    [[nodiscard]] const Value* find(std::uint64_t code) const {
        if (code == 0) return nullptr;
        for (std::size_t at = home_of(code);; at = next(at)) {
            if (slots_[at].code == code) return &values_[slots_[at].place];
            if (slots_[at].code == 0) return nullptr;
        }
    }

  private:
    // Apart from the values, so that the slots of a whole tariff stay in the processor's cache.
    struct Slot {
        std::uint64_t code = 0;
        std::size_t place = 0;
    };
    [[nodiscard]] std::size_t home_of(std::uint64_t code) const {
        return static_cast<std::size_t>((code * 0x9E3779B97F4A7C15U) >> shift_);
    }
    [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

    std::size_t room_;
    int shift_;
    std::vector<Slot> slots_;
    std::vector<Value> values_;
};

}  // namespace purse
