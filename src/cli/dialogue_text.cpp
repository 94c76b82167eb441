#include <fmt/format.h>

#include <set>

#include "budget/indicative.hpp"
#include "cli/dialogue_output.hpp"
#include "render/text_table.hpp"

namespace purse {

namespace {

constexpr std::size_t shown_of_a_hash = 12;

std::string beginning(const std::string& hash) { return hash.substr(0, shown_of_a_hash); }

std::string closing_sentence() { return std::string(indicative_budget_sentence) + "\n"; }

std::string time_left(const DialogueTurn& turn) {
    if (!turn.somebody_acts()) return "";
    const int days = turn.late() ? -turn.days_left : turn.days_left;
    return fmt::format("{} {}{}", days, days == 1 ? "day" : "days", turn.late() ? " late" : "");
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string indented(const std::string& text) {
    std::string out = "    ";
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (text[i] == '\n' && i + 1 < text.size()) out += "    ";
    }
    return out + (text.ends_with('\n') ? "" : "\n");
}

std::string in_history(const DialogueEvent& event) {
    std::string out = fmt::format("{}  version {}  {}: {} ({})  event {}, hash {}\n", event.at,
                                  event.version, in_words(event.step), event.author,
                                  in_words(event.role), event.number, beginning(event.hash));
    if (!event.on_table.empty()) {
        out += fmt::format("    on the table: {}\n", beginning(event.on_table));
    }
    return event.says.empty() ? out : out + indented(event.says);
}

std::string table_of_amounts(const DialogueHistory& history) {
    std::vector<std::vector<std::string>> rows = {
        {"line", "gross", "risk pool", "management", "net"}, {}};
    DraftAmount sum;
    for (const DraftAmount& amount : history.amounts) {
        rows.push_back({std::string(name_of(amount.line).name), in_pounds(amount.gross),
                        in_pounds(amount.risk_pool), in_pounds(amount.management),
                        in_pounds(amount.net)});
        sum.gross += amount.gross;
        sum.risk_pool += amount.risk_pool;
        sum.management += amount.management;
        sum.net += amount.net;
    }
    rows.push_back({});
    rows.push_back({"in all", in_pounds(sum.gross), in_pounds(sum.risk_pool),
                    in_pounds(sum.management), in_pounds(sum.net)});
    return aligned(rows, {Align::left, Align::right, Align::right, Align::right, Align::right});
}

std::string on_the_table(const DialogueHistory& history) {
    const DialogueStanding& standing = history.standing;
    if (history.amounts.empty()) return "";
    return fmt::format("\n{}: draft '{}', offer {}\n\n{}",
                       is_frozen(standing.position.state)
                           ? capitalised(std::string(in_words(standing.position.state)))
                           : "On the table",
                       standing.draft, beginning(standing.position.on_table),
                       table_of_amounts(history));
}

std::string counts(const DialogueStatus& status) {
    std::vector<std::vector<std::string>> rows = {{"at", "practices"}, {}};
    for (const DialogueState state : dialogue_states()) {
        rows.push_back({std::string(in_words(state)), std::to_string(status.at(state))});
    }
    rows.push_back({});
    rows.push_back({"in all", std::to_string(status.practices.size())});
    return aligned(rows, {Align::left, Align::right});
}

std::string practice_rows(const DialogueStatus& status) {
    std::vector<std::vector<std::string>> rows = {
        {"code", "practice", "at", "net", "offer", "who must act", "by", "left"}, {}};
    for (const DialogueStanding& standing : status.practices) {
        const bool offered = standing.net.has_value();
        const DialogueTurn& turn = standing.turn;
        rows.push_back({standing.practice.text(), standing.name,
                        std::string(in_words(standing.position.state)),
                        offered ? in_pounds(*standing.net) : "–",
                        offered ? beginning(standing.position.on_table) : "–",
                        turn.somebody_acts() ? fmt::format("{}: {}", in_words(turn.side), turn.what)
                                             : "nobody",
                        turn.somebody_acts() ? to_text(turn.by) : "", time_left(turn)});
    }
    return aligned(rows, {Align::left, Align::left, Align::left, Align::right, Align::left,
                          Align::left, Align::left, Align::right});
}

std::string waiting(const DialogueStatus& status) {
    return fmt::format(
        "{} late. The commissioner must act for {}, the practice for {}, the arbiter for {}.\n",
        status.late(), status.waiting_for(DialogueSide::commissioner),
        status.waiting_for(DialogueSide::practice), status.waiting_for(DialogueSide::arbiter));
}

}  // namespace

std::string as_text(const DialogueEvent& event) {
    std::string out = fmt::format("event {}: {} {}, version {}: {}, by {} ({})\n", event.number,
                                  event.practice.text(), to_text(event.year), event.version,
                                  in_words(event.step), event.author, in_words(event.role));
    if (event.step == DialogueStep::show_data) out += "\n" + indented(event.says) + "\n";
    out += fmt::format("on the table: {}\n", event.on_table.empty() ? "nothing" : event.on_table);
    if (event.step == DialogueStep::agree || event.step == DialogueStep::rule) {
        out += "the net amounts are in force and frozen: a change is a new version\n";
    }
    return out + closing_sentence();
}

std::string as_text(const StepsTaken& steps) {
    std::string out;
    for (const DialogueEvent& event : steps.taken) {
        out += fmt::format("{}  {}  {}\n", event.practice.text(), in_words(event.step),
                           beginning(event.on_table));
    }
    for (const LeftOutPractice& practice : steps.left_out) {
        out += fmt::format("{}  left out: {}\n", practice.practice.text(), practice.why);
    }
    return out +
           fmt::format("{} practices, {} left out\n", steps.taken.size(), steps.left_out.size()) +
           closing_sentence();
}

std::string as_text(const DialogueHistory& history) {
    const DialogueStanding& standing = history.standing;
    std::string out =
        fmt::format("{} ({}), version {}: {}\n{}\n", standing.name, standing.practice.text(),
                    standing.position.version, in_words(standing.position.state),
                    capitalised(in_words(standing.turn)));
    out += on_the_table(history) + "\n";
    for (const DialogueEvent& event : history.events) out += in_history(event);
    if (!history.events.empty()) {
        out += fmt::format("\nThe last event's hash, to keep: {}\n", history.events.back().hash);
    }
    return out + closing_sentence();
}

std::string as_text(const DialogueStatus& status) {
    std::string out = fmt::format(
        "Budgets of {} on {}: data by {}, offers by {}, agreed by {}, ruled by {} (scheme {})\n\n",
        to_text(status.year), in_words(status.today), in_words(status.dates.data_by),
        in_words(status.dates.offer_by), in_words(status.dates.agreed_by),
        in_words(status.dates.ruled_by), status.scheme);
    out += practice_rows(status) + "\n" + counts(status) + "\n" + waiting(status);
    for (const std::string& note : status.notes) out += "Note: " + note + ".\n";
    return out + closing_sentence();
}

}  // namespace purse
