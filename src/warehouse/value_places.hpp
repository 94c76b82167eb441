// Gives every distinct value a place, in the order of their first coming: how dictionaries are
// made. Starting anew costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "intake/packed_text.hpp"

namespace purse {

inline std::uint64_t spread(std::uint64_t value) {
    value *= 0x9E3779B97F4A7C15U;
    return value ^ (value >> 32);
}
inline std::uint64_t spread_of(std::int64_t number) {
    return spread(static_cast<std::uint64_t>(number));
}
inline std::uint64_t spread_of(std::string_view text) {
    std::uint64_t all = text.size();
    while (text.size() > 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        all = spread(all ^ word);
        text.remove_prefix(8);
    }
    if (text.empty()) return spread(all);
    return spread(spread(all) ^ packing::first_bytes_highest(text.data(), text.size()));
}

// Whether two values of the same hash are the same. Of short texts the hash loses nothing but the
// length (spread() can be undone), so that their bytes need no second look.
inline bool same_of_hash(std::int64_t a, std::int64_t b) { return a == b; }
inline bool same_of_hash(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.size() <= 8 || a == b);
}

template <class Value>
class ValuePlaces {
  public:
    // At most so many values, in twice as many slots (a power of two).
    explicit ValuePlaces(std::size_t most) : slots_(2 * most) {}

    void start() {
        values_.clear();
        ++round_;
    }
    // The caller keeps count: no more than `most` values may come.
    std::uint32_t place_of(Value value) {
        const std::uint64_t hash = spread_of(value);
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at].round == round_) {
            if (slots_[at].hash == hash && same_of_hash(values_[slots_[at].place], value)) {
                return slots_[at].place;
            }
            at = (at + 1) & (slots_.size() - 1);
        }
        slots_[at] = {hash, round_, static_cast<std::uint32_t>(values_.size())};
        values_.push_back(value);
        return slots_[at].place;
    }
    [[nodiscard]] const std::vector<Value>& values() const { return values_; }

  private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t round = 0;
        std::uint32_t place = 0;
    };
    std::vector<Slot> slots_;
    std::uint32_t round_ = 0;
    std::vector<Value> values_;
};

}  // namespace purse
