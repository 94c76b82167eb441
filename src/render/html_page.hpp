// The frame of every page: readable on screen and on paper, with nothing from outside. It is XML
// too but for its first line: print/page.typ reads it so.
#pragma once

#include <string>
#include <string_view>

namespace purse {

enum class Paper { upright, on_its_side };  // A4

struct PageLook {
    std::string_view style;  // the page's own CSS
    Paper paper = Paper::upright;
    std::string_view created;  // the document's day, as 2018-04-01; none where it is empty
};

// `body` is HTML whose every element is closed; the title is text.
std::string html_page(const std::string& title, const std::string& body, const PageLook& look = {});

// A cell of a table; `text` is text.
std::string html_cell(const std::string& text, std::string_view class_of = {});

}  // namespace purse
