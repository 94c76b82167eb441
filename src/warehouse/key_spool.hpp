// Remembers the key of every record of a load, as a hash and a place, in little memory: what does
// not fit goes to files by the leading bits of the hash, so that each part is looked through alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "activity/record_batch.hpp"

namespace purse {

// The place of a record: the batch's sequence number and the row in it.
struct RecordKey {
    std::uint64_t hash = 0;
    std::uint32_t sequence = 0;
    std::uint32_t row = 0;
};

// The keys of a batch: provider and record identifier; prescribing: all columns but the line;
// admitted care besides: provider and spell number, where there is one.
// A record without its identifier has no key.
std::vector<RecordKey> keys_of(std::uint32_t sequence, const RecordBatch& batch);

// One thread at a time.
class KeySpool {
  public:
    explicit KeySpool(std::filesystem::path folder,
                      std::size_t memory_bytes = std::size_t{64} << 20);
    ~KeySpool();
    KeySpool(const KeySpool&) = delete;
    KeySpool& operator=(const KeySpool&) = delete;

    void add(std::span<const RecordKey> keys);
    // The keys whose hash occurs more than once, for the caller to compare in full; in no order.
    std::vector<RecordKey> repeated();

  private:
    static constexpr int part_bits = 8;
    static constexpr std::size_t parts = std::size_t{1} << part_bits;
    [[nodiscard]] std::filesystem::path file(std::size_t part) const;
    void spill();
    [[nodiscard]] std::vector<RecordKey> all_of(std::size_t part) const;

    std::filesystem::path folder_;
    std::size_t most_held_;
    std::size_t held_ = 0;
    bool spilled_ = false;
    std::array<std::vector<RecordKey>, parts> keys_;
};

}  // namespace purse
