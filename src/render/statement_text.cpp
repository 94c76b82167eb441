#include <fmt/format.h>

#include "render/challenged.hpp"
#include "render/rendering.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

std::vector<std::string> cells_of(const StatementRow& row) {
    if (!row.loaded) {
        return {label_of(row),
                row.outside ? "not in the budget" : "no data loaded",
                "",
                "",
                "",
                amount_or_dash(row.budget_to_date),
                "–",
                ""};
    }
    const bool money = row.code != "consultant_referrals";
    return {label_of(row),
            row.one_kind ? grouped(row.month.activity) : "",
            money ? in_pounds(row.month.cost) : "in 3",
            row.one_kind ? grouped(row.year_to_date.activity) : "",
            money ? in_pounds(row.year_to_date.cost) : "in 3",
            amount_or_dash(row.budget_to_date),
            variance_in_words(row.variance()),
            row.last_year
                ? (money ? in_pounds(row.last_year->cost) : grouped(row.last_year->activity))
                : "–"};
}

std::string table_of(const std::vector<StatementRow>& rows, const StatementRow* total) {
    using enum Align;
    std::vector<std::vector<std::string>> cells = {
        {"", "month", "month cost", "to date", "cost to date", "budget to date", "over/under",
         "last year"},
        {}};
    for (const StatementRow& row : rows) {
        if (row.code == "total") cells.emplace_back();
        cells.push_back(cells_of(row));
    }
    if (total != nullptr) {
        cells.emplace_back();
        cells.push_back(cells_of(*total));
    }
    return aligned(cells, {left, right, right, right, right, right, right, right});
}

std::string stay_line(const std::vector<StatementRow>& rows) {
    for (const StatementRow& row : rows) {
        if (row.code != "non_elective" || !row.loaded) continue;
        const std::string stay = average_stay(row.year_to_date);
        if (stay.empty()) return {};
        std::string line = "Average non-elective stay, year to date: " + stay;
        if (row.last_year) {
            const std::string before = average_stay(*row.last_year);
            if (!before.empty()) line += " (last year " + before + ")";
        }
        return line + ".\n";
    }
    return {};
}

std::string contracts_text(const std::vector<std::string>& says) {
    std::string out;
    for (const std::string& one : says) out += one + "\n";
    return out;
}

// What is reported is never shown as final where more is to come.
std::string completion_text(const Statement& statement) {
    using enum Align;
    const std::string says = completion_sentence(statement);
    if (says.empty()) return {};
    std::vector<std::vector<std::string>> cells = {
        {"  line", "reported to date", "expected when complete", "from", "to"}};
    for (const StatementRow& row : statement.rows) {
        const auto range = row.heading ? std::nullopt : expected_to_date(row);
        if (!range) continue;
        cells.push_back({"  " + row.label, in_pounds(row.year_to_date.cost),
                         in_pounds(range->expected), in_pounds(range->low),
                         in_pounds(range->high)});
    }
    if (cells.size() == 1) return says + "\n";
    return says + "\n" + aligned(cells, {left, right, right, right, right});
}

std::string set_aside_text(const std::vector<SetAside>& set_aside) {
    using enum Align;
    if (set_aside.empty()) return {};
    std::vector<std::vector<std::string>> cells;
    for (const SetAside& group : set_aside) {
        cells.push_back({"  " + group.outcome, grouped(group.records), group.says});
    }
    return "Not in the figures (records, year to date):\n" + aligned(cells, {left, right, left});
}

std::string rejects_text(const Statement& statement) {
    using enum Align;
    if (statement.rejects.empty()) return {};
    std::vector<std::vector<std::string>> cells;
    for (const RejectCount& reject : statement.rejects) {
        cells.push_back({"  " + reject.reason, grouped(reject.records)});
    }
    return "Rejected records that name this practice (year to date; sent back to providers):\n" +
           aligned(cells, {left, right});
}

std::string outside_text(const std::vector<OutsideRow>& outside) {
    using enum Align;
    if (outside.empty()) return {};
    std::vector<std::vector<std::string>> cells = {{"  line", "month cost", "cost to date", "why"}};
    for (const OutsideRow& row : outside) {
        cells.push_back({"  " + row.label, in_pounds(row.month.cost),
                         in_pounds(row.year_to_date.cost), row.why});
    }
    return "Not in the budget, and in no total above:\n" +
           aligned(cells, {left, right, right, left});
}

std::string changes_text(const Statement& statement) {
    using enum Align;
    if (statement.changes.empty()) return {};
    std::vector<std::vector<std::string>> cells = {{"  from", "line", "a year", "to date", "why"}};
    for (const ChangeRow& change : statement.changes) {
        cells.push_back({"  " + in_words(change.from), change.label,
                         variance_in_words(change.annual), variance_in_words(change.to_date),
                         change.says});
    }
    return changes_sentence(statement) + "\n" + aligned(cells, {left, left, right, right, left});
}

std::string merged_text(const Statement& statement) {
    using enum Align;
    if (statement.merged.empty()) return {};
    std::vector<std::vector<std::string>> cells;
    for (const MergedPart& part : statement.merged) {
        cells.push_back({"  " + part.code, part.name, in_pounds(part.year_to_date.cost)});
    }
    return "Of the year to date, by practice before merging:\n" +
           aligned(cells, {left, left, right});
}

std::string footer_text(const std::vector<TariffUsed>& tariffs, int closing) {
    std::string text = fmt::format("Closing {} of the month.", closing);
    for (const TariffUsed& tariff : tariffs) {
        text += fmt::format("\nPriced by the tariff of {}.", tariff_in_words(tariff));
    }
    return text + "\n";
}

}  // namespace

std::string as_text(const Statement& statement) {
    std::string out = fmt::format("{} ({}) · {} · {} · to {}\n\n", statement.name, statement.code,
                                  statement.commissioner, to_text(statement.month.financial_year()),
                                  in_words(statement.month));
    out += first_sentence(statement) + "\n" + data_sentence(statement) + "\n";
    if (statement.list_size) {
        out += fmt::format("Registered list: {} patients.\n", grouped(*statement.list_size));
    }
    out += "\n" + table_of(statement.rows, &statement.total) + "\n";
    const std::string paid = payable_sentence(statement);
    if (!paid.empty()) out += paid + "\n";
    out += stay_line(statement.rows) + contracts_text(statement.contracts_say);
    out += completion_text(statement);
    out += changes_text(statement) + outside_text(statement.outside);
    out += challenged_text(statement);
    out += merged_text(statement) + set_aside_text(statement.set_aside) + rejects_text(statement);
    out += "\n" + footer_text(statement.tariffs, statement.closing);
    if (statement.is_practice) {
        out +=
            fmt::format("Why is a figure what it is?  purse statement {} --month {} --why LINE\n",
                        statement.code, to_text(statement.month));
        out += std::string(indicative_sentence()) + "\n";
    }
    return out;
}

std::string as_text(const Summary& summary) {
    using enum Align;
    std::string out =
        fmt::format("{} · summary of all practices · {} · to {}\n\n", summary.commissioner,
                    to_text(summary.month.financial_year()), in_words(summary.month));
    std::vector<std::vector<std::string>> cells = {
        {"", "", "month cost", "cost to date", "budget to date", "over/under"}, {}};
    const auto push = [&](const SummaryRow& row) {
        cells.push_back({row.code, row.name, in_pounds(row.month.cost),
                         in_pounds(row.year_to_date.cost), amount_or_dash(row.budget_to_date),
                         variance_in_words(row.variance())});
    };
    for (const SummaryRow& row : summary.rows) push(row);
    cells.emplace_back();
    push(summary.practices);
    push(summary.unattributed);
    push(summary.total);
    out += aligned(cells, {left, left, right, right, right, right});
    out += "\n" + table_of(summary.lines, nullptr) + "\n";
    out += contracts_text(summary.contracts_say);
    out += outside_text(summary.outside) + challenged_text(summary);
    out += set_aside_text(summary.set_aside) + "\n" + footer_text(summary.tariffs, summary.closing);
    return out;
}

}  // namespace purse
