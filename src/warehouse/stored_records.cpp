#include "warehouse/stored_records.hpp"

#include <fmt/format.h>

#include <deque>
#include <memory>

#include "warehouse/sql_lists.hpp"

namespace purse {

namespace {

std::string condition(const RecordsWanted& wanted) {
    if (wanted.lines.empty() && wanted.record_ids.empty()) return "true";
    std::string any = "false";
    if (!wanted.lines.empty())
        any += fmt::format(" or line in ({})", fmt::join(wanted.lines, ", "));
    for (const std::string& id : wanted.record_ids) any += " or record_id = " + sql_text(id);
    return any;
}

void take(const Rows& rows, std::size_t at, RecordColumn& column, std::deque<std::string>& texts) {
    column.present.push_back(rows.absent(at) ? 0 : 1);
    if (column.type == ColumnType::text) {
        column.texts.push_back(texts.emplace_back(rows.text(at)));
    } else if (column.type == ColumnType::pseudonym) {
        column.pseudonyms.push_back(rows.pseudonym(at));
    } else {
        column.numbers.push_back(rows.number(at));
    }
}

RecordBatch batch_of(Rows rows, DataSet set) {
    RecordBatch batch = RecordBatch::empty(set);
    auto texts = std::make_shared<std::deque<std::string>>();
    while (rows.next()) {
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            take(rows, i, batch.columns[i], *texts);
        }
        ++batch.rows;
    }
    batch.keep_alive.push_back(texts);
    return batch;
}

// A file that can be opened may still lack columns, or be damaged further in.
Problem unreadable(const std::filesystem::path& parquet, const DatabaseFault& fault) {
    return bad_input(fmt::format("{} cannot be read as records ({}): load it again",
                                 parquet.string(), fault.what()));
}

}  // namespace

Result<RecordBatch> read_records(const std::filesystem::path& parquet, DataSet set,
                                 const RecordsWanted& wanted, const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = readable_parquet(database, parquet); !readable) return readable.problem();
    try {
        return batch_of(
            database.query("read records",
                           fmt::format("select {} from read_parquet({}) where {}", column_list(set),
                                       sql_path_to_read(parquet), condition(wanted))),
            set);
    } catch (const DatabaseFault& fault) {
        return unreadable(parquet, fault);
    }
}

Outcome parquet_to_csv(const std::filesystem::path& parquet, const std::filesystem::path& csv,
                       const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = readable_parquet(database, parquet); !readable) return readable.problem();
    try {
        database.run("turn Parquet into CSV",
                     fmt::format("copy (select columns(*)::varchar from read_parquet({})) to {} "
                                 "(format csv, header true)",
                                 sql_path_to_read(parquet), sql_text(csv.string())));
    } catch (const DatabaseFault& fault) {
        return unreadable(parquet, fault);
    }
    return Nothing{};
}

bool in_line_order(Database& database, const std::filesystem::path& parquet) {
    Rows rows =
        database.query("look at the order of lines",
                       fmt::format("select line from read_parquet({})", sql_path_to_read(parquet)));
    std::int64_t last = 0;
    while (rows.next()) {
        if (rows.number(0) < last) return false;
        last = rows.number(0);
    }
    return true;
}

}  // namespace purse
