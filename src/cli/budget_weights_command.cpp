#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "cli/commands.hpp"
#include "cli/given_option.hpp"
#include "desk/need_setting.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

struct WeightsOptions {
    std::string year, method = "own", group, scheme, deprivation, out, working;
    std::string baseline_from, baseline_to, list_then, list_now;
};

Result<WeighNeedsRequest> request_of(const WeightsOptions& options) {
    WeighNeedsRequest request;
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    request.year = *year;
    const auto method = parse_need_method(options.method);
    if (!method) return method.problem();
    request.method = *method;
    request.group = options.group;
    if (!options.scheme.empty()) request.scheme = options.scheme;
    if (!options.deprivation.empty()) request.deprivation = options.deprivation;
    for (const auto& done : {take_option(options.baseline_from, parse_month, request.baseline_from),
                             take_option(options.baseline_to, parse_month, request.baseline_to),
                             take_option(options.list_then, parse_date, request.list_then),
                             take_option(options.list_now, parse_date, request.list_now)}) {
        if (!done) return done.problem();
    }
    return request;
}

Outcome write_weights(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return not_found(file.string() + " cannot be written");
    return Nothing{};
}

// "weights.csv" → "weights-working.csv".
std::filesystem::path working_file(const WeightsOptions& options) {
    if (!options.working.empty()) return options.working;
    const std::filesystem::path out = options.out;
    return out.parent_path() / (out.stem().string() + "-working" + out.extension().string());
}

void print(const Terminal& terminal, const WeighedNeeds& made, const WeightsOptions& options) {
    const std::string working = working_file(options).string();
    if (terminal.json) {
        boost::json::array components, notes;
        for (const std::string& component : made.weights.components) {
            components.emplace_back(component);
        }
        for (const std::string& note : made.notes) notes.emplace_back(note);
        const boost::json::object all{{"practices", made.weights.practices.size()},
                                      {"components", std::move(components)},
                                      {"patients", to_text(made.patients)},
                                      {"source", made.weights.source},
                                      {"file", options.out},
                                      {"working", working},
                                      {"notes", std::move(notes)}};
        fmt::print("{}\n", boost::json::serialize(all));
        return;
    }
    fmt::print("{} practices: {}\n", made.weights.practices.size(),
               fmt::join(made.weights.components, ", "));
    fmt::print("  {}\n", made.weights.source);
    for (const std::string& note : made.notes) fmt::print("  note: {}\n", note);
    fmt::print(
        "Each component's weights add up to the {} registered patients.\n"
        "written to {}, the working to {}\nnext: purse budget set --year {} --weights {} ...\n",
        grouped(made.patients.whole()), options.out, working, options.year, options.out);
}

Outcome weigh(const Terminal& terminal, const WeightsOptions& options) {
    const auto request = request_of(options);
    if (!request) return request.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto made = weigh_needs(*site, *request);
    if (!made) return made.problem();
    if (auto done = write_weights(options.out, as_csv(made->weights)); !done) return done;
    if (auto done = write_weights(working_file(options), made->working); !done) return done;
    print(terminal, *made, options);
    return Nothing{};
}

}  // namespace

void add_budget_weights_command(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<WeightsOptions>();
    auto* command = budget.add_subcommand(
        "weights", "Make practices' need weights: from the records, or from prescribing units");
    command->add_option("--year", options->year, "The budgets' year, such as 2018/19")->required();
    command->add_option("--method", options->method,
                        "own (cost a head by age and sex; prescribing by ASTRO-PU), astro-pu or "
                        "star-pu (default: own)");
    command->add_option("--group", options->group,
                        "Of the units: cost or items (astro-pu), statins_cost, ... (star-pu)");
    command->add_option("--scheme", options->scheme,
                        "A scheme, whose blocks say which lines each weight is for (default: acute "
                        "lines, maternity, prescribing)");
    command
        ->add_option("--deprivation", options->deprivation,
                     "Practices' deprivation scores: as published, or CSV: practice, score")
        ->check(CLI::ExistingFile);
    command->add_option("--baseline-from", options->baseline_from,
                        "First month of the records (default: April of the year before)");
    command->add_option("--baseline-to", options->baseline_to,
                        "Last month of the records (default: March before the year)");
    command->add_option("--list-then", options->list_then,
                        "The day of the lists that costs are over (default: the records' first)");
    command->add_option("--list-now", options->list_now,
                        "The day of the lists that weights are for (default: 1 April of the year)");
    command->add_option("--out", options->out, "The file to write, for purse budget set --weights")
        ->required();
    command->add_option("--working", options->working,
                        "The file of the working (default: beside the other, -working)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return weigh(terminal, *options); }); });
}

}  // namespace purse
