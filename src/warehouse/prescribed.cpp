#include "warehouse/prescribed.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

std::string records_sql(const std::vector<ChargedBatch>& batches) {
    std::string all;
    for (const ChargedBatch& batch : batches) {
        if (batch.set != DataSet::prescribing) continue;
        all += fmt::format(
            "{}select {}::bigint as batch, line, bnf_name, quantity from read_parquet({})",
            all.empty() ? "" : " union all ", batch.number, sql_path_to_read(batch.records));
    }
    return all;
}

std::string presentations_sql(const std::filesystem::path& charges, const std::string& records,
                              Month first, Month last) {
    return fmt::format(
        "select c.account, c.record_id, min(r.bnf_name), sum(c.items), sum(r.quantity), "
        "sum(c.fine_cost), count(*) filter (where r.batch is null) "
        "from (select batch, line, account, record_id, items, fine_cost from "
        "read_parquet({charges}) where data_set = 'prescribing' and month between "
        "cast({first} as date) and cast({last} as date)) c "
        "left join ({records}) r on c.batch = r.batch and c.line = r.line group by 1, 2 "
        "order by 1, 2",
        fmt::arg("charges", sql_path_to_read(charges)), fmt::arg("records", records),
        fmt::arg("first", sql_text(to_text(first.first_day()))),
        fmt::arg("last", sql_text(to_text(last.first_day()))));
}

std::string sections_sql(const std::filesystem::path& charges) {
    return fmt::format(
        "select account, month, substr(record_id, 1, 6), sum(items), sum(fine_cost) "
        "from read_parquet({}) where data_set = 'prescribing' group by 1, 2, 3 order by 1, 2, 3",
        sql_path_to_read(charges));
}

}  // namespace

Result<Prescribed> prescribed(const std::filesystem::path& charges,
                              const std::vector<ChargedBatch>& batches, Month first, Month last,
                              const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = readable_parquet(database, charges); !readable) return readable.problem();
    for (const ChargedBatch& batch : batches) {
        if (auto readable = readable_parquet(database, batch.records); !readable) {
            return readable.problem();
        }
    }
    Prescribed found;
    const std::string records = records_sql(batches);
    if (records.empty()) return found;
    Rows rows = database.query("add up prescribing by presentation",
                               presentations_sql(charges, records, first, last));
    while (rows.next()) {
        if (rows.number(6) > 0) {
            return conflict(
                "the stored prescribing records are not those that the month was closed from: run "
                "'purse verify' to find the file, and restore it from a backup");
        }
        found.presentations.push_back({Account(rows.text(0)), std::string(rows.text(1)),
                                       std::string(rows.text(2)), rows.number(3), rows.number(4),
                                       FinePence(rows.number(5))});
    }
    Rows sums = database.query("add up prescribing by section", sections_sql(charges));
    while (sums.next()) {
        found.sections.push_back(
            {Account(sums.text(0)), Month::of(Date(static_cast<std::int32_t>(sums.number(1)))),
             std::string(sums.text(2)), sums.number(3), FinePence(sums.number(4))});
    }
    return found;
}

}  // namespace purse
