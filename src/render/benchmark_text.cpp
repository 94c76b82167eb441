// Comparisons for a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "money/grouped.hpp"
#include "render/benchmark_pages.hpp"
#include "render/text_table.hpp"

namespace purse {

namespace {

std::string rate(const std::optional<double>& value) { return value ? rate_in_words(*value) : "–"; }

std::string range(const std::optional<Interval>& interval, double scale) {
    if (!interval) return "–";
    return fmt::format("{} to {}", rate_in_words(std::max(0.0, interval->lower) * scale),
                       rate_in_words(interval->upper * scale));
}

std::string marked(const PracticePosition& position) {
    return fmt::format(
        "{} {}", mark_of(position.standing),
        position.why.empty() ? std::string(to_text(position.standing)) : "not told from chance");
}

std::string heading(const BenchmarkHeading& heading, std::string_view what) {
    return fmt::format("{}\n{} – {} to {} (closing {})\n", what, heading.commissioner,
                       in_words(heading.from), in_words(heading.month), heading.closing);
}

std::string notes_of(const std::vector<std::string>& notes) {
    std::string text;
    for (const std::string& note : notes) text += fmt::format("note: {}\n", note);
    return text;
}

std::string icon_in_words(const ChartIcon& icon) {
    return icon.letter.empty() ? std::string(icon.says)
                               : fmt::format("[{}] {}", icon.letter, icon.says);
}

std::string value_in_words(const std::string& code, double value) {
    if (code == "share_65_and_over") return fmt::format("{:.1f}%", 100 * value);
    return code == "list_size" ? grouped(static_cast<std::int64_t>(value))
                               : fmt::format("{:.1f}", value);
}

}  // namespace

std::string_view mark_of(Standing standing) {
    switch (standing) {
        case Standing::within:
            return "●";
        case Standing::above:
            return "▲";
        case Standing::below:
            return "▼";
        case Standing::cannot_tell:
            break;
    }
    return "○";
}

std::string as_text(const PracticeBenchmarks& report) {
    using enum Align;
    std::string text = heading(report.heading, fmt::format("{} ({}) beside other practices",
                                                           report.name, report.practice.text()));
    text += "\n" + report.says + "\n\n";
    std::vector<std::vector<std::string>> rows = {{"for 1,000 patients a year, age and sex alike",
                                                   "rate", "commissioner", "99.8% of practices",
                                                   "its peers' middle half", ""}};
    for (const ComparedMeasure& measure : report.measures) {
        const auto& peers = measure.peers_quartiles;
        rows.push_back(
            {measure.name, rate(measure.position.rate), rate_in_words(measure.reference_rate),
             range(measure.position.limits_998, measure.reference_rate),
             peers
                 ? fmt::format("{} to {}", rate_in_words(peers->at(0)), rate_in_words(peers->at(2)))
                 : "–",
             marked(measure.position)});
    }
    text += aligned(rows, {left, right, right, right, right, left});
    text += "\nMonth by month:\n";
    for (const ComparedMeasure& measure : report.measures) {
        text += fmt::format("  {}\n", measure.chart_says);
    }
    text += "\n" + report.peers_says + "\n";
    for (const PeerCharacteristic& one : report.characteristics) {
        text += fmt::format("  {}: {}; peers {} to {} ({})\n", one.name,
                            one.own ? value_in_words(one.code, *one.own) : "not known",
                            value_in_words(one.code, one.lowest),
                            value_in_words(one.code, one.highest), one.source);
    }
    return text + notes_of(report.notes) +
           fmt::format("How a rate was worked out:  purse peers {} --month {} --why MEASURE\n",
                       report.practice.text(), to_text(report.heading.month));
}

std::string as_text(const MeasureComparison& report) {
    using enum Align;
    std::string text = heading(report.heading, report.measure.name);
    text += "\n" + report.says + "\n\n";
    std::vector<std::vector<std::string>> rows = {
        {"practice", "", "counted", "expected", "rate", "99.8% of practices", ""}};
    for (std::size_t i = 0; i < report.funnel.positions.size(); ++i) {
        const PracticePosition& position = report.funnel.positions[i];
        rows.push_back({position.practice.text(), report.names[i], grouped(position.observed),
                        fmt::format("{:.1f}", position.expected), rate(position.rate),
                        range(position.limits_998, report.funnel.reference_rate),
                        marked(position)});
    }
    rows.emplace_back();
    rows.push_back({"all", report.heading.commissioner, grouped(report.funnel.observed), "",
                    rate_in_words(report.funnel.reference_rate), "", ""});
    text += aligned(rows, {left, left, right, right, right, right, left});
    if (report.funnel.allows_for_dispersion) {
        text +=
            fmt::format("Limits allow for what practices differ by beyond chance (phi {:.2f}).\n",
                        report.funnel.phi);
    }
    return text + report.measure.means + "\n" + notes_of(report.notes);
}

std::string as_text(const ChartReport& report) {
    using enum Align;
    std::string text =
        heading(report.heading, fmt::format("{} ({}): {}, month by month", report.name,
                                            report.practice.text(), report.measure.name));
    text += "\n" + report.chart.says + "\n";
    if (report.chart.why.empty()) text += icon_in_words(report.icon) + "\n";
    for (const ChartRebase& rebase : report.chart.rebases) {
        text += fmt::format("Limits moved from {} by {} ({}): {}\n", in_words(rebase.from),
                            rebase.person, rebase.at.substr(0, 10), rebase.reason);
    }
    std::vector<std::vector<std::string>> rows = {
        {"month", "counted", "expected", "per 100", "mean", "limits", ""}};
    for (const ChartMonth& month : report.chart.months) {
        rows.push_back(
            {to_text(month.month), grouped(month.count.observed),
             fmt::format("{:.1f}", month.count.expected), fmt::format("{:.0f}", month.index),
             month.limits ? fmt::format("{:.0f}", month.mean) : "–",
             month.limits ? fmt::format("{:.0f} to {:.0f}", std::max(0.0, month.limits->lower),
                                        month.limits->upper)
                          : "–",
             month.point.cause == SpecialCause::none ? ""
                                                     : std::string(name_of(month.point.cause))});
    }
    return text + "\n" + aligned(rows, {left, right, right, right, right, right, left}) +
           "per 100: for every 100 that the commissioner's rates of the month make one expect\n";
}

std::string as_text(const RateWorking& working) {
    using enum Align;
    std::string text = working.title + "\n";
    int number = 0;
    for (const Step& step : working.steps) {
        text += fmt::format("{:3}. {}\n", ++number, step.says);
        if (!step.arithmetic.empty()) text += fmt::format("     = {}\n", step.arithmetic);
        if (!step.source.document.empty()) text += fmt::format("     [{}]\n", step.source.document);
    }
    std::vector<std::vector<std::string>> rows = {
        {"  sex", "ages", "patient years", "commissioner's rate", "expected", "counted"}};
    for (const BandWorking& band : working.bands) {
        rows.push_back({band.sex == 'M' ? "  men" : "  women", to_text(band.ages),
                        fmt::format("{:.1f}", band.patient_years),
                        rate_in_words(band.reference_rate), fmt::format("{:.2f}", band.expected),
                        grouped(band.observed)});
    }
    return text + aligned(rows, {left, left, right, right, right, right});
}

}  // namespace purse
