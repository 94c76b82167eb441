#include "desk/challenge_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "desk/statements.hpp"

namespace purse {

namespace {

using ErrorKey = std::tuple<DataSet, ProviderCode, std::string>;
ErrorKey key_of(const LikelyError& error) { return {error.set, error.provider, error.record_id}; }

// The batches that the closing priced, for the providers that they counted for.
Result<std::vector<BatchToPrice>> batches_of(const Site& site, const Closing& closing,
                                             Month first) {
    std::map<BatchNumber, std::vector<ProviderCode>> providers;
    for (const ClosingBatch& one : closing.closing.batches) {
        providers[one.batch].push_back(one.provider);
    }
    std::vector<BatchToPrice> batches;
    for (auto& [number, of] : providers) {
        const auto info = site.decisions().batch(number);
        if (!info) return info.problem();
        if (info->load.set == DataSet::prescribing || info->load.month < first) continue;
        BatchToPrice batch;
        batch.set = info->load.set;
        batch.records = site.folder() / info->load.records.path;
        batch.number = number.value;
        if (of.size() != info->load.providers.size()) batch.providers = std::move(of);
        batches.push_back(std::move(batch));
    }
    return batches;
}

std::vector<Account> accounts_of(const MonthReports& reports,
                                 const std::optional<PracticeCode>& practice) {
    std::vector<Account> accounts;
    if (!practice) return accounts;
    accounts.push_back(*practice);
    const auto found = reports.accounts.find(*practice);
    if (found == reports.accounts.end()) return accounts;
    for (const auto& [part, figures] : found->second.parts) {
        if (part != *practice) accounts.push_back(part);
    }
    return accounts;
}

std::string with(std::string text, std::string_view mark, std::string_view value) {
    for (auto at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size())) {
        text.replace(at, mark.size(), value);
    }
    return text;
}

class Namer {
  public:
    explicit Namer(const Site& site) {
        for (const Provider& provider : site.decisions().organisations().providers) {
            names_[provider.code] = provider.name;
        }
    }
    [[nodiscard]] std::string name_of(ProviderCode provider) const {
        const auto found = names_.find(provider);
        return found == names_.end() ? provider.text()
                                     : fmt::format("{} ({})", found->second, provider.text());
    }

  private:
    std::map<ProviderCode, std::string> names_;
};

std::string says_of(const CheckRule& rule, const LikelyError& error, const Namer& names) {
    std::string text = with(rule.says, "{days}", std::to_string(rule.check.days));
    text = with(text, "{provider}", names.name_of(error.beside_provider));
    return with(text, "{beside}", error.beside);
}

std::string says_of(const ChallengeChecks::Coding& rule, const CodingShift& shift,
                    const Namer& names) {
    const std::string stays(asks_of(shift.question));
    const std::string what =
        shift.root.empty() ? stays : fmt::format("{} in HRG root {}", stays, shift.root);
    std::string text = with(rule.says, "{what}", what);
    text = with(text, "{coded}", coded_as(shift.question));
    text = with(text, "{since}", in_words(shift.since));
    text = with(text, "{share_before}", in_percent(shift.before));
    text = with(text, "{share_after}", in_percent(shift.after));
    text = with(text, "{others_before}", in_percent(shift.others_before));
    text = with(text, "{others_after}", in_percent(shift.others_after));
    return with(text, "{provider}", names.name_of(shift.provider));
}

// What practices have said already: dismissed, or in a challenge that was not withdrawn.
class Said {
  public:
    explicit Said(const Site& site) : site_(site) {
        for (const Challenge& challenge : site.decisions().challenges()) {
            if (!challenge.what.record || challenge.position().state == ChallengeState::withdrawn) {
                continue;
            }
            const NewChallenge& what = challenge.what;
            challenged_.insert({what.record->set, what.provider, what.record->record_id});
        }
    }
    [[nodiscard]] bool challenged(const LikelyError& error) const {
        return challenged_.contains(key_of(error));
    }
    bool dismissed(PracticeCode practice, const std::string& key) {
        const auto [found, is_new] = dismissed_.try_emplace(practice);
        if (is_new) found->second = site_.decisions().dismissed_findings(practice);
        return found->second.contains(key);
    }

  private:
    const Site& site_;
    std::set<ErrorKey> challenged_;
    std::map<PracticeCode, std::set<std::string>> dismissed_;
};

void add_records(const ChallengeChecks& checks, std::vector<LikelyError> errors,
                 const MonthReports& reports, const Namer& names, Said& said,
                 ChallengeFindings& findings) {
    std::map<ErrorKey, Pence> stakes;
    for (LikelyError& error : errors) {
        const auto rule = std::ranges::find(checks.records, error.kind,
                                            [](const CheckRule& one) { return one.check.kind; });
        ChallengeFinding finding;
        finding.key = fmt::format("{} {} {} {}", to_text(error.kind), short_name(error.set),
                                  error.provider.text(), error.record_id);
        if (said.challenged(error)) {
            ++findings.challenged;
            continue;
        }
        if (said.dismissed(reports.roll_up(error.account), finding.key)) {
            ++findings.dismissed;
            continue;
        }
        finding.title = rule->title;
        finding.says = says_of(*rule, error, names);
        finding.reason = rule->reason;
        Pence& stake = stakes[key_of(error)];
        stake = std::max(stake, error.at_stake);
        finding.error = std::move(error);
        findings.records.push_back(std::move(finding));
    }
    for (const auto& [record, stake] : stakes) findings.at_stake += stake;
}

Pence own_stake(const CodingShift& shift, const MonthReports& reports,
                const std::optional<PracticeCode>& practice) {
    if (!practice) return shift.at_stake;
    Pence own;
    for (const auto& [account, amount] : shift.by_account) {
        if (reports.roll_up(account) == *practice) own += amount;
    }
    return own;
}

Outcome add_coding(const Site& site, const ChallengeChecks::Coding& rule,
                   const MonthReports& reports, const Namer& names, Said& said,
                   ChallengeFindings& findings) {
    const auto batches = batches_of(site, reports.closing, Month(1900, 1));
    if (!batches) return batches.problem();
    for (const CodingQuestion question : all_coding_questions) {
        const auto counts =
            coding_counts(question, *batches, site.folder() / reports.closing.closing.charges.path,
                          site.database_limits());
        if (!counts) return counts.problem();
        for (CodingShift& shift : coding_shifts(question, *counts, rule.rules)) {
            CodingFinding finding;
            finding.key = fmt::format("coding_shift {} {} {}", to_text(question),
                                      shift.provider.text(), shift.root);
            if (findings.practice && said.dismissed(*findings.practice, finding.key)) {
                ++findings.dismissed;
                continue;
            }
            finding.title = rule.title;
            finding.says = says_of(rule, shift, names);
            finding.reason = rule.reason;
            finding.own_stake = own_stake(shift, reports, findings.practice);
            finding.shift = std::move(shift);
            findings.coding.push_back(std::move(finding));
        }
    }
    return Nothing{};
}

}  // namespace

Result<ChallengeFindings> find_likely_errors(const Site& site, Month month,
                                             const std::optional<PracticeCode>& practice) {
    const auto checks = challenge_checks_of(site);
    if (!checks) return checks.problem();
    const auto reports = open_month(site, month);
    if (!reports) return reports.problem();
    if (practice) {
        if (const auto known = statement_of(*reports, practice->text()); !known) {
            return known.problem();
        }
    }
    LikelyErrorSearch search;
    search.first = month.financial_year().first_month();
    search.last = month;
    auto batches = batches_of(site, reports->closing, search.first);
    if (!batches) return batches.problem();
    search.batches = std::move(*batches);
    search.charges = site.folder() / reports->closing.closing.charges.path;
    search.accounts = accounts_of(*reports, practice);
    for (const Practice& known : site.decisions().organisations().practices) {
        if (known.close) search.closed.emplace_back(known.code, *known.close);
    }
    for (const CheckRule& rule : checks->records) search.checks.push_back(rule.check);
    auto errors = likely_errors(search, site.database_limits());
    if (!errors) return errors.problem();
    ChallengeFindings findings;
    findings.practice = practice;
    findings.month = month;
    const Namer names(site);
    Said said(site);
    add_records(*checks, std::move(*errors), *reports, names, said, findings);
    if (checks->coding) {
        const auto added = add_coding(site, *checks->coding, *reports, names, said, findings);
        if (!added) return added.problem();
    }
    return findings;
}

}  // namespace purse
