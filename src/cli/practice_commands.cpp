#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.hpp"
#include "desk/practices.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct PracticesOptions {
    std::string as_at;
    bool csv = false;
};

std::string patients_of(const SitePractice& practice) {
    return practice.patients ? to_text(*practice.patients) : "";
}

std::string day_of(const SitePractice& practice) {
    return practice.list_of ? to_text(*practice.list_of) : "";
}

void print_csv(const std::vector<SitePractice>& practices) {
    fmt::print("practice,name,network,patients,list_of\n");
    for (const SitePractice& practice : practices) {
        fmt::print("{}", csv_line({practice.code.text(), practice.name, practice.network.text(),
                                   patients_of(practice), day_of(practice)}));
    }
}

void print_json(const std::vector<SitePractice>& practices) {
    boost::json::array all;
    for (const SitePractice& practice : practices) {
        boost::json::object one{{"practice", practice.code.text()},
                                {"name", practice.name},
                                {"network", practice.network.text()},
                                {"patients", nullptr},
                                {"list_of", nullptr}};
        if (practice.patients) {
            one["patients"] = static_cast<double>(practice.patients->thousandths()) / 1000;
        }
        if (practice.list_of) one["list_of"] = day_of(practice);
        all.emplace_back(std::move(one));
    }
    fmt::print("{}\n", boost::json::serialize(all));
}

void print_table(const std::vector<SitePractice>& practices, Date day) {
    std::vector<std::vector<std::string>> rows = {
        {"code", "practice", "network", "patients", "list of"}, {}};
    std::size_t without = 0;
    Patients all;
    for (const SitePractice& practice : practices) {
        rows.push_back({practice.code.text(), practice.name, practice.network.text(),
                        practice.patients ? grouped(practice.patients->whole()) : "–",
                        day_of(practice)});
        if (practice.patients) all += *practice.patients;
        if (!practice.patients) ++without;
    }
    fmt::print("{}",
               aligned(rows, {Align::left, Align::left, Align::left, Align::right, Align::left}));
    fmt::print("\n{} practices on {}, {} patients", practices.size(), to_text(day),
               grouped(all.whole()));
    fmt::print("{}\n", without == 0 ? "" : fmt::format("; {} without a list", without));
}

Outcome list_practices(const Terminal& terminal, const PracticesOptions& options) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto day =
        options.as_at.empty() ? Result<Date>(site->today()) : parse_date(options.as_at);
    if (!day) return day.problem();
    const auto practices = practices_on(*site, *day);
    if (options.csv) {
        print_csv(practices);
    } else if (terminal.json) {
        print_json(practices);
    } else {
        print_table(practices, *day);
    }
    return Nothing{};
}

}  // namespace

void add_practice_commands(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<PracticesOptions>();
    auto* command =
        app.add_subcommand("practices", "The commissioner's practices on a day and their lists");
    command->add_option("--as-at", options->as_at, "The day, such as 2017-04-01 (default: today)");
    command->add_flag("--csv", options->csv, "As CSV");
    command->callback(
        [options, &terminal] { terminal.run([&] { return list_practices(terminal, *options); }); });
}

}  // namespace purse
