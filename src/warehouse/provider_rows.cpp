#include "warehouse/provider_rows.hpp"

namespace purse {

Result<std::map<std::string, std::int64_t>> rows_by_provider(const std::filesystem::path& parquet,
                                                             DataSet set,
                                                             const DatabaseLimits& limits) {
    Database database(limits);
    if (const auto readable = readable_parquet(database, parquet); !readable) {
        return readable.problem();
    }
    const std::string provider = set == DataSet::prescribing ? "''" : "coalesce(provider, '')";
    Rows rows = database.query("count the records by provider",
                               "select " + provider + " as p, count(*) from read_parquet(" +
                                   sql_path_to_read(parquet) + ") group by p");
    std::map<std::string, std::int64_t> counts;
    while (rows.next()) counts[std::string(rows.text(0))] = rows.number(1);
    return counts;
}

}  // namespace purse
