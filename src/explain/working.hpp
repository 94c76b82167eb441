// A Working tells how a figure came about, step by step, each step with its source.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "money/pence.hpp"

namespace purse {

struct Source {
    std::string document;  // "2017/18 national tariff workbook (consultation)",
                           // "rules/2017-18/pricing.toml"
    std::string place;     // "sheet '1a APC & OPROC 17.18' row 1204", "rule 'short stay emergency'"
};

struct Step {
    std::string says;  // plain English first: "4 days beyond the trim point of 21, at £229.00"
    std::string arithmetic;       // "4 × £229.00"; may be empty
    std::optional<Pence> amount;  // what the step adds or gives, where it is money
    Source source;                // may be empty for plain arithmetic
};

struct Working {
    std::string title;  // "Spell X123: EB03D, emergency, 25 days"
    std::vector<Step> steps;
    Pence result;
};

// The working as lines of text for a terminal: numbered steps, amounts right-aligned, sources
// after.
std::string as_text(const Working& working);

}  // namespace purse
