#include "warehouse/activity_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "warehouse/batch_scan.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/code_functions.hpp"
#include "warehouse/index_names.hpp"
#include "warehouse/sql_lists.hpp"

namespace purse {

namespace {

constexpr std::string_view prescribing_line = "prescribing";
constexpr std::string_view diagnostics_line = "diagnostics";

std::string day(Month month) {
    return fmt::format("date {}", sql_text(to_text(month.first_day())));
}

// Of charges.
std::string is_wanted(const CellsWanted& wanted) {
    std::string sql = fmt::format("month between {} and {}", day(wanted.first), day(wanted.last));
    if (!wanted.accounts.empty())
        sql += fmt::format(" and account in ({})", account_list(wanted.accounts));
    return sql;
}

// Of stored records: before they are priced.
std::string is_wanted_record(const CellsWanted& wanted) {
    std::string sql = fmt::format("costing_date >= {} and costing_date < {}", day(wanted.first),
                                  day(wanted.last + 1));
    if (!wanted.accounts.empty()) {
        sql += fmt::format(
            " and purse_text(purse_account(practice, commissioner, costing_date)) in ({})",
            account_list(wanted.accounts));
    }
    return sql;
}

std::string detail_sql(DataSet set, CellDetail detail) {
    const bool has_referrer = set == DataSet::admitted_care || set == DataSet::outpatients;
    if (detail == CellDetail::none) return "''";
    if (detail == CellDetail::provider) return "coalesce(provider, '')";
    return has_referrer ? "coalesce(referrer, '')" : "''";
}

// Rows of (account, line, specialty, code, of, outcome, records, final, initial, excess,
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

// The stored records of a data set's batches, by batch and line.
std::string records_sql(const std::vector<const BatchToPrice*>& batches, CellDetail detail) {
    std::string all;
    for (const BatchToPrice* batch : batches) {
        all +=
            fmt::format("{}select {}::bigint as batch, line, hrg, {} as of from read_parquet({})",
                        all.empty() ? "" : " union all ", batch->number,
                        detail_sql(batch->set, detail), sql_path_to_read(batch->records));
    }
    return all;
}

std::string charged_rows_sql(const std::filesystem::path& charges, DataSet set,
                             const std::vector<const BatchToPrice*>& batches,
                             const CellsWanted& wanted) {
    return fmt::format(
        "(select c.account, c.budget_line as line, c.treatment_function as specialty, "
        "coalesce(r.hrg, '') as code, r.of, c.outcome, count(*) as records, "
        "sum(c.final_price_pence) as final, sum(c.initial_tariff_pence) as initial, "
        "sum(c.excess_bed_days_pence) as excess, sum(c.topup_pence) as topup, "
        "sum(c.unbundled_pence) as unbundled, sum(c.imaging_pence) as imaging, "
        "sum(c.imaging_items) as images "
        "from (select * from read_parquet({charges}) where data_set = {set} and {wanted}) c "
        "join ({records}) r on c.batch = r.batch and c.line = r.line group by all)",
        fmt::arg("charges", sql_path_to_read(charges)), fmt::arg("set", sql_text(short_name(set))),
        fmt::arg("wanted", is_wanted(wanted)),
        fmt::arg("records", records_sql(batches, wanted.detail)));
}

std::string charged_prescribing_sql(const std::filesystem::path& charges,
                                    const CellsWanted& wanted) {
    return fmt::format(
        "select account, budget_line, substr(record_id, 1, 4), record_id, '', "
        "sum(items)::bigint, sum(fine_cost)::bigint, 0, 0, 0, 0 from read_parquet({}) "
        "where data_set = {} and {} group by all",
        sql_path_to_read(charges), sql_text(short_name(DataSet::prescribing)), is_wanted(wanted));
}

// Grouped by packed codes and indexes first; names are made of few rows. With `by_age` besides by
// account, line, sex and age, in rows of their own: records are priced once for both.
std::string priced_rows_sql(const JointScan& scan, const std::string& call,
                            const CellsWanted& wanted, bool by_age) {
    constexpr std::string_view keys = "account, line, specialty, code, of, outcome";
    const std::string groups = by_age ? fmt::format(
                                            "grouping sets (({}), (account, line, sex, "
                                            "age))",
                                            keys)
                                      : fmt::format("{}, sex, age", keys);
    return fmt::format(
        "(with priced as materialized (select c.account as account, c.line as line, "
        "c.treatment_function as specialty, code, of, c.outcome as outcome, sex, age, "
        "{is_by_age} as is_by_age, count(*) as records, "
        "count(*) filter (where c.final_price_pence <> 0) as costing_records, "
        "sum(c.final_price_pence) as final, sum(c.initial_tariff_pence) as initial, "
        "sum(c.excess_bed_days_pence) as excess, sum(c.topup_pence) as topup, "
        "sum(c.unbundled_pence) as unbundled, sum(c.imaging_pence) as imaging, "
        "sum(c.imaging_items) as images "
        "from (select {call} as c, coalesce(hrg, '') as code, {of} as of, {age} "
        "from {scan} and {wanted}) group by {groups}) "
        "select purse_text(account) as account, {line} as line, "
        "purse_text(coalesce(specialty, 0::ubigint)) as specialty, code, of, {outcome} as outcome, "
        "sex, age, is_by_age, records, "
        "costing_records, final, initial, excess, topup, unbundled, imaging, images from priced)",
        fmt::arg("is_by_age", by_age ? "grouping(code) = 1" : "false"),
        fmt::arg("age", by_age ? "coalesce(sex, '') as sex, age" : "'' as sex, 0 as age"),
        fmt::arg("line", line_name_sql("line")), fmt::arg("outcome", outcome_name_sql("outcome")),
        fmt::arg("call", call), fmt::arg("of", detail_sql(scan.first->set, wanted.detail)),
        fmt::arg("scan", scan.sql), fmt::arg("wanted", is_wanted_record(wanted)),
        fmt::arg("groups", groups));
}

std::string stored_prescribing_sql(const std::vector<const BatchToPrice*>& batches,
                                   const CellsWanted& wanted) {
    std::string files;
    for (const BatchToPrice* batch : batches) {
        files += (files.empty() ? "" : ", ") + sql_path_to_read(batch->records);
    }
    return fmt::format(
        "select purse_text(account), {line}, substr(bnf_code, 1, 4), bnf_code, '', items::bigint, "
        "cost::bigint, 0, 0, 0, 0 from (select account, bnf_code, sum(items) as items, "
        "sum(actual_cost) as cost from (select purse_account(practice, commissioner, costing_date) "
        "as account, bnf_code, items, actual_cost from read_parquet([{files}]) where {wanted}) "
        "group by all)",
        fmt::arg("line", sql_text(prescribing_line)), fmt::arg("files", files),
        fmt::arg("wanted", is_wanted_record(wanted)));
}

constexpr std::string_view adding_up = "add up records by what they are";

// Data set by data set into one table, which is added up once.
void make_room(Database& database) {
    database.run(adding_up,
                 "create temp table cells(account varchar, line varchar, specialty varchar, "
                 "code varchar, of varchar, n bigint, tariff bigint, excess bigint, topup bigint, "
                 "unbundled bigint, provider bigint)");
}

void add_prescribing(Database& database, const std::string& cells) {
    database.run(adding_up, "insert into cells " + cells);
}

// Looked at twice and more.
void keep_rows(Database& database, const std::string& rows) {
    database.run(adding_up, "create or replace temp table rows_of_set as select * from " + rows);
}

// Hospital costs are pence, prescribing is in thousandths already.
void add_hospital(Database& database, const std::string& rows, DataSet set) {
    database.run(adding_up,
                 fmt::format("insert into cells select a, l, s, c, o, n, {0} * t, {0} * e, "
                             "{0} * p, {0} * u, {0} * m from ({1}) as of_set(a, l, s, c, o, n, "
                             "t, e, p, u, m)",
                             FinePence::per_penny, cells_sql(rows, set == DataSet::outpatients)));
}

ActivityCell cell_of(const Rows& rows) {
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
    return cell;
}

auto keys_of(const ActivityCell& cell) {
    return std::tie(cell.account, cell.line, cell.specialty, cell.code, cell.of);
}

void add(const ActivityCell& more, ActivityCell& cell) {
    cell.count += more.count;
    cell.tariff += more.tariff;
    cell.length_of_stay += more.length_of_stay;
    cell.top_up += more.top_up;
    cell.unbundled += more.unbundled;
    cell.provider += more.provider;
}

// The same cell may come of several scans.
std::vector<ActivityCell> added_up(Database& database) {
    std::vector<ActivityCell> all;
    Rows rows = database.query(adding_up, "select * from cells");
    while (rows.next()) all.push_back(cell_of(rows));
    std::ranges::sort(
        all, [](const ActivityCell& a, const ActivityCell& b) { return keys_of(a) < keys_of(b); });
    std::vector<ActivityCell> cells;
    for (ActivityCell& cell : all) {
        if (!cells.empty() && keys_of(cells.back()) == keys_of(cell)) {
            add(cell, cells.back());
        } else {
            cells.push_back(std::move(cell));
        }
    }
    return cells;
}

// Of all data sets' stored records; ages are asked for where `by_age` stands.
Result<std::vector<ActivityCell>> priced_cells(const std::vector<BatchToPrice>& batches,
                                               const Affiliations& affiliations,
                                               const CellsWanted& wanted,
                                               const DatabaseLimits& limits, CostsByAge* by_age) {
    Database database(limits);
    register_codes(database);
    register_accounts(database, affiliations);
    if (auto readable = readable_records(database, batches); !readable) return readable.problem();
    make_room(database);
    std::map<std::pair<const PriceBook*, DataSet>, std::string> calls;
    for (const JointScan& scan : joint_scans(batches)) {
        const auto& [set, records, number, book, providers] = *scan.first;
        CHECK(book != nullptr);
        std::string& call = calls[{book, set}];
        if (call.empty()) {
            call = register_charges(database, fmt::format("purse_cell_price_{}", calls.size()), set,
                                    *book, &affiliations, ChargeUse::cells);
        }
        keep_rows(database, priced_rows_sql(scan, call, wanted, by_age != nullptr));
        add_hospital(database, "(select * from rows_of_set where not is_by_age)", set);
        if (by_age == nullptr) continue;
        by_age->add(database.query(
            adding_up,
            fmt::format("select account, line, sex, age, costing_records, final, {} from "
                        "rows_of_set where is_by_age",
                        set == DataSet::outpatients ? "imaging" : "0::hugeint")));
    }
    std::vector<const BatchToPrice*> prescribing;
    for (const BatchToPrice& batch : batches) {
        if (batch.set == DataSet::prescribing) prescribing.push_back(&batch);
    }
    if (!prescribing.empty()) {
        add_prescribing(database, stored_prescribing_sql(prescribing, wanted));
    }
    return added_up(database);
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
    if (auto readable = readable_records(database, batches); !readable) return readable.problem();
    std::map<DataSet, std::vector<const BatchToPrice*>> of_sets;
    for (const BatchToPrice& batch : batches) {
        if (batch.set != DataSet::prescribing) of_sets[batch.set].push_back(&batch);
    }
    for (const auto& [set, of_set] : of_sets) {
        keep_rows(database, charged_rows_sql(charges, set, of_set, wanted));
        add_hospital(database, "rows_of_set", set);
    }
    return added_up(database);
}

Result<std::vector<ActivityCell>> cells_of_batches(const std::vector<BatchToPrice>& batches,
                                                   const Affiliations& affiliations,
                                                   const CellsWanted& wanted,
                                                   const DatabaseLimits& limits) {
    return priced_cells(batches, affiliations, wanted, limits, nullptr);
}

Result<ActivityAndCosts> activity_and_costs(const std::vector<BatchToPrice>& batches,
                                            const Affiliations& affiliations,
                                            const CellsWanted& wanted,
                                            const DatabaseLimits& limits) {
    CHECK(wanted.accounts.empty());
    CostsByAge by_age;
    auto cells = priced_cells(batches, affiliations, wanted, limits, &by_age);
    if (!cells) return cells.problem();
    return ActivityAndCosts{std::move(*cells), by_age.take()};
}

}  // namespace purse
