// A page as a PDF by WeasyPrint, an optional program: tagged for screen readers, and the same page
// gives the same bytes.
#pragma once

#include <string>

#include "base/result.hpp"

namespace purse {

// `html` as html_page() makes it; its document date is the page's own. Not found: WeasyPrint is not
// on the PATH, and what to install; bad input: what WeasyPrint said.
Result<std::string> as_pdf(const std::string& html);

}  // namespace purse
