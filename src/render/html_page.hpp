// The frame of every page: readable on screen and on paper, with nothing from outside.
#pragma once

#include <string>

namespace purse {

// `body` is HTML; the title is text.
std::string html_page(const std::string& title, const std::string& body);

}  // namespace purse
