#include "warehouse/priced_file.hpp"

#include <fmt/format.h>

#include "warehouse/charge_function.hpp"
#include "warehouse/durable_file.hpp"
#include "warehouse/stored_records.hpp"

namespace purse {

namespace {

constexpr std::string_view function_name = "purse_price";

// Factors of six decimals are exact as DECIMAL, in both forms of output.
std::string charges_sql(DataSet set, const std::filesystem::path& records, const PriceBook& book,
                        bool ordered) {
    return fmt::format(
        "select record_id, nullif({admission_type}, '') as admission_type, "
        "c.qualifying_days as qualifying_days, {applied} as tariff_applied, "
        "c.initial_tariff_pence as initial_tariff_pence, c.excess_bed_days as excess_bed_days, "
        "c.per_diem_pence as per_diem_pence, c.excess_bed_days_pence as excess_bed_days_pence, "
        "c.topup_pence as topup_pence, "
        "(c.market_forces_millionths::integer * 0.000001)::decimal(12, 6) as market_forces_factor, "
        "c.unbundled_pence as unbundled_pence, c.final_price_pence as final_price_pence, "
        "{outcome} as outcome, "
        "case when {outcome} in ('excluded', 'refused', 'unpriced') then nullif({reason}, '') end "
        "as excluded_reason, "
        "case when {outcome} in ('excluded', 'refused', 'unpriced') then null "
        "else nullif({reason}, '') end as note "
        "from (select record_id, line, {call} as c from read_parquet({scan})){order}",
        fmt::arg("admission_type", set == DataSet::admitted_care
                                       ? admission_type_name_sql("c.admission_type")
                                       : "''"),
        fmt::arg("applied", tariff_applied_name_sql("c.tariff_applied")),
        fmt::arg("outcome", outcome_name_sql("c.outcome")),
        fmt::arg("reason", reason_name_sql(book, "c.reason")),
        fmt::arg("call", charge_call(std::string(function_name), set, book, false)),
        fmt::arg("scan", sql_path_to_read(records)),
        fmt::arg("order", ordered ? "" : " order by line"));
}

}  // namespace

Result<std::int64_t> price_file(DataSet set, const std::filesystem::path& records,
                                const PriceBook& book, const std::filesystem::path& out,
                                const DatabaseLimits& limits) {
    CHECK(set != DataSet::prescribing);
    Database database(limits);
    if (auto readable = readable_parquet(database, records); !readable) return readable.problem();
    register_charges(database, std::string(function_name), set, book, nullptr);
    const std::string format = out.extension() == ".parquet"
                                   ? "(format parquet, compression snappy)"
                                   : "(format csv, header true)";
    const std::filesystem::path written = out.string() + ".writing";
    const std::int64_t rows = database.number(
        "price the file",
        fmt::format("copy ({}) to {} {}",
                    charges_sql(set, records, book, in_line_order(database, records)),
                    sql_text(written.string()), format));
    put_in_place(written, out);
    return rows;
}

}  // namespace purse
