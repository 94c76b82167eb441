#include "warehouse/likely_errors.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "warehouse/batch_scan.hpp"

namespace purse {

namespace {

// One row a record of the accounts, with what the checks compare.
constexpr std::string_view events_table =
    "create table events(data_set varchar, batch bigint, line bigint, record_id varchar, "
    "provider varchar, practice varchar, account varchar, month date, budget_line varchar, "
    "price bigint, excess_days bigint, excess_pence bigint, unbundled_pence bigint, "
    "patient {}, began date, ended date, what varchar, function varchar, "
    "first_attendance varchar, discharge_method varchar, taken_out bigint)";

std::string columns_of(DataSet set) {
    switch (set) {
        case DataSet::admitted_care:
            return "r.admission_date, r.costing_date, coalesce(r.hrg, ''), "
                   "coalesce(r.treatment_function, ''), '', coalesce(r.discharge_method, ''), "
                   "coalesce(r.critical_care_days, 0) + coalesce(r.rehabilitation_days, 0) + "
                   "coalesce(r.palliative_days, 0)";
        case DataSet::outpatients:
            return "r.costing_date, r.costing_date, coalesce(r.hrg, ''), "
                   "coalesce(r.treatment_function, ''), coalesce(r.first_attendance, ''), '', 0";
        case DataSet::emergency:
        case DataSet::prescribing:
            break;
    }
    return "r.costing_date, r.costing_date, coalesce(r.hrg, ''), '', '', '', 0";
}

std::string of_accounts(const std::vector<Account>& accounts) {
    std::string list;
    for (const Account account : accounts) {
        list += (list.empty() ? "" : ", ") + sql_text(account.text());
    }
    return list.empty() ? "true" : fmt::format("c.account in ({})", list);
}

std::string events_sql(const LikelyErrorSearch& search, const BatchToPrice& batch) {
    return fmt::format(
        "insert into events select c.data_set, c.batch, c.line, c.record_id, c.provider, "
        "c.practice, c.account, c.month, c.budget_line, c.final_price_pence, c.excess_bed_days, "
        "c.excess_bed_days_pence, c.unbundled_pence, r.patient, {columns} "
        "from (select * from {scan}) r join read_parquet({charges}) c "
        "on c.line = r.line and c.record_id = r.record_id "
        "where c.data_set = {set} and c.batch = {batch} and {accounts} and "
        "c.month between cast({first} as date) and cast({last} as date)",
        fmt::arg("columns", columns_of(batch.set)), fmt::arg("scan", scan_sql(batch)),
        fmt::arg("charges", sql_path_to_read(search.charges)),
        fmt::arg("set", sql_text(short_name(batch.set))), fmt::arg("batch", batch.number),
        fmt::arg("accounts", of_accounts(search.accounts)),
        fmt::arg("first", sql_text(to_text(search.first.first_day()))),
        fmt::arg("last", sql_text(to_text(search.last.first_day()))));
}

// The later record of a pair, the earlier one beside it, and what is at stake. Of several beside it
// the first.
std::string pairs_sql(std::string_view joined, std::string_view at_stake = "b.price",
                      std::string_view more = "") {
    return fmt::format(
        "select b.*, a.record_id as beside, a.provider as beside_provider, {} as at_stake "
        "from events a join events b on a.patient = b.patient and {} {} where b.price > 0 "
        "qualify row_number() over (partition by b.data_set, b.batch, b.line, b.record_id "
        "order by a.ended, a.batch, a.line) = 1",
        at_stake, joined, more);
}

constexpr std::string_view is_later =
    "(a.batch, a.line, a.record_id) < (b.batch, b.line, b.record_id)";
constexpr std::string_view is_same_event =
    "a.data_set = b.data_set and a.provider = b.provider and a.began = b.began and "
    "a.ended = b.ended and a.what = b.what and a.function = b.function and "
    "a.first_attendance = b.first_attendance";

std::string closed_sql(const LikelyErrorSearch& search, int days) {
    std::string values;
    for (const auto& [practice, last] : search.closed) {
        values += fmt::format("{}({}, cast({} as date))", values.empty() ? "" : ", ",
                              sql_text(practice.text()), sql_text(to_text(last)));
    }
    if (values.empty()) values = "('', cast('1800-01-01' as date))";
    return fmt::format(
        "select b.*, b.practice as beside, '' as beside_provider, b.price as at_stake "
        "from events b join (values {}) as closed(practice, last_day) "
        "on b.practice = closed.practice and b.began > closed.last_day + {} where b.price > 0",
        values, days);
}

std::string repeated_first_sql(int days) {
    const std::string joined = fmt::format(
        "a.data_set = 'op' and b.data_set = 'op' and a.provider = b.provider and "
        "a.function = b.function and a.function <> '' and a.first_attendance in ('1', '3') and "
        "b.first_attendance in ('1', '3') and b.began > a.began and b.began <= a.began + {}",
        days);
    return pairs_sql(
        joined, "b.price - coalesce(usual.price, 0)",
        "left join (select provider, function, quantile_disc(price, 0.5) as price from events "
        "where data_set = 'op' and first_attendance in ('2', '4') and price > 0 group by all) "
        "as usual on usual.provider = b.provider and usual.function = b.function");
}

std::string check_sql(const LikelyErrorSearch& search, const LikelyErrorCheck& check) {
    switch (check.kind) {
        case LikelyErrorKind::duplicate:
            return pairs_sql(fmt::format("{} and {} and a.price > 0", is_same_event, is_later));
        case LikelyErrorKind::overlap:
            return pairs_sql(
                fmt::format("a.data_set = 'apc' and b.data_set = 'apc' and a.began < b.ended and "
                            "b.began < a.ended and not ({}) and (a.began < b.began or "
                            "(a.began = b.began and {}))",
                            is_same_event, is_later));
        case LikelyErrorKind::after_death:
            return pairs_sql(fmt::format(
                "a.data_set = 'apc' and a.discharge_method = '4' and b.began > a.ended + {}",
                check.days));
        case LikelyErrorKind::practice_closed:
            return closed_sql(search, check.days);
        case LikelyErrorKind::repeated_first:
            return repeated_first_sql(check.days);
        case LikelyErrorKind::days_beyond_stay:
            break;
    }
    return "select b.*, '' as beside, '' as beside_provider, "
           "case when excess_pence > 0 then excess_pence else unbundled_pence end as at_stake "
           "from events b where data_set = 'apc' and excess_days + taken_out > ended - began";
}

LikelyError error_in(const Rows& rows, LikelyErrorKind kind) {
    LikelyError error;
    error.kind = kind;
    error.set = parse_data_set(rows.text(0)).value();
    error.record_id = rows.text(1);
    error.provider = ProviderCode(rows.text(2));
    error.account = Account(rows.text(3));
    error.month = Month::of(Date(static_cast<std::int32_t>(rows.number(4))));
    error.line = parse_budget_line(rows.text(5)).value();
    error.what = rows.text(6);
    error.began = Date(static_cast<std::int32_t>(rows.number(7)));
    error.ended = Date(static_cast<std::int32_t>(rows.number(8)));
    error.price = Pence(rows.number(9));
    error.at_stake = Pence(rows.number(10));
    error.beside = rows.text(11);
    error.beside_provider = ProviderCode(rows.text(12));
    return error;
}

void make_check(Database& database, const LikelyErrorSearch& search, const LikelyErrorCheck& check,
                std::vector<LikelyError>& found) {
    Rows rows = database.query(
        "look for likely errors",
        fmt::format("select data_set, record_id, provider, account, month, budget_line, what, "
                    "began, ended, price, at_stake, beside, beside_provider from ({}) "
                    "where at_stake > 0 order by data_set, provider, record_id",
                    check_sql(search, check)));
    while (rows.next()) found.push_back(error_in(rows, check.kind));
}

// The pseudonym's type is the records' own.
std::string patient_type(Database& database, const BatchToPrice& batch) {
    Rows rows =
        database.query("see how patients are named",
                       fmt::format("select typeof(patient) from {} limit 1", scan_sql(batch)));
    return rows.next() ? std::string(rows.text(0)) : "blob";
}

}  // namespace

std::string_view to_text(LikelyErrorKind kind) {
    constexpr std::array<std::string_view, 6> names = {"duplicate",      "overlap",
                                                       "after_death",    "practice_closed",
                                                       "repeated_first", "days_beyond_stay"};
    return names.at(static_cast<std::size_t>(kind));
}

Result<std::vector<LikelyError>> likely_errors(const LikelyErrorSearch& search,
                                               const DatabaseLimits& limits) {
    std::vector<LikelyError> found;
    Database database(limits);
    if (auto readable = readable_parquet(database, search.charges); !readable) {
        return readable.problem();
    }
    bool made = false;
    for (const BatchToPrice& batch : search.batches) {
        if (batch.set == DataSet::prescribing) continue;
        if (auto readable = readable_parquet(database, batch.records); !readable) {
            return readable.problem();
        }
        if (!made) {
            database.run("prepare the checks",
                         fmt::format(events_table, patient_type(database, batch)));
        }
        made = true;
        database.run("put records beside their charges", events_sql(search, batch));
    }
    if (!made) return found;
    for (const LikelyErrorCheck& check : search.checks) make_check(database, search, check, found);
    std::ranges::stable_sort(found, std::ranges::greater(), &LikelyError::at_stake);
    return found;
}

}  // namespace purse
