// The frame of every page: readable on screen and on paper, with nothing from outside.
#pragma once

#include <string>
#include <string_view>

namespace purse {

// `body` is HTML; the title is text; `own_style` and `head` are added to the page's head.
std::string html_page(const std::string& title, const std::string& body,
                      std::string_view own_style = {}, std::string_view head = {});

// A cell of a table; `text` is text.
std::string html_cell(const std::string& text, std::string_view class_of = {});

}  // namespace purse
