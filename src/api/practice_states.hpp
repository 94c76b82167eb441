// How far each practice's own data of a closed month have come: the state of what it has, the data
// sets that are loaded and hold nothing of it, and its rejected records.
#pragma once

#include <map>
#include <vector>

#include "desk/statements.hpp"

namespace purse {

struct PracticeDataState {
    DataState state = DataState::none;  // of the month, the least final of what it has
    std::vector<DataSet> missing;       // loaded for the month, and nothing of this practice in it
    std::int64_t rejected = 0;          // records that name it, year to date
};

std::map<Account, PracticeDataState> practice_states(const MonthReports& reports);

}  // namespace purse
