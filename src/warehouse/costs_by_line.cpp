#include "warehouse/costs_by_line.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "warehouse/batch_scan.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/code_functions.hpp"
#include "warehouse/index_names.hpp"

namespace purse {

namespace {

std::string of_practices(const std::vector<PracticeCode>& practices) {
    std::string list;
    for (const PracticeCode practice : practices) {
        list += (list.empty() ? "" : ", ") + sql_text(practice.text());
    }
    return list.empty() ? "" : fmt::format(" and practice in ({})", list);
}

std::string costs_sql(const JointScan& scan, const std::string& call,
                      const std::vector<PracticeCode>& practices) {
    return fmt::format(
        "select purse_text(account), {line}, {outcome}, {reason}, records, final, imaging from "
        "(select c.account as account, c.line as line, c.outcome as outcome, c.reason as reason, "
        "count(*) as records, sum(c.final_price_pence) as final, sum({imaging}) as imaging "
        "from (select {call} as c from {scan}{practices}) group by all)",
        fmt::arg("line", line_name_sql("line")), fmt::arg("outcome", outcome_name_sql("outcome")),
        fmt::arg("reason", reason_name_sql(*scan.first->book, "reason")),
        fmt::arg("imaging", scan.first->set == DataSet::outpatients ? "c.imaging_pence" : "0"),
        fmt::arg("call", call), fmt::arg("scan", scan.sql),
        fmt::arg("practices", of_practices(practices)));
}

void add_costs(Rows rows, std::vector<CostByLine>& costs) {
    while (rows.next()) {
        CostByLine cost;
        cost.account = Account(rows.text(0));
        cost.line = parse_budget_line(rows.text(1)).value();
        cost.outcome = parse_cost_outcome(rows.text(2)).value();
        cost.reason = rows.text(3);
        cost.records = rows.number(4);
        const Pence imaging(rows.number(6));
        cost.cost = Pence(rows.number(5)) - imaging;
        costs.push_back(cost);
        if (imaging == Pence(0)) continue;
        cost.line = BudgetLine::diagnostics;
        cost.records = 0;
        cost.cost = imaging;
        costs.push_back(std::move(cost));
    }
}

}  // namespace

Result<std::vector<CostByLine>> costs_by_line(const std::vector<BatchToPrice>& batches,
                                              const Affiliations& affiliations,
                                              const std::vector<PracticeCode>& practices,
                                              const DatabaseLimits& limits) {
    Database database(limits);
    register_codes(database);
    register_accounts(database, affiliations);
    std::map<std::pair<const PriceBook*, DataSet>, std::string> calls;
    std::vector<CostByLine> costs;
    if (auto readable = readable_records(database, batches); !readable) return readable.problem();
    for (const JointScan& scan : joint_scans(batches)) {
        const BatchToPrice& batch = *scan.first;
        CHECK(batch.book != nullptr);
        std::string& call = calls[{batch.book, batch.set}];
        if (call.empty()) {
            call = register_charges(database, fmt::format("purse_line_price_{}", calls.size()),
                                    batch.set, *batch.book, &affiliations, ChargeUse::cube);
        }
        add_costs(database.query("price a year by line", costs_sql(scan, call, practices)), costs);
    }
    return costs;
}

}  // namespace purse
