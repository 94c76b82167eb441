#include <fmt/format.h>

#include "answers/challenge_json.hpp"
#include "answers/challenge_tables.hpp"
#include "cli/challenge_output.hpp"
#include "cli/commands.hpp"
#include "cli/results.hpp"
#include "desk/practices.hpp"
#include "render/table_files.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

// What the commands about challenges can be told; each reads what it needs.
struct ChallengeOptions {
    std::int64_t number = 0;
    std::string practice, month, reason, note, record, data_set, provider, line, pounds;
    std::string finding, borne_by, role, author, state, out, file, refused, as_at, from, to;
    bool open = false, uphold = false, reject = false, pass = false;
};
using SharedChallengeOptions = std::shared_ptr<ChallengeOptions>;

Result<PracticeCode> practice_of(const ChallengeOptions& options) {
    if (options.practice.empty() || packed(options.practice) == bad_code) {
        return bad_input(fmt::format("'{}' is not a practice's code", options.practice));
    }
    return PracticeCode(options.practice);
}

Result<ProviderCode> provider_of(const ChallengeOptions& options) {
    if (packed(options.provider) == bad_code) {
        return bad_input(fmt::format("'{}' is not a provider's code", options.provider));
    }
    return ProviderCode(options.provider);
}

Result<Date> day_of(const Site& site, const ChallengeOptions& options) {
    return options.as_at.empty() ? Result(site.today()) : parse_date(options.as_at);
}

Result<ChallengeCommand> command_of(const Site& site, const ChallengeOptions& options) {
    const auto role = parse_role(options.role);
    if (!role) return role.problem();
    return ChallengeCommand{.role = *role,
                            .author = options.author,
                            .says = options.note,
                            .at = site.now(),
                            .after = {}};
}

Result<ChallengeMark> mark_of(const ChallengeOptions& options) {
    ChallengeMark mark;
    const auto practice = practice_of(options);
    if (!practice) return practice.problem();
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto reason = parse_challenge_reason(options.reason);
    if (!reason) return reason.problem();
    const auto provider = provider_of(options);
    if (!provider) return provider.problem();
    if (options.record.empty() == options.line.empty()) {
        return bad_input("name a record (--record, --data-set), or a line (--line), and not both");
    }
    mark.practice = *practice;
    mark.month = *month;
    mark.reason = *reason;
    mark.provider = *provider;
    mark.record_id = options.record;
    if (!options.record.empty()) {
        const auto set = parse_data_set(options.data_set);
        if (!set) return set.problem();
        mark.set = *set;
        if (!options.pounds.empty()) {
            return bad_input("a record is disputed whole: --pounds is for a line");
        }
        return mark;
    }
    const auto line = parse_budget_line(options.line);
    if (!line) return line.problem();
    mark.line = *line;
    if (options.pounds.empty()) return mark;
    const auto pounds = parse_pounds(options.pounds);
    if (!pounds) return pounds.problem();
    mark.amount = *pounds;
    return mark;
}

Outcome mark(Terminal& terminal, const ChallengeOptions& options) {
    const auto wanted = mark_of(options);
    if (!wanted) return wanted.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto command = command_of(*site, options);
    if (!command) return command.problem();
    const auto marked = mark_challenge(*site, *wanted, *command);
    if (!marked) return marked.problem();
    const auto today = day_of(*site, options);
    if (!today) return today.problem();
    return print_result(terminal, challenge_standing(*site, marked->number, *today));
}

Outcome answer(Terminal& terminal, const ChallengeOptions& options) {
    if (options.uphold == options.reject) return bad_input("give --uphold or --reject");
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto command = command_of(*site, options);
    if (!command) return command.problem();
    if (options.reject) {
        if (!options.pounds.empty() || !options.borne_by.empty()) {
            return bad_input("what is rejected credits nothing: leave out the amount");
        }
        return print_result(terminal, reject_challenge(*site, options.number, *command));
    }
    Credit credit;
    if (!options.pounds.empty()) {
        const auto pounds = parse_pounds(options.pounds);
        if (!pounds) return pounds.problem();
        credit.amount = *pounds;
    }
    if (!options.borne_by.empty()) credit.borne_by = options.borne_by;
    return print_result(terminal, uphold_challenge(*site, options.number, credit, *command));
}

// Passes it on, or withdraws it.
Outcome step(Terminal& terminal, const ChallengeOptions& options,
             Result<ChallengeEvent> (*take)(Site&, std::int64_t, const ChallengeCommand&)) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto command = command_of(*site, options);
    if (!command) return command.problem();
    return print_result(terminal, take(*site, options.number, *command));
}

Result<ChallengeSearch> search_of(const ChallengeOptions& options) {
    ChallengeSearch search;
    search.open_only = options.open;
    if (!options.practice.empty()) {
        const auto practice = practice_of(options);
        if (!practice) return practice.problem();
        search.practice = *practice;
    }
    if (!options.provider.empty()) {
        const auto provider = provider_of(options);
        if (!provider) return provider.problem();
        search.provider = *provider;
    }
    if (!options.state.empty()) {
        const auto state = parse_challenge_state(options.state);
        if (!state) return state.problem();
        search.state = *state;
    }
    return search;
}

Outcome list(Terminal& terminal, const ChallengeOptions& options) {
    const auto search = search_of(options);
    if (!search) return search.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    if (search->practice) {
        const auto known = is_known_practice(*site, *search->practice);
        if (!known) return known;
    }
    const auto today = day_of(*site, options);
    if (!today) return today.problem();
    return print_result(terminal, challenges_standing(*site, *search, *today));
}

Outcome show(Terminal& terminal, const ChallengeOptions& options) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto today = day_of(*site, options);
    if (!today) return today.problem();
    return print_result(terminal, challenge_standing(*site, options.number, *today));
}

Outcome write_table(const fs::path& file, const ReportTable& table, const std::string& title) {
    if (file.extension() == ".xlsx") return write_file(file, xlsx_of("challenges", {title}, table));
    return write_file(file, csv_of(table));
}

Outcome file_for_provider(Terminal& terminal, const ChallengeOptions& options) {
    const auto provider = provider_of(options);
    if (!provider) return provider.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    Result<ProviderFile> file = bad_input("");
    if (options.pass) {
        const auto command = command_of(*site, options);
        if (!command) return command.problem();
        file = pass_to_provider(*site, *provider, *command);
    } else {
        const auto today = day_of(*site, options);
        if (!today) return today.problem();
        file = provider_file(*site, *provider, *today);
    }
    if (!file) return file.problem();
    const std::string title = fmt::format("{}: challenges to {} ({})", site->settings().name,
                                          file->name, file->provider.text());
    if (const auto done = write_table(options.out, table_of(*file), title); !done) return done;
    fmt::print("written: {} challenges in {}\n", file->challenges.size(), options.out);
    return Nothing{};
}

Outcome answers_of_provider(Terminal& terminal, const ChallengeOptions& options) {
    const auto provider = provider_of(options);
    if (!provider) return provider.problem();
    const auto bytes = FileBytes::open(options.file);
    if (!bytes) return bytes.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto command = command_of(*site, options);
    if (!command) return command.problem();
    const auto taken = take_provider_answers(*site, *provider, std::string(bytes->bytes()),
                                             options.file, *command);
    if (!taken) return taken.problem();
    if (!options.refused.empty()) {
        const auto done = write_table(options.refused, table_of(taken->refused), "Refused");
        if (!done) return done;
    }
    return print_result(terminal, taken);
}

Outcome report(Terminal& terminal, const ChallengeOptions& options) {
    ReturnQuestion question;
    if (!options.practice.empty()) {
        const auto practice = practice_of(options);
        if (!practice) return practice.problem();
        question.practice = *practice;
    }
    for (const auto& [text, day] :
         {std::pair(&options.from, &question.from), std::pair(&options.to, &question.to)}) {
        if (text->empty()) continue;
        const auto read = parse_date(*text);
        if (!read) return read.problem();
        *day = *read;
    }
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    if (question.practice) {
        const auto known = is_known_practice(*site, *question.practice);
        if (!known) return known;
    }
    const auto today = day_of(*site, options);
    if (!today) return today.problem();
    return print_result(terminal, rate_of_return(*site, question, *today));
}

Outcome figures(Terminal& terminal, const ChallengeOptions& options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto today = day_of(*site, options);
    if (!today) return today.problem();
    const auto reports = open_month(*site, *month);
    if (!reports) return reports.problem();
    return print_result(terminal, challenged_month(*site, *reports, *today));
}

Outcome find(Terminal& terminal, const ChallengeOptions& options) {
    std::optional<PracticeCode> practice;
    if (!options.practice.empty()) {
        const auto named = practice_of(options);
        if (!named) return named.problem();
        practice = *named;
    }
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    return print_result(terminal, find_likely_errors(*site, *month, practice));
}

Outcome dismiss(Terminal& terminal, const ChallengeOptions& options) {
    const auto practice = practice_of(options);
    if (!practice) return practice.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    site->decisions().dismiss_finding(*practice, options.finding, options.author, site->now());
    if (!terminal.json) fmt::print("dismissed: {}\n", options.finding);
    return Nothing{};
}

// The subcommands of `purse challenge`.
class ChallengeCommands {
  public:
    ChallengeCommands(CLI::App& challenge, Terminal& terminal)
        : challenge_(challenge), terminal_(terminal) {}

    void add_the_findings() {
        auto [look, asked] =
            add("find", "Likely errors, found by the rules, with what is at stake", find);
        look->add_option("practice", asked->practice, "The practice's code (none: all)");
        look->add_option("--month", asked->month, "The closed month")->required();
        auto [drop, named] = add("dismiss", "A likely error that is none: not told again", dismiss);
        drop->add_option("practice", named->practice, "The practice's code")->required();
        drop->add_option("finding", named->finding, "Its key, as 'find --json' gives it")
            ->required();
        drop->add_option("--by", named->author, "Your name, for the record")->required();
    }

    void add_the_practices() {
        auto [mark_it, marked] =
            add("mark", "Mark a record or a line of a closed month, with a reason", mark);
        mark_it->add_option("practice", marked->practice, "The practice's code")->required();
        mark_it->add_option("--month", marked->month, "The closed month that shows it")->required();
        mark_it
            ->add_option("--reason", marked->reason,
                         "not-my-patient, did-not-happen, wrong-hrg, duplicate, wrong-date or "
                         "wrong-price")
            ->required();
        mark_it->add_option("--record", marked->record, "The record's identifier");
        mark_it->add_option("--data-set", marked->data_set, "Of the record: apc, op or ae");
        mark_it->add_option(
            "--provider", marked->provider,
            "The provider's code (of a record only where two share its identifier)");
        mark_it->add_option("--line", marked->line, "The line's code, such as elective");
        mark_it->add_option("--pounds", marked->pounds,
                            "Of a line: what is disputed (default: all of it)");
        mark_it->add_option("--note", marked->note, "In words; no patient's name");
        with_actor(*mark_it, marked);
        auto [withdraw, withdrawn] = add("withdraw", "Withdraw a challenge",
                                         [](Terminal& terminal, const ChallengeOptions& options) {
                                             return step(terminal, options, withdraw_challenge);
                                         });
        with_number(*withdraw, withdrawn);
        withdraw->add_option("--text", withdrawn->note, "Why");
        with_actor(*withdraw, withdrawn);
    }

    void add_the_commissioners() {
        auto [pass, passed] = add("pass", "Pass a challenge to its provider",
                                  [](Terminal& terminal, const ChallengeOptions& options) {
                                      return step(terminal, options, pass_challenge);
                                  });
        with_number(*pass, passed);
        pass->add_option("--text", passed->note, "What to say with it");
        with_actor(*pass, passed);
        auto [decide, decided] = add("answer", "Uphold or reject a challenge", answer);
        with_number(*decide, decided);
        decide->add_flag("--uphold", decided->uphold, "Credit the practice by a correcting record");
        decide->add_flag("--reject", decided->reject, "With the reasons");
        decide->add_option("--pounds", decided->pounds, "With --uphold: the credit");
        decide->add_option("--borne-by", decided->borne_by,
                           "With --uphold: 'provider', or an account such as ~UNREG");
        decide->add_option("--text", decided->note, "The reasons");
        with_actor(*decide, decided);
    }

    void add_the_providers() {
        auto [out, sent] = add("provider-file", "Write what waits for a provider, for its answers",
                               file_for_provider);
        out->add_option("provider", sent->provider, "The provider's code")->required();
        out->add_option("--out", sent->out, "The file to write: .csv or .xlsx")->required();
        out->add_flag("--pass", sent->pass,
                      "First pass on all that is marked at the provider (needs --as and --by)");
        with_actor(*out, sent, false);
        auto [in, came] = add("provider-answers", "Read a provider's answers", answers_of_provider);
        in->add_option("provider", came->provider, "The provider's code")->required();
        in->add_option("file", came->file, "The file as it came back: CSV")->required();
        in->add_option("--refused", came->refused, "Write the refused lines: .csv or .xlsx");
        with_actor(*in, came);
    }

    void add_views() {
        auto [all, asked] = add("list", "Challenges: where each stands, and who must act", list);
        all->add_option("--practice", asked->practice, "Of this practice");
        all->add_option("--provider", asked->provider, "At this provider");
        all->add_option("--state", asked->state,
                        "marked, with-provider, provider-answered, upheld, rejected or withdrawn");
        all->add_flag("--open", asked->open, "Only those not yet decided or withdrawn");
        with_day(*all, asked);
        auto [one, of] = add("show", "One challenge and all that was done about it", show);
        with_number(*one, of);
        with_day(*one, of);
        auto [back, question] =
            add("report", "The rate of return: pounds recovered, days to answer", report);
        back->add_option("--practice", question->practice, "Of this practice");
        back->add_option("--from", question->from, "Marked on or after this day");
        back->add_option("--to", question->to, "Marked on or before this day");
        with_day(*back, question);
        auto [sums, month] = add(
            "figures", "What is disputed and corrected in a month, by account and line", figures);
        sums->add_option("--month", month->month, "The closed month")->required();
        with_day(*sums, month);
    }

  private:
    using Work = std::function<Outcome(Terminal&, const ChallengeOptions&)>;

    std::pair<CLI::App*, SharedChallengeOptions> add(const std::string& name,
                                                     const std::string& says, Work work) {
        auto options = std::make_shared<ChallengeOptions>();
        auto* command = challenge_.add_subcommand(name, says);
        command->callback([&terminal = terminal_, options, work = std::move(work)] {
            terminal.run([&] { return work(terminal, *options); });
        });
        return {command, options};
    }
    static void with_number(CLI::App& command, const SharedChallengeOptions& options) {
        command.add_option("challenge", options->number, "The challenge's number")->required();
    }
    static void with_actor(CLI::App& command, const SharedChallengeOptions& options,
                           bool needed = true) {
        command
            .add_option("--as", options->role,
                        "Your role, such as practice-gp or commissioner-finance. You are believed")
            ->required(needed);
        command.add_option("--by", options->author, "Your name, for the record")->required(needed);
    }
    static void with_day(CLI::App& command, const SharedChallengeOptions& options) {
        command.add_option("--as-at", options->as_at,
                           "As known on this day, such as 2018-04-01 (default: today)");
    }

    CLI::App& challenge_;
    Terminal& terminal_;
};

}  // namespace

void add_challenge_commands(CLI::App& app, Terminal& terminal) {
    auto* challenge = app.add_subcommand(
        "challenge", "Records and lines that a practice disputes: from the mark to the credit");
    challenge->require_subcommand(1);
    ChallengeCommands commands(*challenge, terminal);
    commands.add_the_findings();
    commands.add_the_practices();
    commands.add_the_commissioners();
    commands.add_the_providers();
    commands.add_views();
}

}  // namespace purse
