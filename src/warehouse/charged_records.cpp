#include "warehouse/charged_records.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

std::string names_sql(const std::vector<RecordName>& wanted) {
    std::string list;
    for (const RecordName& name : wanted) {
        list += fmt::format("{}({}, {})", list.empty() ? "" : ", ", sql_text(short_name(name.set)),
                            sql_text(name.record_id));
    }
    return list;
}

ChargedRecord charged_record_of(const Rows& rows) {
    ChargedRecord record;
    record.set = parse_data_set(rows.text(0)).value();
    record.batch = rows.number(1);
    record.line = rows.number(2);
    record.record_id = rows.text(3);
    record.provider = ProviderCode(rows.text(4));
    record.account = Account(rows.text(5));
    record.month = Month::of(Date(static_cast<std::int32_t>(rows.number(6))));
    record.budget_line = parse_budget_line(rows.text(7)).value();
    record.treatment_function = TreatmentFunction(rows.text(8));
    record.price = Pence(rows.number(9));
    record.imaging = Pence(rows.number(10));
    return record;
}

}  // namespace

Result<std::vector<ChargedRecord>> charged_records(const std::filesystem::path& charges,
                                                   const std::vector<RecordName>& wanted,
                                                   const DatabaseLimits& limits) {
    std::vector<ChargedRecord> found;
    if (wanted.empty()) return found;
    Database database(limits);
    if (const auto readable = readable_parquet(database, charges); !readable) {
        return readable.problem();
    }
    Rows rows = database.query(
        "find records among the charges",
        fmt::format("select data_set, batch, line, record_id, provider, account, month, "
                    "budget_line, treatment_function, final_price_pence, imaging_pence "
                    "from read_parquet({}) where data_set <> 'prescribing' and "
                    "(data_set, record_id) in (values {}) "
                    "order by data_set, provider, record_id, batch, line",
                    sql_path_to_read(charges), names_sql(wanted)));
    while (rows.next()) found.push_back(charged_record_of(rows));
    return found;
}

}  // namespace purse
