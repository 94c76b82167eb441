// What every chain of events has alike: how a field goes into its hash, and who counts as the same
// person.
#pragma once

#include <string>
#include <string_view>

namespace purse {

// A field and its length, so that no two events read the same. Hashes that are stored rest on it.
std::string hashed_field(std::string_view text);

// Nothing but blanks.
bool is_blank(std::string_view text);

// One person, however the name is spaced and capitalised.
bool is_same_person(std::string_view one, std::string_view other);

}  // namespace purse
