#include "warehouse/priced_month.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "warehouse/batch_scan.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/code_functions.hpp"
#include "warehouse/durable_file.hpp"
#include "warehouse/index_names.hpp"
#include "warehouse/payable_steps.hpp"
#include "warehouse/query_watch.hpp"

namespace purse {

namespace {

constexpr std::string_view cube_keys =
    "month, data_set, batch, account, practice, provider, treatment_function, line, outcome, "
    "reason";

// One row for each key of each batch; unbundled imaging of outpatients still within its attendance.
constexpr std::string_view gathered_table =
    "create table gathered(month date, data_set varchar, batch bigint, account varchar, "
    "practice varchar, provider varchar, treatment_function varchar, line varchar, "
    "outcome varchar, reason varchar, records bigint, bed_days bigint, final_pence bigint, "
    "imaging_pence bigint, imaging_items bigint, fine_cost bigint, items bigint, "
    "consultant_referrals bigint, not_paid_pence bigint)";

std::string index_sql(BudgetLine line) { return std::to_string(static_cast<int>(line)); }

// The calls of the books' functions, each registered once for each data set and use.
class ChargeFunctions {
  public:
    ChargeFunctions(Database& database, const Affiliations& affiliations)
        : database_(database), affiliations_(affiliations) {}

    const std::string& of(const BatchToPrice& batch, ChargeUse use) {
        std::string& call = calls_[{batch.book, batch.set, use}];
        if (!call.empty()) return call;
        const std::string name = fmt::format("purse_price_{}_{}_{}", short_name(batch.set),
                                             batch.book->rules().year.starts(), calls_.size());
        call = register_charges(database_, name, batch.set, *batch.book, &affiliations_, use);
        return call;
    }

  private:
    Database& database_;
    const Affiliations& affiliations_;
    std::map<std::tuple<const PriceBook*, DataSet, ChargeUse>, std::string> calls_;
};

// What a step leaves unpaid of a record, and why; nothing where no step is on.
struct NotPaidSql {
    std::string pence = "0";
    std::string reason = "''";
};

NotPaidSql not_paid_sql(const BatchToPrice& batch, bool steps_on) {
    if (!steps_on || batch.set != DataSet::admitted_care) return {};
    return {fmt::format("purse_not_paid({}, line)", batch.number),
            payable_reason_sql(fmt::format("purse_not_paid_why({}, line)", batch.number))};
}

std::string priced_cube_sql(const BatchToPrice& batch, const std::string& call, bool steps_on) {
    const bool splits = batch.set == DataSet::outpatients;
    return fmt::format(
        "select month, {data_set}, {number}, purse_text(account), purse_text(practice), "
        "purse_text(provider), purse_text(treatment_function), {line}, {outcome}, {reason}, "
        "records, bed_days, final_pence, imaging_pence, imaging_items, 0, 0, referrals, not_paid "
        "from (select c.month as month, c.account as account, c.practice as practice, "
        "c.provider as provider, c.treatment_function as treatment_function, c.line as line, "
        "c.outcome as outcome, c.reason as reason, count(*) as records, "
        "sum(c.qualifying_days) as bed_days, sum(c.final_price_pence) as final_pence, "
        "sum({imaging}) as imaging_pence, sum({items}) as imaging_items, "
        "sum(c.consultant_referral) as referrals, sum(not_paid) as not_paid "
        "from (select {call} as c, {not_paid} as not_paid from {scan}) group by all)",
        fmt::arg("data_set", sql_text(short_name(batch.set))), fmt::arg("number", batch.number),
        fmt::arg("line", line_name_sql("line")), fmt::arg("outcome", outcome_name_sql("outcome")),
        fmt::arg("reason", reason_name_sql(*batch.book, "reason")),
        fmt::arg("imaging", splits ? "c.imaging_pence" : "0"),
        fmt::arg("items", splits ? "c.imaging_items" : "0"),
        fmt::arg("not_paid", not_paid_sql(batch, steps_on).pence), fmt::arg("call", call),
        fmt::arg("scan", scan_sql(batch)));
}

std::string prescribing_cube_sql(const BatchToPrice& batch) {
    return fmt::format(
        "select month, {data_set}, {number}, purse_text(account), coalesce(practice, ''), '', '', "
        "{line}, {outcome}, '', records, 0, 0, 0, 0, fine_cost, items, 0, 0 "
        "from (select date_trunc('month', costing_date)::date as month, "
        "purse_account(practice, commissioner, costing_date) as account, practice, "
        "count(*) as records, sum(actual_cost) as fine_cost, sum(items) as items "
        "from {scan} group by all)",
        fmt::arg("data_set", sql_text(short_name(batch.set))), fmt::arg("number", batch.number),
        fmt::arg("line", line_name_sql(index_sql(BudgetLine::prescribing))),
        fmt::arg("outcome", sql_text(to_text(CostOutcome::as_given))),
        fmt::arg("scan", scan_sql(batch)));
}

// The charges of one batch. Prescribing is paid as given: it has a fine cost in place of a charge.
std::string priced_charges_sql(const BatchToPrice& batch, const std::string& call, bool steps_on) {
    return fmt::format(
        "select {data_set} as data_set, {number}::bigint as batch, line, record_id, "
        "c.month as month, purse_text(c.account) as account, coalesce(practice, '') as practice, "
        "coalesce(provider, '') as provider, "
        "purse_text(c.treatment_function) as treatment_function, {line} as budget_line, "
        "{outcome} as outcome, {reason} as reason, {admission_type} as admission_type, "
        "{applied} as tariff_applied, c.qualifying_days as qualifying_days, "
        "c.initial_tariff_pence as initial_tariff_pence, c.excess_bed_days as excess_bed_days, "
        "c.per_diem_pence as per_diem_pence, c.excess_bed_days_pence as excess_bed_days_pence, "
        "c.topup_pence as topup_pence, c.market_forces_millionths as market_forces_millionths, "
        "c.unbundled_pence as unbundled_pence, c.imaging_pence as imaging_pence, "
        "c.imaging_items as imaging_items, "
        "c.final_price_pence as final_price_pence, "
        "(c.final_price_pence - {not_paid})::bigint as payable_pence, "
        "{payable_reason} as payable_reason, "
        "0::bigint as fine_cost, 0::bigint as items "
        "from (select *, {call} as c from {scan})",
        fmt::arg("data_set", sql_text(short_name(batch.set))), fmt::arg("number", batch.number),
        fmt::arg("line", line_name_sql("c.line")),
        fmt::arg("outcome", outcome_name_sql("c.outcome")),
        fmt::arg("reason", reason_name_sql(*batch.book, "c.reason")),
        fmt::arg("admission_type", batch.set == DataSet::admitted_care
                                       ? admission_type_name_sql("c.admission_type")
                                       : "''"),
        fmt::arg("not_paid", not_paid_sql(batch, steps_on).pence),
        fmt::arg("payable_reason", not_paid_sql(batch, steps_on).reason),
        fmt::arg("applied", tariff_applied_name_sql("c.tariff_applied")), fmt::arg("call", call),
        fmt::arg("scan", scan_sql(batch)));
}

std::string prescribing_charges_sql(const BatchToPrice& batch) {
    return fmt::format(
        "select {data_set} as data_set, {number}::bigint as batch, line, bnf_code as record_id, "
        "date_trunc('month', costing_date)::date as month, "
        "purse_text(purse_account(practice, commissioner, costing_date)) as account, "
        "coalesce(practice, '') as practice, '' as provider, '' as treatment_function, "
        "{line} as budget_line, {outcome} as outcome, '' as reason, '' as admission_type, "
        "'' as tariff_applied, 0::integer as qualifying_days, 0::bigint as initial_tariff_pence, "
        "0::integer as excess_bed_days, 0::bigint as per_diem_pence, "
        "0::bigint as excess_bed_days_pence, 0::bigint as topup_pence, "
        "0::bigint as market_forces_millionths, 0::bigint as unbundled_pence, "
        "0::bigint as imaging_pence, 0::integer as imaging_items, 0::bigint as final_price_pence, "
        "0::bigint as payable_pence, '' as payable_reason, actual_cost as fine_cost, items "
        "from {scan}",
        fmt::arg("data_set", sql_text(short_name(batch.set))), fmt::arg("number", batch.number),
        fmt::arg("line", line_name_sql(index_sql(BudgetLine::prescribing))),
        fmt::arg("outcome", sql_text(to_text(CostOutcome::as_given))),
        fmt::arg("scan", scan_sql(batch)));
}

// Attendances without their unbundled imaging, and the imaging as a line of its own.
std::string cube_sql() {
    return fmt::format(
        "select {0}, sum(records)::bigint as records, sum(bed_days)::bigint as bed_days, "
        "sum(full_pence)::bigint as full_pence, sum(full_pence - not_paid_pence)::bigint as "
        "payable_pence, "
        "sum(fine_cost)::bigint as fine_cost, sum(items)::bigint as items, "
        "sum(consultant_referrals)::bigint as consultant_referrals from "
        "(select {0}, records, bed_days, final_pence - imaging_pence as full_pence, fine_cost, "
        "items, consultant_referrals, not_paid_pence from gathered union all "
        "select * replace ({1} as line) from (select {0}, 0, 0, imaging_pence, 0, "
        "imaging_items, 0, 0 from gathered where imaging_pence <> 0)) "
        "group by {0} order by {0}",
        cube_keys, line_name_sql(index_sql(BudgetLine::diagnostics)));
}

void gather(Database& database, ChargeFunctions& functions, const BatchToPrice& batch,
            bool steps_on) {
    const std::string sql =
        batch.set == DataSet::prescribing
            ? prescribing_cube_sql(batch)
            : priced_cube_sql(batch, functions.of(batch, ChargeUse::cube), steps_on);
    database.run("price a batch into the cube", "insert into gathered " + sql);
}

std::vector<SpellScan> spell_scans(ChargeFunctions& functions,
                                   const std::vector<BatchToPrice>& batches, bool earlier) {
    std::vector<SpellScan> scans;
    for (const BatchToPrice& batch : batches) {
        if (batch.set != DataSet::admitted_care) continue;
        scans.push_back({&batch, functions.of(batch, ChargeUse::price), scan_sql(batch), earlier});
    }
    return scans;
}

Result<std::vector<Reduction>> reductions_of(Database& database, ChargeFunctions& functions,
                                             const std::vector<BatchToPrice>& batches,
                                             const PayableSettings& payable) {
    auto scans = spell_scans(functions, batches, false);
    std::ranges::move(spell_scans(functions, payable.earlier, true), std::back_inserter(scans));
    return find_reductions(database, scans, payable);
}

std::string charges_sql(ChargeFunctions& functions, const std::vector<BatchToPrice>& batches,
                        bool steps_on) {
    std::string all;
    for (const BatchToPrice& batch : batches) {
        all += (all.empty() ? "" : " union all ") +
               (batch.set == DataSet::prescribing
                    ? prescribing_charges_sql(batch)
                    : priced_charges_sql(batch, functions.of(batch, ChargeUse::charges), steps_on));
    }
    return all;
}

void write_file(Database& database, std::string_view purpose, const std::string& sql,
                const std::filesystem::path& file) {
    const std::filesystem::path written = file.string() + ".writing";
    database.run(purpose, fmt::format("copy ({}) to {} (format parquet, compression snappy)", sql,
                                      sql_text(written.string())));
    put_in_place(written, file);
}

std::vector<OutcomeTotal> totals(Database& database) {
    std::vector<OutcomeTotal> found;
    Rows rows = database.query("add up the month",
                               "select data_set, outcome, sum(records), sum(final_pence), "
                               "sum(fine_cost), sum(final_pence - not_paid_pence) from gathered "
                               "group by all order by all");
    while (rows.next()) {
        found.push_back({.set = parse_data_set(rows.text(0)).value(),
                         .outcome = parse_cost_outcome(rows.text(1)).value(),
                         .records = rows.number(2),
                         .full = Pence(rows.number(3)),
                         .fine_cost = FinePence(rows.number(4)),
                         .payable = Pence(rows.number(5))});
    }
    return found;
}

CubeRow cube_row(const Rows& rows) {
    CubeRow row;
    row.month = Month::of(Date(static_cast<std::int32_t>(rows.number(0))));
    row.set = parse_data_set(rows.text(1)).value();
    row.batch = rows.number(2);
    row.account = Account(rows.text(3));
    row.practice = PracticeCode(rows.text(4));
    row.provider = ProviderCode(rows.text(5));
    row.treatment_function = TreatmentFunction(rows.text(6));
    row.line = parse_budget_line(rows.text(7)).value();
    row.outcome = parse_cost_outcome(rows.text(8)).value();
    row.reason = std::string(rows.text(9));
    row.records = rows.number(10);
    row.bed_days = rows.number(11);
    row.full = Pence(rows.number(12));
    row.payable = Pence(rows.number(13));
    row.fine_cost = FinePence(rows.number(14));
    row.items = rows.number(15);
    row.consultant_referrals = rows.number(16);
    return row;
}

Outcome all_readable(Database& database, const std::vector<BatchToPrice>& batches) {
    for (const BatchToPrice& batch : batches) {
        CHECK(batch.set == DataSet::prescribing || batch.book != nullptr);
        if (auto readable = readable_parquet(database, batch.records); !readable) return readable;
    }
    return Nothing{};
}

// Of the time that both files take (docs/performance.md): a fifth.
constexpr double cube_share = 0.2;

std::function<void(double)> after_the_cube(const ShareDone& tell) {
    if (!tell) return {};
    return [&tell](double percent) { tell(cube_share + (1 - cube_share) * percent / 100); };
}

}  // namespace

Result<std::vector<OutcomeTotal>> write_priced_month(const std::vector<BatchToPrice>& batches,
                                                     const Affiliations& affiliations,
                                                     const PricedMonthFiles& files,
                                                     const DatabaseLimits& limits,
                                                     const PayableSettings& payable,
                                                     const ShareDone& tell) {
    CHECK(!batches.empty());
    std::vector<Reduction> reductions;
    Database database(limits);
    if (auto readable = all_readable(database, batches); !readable) return readable.problem();
    if (auto readable = all_readable(database, payable.earlier); !readable) {
        return readable.problem();
    }
    register_codes(database);
    register_accounts(database, affiliations);
    ChargeFunctions functions(database, affiliations);
    const bool steps_on = !payable.full_tariff_only && any_step_on(batches);
    if (steps_on) {
        auto found = reductions_of(database, functions, batches, payable);
        if (!found) return found.problem();
        reductions = std::move(*found);
        register_reductions(database, reductions);
    }
    database.run("prepare the cube", std::string(gathered_table));
    for (std::size_t place = 0; place < batches.size(); ++place) {
        gather(database, functions, batches[place], steps_on);
        if (tell)
            tell(cube_share * static_cast<double>(place + 1) / static_cast<double>(batches.size()));
    }
    write_file(database, "write the cube", cube_sql(), files.cube);
    if (!files.charges.empty()) {
        const QueryWatch watch(database, after_the_cube(tell));
        write_file(database, "write the charges", charges_sql(functions, batches, steps_on),
                   files.charges);
    }
    return totals(database);
}

Result<std::vector<CubeRow>> read_cube(const std::filesystem::path& cube) {
    Database database({.threads = 1});
    if (auto readable = readable_parquet(database, cube); !readable) return readable.problem();
    Rows rows = database.query(
        "read the cube",
        fmt::format("select {}, records, bed_days, full_pence, payable_pence, fine_cost, items, "
                    "consultant_referrals from read_parquet({})",
                    cube_keys, sql_path_to_read(cube)));
    std::vector<CubeRow> found;
    while (rows.next()) found.push_back(cube_row(rows));
    return found;
}

}  // namespace purse
