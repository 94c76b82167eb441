#include <fmt/format.h>

#include "cli/output.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"

namespace purse {

std::string as_text(const std::vector<ControlTotal>& totals) {
    std::vector<std::vector<std::string>> rows = {{"  control total", "rows", "pounds"}};
    for (const ControlTotal& total : totals) {
        const bool whole = total.money.thousandths() % FinePence::per_penny == 0;
        rows.push_back(
            {"  " + total.stage, grouped(total.rows),
             whole ? in_pounds(rounded(total.money, Rounding::half_up)) : in_pounds(total.money)});
    }
    return aligned(rows, {Align::left, Align::right, Align::right});
}

std::string as_text(const LoadReport& report) {
    const NewBatch& load = report.batch.load;
    const std::string what =
        fmt::format("{} {} {}", in_words(load.set), in_words(load.month), to_text(load.stage));
    if (report.already_loaded) {
        return fmt::format("{}: the same file was loaded before as batch {}: nothing changed\n",
                           what, report.batch.number.value);
    }
    std::string out = fmt::format(
        "{}: batch {}, layout {}: {} rows in, {} accepted, {} rejected, {} warned ({:.1f} s)\n",
        what, report.batch.number.value, load.layout, grouped(load.rows.in),
        grouped(load.rows.accepted), grouped(load.rows.rejected), grouped(load.rows.warned),
        report.seconds);
    for (const ReasonCount& reason : load.reasons) {
        out += fmt::format("  {:<8} {:>9}  {}\n", reason.severity, grouped(reason.count),
                           reason.reason);
    }
    out += as_text(report.totals);
    if (!report.rejects.empty() && load.rows.rejected + load.rows.warned > 0) {
        out += fmt::format("  rejects, with line, reason and remedy, to send back: {}\n",
                           report.rejects.string());
    }
    return out;
}

std::string as_text(const CloseReport& report) {
    const NewClosing& closing = report.closing.closing;
    std::string out = fmt::format("{} closed (closing {}{}) in {:.1f} s\n", in_words(closing.month),
                                  report.closing.sequence,
                                  report.made_again       ? ", made again: every byte the same"
                                  : report.already_closed ? ", the same as before: nothing changed"
                                                          : "",
                                  report.seconds);
    for (const ClosingTariff& tariff : closing.tariffs) {
        out += fmt::format("  {} priced by tariff version {}\n", to_text(tariff.year),
                           tariff.version.substr(0, 8));
    }
    out += as_text(closing.totals);
    for (const std::string& warning : report.warnings) out += "  note: " + warning + "\n";
    return out;
}

std::string as_text(const PriceFileReport& report) {
    std::string out = fmt::format("{} rows in\n", grouped(report.rows_in)) + as_text(report.totals);
    for (const FieldAgreement& field : report.agreements) {
        out += fmt::format("  {:<28} {} of {} agree\n", field.field, grouped(field.agreed),
                           grouped(field.compared));
    }
    if (!report.differences.empty()) {
        out += fmt::format("  differences: {}\n", report.differences.string());
    }
    for (const std::string& reason : report.refused) out += "  refused: " + reason + "\n";
    return out;
}

}  // namespace purse
