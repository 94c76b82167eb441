// What a closing keeps beside its cube and charges: how earlier months became complete, and the
// forecast of the year.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "desk/month_inputs.hpp"

namespace purse {

struct WrittenPaper {
    std::string name;
    std::string text;
    [[nodiscard]] std::string file_name() const { return name + ".csv"; }
};

// By name.
Result<std::vector<WrittenPaper>> closing_papers(const Site& site, Month month,
                                                 const MonthInputs& inputs,
                                                 std::span<const CubeRow> cube);

}  // namespace purse
