// The parts of an .xlsx file, which is a zip archive of XML: unpacked within limits and parsed.
#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"

typedef struct zip zip_t;

namespace purse {

inline constexpr std::size_t largest_part = std::size_t{512} << 20;
inline constexpr std::size_t largest_total = std::size_t{1} << 30;  // inflated parts, and cell text

// What one reading may still use up: a small file can ask for any amount of memory.
struct Allowance {
    std::size_t cells;
    std::size_t tags;  // elements of XML, which cost memory before any cell is seen
    std::size_t inflated = largest_total;
    std::size_t text = largest_total;
    std::size_t merged = 20'000'000;  // cells looked at under merged ones
};

// Takes the amount off; false when there is not enough left.
bool spend(std::size_t& allowance, std::size_t amount);
Problem too_large();

struct CloseArchive {
    void operator()(zip_t* archive) const;
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

// The bytes must outlive the archive.
Result<Archive> open_archive(std::string_view bytes);

struct Part {
    std::string bytes;  // parsed in place: the document points into it
    pugi::xml_document document;
};

// The part, parsed; not_found when the archive has none of that name.
Result<std::unique_ptr<Part>> read_xml(zip_t* archive, const std::string& name,
                                       Allowance& allowance);

}  // namespace purse
