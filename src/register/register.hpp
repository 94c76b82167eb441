// The register keeps what was decided: which files were imported, which loads count, which months
// are closed. It is the only room that speaks SQL over decisions. Every write is one transaction: a
// program killed at any instant leaves the register as before or as after. One Register serves any
// number of threads. A giver's fault comes back as a Problem; a database that cannot be reached or
// written is a std::runtime_error whose text holds no stored value and no password.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "activity/counted_care.hpp"
#include "base/result.hpp"
#include "governance/audit_entry.hpp"
#include "governance/dialogue_event.hpp"
#include "organisation/organisation_file.hpp"
#include "population/list_file.hpp"
#include "register/accounts.hpp"
#include "register/address.hpp"
#include "register/batches.hpp"
#include "register/challenges.hpp"
#include "register/closings.hpp"
#include "register/counted_extracts.hpp"
#include "register/drafts.hpp"
#include "register/imports.hpp"
#include "register/in_year.hpp"
#include "register/kept_answers.hpp"
#include "register/organisations.hpp"
#include "register/signals.hpp"

namespace purse {

class Register {
  public:
    // The newest layout of tables that this program knows.
    static int known_version();

    // Makes a register where there is none. An existing one is a conflict.
    static Result<Register> create(const RegisterAddress& address);
    // Opens a register and brings an older one up to date; migrations() says what was done. A newer
    // one is a conflict.
    static Result<Register> open(const RegisterAddress& address);

    ~Register();
    Register(Register&&) noexcept;
    Register& operator=(Register&&) noexcept;

    // What opening (or creating) did to the tables, a sentence a migration; empty when nothing.
    [[nodiscard]] const std::vector<std::string>& migrations() const;

    // The same register in somebody's name: every change made through it is in the audit trail as
    // theirs, in the transaction that makes it. To be made for one command or request.
    [[nodiscard]] Register acting_for(Actor actor) const;

    // The site: commissioner codes, its name, when it was made.
    void set_setting(const std::string& key, const std::string& value);
    [[nodiscard]] std::optional<std::string> setting(const std::string& key) const;
    [[nodiscard]] std::map<std::string, std::string> settings() const;

    // Imported files, oldest first.
    [[nodiscard]] std::vector<ImportedFile> imported_files() const;
    // The same file imported before, if it was: ask before reading a large file.
    [[nodiscard]] std::optional<ImportedFile> find_import(ImportKind kind, const std::string& about,
                                                          const std::string& digest) const;

    // Organisations: practices, providers, commissioners, networks, who belongs where and who
    // followed whom. A row replaces the earlier one of the same code (and, of memberships, of the
    // same first day); a row that gives only some facts of a code leaves the others as they were.
    Result<Imported> import_organisations(const NewImport& file, const OrganisationFile& content);
    [[nodiscard]] Organisations organisations() const;  // in the order of their codes

    // Registered lists, `about` their day. A row replaces the earlier one of the same practice,
    // day, sex and age band.
    Result<Imported> import_lists(const NewImport& file, const ListFile& content);
    [[nodiscard]] KnownLists lists() const;  // by practice, day, sex and band

    // Price lists. A version already known (from another file with the same prices) is not added
    // again. A new version becomes the year's current one.
    Result<ImportedTariff> import_tariff(const NewImport& file, const NewTariff& tariff);
    [[nodiscard]] std::vector<TariffVersion> tariffs() const;  // by year and sequence
    [[nodiscard]] Result<TariffVersion> current_tariff(FinancialYear year) const;
    // By the first characters of its version; two versions that begin so are a Problem.
    [[nodiscard]] Result<TariffVersion> tariff(FinancialYear year, std::string_view version) const;
    Outcome make_tariff_current(FinancialYear year, const std::string& version);

    // Budgets. A row replaces the earlier one of its practice, year and line, which stays in the
    // history. A budget that was agreed or ruled in a dialogue is a conflict: it is frozen.
    Result<Imported> import_budgets(const NewImport& file, std::span<const BudgetRow> rows);
    [[nodiscard]] std::vector<BudgetEntry> budgets(FinancialYear year) const;  // those in force
    [[nodiscard]] std::vector<BudgetEntry> budget_history(FinancialYear year) const;

    // Drafts of a year's budgets. A draft whose lines do not add up to their allocation is refused,
    // and so is another draft of the same year and name.
    Result<RecordedDraft> record_draft(const NewDraft& draft);
    [[nodiscard]] std::vector<Draft> drafts() const;                    // by number
    [[nodiscard]] std::vector<Draft> drafts(FinancialYear year) const;  // by number
    [[nodiscard]] Result<Draft> draft(DraftNumber number) const;
    [[nodiscard]] Result<Draft> draft(FinancialYear year, std::string_view name) const;
    [[nodiscard]] std::vector<DraftAmount> draft_amounts(DraftNumber number) const;  // by practice,
    [[nodiscard]] std::vector<DraftAmount> draft_amounts(DraftNumber number,         // line
                                                         PracticeCode practice) const;
    [[nodiscard]] std::vector<DraftTotal> draft_totals(DraftNumber number) const;  // by line

    // Dialogues about budgets. Whether the step may be taken is looked up (next_event) in the
    // transaction that keeps it, so that two people acting at once cannot both follow the same
    // event; an offer must be its draft's amounts (offer_digest). What is agreed or ruled replaces
    // the practice's budget of the year in the same transaction. Of several acts all are kept or
    // none.
    Result<DialogueEvent> record_dialogue_event(const DialogueAct& act);
    Result<std::vector<DialogueEvent>> record_dialogue_events(std::span<const DialogueAct> acts);
    [[nodiscard]] std::vector<DialogueEvent> dialogue(PracticeCode practice,
                                                      FinancialYear year) const;  // oldest first
    [[nodiscard]] std::map<PracticeCode, std::vector<DialogueEvent>> dialogues(
        FinancialYear year) const;
    // The draft that was offered, agreed or ruled last in any of the year's dialogues.
    [[nodiscard]] std::optional<Draft> last_offered_draft(FinancialYear year) const;
    [[nodiscard]] std::vector<DialogueEvent> dialogue_events() const;  // of all years, by number

    // Changes of budgets in the year, append-only: a change that does not follow the year's last
    // one (somebody else was there before), or goes back before it in time, is a conflict.
    Result<InYearChange> record_in_year_change(const NewInYearChange& change);
    [[nodiscard]] std::vector<InYearChange> in_year_changes(FinancialYear year) const;  // by number
    [[nodiscard]] std::vector<InYearChange> in_year_changes() const;  // of all years, by number

    // Challenges of records and lines. Whether a step may be taken is looked up (next_event) in the
    // transaction that keeps it; one that is upheld gets its correcting record there, in the month
    // after the last closed one. A record that is in an open or an upheld challenge of the practice
    // is not marked again. Of several acts all are kept or none.
    Result<Challenge> record_challenge(const NewChallenge& what, const ChallengeAct& act);
    Result<ChallengeEvent> record_challenge_event(const ChallengeAct& act);
    Result<std::vector<ChallengeEvent>> record_challenge_events(std::span<const ChallengeAct> acts);
    [[nodiscard]] std::vector<Challenge> challenges() const;  // by number
    [[nodiscard]] std::vector<Challenge> challenges(PracticeCode practice) const;
    [[nodiscard]] Result<Challenge> challenge(std::int64_t number) const;
    [[nodiscard]] std::vector<Correction> corrections() const;  // by event
    // A likely error that the practice looked at and found none: it is not told again.
    void dismiss_finding(PracticeCode practice, const std::string& finding,
                         const std::string& author, const std::string& at);
    [[nodiscard]] std::set<std::string> dismissed_findings(PracticeCode practice) const;

    // Loads. An extract stage earlier than the one already loaded for one of the batch's providers
    // is a conflict; the same or a later one replaces it for the providers that the batch holds.
    Result<RecordedBatch> record_batch(const NewBatch& batch);
    // Of several batches all are kept or none.
    Result<std::vector<RecordedBatch>> record_batches(std::span<const NewBatch> batches);
    // The same content loaded before, if it was: ask before reading large files. Looks at set,
    // month, stage and the files' digests only.
    [[nodiscard]] std::optional<BatchInfo> find_batch(const NewBatch& batch) const;
    // Why the stage may not be loaded for one of these providers, if so: ask before writing.
    [[nodiscard]] Outcome may_load(const NewBatch& batch) const;
    [[nodiscard]] Result<BatchInfo> batch(BatchNumber number) const;
    [[nodiscard]] std::vector<BatchInfo> batches() const;                // by number
    [[nodiscard]] std::vector<BatchInfo> batches_of(Month month) const;  // by number
    // The batches that count for the months from first to last, by month and number.
    [[nodiscard]] std::vector<CurrentBatch> current_batches(DataSet set, Month first,
                                                            Month last) const;

    // Closings.
    Result<RecordedClosing> record_closing(const NewClosing& closing);
    [[nodiscard]] std::optional<Closing> latest_closing(Month month) const;
    [[nodiscard]] std::vector<Closing> closings() const;  // by month and sequence

    // Referrals and waiting lists, kept as counts (counted_extracts.hpp). The same content in force
    // is not kept twice.
    Result<RecordedExtract> record_referrals(const NewCountedExtract& extract,
                                             std::span<const ReferralCount> counts);
    Result<RecordedExtract> record_waiting_list(const NewCountedExtract& extract,
                                                std::span<const WaitingCount> counts);
    [[nodiscard]] std::vector<CountedExtract> counted_extracts() const;  // by number
    // Of the extracts that count, of all sources.
    [[nodiscard]] std::vector<ReferralCount> referrals(Month first, Month last) const;
    [[nodiscard]] std::vector<ReferralCount> referrals_of(std::int64_t extract) const;
    [[nodiscard]] std::vector<WaitingCount> waiting_of(std::int64_t extract) const;

    // Control charts and alerts. Alerts that are known are kept once: what is given back is new.
    Result<StoredChartRebase> record_chart_rebase(const NewChartRebase& rebase);
    [[nodiscard]] std::vector<StoredChartRebase> chart_rebases() const;  // by number
    std::vector<StoredAlert> record_alerts(std::span<const NewAlert> alerts);
    [[nodiscard]] std::vector<StoredAlert> alerts(std::int64_t after = 0) const;  // by number
    [[nodiscard]] std::vector<LetterSetting> letter_settings() const;             // by account
    Result<LetterSetting> set_letters(AccountNumber account, LetterFrequency how_often);
    void letter_sent(AccountNumber account, std::int64_t told_up_to, const std::string& at);

    // Every file that batches and closings name: what `verify` checks and what cleaning up spares.
    [[nodiscard]] std::vector<StoredFile> stored_files() const;

    // The audit trail. Changes put themselves there; who reads patients' rows is put there by the
    // door that shows them.
    void record_audit(const AuditedAct& act);
    [[nodiscard]] Result<AuditPage> audit(const AuditSearch& search) const;
    // Whether the trail is as it was written; the last entry's hash is what an auditor notes down.
    [[nodiscard]] Result<AuditHead> check_audit() const;

    // Accounts. The name is one of its kind. A new role, a new password and a lock end all of the
    // account's sessions; a new password spends its links too.
    Result<UserAccount> add_account(const NewAccount& account);
    [[nodiscard]] std::vector<UserAccount> accounts() const;  // by name
    [[nodiscard]] std::optional<UserAccount> find_account(std::string_view name) const;
    [[nodiscard]] std::optional<UserAccount> find_account(AccountNumber number) const;
    [[nodiscard]] AccountSecrets account_secrets(AccountNumber number) const;
    Result<UserAccount> set_account_role(AccountNumber number, Role role, PracticeCode practice,
                                         CommissionerCode commissioner);
    Result<UserAccount> set_account_locked(AccountNumber number, bool locked);
    Outcome set_password(AccountNumber number, const std::string& hash);

    // Who the identity provider says they are: one account an issuer and subject.
    [[nodiscard]] std::optional<UserAccount> account_of_identity(const std::string& issuer,
                                                                 const std::string& subject) const;
    [[nodiscard]] bool has_identity(AccountNumber number) const;
    Outcome link_identity(AccountNumber number, const std::string& issuer,
                          const std::string& subject);
    // Both at once, so that of two first sign-ins at the same time neither leaves half an account:
    // the account that has the identity meanwhile is given back.
    Result<UserAccount> add_account_of_identity(const NewAccount& account,
                                                const std::string& issuer,
                                                const std::string& subject);

    // The second factor: enrolment begins with the sealed secret and is confirmed by a code of the
    // time step; the hashes of the recovery codes come with it. No step and no recovery code is
    // taken twice: false.
    Outcome begin_second_factor(AccountNumber number, const std::string& sealed_secret);
    Outcome confirm_second_factor(AccountNumber number, std::int64_t step,
                                  std::span<const std::string> recovery_hashes);
    Outcome remove_second_factor(AccountNumber number);
    bool take_second_factor(AccountNumber number, std::int64_t step);
    bool take_recovery_code(AccountNumber number, const std::string& hash);
    [[nodiscard]] int recovery_codes_left(AccountNumber number) const;

    // Sessions, by the hash of their token.
    // False, and none is added, where the account is locked or its password's hash is not `proof`
    // any more (empty: it was proved by other means): what was proved a moment ago may have changed
    // meanwhile. Sessions that began before `expired_before` are forgotten.
    bool add_session(const StoredSession& session, const std::string& proof,
                     const std::string& expired_before);
    [[nodiscard]] std::optional<StoredSession> find_session(const std::string& token_hash) const;
    void see_session(const std::string& token_hash, const std::string& at);
    bool end_session(const std::string& token_hash);
    int end_sessions(AccountNumber number);

    // Attempts to sign in, or to get a link. Too many before it, and the attempt is refused.
    Result<AttemptNumber> begin_attempt(const NewAttempt& attempt);
    void attempt_succeeded(AttemptNumber number);

    // Links to a new password: each good once and until it expires.
    void add_password_link(AccountNumber number, const std::string& hash,
                           const std::string& expires_at);
    // The account whose link it is now, if it is good.
    [[nodiscard]] std::optional<UserAccount> account_of_link(const std::string& hash,
                                                             const std::string& at) const;
    Outcome set_password_by_link(const std::string& hash, const std::string& at,
                                 const std::string& password_hash);

    // The network (cluster) that the practice belongs to on the day; empty when to none.
    [[nodiscard]] NetworkCode network_of(PracticeCode practice, Date day) const;

    // Answers to requests that may be sent again (kept_answers.hpp). Begun is begun: what is given
    // back is nothing, or what was begun with that key before. Those begun before `forget_before`
    // are forgotten.
    std::optional<KeptAnswer> begin_kept(const KeptAnswer& begun, const std::string& forget_before);
    void finish_kept(const std::string& key_hash, const std::string& answer);
    void forget_kept(const std::string& key_hash);

  private:
    struct State;
    explicit Register(std::shared_ptr<State> state, Actor actor = {});
    std::shared_ptr<State> state_;
    Actor actor_;
};

}  // namespace purse
