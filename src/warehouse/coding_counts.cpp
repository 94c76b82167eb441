#include "warehouse/coding_counts.hpp"

#include <fmt/format.h>

#include "warehouse/batch_scan.hpp"

namespace purse {

namespace {

constexpr std::string_view stays_table =
    "create table stays(provider varchar, account varchar, month date, hrg varchar, "
    "elective_day boolean, ordinary boolean, price bigint)";

std::string stays_sql(const BatchToPrice& batch, const std::filesystem::path& charges) {
    return fmt::format(
        "insert into stays select c.provider, c.account, c.month, r.hrg, "
        "r.costing_date = r.admission_date and r.admission_method in ('11', '12', '13') and "
        "r.patient_classification in ('1', '2'), r.patient_classification = '1', "
        "c.final_price_pence from (select * from {scan}) r join read_parquet({charges}) c "
        "on c.line = r.line and c.record_id = r.record_id "
        "where c.data_set = 'apc' and c.batch = {batch} and c.outcome = 'priced' and "
        "length(r.hrg) = 5",
        fmt::arg("scan", scan_sql(batch)), fmt::arg("charges", sql_path_to_read(charges)),
        fmt::arg("batch", batch.number));
}

std::string counts_sql(CodingQuestion question) {
    const std::string asked =
        question == CodingQuestion::day_case_as_ordinary
            ? "select provider, account, left(hrg, 4) as root, month, ordinary as coded, price "
              "from stays where elective_day"
            : "select provider, account, left(hrg, 4) as root, month, hrg = dearest.name as coded, "
              "price from stays join (select left(hrg, 4) as its_root, arg_max(hrg, mean) as name "
              "from (select hrg, avg(price) as mean from stays group by hrg) group by its_root "
              "having count(*) > 1) as dearest on dearest.its_root = left(stays.hrg, 4)";
    return fmt::format(
        "select provider, account, root, month, count(*) filter (coded), "
        "count(*) filter (not coded), coalesce(sum(price) filter (coded), 0)::bigint, "
        "coalesce(sum(price) filter (not coded), 0)::bigint from ({}) "
        "group by provider, account, root, month order by provider, root, month, account",
        asked);
}

CodingCount count_in(const Rows& rows) {
    CodingCount count;
    count.provider = ProviderCode(rows.text(0));
    count.account = Account(rows.text(1));
    count.root = rows.text(2);
    count.month = Month::of(Date(static_cast<std::int32_t>(rows.number(3))));
    count.coded = rows.number(4);
    count.others = rows.number(5);
    count.price_of_coded = Pence(rows.number(6));
    count.price_of_others = Pence(rows.number(7));
    return count;
}

}  // namespace

std::string_view to_text(CodingQuestion question) {
    return question == CodingQuestion::day_case_as_ordinary ? "day_case_as_ordinary"
                                                            : "dearest_split";
}
std::string_view asks_of(CodingQuestion question) {
    return question == CodingQuestion::day_case_as_ordinary ? "elective stays without a night"
                                                            : "stays";
}
std::string_view coded_as(CodingQuestion question) {
    return question == CodingQuestion::day_case_as_ordinary ? "ordinary admissions"
                                                            : "the dearest HRG of the root";
}

Result<std::vector<CodingCount>> coding_counts(CodingQuestion question,
                                               const std::vector<BatchToPrice>& batches,
                                               const std::filesystem::path& charges,
                                               const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = readable_parquet(database, charges); !readable) return readable.problem();
    database.run("prepare the counts of coding", std::string(stays_table));
    for (const BatchToPrice& batch : batches) {
        if (batch.set != DataSet::admitted_care) continue;
        if (auto readable = readable_parquet(database, batch.records); !readable) {
            return readable.problem();
        }
        database.run("put stays beside their charges", stays_sql(batch, charges));
    }
    std::vector<CodingCount> counts;
    Rows rows = database.query("count how stays are coded", counts_sql(question));
    while (rows.next()) counts.push_back(count_in(rows));
    return counts;
}

}  // namespace purse
