#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/dialogue_output.hpp"
#include "cli/results.hpp"

namespace purse {

namespace {

// What the commands of the dialogue can be told; each reads what it needs.
struct DialogueOptions {
    std::string practice;
    bool all = false;
    std::string year;
    std::string role;
    std::string author;
    std::string text;
    std::string draft;
    std::string offer;
    std::string as_at;
};

Result<FinancialYear> year_of(const DialogueOptions& options) {
    return parse_financial_year(options.year);
}

Result<PracticeCode> practice_of(const DialogueOptions& options) {
    if (options.practice.empty() || packed(options.practice) == bad_code) {
        return bad_input(fmt::format("'{}' is not a practice's code", options.practice));
    }
    return PracticeCode(options.practice);
}

Result<Date> day_of(const DialogueOptions& options, const Site& site) {
    if (options.as_at.empty()) return site.today();
    return parse_date(options.as_at);
}

// The clock is the site's, which is opened later.
Result<DialogueCommand> command_of(const DialogueOptions& options) {
    const auto year = year_of(options);
    if (!year) return year.problem();
    const auto role = parse_role(options.role);
    if (!role) return role.problem();
    return DialogueCommand{.year = *year,
                           .role = *role,
                           .author = options.author,
                           .says = options.text,
                           .at = "",
                           .after = {}};
}

// A step with one practice.
using PracticeStep = std::function<Result<DialogueEvent>(
    Site&, PracticeCode, const DialogueOptions&, const DialogueCommand&)>;
// A step with all of them.
using StepWithAll =
    std::function<Result<StepsTaken>(Site&, const DialogueOptions&, const DialogueCommand&)>;

Outcome take(const Terminal& terminal, const DialogueOptions& options, const PracticeStep& step) {
    auto command = command_of(options);
    if (!command) return command.problem();
    const auto practice = practice_of(options);
    if (!practice) return practice.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    command->at = site->now();
    return print_result(terminal, step(*site, *practice, options, *command));
}

Outcome take_with_all(const Terminal& terminal, const DialogueOptions& options,
                      const StepWithAll& step) {
    auto command = command_of(options);
    if (!command) return command.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    command->at = site->now();
    return print_result(terminal, step(*site, options, *command));
}

Outcome one_or_all(const DialogueOptions& options) {
    if (options.all == options.practice.empty()) return Nothing{};
    return bad_input("give a practice's code, or --all, and not both");
}

PracticeStep speaking(DialogueStep step) {
    return [step](Site& site, PracticeCode practice, const DialogueOptions&,
                  const DialogueCommand& command) {
        return speak_in_dialogue(site, practice, step, command);
    };
}

// The subcommands of `purse budget` that the dialogue has.
class DialogueCommands {
  public:
    DialogueCommands(CLI::App& budget, Terminal& terminal) : budget_(budget), terminal_(terminal) {}

    void add_steps_for_all() {
        auto [show, shown] = new_step("show-data",
                                      "Show a practice the data its budget is set "
                                      "from, and invite its comment");
        may_be_all(*show, shown);
        add_text(*show, shown, "--text", "What to say with it", false);
        for_one_or_all(
            *show, shown,
            [](Site& site, PracticeCode practice, const DialogueOptions&,
               const DialogueCommand& command) {
                return show_budget_data(site, practice, command);
            },
            [](Site& site, const DialogueOptions&, const DialogueCommand& command) {
                return show_budget_data_to_all(site, command);
            });
        auto [offer, offered] = new_step("offer", "Offer a practice its amounts of a draft");
        may_be_all(*offer, offered);
        offer->add_option("--draft", offered->draft, "The draft's name")->required();
        add_text(*offer, offered, "--text", "What to say with it", false);
        for_one_or_all(
            *offer, offered,
            [](Site& site, PracticeCode practice, const DialogueOptions& options,
               const DialogueCommand& command) {
                return offer_budget(site, practice, options.draft, command);
            },
            [](Site& site, const DialogueOptions& options, const DialogueCommand& command) {
                return offer_budget_to_all(site, options.draft, command);
            });
    }

    void add_words() {
        add_speaking("comment", "Comment on the data or on the offer", DialogueStep::comment,
                     "--text");
        add_speaking("answer", "Answer a practice's comment", DialogueStep::answer, "--text");
        add_speaking("disagree", "Disagree with the offer, with reasons", DialogueStep::disagree,
                     "--reason");
        add_speaking("refer", "Refer a disagreement, or what is overdue, to the arbiter",
                     DialogueStep::refer, "--reason");
        add_speaking("reopen", "Begin a new version of what was agreed or ruled",
                     DialogueStep::reopen, "--reason");
    }

    void add_endings() {
        auto [agree, agreed] = new_step("agree", "Agree to the offer on the table");
        with_practice(*agree, agreed)->required();
        agree
            ->add_option("--offer", agreed->offer,
                         "The first characters (8 at least) of the offer's hash: purse budget "
                         "history")
            ->required();
        add_text(*agree, agreed, "--text", "What to say with it", false);
        for_one(*agree, agreed,
                [](Site& site, PracticeCode practice, const DialogueOptions& options,
                   const DialogueCommand& command) {
                    return agree_budget(site, practice, options.offer, command);
                });
        auto [rule, ruled] = new_step("rule", "Rule on what was referred: binding on both sides");
        with_practice(*rule, ruled)->required();
        rule->add_option("--draft", ruled->draft,
                         "The draft that the ruling is for (default: the offer on the table)");
        add_text(*rule, ruled, "--reason", "The reasons", true);
        for_one(*rule, ruled,
                [](Site& site, PracticeCode practice, const DialogueOptions& options,
                   const DialogueCommand& command) {
                    const auto draft = options.draft.empty() ? std::optional<std::string>()
                                                             : std::optional(options.draft);
                    return rule_on_budget(site, practice, draft, command);
                });
    }

    void add_views() {
        auto [history, asked] = new_view("history", "What is on the table, and every step so far");
        with_practice(*history, asked)->required();
        history->callback([&terminal = terminal_, options = asked] {
            terminal.run([&]() -> Outcome {
                const auto year = year_of(*options);
                if (!year) return year.problem();
                const auto practice = practice_of(*options);
                if (!practice) return practice.problem();
                const auto site = terminal.open_site();
                if (!site) return site.problem();
                const auto day = day_of(*options, *site);
                if (!day) return day.problem();
                return print_result(terminal, dialogue_history(*site, *practice, *year, *day));
            });
        });
        auto [status, of] = new_view("status",
                                     "How many practices stand where, who is late, how "
                                     "many days are left, who must act");
        status->callback([&terminal = terminal_, options = of] {
            terminal.run([&]() -> Outcome {
                const auto year = year_of(*options);
                if (!year) return year.problem();
                const auto site = terminal.open_site();
                if (!site) return site.problem();
                const auto day = day_of(*options, *site);
                if (!day) return day.problem();
                return print_result(terminal, dialogue_status(*site, *year, *day));
            });
        });
    }

  private:
    using Options = std::shared_ptr<DialogueOptions>;

    std::pair<CLI::App*, Options> new_command(const std::string& name, const std::string& says) {
        auto options = std::make_shared<DialogueOptions>();
        auto* command = budget_.add_subcommand(name, says);
        command->add_option("--year", options->year, "The budget's year, such as 2026/27")
            ->required();
        return {command, options};
    }

    std::pair<CLI::App*, Options> new_step(const std::string& name, const std::string& says) {
        auto [command, options] = new_command(name, says);
        command
            ->add_option("--as", options->role,
                         "Your role, such as practice-gp or commissioner-finance (docs/dialogue.md "
                         "says who may do what). You are believed")
            ->required();
        command->add_option("--by", options->author, "Your name, for the record")->required();
        return {command, options};
    }

    std::pair<CLI::App*, Options> new_view(const std::string& name, const std::string& says) {
        auto [command, options] = new_command(name, says);
        command->add_option("--as-at", options->as_at,
                            "Count the days from this day, such as 2026-04-01 (default: today)");
        return {command, options};
    }

    static CLI::Option* with_practice(CLI::App& command, const Options& options) {
        return command.add_option("practice", options->practice, "The practice's code");
    }
    static void may_be_all(CLI::App& command, const Options& options) {
        with_practice(command, options);
        command.add_flag("--all", options->all, "Every practice where the step can be taken now");
    }
    static void add_text(CLI::App& command, const Options& options, const std::string& name,
                         const std::string& says, bool needed) {
        command.add_option(name, options->text, says)->required(needed);
    }

    void add_speaking(const std::string& name, const std::string& says, DialogueStep step,
                      const std::string& option) {
        auto [command, options] = new_step(name, says);
        with_practice(*command, options)->required();
        add_text(*command, options, option, "In words, for the record", true);
        for_one(*command, options, speaking(step));
    }

    void for_one(CLI::App& command, const Options& options, PracticeStep step) {
        command.callback([&terminal = terminal_, options, step = std::move(step)] {
            terminal.run([&] { return take(terminal, *options, step); });
        });
    }
    void for_one_or_all(CLI::App& command, const Options& options, PracticeStep step,
                        StepWithAll all) {
        command.callback(
            [&terminal = terminal_, options, step = std::move(step), all = std::move(all)] {
                terminal.run([&]() -> Outcome {
                    if (const auto right = one_or_all(*options); !right) return right.problem();
                    return options->all ? take_with_all(terminal, *options, all)
                                        : take(terminal, *options, step);
                });
            });
    }

    CLI::App& budget_;
    Terminal& terminal_;
};

}  // namespace

void add_dialogue_commands(CLI::App& budget, Terminal& terminal) {
    DialogueCommands commands(budget, terminal);
    commands.add_steps_for_all();
    commands.add_words();
    commands.add_endings();
    commands.add_views();
}

}  // namespace purse
