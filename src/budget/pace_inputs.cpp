#include "budget/pace_inputs.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

bool is_sound(const PaceRule& rule) {
    return rule.tolerance >= Factor(0) && rule.tolerance < Factor(Factor::one) &&
           rule.minimum_move >= Factor(0) && rule.minimum_move <= rule.cap &&
           rule.rate > Factor(0) && rule.rate <= Factor(Factor::one) &&
           rule.floor >= Factor(-Factor::one);
}

}  // namespace

void RefusedPractices::add(PracticeCode practice) {
    if (++count_ > 10) return;
    text_ += (text_.empty() ? "" : ", ") + practice.text();
}

Problem RefusedPractices::because(std::string_view says) const {
    const std::string more = count_ > 10 ? fmt::format(" and {} more", count_ - 10) : "";
    return bad_input(fmt::format("{}{}: {}", text_, more, says));
}

Outcome check_pace(const std::vector<PaceInput>& inputs, Pence envelope, const PaceRule& rule) {
    if (!is_sound(rule)) {
        return bad_input(
            "the pace of change is out of bounds: 0 <= minimum_move <= cap, 0 < rate <= 1, "
            "0 <= tolerance < 1, floor >= -1");
    }
    if (inputs.empty()) return bad_input("there is no practice to share the envelope among");
    if (envelope <= Pence(0)) {
        return bad_input(
            fmt::format("the envelope is {}; it must be above £0.00", in_pounds(envelope)));
    }
    RefusedPractices openings, needs, twice;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i].opening <= Pence(0)) openings.add(inputs[i].practice);
        if (inputs[i].need <= 0) needs.add(inputs[i].practice);
        if (i > 0 && inputs[i].practice == inputs[i - 1].practice) twice.add(inputs[i].practice);
    }
    if (twice.any()) return twice.because("the practice is there twice");
    if (openings.any()) {
        return openings.because(
            "no opening budget above £0.00: give the practice its recurrent baseline");
    }
    if (needs.any()) {
        return needs.because("no need weight above 0: a missing weight is never taken as 1");
    }
    return Nothing{};
}

}  // namespace purse
