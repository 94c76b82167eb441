#include "warehouse/priced_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "warehouse/charge_function.hpp"
#include "warehouse/durable_file.hpp"
#include "warehouse/index_names.hpp"
#include "warehouse/stored_records.hpp"

namespace purse {

namespace {

constexpr std::string_view function_name = "purse_price";

// Factors of six decimals are exact as DECIMAL, in both forms of output.
struct Priced {
    DataSet set;
    const std::filesystem::path& records;
    const PriceBook& book;
    std::string call;
};

std::string charges_sql(const Priced& priced, bool ordered, std::string_view line_column) {
    return fmt::format(
        "select {line_column}record_id, nullif({admission_type}, '') as admission_type, "
        "c.qualifying_days as qualifying_days, {applied} as tariff_applied, "
        "c.initial_tariff_pence as initial_tariff_pence, c.excess_bed_days as excess_bed_days, "
        "c.per_diem_pence as per_diem_pence, c.excess_bed_days_pence as excess_bed_days_pence, "
        "c.topup_pence as topup_pence, "
        "nullif((c.market_forces_millionths::integer * 0.000001)::decimal(12, 6), 0) "
        "as market_forces_factor, "
        "c.unbundled_pence as unbundled_pence, c.final_price_pence as final_price_pence, "
        "{outcome} as outcome, "
        "case when {outcome} in ('excluded', 'refused', 'unpriced') then nullif({reason}, '') end "
        "as excluded_reason, "
        "case when {outcome} in ('excluded', 'refused', 'unpriced') then null "
        "else nullif({reason}, '') end as note "
        "from (select record_id, line, {call} as c from read_parquet({scan})){order}",
        fmt::arg("line_column", line_column),
        fmt::arg("admission_type", priced.set == DataSet::admitted_care
                                       ? admission_type_name_sql("c.admission_type")
                                       : "''"),
        fmt::arg("applied", tariff_applied_name_sql("c.tariff_applied")),
        fmt::arg("outcome", outcome_name_sql("c.outcome")),
        fmt::arg("reason", reason_name_sql(priced.book, "c.reason")), fmt::arg("call", priced.call),
        fmt::arg("scan", sql_path_to_read(priced.records)),
        fmt::arg("order", ordered ? "" : " order by line"));
}

void take_rejected(Database& database, const std::vector<RejectedRow>& rejected) {
    database.run("keep the rejected rows",
                 "create table rejected(line bigint, record_id varchar, excluded_reason varchar)");
    constexpr std::size_t rows_at_once = 500;
    for (std::size_t from = 0; from < rejected.size(); from += rows_at_once) {
        std::string values;
        const std::size_t end = std::min(from + rows_at_once, rejected.size());
        for (std::size_t at = from; at < end; ++at) {
            values += fmt::format("{}({}, {}, {})", values.empty() ? "" : ", ", rejected[at].line,
                                  sql_text(rejected[at].record_id), sql_text(rejected[at].reason));
        }
        database.run("keep the rejected rows", "insert into rejected values " + values);
    }
}

// The charges with the rejected rows at their places.
std::string with_rejected_sql(const std::string& charges) {
    return fmt::format(
        "select * exclude (line) from (select * from ({}) union all by name "
        "select line, record_id, 0 as final_price_pence, 'rejected' as outcome, excluded_reason "
        "from rejected) order by line",
        charges);
}

}  // namespace

Result<std::int64_t> price_file(DataSet set, const std::filesystem::path& records,
                                const PriceBook& book, const std::filesystem::path& out,
                                const DatabaseLimits& limits,
                                const std::vector<RejectedRow>& rejected) {
    CHECK(set != DataSet::prescribing);
    Database database(limits);
    if (auto readable = readable_parquet(database, records); !readable) return readable.problem();
    const Priced priced{set, records, book,
                        register_charges(database, std::string(function_name), set, book, nullptr,
                                         ChargeUse::file)};
    const std::string format = out.extension() == ".parquet"
                                   ? "(format parquet, compression snappy)"
                                   : "(format csv, header true)";
    const std::filesystem::path written = out.string() + ".writing";
    std::string sql;
    if (rejected.empty()) {
        sql = charges_sql(priced, in_line_order(database, records), "");
    } else {
        take_rejected(database, rejected);
        sql = with_rejected_sql(charges_sql(priced, true, "line, "));
    }
    const std::int64_t rows =
        database.number("price the file",
                        fmt::format("copy ({}) to {} {}", sql, sql_text(written.string()), format));
    put_in_place(written, out);
    return rows;
}

}  // namespace purse
