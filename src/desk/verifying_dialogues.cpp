#include "desk/verifying_dialogues.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "governance/dialogue_event.hpp"

namespace purse {

namespace {

using Check = Verification::Check;

Check checked(std::string what, std::string fault) {
    return {.what = std::move(what), .good = fault.empty(), .says = std::move(fault)};
}

std::string fault_of_rows(const Site& site, const Draft& draft) {
    NewDraft whole{.year = draft.year,
                   .name = draft.name,
                   .scheme = draft.scheme,
                   .made_at = draft.made_at,
                   .made_by = draft.made_by,
                   .derivation = draft.derivation,
                   .note = draft.note,
                   .amounts = site.decisions().draft_amounts(draft.number),
                   .totals = site.decisions().draft_totals(draft.number)};
    if (digest_of(whole) == draft.digest) return "";
    return "its amounts are not as they were recorded: restore the register from a backup";
}

std::string fault_of_derivation(const Site& site, const Draft& draft) {
    const auto digest = digest_of_file(site.folder() / draft.derivation.path);
    if (!digest) return "the file is missing or cannot be read: restore it from a backup";
    if (*digest == draft.derivation.checksum) return "";
    return "the file is not as it was stored: restore it from a backup";
}

// Numbers of all dialogues run on: a gap is an event that was taken away.
std::string fault_of_numbers(const std::vector<DialogueEvent>& events) {
    std::int64_t expected = 0;
    for (const DialogueEvent& event : events) {
        if (event.number != ++expected) {
            return fmt::format("event {} is missing: restore the register from a backup", expected);
        }
    }
    return "";
}

// What agreements are compared with, read once a year and draft.
class AgreementCheck {
  public:
    explicit AgreementCheck(const Site& site) : site_(site) {
        for (const ImportedFile& file : site.decisions().imported_files()) {
            if (file.file.kind == ImportKind::dialogue) sources_[file.file.digest] = file.number;
        }
        for (const Draft& draft : site.decisions().drafts()) {
            drafts_[draft.digest] = draft;
            for (const DraftAmount& amount : site.decisions().draft_amounts(draft.number)) {
                amounts_[{draft.digest, amount.practice}].push_back(amount);
            }
        }
    }

    // The net amounts that an agreement or ruling put in force are those of its draft.
    std::string fault_of(const DialogueEvent& event) {
        const auto draft = drafts_.find(event.draft);
        if (draft == drafts_.end()) return "its draft is missing: restore the register";
        const auto& amounts = amounts_[{event.draft, event.practice}];
        if (offer_digest(draft->second.derivation.checksum, amounts) != event.on_table) {
            return "its draft gives other amounts now: restore the register from a backup";
        }
        const auto source = sources_.find(event.hash);
        if (source == sources_.end())
            return "what it put in force is missing: restore the register";
        std::map<BudgetLine, Pence> agreed;
        for (const DraftAmount& amount : amounts) agreed[amount.line] = amount.net;
        if (put_in_force(event.year)[{source->second, event.practice}] == agreed) return "";
        return "what it put in force is not what was agreed: restore the register from a backup";
    }

  private:
    using Rows = std::map<std::pair<FileNumber, PracticeCode>, std::map<BudgetLine, Pence>>;

    Rows& put_in_force(FinancialYear year) {
        const auto [found, is_new] = in_force_.try_emplace(year);
        if (!is_new) return found->second;
        for (const BudgetEntry& entry : site_.decisions().budget_history(year)) {
            found->second[{entry.file, entry.row.practice}][entry.row.line] = entry.row.annual;
        }
        return found->second;
    }

    const Site& site_;
    std::map<std::string, FileNumber> sources_;  // by the event's hash
    std::map<std::string, Draft> drafts_;        // by digest
    std::map<std::pair<std::string, PracticeCode>, std::vector<DraftAmount>> amounts_;
    std::map<FinancialYear, Rows> in_force_;
};

using DialogueKey = std::pair<FinancialYear, PracticeCode>;

std::map<DialogueKey, std::vector<DialogueEvent>> by_dialogue(
    const std::vector<DialogueEvent>& events) {
    std::map<DialogueKey, std::vector<DialogueEvent>> found;
    for (const DialogueEvent& event : events) found[{event.year, event.practice}].push_back(event);
    return found;
}

std::string fault_of_dialogue(AgreementCheck& agreements,
                              const std::vector<DialogueEvent>& events) {
    if (const auto whole = check_chain(events); !whole) return whole.problem().says;
    for (const DialogueEvent& event : events) {
        if (event.step != DialogueStep::agree && event.step != DialogueStep::rule) continue;
        if (const std::string fault = agreements.fault_of(event); !fault.empty()) {
            return fmt::format("event {}: {}", event.number, fault);
        }
    }
    return "";
}

}  // namespace

std::vector<Check> check_drafts(const Site& site) {
    std::vector<Check> checks;
    for (const Draft& draft : site.decisions().drafts()) {
        checks.push_back(
            checked(fmt::format("draft '{}' of {}: amounts", draft.name, to_text(draft.year)),
                    fault_of_rows(site, draft)));
        if (draft.derivation.path.empty()) continue;
        checks.push_back(
            checked(draft.derivation.path.generic_string(), fault_of_derivation(site, draft)));
    }
    return checks;
}

std::vector<Check> check_in_year_changes(const Site& site) {
    std::vector<Check> checks;
    std::map<FinancialYear, std::vector<InYearChange>> years;
    std::string gap;
    std::int64_t expected = 0;
    for (InYearChange& change : site.decisions().in_year_changes()) {
        if (change.number != ++expected && gap.empty()) {
            gap = fmt::format("change {} is missing: restore the register from a backup", expected);
        }
        years[change.change.year].push_back(std::move(change));
    }
    if (years.empty()) return checks;
    checks.push_back(checked("changes of budgets: every one is there", gap));
    for (const auto& [year, changes] : years) {
        const auto whole = check_in_year_chain(changes);
        checks.push_back(checked(
            fmt::format("{} changes of the budgets of {}: chained", changes.size(), to_text(year)),
            whole ? "" : whole.problem().says));
    }
    return checks;
}

std::vector<Check> check_dialogues(const Site& site) {
    std::vector<Check> checks;
    const auto events = site.decisions().dialogue_events();
    if (events.empty()) return checks;
    checks.push_back(checked("dialogues: every event is there", fault_of_numbers(events)));
    AgreementCheck agreements(site);
    std::map<FinancialYear, std::size_t> good;
    for (const auto& [key, dialogue] : by_dialogue(events)) {
        const std::string fault = fault_of_dialogue(agreements, dialogue);
        if (fault.empty()) {
            ++good[key.first];
        } else {
            checks.push_back(checked(
                fmt::format("dialogue of {} {}", key.second.text(), to_text(key.first)), fault));
        }
    }
    for (const auto& [year, count] : good) {
        checks.push_back(
            checked(fmt::format("{} dialogues of {}: chained, by the table, in force as agreed",
                                count, to_text(year)),
                    ""));
    }
    return checks;
}

}  // namespace purse
