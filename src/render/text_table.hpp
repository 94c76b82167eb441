// Columns of text aligned for a terminal.
#pragma once

#include <string>
#include <vector>

namespace purse {

enum class Align : std::uint8_t { left, right };

// Every row has as many cells as `align`; widths count characters, not bytes. An empty row draws a
// rule across.
std::string aligned(const std::vector<std::vector<std::string>>& rows,
                    const std::vector<Align>& align);

}  // namespace purse
