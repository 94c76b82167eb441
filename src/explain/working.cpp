#include "explain/working.hpp"

#include <fmt/format.h>

namespace purse {

std::string as_text(const Working& working) {
    std::string out = working.title + "\n";
    int number = 0;
    for (const Step& step : working.steps) {
        out += fmt::format("{:>3}. {}", ++number, step.says);
        if (!step.arithmetic.empty()) out += fmt::format("  [{}]", step.arithmetic);
        if (step.amount) out += fmt::format("  = {}", in_pounds(*step.amount));
        out += '\n';
        if (!step.source.document.empty()) {
            out += fmt::format("     {}{}{}\n", step.source.document,
                               step.source.place.empty() ? "" : ", ", step.source.place);
        }
    }
    out += fmt::format("     Result: {}\n", in_pounds(working.result));
    return out;
}

}  // namespace purse
