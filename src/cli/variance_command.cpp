#include <fmt/format.h>

#include <fstream>

#include "answers/variance_json.hpp"
#include "answers/variance_tables.hpp"
#include "cli/commands.hpp"
#include "desk/variance_drill.hpp"
#include "money/grouped.hpp"
#include "render/rendering.hpp"
#include "render/table_files.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

struct VarianceOptions {
    std::string practice, month, line, by, why, out;
    std::string format = "text";
};

std::string signed_amount(Pence amount) { return variance_in_words(amount); }

std::string counted(std::int64_t thousandths) { return grouped((thousandths + 500) / 1000); }

// Lines of parts, for a terminal: from the budget to the statement's figure and its variance, and
// on to what is expected when complete.
std::string parts_in_text(const Variance& sum) {
    std::vector<std::vector<std::string>> rows = {{"  budget to date", in_pounds(sum.budget())}};
    const auto add = [&](std::string_view says, const std::string& amount) {
        rows.push_back({"  " + std::string(says), amount});
    };
    for (const VariancePart part : all_variance_parts) {
        if (!is_of_statement(part)) continue;
        add(in_words(part), signed_amount(sum.part(part)));
        if (part != VariancePart::price) continue;
        for (const PricePart price : all_price_parts) {
            const Pence amount = sum.price[static_cast<std::size_t>(price)];
            if (amount != Pence(0)) {
                add("  of it " + std::string(in_words(price)), signed_amount(amount));
            }
        }
    }
    rows.emplace_back();
    add("used, as reported", in_pounds(sum.reported()));
    add("variance", signed_amount(sum.total()));
    rows.emplace_back();
    add(in_words(VariancePart::expected), signed_amount(sum.part(VariancePart::expected)));
    add("expected when complete", in_pounds(sum.complete()));
    add("variance when complete", signed_amount(sum.complete() - sum.budget()));
    if (sum.part(VariancePart::disputed) != Pence(0)) {
        rows.emplace_back();
        add(in_words(VariancePart::disputed), signed_amount(sum.part(VariancePart::disputed)));
        add("when complete, with those held out", in_pounds(sum.undisputed()));
        add("variance with those held out", signed_amount(sum.undisputed() - sum.budget()));
    }
    return aligned(rows, {Align::left, Align::right});
}

std::string reasons_in_text(const LargestReasons& reasons) {
    std::vector<std::vector<std::string>> rows;
    for (const VarianceReason& reason : reasons.reasons) {
        rows.push_back({"  " + signed_amount(reason.amount), sentence_of(reason)});
    }
    rows.push_back({"  " + signed_amount(reasons.everything_else), "everything else"});
    rows.push_back({"= " + signed_amount(reasons.total()), ""});
    return aligned(rows, {Align::right, Align::left});
}

std::string rows_in_text(const VarianceDrill& drill) {
    std::vector<std::vector<std::string>> rows;
    if (has_parts(drill.by)) {
        rows.push_back({"  ", "budget", "used", "variance", "plan gap", "list, need", "volume",
                        "mix, severity", "price", "since close", "else", "not yet reported",
                        "held out"});
        const auto add = [&](const std::string& name, const Variance& sum) {
            const auto part = [&](auto... parts) {
                Pence all;
                ((all += sum.part(parts)), ...);
                return signed_amount(all);
            };
            using enum VariancePart;
            rows.push_back({"  " + name, in_pounds(sum.budget()), in_pounds(sum.reported()),
                            signed_amount(sum.total()), part(plan_gap), part(list, need),
                            part(volume), part(case_mix, severity), part(price),
                            part(late, corrected), part(other), part(expected), part(disputed)});
        };
        for (const VarianceRow& row : drill.rows) add(row.name, row.sum);
        rows.emplace_back();
        add("in all", drill.sum);
        std::vector<Align> align(rows.front().size(), Align::right);
        align.front() = Align::left;
        return aligned(rows, align);
    }
    rows.push_back({"  ", "planned", "at plan prices", "recorded", "cost", "difference",
                    "of it codes", "of it prices"});
    for (const DetailRow& row : drill.details) {
        rows.push_back({"  " + (row.name == row.code ? row.code : row.code + " " + row.name),
                        counted(row.planned), in_pounds(row.planned_cost), grouped(row.count),
                        in_pounds(row.cost), signed_amount(row.difference()),
                        signed_amount(row.severity), signed_amount(row.price)});
    }
    rows.push_back({"  budget and plan on this list", "", "", "", "",
                    signed_amount(drill.of_no_detail), "", ""});
    rows.emplace_back();
    rows.push_back({"  variance", "", "", "", "", signed_amount(drill.sum.total()),
                    signed_amount(drill.sum.part(VariancePart::severity)),
                    signed_amount(drill.sum.part(VariancePart::price))});
    std::vector<Align> align(rows.front().size(), Align::right);
    align.front() = Align::left;
    return aligned(rows, align);
}

std::string as_text(const PracticeVariance& variance, const VarianceDrill& drill, bool whole) {
    std::string out;
    if (whole) {
        out =
            fmt::format("{} ({}), to {}: {} of {}: {}\n\n", variance.name, variance.code,
                        in_words(variance.month), in_pounds(variance.total.reported()),
                        in_pounds(variance.total.budget()), signed_amount(variance.total.total()));
        out += reasons_in_text(variance.reasons) + "\n";
        if (const std::string beyond = beyond_statement(variance.total); !beyond.empty()) {
            out += "In none of them: " + beyond + "\n\n";
        }
    }
    out += drill.title + "\n" + parts_in_text(drill.sum) + "\n" + rows_in_text(drill) + "\n";
    out += "Plan: " + variance.plan.says + ".\n";
    for (const std::string& note : variance.notes) out += "Note: " + note + ".\n";
    return out + "How a part was worked out:  --why PART (with --line LINE), or --why all\n";
}

Outcome write_out(const std::string& bytes, const VarianceOptions& options,
                  const std::string& ending) {
    if (options.out.empty() && ending != "xlsx") {
        fmt::print("{}", bytes);
        return Nothing{};
    }
    const std::string name =
        options.out.empty()
            ? fmt::format("variance-{}-{}.{}", options.practice, options.month, ending)
            : options.out;
    std::ofstream out(name, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) return Problem{ProblemKind::unavailable, "cannot write " + name};
    fmt::print("written: {}\n", name);
    return Nothing{};
}

Outcome tell_working(const PracticeVariance& variance, const std::string& part,
                     std::optional<BudgetLine> line) {
    auto working = part == "all" ? variance_working(variance, line)
                                 : Result<Working>(Problem{ProblemKind::bad_input, ""});
    if (part != "all") {
        const auto known = parse_variance_part(part);
        if (!known) return known.problem();
        working = variance_working(variance, *known, line);
    }
    if (!working) return working.problem();
    fmt::print("{}", as_text(*working));
    return Nothing{};
}

Outcome tell_variance(Terminal& terminal, const VarianceOptions& options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto format = parse_format(terminal.json ? "json" : options.format);
    if (!format) return format.problem();
    if (*format == Format::html) return bad_input("use text, json, csv or xlsx");
    std::optional<BudgetLine> line;
    if (!options.line.empty()) {
        const auto known = parse_budget_line(options.line);
        if (!known) return known.problem();
        line = *known;
    }
    const auto by = parse_variance_by(!options.by.empty() ? options.by
                                      : line              ? "specialty"
                                                          : "line");
    if (!by) return by.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto reports = open_month(*site, *month);
    if (!reports) return reports.problem();
    const auto gathered = MonthVariances::gather(*site, *reports);
    if (!gathered) return gathered.problem();
    const auto challenged = challenged_month(*site, *reports, site->today());
    if (!challenged) return challenged.problem();
    const MonthVariances variances = gathered->holding_out(*reports, *challenged);
    const auto variance = variances.of(options.practice);
    if (!variance) return variance.problem();
    if (!options.why.empty()) return tell_working(*variance, options.why, line);
    const auto drill = variance_drill(*site, *reports, variances, options.practice, *by, line);
    if (!drill) return drill.problem();
    switch (*format) {
        case Format::json:
            return write_out(as_json(*variance, *drill) + "\n", options, "json");
        case Format::csv:
            return write_out(csv_of(table_of(*drill)), options, "csv");
        case Format::xlsx:
            return write_out(xlsx_of("Variance", {drill->title}, table_of(*drill)), options,
                             "xlsx");
        default:
            return write_out(as_text(*variance, *drill, !line), options, "txt");
    }
}

}  // namespace

void add_variance_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<VarianceOptions>();
    auto* one = app.add_subcommand(
        "variance", "Why a practice is over or under its budget, in parts that add up");
    one->add_option("practice", options->practice, "The practice's code")->required();
    one->add_option("--month", options->month, "The closed month, such as 2017-06")->required();
    one->add_option("--line", options->line, "One line alone, such as non_elective");
    one->add_option("--by", options->by, "line, specialty, hrg, provider or referrer");
    one->add_option("--why", options->why,
                    "The working of one part (such as volume), or of all, from the budget on");
    one->add_option("--format", options->format, "text, json, csv or xlsx");
    one->add_option("--out", options->out, "The file to write");
    one->callback(
        [options, &terminal] { terminal.run([&] { return tell_variance(terminal, *options); }); });
}

}  // namespace purse
