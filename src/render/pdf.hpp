// A page as a PDF, by Typst (print/page.typ): tagged for screen readers (PDF/UA-1), and the same
// page gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace purse {

// `pages` as html_page() makes them, in their order; a document's date is the page's own. Printed
// by as many processes at once as there are `printers`; a page takes one of them 0.2 seconds.
// Unavailable, since no asker is at fault: Python or Typst, and what to install, or what Typst said
// of the first page that fails.
Result<std::vector<std::string>> as_pdfs(const std::vector<std::string>& pages, int printers);
Result<std::string> as_pdf(const std::string& html);

}  // namespace purse
