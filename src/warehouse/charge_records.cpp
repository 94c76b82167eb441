#include "warehouse/charge_records.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "warehouse/sql_lists.hpp"

namespace purse {

namespace {

std::string line_list(const std::vector<BudgetLine>& lines) {
    std::string list;
    for (const BudgetLine line : lines) {
        list += (list.empty() ? "" : ", ") + sql_text(name_of(line).code);
    }
    return list.empty() ? "''" : list;
}

// An attendance's unbundled imaging counts in diagnostics, the rest of it in its own line.
std::string wanted_sql(const std::filesystem::path& charges, const ChargesWanted& wanted) {
    const std::string in_period = fmt::format(
        "from read_parquet({}) where account in ({}) and month between cast({} as date) and "
        "cast({} as date) and (final_price_pence <> 0 or outcome in ('priced', 'local_price', "
        "'zero_priced', 'as_given'))",
        sql_path_to_read(charges), account_list(wanted.accounts),
        sql_text(to_text(wanted.first.first_day())), sql_text(to_text(wanted.last.first_day())));
    constexpr std::string_view columns =
        "data_set, batch, line, record_id, month, account, provider, "
        "case when tariff_applied in ('', 'none') then admission_type else tariff_applied end, "
        "outcome";
    std::string sql = fmt::format(
        "select {}, final_price_pence - imaging_pence as price, fine_cost {} and budget_line in "
        "({}) and (final_price_pence <> imaging_pence or outcome <> 'unpriced')",
        columns, in_period, line_list(wanted.lines));
    if (std::ranges::find(wanted.lines, BudgetLine::diagnostics) != wanted.lines.end()) {
        sql +=
            fmt::format(" union all select {}, imaging_pence, 0::bigint {} and imaging_pence <> 0",
                        columns, in_period);
    }
    return sql;
}

ChargeRecord charge_record_of(const Rows& rows) {
    ChargeRecord record;
    record.data_set = rows.text(0);
    record.batch = rows.number(1);
    record.line = rows.number(2);
    record.record_id = rows.text(3);
    record.month = Month::of(Date(static_cast<std::int32_t>(rows.number(4))));
    record.account = rows.text(5);
    record.provider = rows.text(6);
    record.paid_as = rows.text(7);
    record.outcome = rows.text(8);
    record.price = Pence(rows.number(9));
    record.fine_cost = FinePence(rows.number(10));
    return record;
}

}  // namespace

Result<ChargesFound> read_charges(const std::filesystem::path& charges, const ChargesWanted& wanted,
                                  const DatabaseLimits& limits) {
    Database database(limits);
    if (const auto readable = readable_parquet(database, charges); !readable) {
        return readable.problem();
    }
    const std::string sql = wanted_sql(charges, wanted);
    ChargesFound found;
    Rows sums = database.query(
        "add up the charges of a line",
        fmt::format(
            "select count(*), coalesce(sum(price), 0), coalesce(sum(fine_cost), 0) from ({})",
            sql));
    if (sums.next()) {
        found.in_all = sums.number(0);
        found.price_in_all = Pence(sums.number(1));
        found.fine_cost_in_all = FinePence(sums.number(2));
    }
    const std::string most = wanted.most == 0 ? "" : fmt::format(" limit {}", wanted.most);
    Rows rows = database.query(
        "read the charges of a line",
        fmt::format("{} order by price desc, fine_cost desc, batch, line{}", sql, most));
    while (rows.next()) found.records.push_back(charge_record_of(rows));
    return found;
}

}  // namespace purse
