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
          places_(std::bit_ceil(3 * count + 4)) {
        entries_.reserve(count + 1);
        entries_.emplace_back();  // place 0 says that a slot is free
    }

    // The value of the code, made when there is none.
    Value& put(std::uint64_t code) {
        CHECK(code != 0);
        std::size_t at = home_of(code);
        while (places_[at] != 0 && entries_[places_[at]].code != code) at = next(at);
        if (places_[at] == 0) {
            CHECK(entries_.size() <= room_);
            places_[at] = static_cast<std::uint32_t>(entries_.size());
            entries_.emplace_back().code = code;
        }
        return entries_[places_[at]].value;
    }

    [[nodiscard]] const Value* find(std::uint64_t code) const {
        for (std::size_t at = home_of(code);; at = next(at)) {
            const std::uint32_t place = places_[at];
            if (place == 0) return nullptr;
            if (entries_[place].code == code) return &entries_[place].value;
        }
    }

  private:
    // Code and value in one line of the processor's cache; the slots are small, so that those of a
    // whole tariff stay near.
    struct alignas(sizeof(Value) > 40 ? 64 : 8) Entry {
        std::uint64_t code = 0;
        Value value{};
    };
    [[nodiscard]] std::size_t home_of(std::uint64_t code) const {
        return static_cast<std::size_t>((code * 0x9E3779B97F4A7C15U) >> shift_);
    }
    [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (places_.size() - 1); }

    std::size_t room_;
    int shift_;
    std::vector<std::uint32_t> places_;
    std::vector<Entry> entries_;
};

}  // namespace purse
