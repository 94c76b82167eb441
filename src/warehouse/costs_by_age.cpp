#include "warehouse/costs_by_age.hpp"

#include <fmt/format.h>

#include <map>

#include "warehouse/batch_scan.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/code_functions.hpp"
#include "warehouse/index_names.hpp"
#include "warehouse/recorded_patient.hpp"

namespace purse {

namespace {

std::string sums_sql(const JointScan& scan, const std::string& call) {
    const bool splits = scan.first->set == DataSet::outpatients;
    return fmt::format(
        "select purse_text(account), {line}, sex, age, count(*), sum(full_pence), sum(imaging) "
        "from (select c.account as account, c.line as line, coalesce(sex, '') as sex, age, "
        "c.final_price_pence as full_pence, {imaging} as imaging "
        "from (select {call} as c, sex, age from {scan})) where full_pence <> 0 "
        "group by account, line, sex, age",
        fmt::arg("line", line_name_sql("line")),
        fmt::arg("imaging", splits ? "c.imaging_pence" : "0"), fmt::arg("call", call),
        fmt::arg("scan", scan.sql));
}

}  // namespace

void CostsByAge::add(const CostByAge& more) {
    if (more.cost == Pence(0)) return;
    CostByAge& sum = sums_[{more.account, more.line, more.sex, more.age}];
    const auto records = sum.records + more.records;
    const Pence cost = sum.cost + more.cost;
    sum = more;
    sum.records = records;
    sum.cost = cost;
}

void CostsByAge::add(Rows rows) {
    while (rows.next()) {
        CostByAge sum;
        sum.account = Account(rows.text(0));
        sum.line = parse_budget_line(rows.text(1)).value();
        sum.sex = sex_of(rows.text(2));
        const bool known =
            !rows.absent(3) && rows.number(3) >= 0 && rows.number(3) <= oldest_recorded;
        if (known) sum.age = static_cast<int>(rows.number(3));
        sum.records = rows.number(4);
        const Pence imaging(rows.number(6));
        sum.cost = Pence(rows.number(5)) - imaging;
        add(sum);
        sum.line = BudgetLine::diagnostics;
        sum.records = 0;
        sum.cost = imaging;
        add(sum);
    }
}

std::vector<CostByAge> CostsByAge::take() const {
    std::vector<CostByAge> costs;
    for (const auto& [key, sum] : sums_) costs.push_back(sum);
    return costs;
}

Result<std::vector<CostByAge>> costs_by_age(const std::vector<BatchToPrice>& batches,
                                            const Affiliations& affiliations,
                                            const DatabaseLimits& limits) {
    Database database(limits);
    register_codes(database);
    register_accounts(database, affiliations);
    std::map<std::pair<const PriceBook*, DataSet>, std::string> calls;
    CostsByAge sums;
    if (auto readable = readable_records(database, batches); !readable) return readable.problem();
    for (const JointScan& scan : joint_scans(batches)) {
        const BatchToPrice& batch = *scan.first;
        CHECK(batch.book != nullptr);
        std::string& call = calls[{batch.book, batch.set}];
        if (call.empty()) {
            call = register_charges(database, fmt::format("purse_age_price_{}", calls.size()),
                                    batch.set, *batch.book, &affiliations, ChargeUse::cube);
        }
        sums.add(database.query("add up costs by age", sums_sql(scan, call)));
    }
    return sums.take();
}

}  // namespace purse
