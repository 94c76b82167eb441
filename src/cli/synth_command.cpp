#include <fmt/format.h>

#include "cli/commands.hpp"
#include "synthesis/synthesis.hpp"

namespace purse {

namespace {

struct SynthOptions {
    SynthesisOptions made;
    std::string out;
    std::string first_year = "2016/17";
    std::string commissioner;
    std::vector<std::string> practices;  // CODE=PATIENTS
    std::vector<std::string> providers;  // CODE=FACTOR
};

Outcome take_given(SynthOptions& options) {
    for (const std::string& text : options.practices) {
        const auto at = text.find('=');
        const auto patients =
            parse_pounds(at == std::string::npos ? std::string() : text.substr(at + 1));
        if (!patients) return bad_input(fmt::format("'{}' is not CODE=PATIENTS", text));
        options.made.stories = false;  // a planted fault would be said of a real organisation
        options.made.given_practices.push_back(
            {PracticeCode(text.substr(0, at)), patients->count() / 100});
    }
    for (const std::string& text : options.providers) {
        const auto at = text.find('=');
        const auto factor =
            parse_factor(at == std::string::npos ? std::string() : text.substr(at + 1));
        if (!factor) return bad_input(fmt::format("'{}' is not CODE=FACTOR", text));
        options.made.given_providers.push_back({ProviderCode(text.substr(0, at)), *factor});
    }
    return Nothing{};
}

Outcome synth(const Terminal& terminal, SynthOptions& options) {
    const auto year = parse_financial_year(options.first_year);
    if (!year) return year.problem();
    if (const auto given = take_given(options); !given) return given.problem();
    options.made.first_year = *year;
    options.made.out = options.out;
    options.made.rules = shipped_rules_folder();
    if (!options.commissioner.empty()) {
        options.made.commissioner = CommissionerCode(options.commissioner);
    }
    const Progress line = terminal.progress("making up records", "months");
    const auto made = synthesise(options.made, [&](const SynthesisProgress& progress) {
        line(static_cast<std::uint64_t>(progress.done), static_cast<std::uint64_t>(progress.of),
             static_cast<std::uint64_t>(progress.done));
    });
    if (!made) return made.problem();
    fmt::print("made a FICTIONAL commissioner in {}; its README.txt says what is planted in it\n",
               options.out);
    return Nothing{};
}

}  // namespace

void add_synth_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<SynthOptions>();
    auto* command = app.add_subcommand("synth", "Make up a fictional commissioner, as files");
    command->add_option("--out", options->out, "A new folder for the files")->required();
    command->add_option("--practices", options->made.practices, "Number of practices");
    command->add_option("--population", options->made.population, "Registered patients in all");
    command->add_option("--years", options->made.years, "Financial years of records");
    command->add_option("--first-year", options->first_year, "The first of them, such as 2016/17");
    command->add_option("--seed", options->made.seed, "Same seed, same bytes");
    command->add_option("--providers", options->made.providers, "Number of hospitals, 1 to 5");
    command->add_option("--commissioner", options->commissioner, "The commissioner's code");
    command->add_option("--practice", options->practices,
                        "CODE=PATIENTS of a given practice (repeat); no organisations are made up");
    command->add_option("--provider", options->providers,
                        "CODE=FACTOR of a given provider (repeat)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return synth(terminal, *options); }); });
}

}  // namespace purse
