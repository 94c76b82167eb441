// The commissioner's summary of a month: every practice and every unattributed account, adding up.
#pragma once

#include "reports/statement.hpp"

namespace purse {

struct SummaryRow {
    std::string code;
    std::string name;
    bool is_practice = true;
    Figures month;
    Figures year_to_date;
    std::optional<Pence> annual_budget;
    std::optional<Pence> budget_to_date;
    std::optional<ExpectedMore> more_to_date;  // of months that are not frozen
    [[nodiscard]] std::optional<Pence> variance() const;
};

struct Summary {
    std::string commissioner;
    Month month;
    std::vector<SummaryRow> rows;  // practices by code, then unattributed accounts
    SummaryRow practices;          // the sum of the practices
    SummaryRow unattributed;
    SummaryRow total;
    std::vector<OutsideRow> outside;        // lines in no budget of their practices; in no total
    std::vector<StatementRow> lines;        // the whole commissioner by pack line
    std::vector<ChallengedRow> challenged;  // by account, where anything is; in no other total
    std::optional<ChallengedRow> challenged_total;
    std::optional<Date> challenged_as_at;
    std::vector<DataStatus> data;
    std::vector<std::string> contracts_say;  // what is known of block contracts
    std::vector<SetAside> set_aside;
    std::vector<TariffUsed> tariffs;
    int closing = 0;
};

// The totals are the sums of the statements' own figures, to the penny: CHECKed line by line.
Summary make_summary(const std::map<Account, AccountMonth>& accounts,
                     const StatementSetting& setting);

}  // namespace purse
