// The layouts in which organisations are published, each with the headings that tell it and the
// function that reads its rows.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "organisation/organisation_file.hpp"

namespace purse {

struct OrganisationLayout {
    OrganisationKind kind;
    std::vector<std::string_view> headings;  // all of them must be there
    void (*read)(const TextTable& table, OrganisationFile& file);
};

// In order: the first whose headings are all there is the file's.
std::span<const OrganisationLayout> organisation_layouts();

// The 27 columns of Organisation Data Service files, which are published without a heading.
inline constexpr std::size_t ods_columns = 27;
std::span<const std::string_view> epraccur_headings();
std::span<const std::string_view> trust_headings();

}  // namespace purse
