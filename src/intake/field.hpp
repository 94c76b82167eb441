// The fields that a file's columns can be read into. Most fill the stored column of the same name
// (activity/data_set.hpp); the others are used at the door only (identifiers, the order of
// episodes).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "activity/data_set.hpp"

namespace purse {

enum class FieldKind : std::uint8_t {
    text,              // as it stands
    code,              // up to eight letters and digits, upper case, checked against its list
    bare_code,         // a code of any length whose list, if any, is elsewhere: record identifiers
    provider,          // the first three characters of a trust's site code
    practice,          // checked against the register
    hrg,               // checked against the year's price list
    number,            // a whole number, none below zero
    age,               // a number, or a HES code for under one year
    date,              // in one of the layout's formats
    flag,              // Y, 1, true
    list,              // codes separated by ; in one column, or from several columns
    thousandths,       // a decimal number with three places
    pounds,            // kept in thousandths of a penny
    month,             // 2017-06, 201706, 2017_06: kept as its last day
    nhs_number,        // identifiers: they become the pseudonym and are kept nowhere
    local_id,          // ... of the provider
    pseudonym_of,      // ... given as a pseudonym that is the same at every provider
    serial_number,     // of the commissioning agreement: bears the exclusion mark
    episode_number,    // place of the episode in its spell
    last_episode,      // 1 last, 2 not
    dominant_episode,  // Y or 1: the episode whose HRG stands for the spell
    episode_start,
    episode_end,
    episode_hrg,  // the episode's own HRG, where the spell's is missing
};

struct InputField {
    std::string_view name;  // as in layouts and in the plain layout's headings
    FieldKind kind;
    std::string_view stored;  // the stored column it fills; empty: used at the door only
};

std::span<const InputField> input_fields(DataSet set);
std::optional<std::size_t> input_field_index(DataSet set, std::string_view name);
// Whether what stands there can name a patient: such values are never shown.
constexpr bool identifies(FieldKind kind) {
    return kind == FieldKind::nhs_number || kind == FieldKind::local_id ||
           kind == FieldKind::pseudonym_of;
}

}  // namespace purse
