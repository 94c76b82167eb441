#include "warehouse/patient_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "warehouse/sql_lists.hpp"

namespace purse {

namespace {

// The charges of a batch beside the records that were charged.
std::string joined_sql(const std::filesystem::path& charges, const BatchToPrice& batch,
                       const CellsWanted& wanted) {
    return fmt::format(
        "(select * from read_parquet({}) where data_set = {} and batch = {} and account in ({}) "
        "and month between date {} and date {}) c join read_parquet({}) r on c.line = r.line "
        "where r.patient is not null and c.outcome in ('priced', 'zero_priced', 'local_price')",
        sql_path_to_read(charges), sql_text(short_name(batch.set)), batch.number,
        account_list(wanted.accounts), sql_text(to_text(wanted.first.first_day())),
        sql_text(to_text(wanted.last.first_day())), sql_path_to_read(batch.records));
}

Outcome all_readable(Database& database, const std::filesystem::path& charges,
                     const std::vector<BatchToPrice>& batches) {
    if (auto readable = readable_parquet(database, charges); !readable) return readable;
    for (const BatchToPrice& batch : batches) {
        if (auto readable = readable_parquet(database, batch.records); !readable) return readable;
    }
    return Nothing{};
}

}  // namespace

Result<std::vector<PatientUse>> patient_uses(const std::filesystem::path& charges,
                                             const std::vector<BatchToPrice>& batches,
                                             const CellsWanted& wanted, std::size_t most,
                                             const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = all_readable(database, charges, batches); !readable) {
        return readable.problem();
    }
    database.run("make room for patients",
                 "create temp table uses(patient uuid, data_set varchar, pence bigint)");
    for (const BatchToPrice& batch : batches) {
        if (batch.set == DataSet::prescribing) continue;
        database.run("gather patients' care",
                     "insert into uses select r.patient, c.data_set, c.final_price_pence from " +
                         joined_sql(charges, batch, wanted));
    }
    std::vector<PatientUse> uses;
    Rows rows = database.query(
        "add up patients' care",
        fmt::format("select patient, count(*) filter (data_set = 'apc'), "
                    "count(*) filter (data_set = 'op'), count(*) filter (data_set = 'ae'), "
                    "sum(pence)::bigint as cost from uses group by patient "
                    "order by cost desc, patient limit {}",
                    most));
    while (rows.next()) {
        uses.push_back({rows.pseudonym(0), rows.number(1), rows.number(2), rows.number(3),
                        Pence(rows.number(4))});
    }
    return uses;
}

Result<std::vector<PatientSpell>> patient_spells(const std::filesystem::path& charges,
                                                 const std::vector<BatchToPrice>& batches,
                                                 const CellsWanted& wanted,
                                                 const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = all_readable(database, charges, batches); !readable) {
        return readable.problem();
    }
    std::vector<PatientSpell> spells;
    for (const BatchToPrice& batch : batches) {
        if (batch.set != DataSet::admitted_care) continue;
        Rows rows = database.query(
            "gather patients' spells",
            "select r.patient, c.record_id, c.provider, coalesce(r.hrg, ''), "
            "split_part(coalesce(r.diagnoses, ''), ';', 1), "
            "substr(coalesce(r.admission_method, ''), 1, 1) = '2', r.admission_date, "
            "r.discharge_date, c.excess_bed_days, c.excess_bed_days_pence, c.final_price_pence "
            "from " +
                joined_sql(charges, batch, wanted) +
                " and r.admission_date is not null and r.discharge_date is not null");
        while (rows.next()) {
            spells.push_back({rows.pseudonym(0), std::string(rows.text(1)),
                              std::string(rows.text(2)), std::string(rows.text(3)),
                              std::string(rows.text(4)), rows.number(5) != 0,
                              Date(static_cast<std::int32_t>(rows.number(6))),
                              Date(static_cast<std::int32_t>(rows.number(7))), rows.number(8),
                              Pence(rows.number(9)), Pence(rows.number(10))});
        }
    }
    std::ranges::sort(spells, [](const PatientSpell& a, const PatientSpell& b) {
        return std::tie(a.patient, a.admitted, a.discharged, a.record_id) <
               std::tie(b.patient, b.admitted, b.discharged, b.record_id);
    });
    return spells;
}

}  // namespace purse
