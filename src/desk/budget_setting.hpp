// Setting a year's budgets: last year's care at freeze, priced by both years' tariffs, lists, needs
// and dated entries become a draft on record, with the file that anyone can work it out again from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "budget/derivation_file.hpp"
#include "desk/site.hpp"
#include "register/drafts.hpp"

namespace purse {

struct SetBudgetsRequest {
    FinancialYear year;
    std::string scheme;  // a name or a file
    std::string draft;   // its name
    std::string by;      // who sets them
    std::string note;
    std::filesystem::path allocation;                 // CSV: line, pence
    std::optional<std::filesystem::path> weights;     // where a block of the scheme needs them
    std::optional<std::filesystem::path> entries;     // CSV: date, author, reason, practice, line,
                                                      // recurrent, pence; kind
    std::optional<std::filesystem::path> savings;     // CSV: of earlier years, that are protected
    std::optional<Month> baseline_from, baseline_to;  // default: the financial year before
    std::optional<Date> list_then, list_now;          // default: the first days of both periods
};

struct SetBudgetsReport {
    RecordedDraft draft;
    DerivationInputs inputs;
    Derivation derivation;
    std::vector<std::string> notes;  // what was estimated or could not be priced
};

// Nothing is recorded unless everything adds up. The same inputs again change nothing.
Result<SetBudgetsReport> set_budgets(Site& site, const SetBudgetsRequest& request);

// A draft's derivation, read back and worked out again; a conflict where they differ. The year's
// newest draft when no name is given.
struct DraftDerivation {
    Draft draft;
    DerivationFile file;
};
Result<DraftDerivation> derivation_of(const Site& site, FinancialYear year,
                                      const std::optional<std::string>& name);

// The draft's inputs under other schemes, or under the draft's own with all lines by one method
// (historic, fair-share, blend): what every practice would have.
struct ComparedScheme {
    std::string name;
    std::string title;
    Derivation derivation;
};
struct SchemeComparison {
    Draft draft;
    DerivationInputs inputs;
    std::vector<ComparedScheme> schemes;
};
Result<SchemeComparison> compare_schemes(const Site& site, FinancialYear year,
                                         const std::optional<std::string>& draft,
                                         const std::vector<std::string>& names);

}  // namespace purse
