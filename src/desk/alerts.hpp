// What is told when something special begins at a practice: kept in the register once, shown on the
// pages, and sent in letters to those who asked for them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "calendar/instant.hpp"
#include "desk/benchmarking.hpp"

namespace purse {

struct KeptAlerts {
    std::vector<StoredAlert> fresh;  // kept just now
    std::vector<StoredAlert> all;    // of the month
};
// Looks for what began in the month and keeps what is not known yet. Looking again adds nothing,
// unless the month was closed anew.
Result<KeptAlerts> keep_alerts(Site& site, Month month, const std::string& at);

// The same after a month was closed, in a sentence for whoever closed it; "" where nothing new
// began. The closing stands whatever comes of this.
std::string alerts_after_closing(Site& site, Month month);

// What was told of a month; of one practice, or of all.
struct AlertReport {
    struct Row {
        StoredAlert kept;
        std::string practice_name;
        std::string measure_name;
        std::string without_numbers;  // the sentence for who may not see small numbers
    };
    Month month;
    std::vector<Row> rows;
};
Result<AlertReport> alerts_of(const Site& site, Month month, std::optional<PracticeCode> practice);

// Letters into the outbox, for everybody who wants them and is due one: a week or 28 days after the
// last. Who works for a practice is told of it alone. Without anything new there is no letter.
Result<std::vector<std::filesystem::path>> write_alert_letters(Site& site, Instant now);

// By the account's name.
Outcome set_alert_letters(Site& site, const std::string& account, LetterFrequency how_often);

}  // namespace purse
