// Sets and tables of packed codes (base/code.hpp) that answer in a few nanoseconds: open addressing
// in a power of two of places, never more than half full. Made once, then only read, by any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/code.hpp"

namespace purse {

template <class Value>
class PackedTable {
  public:
    PackedTable() : PackedTable(0) {}
    explicit PackedTable(std::size_t expected) { resize(expected); }

    // Puts or replaces; the empty code and `bad_code` are never in.
    void put(std::uint64_t code, Value value) {
        if (code == 0 || code == bad_code) return;
        if (2 * (count_ + 1) > keys_.size()) grow();
        const std::size_t place = place_of(code);
        count_ += keys_[place] == 0;
        keys_[place] = code;
        values_[place] = std::move(value);
    }
    [[nodiscard]] const Value* find(std::uint64_t code) const {
        if (code == 0) return nullptr;
        const std::size_t place = place_of(code);
        return keys_[place] == code ? &values_[place] : nullptr;
    }
    [[nodiscard]] bool contains(std::uint64_t code) const { return find(code) != nullptr; }
    [[nodiscard]] std::size_t size() const { return count_; }

  private:
    void resize(std::size_t expected) {
        const std::size_t places = std::bit_ceil(2 * expected + 8);
        keys_.assign(places, 0);
        values_.assign(places, Value{});
        shift_ = 64 - std::countr_zero(places);
    }
    void grow() {
        std::vector<std::uint64_t> keys = std::move(keys_);
        std::vector<Value> values = std::move(values_);
        resize(keys.size());
        count_ = 0;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] != 0) put(keys[i], std::move(values[i]));
        }
    }
    [[nodiscard]] std::size_t place_of(std::uint64_t code) const {
        std::size_t place = (code * 0x9E3779B97F4A7C15ULL) >> shift_;
        while (keys_[place] != 0 && keys_[place] != code) place = (place + 1) & (keys_.size() - 1);
        return place;
    }

    std::vector<std::uint64_t> keys_;
    std::vector<Value> values_;
    std::size_t count_ = 0;
    int shift_ = 0;
};

struct NoValue {};
class PackedSet : public PackedTable<NoValue> {
  public:
    using PackedTable::PackedTable;
    void put(std::uint64_t code) { PackedTable::put(code, {}); }
};

}  // namespace purse
