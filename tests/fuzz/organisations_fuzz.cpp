// Any bytes are read as organisations, lists and budgets without a crash, and every row is
// accounted for: read, passed over or unread with a reason.
#include <cstddef>
#include <cstdint>
#include <string>

#include "budget/budget_file.hpp"
#include "organisation/affiliation.hpp"
#include "organisation/organisation_file.hpp"
#include "population/list_file.hpp"

namespace {

using namespace purse;

const Date day = Date::of(2017, 6, 1);

void check_reasons(const std::vector<UnreadRow>& unread) {
    for (const UnreadRow& row : unread) CHECK(row.line > 0 && !row.says.empty());
}

void organisations(const std::string& text) {
    const auto file = read_organisations_text(text, "fuzz.csv");
    if (!file) return;
    check_reasons(file->unread);
    CHECK(file->unread.size() + file->rows_passed_over() <= file->rows);
    AffiliationRules rules;
    if (!file->memberships.empty()) {
        rules.ours.insert(CommissionerCode(file->memberships.front().parent));
    }
    const Affiliations affiliations(rules, file->practices, file->memberships, file->successions);
    for (const Succession& succession : file->successions) {
        const std::uint64_t practice = succession.practice.packed();
        const std::int32_t at = succession.from.days();
        std::uint64_t account = 0;
        affiliations.accounts_of({&practice, 1}, {}, {&at, 1}, {&account, 1});
        CHECK(account ==
              affiliations.account_of(succession.practice, {}, succession.from).packed());
    }
    (void)resolved(file->named_mergers, file->practices);
}

void lists(const std::string& text) {
    const auto file = read_lists_text(text, "fuzz.csv", day);
    if (!file) return;
    check_reasons(file->unread);
    const Lists lists(file->sizes, file->weighted);
    for (const ListSize& size : file->sizes) {
        CHECK(!lists.bands(size.practice, day).empty());
        (void)lists.total(size.practice, day);
    }
}

void budgets(const std::string& text) {
    const auto file = read_budgets_text(text, "fuzz.csv");
    if (!file) return;
    check_reasons(file->unread);
    CHECK(file->unread.size() + file->budgets.size() == file->rows);
    for (const BudgetFileRow& budget : file->budgets) {
        if (!budget.profile) continue;
        const Month march = budget.year.last_month();
        CHECK(budget_to_date(budget.annual, *budget.profile, march) == budget.annual);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    organisations(text);
    lists(text);
    budgets(text);
    return 0;
}
