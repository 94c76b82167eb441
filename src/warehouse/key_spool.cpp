#include "warehouse/key_spool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>

namespace purse {

namespace {

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15U)) * 0xBF58476D1CE4E5B9U;
    x ^= x >> 32;
    return x * 0x94D049BB133111EBU;
}

std::uint64_t hash_at(const RecordColumn& column, std::size_t row) {
    return column.type == ColumnType::text ? std::hash<std::string_view>{}(column.texts[row])
                                           : static_cast<std::uint64_t>(column.numbers[row]);
}

std::vector<std::size_t> key_columns(DataSet set) {
    if (set != DataSet::prescribing) {
        return {column_index(set, "provider"), column_index(set, "record_id")};
    }
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < stored_columns(set).size(); ++i) {
        if (stored_columns(set)[i].name != "line") columns.push_back(i);
    }
    return columns;
}

// A hash of its own kind, so that a spell number does not meet a record identifier.
void add_spell_keys(std::uint32_t sequence, const RecordBatch& batch,
                    std::vector<RecordKey>& keys) {
    const RecordColumn& provider = batch.columns[column_index(batch.set, "provider")];
    const RecordColumn& spell = batch.columns[column_index(batch.set, "spell_id")];
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (spell.present[row] == 0) continue;
        const std::uint64_t start = mixed(1, hash_at(provider, row));
        keys.push_back(
            {mixed(start, hash_at(spell, row)), sequence, static_cast<std::uint32_t>(row)});
    }
}

// The hashes that occur more than once, in ascending order.
std::vector<std::uint64_t> repeated_hashes(const std::vector<RecordKey>& keys) {
    std::vector<std::uint64_t> repeated;
    std::vector<std::uint64_t> slots(std::bit_ceil(2 * keys.size() + 2));  // 0: free
    bool zero_seen = false;
    for (const RecordKey& key : keys) {
        if (key.hash == 0) {
            if (zero_seen) repeated.push_back(0);
            zero_seen = true;
            continue;
        }
        // The leading bits are the part's, alike in all its keys.
        std::size_t at = key.hash & (slots.size() - 1);
        while (slots[at] != 0 && slots[at] != key.hash) at = (at + 1) & (slots.size() - 1);
        if (slots[at] == key.hash) repeated.push_back(key.hash);
        slots[at] = key.hash;
    }
    std::ranges::sort(repeated);
    const auto rest = std::ranges::unique(repeated);
    repeated.erase(rest.begin(), rest.end());
    return repeated;
}

}  // namespace

std::vector<RecordKey> keys_of(std::uint32_t sequence, const RecordBatch& batch) {
    std::vector<RecordKey> keys(batch.rows);
    for (const std::size_t column : key_columns(batch.set)) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            keys[row].hash = mixed(keys[row].hash, hash_at(batch.columns[column], row));
        }
    }
    for (std::size_t row = 0; row < batch.rows; ++row) {
        keys[row].sequence = sequence;
        keys[row].row = static_cast<std::uint32_t>(row);
    }
    if (batch.set != DataSet::prescribing) {
        const RecordColumn& id = batch.columns[column_index(batch.set, "record_id")];
        std::erase_if(keys, [&id](const RecordKey& key) { return id.present[key.row] == 0; });
    }
    if (batch.set == DataSet::admitted_care) add_spell_keys(sequence, batch, keys);
    return keys;
}

KeySpool::KeySpool(std::filesystem::path folder, std::size_t memory_bytes)
    : folder_(std::move(folder)), most_held_(memory_bytes / sizeof(RecordKey)) {}

KeySpool::~KeySpool() {
    std::error_code ignored;
    for (std::size_t part = 0; spilled_ && part < parts; ++part) {
        std::filesystem::remove(file(part), ignored);
    }
}

std::filesystem::path KeySpool::file(std::size_t part) const {
    return folder_ / fmt::format("keys-{:03}.bin", part);
}

void KeySpool::add(std::span<const RecordKey> keys) {
    for (const RecordKey& key : keys) keys_[key.hash >> (64 - part_bits)].push_back(key);
    held_ += keys.size();
    if (held_ > most_held_) spill();
}

void KeySpool::spill() {
    for (std::size_t part = 0; part < parts; ++part) {
        std::vector<RecordKey>& keys = keys_[part];
        std::ofstream out(file(part),
                          std::ios::binary | (spilled_ ? std::ios::app : std::ios::trunc));
        out.write(reinterpret_cast<const char*>(keys.data()),
                  static_cast<std::streamsize>(keys.size() * sizeof(RecordKey)));
        if (!out.flush()) throw std::runtime_error("cannot write " + file(part).string());
        keys.clear();
    }
    held_ = 0;
    spilled_ = true;
}

std::vector<RecordKey> KeySpool::all_of(std::size_t part) const {
    if (!spilled_) return keys_[part];
    std::vector<RecordKey> keys(std::filesystem::file_size(file(part)) / sizeof(RecordKey));
    std::ifstream in(file(part), std::ios::binary);
    in.read(reinterpret_cast<char*>(keys.data()),
            static_cast<std::streamsize>(keys.size() * sizeof(RecordKey)));
    if (!in) throw std::runtime_error("cannot read " + file(part).string());
    return keys;
}

std::vector<RecordKey> KeySpool::repeated() {
    std::vector<RecordKey> found;
    if (spilled_) {
        spill();
        keys_ = {};  // the room they had is now the parts'
    }
    for (std::size_t part = 0; part < parts; ++part) {
        const std::vector<RecordKey> keys = all_of(part);
        const std::vector<std::uint64_t> hashes = repeated_hashes(keys);
        if (hashes.empty()) continue;
        std::ranges::copy_if(keys, std::back_inserter(found), [&hashes](const RecordKey& key) {
            return std::ranges::binary_search(hashes, key.hash);
        });
    }
    return found;
}

}  // namespace purse
