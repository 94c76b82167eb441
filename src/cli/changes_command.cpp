// What changed since the last load (changes).
#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "desk/load_changes.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct ChangesOptions {
    std::string set;
    std::string month;
    std::string practice;
    std::string format = "text";
    std::int64_t from = 0;
    std::int64_t to = 0;
};

std::string text_of(const LoadChanges& changes) {
    std::vector<std::vector<std::string>> cells = {
        {"  what became of the records", "records", "cost before", "cost after", "change"}, {}};
    const auto push = [&](const std::string& label, const LoadChangeSum& sum) {
        cells.push_back({"  " + label, grouped(sum.records), in_pounds(sum.before),
                         in_pounds(sum.after), variance_in_words(sum.after - sum.before)});
    };
    for (const LoadChangeSum& sum : changes.by_reason) {
        push(std::string(in_words(sum.reason)), sum);
    }
    cells.emplace_back();
    push("all", changes.total);
    constexpr auto right = Align::right;
    return changes.says() + "\n\n" + aligned(cells, {Align::left, right, right, right, right}) +
           "\nBoth extracts are priced as today. A record that moved between practices is in two "
           "rows.\n";
}

std::string json_of(const LoadChanges& changes) {
    namespace json = boost::json;
    const auto object_of = [](const LoadChangeSum& sum) {
        return json::object{{"records", sum.records},
                            {"before_pence", sum.before.count()},
                            {"after_pence", sum.after.count()}};
    };
    json::array reasons;
    for (const LoadChangeSum& sum : changes.by_reason) {
        json::object one = object_of(sum);
        one["reason"] = to_text(sum.reason);
        one["says"] = in_words(sum.reason);
        reasons.push_back(std::move(one));
    }
    return json::serialize(json::object{{"from_batch", changes.from.number.value},
                                        {"to_batch", changes.to.number.value},
                                        {"says", changes.says()},
                                        {"reasons", std::move(reasons)},
                                        {"all", object_of(changes.total)}}) +
           "\n";
}

std::string csv_of(const LoadChanges& changes) {
    std::string csv = csv_line({"reason", "account", "line", "records", "before", "after"});
    for (const BatchChange& change : changes.details) {
        csv += csv_line({std::string(to_text(change.reason)), change.account.text(),
                         std::string(name_of(change.line).code), std::to_string(change.records),
                         plain_pounds(change.before), plain_pounds(change.after)});
    }
    return csv;
}

Outcome changes(Terminal& terminal, const ChangesOptions& options) {
    const auto set = parse_data_set(options.set);
    if (!set) return set.problem();
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const std::string format = terminal.json ? "json" : options.format;
    if (format != "text" && format != "json" && format != "csv") {
        return bad_input("changes are told as text, json or csv");
    }
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    LoadChangesWanted wanted{*set, *month, {}, {}, {}};
    if (options.from > 0) wanted.from = BatchNumber{options.from};
    if (options.to > 0) wanted.to = BatchNumber{options.to};
    if (!options.practice.empty()) wanted.account = Account(options.practice);
    const auto found = changes_of_load(*site, wanted);
    if (!found) return found.problem();
    fmt::print("{}", format == "json"  ? json_of(*found)
                     : format == "csv" ? csv_of(*found)
                                       : text_of(*found));
    return Nothing{};
}

}  // namespace

void add_changes_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<ChangesOptions>();
    auto* command = app.add_subcommand(
        "changes", "What changed since the last load: records and pounds, by reason");
    command->add_option("set", options->set, "apc, op, ae or prescribing")->required();
    command->add_option("--month", options->month, "The month, such as 2017-06")->required();
    command->add_option("--from", options->from, "The earlier batch (default: the one before)");
    command->add_option("--to", options->to, "The later batch (default: the newest)");
    command->add_option("--practice", options->practice, "Of one practice's account only");
    command->add_option("--format", options->format, "text, json or csv (by account and line)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return changes(terminal, *options); }); });
}

}  // namespace purse
