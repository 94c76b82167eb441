// Columns that pricing reads, made from a batch of records: for workings and small files. (Inside a
// scan the warehouse hands out its own vectors.)
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "activity/record_batch.hpp"
#include "pricing/price_book.hpp"

namespace purse {

// Owns the packed codes and numbers; texts are views into the batch, which must outlive this.
class RecordColumns {
  public:
    explicit RecordColumns(const RecordBatch& batch);

    // Of the batch's own data set: asking for another is a fault of ours.
    [[nodiscard]] SpellColumns spells() const;
    [[nodiscard]] AttendanceColumns attendances() const;
    [[nodiscard]] EmergencyColumns emergency() const;

  private:
    [[nodiscard]] std::span<const std::uint64_t> codes(std::string_view name) const;
    [[nodiscard]] std::span<const std::int32_t> numbers(std::string_view name) const;
    [[nodiscard]] std::span<const std::uint8_t> flags(std::string_view name) const;
    [[nodiscard]] std::span<const std::string_view> texts(std::string_view name) const;

    const RecordBatch* batch_;
    // By column of the data set; only the vector of the column's type is filled.
    std::vector<std::vector<std::uint64_t>> codes_;
    std::vector<std::vector<std::int32_t>> numbers_;
    std::vector<std::vector<std::uint8_t>> flags_;
};

}  // namespace purse
