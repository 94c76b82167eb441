#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "budget/compute_file.hpp"
#include "budget/indicative.hpp"
#include "cli/commands.hpp"

namespace purse {

namespace {

struct ComputeOptions {
    std::string input;
    std::string scheme;
    std::string envelope;
    std::string out;
};

// How many practices' blocks of lines stand where: what one asks first of a method.
struct Spread {
    std::size_t within = 0, over = 0, under = 0;
    std::size_t floors = 0, caps = 0, unfunded = 0;
};

Spread spread_of(const PacedBlock& block, const PaceRule& rule) {
    Spread spread;
    const std::int64_t tolerance = rule.tolerance.millionths();
    for (const PacedPractice& practice : block.practices) {
        spread.over += practice.distance_before > tolerance ? 1 : 0;
        spread.under += practice.distance_before < -tolerance ? 1 : 0;
        spread.floors += practice.floor_applied ? 1 : 0;
        spread.caps += practice.cap_applied ? 1 : 0;
        spread.unfunded += practice.minimum_unfunded ? 1 : 0;
    }
    spread.within = block.practices.size() - spread.over - spread.under;
    return spread;
}

boost::json::object as_json_object(const BlockResult& block, const PaceRule& rule) {
    boost::json::object one{{"block", block.name},
                            {"method", to_text(block.method)},
                            {"envelope_pence", block.envelope.count()}};
    if (!block.paced) return one;
    const Spread spread = spread_of(*block.paced, rule);
    one["within_tolerance"] = spread.within;
    one["over"] = spread.over;
    one["under"] = spread.under;
    one["floors_applied"] = spread.floors;
    one["caps_applied"] = spread.caps;
    one["minimum_unfunded"] = spread.unfunded;
    one["released_pence"] = block.paced->released.count();
    one["shared"] = to_text(block.paced->step);
    one["theta"] = static_cast<double>(block.paced->theta.millionths()) / Factor::one;
    return one;
}

void print_block(const BlockResult& block, const PaceRule& rule) {
    fmt::print("{}: {} by {}\n", block.name, in_pounds(block.envelope), to_text(block.method));
    if (!block.paced) return;
    const Spread spread = spread_of(*block.paced, rule);
    fmt::print("  {} within the tolerance, {} above it, {} below it\n", spread.within, spread.over,
               spread.under);
    fmt::print("  {} released; {} (theta {})\n", in_pounds(block.paced->released),
               to_text(block.paced->step), to_text(block.paced->theta));
    fmt::print("  floors {}, caps {}, minimum moves that the money did not reach {}\n",
               spread.floors, spread.caps, spread.unfunded);
}

Outcome write_whole(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return not_found(fmt::format("{} cannot be written", file));
    return Nothing{};
}

Outcome compute(const Terminal& terminal, const ComputeOptions& options) {
    const auto scheme = find_scheme(shipped_rules_folder() / "schemes", options.scheme);
    if (!scheme) return scheme.problem();
    auto histories = read_histories(options.input);
    if (!histories) return histories.problem();
    const auto envelopes = read_envelopes(options.envelope);
    if (!envelopes) return envelopes.problem();
    const auto year = year_budgets(std::move(*histories), *envelopes, *scheme);
    if (!year) return year.problem();
    if (auto written = write_whole(options.out, as_csv(*year)); !written) return written;
    if (terminal.json) {
        boost::json::array blocks;
        for (const BlockResult& block : year->blocks) {
            blocks.push_back(as_json_object(block, scheme->pace));
        }
        const boost::json::object all{
            {"scheme", scheme->name}, {"rows", year->budgets.size()}, {"blocks", blocks}};
        fmt::print("{}\n", boost::json::serialize(all));
        return Nothing{};
    }
    for (const BlockResult& block : year->blocks) print_block(block, scheme->pace);
    fmt::print("written: {} budgets in {}; they add up to the envelopes to the penny\n",
               year->budgets.size(), options.out);
    fmt::print("{}\n", indicative_budget_sentence);
    return Nothing{};
}

}  // namespace

void add_budget_compute_command(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<ComputeOptions>();
    auto* command = budget.add_subcommand(
        "compute", "Budgets from a table of practices, without a site: try a method");
    command
        ->add_option("input", options->input,
                     "CSV: practice, line, historic_pence, list_size, weight")
        ->required()
        ->check(CLI::ExistingFile);
    command
        ->add_option("--scheme", options->scheme,
                     "A scheme's name (pbc-2009, neighbourhood-2026, ...) or file")
        ->required();
    command->add_option("--envelope", options->envelope, "CSV: line, pence")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--out", options->out, "Where the budgets are written, as CSV")->required();
    command->callback(
        [options, &terminal] { terminal.run([&] { return compute(terminal, *options); }); });
}

}  // namespace purse
