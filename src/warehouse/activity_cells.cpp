#include "warehouse/activity_cells.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "warehouse/batch_scan.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/code_functions.hpp"
#include "warehouse/index_names.hpp"

namespace purse {

namespace {

constexpr std::string_view prescribing_line = "prescribing";
constexpr std::string_view diagnostics_line = "diagnostics";

std::string day(Month month) {
    return fmt::format("date {}", sql_text(to_text(month.first_day())));
}

std::string is_wanted(const CellsWanted& wanted) {
    std::string sql = fmt::format("month between {} and {}", day(wanted.first), day(wanted.last));
    std::string list;
    for (const Account account : wanted.accounts) {
        list += (list.empty() ? "" : ", ") + sql_text(account.text());
    }
    if (!list.empty()) sql += fmt::format(" and account in ({})", list);
    return sql;
}

std::string detail_sql(const BatchToPrice& batch, CellDetail detail) {
    const bool has_referrer =
        batch.set == DataSet::admitted_care || batch.set == DataSet::outpatients;
    if (detail == CellDetail::none) return "''";
    if (detail == CellDetail::provider) return "coalesce(provider, '')";
    return has_referrer ? "coalesce(referrer, '')" : "''";
}

// Rows of (month, account, line, specialty, code, of, outcome, records, final, initial, excess,
// topup, unbundled, imaging, images) as cells: unbundled imaging of outpatients is diagnostics.
std::string cells_sql(const std::string& rows, bool splits) {
    const std::string imaging = splits ? "imaging" : "0";
    std::string sql = fmt::format(
        "select account, line, specialty, code, of, "
        "sum(case when counts then records else 0 end)::bigint as n, "
        "sum(tariff)::bigint, sum(excess)::bigint, sum(topup)::bigint, "
        "sum(unbundled - {imaging})::bigint, "
        "sum(final - tariff - excess - topup - unbundled)::bigint "
        "from (select *, outcome in ('priced', 'zero_priced', 'local_price') as counts, "
        "case when outcome = 'local_price' then final - unbundled else initial end as tariff "
        "from {rows}) where counts or final <> {imaging} group by all",
        fmt::arg("imaging", imaging), fmt::arg("rows", rows));
    if (splits) {
        sql += fmt::format(
            " union all select account, {}, specialty, {}, of, sum(images)::bigint, "
            "sum(imaging)::bigint, 0, 0, 0, 0 from {} where imaging <> 0 group by all",
            sql_text(diagnostics_line), sql_text(imaging_code), rows);
    }
    return sql;
}

std::string charged_rows_sql(const std::filesystem::path& charges, const BatchToPrice& batch,
                             const CellsWanted& wanted) {
    return fmt::format(
        "(select c.month, c.account, c.budget_line as line, c.treatment_function as specialty, "
        "coalesce(r.hrg, '') as code, r.of, c.outcome, 1 as records, c.final_price_pence as final, "
        "c.initial_tariff_pence as initial, c.excess_bed_days_pence as excess, "
        "c.topup_pence as topup, c.unbundled_pence as unbundled, c.imaging_pence as imaging, "
        "c.imaging_items as images "
        "from (select * from read_parquet({charges}) where data_set = {set} and batch = {batch} "
        "and {wanted}) c join (select line, hrg, {of} as of from {scan}) r on c.line = r.line)",
        fmt::arg("charges", sql_path_to_read(charges)),
        fmt::arg("set", sql_text(short_name(batch.set))), fmt::arg("batch", batch.number),
        fmt::arg("wanted", is_wanted(wanted)), fmt::arg("of", detail_sql(batch, wanted.detail)),
        fmt::arg("scan", scan_sql(batch)));
}

// Of all batches at once: many small rows.
std::string charged_prescribing_sql(const std::filesystem::path& charges,
                                    const CellsWanted& wanted) {
    return fmt::format(
        "select account, budget_line, substr(record_id, 1, 4), record_id, '', "
        "sum(items)::bigint, sum(fine_cost)::bigint, 0, 0, 0, 0 from read_parquet({}) "
        "where data_set = {} and {} group by all",
        sql_path_to_read(charges), sql_text(short_name(DataSet::prescribing)), is_wanted(wanted));
}

// Grouped by packed codes and indexes first; names are made of few rows. Materialised before rows
// are chosen, or each condition would price again.
std::string priced_rows_sql(const BatchToPrice& batch, const std::string& call,
                            const CellsWanted& wanted) {
    return fmt::format(
        "(with priced as materialized (select c.month as month, c.account as account, "
        "c.line as line, c.treatment_function as specialty, code, of, c.outcome as outcome, "
        "count(*) as records, "
        "sum(c.final_price_pence) as final, sum(c.initial_tariff_pence) as initial, "
        "sum(c.excess_bed_days_pence) as excess, sum(c.topup_pence) as topup, "
        "sum(c.unbundled_pence) as unbundled, sum(c.imaging_pence) as imaging, "
        "sum(c.imaging_items) as images "
        "from (select {call} as c, coalesce(hrg, '') as code, {of} as of from {scan}) "
        "group by all) "
        "select * from (select month, purse_text(account) as account, {line} as line, "
        "purse_text(specialty) as specialty, code, of, {outcome} as outcome, records, final, "
        "initial, excess, topup, unbundled, imaging, images from priced) where {wanted})",
        fmt::arg("line", line_name_sql("line")), fmt::arg("outcome", outcome_name_sql("outcome")),
        fmt::arg("call", call), fmt::arg("of", detail_sql(batch, wanted.detail)),
        fmt::arg("scan", scan_sql(batch)), fmt::arg("wanted", is_wanted(wanted)));
}

std::string stored_prescribing_sql(const std::vector<const BatchToPrice*>& batches,
                                   const CellsWanted& wanted) {
    std::string files;
    for (const BatchToPrice* batch : batches) {
        files += (files.empty() ? "" : ", ") + sql_path_to_read(batch->records);
    }
    return fmt::format(
        "select account, {line}, section, bnf_code, '', sum(items)::bigint, "
        "sum(cost)::bigint, 0, 0, 0, 0 from "
        "(with paid as materialized (select date_trunc('month', costing_date)::date as month, "
        "purse_account(practice, commissioner, costing_date) as account, "
        "bnf_code, sum(items) as items, sum(actual_cost) as cost from read_parquet([{files}]) "
        "group by all) select month, purse_text(account) as account, "
        "substr(bnf_code, 1, 4) as section, bnf_code, items, cost from paid) "
        "where {wanted} group by all",
        fmt::arg("line", sql_text(prescribing_line)), fmt::arg("files", files),
        fmt::arg("wanted", is_wanted(wanted)));
}

constexpr std::string_view adding_up = "add up records by what they are";

// Batch by batch into one table, which is added up once.
void make_room(Database& database) {
    database.run(adding_up,
                 "create temp table cells(account varchar, line varchar, specialty varchar, "
                 "code varchar, of varchar, n bigint, tariff bigint, excess bigint, topup bigint, "
                 "unbundled bigint, provider bigint)");
}

void add_prescribing(Database& database, const std::string& cells) {
    database.run(adding_up, "insert into cells " + cells);
}

// Hospital costs are pence, prescribing is in thousandths already.
void add_hospital(Database& database, const std::string& rows, const BatchToPrice& batch) {
    const bool splits = batch.set == DataSet::outpatients;
    if (splits) {  // looked at twice
        database.run(adding_up,
                     "create or replace temp table rows_of_batch as select * from " + rows);
    }
    database.run(
        adding_up,
        fmt::format("insert into cells select a, l, s, c, o, n, {0} * t, {0} * e, "
                    "{0} * p, {0} * u, {0} * m from ({1}) as of_batch(a, l, s, c, o, n, "
                    "t, e, p, u, m)",
                    FinePence::per_penny, cells_sql(splits ? "rows_of_batch" : rows, splits)));
}

std::vector<ActivityCell> added_up(Database& database) {
    std::vector<ActivityCell> cells;
    Rows rows = database.query(
        adding_up,
        "select account, line, specialty, code, of, sum(n)::bigint, sum(tariff)::bigint, "
        "sum(excess)::bigint, sum(topup)::bigint, sum(unbundled)::bigint, sum(provider)::bigint "
        "from cells group by all order by account, line, specialty, code, of");
    while (rows.next()) {
        ActivityCell cell;
        cell.account = Account(rows.text(0));
        cell.line = parse_budget_line(rows.text(1)).value();
        cell.specialty = rows.text(2);
        cell.code = rows.text(3);
        cell.of = rows.text(4);
        cell.count = rows.number(5);
        cell.tariff = rows.number(6);
        cell.length_of_stay = rows.number(7);
        cell.top_up = rows.number(8);
        cell.unbundled = rows.number(9);
        cell.provider = rows.number(10);
        cells.push_back(std::move(cell));
    }
    return cells;
}

}  // namespace

Result<std::vector<ActivityCell>> cells_of_charges(const std::filesystem::path& charges,
                                                   const std::vector<BatchToPrice>& batches,
                                                   const CellsWanted& wanted,
                                                   const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = readable_parquet(database, charges); !readable) return readable.problem();
    make_room(database);
    add_prescribing(database, charged_prescribing_sql(charges, wanted));
    for (const BatchToPrice& batch : batches) {
        if (batch.set == DataSet::prescribing) continue;
        if (auto readable = readable_parquet(database, batch.records); !readable) {
            return readable.problem();
        }
        add_hospital(database, charged_rows_sql(charges, batch, wanted), batch);
    }
    return added_up(database);
}

Result<std::vector<ActivityCell>> cells_of_batches(const std::vector<BatchToPrice>& batches,
                                                   const Affiliations& affiliations,
                                                   const CellsWanted& wanted,
                                                   const DatabaseLimits& limits) {
    Database database(limits);
    register_codes(database);
    register_accounts(database, affiliations);
    std::map<std::pair<const PriceBook*, DataSet>, std::string> calls;
    std::vector<const BatchToPrice*> prescribing;
    make_room(database);
    for (const BatchToPrice& batch : batches) {
        if (auto readable = readable_parquet(database, batch.records); !readable) {
            return readable.problem();
        }
        if (batch.set == DataSet::prescribing) {
            prescribing.push_back(&batch);
            continue;
        }
        CHECK(batch.book != nullptr);
        std::string& call = calls[{batch.book, batch.set}];
        if (call.empty()) {
            call = register_charges(database, fmt::format("purse_cell_price_{}", calls.size()),
                                    batch.set, *batch.book, &affiliations, ChargeUse::charges);
        }
        add_hospital(database, priced_rows_sql(batch, call, wanted), batch);
    }
    if (!prescribing.empty()) {
        add_prescribing(database, stored_prescribing_sql(prescribing, wanted));
    }
    return added_up(database);
}

}  // namespace purse
