#include "warehouse/charge_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace purse {

namespace {

// One side's records with what they cost; unbundled imaging of outpatients is diagnostics.
std::string side_sql(const std::filesystem::path& charges, int sign, Month first, Month last) {
    const std::string scan = fmt::format(
        "from read_parquet({}) where month between date {} and date {} and "
        "(final_price_pence <> 0 or outcome in ('priced', 'zero_priced', 'local_price', "
        "'as_given'))",
        sql_path_to_read(charges), sql_text(to_text(first.first_day())),
        sql_text(to_text(last.first_day())));
    constexpr std::string_view key =
        "data_set, case when data_set = 'prescribing' then practice else provider end as who, "
        "record_id, account";
    return fmt::format(
        "select {sign} as sign, {key}, budget_line as line, case when data_set = 'prescribing' "
        "then substr(record_id, 1, 4) else treatment_function end as specialty, 1 as records, "
        "case when data_set = 'prescribing' then fine_cost when data_set = 'op' "
        "then (final_price_pence - imaging_pence) * 1000 else final_price_pence * 1000 end "
        "as amount {scan} union all select {sign}, {key}, 'diagnostics', treatment_function, 0, "
        "imaging_pence * 1000 {scan} and data_set = 'op' and imaging_pence <> 0",
        fmt::arg("sign", sign), fmt::arg("key", key), fmt::arg("scan", scan));
}

// By record and grain what it came to more, and whether the earlier closing has the record.
std::string changes_sql(const std::filesystem::path& then, const std::filesystem::path& now,
                        Month first, Month last) {
    return fmt::format(
        "with sides as materialized ({} union all {}), "
        "known as (select distinct data_set, who, record_id from sides where sign < 0), "
        "net as (select s.data_set, s.who, s.record_id, account, line, specialty, "
        "sum(sign * amount) as more, sum(sign * records) as records_more, "
        "max(records) as records, k.record_id is null as late "
        "from sides s left join known k on s.data_set = k.data_set and s.who = k.who "
        "and s.record_id = k.record_id group by all) "
        "select account, line, specialty, "
        "coalesce(sum(more) filter (late), 0)::bigint, "
        "coalesce(sum(more) filter (not late), 0)::bigint, "
        "coalesce(sum(records) filter (late), 0)::bigint, "
        "coalesce(sum(records) filter (not late and (more <> 0 or records_more <> 0)), 0)::bigint "
        "from net group by all order by all",
        side_sql(then, -1, first, last), side_sql(now, 1, first, last));
}

}  // namespace

Result<std::vector<ChargeChange>> charge_changes(const std::filesystem::path& then,
                                                 const std::filesystem::path& now, Month first,
                                                 Month last, const std::vector<Account>& accounts,
                                                 const DatabaseLimits& limits) {
    Database database(limits);
    for (const auto& charges : {then, now}) {
        if (auto readable = readable_parquet(database, charges); !readable) {
            return readable.problem();
        }
    }
    std::vector<ChargeChange> changes;
    Rows rows =
        database.query("compare two closings of a month", changes_sql(then, now, first, last));
    while (rows.next()) {
        const Account account(rows.text(0));
        if (!accounts.empty() && std::ranges::find(accounts, account) == accounts.end()) continue;
        changes.push_back({account, parse_budget_line(rows.text(1)).value(),
                           std::string(rows.text(2)), rows.number(3), rows.number(4),
                           rows.number(5), rows.number(6)});
    }
    return changes;
}

}  // namespace purse
