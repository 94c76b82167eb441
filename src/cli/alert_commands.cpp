#include <fmt/format.h>

#include "cli/commands.hpp"
#include "desk/alerts.hpp"
#include "desk/clock.hpp"

namespace purse {

namespace {

struct AlertOptions {
    std::string month, account, how_often;
};

Outcome look(Terminal& terminal, const AlertOptions& options) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto closings = site->decisions().closings();
    if (options.month.empty() && closings.empty()) return not_found("no month is closed yet");
    const auto month =
        options.month.empty() ? Result(closings.back().closing.month) : parse_month(options.month);
    if (!month) return month.problem();
    const auto kept = keep_alerts(*site, *month, now_utc());
    if (!kept) return kept.problem();
    if (kept->all.empty()) {
        fmt::print("Nothing special began in {}.\n", in_words(*month));
        return Nothing{};
    }
    for (const StoredAlert& one : kept->all) {
        fmt::print("{} {}: {}\n", one.alert.practice.text(), one.alert.seen_by, one.alert.says);
    }
    fmt::print("{} of {} ({} new).\n", kept->all.size(), in_words(*month), kept->fresh.size());
    return Nothing{};
}

Outcome letters(Terminal& terminal) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto now = parse_instant(now_utc());
    CHECK(now.ok());
    const auto written = write_alert_letters(*site, *now);
    if (!written) return written.problem();
    for (const auto& letter : *written) fmt::print("written: {}\n", letter.string());
    if (written->empty()) fmt::print("No letter is due.\n");
    return Nothing{};
}

Outcome set(Terminal& terminal, const AlertOptions& options) {
    const auto how_often = parse_letter_frequency(options.how_often);
    if (!how_often) return how_often.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto done = set_alert_letters(*site, options.account, *how_often);
    if (!done) return done;
    fmt::print("{}: letters about alerts {}\n", options.account, options.how_often);
    return Nothing{};
}

}  // namespace

void add_alert_commands(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<AlertOptions>();
    auto* alerts =
        app.add_subcommand("alerts", "What began at a practice that chance seldom gives");
    alerts->require_subcommand(1);
    auto* looking =
        alerts->add_subcommand("look", "Look for what began in a closed month, and keep it");
    looking->add_option("--month", options->month, "The month (default: the latest closed)");
    looking->callback(
        [options, &terminal] { terminal.run([&] { return look(terminal, *options); }); });
    auto* sending =
        alerts->add_subcommand("letters", "Write the letters that are due into the outbox");
    sending->callback([&terminal] { terminal.run([&] { return letters(terminal); }); });
    auto* setting = alerts->add_subcommand("set", "How often an account gets letters");
    setting->add_option("account", options->account, "The account's name")->required();
    setting->add_option("how_often", options->how_often, "none, weekly or monthly")->required();
    setting->callback(
        [options, &terminal] { terminal.run([&] { return set(terminal, *options); }); });
}

}  // namespace purse
