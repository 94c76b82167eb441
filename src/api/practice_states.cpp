#include "api/practice_states.hpp"

#include <algorithm>
#include <set>

namespace purse {

std::map<Account, PracticeDataState> practice_states(const MonthReports& reports) {
    const Month month = reports.setting.month;
    std::map<Account, std::set<DataSet>> has;
    for (const CubeRow& row : *reports.cube) {
        if (row.month == month) has[reports.roll_up(row.account)].insert(row.set);
    }
    std::map<Account, PracticeDataState> states;
    for (const auto& [account, figures] : reports.accounts) {
        PracticeDataState& state = states[account];
        for (const DataStatus& status : reports.setting.data) {
            if (status.month != month || status.state == DataState::none) continue;
            if (!has[account].contains(status.set)) {
                state.missing.push_back(status.set);
            } else if (state.state == DataState::none || status.state < state.state) {
                state.state = status.state;
            }
        }
    }
    for (const auto& [account, reasons] : reports.rejects) {
        for (const RejectCount& reason : reasons) states[account].rejected += reason.records;
    }
    return states;
}

}  // namespace purse
