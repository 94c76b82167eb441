// The four kinds of record that come in, the stages of their extracts, and the stored columns of
// each.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

enum class DataSet : std::uint8_t { admitted_care, outpatients, emergency, prescribing };
inline constexpr std::array all_data_sets = {DataSet::admitted_care, DataSet::outpatients,
                                             DataSet::emergency, DataSet::prescribing};
std::string_view short_name(DataSet set);  // apc, op, ae, prescribing
std::string_view in_words(DataSet set);    // admitted care, outpatients, A&E, prescribing
Result<DataSet> parse_data_set(std::string_view text);

// A month's data arrive more than once: early, for reconciliation (flex), and for good (freeze).
enum class Extract : std::uint8_t { early, flex, freeze };
std::string_view to_text(Extract extract);
Result<Extract> parse_extract(std::string_view text);

enum class ColumnType : std::uint8_t { text, number, date, flag, pseudonym };

struct StoredColumn {
    std::string_view name;
    ColumnType type;
    std::string_view meaning;  // for docs/records.md and the plain layout's documentation
};

// What a stored record of the data set holds: the Parquet schema, in order. Admitted care is one
// record a spell (built from its episodes), outpatients and A&E one an attendance, prescribing one
// a practice, month and presentation.
std::span<const StoredColumn> stored_columns(DataSet set);
std::size_t column_index(DataSet set, std::string_view name);  // CHECKs that there is one

}  // namespace purse
