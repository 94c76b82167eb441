// How a budget was worked out: as text, JSON, CSV and pages.
#pragma once

#include <string>
#include <vector>

#include "budget/derivation.hpp"

namespace purse {

std::string as_text(const Waterfall& waterfall);
std::string as_json(const Waterfall& waterfall);
std::string as_csv(const Waterfall& waterfall);  // step, says, arithmetic, pence, source
// With a picture, and styles for A4: what a PDF is made of.
std::string as_html(const Waterfall& waterfall);

// What the formats share.
std::string title_of(const Waterfall& waterfall);
std::string in_a_sentence(const Waterfall& waterfall);
std::string signed_amount(const WaterfallStep& step, Pence amount);
// Whether the arithmetic is a sum that comes to the step, and not where to find it.
bool is_sum(const WaterfallStep& step);
// The step of that title, or none: a line has the steps that concern it.
const WaterfallStep* step_named(const Waterfall& waterfall, const std::string& title);
std::string amount_of(const Waterfall& waterfall, const std::string& title);
// The sums, and the steps that add or take for any practice; and those that do not, in a sentence.
std::vector<std::size_t> steps_with_figures(const Waterfall& waterfall);
std::string steps_without_figures(const Waterfall& waterfall);

}  // namespace purse
